using System.Buffers.Binary;
using System.Text;
using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Reads the layout that <see cref="ValueEncoding"/> shows. Trusts nothing: every count is held against the bytes that are there.</summary>
internal ref struct ValueReader(ReadOnlySpan<byte> bytes)
{
    private static readonly UTF8Encoding Utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;

    public Value Value(int depth)
    {
        var type = (BaseType)(sbyte)Byte();
        if (!type.IsDefined())
            throw Damaged($"type {(sbyte)type} is unknown");
        switch (type.Form())
        {
            case ValueForm.None:
                return default;
            case ValueForm.Number:
                return Model.Value.Number(Number());
            case ValueForm.Boolean:
                return Model.Value.Boolean(Byte() != 0);
            case ValueForm.Integer:
                var bits = Signed();
                return type != BaseType.INTEGER || bits == (int)bits ? Model.Value.FromBits(bits, type) : throw Damaged($"{bits} is no INTEGER");
            case ValueForm.Location:
                var (longitude, latitude, elevation) = (Number(), Number(), Number());
                return Model.Value.Location(new(longitude, latitude, elevation));
            case ValueForm.Vector:
                Span<double> parts = stackalloc double[4];
                for (var i = 0; i < type.Dimensions(); i++)
                    parts[i] = Number();
                return Model.Value.Vector(new(parts[0], parts[1], parts[2], parts[3]), type);
            case ValueForm.Bytes:
                return Model.Value.Bytes(Take(Count()).ToArray(), type);
            case ValueForm.Table:
                return Model.Value.Table(Table(depth + 1));
            case ValueForm.Any:
                throw Damaged("a VARIANT holds a value of another type");
            default:
                return Model.Value.Text(Text(), type);
        }
    }

    public byte Byte() => Take(1)[0];

    public readonly void End()
    {
        if (_at != _bytes.Length)
            throw Damaged("there is more than one value");
    }

    private InfoTable Table(int depth)
    {
        if (depth > ValueEncoding.MaxDepth)
            throw Damaged($"tables are nested deeper than {ValueEncoding.MaxDepth}");
        var nameLength = Count();
        var name = nameLength == 0 ? null : Decode(Take(nameLength - 1));
        var fields = new FieldDefinition[Count()];
        for (var i = 0; i < fields.Length; i++)
            fields[i] = Field(depth);
        var builder = new InfoTable.Builder(Shape(fields, name));
        // A row without fields takes no bytes, so nothing else bounds how many there are said to be.
        var rows = fields.Length == 0 ? Unsigned() : (ulong)Count();
        if (rows > int.MaxValue)
            throw Damaged($"{rows} rows are more than a table holds");
        for (var i = 0; i < (int)rows; i++)
        {
            var row = builder.AddRow();
            for (var column = 0; column < row.Length; column++)
                row[column] = Value(depth);
        }

        return builder.Build();
    }

    private readonly DataShape Shape(FieldDefinition[] fields, string? name)
    {
        try
        {
            return new(fields, name);
        }
        catch (PlatformException e)
        {
            throw Damaged(e.Message);
        }
    }

    private FieldDefinition Field(int depth)
    {
        var name = Text();
        var type = (BaseType)(sbyte)Byte();
        if (!type.IsDefined())
            throw Damaged($"type {(sbyte)type} is unknown");
        var field = new FieldDefinition(name, type, Text(), (int)Signed());
        var aspects = new KeyValuePair<string, Value>[Count()];
        for (var i = 0; i < aspects.Length; i++)
            aspects[i] = new(Text(), Value(depth));
        return aspects.Length == 0 ? field : field with { Aspects = new(aspects) };
    }

    private string Text() => Decode(Take(Count()));

    private readonly string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Utf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw Damaged("a text is not UTF-8");
        }
    }

    private double Number() => BinaryPrimitives.ReadDoubleLittleEndian(Take(sizeof(double)));

    private long Signed()
    {
        var zigzag = Unsigned();
        return (long)(zigzag >> 1) ^ -(long)(zigzag & 1);
    }

    // Whatever is counted takes at least a byte each, so a greater count than bytes left is damage.
    private int Count()
    {
        var count = Unsigned();
        return count <= (ulong)(_bytes.Length - _at) + 1 ? (int)count : throw Damaged($"a count of {count} passes the end");
    }

    private ulong Unsigned()
    {
        var value = 0UL;
        for (var shift = 0; shift < 70; shift += 7)
        {
            var next = Byte();
            if (shift == 63 && next > 1)
                break;
            value |= (ulong)(next & 0x7f) << shift;
            if (next < 0x80)
                return value;
        }

        throw Damaged("a number is too long");
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _bytes.Length - _at)
            throw Damaged("it ends too early");
        _at += count;
        return _bytes.Slice(_at - count, count);
    }

    private readonly InvalidDataException Damaged(string what) => new($"The stored value is damaged at byte {_at} of {_bytes.Length}: {what}.");
}
