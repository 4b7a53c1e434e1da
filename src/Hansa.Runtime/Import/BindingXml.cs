using System.Globalization;
using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Bindings as an entity file holds them (spec platform 6.3).</summary>
internal static class BindingXml
{
    /// <summary>A PropertyBinding.</summary>
    public static LocalPropertyBinding Local(XElement element) => new(Name(element), Text(element, "sourceThingName"), Text(element, "sourceName") is { Length: > 0 } name
        ? name : Text(element, "sourcePropertyName"));

    /// <summary>A RemotePropertyBinding. The cache time stands with the property's definition.</summary>
    public static RemotePropertyBinding Property(XElement element, XElement? shape)
    {
        var definition = shape?.Elements("PropertyDefinitions").Elements("PropertyDefinition").FirstOrDefault(property => Text(property, "name") == Name(element));
        var cacheTime = Text(element, "aspect.cacheTime") is { Length: > 0 } own ? own : definition is null ? "" : Text(definition, "aspect.cacheTime");
        var startType = Text(element, "aspect.startType");
        var binding = BindingRules.Remote(
            Name(element), Text(element, "sourceName"), Number(Text(element, "timeout")), Text(element, "pushType"), Threshold(element), null, Number(cacheTime), Text(element, "foldType"));
        return startType switch
        {
            "readEdgeValue" => binding with { ReadsAtStart = true },
            "" or "useDefaultValue" => binding,
            _ => throw new FormatException($"'{startType}' is no startType; there are useDefaultValue and readEdgeValue"),
        };
    }

    /// <summary>A RemoteServiceBinding.</summary>
    public static RemoteServiceBinding Service(XElement element) => new(Name(element), Text(element, "sourceName")) { Timeout = BindingRules.Timeout(Number(Text(element, "timeout"))) };

    /// <summary>A RemoteEventBinding.</summary>
    public static RemoteEventBinding Event(XElement element) => new(Name(element), Text(element, "sourceName"));

    private static string Name(XElement element) => Text(element, "name") is { Length: > 0 } name ? name : throw new FormatException($"<{element.Name.LocalName}> has no name");

    private static string Text(XElement element, string attribute) => element.Attribute(attribute)?.Value ?? "";

    private static int? Number(string text) => text.Length == 0 ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number is >= int.MinValue and <= int.MaxValue ? (int)number
        : throw new FormatException($"'{text}' is no number");

    private static double? Threshold(XElement element) => Text(element, "pushThreshold") is not { Length: > 0 } text ? null
        : double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : throw new FormatException($"pushThreshold '{text}' is no number");
}
