using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Writes the layout that <see cref="ValueEncoding"/> shows.</summary>
internal readonly struct ValueWriter(IBufferWriter<byte> output)
{
    public void Value(Value value, int depth)
    {
        var type = value.BaseType;
        Byte((byte)type);
        switch (type.Form())
        {
            case ValueForm.None:
                break;
            case ValueForm.Number:
                Number(value.AsNumber());
                break;
            case ValueForm.Boolean:
                Byte(value.AsBoolean() ? (byte)1 : (byte)0);
                break;
            case ValueForm.Integer:
                Signed(value.AsLong());
                break;
            case ValueForm.Location:
                var place = value.AsLocation()!;
                Number(place.Longitude);
                Number(place.Latitude);
                Number(place.Elevation);
                break;
            case ValueForm.Vector:
                for (var i = 0; i < type.Dimensions(); i++)
                    Number(value.AsVector()![i]);
                break;
            case ValueForm.Bytes:
                Unsigned((ulong)value.AsBytes()!.Length);
                output.Write(value.AsBytes());
                break;
            case ValueForm.Table:
                Table(value.AsTable()!, depth + 1);
                break;
            default:
                Text(value.AsText()!);
                break;
        }
    }

    public void Byte(byte value)
    {
        output.GetSpan(1)[0] = value;
        output.Advance(1);
    }

    private void Table(InfoTable table, int depth)
    {
        if (depth > ValueEncoding.MaxDepth)
            throw new PlatformException(ErrorCode.BadRequest, $"InfoTables nested deeper than {ValueEncoding.MaxDepth} are not kept.");
        OptionalText(table.Shape.Name);
        Unsigned((ulong)table.Shape.Fields.Length);
        foreach (var field in table.Shape.Fields)
            Field(field, depth);
        Unsigned((ulong)table.RowCount);
        for (var i = 0; i < table.RowCount; i++)
        {
            foreach (var cell in table.Row(i))
                Value(cell, depth);
        }
    }

    private void Field(FieldDefinition field, int depth)
    {
        Text(field.Name);
        Byte((byte)field.BaseType);
        Text(field.Description);
        Signed(field.Ordinal);
        Unsigned((ulong)field.Aspects.Count);
        foreach (var (name, value) in field.Aspects)
        {
            Text(name);
            Value(value, depth);
        }
    }

    private void Text(string text)
    {
        var length = Encoding.UTF8.GetByteCount(text);
        Unsigned((ulong)length);
        output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(length)));
    }

    private void OptionalText(string? text)
    {
        var length = text is null ? 0 : Encoding.UTF8.GetByteCount(text) + 1;
        Unsigned((ulong)length);
        if (text is not null)
            output.Advance(Encoding.UTF8.GetBytes(text, output.GetSpan(length)));
    }

    private void Number(double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(output.GetSpan(sizeof(double)), value);
        output.Advance(sizeof(double));
    }

    private void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    private void Unsigned(ulong value)
    {
        var span = output.GetSpan(10);
        var length = 0;
        for (; value >= 0x80; value >>= 7)
            span[length++] = (byte)(value | 0x80);
        span[length++] = (byte)value;
        output.Advance(length);
    }
}
