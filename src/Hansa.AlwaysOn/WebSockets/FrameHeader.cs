using System.Buffers;
using System.Buffers.Binary;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>The head of a WebSocket frame.</summary>
/// <remarks>
/// <code>
/// fin:1 rsv1:1 rsv2:1 rsv3:1 opcode:4 | masked:1 length:7 | length 126: u16be, 127: u64be | masked: key[4] | payload
/// </code>
/// </remarks>
internal readonly record struct FrameHeader(bool Final, byte Reserved, Opcode Opcode, bool Masked, uint MaskKey, ulong Length, int Size)
{
    /// <summary>The longest head that is ever read.</summary>
    public const int MaxSize = 14;

    /// <summary>RSV1: on the first frame it says that the message is deflated (RFC 7692).</summary>
    public bool Rsv1 => (Reserved & 4) != 0;

    public bool IsControl => (byte)Opcode >= 8;

    /// <summary>Reads a head; false while it is not whole.</summary>
    public static bool TryRead(in ReadOnlySequence<byte> input, out FrameHeader header)
    {
        header = default;
        Span<byte> bytes = stackalloc byte[MaxSize];
        var present = (int)Math.Min(input.Length, MaxSize);
        input.Slice(0, present).CopyTo(bytes);
        if (present < 2)
            return false;

        var code = bytes[1] & 0x7f;
        var lengthSize = code switch { 126 => 2, 127 => 8, _ => 0 };
        var masked = (bytes[1] & 0x80) != 0;
        var size = 2 + lengthSize + (masked ? 4 : 0);
        if (present < size)
            return false;

        var length = code switch
        {
            126 => BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]),
            127 => BinaryPrimitives.ReadUInt64BigEndian(bytes[2..]),
            _ => (ulong)code,
        };
        var key = masked ? BinaryPrimitives.ReadUInt32LittleEndian(bytes[(2 + lengthSize)..]) : 0;
        header = new((bytes[0] & 0x80) != 0, (byte)((bytes[0] >> 4) & 7), (Opcode)(bytes[0] & 0xf), masked, key, length, size);
        return true;
    }

    /// <summary>
    /// Writes a head for at most 65,535 bytes: device SDKs drop a connection that uses the 64-bit form (spec alwayson
    /// 1.5).
    /// </summary>
    public static int Write(Span<byte> output, bool final, bool rsv1, Opcode opcode, int length, uint? maskKey)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(length, ushort.MaxValue);
        output[0] = (byte)((final ? 0x80 : 0) | (rsv1 ? 0x40 : 0) | (byte)opcode);
        var size = 2;
        if (length < 126)
        {
            output[1] = (byte)length;
        }
        else
        {
            output[1] = 126;
            BinaryPrimitives.WriteUInt16BigEndian(output[2..], (ushort)length);
            size = 4;
        }

        if (maskKey is not { } key)
            return size;
        output[1] |= 0x80;
        BinaryPrimitives.WriteUInt32LittleEndian(output[size..], key);
        return size + 4;
    }
}
