using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Each service of a ValueStream (spec platform 2.5), for each of its types, and its twin on A, which has none of them.</summary>
public sealed class ValueStreamServiceTests(PairFixture fixture)
{
    /// <summary>Names in services, base types, two values in their order as JSON gives them back.</summary>
    public static TheoryData<string, string, string, string> Types { get; } = new()
    {
        { "Boolean", "BOOLEAN", "false", "true" },
        { "Integer", "INTEGER", "-7", "8" },
        { "Long", "LONG", "-9007199254740993", "9007199254740993" },
        { "Number", "NUMBER", "1.5", "2.25" },
        { "String", "STRING", "\"é😀\"", "\"ü\"" },
        { "DateTime", "DATETIME", "1000", "2000" },
        { "Location", "LOCATION", """{"latitude":52.5,"longitude":13.4,"elevation":34}""", """{"latitude":1,"longitude":2,"elevation":3}""" },
        { "Image", "IMAGE", "\"AAEC\"", "\"AAED\"" },
        { "InfoTable", "INFOTABLE", Table(4), Table(5) },
        { "ThingCode", "THINGCODE", "\"7:9\"", "\"7:10\"" },
        { "Vec2", "VEC2", "\"1,2\"", "\"1,3\"" },
        { "Vec3", "VEC3", "\"1,2,3\"", "\"1,2,4\"" },
        { "Vec4", "VEC4", "\"1,2,3,4\"", "\"1,2,3,5\"" },
    };

    [Theory, MemberData(nameof(Types))]
    public async Task Values_are_added_found_read_and_deleted(string type, string baseType, string first, string second)
    {
        _ = baseType;
        var (client, stream) = (fixture.Pair.B, await StreamAsync());
        var (one, two) = (JsonNode.Parse(first)!, JsonNode.Parse(second)!);
        foreach (var (value, time) in new[] { (one, 1000), (two, 2000), (two, 3000) })
            await client.CallAsync(stream, $"Add{type}StreamEntry", new() { ["name"] = "p", ["source"] = "Pump", ["value"] = value.DeepClone(), ["timestamp"] = time });
        await client.CallAsync(stream, $"Add{type}StreamEntry", new() { ["name"] = "p", ["source"] = "Pump", ["value"] = one.DeepClone(), ["timestamp"] = 3000 });
        await client.CallAsync(stream, $"Add{type}StreamEntry", new() { ["name"] = "other", ["value"] = one.DeepClone() });

        var rows = await RowsAsync(client, stream, $"Query{type}StreamEntries", new() { ["name"] = "p", ["source"] = "Pump" });
        rows.Select(row => row["timestamp"]!.GetValue<long>()).ShouldBe([3000, 2000, 1000]);
        rows.Select(row => row["id"]!.GetValue<string>()).ShouldBe(["3", "2", "1"], "what was replaced keeps its id");
        AssertSame(rows.Select(row => row["value"]), one, two, one);
        rows[0].Select(cell => cell.Key).ShouldBe(["id", "timestamp", "value"]);

        rows = await RowsAsync(client, stream, $"Query{type}StreamEntries", new() { ["name"] = "p", ["startDate"] = 1500, ["endDate"] = 2000, ["oldestFirst"] = true });
        AssertSame(rows.Select(row => row["value"]), two);
        (await RowsAsync(client, stream, $"Query{type}StreamEntries", new() { ["maxItems"] = 2, ["oldestFirst"] = true, ["name"] = "p" })).Count.ShouldBe(2);
        (await RowsAsync(client, stream, $"Query{type}StreamEntries", new() { ["source"] = "nobody" })).ShouldBeEmpty();

        rows = await RowsAsync(client, stream, $"Get{type}StreamEntry", new() { ["id"] = "2" });
        AssertSame(rows.Select(row => row["value"]), two);
        await client.CallAsync(stream, "DeleteStreamEntry", new() { ["id"] = "2" });
        foreach (var service in new[] { $"Get{type}StreamEntry", "DeleteStreamEntry" })
            (await client.TryAsync(HttpMethod.Post, $"{stream}/Services/{service}", new JsonObject { ["id"] = "2" })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Types))]
    public async Task A_filter_on_the_value_runs_for_each_type(string type, string baseType, string first, string second)
    {
        _ = baseType;
        var (client, stream) = (fixture.Pair.B, await StreamAsync());
        foreach (var (value, time) in new[] { (first, 1), (second, 2) })
            await client.CallAsync(stream, $"Add{type}StreamEntry", new() { ["name"] = "p", ["value"] = JsonNode.Parse(value), ["timestamp"] = time });

        foreach (var (filter, expected) in new[] { ("EQ", 2), ("NE", 1) })
        {
            var query = new JsonObject { ["filters"] = new JsonObject { ["type"] = filter, ["fieldName"] = "value", ["value"] = JsonNode.Parse(second) } };
            (await RowsAsync(client, stream, $"Query{type}StreamEntries", new() { ["query"] = query })).Select(row => row["timestamp"]!.GetValue<int>()).ShouldBe([expected], filter);
        }
    }

    [Fact]
    public async Task Several_properties_are_merged_by_time()
    {
        var (client, stream) = (fixture.Pair.B, await StreamAsync());
        foreach (var (name, value, time) in new[] { ("a", 1, 10), ("b", 2, 20), ("a", 3, 30), ("b", 4, 30) })
            await client.CallAsync(stream, "AddNumberStreamEntry", new() { ["name"] = name, ["source"] = "s", ["value"] = value, ["timestamp"] = time });
        var definitions = JsonNode.Parse("""{"a":{"name":"a","baseType":"NUMBER"},"b":{"name":"b","baseType":"NUMBER"}}""");

        var rows = await RowsAsync(client, stream, "QueryMultiPropertyStreamEntries", new() { ["propertyDefinitionCollection"] = definitions, ["source"] = "s", ["oldestFirst"] = true });

        rows.Select(row => $"{row["timestamp"]} {row["a"]} {row["b"]}").ShouldBe(["10 1 ", "20 1 2", "30 3 4"]);
        (await client.TryAsync(HttpMethod.Post, $"{stream}/Services/QueryMultiPropertyStreamEntries", new JsonObject { ["propertyDefinitionCollection"] = 7 }))
            .Text.ShouldContain("propertyDefinitionCollection");
    }

    [Fact]
    public async Task Purges_delete_what_they_name()
    {
        var (client, stream) = (fixture.Pair.B, await StreamAsync());
        foreach (var name in new[] { "a", "b" })
        {
            foreach (var time in Enumerable.Range(1, 5))
                await client.CallAsync(stream, "AddNumberStreamEntry", new() { ["name"] = name, ["source"] = "s", ["value"] = time, ["timestamp"] = time });
        }

        await client.CallAsync(stream, "PurgeStreamEntries", new() { ["name"] = "a", ["startDate"] = 2, ["endDate"] = 3, ["immediate"] = true });
        (await RowsAsync(client, stream, "QueryNumberStreamEntries", new() { ["name"] = "a", ["oldestFirst"] = true })).Select(row => row["timestamp"]!.GetValue<int>()).ShouldBe([1, 4, 5]);
        (await RowsAsync(client, stream, "QueryNumberStreamEntries", new())).Count.ShouldBe(8);
        await client.CallAsync(stream, "PurgeStreamEntries", new() { ["source"] = "s", ["startDate"] = 5 });
        (await RowsAsync(client, stream, "QueryNumberStreamEntries", new())).Count.ShouldBe(6);
        await client.CallAsync(stream, "purgeAll");
        (await RowsAsync(client, stream, "QueryNumberStreamEntries", new())).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_wrong_call_is_refused_by_name()
    {
        var (client, stream) = (fixture.Pair.B, await StreamAsync());
        foreach (var (service, parameters, named) in new[]
        {
            ("AddNumberStreamEntry", """{"name":"p","value":"warm"}""", "value"), ("AddNumberStreamEntry", """{"value":1}""", "name"),
            ("AddNumberStreamEntry", """{"name":"p"}""", "value"), ("GetNumberStreamEntry", """{"id":"x"}""", "id"),
            ("QueryNumberStreamEntries", """{"maxItems":-1}""", "maxItems"), ("QueryNumberStreamEntries", """{"query":{"filters":{"type":"EQ","fieldName":"nothing","value":1}}}""", "nothing"),
        })
        {
            var (status, text) = await client.TryAsync(HttpMethod.Post, $"{stream}/Services/{service}", JsonNode.Parse(parameters));
            status.ShouldBe(HttpStatusCode.BadRequest, service);
            text.ShouldContain(named);
        }
    }

    [Fact]
    public async Task The_twin_has_none_of_these_services()
    {
        var stream = await StreamAsync();
        var remote = stream.Replace("Things/", "Things/Remote", StringComparison.Ordinal);
        foreach (var service in new[] { "AddNumberStreamEntry", "QueryNumberStreamEntries", "PurgeStreamEntries", "purgeAll", "AddValueStreamEntries" })
        {
            (await fixture.Pair.A.TryAsync(HttpMethod.Post, $"{remote}/Services/{service}", new JsonObject())).Status.ShouldBe(HttpStatusCode.NotFound, service);
            (await fixture.Pair.B.TryAsync(HttpMethod.Post, $"{stream}/Services/{service}", new JsonObject())).Status.ShouldNotBe(HttpStatusCode.NotFound, service);
        }
    }

    internal static string Table(int value) => Tables.Of([("y", "NUMBER")], new JsonObject { ["y"] = value }).ToJsonString();

    internal static async Task<List<JsonObject>> RowsAsync(RestClient client, string thing, string service, JsonObject parameters)
    {
        var (status, text) = await client.TryAsync(HttpMethod.Post, $"{thing}/Services/{service}", parameters);
        status.ShouldBe(HttpStatusCode.OK, $"{service}: {text}");
        return [.. JsonNode.Parse(text)!["rows"]!.AsArray().Select(row => row!.AsObject())];
    }

    /// <summary>Compares values as they were sent with such as came back; of a table its rows.</summary>
    internal static void AssertSame(IEnumerable<JsonNode?> actual, params JsonNode[] expected) =>
        actual.Select(Shown).ShouldBe(expected.Select(Shown));

    private static string Shown(JsonNode? value) => value switch
    {
        JsonObject table when table["rows"] is { } rows => rows.ToJsonString(),
        JsonObject place when place["latitude"] is not null => $"{place["latitude"]} {place["longitude"]} {place["elevation"]}",
        _ => value?.ToJsonString() ?? "null",
    };

    private async Task<string> StreamAsync()
    {
        var name = fixture.Fresh("Values");
        await fixture.Pair.MakeKindAsync("ValueStream", name);
        return $"Things/{name}";
    }
}
