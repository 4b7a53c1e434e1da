using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Tables in an entity file: a Data Shape and rows whose cells are elements (spec platform 6.3).</summary>
internal static class TableXml
{
    public static InfoTable Read(XElement element)
    {
        var rows = element.Elements("Rows").Elements("Row").ToList();
        var declared = element.Elements("DataShape").Elements("FieldDefinitions").Elements("FieldDefinition").Select(MemberXml.Field).ToList();
        var names = declared.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        foreach (var name in rows.Elements().Select(cell => cell.Name.LocalName))
        {
            if (names.Add(name))
                declared.Add(new(name, BaseType.STRING, Ordinal: declared.Count));
        }

        var builder = new InfoTable.Builder(new(declared));
        foreach (var row in rows)
        {
            var cells = builder.AddRow();
            for (var i = 0; i < cells.Length; i++)
                cells[i] = Coercion.To(Value.String(row.Element(declared[i].Name)?.Value), declared[i].BaseType, declared[i].Name);
        }

        return builder.Build();
    }

    /// <summary>A value: a table where there is one, else text.</summary>
    public static Value Content(XElement? value) => value?.Element("infoTable") is { } table ? Value.Table(Read(table)) : Value.String(value?.Value);
}
