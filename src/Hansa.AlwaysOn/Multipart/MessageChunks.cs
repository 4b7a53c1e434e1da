using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.Multipart;

/// <summary>How a message longer than the chunk size is cut (spec alwayson 3.5).</summary>
/// <remarks>
/// The first chunk of a request begins with the entity's kind and name as its body does; every later one repeats these
/// (the prefix) in front of its slice. Chunks of other messages have no prefix. No last chunk is empty.
/// </remarks>
internal static class MessageChunks
{
    private const int Heads = MessageHeader.Size + ChunkHeader.Size;

    /// <summary>How many chunks a message takes; 1 if it goes whole.</summary>
    public static int Count(int messageLength, int prefix, int chunkSize) => messageLength <= chunkSize
        ? 1
        : (messageLength - MessageHeader.Size + Room(prefix, chunkSize) - 1) / Room(prefix, chunkSize);

    /// <summary>Writes one chunk, counted from 0.</summary>
    public static void Write(PooledBuffer output, ReadOnlySpan<byte> message, int prefix, int chunkSize, int index, int count)
    {
        var room = Room(prefix, chunkSize);
        var body = message[MessageHeader.Size..];
        var slice = body[(index * room)..Math.Min(body.Length, (index + 1) * room)];

        var heads = output.GetSpan(Heads);
        (MessageHeader.Read(message) with { IsMultipart = true }).Write(heads);
        new ChunkHeader((ushort)(index + 1), (ushort)count, (ushort)chunkSize).Write(heads[MessageHeader.Size..]);
        output.Advance(Heads);
        if (index > 0)
            output.Append(body[..prefix]);
        output.Append(slice);
    }

    private static int Room(int prefix, int chunkSize) => chunkSize - Heads - prefix;
}
