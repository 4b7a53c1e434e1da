using System.Text;
using System.Xml;
using System.Xml.Linq;
using FsCheck;
using FsCheck.Fluent;
using Hansa.Model;
using Microsoft.AspNetCore.Http;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Negotiation;

/// <summary>Tables as XML and CSV: whatever is in a cell, the file stays whole.</summary>
public sealed class TableAnswerTests
{
    private static readonly Gen<string> Text = FsCheck.Fluent.Gen.OneOf(
        FsCheck.Fluent.Gen.Elements("", "a", "<&>\"'", "]]>", "a,b", "say \"so\"", "two\r\nlines", " ", "\u0000\u0001", "\ud83d\ude00", "\u0001\ud83d\ude00", "\ud800", "\udc00x\ufffe", "=1+1"),
        ArbMap.Default.GeneratorFor<string>().Select(text => text ?? ""));

    private static readonly Gen<InfoTable> AnyTable =
        from names in FsCheck.Fluent.Gen.Choose(1, 3).SelectMany(count => FsCheck.Fluent.Gen.ListOf(Text, count))
        from rows in FsCheck.Fluent.Gen.Choose(0, 3).SelectMany(count => FsCheck.Fluent.Gen.ListOf(FsCheck.Fluent.Gen.ListOf(Text, names.Count), count))
        select Build([.. names], rows.Select(row => row.ToArray()));

    [Fact]
    public void Every_table_is_XML_that_reads_back() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(AnyTable.ToArbitrary(), table =>
        {
            var root = XDocument.Parse(Write(table, AnswerForm.Xml), LoadOptions.PreserveWhitespace).Root!;
            root.Descendants("FieldDefinition").Count().ShouldBe(table.Shape.Fields.Length);
            var rows = root.Element("Rows")!.Elements("Row").ToList();
            rows.Count.ShouldBe(table.RowCount);
            for (var i = 0; i < rows.Count; i++)
                rows[i].Elements().Select(cell => cell.Value).ShouldBe(table.Row(i).ToArray().Select(value => Kept(value.ToString())));
        }));

    [Fact]
    public void Every_table_is_CSV_that_reads_back() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(300), Prop.ForAll(AnyTable.ToArbitrary(), table =>
        {
            var records = ReadCsv(Write(table, AnswerForm.Csv)).ToList();
            records[0].ShouldBe(table.Shape.Fields.Select(field => AsUtf8(field.Name)));
            records.Count.ShouldBe(table.RowCount + 1);
            for (var i = 0; i < table.RowCount; i++)
                records[i + 1].ShouldBe(table.Row(i).ToArray().Select(value => AsUtf8(value.ToString())));
        }));

    [Fact]
    public void Nothing_is_answered_with_nothing()
    {
        var response = new DefaultHttpContext().Response;
        TableAnswers.WriteAsync(response, null, AnswerForm.Json, CancellationToken.None).IsCompleted.ShouldBeTrue();
        (response.StatusCode, response.ContentLength, response.ContentType).ShouldBe((200, 0, null));
    }

    [Fact]
    public void A_null_is_left_out_of_XML_and_empty_in_CSV()
    {
        var table = InfoTable.Single(("a", BaseType.NUMBER, Value.Null), ("b", BaseType.NUMBER, Value.Number(1.5)));
        XDocument.Parse(Write(table, AnswerForm.Xml)).Descendants("Row").Single().Elements().Select(cell => cell.Name.LocalName).ShouldBe(["b"]);
        ReadCsv(Write(table, AnswerForm.Csv)).Last().ShouldBe(["", "1.5"]);
    }

    private static string Write(InfoTable table, AnswerForm form)
    {
        var body = new MemoryStream();
        var response = new DefaultHttpContext { Response = { Body = body } }.Response;
        TableAnswers.WriteAsync(response, table, form, CancellationToken.None).GetAwaiter().GetResult();
        return Encoding.UTF8.GetString(body.ToArray());
    }

    private static InfoTable Build(string[] names, IEnumerable<string[]> rows)
    {
        var fields = names.Select((name, i) => new FieldDefinition($"{i}{name}", BaseType.STRING, name, i));
        var builder = new InfoTable.Builder(new(fields));
        foreach (var row in rows)
            builder.Add([.. row.Select(Value.String)]);
        return builder.Build();
    }

    private static string AsUtf8(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    // What XML 1.0 cannot say is replaced; its readers take each kind of line end for a newline only where it is not written as a reference.
    private static string Kept(string text) => string.Concat(text.EnumerateRunes().Select(rune =>
        rune.IsBmp && !XmlConvert.IsXmlChar((char)rune.Value) ? "\ufffd" : rune.ToString()));

    // RFC 4180, in its plainest form.
    private static IEnumerable<List<string>> ReadCsv(string text)
    {
        for (var at = 0; at < text.Length;)
        {
            var record = new List<string>();
            while (true)
            {
                var field = new StringBuilder();
                if (at < text.Length && text[at] == '"')
                {
                    for (at++; text[at] != '"' || (at + 1 < text.Length && text[at + 1] == '"'); at++)
                    {
                        field.Append(text[at]);
                        at += text[at] == '"' ? 1 : 0;
                    }

                    at++;
                }

                for (; at < text.Length && text[at] is not (',' or '\n'); at++)
                    field.Append(text[at]);
                record.Add(field.ToString());
                if (at >= text.Length || text[at++] == '\n')
                    break;
            }

            yield return record;
        }
    }
}
