using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>The history of a Thing's logged properties (spec platform 2.5), in a ValueStream of its server and through a RemoteValueStream: the same answers.</summary>
public sealed class ValueStreamTests(PairFixture fixture)
{
    public static TheoryData<bool> Ends => [false, true];

    public static TheoryData<string, string, string> Kinds => new()
    {
        { "Boolean", "BOOLEAN", "true" }, { "Integer", "INTEGER", "-7" }, { "Long", "LONG", "9007199254740993" }, { "Number", "NUMBER", "1.5" },
        { "String", "STRING", "\"é\"" }, { "String", "HYPERLINK", "\"http://a/b\"" }, { "DateTime", "DATETIME", "1700000000123" },
        { "Location", "LOCATION", """{"latitude":52.5,"longitude":13.4,"elevation":34}""" }, { "Image", "IMAGE", "\"AQIDBA==\"" },
        { "InfoTable", "INFOTABLE", """{"dataShape":{"fieldDefinitions":{"n":{"name":"n","baseType":"NUMBER"}}},"rows":[{"n":1},{"n":2}]}""" },
        { "ThingCode", "THINGCODE", "\"1:2\"" }, { "Vec2", "VEC2", "\"1,2\"" }, { "Vec3", "VEC3", "\"1,2,3\"" }, { "Vec4", "VEC4", "\"1,2,3,4\"" },
    };

    [Theory, MemberData(nameof(Ends))]
    public async Task Only_changes_of_logged_properties_are_kept_by_their_rules(bool remote)
    {
        var (client, machine) = await MachineAsync(remote, ("plain", "NUMBER", null), ("fine", "NUMBER", "VALUE"), ("coarse", "NUMBER", "VALUE 10"), ("always", "NUMBER", "ALWAYS"), ("never", "NUMBER", "NEVER"));
        foreach (var value in new[] { 1, 1, 5, 20 })
        {
            foreach (var property in new[] { "plain", "fine", "coarse", "always", "never" })
                await client.WriteAsync(machine, property, value);
        }

        (await NumbersAsync(client, machine, "fine")).ShouldBe([20, 5, 1]);
        (await NumbersAsync(client, machine, "coarse")).ShouldBe([20, 1]);
        (await NumbersAsync(client, machine, "always")).ShouldBe([20, 5, 1, 1]);
        (await NumbersAsync(client, machine, "never")).ShouldBeEmpty();
        (await NumbersAsync(client, machine, "plain")).ShouldBeEmpty();
        (await client.CallAsync($"Things/{machine}", "GetEffectivePropertyLogging", new() { ["propertyName"] = "fine" }))!.GetValue<bool>().ShouldBeTrue();
        (await client.CallAsync($"Things/{machine}", "GetNumericLoggedProperties"))!.AsArray().Select(row => row!["name"]!.GetValue<string>()).ShouldBe(["fine", "coarse", "always", "never"]);

        var first = (await client.CallAsync($"Things/{machine}", "QueryNumberPropertyHistory", new() { ["propertyName"] = "fine", ["oldestFirst"] = true, ["maxItems"] = 2 }))!.AsArray();
        first.Select(row => row!["value"]!.GetValue<double>()).ShouldBe([1, 5]);
        first[0]!.AsObject().Select(cell => cell.Key).ShouldBe(["id", "timestamp", "value"]);
        long.Parse(first[1]!["id"]!.GetValue<string>(), null).ShouldBeGreaterThan(long.Parse(first[0]!["id"]!.GetValue<string>(), null));
        (await HistoryAsync(client, machine, "QueryNumberPropertyHistory", new() { ["propertyName"] = "fine", ["query"] = new JsonObject { ["filters"] = new JsonObject { ["type"] = "GT", ["fieldName"] = "value", ["value"] = 4 } } }))
            .ShouldBe(["20", "5"]);

        await client.CallAsync($"Things/{machine}", "SetPropertyLogging", new() { ["propertyName"] = "plain", ["enabled"] = true });
        await client.WriteAsync(machine, "plain", 99);
        (await NumbersAsync(client, machine, "plain")).ShouldBe([99]);
    }

    [Theory, MemberData(nameof(Kinds))]
    public async Task Every_kind_of_value_has_a_history(string word, string type, string json)
    {
        foreach (var remote in new[] { false, true })
        {
            var (client, machine) = await MachineAsync(remote, ("p", type, "VALUE"));
            var value = JsonNode.Parse(json)!;
            await client.CallAsync($"Things/{machine}", $"Add{word}ValueStreamEntry", new() { ["propertyName"] = "p", ["value"] = value.DeepClone(), ["timestamp"] = 1000 });
            await client.CallAsync($"Things/{machine}", $"Add{word}ValueStreamEntry", new() { ["propertyName"] = "p", ["value"] = value.DeepClone(), ["timestamp"] = 1000 });
            var row = (await client.CallAsync($"Things/{machine}", $"Query{word}PropertyHistory", new() { ["propertyName"] = "p" }))!.AsArray().ShouldHaveSingleItem()!;
            await client.WriteAsync(machine, "p", value.DeepClone());
            var current = await client.ReadAsync(machine, "p");
            row["value"]!.ToJsonString().ShouldBe(current!.ToJsonString());
            row["timestamp"]!.GetValue<long>().ShouldBe(1000);
            (await client.CallAsync($"Things/{machine}", $"Query{word}PropertyHistory", new() { ["propertyName"] = "p" }))!.AsArray().Count.ShouldBe(2);
            var merged = (await client.CallAsync($"Things/{machine}", "QueryPropertyHistory"))!.AsArray();
            merged.Select(have => have!["p"]!.ToJsonString()).ShouldBe([current.ToJsonString(), current.ToJsonString()]);
        }
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Histories_are_merged_by_timestamp_and_gaps_are_filled(bool remote)
    {
        var (client, machine) = await MachineAsync(remote, ("a", "NUMBER", "VALUE"), ("b", "NUMBER", "VALUE"));
        foreach (var (property, value, time, quality) in new[] { ("a", 1, 1000, "GOOD"), ("b", 10, 2000, "GOOD"), ("a", 2, 2000, "BAD"), ("a", 3, 4000, "GOOD") })
            await client.CallAsync($"Things/{machine}", "AddNumberValueStreamEntry", new() { ["propertyName"] = property, ["value"] = value, ["timestamp"] = time, ["quality"] = quality });
        (await MergedAsync(client, machine, new())).ShouldBe(["4000 3 10", "2000 2 10", "1000 1 -"]);
        (await MergedAsync(client, machine, new() { ["fillOption"] = "NONE", ["oldestFirst"] = true })).ShouldBe(["1000 1 -", "2000 2 10", "4000 3 -"]);
        // maxItems counts for each property.
        (await MergedAsync(client, machine, new() { ["maxItems"] = 1 })).ShouldBe(["4000 3 10", "2000 - 10"]);
        (await MergedAsync(client, machine, new() { ["quality"] = "good" })).ShouldBe(["4000 3 10", "2000 1 10", "1000 1 -"]);
        (await MergedAsync(client, machine, new() { ["startDate"] = 1500, ["endDate"] = 2000 })).ShouldBe(["2000 2 10"]);
        (await MergedAsync(client, machine, new() { ["query"] = new JsonObject { ["filters"] = new JsonObject { ["type"] = "GE", ["fieldName"] = "a", ["value"] = 2 } } })).ShouldBe(["4000 3 10", "2000 2 10"]);
        var named = (await client.CallAsync($"Things/{machine}", "QueryNamedPropertyHistory", new() { ["propertyNames"] = Tables.Of([("name", "STRING")], new JsonObject { ["name"] = "a" }), ["returnedMetadata"] = "QUALITY" }))!.AsArray();
        named.Select(row => $"{row!["a"]} {row["a_quality"]}").ShouldBe(["3 GOOD", "2 BAD", "1 GOOD"]);
        var refused = await TryAsync(client, machine, "QueryPropertyHistory", new() { ["fillOption"] = "NEXT" });
        (refused.Status, refused.Text.Contains("PREVIOUS", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), refused.Text);

        await client.CallAsync($"Things/{machine}", "PurgePropertyHistory", new() { ["propertyName"] = "a", ["endDate"] = 1000 });
        (await NumbersAsync(client, machine, "a")).ShouldBe([3, 2]);
        await client.CallAsync($"Things/{machine}", "PurgeSelectedPropertyHistory", new() { ["propertiesToPurge"] = Tables.Of([("name", "STRING")], new JsonObject { ["name"] = "b" }) });
        (await NumbersAsync(client, machine, "b")).ShouldBeEmpty();
        await client.CallAsync($"Things/{machine}", "PurgeAllPropertyHistory");
        (await NumbersAsync(client, machine, "a")).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task A_history_is_read_page_by_page(bool remote)
    {
        var (client, machine) = await MachineAsync(remote, ("n", "INTEGER", "ALWAYS"));
        foreach (var i in Enumerable.Range(0, 25))
            await client.WriteAsync(machine, "n", i);
        var seen = new List<int>();
        for (string? cursor = null; ;)
        {
            var page = (await client.CallAsync($"Things/{machine}", "QueryIntegerPropertyHistoryPage", new() { ["propertyName"] = "n", ["pageSize"] = 10, ["cursor"] = cursor, ["oldestFirst"] = true }))![0]!;
            seen.AddRange(page["rows"]!["rows"]!.AsArray().Select(row => row!["value"]!.GetValue<int>()));
            cursor = page["cursor"]?.GetValue<string>();
            if (string.IsNullOrEmpty(cursor))
                break;
        }

        seen.ShouldBe(Enumerable.Range(0, 25));
    }

    [Fact]
    public async Task A_value_stream_answers_for_itself_and_its_twin_does_not()
    {
        var pair = fixture.Pair;
        var name = fixture.Fresh("Values");
        await pair.MakeKindAsync("ValueStream", name, null);
        var stream = $"Things/{name}";
        await pair.B.CallAsync(stream, "AddNumberStreamEntry", new() { ["name"] = "t", ["source"] = "Pump", ["value"] = 4, ["timestamp"] = 1000 });
        await pair.B.CallAsync(stream, "AddBooleanStreamEntry", new() { ["name"] = "on", ["source"] = "Pump", ["value"] = true, ["timestamp"] = 1000 });
        var row = (await pair.B.CallAsync(stream, "QueryNumberStreamEntries", new() { ["name"] = "t", ["source"] = "Pump" }))!.AsArray().ShouldHaveSingleItem()!;
        var id = row["id"]!.GetValue<string>();
        (await pair.B.CallAsync(stream, "GetNumberStreamEntry", new() { ["id"] = id }))![0]!["value"]!.GetValue<double>().ShouldBe(4);
        var multi = (await pair.B.CallAsync(stream, "QueryMultiPropertyStreamEntries", new()
        {
            ["source"] = "Pump", ["propertyDefinitionCollection"] = JsonNode.Parse("""[{"name":"t","baseType":"NUMBER"},{"name":"on","baseType":"BOOLEAN"}]"""),
        }))!.AsArray().ShouldHaveSingleItem()!;
        (multi["t"]!.GetValue<double>(), multi["on"]!.GetValue<bool>()).ShouldBe((4, true));
        await pair.B.CallAsync(stream, "DeleteStreamEntry", new() { ["id"] = id });
        (await TryAsync(pair.B, name, "DeleteStreamEntry", new() { ["id"] = id })).Status.ShouldBe(HttpStatusCode.NotFound);
        await pair.B.CallAsync(stream, "PurgeStreamEntries", new() { ["name"] = "on" });
        (await pair.B.CallAsync(stream, "QueryBooleanStreamEntries"))!.AsArray().ShouldBeEmpty();
        await pair.B.CallAsync(stream, "purgeAll");
        (await TryAsync(pair.A, $"Remote{name}", "QueryNumberStreamEntries", new())).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Without_its_value_stream_a_property_keeps_its_value_and_the_writer_is_told()
    {
        var (client, machine) = await MachineAsync(remote: true, ("n", "NUMBER", "VALUE"));
        var stream = (await client.CallAsync($"Things/{machine}", "GetValueStream"))!.GetValue<string>();
        await fixture.Pair.B.CallAsync($"Things/{stream["Remote".Length..]}", "SetPublished", new() { ["publish"] = false });
        await fixture.Pair.UntilBoundAsync(stream, isBound: false);
        var refused = await client.TryAsync(HttpMethod.Put, $"Things/{machine}/Properties/n", new JsonObject { ["n"] = 7 });
        (refused.Status, refused.Text.Contains("[n]", StringComparison.Ordinal), refused.Text.Contains(stream, StringComparison.Ordinal)).ShouldBe((HttpStatusCode.ServiceUnavailable, true, true), refused.Text);
        (await client.ReadAsync(machine, "n"))!.GetValue<double>().ShouldBe(7);
        var thing = fixture.Fresh("Bare");
        await client.MakeThingAsync(thing, "GenericThing");
        var none = await TryAsync(client, thing, "QueryPropertyHistory", new());
        (none.Status, none.Text.Contains("SetValueStream", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), none.Text);
        (await TryAsync(client, thing, "SetValueStream", new() { ["name"] = thing })).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    private async Task<(RestClient Client, string Machine)> MachineAsync(bool remote, params (string Name, string Type, string? Logged)[] properties)
    {
        var pair = fixture.Pair;
        var (stream, machine) = (fixture.Fresh("Values"), fixture.Fresh("Machine"));
        if (remote)
            await pair.MakeKindAsync("ValueStream", stream, null);
        else
            await pair.A.MakeThingAsync(stream, "ValueStream");
        await pair.A.MakeThingAsync(machine, "GenericThing");
        foreach (var (name, type, logged) in properties)
        {
            var rule = logged?.Split(' ') ?? [];
            await pair.A.CallAsync($"Things/{machine}", "AddPropertyDefinition", new()
            {
                ["name"] = name, ["type"] = type, ["logged"] = logged is not null, ["dataChangeType"] = rule.Length > 0 ? rule[0] : null,
                ["dataChangeThreshold"] = rule.Length > 1 ? double.Parse(rule[1], System.Globalization.CultureInfo.InvariantCulture) : null,
            });
        }

        await pair.A.CallAsync($"Things/{machine}", "SetValueStream", new() { ["name"] = remote ? $"Remote{stream}" : stream });
        return (pair.A, machine);
    }

    private static Task<(HttpStatusCode Status, string Text)> TryAsync(RestClient client, string thing, string service, JsonObject parameters) =>
        client.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/{service}", parameters);

    private static async Task<double[]> NumbersAsync(RestClient client, string machine, string property) =>
        [.. (await client.CallAsync($"Things/{machine}", "QueryNumberPropertyHistory", new() { ["propertyName"] = property }))!.AsArray().Select(row => row!["value"]!.GetValue<double>())];

    private static async Task<string[]> HistoryAsync(RestClient client, string machine, string service, JsonObject parameters) =>
        [.. (await client.CallAsync($"Things/{machine}", service, parameters))!.AsArray().Select(row => row!["value"]!.ToJsonString())];

    private static async Task<string[]> MergedAsync(RestClient client, string machine, JsonObject parameters) =>
        [.. (await client.CallAsync($"Things/{machine}", "QueryPropertyHistory", parameters))!.AsArray().Select(row => $"{row!["timestamp"]} {row["a"]?.ToJsonString() ?? "-"} {row["b"]?.ToJsonString() ?? "-"}")];
}
