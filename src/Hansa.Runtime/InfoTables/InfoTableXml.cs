using System.Xml;
using System.Xml.Linq;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>InfoTables as entity files write them (spec platform 6.3): <c>DataShape/FieldDefinitions/FieldDefinition</c> and <c>Rows/Row</c>.</summary>
/// <remarks>No DTD, no entities, no files: a document can neither grow while it is read nor reach beyond itself.</remarks>
internal static class InfoTableXml
{
    private const string Aspect = "aspect.";

    /// <summary>Reads a table; the root's name does not matter.</summary>
    /// <exception cref="PlatformException">BadRequest: no XML, nested too deep, or a value does not fit; TooLarge: longer than the limit.</exception>
    public static InfoTable Parse(string xml, InfoTableOptions options)
    {
        if (xml.Length > options.MaxXmlLength)
            throw new PlatformException(ErrorCode.TooLarge, $"The XML has {xml.Length} characters; the limit is {options.MaxXmlLength}.");
        try
        {
            CheckDepth(xml, options.MaxXmlDepth);
            using var reader = Open(xml);
            return Read(XDocument.Load(reader, LoadOptions.PreserveWhitespace).Root!, options);
        }
        catch (XmlException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"The text is no XML that is read here: {e.Message}", e);
        }
    }

    private static XmlReader Open(string xml) => XmlReader.Create(
        new StringReader(xml), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });

    // Before anything that recurses sees the document.
    private static void CheckDepth(string xml, int limit)
    {
        using var reader = Open(xml);
        while (reader.Read())
        {
            if (reader.Depth > limit)
                throw Errors.Bad($"The XML has more than {limit} elements within one another.");
        }
    }

    private static InfoTable Read(XElement element, InfoTableOptions options)
    {
        var rows = element.Elements("Rows").Elements("Row").ToList();
        var fields = element.Elements("DataShape").Elements("FieldDefinitions").Elements("FieldDefinition").Select(Field).OrderBy(field => field.Ordinal).ToList();
        if (rows.Count == 0 && fields.Count == 0 && !element.Elements().Any(child => child.Name.LocalName is "DataShape" or "Rows"))
            throw Errors.Bad($"The XML element '{element.Name.LocalName}' has neither DataShape nor Rows, so it is no InfoTable.");
        var names = fields.Select(field => field.Name).ToHashSet(StringComparer.Ordinal);
        fields.AddRange(rows.Elements().Select(cell => cell.Name.LocalName).Where(names.Add).Select(name => new FieldDefinition(name, BaseType.STRING)));
        var result = new ResultTable(Columns.Shape(fields), options);
        foreach (var row in rows)
        {
            var given = row.Elements().GroupBy(cell => cell.Name.LocalName, StringComparer.Ordinal).ToDictionary(cells => cells.Key, cells => cells.First(), StringComparer.Ordinal);
            var cells = result.AddRow();
            for (var i = 0; i < cells.Length; i++)
            {
                if (given.TryGetValue(fields[i].Name, out var cell))
                    cells[i] = Cell(cell, fields[i], options);
            }
        }

        return result.Build();
    }

    private static Value Cell(XElement cell, FieldDefinition field, InfoTableOptions options)
    {
        var nested = cell.Elements().FirstOrDefault(child => child.Name.LocalName is "infoTable" or "InfoTable");
        return Coercion.To(nested is null ? Value.String(cell.Value) : Value.Table(Read(nested, options)), field.BaseType, field.Name);
    }

    private static FieldDefinition Field(XElement element, int place)
    {
        string Text(string name) => element.Attribute(name)?.Value ?? "";
        if (Text("name").Length == 0)
            throw Errors.Bad("A FieldDefinition in the XML has no name.");
        var aspects = element.Attributes().Where(attribute => attribute.Name.LocalName.StartsWith(Aspect, StringComparison.Ordinal))
            .Select(attribute => KeyValuePair.Create(attribute.Name.LocalName[Aspect.Length..], Value.String(attribute.Value)));
        return new(Text("name"), BaseTypes.Parse(Text("baseType")), Text("description"), int.TryParse(Text("ordinal"), out var ordinal) ? ordinal : place) { Aspects = new(aspects) };
    }
}
