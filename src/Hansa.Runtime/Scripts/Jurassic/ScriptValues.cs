using System.Text;
using Hansa.Model;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>Values between the platform and one engine's scripts.</summary>
internal sealed class ScriptValues(EngineSlot slot)
{
    /// <summary>The value as a script sees it. What is changeable is the script's own: the value behind it stays as it is.</summary>
    public object ToScript(Value value)
    {
        switch (value.BaseType)
        {
            case BaseType.NOTHING:
                return Null.Value;
            case BaseType.BOOLEAN:
                return value.AsBoolean();
            case BaseType.INTEGER:
                return (int)value.AsLong();
            case BaseType.NUMBER or BaseType.LONG or BaseType.TIMESPAN:
                return value.AsNumber();
            case BaseType.DATETIME:
                return slot.Engine.Date.Construct(value.AsNumber());
            case BaseType.LOCATION:
                return Location(value.AsLocation()!);
            case BaseType.INFOTABLE:
                return new InfoTableObject(slot, new(value.AsTable()!));
            case BaseType.BLOB or BaseType.IMAGE:
                return new BytesObject(slot, value);
            case BaseType.JSON or BaseType.QUERY:
                return slot.Json.Parse(value.AsText()!);
            case BaseType.TAGS:
                return Tags(value.AsText()!);
            default:
                return value.ToString();
        }
    }

    /// <summary>What a script made, as a value; its receiver coerces it.</summary>
    /// <exception cref="PlatformException">A function or a symbol, or a hand-made InfoTable that is not one.</exception>
    public Value FromScript(object? value)
    {
        switch (value)
        {
            case null or Undefined or Null:
                return default;
            case bool boolean:
                return Value.Boolean(boolean);
            case double number:
                return Value.Number(number);
            case int or uint:
                return Value.Number(TypeConverter.ToNumber(value));
            case string or ConcatenatedString:
                return Value.String(value.ToString());
            case DateInstance date:
                return date.IsValid ? Value.DateTime((long)date.ValueInMilliseconds) : default;
            case InfoTableObject table:
                return Value.Table(table.Data.Build());
            case InfoTableRow row:
                return Value.Table(row.ToTable());
            case BytesObject bytes:
                return bytes.Value;
            case EntityObject entity:
                return Value.String(entity.EntityName);
            case BooleanInstance boolean:
                return Value.Boolean(boolean.Value);
            case NumberInstance number:
                return Value.Number(number.Value);
            case StringInstance text:
                return Value.String(text.Value);
            case FunctionInstance or Symbol:
                throw new PlatformException(ErrorCode.BadRequest, $"A {TypeUtilities.TypeOf(value)} is no value of the platform.");
            default:
                return FromObject((ObjectInstance)value);
        }
    }

    private Value FromObject(ObjectInstance value)
    {
        var text = slot.Json.Write(value) ?? throw new PlatformException(ErrorCode.BadRequest, "The object has no JSON.");
        return IsTable(value) ? Value.Table(InfoTableJson.Parse(Encoding.UTF8.GetBytes(text))) : Value.Text(text, BaseType.JSON);
    }

    private static bool IsTable(ObjectInstance value) =>
        value is not ArrayInstance && value["rows"] is ArrayInstance or InfoTableRows
        && value["dataShape"] is ObjectInstance shape && shape["fieldDefinitions"] is ObjectInstance;

    private ObjectInstance Location(Location location)
    {
        var result = slot.Engine.Object.Construct();
        result["latitude"] = location.Latitude;
        result["longitude"] = location.Longitude;
        result["elevation"] = location.Elevation;
        result["units"] = "WGS84";
        return result;
    }

    private ArrayInstance Tags(string tags)
    {
        var result = slot.Engine.Array.New();
        foreach (var (vocabulary, term) in TagText.Split(tags))
        {
            var tag = slot.Engine.Object.Construct();
            tag["vocabulary"] = vocabulary;
            tag["vocabularyTerm"] = term;
            result.Push(tag);
        }

        return result;
    }
}
