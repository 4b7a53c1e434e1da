using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hansa.Model;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>JSON to objects and back, for scripts: at most 64 levels, metered, never longer than a text may be.</summary>
internal sealed class ScriptJson(EngineSlot slot)
{
    private const int MaxDepth = 64;

    /// <summary>The object, array or plain value that a JSON text stands for.</summary>
    /// <exception cref="JavaScriptException">SyntaxError with the place.</exception>
    public object Parse(string text)
    {
        slot.Meter.Charge(text.Length);
        slot.Meter.Look();
        var reader = new Utf8JsonReader(Encoding.UTF8.GetBytes(text), new JsonReaderOptions { MaxDepth = MaxDepth });
        try
        {
            reader.Read();
            var value = Read(ref reader);
            reader.Read();
            return value;
        }
        catch (JsonException e)
        {
            var reason = e.Message.Split(". LineNumber", 2)[0].Split(". Change the reader", 2)[0].TrimEnd('.');
            throw new JavaScriptException(ErrorType.SyntaxError, $"JSON, line {e.LineNumber + 1}: {reason}.", e);
        }
    }

    private object Read(ref Utf8JsonReader reader)
    {
        slot.Meter.Enter();
        switch (reader.TokenType)
        {
            case JsonTokenType.StartObject:
                var result = slot.Engine.Object.Construct();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndObject)
                {
                    var name = reader.GetString()!;
                    reader.Read();
                    result[name] = Read(ref reader);
                }

                return result;
            case JsonTokenType.StartArray:
                var items = new List<object>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(Read(ref reader));
                return slot.Engine.Array.New(items.ToArray());
            case JsonTokenType.String:
                return reader.GetString()!;
            case JsonTokenType.Number:
                return reader.GetDouble();
            case JsonTokenType.True or JsonTokenType.False:
                return reader.TokenType == JsonTokenType.True;
            default:
                return Null.Value;
        }
    }

    /// <summary>A script's value as JSON text; null where it has none, as a function has not.</summary>
    public string? Write(object? value, object? replacer = null, object? space = null)
    {
        var indent = space switch
        {
            null => "",
            string or ConcatenatedString => space.ToString()!,
            _ when TypeUtilities.IsNumeric(space) => new string(' ', (int)Math.Clamp(TypeConverter.ToNumber(space), 0, 10)),
            _ => "",
        };
        var writer = new Writer(slot, replacer, indent.Length > 10 ? indent[..10] : indent);
        var holder = slot.Engine.Object.Construct();
        return writer.Write(holder, "", value) ? writer.ToString() : null;
    }

    private sealed class Writer
    {
        private readonly EngineSlot _slot;
        private readonly FunctionInstance? _replace;
        private readonly HashSet<string>? _only;
        private readonly string _indent;
        private readonly StringBuilder _text = new();
        private int _depth;

        public Writer(EngineSlot slot, object? replacer, string indent)
        {
            (_slot, _indent) = (slot, indent);
            _replace = replacer as FunctionInstance;
            if (replacer is ArrayInstance names)
                _only = [.. names.ElementValues.Select(TypeConverter.ToString)];
        }

        public override string ToString() => _text.ToString();

        public bool Write(ObjectInstance holder, string key, object? value)
        {
            _slot.Meter.Enter();
            if (value is ObjectInstance o and not (InfoTableObject or InfoTableRow or InfoTableRows or EntityObject or BytesObject)
                && o["toJSON"] is FunctionInstance toJson)
                value = toJson.CallLateBound(o, key);
            if (_replace is not null)
                value = _replace.CallLateBound(holder, key, value ?? Undefined.Value);
            switch (value)
            {
                case null or Undefined or FunctionInstance or Symbol:
                    return false;
                case Null:
                    Append("null");
                    break;
                case bool boolean:
                    Append(boolean ? "true" : "false");
                    break;
                case int or uint or double:
                    var number = TypeConverter.ToNumber(value);
                    Append(double.IsFinite(number) ? TypeConverter.ToString(value) : "null");
                    break;
                case string or ConcatenatedString:
                    Quote(value.ToString()!);
                    break;
                case StringInstance or NumberInstance or BooleanInstance:
                    return Write(holder, key, ((ObjectInstance)value).CallMemberFunction("valueOf"));
                case EntityObject entity:
                    Quote(entity.EntityName);
                    break;
                case BytesObject bytes:
                    Quote(bytes.ToBase64());
                    break;
                case InfoTableObject table:
                    Append(InfoTableJson.ToText(table.Data.Build()));
                    break;
                case ArrayInstance or InfoTableRows:
                    Array((ObjectInstance)value);
                    break;
                default:
                    Object((ObjectInstance)value);
                    break;
            }

            return true;
        }

        private void Array(ObjectInstance array)
        {
            Open('[');
            var length = TypeConverter.ToUint32(array["length"]);
            for (uint i = 0; i < length; i++)
            {
                Separate(i == 0);
                if (!Write(array, i.ToString(CultureInfo.InvariantCulture), array[i]))
                    Append("null");
            }

            Close(']', length == 0);
        }

        private void Object(ObjectInstance o)
        {
            Open('{');
            var isFirst = true;
            foreach (var key in o.OwnKeys.ToArray())
            {
                if (key is not string name || _only?.Contains(name) == false || !o.GetOwnPropertyDescriptor(name).IsEnumerable)
                    continue;
                var before = _text.Length;
                Separate(isFirst);
                Quote(name);
                Append(_indent.Length > 0 ? ": " : ":");
                if (Write(o, name, o[name]))
                    isFirst = false;
                else
                    _text.Length = before;
            }

            Close('}', isFirst);
        }

        private void Open(char bracket)
        {
            if (++_depth > MaxDepth)
                throw ScriptErrors.Range($"JSON has at most {MaxDepth} levels; an object that holds itself has none.");
            _text.Append(bracket);
        }

        private void Close(char bracket, bool isEmpty)
        {
            _depth--;
            if (!isEmpty)
                NewLine();
            _text.Append(bracket);
        }

        private void Separate(bool isFirst)
        {
            if (!isFirst)
                _text.Append(',');
            NewLine();
        }

        private void NewLine()
        {
            if (_indent.Length == 0)
                return;
            _text.Append('\n');
            for (var i = 0; i < _depth; i++)
                _text.Append(_indent);
        }

        private void Quote(string text)
        {
            _slot.Meter.Hold(text.Length + (double)_text.Length);
            _text.Append('"').Append(JavaScriptEncoder.UnsafeRelaxedJsonEscaping.Encode(text)).Append('"');
        }

        private void Append(string text)
        {
            _slot.Meter.Hold(text.Length + (double)_text.Length);
            _text.Append(text);
        }
    }
}
