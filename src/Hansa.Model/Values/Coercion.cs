using System.Globalization;
using System.Text.Json;

namespace Hansa.Model;

/// <summary>The one table of conversions between base types (spec alwayson 4.3): every door uses it.</summary>
public static class Coercion
{
    /// <summary>The value as the wanted base type.</summary>
    /// <param name="value">What was given; null stays null, an empty text becomes null where neither text nor bytes are wanted.</param>
    /// <param name="target">The wanted base type; VARIANT takes anything.</param>
    /// <param name="field">The field, parameter or property, for the error's text.</param>
    /// <exception cref="PlatformException">BadRequest that names the field, the kind of the value and the wanted type.</exception>
    public static Value To(Value value, BaseType target, string field)
    {
        if (value.IsNull || value.BaseType == target || target == BaseType.VARIANT)
            return value;
        return TryConvert(value, target, field) ?? throw Refuse(value, target, field);
    }

    /// <summary>The error of a value that does not fit.</summary>
    public static PlatformException Refuse(Value value, BaseType target, string field)
    {
        var shown = target == BaseType.PASSWORD || value.BaseType is BaseType.PASSWORD or BaseType.BLOB or BaseType.IMAGE or BaseType.INFOTABLE
            ? "" : $" '{Shorten(value.ToString())}'";
        return new(ErrorCode.BadRequest, $"Field '{field}': the {value.BaseType.Name()}{shown} is not {Article(target)} {target.Name()}.");
    }

    /// <summary>ISO 8601 with milliseconds, UTC.</summary>
    public static string FormatDateTime(long milliseconds)
    {
        try
        {
            return DateTimeOffset.FromUnixTimeMilliseconds(milliseconds).UtcDateTime
                .ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
        }
        catch (ArgumentOutOfRangeException)
        {
            return milliseconds.ToString(CultureInfo.InvariantCulture);
        }
    }

    /// <summary>Milliseconds since 1970 from ISO 8601 (UTC where no offset is said) or from digits; null where it is neither.</summary>
    /// <remarks>The whole date must be there: what is missing would be made up from today's.</remarks>
    public static long? ParseDateTime(string text)
    {
        if (long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var milliseconds))
            return milliseconds;
        if (text is not [>= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', >= '0' and <= '9', '-', _, _, '-', _, _, ..])
            return null;
        const DateTimeStyles styles = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;
        return DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, styles, out var time) ? time.ToUnixTimeMilliseconds() : null;
    }

    private static Value? TryConvert(Value value, BaseType target, string field)
    {
        var form = target.Form();
        if (form == ValueForm.Text)
            return ToText(value, target);
        if (value.AsText() is { } text)
            return text.Length == 0 && form != ValueForm.Bytes ? Value.Null : FromText(text, target, field);
        return form switch
        {
            ValueForm.Number when IsNumeric(value) => Value.Number(value.AsNumber()),
            ValueForm.Integer when IsNumeric(value) => ToInteger(value, target),
            ValueForm.Boolean when IsNumeric(value) => Value.Boolean(value.AsNumber() != 0),
            ValueForm.Bytes when value.AsBytes() is { } bytes => Value.Bytes(bytes, target),
            _ => null,
        };
    }

    private static bool IsNumeric(Value value) =>
        value.BaseType.Form() is ValueForm.Number or ValueForm.Integer or ValueForm.Boolean && value.BaseType != BaseType.THINGCODE;

    private static Value? ToInteger(Value value, BaseType target)
    {
        if (target == BaseType.THINGCODE)
            return null;
        if (value.BaseType == BaseType.NUMBER)
        {
            // A fraction is cut off, as the wire's users expect; what does not fit is refused, not wrapped.
            var number = value.AsNumber();
            if (!(number is >= -9223372036854775808.0 and < 9223372036854775808.0))
                return null;
        }

        var bits = value.AsLong();
        return target == BaseType.INTEGER && bits is < int.MinValue or > int.MaxValue
            ? null
            : Value.FromBits(bits, target);
    }

    private static Value? ToText(Value value, BaseType target) => target switch
    {
        BaseType.JSON when value.AsText() is { } text => text.Length == 0 ? Value.Null : JsonText(text, target),
        BaseType.JSON => Value.Text(ValueJson.ToText(value), target),
        BaseType.QUERY when value.AsText() is { } text => text.Length == 0 ? Value.Null : JsonText(text, target),
        BaseType.TAGS when value.AsText() is { Length: 0 } => Value.Null,
        BaseType.TAGS when value.AsText() is { } text => Tags(text),
        BaseType.QUERY or BaseType.TAGS => null,
        _ => Value.Text(value.ToString(), target),
    };

    private static Value? Tags(string text)
    {
        if (text.AsSpan().TrimStart().StartsWith("["))
            return TryJson(text) is { } json ? TagText.FromJson(json) : null;
        if (text.AsSpan().TrimStart().StartsWith("{"))
            return null;
        return TagText.Normalize(text) is { } tags ? Value.Text(tags, BaseType.TAGS) : null;
    }

    private static Value? JsonText(string text, BaseType target) => TryJson(text) is null ? null : Value.Text(text, target);

    private static Value? FromText(string text, BaseType target, string field)
    {
        const NumberStyles number = NumberStyles.Float | NumberStyles.AllowThousands;
        switch (target)
        {
            case BaseType.NUMBER:
                return double.TryParse(text, number & ~NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out var d) ? Value.Number(d) : null;
            case BaseType.INTEGER or BaseType.LONG or BaseType.TIMESPAN:
                if (long.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out var l))
                    return ToInteger(Value.Long(l), target);
                return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var f) ? ToInteger(Value.Number(f), target) : null;
            case BaseType.BOOLEAN:
                return bool.TryParse(text, out var b) ? Value.Boolean(b)
                    : text is "0" or "1" ? Value.Boolean(text == "1") : null;
            case BaseType.DATETIME:
                return ParseDateTime(text) is { } time ? Value.DateTime(time) : null;
            case BaseType.THINGCODE:
                var parts = text.Split(':');
                return parts.Length == 2 && int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var domain)
                    && int.TryParse(parts[1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var instance)
                    ? Value.ThingCode(domain, instance) : null;
            case BaseType.LOCATION:
                return text.AsSpan().TrimStart().StartsWith("{") ? FromJson(text, target, field)
                    : Location.TryParse(text) is { } location ? Value.Location(location) : null;
            case BaseType.INFOTABLE:
                return FromJson(text, target, field);
            case BaseType.BLOB or BaseType.IMAGE:
                var buffer = new byte[text.Length];
                return Convert.TryFromBase64String(text, buffer, out var length) ? Value.Bytes(buffer[..length], target) : null;
            case BaseType.VEC2 or BaseType.VEC3 or BaseType.VEC4:
                return Vector.TryParse(text, target.Dimensions()) is { } vector ? Value.Vector(vector, target) : null;
            default:
                return null;
        }
    }

    private static Value? FromJson(string text, BaseType target, string field)
    {
        if (TryJson(text) is not { } json)
            return null;
        var value = ValueJson.Read(json, target, field);
        return value.BaseType == target ? value : null;
    }

    private static JsonElement? TryJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text, ValueJson.DocumentOptions);
            return document.RootElement.Clone();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string Article(BaseType type) => type is BaseType.INTEGER or BaseType.INFOTABLE or BaseType.IMAGE ? "an" : "a";

    private static string Shorten(string text) => text.Length <= 40 ? text : string.Concat(text.AsSpan(0, 37), "…");
}
