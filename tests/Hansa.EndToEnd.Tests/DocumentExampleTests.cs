using System.Globalization;
using System.Net;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Runs the examples of the pages in <c>docs/</c> against a linked pair of servers, so that no page says what is not so.</summary>
/// <remarks>
/// Examples are fenced blocks with the info string <c>hansa</c>, run in order, line by line:
/// <code>
/// B POST Things/X/Services/Y {"maxItems": 5,
///   "query": {}}
/// => {"rows": [{"v": 1}]}
/// A GET Things/Nobody
/// => 404 does not exist
/// </code>
/// A request is the server, the method, the path below <c>/Thingworx/</c> and, where it has one, a JSON body. The line after it tells the
/// answer: JSON that the actual one must contain (of objects the given members; arrays are as long, element by element), or a status
/// with a part of the text. Without such a line any 200 will do. Either line goes on in the indented ones behind it. A proxy that is not bound yet is waited for.
/// Names are unique to their page; nothing is there but what the page makes. <c>http://a.example</c> in a request is A's own address.
/// A block of <c>js</c> whose first line tells a service is that service's script, as it stands, and is saved:
/// <code>
/// // B Things/X Twice(n NUMBER): NUMBER
/// result = n * 2;
/// </code>
/// </remarks>
public sealed partial class DocumentExampleTests(PairFixture fixture)
{
    private static readonly string Folder = FindFolder();

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(Folder, "*.md")
        .Where(file => File.ReadLines(file).Contains("```hansa")).Select(file => Path.GetFileName(file)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Pages))]
    public async Task The_examples_of_a_page_do_what_it_says(string page)
    {
        foreach (var example in Examples(await File.ReadAllLinesAsync(Path.Combine(Folder, page))))
            await RunAsync(page, example);
    }

    private async Task RunAsync(string page, Example example)
    {
        var request = RequestForm().Match(example.Request.Replace("http://a.example", fixture.Pair.ServerA.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal));
        request.Success.ShouldBeTrue($"{page}:{example.Line}: '{example.Request}' is no request; it must be like 'A GET Things/X'");
        var client = request.Groups["server"].Value == "A" ? fixture.Pair.A : fixture.Pair.B;
        var refusal = RefusalForm().Match(example.Answer ?? "");
        var expected = refusal.Success ? (HttpStatusCode)int.Parse(refusal.Groups["status"].Value, CultureInfo.InvariantCulture) : HttpStatusCode.OK;
        var body = request.Groups["body"] is { Length: > 0 } given ? JsonNode.Parse(given.Value) : null;
        var (status, text) = (default(HttpStatusCode), "");
        await Tables.UntilAsync(async () =>
        {
            (status, text) = await client.TryAsync(new(request.Groups["method"].Value), request.Groups["path"].Value, body?.DeepClone());
            return status == expected || status != HttpStatusCode.ServiceUnavailable;
        }, $"{page}:{example.Line}: an answer other than 503");
        status.ShouldBe(expected, $"{page}:{example.Line}: {text}");
        if (refusal.Success)
            text.Contains(refusal.Groups["text"].Value.Trim(), StringComparison.Ordinal).ShouldBeTrue($"{page}:{example.Line}: '{text}' does not contain '{refusal.Groups["text"].Value}'");
        else if (example.Answer is not null)
            Contains(JsonNode.Parse(example.Answer), JsonNode.Parse(text)).ShouldBeTrue($"{page}:{example.Line}: {text} does not contain {example.Answer}");
    }

    private static bool Contains(JsonNode? expected, JsonNode? actual) => (expected, actual) switch
    {
        (JsonObject some, JsonObject all) => some.All(member => all.TryGetPropertyValue(member.Key, out var value) && Contains(member.Value, value)),
        (JsonArray left, JsonArray right) => left.Count == right.Count && left.Zip(right).All(pair => Contains(pair.First, pair.Second)),
        (JsonValue left, JsonValue right) when left.TryGetValue(out double number) => right.TryGetValue(out double other) && number.Equals(other),
        _ => JsonNode.DeepEquals(expected, actual),
    };

    private static IEnumerable<Example> Examples(string[] lines)
    {
        var (isInside, current) = (false, (Example?)null);
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i];
            if (!isInside && line == "```js" && lines[i + 1].StartsWith("// ", StringComparison.Ordinal))
            {
                var service = ServiceForm().Match(lines[i + 1]);
                service.Success.ShouldBeTrue($"line {i + 2}: '{lines[i + 1]}' is no service; it must be like '// B Things/X Twice(n NUMBER): NUMBER'");
                if (current is not null)
                    yield return current;
                var end = Array.IndexOf(lines, "```", i);
                current = new(i + 2, ToRequest(service, string.Join('\n', lines[(i + 1)..end])), null);
                i = end;
            }
            else if (!isInside || line.Length == 0)
                isInside = isInside || line == "```hansa";
            else if (line == "```")
                isInside = false;
            else if (line[0] == ' ' && current is not null)
                current = current.Answer is null ? current with { Request = $"{current.Request} {line.Trim()}" } : current with { Answer = $"{current.Answer} {line.Trim()}" };
            else if (line.StartsWith("=> ", StringComparison.Ordinal) && current is { Answer: null })
                current = current with { Answer = line[3..] };
            else
            {
                if (current is not null)
                    yield return current;
                current = new(i + 1, line, null);
            }
        }

        isInside.ShouldBeFalse("an example block is not closed");
        if (current is not null)
            yield return current;
    }

    private static string ToRequest(Match service, string code)
    {
        var parameters = service.Groups["parameters"].Value.Split(", ", StringSplitOptions.RemoveEmptyEntries).Select(parameter => parameter.Split(' '));
        var body = new JsonObject
        {
            ["name"] = service.Groups["name"].Value,
            ["code"] = code,
            ["parameters"] = Fields([.. parameters.Select(parameter => (parameter[0], parameter[1]))]),
        };
        if (service.Groups["type"] is { Success: true } type)
            body["resultType"] = Fields(("result", type.Value));
        return $"{service.Groups["server"]} POST {service.Groups["entity"]}/Services/AddScriptServiceDefinition {body.ToJsonString()}";

        static JsonObject Fields(params (string Name, string Type)[] fields) => Tables.Of(
            [("name", "STRING"), ("baseType", "STRING")], [.. fields.Select(field => new JsonObject { ["name"] = field.Name, ["baseType"] = field.Type })]);
    }

    private static string FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hansa.slnx")))
                return Path.Combine(folder.FullName, "docs");
        }

        throw new DirectoryNotFoundException("Hansa.slnx is in no folder above the tests.");
    }

    [GeneratedRegex(@"^(?<server>A|B) (?<method>[A-Z]+) (?<path>\S+)(?: (?<body>[\{\[].*))?$")]
    private static partial Regex RequestForm();

    [GeneratedRegex(@"^(?<status>\d{3})(?: (?<text>.*))?$")]
    private static partial Regex RefusalForm();

    [GeneratedRegex(@"^// (?<server>A|B) (?<entity>\S+) (?<name>\w+)\((?<parameters>[^)]*)\)(?:: (?<type>\w+))?$")]
    private static partial Regex ServiceForm();

    private sealed record Example(int Line, string Request, string? Answer);
}
