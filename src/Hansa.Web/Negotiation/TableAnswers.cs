using System.Globalization;
using System.Text;
using System.Xml;
using Hansa.Model;
using Microsoft.AspNetCore.Http;

namespace Hansa.Web;

/// <summary>Writes tables as JSON, XML or CSV.</summary>
internal static class TableAnswers
{
    public static Task WriteAsync(HttpResponse response, InfoTable? table, AnswerForm form, CancellationToken cancellationToken)
    {
        response.StatusCode = StatusCodes.Status200OK;
        if (table is null)
        {
            response.ContentLength = 0;
            return Task.CompletedTask;
        }

        response.ContentType = form switch
        {
            AnswerForm.Xml => "text/xml; charset=utf-8",
            AnswerForm.Csv => "text/csv; charset=utf-8",
            _ => "application/json; charset=utf-8",
        };
        return form switch
        {
            AnswerForm.Xml => WriteXmlAsync(response, table),
            AnswerForm.Csv => WriteCsvAsync(response, table, cancellationToken),
            _ => InfoTableJson.WriteAsync(response.BodyWriter, table, cancellationToken),
        };
    }

    private static async Task WriteXmlAsync(HttpResponse response, InfoTable table)
    {
        // Entitize: line ends in a text read back as they were.
        await using var writer = XmlWriter.Create(response.Body, new XmlWriterSettings
        {
            Async = true, Encoding = new UTF8Encoding(false), CheckCharacters = false, NewLineHandling = NewLineHandling.Entitize,
        });
        await writer.WriteStartElementAsync(null, "infoTable", null);
        await writer.WriteStartElementAsync(null, "DataShape", null);
        await writer.WriteStartElementAsync(null, "FieldDefinitions", null);
        for (var i = 0; i < table.Shape.Fields.Length; i++)
        {
            var field = table.Shape.Fields[i];
            await writer.WriteStartElementAsync(null, "FieldDefinition", null);
            await writer.WriteAttributeStringAsync(null, "name", null, Clean(field.Name));
            await writer.WriteAttributeStringAsync(null, "baseType", null, field.BaseType.Name());
            await writer.WriteAttributeStringAsync(null, "description", null, Clean(field.Description));
            await writer.WriteAttributeStringAsync(null, "ordinal", null, i.ToString(CultureInfo.InvariantCulture));
            await writer.WriteEndElementAsync();
        }

        await writer.WriteEndElementAsync();
        await writer.WriteEndElementAsync();
        await writer.WriteStartElementAsync(null, "Rows", null);
        for (var i = 0; i < table.RowCount; i++)
            await WriteRowAsync(writer, table, i);
        await writer.WriteEndElementAsync();
        await writer.WriteEndElementAsync();
    }

    private static async Task WriteRowAsync(XmlWriter writer, InfoTable table, int row)
    {
        await writer.WriteStartElementAsync(null, "Row", null);
        for (var column = 0; column < table.Shape.Fields.Length; column++)
        {
            if (table[row, column].IsNull)
                continue;
            await writer.WriteStartElementAsync(null, ElementName(table.Shape.Fields[column].Name), null);
            await writer.WriteStringAsync(Clean(table[row, column].ToString()));
            await writer.WriteEndElementAsync();
        }

        await writer.WriteEndElementAsync();
    }

    private static string ElementName(string field) => XmlConvert.EncodeLocalName(Clean(field)) is { Length: > 0 } name ? name : "_";

    // XML 1.0 has no way to say most control characters, nor half a surrogate pair.
    private static string Clean(string text) => text.All(c => XmlConvert.IsXmlChar(c)) ? text : string.Concat(text.EnumerateRunes().Select(rune =>
        rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? Rune.ReplacementChar.ToString() : rune.ToString()));

    private static async Task WriteCsvAsync(HttpResponse response, InfoTable table, CancellationToken cancellationToken)
    {
        await using var writer = new StreamWriter(response.Body, new UTF8Encoding(false), leaveOpen: true);
        await writer.WriteLineAsync(string.Join(',', table.Shape.Fields.Select(field => Quote(field.Name))).AsMemory(), cancellationToken);
        for (var i = 0; i < table.RowCount; i++)
        {
            var line = string.Join(',', Enumerable.Range(0, table.Shape.Fields.Length).Select(column => Quote(table[i, column].ToString())));
            await writer.WriteLineAsync(line.AsMemory(), cancellationToken);
        }
    }

    private static string Quote(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
