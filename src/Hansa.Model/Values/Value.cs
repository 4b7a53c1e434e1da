using System.Diagnostics;
using System.Globalization;

namespace Hansa.Model;

/// <summary>
/// One value of any base type in 16 bytes: numbers, booleans and times without an object, all else behind one reference.
/// The default is null, the wire's NOTHING. Immutable, save that the bytes of a BLOB are not copied.
/// </summary>
[DebuggerDisplay("{BaseType}: {ToString(),nq}")]
public readonly struct Value : IEquatable<Value>
{
    // A scalar's reference is the tag of its type and the bits are its payload;
    // for everything else the reference is the payload and the bits are the type.
    private readonly long _bits;
    private readonly object? _reference;

    // There are many NaNs; values hold the one that peers send, so that each equals itself.
    private const long NaNBits = 0x7ff8_0000_0000_0000;

    private Value(long bits, object? reference)
    {
        _bits = bits;
        _reference = reference;
    }

    /// <summary>No value.</summary>
    public static Value Null => default;

    /// <summary>The base type of this value; NOTHING for null. VARIANT never: a VARIANT holds a value of another type.</summary>
    public BaseType BaseType => _reference switch
    {
        null => BaseType.NOTHING,
        ScalarTag tag => tag.Type,
        _ => (BaseType)_bits,
    };

    /// <summary>Whether there is no value.</summary>
    public bool IsNull => _reference is null;

    /// <summary>A NUMBER. Of the many bit patterns of NaN one is kept, so that NaN equals NaN.</summary>
    public static Value Number(double value) => new(double.IsNaN(value) ? NaNBits : BitConverter.DoubleToInt64Bits(value), ScalarTag.Number);

    /// <summary>An INTEGER.</summary>
    public static Value Integer(int value) => new(value, ScalarTag.Integer);

    /// <summary>A LONG.</summary>
    public static Value Long(long value) => new(value, ScalarTag.Long);

    /// <summary>A BOOLEAN.</summary>
    public static Value Boolean(bool value) => new(value ? 1 : 0, ScalarTag.Boolean);

    /// <summary>A DATETIME in milliseconds since 1970 UTC.</summary>
    public static Value DateTime(long milliseconds) => new(milliseconds, ScalarTag.DateTime);

    /// <summary>A DATETIME, to the millisecond.</summary>
    public static Value DateTime(DateTimeOffset time) => DateTime(time.ToUnixTimeMilliseconds());

    /// <summary>A TIMESPAN in milliseconds.</summary>
    public static Value TimeSpan(long milliseconds) => new(milliseconds, ScalarTag.TimeSpan);

    /// <summary>A THINGCODE, <c>domain:instance</c>.</summary>
    public static Value ThingCode(int domain, int instance) => new(((long)domain << 32) | (uint)instance, ScalarTag.ThingCode);

    /// <summary>A STRING; null text gives null.</summary>
    public static Value String(string? text) => Text(text, BaseType.STRING);

    /// <summary>Text of any base type whose form is <see cref="ValueForm.Text"/>; null text gives null.</summary>
    public static Value Text(string? text, BaseType type)
    {
        Debug.Assert(type.Form() == ValueForm.Text, $"{type} is not text");
        return text is null ? default : new((long)type, text);
    }

    /// <summary>A LOCATION; null gives null.</summary>
    public static Value Location(Location? location) => new((long)BaseType.LOCATION, location);

    /// <summary>A BLOB or IMAGE; null gives null. The array is not copied.</summary>
    public static Value Bytes(byte[]? bytes, BaseType type = BaseType.BLOB) => new((long)type, bytes);

    /// <summary>An INFOTABLE; null gives null.</summary>
    public static Value Table(InfoTable? table) => new((long)BaseType.INFOTABLE, table);

    /// <summary>A VEC2, VEC3 or VEC4; null gives null.</summary>
    public static Value Vector(Vector? vector, BaseType type) => new((long)type, vector);

    /// <summary>An integer-formed value (INTEGER, LONG, DATETIME, TIMESPAN, THINGCODE) from its 64 bits.</summary>
    public static Value FromBits(long bits, BaseType type) => new(bits, type switch
    {
        BaseType.INTEGER => ScalarTag.Integer,
        BaseType.LONG => ScalarTag.Long,
        BaseType.DATETIME => ScalarTag.DateTime,
        BaseType.TIMESPAN => ScalarTag.TimeSpan,
        BaseType.THINGCODE => ScalarTag.ThingCode,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "not an integer-formed type"),
    });

    /// <summary>The NUMBER, or any integer-formed value as a float. 0 for others.</summary>
    public double AsNumber() => _reference is not ScalarTag tag ? 0
        : tag.Type == BaseType.NUMBER ? BitConverter.Int64BitsToDouble(_bits) : _bits;

    /// <summary>The 64 bits of an integer-formed value or BOOLEAN; a NUMBER is truncated. 0 for others.</summary>
    public long AsLong() => _reference is not ScalarTag tag ? 0
        : tag.Type == BaseType.NUMBER ? (long)BitConverter.Int64BitsToDouble(_bits) : _bits;

    /// <summary>Whether this is BOOLEAN true.</summary>
    public bool AsBoolean() => _reference == ScalarTag.Boolean && _bits != 0;

    /// <summary>The text of a text-formed value, null for all others.</summary>
    public string? AsText() => _reference as string;

    /// <summary>The LOCATION, null for all others.</summary>
    public Location? AsLocation() => _reference as Location;

    /// <summary>The bytes of a BLOB or IMAGE, null for all others.</summary>
    public byte[]? AsBytes() => _reference as byte[];

    /// <summary>The INFOTABLE, null for all others.</summary>
    public InfoTable? AsTable() => _reference as InfoTable;

    /// <summary>The VECn, null for all others.</summary>
    public Vector? AsVector() => _reference as Vector;

    /// <summary>The DATETIME, or null where there is none.</summary>
    public DateTimeOffset? AsDateTime() => _reference == ScalarTag.DateTime ? DateTimeOffset.FromUnixTimeMilliseconds(_bits) : null;

    /// <summary>The platform's text form: what a STRING parameter gets when it is given this value. "" for null.</summary>
    public override string ToString() => _reference switch
    {
        null => "",
        string text => text,
        ScalarTag tag => tag.Type switch
        {
            BaseType.NUMBER => AsNumber().ToString("R", CultureInfo.InvariantCulture),
            BaseType.BOOLEAN => _bits != 0 ? "true" : "false",
            BaseType.DATETIME => Coercion.FormatDateTime(_bits),
            BaseType.THINGCODE => $"{(int)(_bits >> 32)}:{(int)_bits}",
            _ => _bits.ToString(CultureInfo.InvariantCulture),
        },
        Vector vector => vector.ToString(BaseType.Dimensions()),
        byte[] bytes => Convert.ToBase64String(bytes),
        InfoTable table => InfoTableJson.ToText(table),
        _ => _reference.ToString() ?? "",
    };

    /// <summary>Same base type and same content; NaN equals NaN, as a stored value is itself.</summary>
    public bool Equals(Value other) => _bits == other._bits && (ReferenceEquals(_reference, other._reference)
        || (_reference, other._reference) switch
        {
            (string a, string b) => string.Equals(a, b, StringComparison.Ordinal),
            (byte[] a, byte[] b) => a.AsSpan().SequenceEqual(b),
            (null, _) or (_, null) => false,
            var (a, b) => a is not ScalarTag && a.Equals(b),
        });

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Value other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _reference is byte[] bytes
        ? HashCode.Combine(_bits, bytes.Length)
        : HashCode.Combine(_bits, _reference is ScalarTag ? 0 : _reference?.GetHashCode() ?? 0);

    /// <summary>Same as <see cref="Equals(Value)"/>.</summary>
    public static bool operator ==(Value left, Value right) => left.Equals(right);

    /// <summary>Not the same.</summary>
    public static bool operator !=(Value left, Value right) => !left.Equals(right);

    private sealed class ScalarTag(BaseType type)
    {
        public static readonly ScalarTag Number = new(BaseType.NUMBER);
        public static readonly ScalarTag Integer = new(BaseType.INTEGER);
        public static readonly ScalarTag Long = new(BaseType.LONG);
        public static readonly ScalarTag Boolean = new(BaseType.BOOLEAN);
        public static readonly ScalarTag DateTime = new(BaseType.DATETIME);
        public static readonly ScalarTag TimeSpan = new(BaseType.TIMESPAN);
        public static readonly ScalarTag ThingCode = new(BaseType.THINGCODE);

        public BaseType Type { get; } = type;
    }
}
