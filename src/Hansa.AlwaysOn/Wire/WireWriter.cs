using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Hansa.Model;

namespace Hansa.AlwaysOn.Wire;

/// <summary>Writes the primitives of AlwaysOn; all integers are big-endian (spec alwayson 2 to 4).</summary>
/// <remarks>Bytes reach the output with <see cref="Flush"/>, which must come last.</remarks>
/// <param name="output">Where the bytes go.</param>
/// <param name="peer">Who is to read them.</param>
public ref struct WireWriter(IBufferWriter<byte> output, PeerProfile peer)
{
    private Span<byte> _free;
    private int _used;
    private int _depth;

    /// <summary>Who is to read the bytes.</summary>
    public readonly PeerProfile Peer => peer;

    /// <summary>Hands the bytes to the output.</summary>
    public void Flush()
    {
        if (_used > 0)
            output.Advance(_used);
        _free = default;
        _used = 0;
    }

    /// <summary>One byte.</summary>
    public void WriteByte(byte value) => Take(1)[0] = value;

    /// <summary>Two bytes, unsigned.</summary>
    public void WriteUInt16(int value) => BinaryPrimitives.WriteUInt16BigEndian(Take(2), checked((ushort)value));

    /// <summary>Four bytes, unsigned.</summary>
    public void WriteUInt32(uint value) => BinaryPrimitives.WriteUInt32BigEndian(Take(4), value);

    /// <summary>Four bytes, signed.</summary>
    public void WriteInt32(int value) => BinaryPrimitives.WriteInt32BigEndian(Take(4), value);

    /// <summary>Eight bytes, signed.</summary>
    public void WriteInt64(long value) => BinaryPrimitives.WriteInt64BigEndian(Take(8), value);

    /// <summary>Eight bytes, a float.</summary>
    public void WriteDouble(double value) => BinaryPrimitives.WriteDoubleBigEndian(Take(8), value);

    /// <summary>A type byte.</summary>
    public void WriteBaseType(BaseType type) => WriteByte((byte)type);

    /// <summary>Text; the short form up to 127 bytes. Null and empty are one on the wire.</summary>
    public void WriteText(string? text)
    {
        if (text is null or "")
        {
            WriteByte(0);
            return;
        }

        var length = Encoding.UTF8.GetByteCount(text);
        if (length <= 127)
            WriteByte((byte)length);
        else
            WriteUInt32(0x80000000 | (uint)length);
        Encoding.UTF8.GetBytes(text, Take(length));
    }

    /// <summary>Bytes behind a plain 32-bit length: IMAGE and BLOB.</summary>
    public void WriteBytes(ReadOnlySpan<byte> bytes)
    {
        WriteUInt32((uint)bytes.Length);
        if (!bytes.IsEmpty)
            bytes.CopyTo(Take(bytes.Length));
    }

    /// <summary>Begins a nested table.</summary>
    /// <exception cref="PlatformException">No peer reads tables that lie deeper in one another.</exception>
    internal void Enter()
    {
        if (++_depth > WireReader.MaxDepth)
            throw new PlatformException(ErrorCode.TooLarge, $"InfoTables that lie in one another deeper than {WireReader.MaxDepth} cannot travel.");
    }

    internal void Leave() => _depth--;

    private Span<byte> Take(int count)
    {
        if (_free.Length - _used < count)
        {
            Flush();
            _free = output.GetSpan(Math.Max(count, 64));
        }

        var taken = _free.Slice(_used, count);
        _used += count;
        return taken;
    }
}
