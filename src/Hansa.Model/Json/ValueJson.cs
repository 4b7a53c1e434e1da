using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hansa.Model;

/// <summary>Values as JSON, both ways (spec platform 2.1, alwayson 4.5).</summary>
public static class ValueJson
{
    /// <summary>The deepest nesting that is read; deeper input is refused.</summary>
    public const int MaxDepth = 64;

    /// <summary>How JSON text is read everywhere: no comments, bounded depth.</summary>
    public static JsonDocumentOptions DocumentOptions { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>How JSON text is read everywhere: no comments, bounded depth.</summary>
    public static JsonReaderOptions ReaderOptions { get; } = new() { MaxDepth = MaxDepth };

    /// <summary>How JSON text is written everywhere: text stays readable, no needless escapes.</summary>
    public static JsonWriterOptions WriterOptions { get; } = new()
    {
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        SkipValidation = true,
    };

    /// <summary>Writes one value. NUMBERs that JSON cannot say are the texts "NaN", "Infinity", "-Infinity", which read back.</summary>
    public static void Write(Utf8JsonWriter writer, Value value)
    {
        switch (value.BaseType)
        {
            case BaseType.NOTHING:
                writer.WriteNullValue();
                break;
            case BaseType.NUMBER when !double.IsFinite(value.AsNumber()):
                writer.WriteStringValue(value.AsNumber().ToString(CultureInfo.InvariantCulture));
                break;
            case BaseType.NUMBER:
                WriteNumber(writer, value.AsNumber());
                break;
            case BaseType.BOOLEAN:
                writer.WriteBooleanValue(value.AsBoolean());
                break;
            case BaseType.INTEGER or BaseType.LONG or BaseType.DATETIME or BaseType.TIMESPAN:
                writer.WriteNumberValue(value.AsLong());
                break;
            case BaseType.LOCATION:
                WriteLocation(writer, value.AsLocation()!);
                break;
            case BaseType.TAGS:
                WriteTags(writer, value.AsText()!);
                break;
            case BaseType.BLOB or BaseType.IMAGE:
                writer.WriteBase64StringValue(value.AsBytes());
                break;
            case BaseType.INFOTABLE:
                InfoTableJson.Write(writer, value.AsTable()!);
                break;
            case BaseType.JSON or BaseType.QUERY:
                WriteRaw(writer, value.AsText()!);
                break;
            default:
                writer.WriteStringValue(value.ToString());
                break;
        }
    }

    /// <summary>The value's JSON text.</summary>
    public static string ToText(Value value)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var writer = new Utf8JsonWriter(buffer, WriterOptions))
            Write(writer, value);
        return Encoding.UTF8.GetString(buffer.WrittenSpan);
    }

    /// <summary>Reads the value that the reader stands on as the wanted base type.</summary>
    /// <param name="reader">Stands on the value's first token; afterwards on its last.</param>
    /// <param name="target">The wanted type; VARIANT takes what JSON says.</param>
    /// <param name="field">For the error's text.</param>
    /// <param name="shape">For an INFOTABLE that brings no Data Shape of its own.</param>
    /// <param name="memory">Remembers Data Shapes of the document that is read; null for none.</param>
    /// <exception cref="PlatformException">BadRequest that names the field.</exception>
    public static Value Read(ref Utf8JsonReader reader, BaseType target, string field, DataShape? shape = null, ShapeMemory? memory = null)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.Null:
                return Value.Null;
            case JsonTokenType.True or JsonTokenType.False:
                return Coercion.To(Value.Boolean(reader.TokenType == JsonTokenType.True), target, field);
            case JsonTokenType.Number:
                return ReadNumber(ref reader, target, field);
            case JsonTokenType.String:
                var text = Value.String(ReadText(ref reader, field));
                return target == BaseType.JSON ? Value.Text(ToText(text), target) : Coercion.To(text, target, field);
            case JsonTokenType.StartObject when target == BaseType.INFOTABLE:
                return Value.Table(InfoTableJson.Read(ref reader, field, shape, memory));
            default:
                using (var document = JsonDocument.ParseValue(ref reader))
                    return Read(document.RootElement, target, field);
        }
    }

    /// <summary>Reads a parsed value as the wanted base type.</summary>
    /// <exception cref="PlatformException">BadRequest that names the field.</exception>
    public static Value Read(JsonElement json, BaseType target, string field, DataShape? shape = null)
    {
        if (json.ValueKind is not (JsonValueKind.Object or JsonValueKind.Array))
        {
            var scalar = new Utf8JsonReader(Encoding.UTF8.GetBytes(json.GetRawText()), ReaderOptions);
            scalar.Read();
            return Read(ref scalar, target, field);
        }

        try
        {
            return ReadNested(json, target, field, shape);
        }
        catch (InvalidOperationException e)
        {
            throw NoUnicode(field, e);
        }
    }

    /// <summary>The text or name that the reader stands on.</summary>
    /// <exception cref="PlatformException">BadRequest that names the field: the text is no Unicode.</exception>
    internal static string ReadText(ref Utf8JsonReader reader, string field)
    {
        try
        {
            return reader.GetString()!;
        }
        catch (InvalidOperationException e)
        {
            throw NoUnicode(field, e);
        }
    }

    /// <summary>The failure of a text with half a surrogate pair, or whose bytes are not UTF-8.</summary>
    internal static PlatformException NoUnicode(string field, InvalidOperationException inner) =>
        new(ErrorCode.BadRequest, $"Field '{field}': a text is no valid Unicode.", inner);

    private static Value ReadNested(JsonElement json, BaseType target, string field, DataShape? shape)
    {
        var value = (target, json.ValueKind) switch
        {
            (BaseType.INFOTABLE, JsonValueKind.Object) => ReadTable(json, field, shape),
            (BaseType.VARIANT, JsonValueKind.Object) when LooksLikeTable(json) => ReadTable(json, field, shape),
            (BaseType.JSON or BaseType.QUERY or BaseType.VARIANT, _) =>
                Value.Text(json.GetRawText(), target == BaseType.VARIANT ? BaseType.JSON : target),
            (BaseType.LOCATION, JsonValueKind.Object) => ReadLocation(json, field),
            (BaseType.TAGS, JsonValueKind.Array) => TagText.FromJson(json),
            _ => null,
        };
        return value ?? throw new PlatformException(ErrorCode.BadRequest,
            $"Field '{field}': a JSON {json.ValueKind.ToString().ToLowerInvariant()} is not a {target.Name()}.");
    }

    internal static void WriteNumber(Utf8JsonWriter writer, double number)
    {
        // Whole numbers are written without ".0" or exponent, as users' clients print them.
        if (number == Math.Truncate(number) && Math.Abs(number) < 1e15 && !(number == 0 && double.IsNegative(number)))
            writer.WriteNumberValue((long)number);
        else
            writer.WriteNumberValue(number);
    }

    private static Value ReadNumber(ref Utf8JsonReader reader, BaseType target, string field)
    {
        if (target == BaseType.NUMBER)
            return reader.TryGetDouble(out var direct) ? Value.Number(direct) : throw TooLarge(field);
        if (target.Form() == ValueForm.Text && target is not (BaseType.JSON or BaseType.TAGS or BaseType.QUERY))
            return Value.Text(Encoding.UTF8.GetString(reader.HasValueSequence ? reader.ValueSequence.ToArray() : reader.ValueSpan), target);
        // A NUMBER cannot say every whole number above 2^53.
        if (target == BaseType.VARIANT && reader.TryGetInt64(out var exact) && (Int128)(double)exact != exact)
            return Value.Long(exact);
        if (target.Form() == ValueForm.Integer && reader.TryGetInt64(out var whole))
            return Coercion.To(Value.Long(whole), target, field);
        return reader.TryGetDouble(out var number) ? Coercion.To(Value.Number(number), target, field) : throw TooLarge(field);
    }

    private static PlatformException TooLarge(string field) => new(ErrorCode.BadRequest, $"Field '{field}': the number does not fit a NUMBER.");

    private static Value? ReadTable(JsonElement json, string field, DataShape? shape)
    {
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(json.GetRawText()), ReaderOptions);
        reader.Read();
        return Value.Table(InfoTableJson.Read(ref reader, field, shape));
    }

    private static bool LooksLikeTable(JsonElement json) =>
        json.TryGetProperty("rows", out var rows) && rows.ValueKind == JsonValueKind.Array && json.TryGetProperty("dataShape", out _);

    private static Value? ReadLocation(JsonElement json, string field)
    {
        double Part(string name) => !json.TryGetProperty(name, out var part) || part.ValueKind == JsonValueKind.Null ? 0
            : Read(part, BaseType.NUMBER, $"{field}.{name}").AsNumber();
        return json.TryGetProperty("latitude", out _) || json.TryGetProperty("longitude", out _)
            ? Value.Location(new(Part("longitude"), Part("latitude"), Part("elevation")))
            : null;
    }

    private static void WriteLocation(Utf8JsonWriter writer, Location location)
    {
        writer.WriteStartObject();
        Part("latitude", location.Latitude);
        Part("longitude", location.Longitude);
        Part("elevation", location.Elevation);
        writer.WriteString("units", "WGS84");
        writer.WriteEndObject();

        void Part(string name, double number)
        {
            writer.WritePropertyName(name);
            Write(writer, Value.Number(number));
        }
    }

    private static void WriteTags(Utf8JsonWriter writer, string tags)
    {
        writer.WriteStartArray();
        foreach (var (vocabulary, term) in TagText.Split(tags))
        {
            writer.WriteStartObject();
            writer.WriteString("vocabulary", vocabulary);
            writer.WriteString("vocabularyTerm", term);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteRaw(Utf8JsonWriter writer, string json)
    {
        // Text that came over the wire as JSON is not checked there; a broken one must not break the whole answer.
        if (IsJson(json))
            writer.WriteRawValue(json, skipInputValidation: true);
        else
            writer.WriteStringValue(json);
    }

    private static bool IsJson(string text)
    {
        try
        {
            var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), ReaderOptions);
            while (reader.Read())
            {
            }

            return text.Length > 0;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
