using Hansa.Model;

namespace Hansa.AlwaysOn.Wire;

/// <summary>InfoTables on the wire (spec alwayson 4.4).</summary>
/// <remarks>
/// <code>
/// InfoTable = Shape (01 Row)* 00          Row   = count:u16 value*
/// Shape     = (01 Field)* 00              Field = name:str description:str type:i8 count:u16 (name:str value)*
/// </code>
/// The Data Shape's name does not travel; ordinals are positions.
/// </remarks>
public static class InfoTableCodec
{
    // Quadratic work hides behind a count of 65,535; real fields have a dozen.
    private const int MaxAspects = 256;

    /// <summary>Reads a table. Rows may be short and their values of other types than declared (Q5).</summary>
    /// <exception cref="WireFormatException">The bytes are no table.</exception>
    public static InfoTable Read(ref WireReader reader)
    {
        reader.Enter();
        var shape = ReadShape(ref reader);
        var width = shape.Fields.Length;
        InfoTable.Builder? builder = null;
        while (reader.ReadMarker("a row"))
        {
            var count = reader.ReadUInt16("a row");
            // The C SDK writes the low byte of the count only (Q3).
            if (width > 255 && count == (width & 0xff))
                count = (ushort)width;
            if (count > width)
                throw reader.Fault($"A row has {count} values under {width} fields");
            if (count > reader.Remaining)
                throw reader.EndedEarly("a row");
            reader.TakeCells(width);
            var row = (builder ??= new(shape)).AddRow();
            for (var i = 0; i < count; i++)
                row[i] = ValueCodec.Read(ref reader);
        }

        reader.Leave();
        return builder is not null ? builder.Build() : width == 0 ? InfoTable.Empty : new InfoTable.Builder(shape).Build();
    }

    /// <summary>Writes a table, its types mapped to what the peer reads.</summary>
    /// <exception cref="PlatformException">More fields than the wire can count, or nested too deep.</exception>
    public static void Write(ref WireWriter writer, InfoTable table)
    {
        var fields = table.Shape.Fields;
        if (fields.Length > ushort.MaxValue)
            throw new PlatformException(ErrorCode.TooLarge, $"An InfoTable of {fields.Length} fields cannot travel; the limit is {ushort.MaxValue}.");
        writer.Enter();
        foreach (var field in fields)
            WriteField(ref writer, field);
        writer.WriteByte(0);
        for (var i = 0; i < table.RowCount; i++)
        {
            writer.WriteByte(1);
            writer.WriteUInt16(fields.Length);
            var row = table.Row(i);
            for (var column = 0; column < row.Length; column++)
                ValueCodec.Write(ref writer, row[column], fields[column].BaseType);
        }

        writer.WriteByte(0);
        writer.Leave();
    }

    private static DataShape ReadShape(ref WireReader reader)
    {
        var bytes = reader.Rest;
        if (ShapeCache.Find(bytes, out var length) is { } known)
        {
            reader.Skip(length, "a Data Shape");
            return known;
        }

        var start = reader.Position;
        var shape = ReadNewShape(ref reader);
        // The end marker may have been mended, and without it the bytes begin other shapes as well.
        if (!reader.HasLongName)
            ShapeCache.Keep(bytes, reader.Position - start, shape);
        return shape;
    }

    private static DataShape ReadNewShape(ref WireReader reader)
    {
        var fields = new List<FieldDefinition>();
        while (reader.ReadMarker("a field"))
        {
            if (fields.Count == ushort.MaxValue)
                throw reader.Fault($"A table has more than {ushort.MaxValue} fields");
            fields.Add(ReadField(ref reader, fields.Count));
        }

        if (fields.Count == 0)
            return DataShape.Empty;
        try
        {
            return new(fields);
        }
        catch (PlatformException e)
        {
            throw reader.Fault(e.Message.TrimEnd('.'));
        }
    }

    private static FieldDefinition ReadField(ref WireReader reader, int ordinal)
    {
        var name = reader.ReadName("a field's name");
        var description = reader.ReadText("a field's description");
        var type = reader.ReadBaseType("a field");
        var count = reader.ReadUInt16("a field's aspects");
        var field = new FieldDefinition(name, type, description, ordinal);
        if (count == 0)
            return field;
        if (count > MaxAspects)
            throw reader.Fault($"A field has {count} aspects; the limit is {MaxAspects}");
        var aspects = new List<KeyValuePair<string, Value>>();
        for (var i = 0; i < count; i++)
        {
            var aspect = reader.ReadName("an aspect's name");
            aspects.Add(new(aspect, ValueCodec.Read(ref reader)));
        }

        return field with { Aspects = new(aspects) };
    }

    private static void WriteField(ref WireWriter writer, FieldDefinition field)
    {
        writer.WriteByte(1);
        writer.WriteText(field.Name);
        writer.WriteText(field.Description);
        writer.WriteBaseType(writer.Peer.ReadsEveryType ? field.BaseType : DeviceTypes.Map(field.BaseType));
        writer.WriteUInt16(field.Aspects.Count);
        foreach (var (name, value) in field.Aspects)
        {
            writer.WriteText(name);
            ValueCodec.Write(ref writer, value);
        }
    }
}
