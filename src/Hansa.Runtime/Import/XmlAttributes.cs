using System.Globalization;
using System.Xml.Linq;

namespace Hansa.Runtime;

/// <summary>Attributes of elements, as entity files write them: what is left out is "", 0 or a default.</summary>
internal static class XmlAttributes
{
    public static string Name(XElement element) => element.Attribute("name")?.Value is { Length: > 0 } name
        ? name
        : throw new FormatException($"<{element.Name.LocalName}> has no name");

    public static string Text(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    public static int Number(XElement element, string attribute) =>
        int.TryParse(Text(element, attribute), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : 0;

    public static bool Flag(XElement element, string attribute, bool otherwise) => element.Attribute(attribute)?.Value is { Length: > 0 } text
        ? string.Equals(text, "true", StringComparison.OrdinalIgnoreCase)
        : otherwise;

    public static void NoneTwice(string what, IEnumerable<string> names)
    {
        if (names.CountBy(name => name).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } twice)
            throw new FormatException($"{what} [{twice.Key}] is there {twice.Value} times");
    }
}
