using System.Globalization;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>
/// Refuses texts of very many digits where they may become numbers: the engine's parser takes time by the square of their count,
/// and no guard sees it.
/// </summary>
internal sealed class Digits(Meter meter)
{
    private const int MaxDigits = 20_000;
    private const int Few = 1_000;

    /// <summary>Looks at a value before it becomes a number.</summary>
    /// <exception cref="JavaScriptException">It begins with too many digits.</exception>
    public void Check(object? value) => Check(value, static c => char.IsAsciiDigit(c) || c == '.');

    /// <summary>As <see cref="Check(object)"/>, where letters are digits too: <c>parseInt(text, 36)</c>.</summary>
    public void CheckLetters(object? value) => Check(value, char.IsAsciiLetterOrDigit);

    /// <summary>Changes a member: <c>o.p++</c>, <c>o[k] *= x</c>.</summary>
    public object Change(object target, object key, string op, object by, bool isBefore)
    {
        var o = TypeConverter.ToObject(((ObjectInstance)target).Engine, target);
        var name = TypeConverter.ToPropertyKey(key);
        var value = o[name] ?? Undefined.Value;
        Check(value);
        var before = TypeConverter.ToNumber(value);
        object after = op == "+" ? before + 1 : Calculate(before, op, TypeConverter.ToNumber(by));
        o.SetPropertyValue(name, after, throwOnError: false);
        return isBefore ? after : before;
    }

    private static double Calculate(double left, string op, double right) => op switch
    {
        "-" => left - right,
        "*" => left * right,
        "/" => left / right,
        "%" => left % right,
        "**" => Math.Pow(left, right),
        "&" => TypeConverter.ToInt32(left) & TypeConverter.ToInt32(right),
        "|" => TypeConverter.ToInt32(left) | TypeConverter.ToInt32(right),
        "^" => TypeConverter.ToInt32(left) ^ TypeConverter.ToInt32(right),
        "<<" => TypeConverter.ToInt32(left) << (TypeConverter.ToInt32(right) & 31),
        ">>" => TypeConverter.ToInt32(left) >> (TypeConverter.ToInt32(right) & 31),
        _ => TypeConverter.ToUint32(left) >> (TypeConverter.ToInt32(right) & 31),
    };

    private void Check(object? value, Func<char, bool> isDigit)
    {
        var length = value switch
        {
            string plain => plain.Length,
            ConcatenatedString joined => joined.Length,
            _ => 0,
        };
        if (length <= Few)
            return;
        var text = value!.ToString().AsSpan().TrimStart();
        var start = text.Length > 0 && text[0] is '+' or '-' ? 1 : 0;
        var end = start;
        while (end < text.Length && end - start <= MaxDigits && isDigit(text[end]))
            end++;
        if (end - start > MaxDigits)
            throw ScriptErrors.Range(string.Create(CultureInfo.InvariantCulture, $"A number has at most {MaxDigits} digits."));
        if (end - start > Few)
            meter.Look();
    }
}
