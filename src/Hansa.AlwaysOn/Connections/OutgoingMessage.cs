using Hansa.AlwaysOn.Multipart;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.Connections;

/// <summary>A message on its way out: its bytes in single form, and how many chunks of it have been written.</summary>
/// <param name="bytes">Header and body; the message owns them.</param>
/// <param name="prefix">Length of entity kind and name at the start of a request's body; 0 for all else.</param>
/// <param name="traffic">How urgent it is.</param>
/// <param name="call">Who waits for the answer; null for answers.</param>
/// <param name="lane">Messages of one lane arrive in the order they were added, also long ones; null for none.</param>
internal sealed class OutgoingMessage(PooledBuffer bytes, int prefix, TrafficClass traffic, PendingCall? call = null, string? lane = null) : IDisposable
{
    private TaskCompletionSource? _written;
    private int _nextChunk;

    public TrafficClass Traffic => traffic;

    public string? Lane => lane;

    public int Length => bytes.Length;

    /// <summary>Whether nobody waits for the answer any more, so that the rest need not be sent: half a message has no effect.</summary>
    public bool IsAbandoned => call is { IsOver: true };

    /// <summary>Completes when the whole message has been handed to the stream, or never will be. Asked for before it is queued.</summary>
    public Task Written => (_written ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Writes the next chunk; true if it was the last.</summary>
    public bool WriteNext(FrameSocket socket, PooledBuffer scratch, int chunkSize, bool compress)
    {
        var count = MessageChunks.Count(bytes.Length, prefix, chunkSize);
        var isLast = _nextChunk == count - 1;
        // From here on the peer may have it whole.
        if (isLast && call is not null)
            call.Sent = true;
        if (count == 1)
        {
            socket.Write(Opcode.Binary, bytes.Span, compress);
            return true;
        }

        scratch.Clear();
        MessageChunks.Write(scratch, bytes.Span, prefix, chunkSize, _nextChunk++, count);
        socket.Write(Opcode.Binary, scratch.Span, compress);
        return isLast;
    }

    public void Dispose()
    {
        bytes.Dispose();
        _written?.TrySetResult();
    }

    /// <summary>Length of the prefix of a request: <c>kind:u8 entity:str</c>.</summary>
    public static int PrefixOf(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message[MessageHeader.Size..]);
        reader.ReadByte("an entity's kind");
        reader.ReadName("an entity's name");
        return reader.Position;
    }
}
