using System.Buffers;
using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Values as self-describing bytes: what is kept of property values and of VARIANT cells.</summary>
/// <remarks>
/// <code>
/// stored  = version:01  value
/// value   = type:i8  payload                  NOTHING (ff) has none
/// payload = NUMBER: f64 | BOOLEAN: u8 | integers, times: zigzag varint | LOCATION: 3 f64 | VECn: n f64
///         | text, bytes: varint length, then UTF-8 or bytes | INFOTABLE: shape  varint rowCount  (value × fields) × rows
/// shape   = text? name  varint fieldCount  field*        text? = varint 0, or length + 1 and UTF-8
/// field   = text name  type:i8  text description  varint ordinal  varint aspectCount  (text name  value)*
/// </code>
/// Numbers are little-endian. Text that is no Unicode (a lone surrogate) is kept as U+FFFD, as on every wire.
/// </remarks>
public static class ValueEncoding
{
    internal const byte Version = 1;
    internal const int MaxDepth = 64;

    /// <summary>Appends the value's bytes.</summary>
    /// <exception cref="PlatformException">BadRequest: tables are nested deeper than 64.</exception>
    public static void Write(IBufferWriter<byte> output, Value value)
    {
        var writer = new ValueWriter(output);
        writer.Byte(Version);
        writer.Value(value, depth: 0);
    }

    /// <summary>The value's bytes.</summary>
    /// <exception cref="PlatformException">BadRequest: tables are nested deeper than 64.</exception>
    public static byte[] ToBytes(Value value)
    {
        var output = new ArrayBufferWriter<byte>(32);
        Write(output, value);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>The value of such bytes.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, or written by a newer version; the text says where.</exception>
    public static Value Read(ReadOnlySpan<byte> bytes)
    {
        var reader = new ValueReader(bytes);
        var version = reader.Byte();
        if (version != Version)
            throw new InvalidDataException($"The stored value is of version {version}; this program reads version {Version}.");
        var value = reader.Value(depth: 0);
        reader.End();
        return value;
    }
}
