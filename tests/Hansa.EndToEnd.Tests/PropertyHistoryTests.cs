using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Logged properties and each service of their history: with a ValueStream on B, and on A with its RemoteValueStream. The same answer.</summary>
public sealed class PropertyHistoryTests(PairFixture fixture)
{
    public static TheoryData<bool> Ends => [false, true];

    public static TheoryData<bool, string, string, string, string> TypesOnBothEnds
    {
        get
        {
            var data = new TheoryData<bool, string, string, string, string>();
            foreach (var row in ValueStreamServiceTests.Types)
            {
                var (type, baseType, first, second) = row.Data;
                data.Add(false, type, baseType, first, second);
                data.Add(true, type, baseType, first, second);
            }

            return data;
        }
    }

    [Theory, MemberData(nameof(TypesOnBothEnds))]
    public async Task A_written_property_is_in_its_history_when_the_write_is_answered(bool remote, string type, string baseType, string first, string second)
    {
        var (client, thing) = await ThingAsync(remote, ("p", baseType));
        var (one, two) = (JsonNode.Parse(first)!, JsonNode.Parse(second)!);
        foreach (var value in new[] { one, two, two, one })
            await client.WriteAsync(thing, "p", value.DeepClone());
        await client.CallAsync($"Things/{thing}", $"Add{type}ValueStreamEntry", new() { ["propertyName"] = "p", ["value"] = two.DeepClone(), ["timestamp"] = 1000, ["quality"] = "BAD" });

        var rows = await QueryAsync(client, thing, $"Query{type}PropertyHistory", new() { ["propertyName"] = "p" });
        ValueStreamServiceTests.AssertSame(rows.Select(row => row["value"]), one, two, one, two);
        rows[0].Select(cell => cell.Key).ShouldBe(["id", "timestamp", "value"]);
        rows[^1]["timestamp"]!.GetValue<long>().ShouldBe(1000);
        rows = await QueryAsync(client, thing, $"Query{type}PropertyHistory", new() { ["propertyName"] = "p", ["quality"] = "BAD" });
        ValueStreamServiceTests.AssertSame(rows.Select(row => row["value"]), two);
        rows = await QueryAsync(client, thing, $"Query{type}PropertyHistory", new()
        {
            ["propertyName"] = "p", ["oldestFirst"] = true, ["maxItems"] = 2,
            ["query"] = new JsonObject { ["filters"] = new JsonObject { ["type"] = "EQ", ["fieldName"] = "value", ["value"] = one.DeepClone() } },
        });
        ValueStreamServiceTests.AssertSame(rows.Select(row => row["value"]), one, one);
        ValueStreamServiceTests.AssertSame([await client.ReadAsync(thing, "p")], one);
        var found = new List<JsonNode?>();
        string? cursor = null;
        do
        {
            var page = (await QueryAsync(client, thing, $"Query{type}PropertyHistoryPage", new() { ["propertyName"] = "p", ["pageSize"] = 3, ["cursor"] = cursor })).ShouldHaveSingleItem();
            found.AddRange(page["rows"]!["rows"]!.AsArray().Select(row => row!["value"]));
            cursor = page["cursor"]?.GetValue<string>();
        }
        while (cursor is not null);
        ValueStreamServiceTests.AssertSame(found, one, two, one, two);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task History_of_several_properties_is_merged_by_time(bool remote)
    {
        var (client, thing) = await ThingAsync(remote, ("a", "NUMBER"), ("b", "STRING"), ("unlogged", "NUMBER"));
        await client.CallAsync($"Things/{thing}", "SetPropertyLogging", new() { ["propertyName"] = "unlogged", ["enabled"] = false });
        await UpdateAsync(client, thing, ("a", 1, 1000, "GOOD"), ("b", "x", 2000, "GOOD"), ("a", 2, 3000, "BAD"), ("b", "y", 3000, "GOOD"), ("unlogged", 9, 500, "GOOD"));

        var rows = await QueryAsync(client, thing, "QueryPropertyHistory", new() { ["oldestFirst"] = true });
        rows.Select(row => $"{row["timestamp"]} {row["a"]} {row["b"]}").ShouldBe(["1000 1 ", "2000 1 x", "3000 2 y"]);
        rows[0].ContainsKey("unlogged").ShouldBeFalse();
        rows = await QueryAsync(client, thing, "QueryPropertyHistory", new() { ["fillOption"] = "NONE" });
        rows.Select(row => $"{row["timestamp"]} {row["a"]} {row["b"]}").ShouldBe(["3000 2 y", "2000  x", "1000 1 "]);
        (await QueryAsync(client, thing, "QueryPropertyHistory", new() { ["maxItems"] = 1 })).Count.ShouldBe(1, "one of each, at one time");
        rows = await QueryAsync(client, thing, "QueryPropertyHistory", new() { ["query"] = JsonNode.Parse("""{"filters":{"type":"EQ","fieldName":"b","value":"x"}}""") });
        rows.ShouldHaveSingleItem()["timestamp"]!.GetValue<int>().ShouldBe(2000);

        var names = Tables.Of([("name", "STRING")], new JsonObject { ["name"] = "a" });
        rows = await QueryAsync(client, thing, "QueryNamedPropertyHistory", new() { ["propertyNames"] = names, ["returnedMetadata"] = "quality", ["startDate"] = 1000 });
        rows.Select(row => $"{row["timestamp"]} {row["a"]} {row["a_quality"]}").ShouldBe(["3000 2 BAD", "1000 1 GOOD"]);
        (await client.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/QueryPropertyHistory", new JsonObject { ["fillOption"] = "NEXT" })).Text.ShouldContain("fillOption");
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task History_is_purged_by_property_and_period(bool remote)
    {
        var (client, thing) = await ThingAsync(remote, ("a", "NUMBER"), ("b", "NUMBER"));
        var (_, other) = await ThingAsync(remote, ("a", "NUMBER"));
        await client.CallAsync($"Things/{other}", "SetValueStream", new() { ["name"] = (await client.CallAsync($"Things/{thing}", "GetValueStream"))!.GetValue<string>() });
        foreach (var name in new[] { thing, other })
            await UpdateAsync(client, name, [.. Enumerable.Range(1, 5).Select(i => ("a", (JsonNode)i, i * 1000, "GOOD"))]);
        await UpdateAsync(client, thing, [.. Enumerable.Range(1, 5).Select(i => ("b", (JsonNode)i, i * 1000, "GOOD"))]);

        await client.CallAsync($"Things/{thing}", "PurgePropertyHistory", new() { ["propertyName"] = "a", ["startDate"] = 2000, ["endDate"] = 3000, ["immediate"] = true });
        (await TimesAsync(client, thing, "a")).ShouldBe([5000, 4000, 1000]);
        (await TimesAsync(client, thing, "b")).Count().ShouldBe(5);
        await client.CallAsync($"Things/{thing}", "PurgeSelectedPropertyHistory", new() { ["endDate"] = 1000, ["propertiesToPurge"] = Tables.Of([("name", "STRING")], new JsonObject { ["name"] = "b" }) });
        (await TimesAsync(client, thing, "b")).Count().ShouldBe(4);
        await client.CallAsync($"Things/{thing}", "PurgeAllPropertyHistory");
        (await QueryAsync(client, thing, "QueryPropertyHistory", new())).ShouldBeEmpty();
        (await TimesAsync(client, other, "a")).Count().ShouldBe(5, "another Thing's history in the same stream stays");
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Writes_of_many_at_once_are_all_logged(bool remote)
    {
        var (client, thing) = await ThingAsync(remote, [.. Enumerable.Range(0, 20).Select(i => ($"p{i}", "NUMBER"))]);
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async p =>
        {
            for (var i = 0; i < 10; i++)
                await client.WriteAsync(thing, $"p{p}", i);
        }));

        for (var p = 0; p < 20; p++)
        {
            var rows = await QueryAsync(client, thing, "QueryNumberPropertyHistory", new() { ["propertyName"] = $"p{p}", ["oldestFirst"] = true });
            rows.Select(row => row["value"]!.GetValue<int>()).ShouldBe(Enumerable.Range(0, 10), $"p{p}");
        }
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Tables_are_flattened_on_demand(bool remote)
    {
        var (client, thing) = await ThingAsync(remote, ("t", "INFOTABLE"));
        await UpdateAsync(client, thing, ("t", JsonNode.Parse(ValueStreamServiceTests.Table(4))!, 1000, "GOOD"), ("t", JsonNode.Parse(ValueStreamServiceTests.Table(5))!, 2000, "GOOD"));

        var rows = await QueryAsync(client, thing, "QueryInfoTablePropertyHistory", new() { ["propertyName"] = "t", ["flatten"] = true });

        rows.Select(row => $"{row["timestamp"]} {row["y"]}").ShouldBe(["2000 5", "1000 4"]);
    }

    [Fact]
    public async Task With_the_link_down_the_value_stays_the_writer_is_told_and_the_next_write_is_logged()
    {
        await using var pair = await FederatedPair.StartAsync();
        await pair.MakeKindAsync("ValueStream", "Log");
        await MakeAsync(pair.A, "Pump", "RemoteLog", ("a", "NUMBER"));
        await pair.A.WriteAsync("Pump", "a", 1);
        await pair.ServerB.StopAsync();
        await pair.UntilBoundAsync("RemoteLog", isBound: false);

        var (status, text) = await pair.A.TryAsync(HttpMethod.Put, "Things/Pump/Properties/a", new JsonObject { ["a"] = 2 });
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
        text.ShouldContain("Property [a] of Thing [Pump]: the value is set but was not logged.");
        (await pair.A.ReadAsync("Pump", "a"))!.GetValue<int>().ShouldBe(2);
        (await pair.A.TryAsync(HttpMethod.Post, "Things/Pump/Services/QueryNumberPropertyHistory", new JsonObject { ["propertyName"] = "a" })).Status.ShouldBe(HttpStatusCode.ServiceUnavailable);

        await pair.ServerB.StartAsync();
        await pair.UntilBoundAsync("RemoteLog");
        await pair.A.WriteAsync("Pump", "a", 2);
        (await QueryAsync(pair.A, "Pump", "QueryNumberPropertyHistory", new() { ["propertyName"] = "a" })).Select(row => row["value"]!.GetValue<int>()).ShouldBe([2, 1]);
    }

    [Fact]
    public async Task History_survives_a_restart_of_both()
    {
        await using var pair = await FederatedPair.StartAsync();
        await pair.MakeKindAsync("ValueStream", "Log");
        await MakeAsync(pair.B, "LocalPump", "Log", ("a", "NUMBER"));
        await MakeAsync(pair.A, "Pump", "RemoteLog", ("a", "NUMBER"));
        await pair.A.WriteAsync("Pump", "a", 1);
        await pair.B.WriteAsync("LocalPump", "a", 2);
        await pair.ServerB.KillAsync();
        await pair.ServerA.KillAsync();
        await pair.ServerA.StartAsync();
        await pair.ServerB.StartAsync();
        await pair.UntilBoundAsync("RemoteLog");
        await pair.A.WriteAsync("Pump", "a", 3);

        (await QueryAsync(pair.A, "Pump", "QueryNumberPropertyHistory", new() { ["propertyName"] = "a" })).Select(row => row["value"]!.GetValue<int>()).ShouldBe([3, 1]);
        (await QueryAsync(pair.B, "LocalPump", "QueryNumberPropertyHistory", new() { ["propertyName"] = "a" })).Select(row => row["value"]!.GetValue<int>()).ShouldBe([2]);
        (await QueryAsync(pair.B, "Log", "QueryNumberStreamEntries", new())).Select(row => row["id"]!.GetValue<string>()).ShouldBe(["3", "2", "1"], ignoreOrder: true);
    }

    private static Task<List<JsonObject>> QueryAsync(RestClient client, string thing, string service, JsonObject parameters) =>
        ValueStreamServiceTests.RowsAsync(client, $"Things/{thing}", service, parameters);

    private static async Task<IEnumerable<int>> TimesAsync(RestClient client, string thing, string property) =>
        (await QueryAsync(client, thing, "QueryNumberPropertyHistory", new() { ["propertyName"] = property })).Select(row => row["timestamp"]!.GetValue<int>());

    private static Task UpdateAsync(RestClient client, string thing, params (string Name, JsonNode Value, int Time, string Quality)[] values) =>
        client.CallAsync($"Things/{thing}", "UpdatePropertyValues", new()
        {
            ["values"] = Tables.Of([("name", "STRING"), ("value", "VARIANT"), ("time", "DATETIME"), ("quality", "STRING")], [.. values.Select(value => new JsonObject
            {
                ["name"] = value.Name, ["value"] = value.Value, ["time"] = value.Time, ["quality"] = value.Quality,
            })]),
        });

    private static async Task MakeAsync(RestClient client, string thing, string valueStream, params (string Name, string Type)[] properties)
    {
        await client.MakeThingAsync(thing, "GenericThing");
        foreach (var (name, type) in properties)
            await client.CallAsync($"Things/{thing}", "AddPropertyDefinition", new() { ["name"] = name, ["type"] = type, ["logged"] = true });
        await client.CallAsync($"Things/{thing}", "SetValueStream", new() { ["name"] = valueStream });
    }

    private async Task<(RestClient Client, string Thing)> ThingAsync(bool remote, params (string Name, string Type)[] properties)
    {
        var (stream, thing) = (fixture.Fresh("Log"), fixture.Fresh("Pump"));
        await fixture.Pair.MakeKindAsync("ValueStream", stream);
        var client = remote ? fixture.Pair.A : fixture.Pair.B;
        await MakeAsync(client, thing, remote ? $"Remote{stream}" : stream, properties);
        return (client, thing);
    }
}
