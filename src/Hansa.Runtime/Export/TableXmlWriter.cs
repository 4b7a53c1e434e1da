using System.Xml;
using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Tables and values of an entity file: what <see cref="TableXml"/> reads back.</summary>
internal static class TableXmlWriter
{
    /// <summary>Data Shape and rows, to stand in an element.</summary>
    public static IEnumerable<XElement> Content(InfoTable table)
    {
        var fields = table.Shape.Fields.Where(field => IsName(field.Name)).ToList();
        yield return new("DataShape", new XElement("FieldDefinitions", fields.Select(field => XmlParts.Field("FieldDefinition", field))));
        yield return new("Rows", Enumerable.Range(0, table.RowCount).Select(row => new XElement(
            "Row", fields.Where(field => !table[row, field.Name].IsNull).Select(field => new XElement(field.Name, table[row, field.Name].ToString())))));
    }

    /// <summary>A value: a table as an element of its own, else text.</summary>
    public static object? Cell(Value value) => value.AsTable() is { } table ? new XElement("infoTable", Content(table)) : value.IsNull ? null : value.ToString();

    /// <summary>Whether a field's or property's name can be that of an element.</summary>
    public static bool IsName(string name) => XmlReader.IsName(name) && !name.Contains(':', StringComparison.Ordinal);
}
