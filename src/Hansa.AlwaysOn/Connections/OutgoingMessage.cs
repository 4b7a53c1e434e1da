using Hansa.AlwaysOn.Multipart;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.Connections;

/// <summary>How far a message has got.</summary>
internal enum Progress
{
    /// <summary>Nothing is left to write.</summary>
    Done,

    /// <summary>There are more chunks.</summary>
    More,

    /// <summary>It is longer than a chunk and was not begun.</summary>
    TooLong,
}

/// <summary>
/// A message on its way out. Its bytes are made when its first chunk is due, so what waits costs no buffer.
/// </summary>
/// <param name="header">Its header in single form.</param>
/// <param name="message">One of the message records.</param>
/// <param name="traffic">How urgent it is.</param>
/// <param name="call">Who waits for the answer; null for answers.</param>
/// <param name="slot">
/// For an answer the place of its request among those under way, which it leaves when it is written.
/// </param>
internal sealed class OutgoingMessage(
    MessageHeader header, object message, TrafficClass traffic, PendingCall? call = null, SemaphoreSlim? slot = null) : IDisposable
{
    private TaskCompletionSource? _written;
    private PooledBuffer? _bytes;
    private int _prefix;
    private int _nextChunk;

    public TrafficClass Traffic => traffic;

    /// <summary>Messages of one lane are written in the order they were added, also long ones; null for none.</summary>
    public string? Lane { get; } = (message as RequestMessage)?.Lane;

    /// <summary>Whether the next of its lane may go. The queue's.</summary>
    public bool HasLeftLane { get; set; }

    /// <summary>Whether it is a request.</summary>
    public bool IsCall => call is not null;

    /// <summary>Whether the writer has had it. The queue's.</summary>
    public bool HasBegun { get; set; }

    /// <summary>Bytes held; none before the first chunk.</summary>
    public int Length => _bytes?.Length ?? 0;

    /// <summary>
    /// Whether nobody waits for the answer any more, so that the rest need not be sent: half a message has no effect.
    /// </summary>
    public bool IsAbandoned => call is { IsOver: true };

    /// <summary>
    /// Completes when the whole message has been handed to the stream, or never will be. Asked for before it is
    /// queued.
    /// </summary>
    public Task Written => (_written ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    /// <summary>Whether the message may be begun only if it is no longer than a chunk. The queue's.</summary>
    public bool OnlyShort { get; set; }

    /// <summary>Writes the next chunk.</summary>
    public Progress WriteNext(FrameSocket socket, MessageEncoder encoder, PooledBuffer scratch, bool compress)
    {
        try
        {
            _bytes ??= encoder.Encode(header, message, OnlyShort, out _prefix);
        }
        catch (Exception e) when (call is not null)
        {
            // It cannot be sent, and its caller knows.
            call.Fail(e);
            return Progress.Done;
        }

        if (_bytes is null)
            return Progress.TooLong;

        var count = MessageChunks.Count(_bytes.Length, _prefix, encoder.ChunkSize);
        var isLast = _nextChunk == count - 1;
        // From here on the peer may have it whole; a caller who was told that it was not sent stays right.
        if (isLast && call is not null && !call.TrySend())
            return Progress.Done;
        if (count == 1)
        {
            socket.Write(Opcode.Binary, _bytes.Span, compress);
            return Progress.Done;
        }

        scratch.Clear();
        MessageChunks.Write(scratch, _bytes.Span, _prefix, encoder.ChunkSize, _nextChunk++, count);
        socket.Write(Opcode.Binary, scratch.Span, compress);
        return isLast ? Progress.Done : Progress.More;
    }

    public void Dispose()
    {
        _bytes?.Dispose();
        _written?.TrySetResult();
        slot?.Release();
    }
}
