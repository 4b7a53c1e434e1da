using Hansa.AlwaysOn.Multipart;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn.Connections;

/// <summary>Makes bytes of messages, within the limits of a connection and what its peer reads at that moment.</summary>
internal sealed class MessageEncoder(ConnectionOptions options, Func<PeerProfile> peer)
{
    /// <summary>Peers that ask for shorter frames get chunks of this size in several frames.</summary>
    public const int MinFrameSize = 256;

    /// <summary>Longest chunk, headers included.</summary>
    public int ChunkSize { get; } = Math.Clamp(Math.Min(options.ChunkSize, options.MaxFrameSize), MinFrameSize, ushort.MaxValue);

    /// <summary>Header and body in single form. An answer that cannot be encoded becomes one that says so.</summary>
    /// <param name="onlyShort">Whether a message longer than a chunk is not wanted now; then null is given for one.</param>
    /// <param name="prefix">For a request the length of entity kind and name, which its chunks repeat; else 0.</param>
    /// <exception cref="PlatformException">The message is larger than a limit.</exception>
    public PooledBuffer? Encode(MessageHeader header, object message, bool onlyShort, out int prefix)
    {
        try
        {
            return EncodeOrThrow(header, message, onlyShort, out prefix);
        }
        catch (PlatformException e) when (header.IsResponse)
        {
            return EncodeOrThrow(header with { Code = e.Code.ToWire() }, ResponseMessage.Failure(e), onlyShort, out prefix);
        }
    }

    private PooledBuffer? EncodeOrThrow(MessageHeader header, object message, bool onlyShort, out int prefix)
    {
        var bytes = new PooledBuffer(onlyShort ? ChunkSize : options.MaxMessageSize);
        try
        {
            header.Write(bytes.GetSpan(MessageHeader.Size));
            bytes.Advance(MessageHeader.Size);
            var writer = new WireWriter(bytes, peer());
            Write(ref writer, message);
            writer.Flush();
            prefix = bytes.Length > ChunkSize && header.Code <= (byte)Method.Delete ? PrefixOf(bytes.Span) : 0;
            if (prefix > ChunkSize / 2)
                throw new PlatformException(ErrorCode.BadRequest, $"An entity's name of {prefix} bytes cannot travel in chunks of {ChunkSize}.");
            if (MessageChunks.Count(bytes.Length, prefix, ChunkSize) > ushort.MaxValue)
                throw TooLarge();
            return bytes;
        }
        catch (WireFormatException)
        {
            bytes.Dispose();
            prefix = 0;
            return onlyShort ? null : throw TooLarge();
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private static void Write(ref WireWriter writer, object message)
    {
        switch (message)
        {
            case RequestMessage request:
                MessageCodec.WriteRequest(ref writer, request);
                break;
            case ResponseMessage response:
                MessageCodec.WriteResponse(ref writer, response);
                break;
            case BindMessage bind:
                MessageCodec.WriteBind(ref writer, bind);
                break;
            case AuthMessage auth:
                MessageCodec.WriteAuth(ref writer, auth);
                break;
        }
    }

    /// <summary>Length of what each chunk of a request repeats: <c>kind:u8 entity:str</c>.</summary>
    internal static int PrefixOf(ReadOnlySpan<byte> message)
    {
        var reader = new WireReader(message[MessageHeader.Size..]);
        reader.ReadByte("an entity's kind");
        reader.ReadName("an entity's name");
        return reader.Position;
    }

    private PlatformException TooLarge() =>
        new(ErrorCode.TooLarge, $"A message is larger than the limit of {options.MaxMessageSize} bytes; ask for it in pages.");
}
