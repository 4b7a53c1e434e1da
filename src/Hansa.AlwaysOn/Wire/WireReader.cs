using System.Buffers.Binary;
using System.Text;
using System.Text.Unicode;
using Hansa.Model;

namespace Hansa.AlwaysOn.Wire;

/// <summary>Reads the primitives of AlwaysOn from bytes; all integers are big-endian (spec alwayson 2 to 4).</summary>
/// <remarks>
/// Nothing is allocated by a count or length that the bytes only claim. Every fault is a
/// <see cref="WireFormatException"/> with
/// the position in its text. Bytes after a whole message are left alone (Q1).
/// </remarks>
public ref struct WireReader
{
    /// <summary>Tables and VARIANTs may lie in one another this deep.</summary>
    public const int MaxDepth = 64;

    private readonly ReadOnlySpan<byte> _bytes;
    private int _depth;
    private long _cells;

    /// <summary>Begins at the first byte.</summary>
    public WireReader(ReadOnlySpan<byte> bytes)
    {
        _bytes = bytes;
        // A row may have fewer values than its table has fields. Without a budget three bytes a row would buy a
        // million cells.
        _cells = 4L * bytes.Length + 1024;
    }

    /// <summary>Where the next byte stands.</summary>
    public int Position { get; private set; }

    /// <summary>Bytes not read yet.</summary>
    public readonly int Remaining => _bytes.Length - Position;

    /// <summary>
    /// Whether a name of more than 127 bytes was read: then a device may have cut the message's last three bytes (Q2), and
    /// end markers that are missing are taken as present.
    /// </summary>
    public bool HasLongName { get; private set; }

    private readonly bool MendsEnd => HasLongName && Remaining == 0;

    /// <summary>One byte.</summary>
    public byte ReadByte(string what) => Take(1, what)[0];

    /// <summary>Two bytes, unsigned.</summary>
    public ushort ReadUInt16(string what) => BinaryPrimitives.ReadUInt16BigEndian(Take(2, what));

    /// <summary>Four bytes, unsigned.</summary>
    public uint ReadUInt32(string what) => BinaryPrimitives.ReadUInt32BigEndian(Take(4, what));

    /// <summary>Four bytes, signed.</summary>
    public int ReadInt32(string what) => BinaryPrimitives.ReadInt32BigEndian(Take(4, what));

    /// <summary>Eight bytes, signed.</summary>
    public long ReadInt64(string what) => BinaryPrimitives.ReadInt64BigEndian(Take(8, what));

    /// <summary>Eight bytes, a float.</summary>
    public double ReadDouble(string what) => BinaryPrimitives.ReadDoubleBigEndian(Take(8, what));

    /// <summary>A marker: true for 01 (something follows), false for 00.</summary>
    public bool ReadMarker(string what)
    {
        if (MendsEnd)
            return false;
        return ReadByte(what) switch
        {
            0 => false,
            1 => true,
            var other => throw Fault($"{what} has marker {other:x2}, which is neither 00 nor 01"),
        };
    }

    /// <summary>A type byte.</summary>
    public BaseType ReadBaseType(string what)
    {
        var type = (BaseType)ReadByte(what);
        return type.IsDefined() ? type : throw Fault($"{what} has base type {(sbyte)type}, which is not known");
    }

    /// <summary>The type byte of a message's content: NOTHING or INFOTABLE.</summary>
    public BaseType ReadContentType(string what) => MendsEnd ? BaseType.NOTHING : ReadBaseType(what);

    /// <summary>The count of request headers.</summary>
    public int ReadHeaderCount() => MendsEnd ? 0 : ReadByte("header count");

    /// <summary>A name: entity, property, field … It must be valid UTF-8, as it is compared.</summary>
    public string ReadName(string what)
    {
        var bytes = ReadTextBytes(what);
        if (bytes.Length > 127)
            HasLongName = true;
        return Utf8.IsValid(bytes) ? NameCache.Get(bytes) : throw Fault($"{what} is not valid UTF-8");
    }

    /// <summary>
    /// Text that is data. Bytes that are not UTF-8 become U+FFFD: a device's Latin-1 letter must not cost its other
    /// readings.
    /// </summary>
    public string ReadText(string what)
    {
        var bytes = ReadTextBytes(what);
        return bytes.Length <= 16 && Utf8.IsValid(bytes) ? NameCache.Get(bytes) : Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Text that is a secret, which no cache may see.</summary>
    public string ReadSecret(string what)
    {
        var bytes = ReadTextBytes(what);
        return Encoding.UTF8.GetString(bytes);
    }

    /// <summary>Bytes behind a plain 32-bit length: IMAGE and BLOB.</summary>
    public byte[] ReadBytes(string what)
    {
        var length = ReadUInt32(what);
        return length == 0 ? [] : Take(length, what).ToArray();
    }

    /// <summary>Steps over bytes.</summary>
    public void Skip(int count, string what) => Take((uint)count, what);

    /// <summary>The bytes not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _bytes[Position..];

    /// <summary>A fault at this position.</summary>
    internal readonly WireFormatException Fault(string text) => new($"{text} (byte {Position} of {_bytes.Length}).");

    internal readonly WireFormatException EndedEarly(string what) =>
        new($"The message ends inside {what} (byte {Position} of {_bytes.Length}).") { EndedEarly = true };

    internal void Enter()
    {
        if (++_depth > MaxDepth)
            throw Fault($"Tables lie in one another deeper than {MaxDepth}");
    }

    internal void Leave() => _depth--;

    internal void TakeCells(int count)
    {
        _cells -= count;
        if (_cells < 0)
            throw Fault("Rows hold far fewer values than their table has fields");
    }

    // str = length:u8 (≤ 127) | 80000000+length:u32 ; bytes[length]   (spec 4.1)
    private ReadOnlySpan<byte> ReadTextBytes(string what)
    {
        uint length = ReadByte(what);
        if (length > 127)
        {
            Position--;
            length = ReadUInt32(what) & 0x7fffffff;
        }

        return Take(length, what);
    }

    private ReadOnlySpan<byte> Take(uint count, string what)
    {
        if (count > (uint)Remaining)
            throw EndedEarly(what);
        var taken = _bytes.Slice(Position, (int)count);
        Position += (int)count;
        return taken;
    }
}
