using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Text.Json;

namespace Hansa.Model;

/// <summary>InfoTables as JSON, both ways (spec platform 2.3): <c>{"dataShape":{"fieldDefinitions":{…}},"rows":[…]}</c>.</summary>
/// <remarks>A row leaves its nulls out. Fields of a row that the Data Shape does not have are passed over, as ThingWorx does.</remarks>
public static class InfoTableJson
{
    private const int FlushBytes = 32 * 1024;

    /// <summary>Writes a whole table.</summary>
    public static void Write(Utf8JsonWriter writer, InfoTable table)
    {
        WriteHead(writer, table.Shape);
        var names = EncodeNames(table.Shape);
        for (var i = 0; i < table.RowCount; i++)
            WriteRow(writer, table.Row(i), names);
        WriteTail(writer);
    }

    /// <summary>Writes a table to a pipe and flushes as it goes, so that a large one is never whole in memory as text.</summary>
    public static async Task WriteAsync(PipeWriter pipe, InfoTable table, CancellationToken cancellationToken)
    {
        await using var writer = new Utf8JsonWriter(pipe, ValueJson.WriterOptions);
        WriteHead(writer, table.Shape);
        var names = EncodeNames(table.Shape);
        for (var i = 0; i < table.RowCount; i++)
        {
            WriteRow(writer, table.Row(i), names);
            if (writer.BytesPending < FlushBytes)
                continue;
            await writer.FlushAsync(cancellationToken);
            await pipe.FlushAsync(cancellationToken);
        }

        WriteTail(writer);
        await writer.FlushAsync(cancellationToken);
        await pipe.FlushAsync(cancellationToken);
    }

    /// <summary>The table's JSON text.</summary>
    public static string ToText(InfoTable table)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, ValueJson.WriterOptions))
            Write(writer, table);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads a table from JSON text.</summary>
    /// <exception cref="PlatformException">The text is no JSON, or a value does not fit its field.</exception>
    public static InfoTable Parse(ReadOnlySpan<byte> utf8, DataShape? shape = null)
    {
        try
        {
            var reader = new Utf8JsonReader(utf8, ValueJson.ReaderOptions);
            reader.Read();
            var table = Read(ref reader, "table", shape);
            // Fails where more follows.
            reader.Read();
            return table;
        }
        catch (JsonException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"The InfoTable is not JSON: {e.Message}", e);
        }
    }

    /// <summary>Reads the table whose <c>{</c> the reader stands on; afterwards it stands on the <c>}</c>.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="field">For errors' texts.</param>
    /// <param name="shape">The shape to use where the table brings none; without either it is made up from the rows.</param>
    /// <param name="memory">Remembers shapes of the document that is read, null for none.</param>
    /// <exception cref="PlatformException">BadRequest that names the field.</exception>
    public static InfoTable Read(ref Utf8JsonReader reader, string field, DataShape? shape = null, ShapeMemory? memory = null)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw NoTable(field);
        DataShape? own = null;
        InfoTable? table = null;
        var others = 0;
        Utf8JsonReader rowsAhead = default;
        var waiting = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("dataShape"u8))
            {
                reader.Read();
                own = memory is null ? ReadShape(ref reader, field) : memory.Read(ref reader, field);
            }
            else if (reader.ValueTextEquals("rows"u8))
            {
                reader.Read();
                if (reader.TokenType is not (JsonTokenType.StartArray or JsonTokenType.Null))
                    throw new PlatformException(ErrorCode.BadRequest, $"Field '{field}': rows must be an array of objects.");
                if (own is null)
                {
                    // The shape may come behind the rows: look at them again when it is known.
                    rowsAhead = reader;
                    waiting = true;
                    reader.Skip();
                }
                else
                {
                    table = ReadRows(ref reader, Choose(own, shape), field, memory);
                }
            }
            else
            {
                others++;
                reader.Read();
                reader.Skip();
            }
        }

        if (others > 0 && own is null && !waiting)
            throw NoTable(field);
        if (waiting)
            table = ReadRows(ref rowsAhead, Choose(own, shape), field, memory);
        return table ?? new InfoTable.Builder(Choose(own, shape) ?? DataShape.Empty).Build();
    }

    /// <summary>Writes <c>{"fieldDefinitions":{…}}</c>.</summary>
    public static void WriteShape(Utf8JsonWriter writer, DataShape shape)
    {
        writer.WriteStartObject();
        if (shape.Name is not null)
            writer.WriteString("name", shape.Name);
        writer.WriteStartObject("fieldDefinitions");
        for (var i = 0; i < shape.Fields.Length; i++)
        {
            writer.WritePropertyName(shape.Fields[i].Name);
            WriteField(writer, shape.Fields[i], i);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Writes one field definition as an object.</summary>
    public static void WriteField(Utf8JsonWriter writer, FieldDefinition field, int ordinal)
    {
        writer.WriteStartObject();
        writer.WriteString("name", field.Name);
        writer.WriteString("description", field.Description);
        writer.WriteString("baseType", field.BaseType.Name());
        writer.WriteNumber("ordinal", ordinal);
        writer.WriteStartObject("aspects");
        foreach (var (name, value) in field.Aspects)
        {
            writer.WritePropertyName(name);
            ValueJson.Write(writer, value);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    /// <summary>Reads <c>{"fieldDefinitions":{…}}</c>; fields stand in the order of their ordinals, ties as written.</summary>
    public static DataShape ReadShape(ref Utf8JsonReader reader, string where)
    {
        if (reader.TokenType == JsonTokenType.Null)
            return DataShape.Empty;
        using var document = JsonDocument.ParseValue(ref reader);
        return ReadShape(document.RootElement, where);
    }

    /// <summary>Reads <c>{"fieldDefinitions":{…}}</c>; fields stand in the order of their ordinals, ties as written.</summary>
    public static DataShape ReadShape(JsonElement json, string where)
    {
        try
        {
            return ReadFields(json, where);
        }
        catch (InvalidOperationException e)
        {
            throw ValueJson.NoUnicode(where, e);
        }
    }

    /// <summary>Reads one field definition.</summary>
    public static FieldDefinition ReadField(string name, JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw new PlatformException(ErrorCode.BadRequest, $"Field '{name}': its definition must be an object with name and baseType.");
        string Text(string member) => json.TryGetProperty(member, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString()! : "";
        var aspects = Aspects.None;
        if (json.TryGetProperty("aspects", out var given) && given.ValueKind == JsonValueKind.Object)
            aspects = new(given.EnumerateObject().Select(a => KeyValuePair.Create(a.Name, ValueJson.Read(a.Value, BaseType.VARIANT, a.Name))));
        var ordinal = json.TryGetProperty("ordinal", out var number) && number.ValueKind == JsonValueKind.Number && number.TryGetInt32(out var n) ? n : 0;
        if (!BaseTypes.TryParse(Text("baseType"), out var type))
            throw new PlatformException(ErrorCode.BadRequest, $"Field '{name}': '{Text("baseType")}' is not a base type; try STRING, NUMBER, BOOLEAN, DATETIME or INFOTABLE.");
        return new(name, type, Text("description"), ordinal) { Aspects = aspects };
    }

    private static DataShape ReadFields(JsonElement json, string where)
    {
        if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty("fieldDefinitions", out var definitions))
            return DataShape.Empty;
        if (definitions.ValueKind != JsonValueKind.Object)
            throw new PlatformException(ErrorCode.BadRequest, $"Field '{where}': fieldDefinitions must be an object keyed by field name.");
        var fields = definitions.EnumerateObject().Select(member => ReadField(member.Name, member.Value)).OrderBy(field => field.Ordinal);
        var name = json.TryGetProperty("name", out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        return new(fields, name);
    }

    private static PlatformException NoTable(string field) => new(ErrorCode.BadRequest, $"Field '{field}': an INFOTABLE is a JSON object with dataShape and rows.");

    private static DataShape? Choose(DataShape? own, DataShape? fallback) => own is { Fields.Length: > 0 } ? own : fallback ?? own;

    private static InfoTable ReadRows(ref Utf8JsonReader reader, DataShape? shape, string field, ShapeMemory? memory)
    {
        if (shape is null or { Fields.Length: 0 })
            shape = InferShape(reader);
        var builder = new InfoTable.Builder(shape);
        if (reader.TokenType == JsonTokenType.Null)
            return builder.Build();
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new PlatformException(ErrorCode.BadRequest, $"Field '{field}': row {builder.RowCount} is not an object.");
            var row = builder.AddRow();
            var column = -1;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                column = Column(ref reader, shape, column + 1);
                reader.Read();
                if (column < 0)
                    reader.Skip();
                else
                    row[column] = ValueJson.Read(ref reader, shape.Fields[column].BaseType, shape.Fields[column].Name, null, memory);
            }
        }

        return builder.Build();
    }

    // Rows mostly have their members in the order of the fields: the expected one is compared without making a string.
    private static int Column(ref Utf8JsonReader reader, DataShape shape, int expected) =>
        expected < shape.Fields.Length && reader.ValueTextEquals(shape.Fields[expected].Name)
            ? expected
            : shape.IndexOf(ValueJson.ReadText(ref reader, "rows"));

    // The reader is a copy: looking ahead does not move the caller's.
    private static DataShape InferShape(Utf8JsonReader reader)
    {
        var fields = new Dictionary<string, BaseType>(StringComparer.Ordinal);
        if (reader.TokenType != JsonTokenType.StartArray)
            return DataShape.Empty;
        var depth = reader.CurrentDepth;
        while (reader.Read() && !(reader.TokenType == JsonTokenType.EndArray && reader.CurrentDepth == depth))
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var name = ValueJson.ReadText(ref reader, "rows");
            reader.Read();
            var type = reader.TokenType switch
            {
                JsonTokenType.Number => BaseType.NUMBER,
                JsonTokenType.True or JsonTokenType.False => BaseType.BOOLEAN,
                JsonTokenType.StartObject or JsonTokenType.StartArray => BaseType.VARIANT,
                JsonTokenType.Null => BaseType.NOTHING,
                _ => BaseType.STRING,
            };
            reader.Skip();
            if (!fields.TryGetValue(name, out var known) || known == BaseType.NOTHING)
                fields[name] = type;
            else if (type != BaseType.NOTHING && known != type)
                fields[name] = BaseType.VARIANT;
        }

        return new(fields.Select((f, i) => new FieldDefinition(f.Key, f.Value == BaseType.NOTHING ? BaseType.STRING : f.Value, Ordinal: i)));
    }

    private static void WriteHead(Utf8JsonWriter writer, DataShape shape)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("dataShape");
        WriteShape(writer, shape);
        writer.WriteStartArray("rows");
    }

    private static JsonEncodedText[] EncodeNames(DataShape shape) =>
        [.. shape.Fields.Select(field => JsonEncodedText.Encode(field.Name, ValueJson.WriterOptions.Encoder))];

    private static void WriteRow(Utf8JsonWriter writer, ReadOnlySpan<Value> row, JsonEncodedText[] names)
    {
        writer.WriteStartObject();
        for (var i = 0; i < row.Length; i++)
        {
            if (row[i].IsNull)
                continue;
            writer.WritePropertyName(names[i]);
            ValueJson.Write(writer, row[i]);
        }

        writer.WriteEndObject();
    }

    private static void WriteTail(Utf8JsonWriter writer)
    {
        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}
