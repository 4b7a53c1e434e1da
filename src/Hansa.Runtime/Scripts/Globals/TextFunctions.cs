using System.Globalization;
using System.Text;
using Hansa.Model;

namespace Hansa.Runtime.Scripts.Globals;

/// <summary>Functions on texts: base64, numbers, identifiers.</summary>
internal static class TextFunctions
{
    private const int MaxPattern = 100;

    public static IReadOnlyList<GlobalFunction> All { get; } =
    [
        new("base64EncodeString", call => Value.String(Convert.ToBase64String(Encoding.UTF8.GetBytes(call.Text(0, "data"))))),
        new("base64DecodeString", call => Value.String(Encoding.UTF8.GetString(Decode(call)))),
        new("base64EncodeBytes", call => Value.String(Convert.ToBase64String(call.Argument(0, "data", BaseType.BLOB).AsBytes()!))),
        new("base64DecodeBytes", call => Value.Bytes(Decode(call))),
        new("formatNumber", FormatNumber),
        new("generateGUID", _ => Value.String(Guid.NewGuid().ToString("D"))),
    ];

    private static byte[] Decode(GlobalCall call)
    {
        try
        {
            return Convert.FromBase64String(call.Text(0, "data"));
        }
        catch (FormatException)
        {
            throw call.Refuse("was given a text that is not base64");
        }
    }

    // Patterns of Java's DecimalFormat, such as #,##0.00: .NET's are the same in all that scripts use.
    private static Value FormatNumber(GlobalCall call)
    {
        var (number, pattern) = (call.Number(0, "value"), call.Text(1, "format"));
        if (pattern.Length is 0 or > MaxPattern || !pattern.AsSpan().ContainsAny('0', '#'))
            throw call.Refuse($"takes a format such as #,##0.00 of at most {MaxPattern} characters");
        try
        {
            return Value.String(number.ToString(pattern, CultureInfo.InvariantCulture));
        }
        catch (FormatException)
        {
            throw call.Refuse($"cannot use the format '{pattern}'");
        }
    }
}
