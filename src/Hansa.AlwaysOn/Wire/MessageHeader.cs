using System.Buffers.Binary;

namespace Hansa.AlwaysOn.Wire;

/// <summary>The 15 bytes in front of every message (spec alwayson 2).</summary>
/// <remarks><code>version:u8=1 code:u8 requestId:u32 endpointId:u32 sessionId:u32 multipart:u8</code></remarks>
/// <param name="Code">A <see cref="Method"/> below 40 hex, a <see cref="Status"/> from there on.</param>
/// <param name="RequestId">Chosen by who asks, repeated in the answer.</param>
/// <param name="EndpointId">Opaque to an edge, which repeats it in the answer.</param>
/// <param name="SessionId">From the answer to AUTH; <see cref="NoSession"/> before.</param>
/// <param name="IsMultipart">Whether a <see cref="ChunkHeader"/> follows.</param>
public readonly record struct MessageHeader(byte Code, uint RequestId, uint EndpointId, uint SessionId, bool IsMultipart = false)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 15;

    /// <summary>The session id of an AUTH.</summary>
    public const uint NoSession = uint.MaxValue;

    /// <summary>Whether it is an answer.</summary>
    public bool IsResponse => Code >= 0x40;

    /// <summary>Reads a header.</summary>
    /// <exception cref="WireFormatException">Too short, another version, or a marker that is neither 0 nor 1.</exception>
    public static MessageHeader Read(ReadOnlySpan<byte> message)
    {
        if (message.Length < Size)
            throw new WireFormatException($"A message of {message.Length} bytes has no whole header of {Size}.");
        if (message[0] != 1)
            throw new WireFormatException($"A message has version {message[0]}; only 1 is known.");
        if (message[14] > 1)
            throw new WireFormatException($"A message has multipart marker {message[14]}, which is neither 0 nor 1.");
        return new(
            message[1],
            BinaryPrimitives.ReadUInt32BigEndian(message[2..]),
            BinaryPrimitives.ReadUInt32BigEndian(message[6..]),
            BinaryPrimitives.ReadUInt32BigEndian(message[10..]),
            message[14] == 1);
    }

    /// <summary>Writes the header to the first 15 bytes.</summary>
    public void Write(Span<byte> output)
    {
        output[0] = 1;
        output[1] = Code;
        BinaryPrimitives.WriteUInt32BigEndian(output[2..], RequestId);
        BinaryPrimitives.WriteUInt32BigEndian(output[6..], EndpointId);
        BinaryPrimitives.WriteUInt32BigEndian(output[10..], SessionId);
        output[14] = (byte)(IsMultipart ? 1 : 0);
    }
}

/// <summary>What follows the header of one chunk of a long message (spec alwayson 2 and 3.5): three u16.</summary>
/// <param name="Id">From 1.</param>
/// <param name="Count">How many chunks make the message.</param>
/// <param name="ChunkSize">The sender's largest chunk, headers included; not the size of this one.</param>
public readonly record struct ChunkHeader(ushort Id, ushort Count, ushort ChunkSize)
{
    /// <summary>Length in bytes.</summary>
    public const int Size = 6;

    /// <summary>Reads from the bytes after a <see cref="MessageHeader"/>.</summary>
    /// <exception cref="WireFormatException">Too short, or the id is not within 1 to the count.</exception>
    public static ChunkHeader Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length < Size)
            throw new WireFormatException("A chunk ends inside its header.");
        var header = new ChunkHeader(
            BinaryPrimitives.ReadUInt16BigEndian(bytes),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            BinaryPrimitives.ReadUInt16BigEndian(bytes[4..]));
        return header.Id >= 1 && header.Id <= header.Count
            ? header
            : throw new WireFormatException($"A chunk says that it is {header.Id} of {header.Count}.");
    }

    /// <summary>Writes the six bytes.</summary>
    public void Write(Span<byte> output)
    {
        BinaryPrimitives.WriteUInt16BigEndian(output, Id);
        BinaryPrimitives.WriteUInt16BigEndian(output[2..], Count);
        BinaryPrimitives.WriteUInt16BigEndian(output[4..], ChunkSize);
    }
}
