using System.Globalization;
using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Attributes and elements of an entity file: what is empty is left out, for the reader takes it so.</summary>
internal static class XmlParts
{
    public static XAttribute? Text(string name, string text) => text.Length == 0 ? null : new(name, text);

    public static XAttribute Flag(string name, bool flag) => new(name, flag ? "true" : "false");

    public static XAttribute? Number(string name, double number) => number == 0 ? null : new(name, number.ToString("R", CultureInfo.InvariantCulture));

    public static XElement? List(string name, IEnumerable<XElement> elements) => elements.ToList() is { Count: > 0 } list ? new(name, list) : null;

    /// <summary>A field, parameter, result or property with its aspects.</summary>
    public static XElement Field(string element, FieldDefinition field) => new(
        element, Text("name", field.Name), new XAttribute("baseType", field.BaseType.Name()), Text("description", field.Description), Number("ordinal", field.Ordinal),
        field.Aspects.Where(aspect => TableXmlWriter.IsName(aspect.Key) && !aspect.Value.IsNull).Select(aspect => new XAttribute($"aspect.{aspect.Key}", aspect.Value.ToString())));
}
