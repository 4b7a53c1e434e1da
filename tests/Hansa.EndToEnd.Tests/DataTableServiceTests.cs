using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Each service of a data table (spec platform 2.6), on B and through A's RemoteDataTable: the same answer.</summary>
public sealed class DataTableServiceTests(PairFixture fixture)
{
    private static readonly (string Name, string Type)[] Fields = [("id", "STRING"), ("amount", "NUMBER"), ("text", "STRING")];

    public static TheoryData<bool> Ends => [false, true];

    [Theory, MemberData(nameof(Ends))]
    public async Task Rows_are_added_changed_found_and_deleted_by_key(bool remote)
    {
        var (client, thing) = await TableAsync(remote);
        var first = Values(("p1", 3, "first"));
        (first["source"], first["tags"], first["location"]) = ("Pump", "V:T", new JsonObject { ["latitude"] = 1, ["longitude"] = 2, ["elevation"] = 3 });
        (await client.CallAsync(thing, "AddDataTableEntry", first))!.GetValue<string>().ShouldBe("p1");
        await RefusedAsync(client, thing, "AddDataTableEntry", Values(("p1", 9, "again")), HttpStatusCode.Conflict, "p1");
        var row = (await client.CallAsync(thing, "GetDataTableEntryByKey", new() { ["key"] = "p1" }))![0]!;
        (row["amount"]!.GetValue<double>(), row["source"]!.GetValue<string>(), row["tags"]![0]!["vocabularyTerm"]!.GetValue<string>(), row["location"]!["longitude"]!.GetValue<double>()).ShouldBe((3, "Pump", "T", 2));
        row["timestamp"]!.GetValue<long>().ShouldBeGreaterThan(1_700_000_000_000);

        await client.CallAsync(thing, "UpdateDataTableEntry", new() { ["values"] = Tables.Of([("id", "STRING"), ("amount", "NUMBER")], new JsonObject { ["id"] = "p1", ["amount"] = 4 }) });
        row = (await client.CallAsync(thing, "GetDataTableEntry", Values(("p1", null, null))))![0]!;
        (row["amount"]!.GetValue<double>(), row["text"]!.GetValue<string>(), row["source"]!.GetValue<string>()).ShouldBe((4, "first", "Pump"));
        await RefusedAsync(client, thing, "UpdateDataTableEntry", Values(("none", 1, null)), HttpStatusCode.NotFound, "none");

        (await client.CallAsync(thing, "AddOrUpdateDataTableEntry", Values(("p1", 5, "replaced"))))!.GetValue<string>().ShouldBe("p1");
        (await client.CallAsync(thing, "AddOrUpdateDataTableEntry", Values(("p2", 6, "new"))))!.GetValue<string>().ShouldBe("p2");
        (await client.CallAsync(thing, "GetDataTableEntryCount"))!.GetValue<int>().ShouldBe(2);
        (await KeysAsync(client, thing, "FindDataTableEntries", Values((null, 6, null)))).ShouldBe(["p2"]);

        await client.CallAsync(thing, "DeleteDataTableEntry", Values(("p1", null, null)));
        await RefusedAsync(client, thing, "DeleteDataTableEntry", Values(("p1", null, null)), HttpStatusCode.NotFound, "");
        await client.CallAsync(thing, "DeleteDataTableEntryByKey", new() { ["key"] = "p2" });
        await RefusedAsync(client, thing, "DeleteDataTableEntryByKey", new() { ["key"] = "p2" }, HttpStatusCode.NotFound, "p2");
        (await client.CallAsync(thing, "GetDataTableEntries"))!.AsArray().ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Many_rows_are_written_all_or_none(bool remote)
    {
        var (client, thing) = await TableAsync(remote);
        await client.CallAsync(thing, "AddDataTableEntries", Values(("a", 1, null), ("b", 2, null)));
        await RefusedAsync(client, thing, "AddDataTableEntries", Values(("c", 3, null), ("a", 4, null)), HttpStatusCode.Conflict, "'a'");
        await RefusedAsync(client, thing, "AddDataTableEntries", Values(("d", 3, null), ("d", 4, null)), HttpStatusCode.BadRequest, "'d'");
        await RefusedAsync(client, thing, "AddDataTableEntries", Values((null, 3, null)), HttpStatusCode.BadRequest, "'id'");
        await RefusedAsync(client, thing, "AddDataTableEntry", Values(("e", 3, null), ("f", 4, null)), HttpStatusCode.BadRequest, "AddDataTableEntries");
        (await KeysAsync(client, thing, "GetDataTableEntries", [])).ShouldBe(["a", "b"]);
        await client.CallAsync(thing, "AddOrUpdateDataTableEntries", Values(("b", 20, null), ("c", 30, null)));
        await client.CallAsync(thing, "UpdateDataTableEntries", Values(("a", 10, "x"), ("c", 31, "y")));
        (await client.CallAsync(thing, "GetDataTableEntries", new() { ["maxItems"] = 10 }))!.AsArray().Select(row => row!["amount"]!.GetValue<double>()).ShouldBe([10, 20, 31]);
        await client.CallAsync(thing, "AssignDataTableEntries", Values(("z", 1, null)));
        (await KeysAsync(client, thing, "GetDataTableEntries", [])).ShouldBe(["z"]);
        await client.CallAsync(thing, "PurgeDataTableEntries");
        (await client.CallAsync(thing, "GetDataTableEntryCount"))!.GetValue<int>().ShouldBe(0);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Rows_are_queried_searched_changed_and_deleted_by_what_they_hold(bool remote)
    {
        var (client, thing) = await TableAsync(remote);
        await client.CallAsync(thing, "AddDataTableEntries", Values([.. Enumerable.Range(0, 30).Select(i => ((string?)$"k{i:00}", (double?)i, (string?)(i % 2 == 0 ? "an even number" : "an odd one")))]));
        (await KeysAsync(client, thing, "QueryDataTableEntries", new()
        {
            ["maxItems"] = 3, ["values"] = Values((null, null, "an odd one"))["values"]!.DeepClone(),
            ["query"] = JsonNode.Parse("""{"filters":{"type":"GT","fieldName":"amount","value":10},"sorts":[{"fieldName":"amount","isAscending":false}]}"""),
        })).ShouldBe(["k29", "k27", "k25"]);
        (await KeysAsync(client, thing, "SearchDataTableEntries", new() { ["searchExpression"] = "EVEN num*", ["maxItems"] = 2 })).ShouldBe(["k00", "k02"]);
        (await KeysAsync(client, thing, "SearchDataTableEntries", new() { ["searchExpression"] = "odd", ["query"] = JsonNode.Parse("""{"filters":{"type":"EQ","fieldName":"id","value":"k03"}}""") })).ShouldBe(["k03"]);
        await client.CallAsync(thing, "UpdateDataTableEntriesWithQuery", new()
        {
            ["query"] = JsonNode.Parse("""{"filters":{"type":"LT","fieldName":"amount","value":5}}"""),
            ["values"] = Values((null, null, "an odd one"))["values"]!.DeepClone(), ["updateValues"] = Tables.Of([("text", "STRING")], new JsonObject { ["text"] = "small" }),
        });
        (await KeysAsync(client, thing, "FindDataTableEntries", Values((null, null, "small")))).ShouldBe(["k01", "k03"]);
        await RefusedAsync(client, thing, "UpdateDataTableEntriesWithQuery", new() { ["updateValues"] = Tables.Of([("id", "STRING")], new JsonObject { ["id"] = "same" }) }, HttpStatusCode.BadRequest, "'id'");
        await client.CallAsync(thing, "DeleteDataTableEntriesWithQuery", new() { ["query"] = JsonNode.Parse("""{"filters":{"type":"GE","fieldName":"amount","value":20}}""") });
        await RefusedAsync(client, thing, "DeleteDataTableEntriesWithQuery", [], HttpStatusCode.BadRequest, "PurgeDataTableEntries");
        await client.CallAsync(thing, "DeleteDataTableEntries", Values((null, null, "an even number")));
        (await client.CallAsync(thing, "GetDataTableEntryCount"))!.GetValue<int>().ShouldBe(10);
        await RefusedAsync(client, thing, "DeleteDataTableEntries", Values(("a", 1, null), ("b", 2, null)), HttpStatusCode.BadRequest, "one row");
        await client.CallAsync(thing, "Reindex");
        (await client.CallAsync(thing, "CreateValues"))!.AsArray().ShouldBeEmpty();
        (await client.CallAsync(thing, "CreateValuesWithData", new() { ["values"] = new JsonObject { ["id"] = "x", ["amount"] = 2 } }))![0]!["amount"]!.GetValue<double>().ShouldBe(2);
        (await client.CallAsync(thing, "GetFieldNames"))!.AsArray().Select(row => row!["name"]!.GetValue<string>()).ShouldBe(["id", "amount", "text"]);
        (await client.CallAsync(thing, "GetFieldNamesByType", new() { ["type"] = "NUMBER" }))!.AsArray().Count.ShouldBe(1);
        (await client.CallAsync(thing, "GetDataShape"))!.GetValue<string>().ShouldEndWith(".Shape");
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Pages_give_every_row_once(bool remote)
    {
        var (client, thing) = await TableAsync(remote);
        await client.CallAsync(thing, "AddDataTableEntries", Values([.. Enumerable.Range(0, 25).Select(i => ((string?)$"k{i:00}", (double?)(i % 5), (string?)"word"))]));
        foreach (var (service, more) in new (string, JsonObject)[]
        {
            ("QueryDataTableEntriesPage", new() { ["query"] = JsonNode.Parse("""{"sorts":[{"fieldName":"amount","isAscending":false}]}""") }), ("SearchDataTableEntriesPage", new() { ["searchExpression"] = "word" }),
        })
        {
            var seen = await PagesAsync(client, thing, service, more, 7, "key");
            seen.Distinct().Count().ShouldBe(25);
            seen.Count.ShouldBe(25);
        }

        await RefusedAsync(client, thing, "QueryDataTableEntriesPage", new() { ["pageSize"] = 10_001 }, HttpStatusCode.BadRequest, "10000");
        await RefusedAsync(client, thing, "QueryDataTableEntriesPage", new() { ["cursor"] = "nonsense" }, HttpStatusCode.BadRequest, "cursor");
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Pages_of_a_stream_give_every_entry_once(bool remote)
    {
        var name = fixture.Fresh("Paged");
        await fixture.Pair.MakeStreamAsync(name, ("v", "NUMBER"));
        var (client, thing) = remote ? (fixture.Pair.A, $"Things/Remote{name}") : (fixture.Pair.B, $"Things/{name}");
        await client.CallAsync(thing, "AddStreamEntries", new()
        {
            ["values"] = Tables.Of([("timestamp", "DATETIME"), ("source", "STRING"), ("values", "INFOTABLE")], [.. Enumerable.Range(0, 30).Select(i =>
                new JsonObject { ["timestamp"] = 1000 + i / 3, ["source"] = $"s{i % 3}", ["values"] = Tables.Of([("v", "NUMBER")], new JsonObject { ["v"] = i }) })]),
        });
        (await PagesAsync(client, thing, "QueryStreamDataPage", new() { ["oldestFirst"] = true }, 7, "v")).Select(v => (int)double.Parse(v)).ShouldBe(Enumerable.Range(0, 30));
        (await PagesAsync(client, thing, "QueryStreamEntriesPage", new() { ["source"] = "s1" }, 4, "id")).Distinct().Count().ShouldBe(10);
        (await PagesAsync(client, thing, "QueryStreamEntriesWithDataPage", new() { ["query"] = JsonNode.Parse("""{"filters":{"type":"GE","fieldName":"v","value":10}}""") }, 6, "v")).Count.ShouldBe(20);
    }

    [Fact]
    public async Task Events_tell_what_has_happened_on_B_and_a_RemoteDataTable_has_none()
    {
        var name = fixture.Fresh("Told");
        await fixture.Pair.MakeKindAsync("DataTable", name, "id", Fields);
        await fixture.Pair.B.MakeShapeAsync($"{name}.Line", ("text", "STRING"));
        await fixture.Pair.B.MakeThingAsync($"{name}.Lines", "Stream", $"{name}.Line");
        await fixture.Pair.B.OpenAsync($"{name}.Lines");
        var subscriptions = string.Concat(new[] { "Add", "Update", "Delete" }.Select(happening => $$"""
            <Subscription name="On{{happening}}" enabled="true" eventName="{{happening}}" source="{{name}}"><ServiceImplementation name="s" handlerName="Script"><ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[
            var row = Things["{{name}}.Lines"].CreateValues(); row.AddRow({text: '{{happening}} ' + eventData.id + ' ' + eventData.type}); Things["{{name}}.Lines"].AddStreamEntry({values: row});
            ]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription>
            """));
        var (status, text) = await fixture.Pair.B.ImportAsync($"""<Entities><Things><Thing name="{name}.Watcher" thingTemplate="GenericThing" enabled="true"><ThingShape><Subscriptions>{subscriptions}</Subscriptions></ThingShape></Thing></Things></Entities>""");
        status.ShouldBe(HttpStatusCode.OK, text);
        await fixture.Pair.A.CallAsync($"Things/Remote{name}", "AddDataTableEntry", Values(("a", 1, null)));
        await fixture.Pair.A.CallAsync($"Things/Remote{name}", "UpdateDataTableEntry", Values(("a", 2, null)));
        await fixture.Pair.A.CallAsync($"Things/Remote{name}", "DeleteDataTableEntryByKey", new() { ["key"] = "a" });
        await Tables.UntilAsync(async () => (await fixture.Pair.B.CallAsync($"Things/{name}.Lines", "GetStreamEntryCount"))!.GetValue<double>() == 3, "three events");
        (await fixture.Pair.B.CallAsync($"Things/{name}.Lines", "GetStreamData"))!.AsArray().Select(row => row!["text"]!.GetValue<string>()).Order()
            .ShouldBe(["Add a DataTable", "Delete a DataTable", "Update a DataTable"]);
        (await fixture.Pair.A.TryAsync(HttpMethod.Get, $"Things/Remote{name}/EventDefinitions")).Text.ShouldNotContain("\"Update\"");
    }

    private async Task<(RestClient Client, string Thing)> TableAsync(bool remote)
    {
        var name = fixture.Fresh("Table");
        await fixture.Pair.MakeKindAsync("DataTable", name, "id", Fields);
        return remote ? (fixture.Pair.A, $"Things/Remote{name}") : (fixture.Pair.B, $"Things/{name}");
    }

    private static JsonObject Values(params (string? Id, double? Amount, string? Text)[] rows) => new()
    {
        ["values"] = Tables.Of(Fields, [.. rows.Select(row => new JsonObject { ["id"] = row.Id, ["amount"] = row.Amount, ["text"] = row.Text })]),
    };

    private static async Task<IEnumerable<string>> KeysAsync(RestClient client, string thing, string service, JsonObject parameters) =>
        (await client.CallAsync(thing, service, parameters))!.AsArray().Select(row => row!["key"]!.GetValue<string>());

    private static async Task<List<string>> PagesAsync(RestClient client, string thing, string service, JsonObject parameters, int size, string column)
    {
        var seen = new List<string>();
        for (string? cursor = null; ;)
        {
            var more = (JsonObject)parameters.DeepClone();
            (more["pageSize"], more["cursor"]) = (size, cursor);
            var page = (await client.CallAsync(thing, service, more))![0]!;
            var rows = page["rows"]!["rows"]!.AsArray();
            rows.Count.ShouldBeLessThanOrEqualTo(size);
            seen.AddRange(rows.Select(row => row![column]!.ToString()));
            cursor = page["cursor"]?.GetValue<string>();
            if (cursor is null)
                return seen;
        }
    }

    private static async Task RefusedAsync(RestClient client, string thing, string service, JsonObject parameters, HttpStatusCode expected, string word)
    {
        var (status, text) = await client.TryAsync(HttpMethod.Post, $"{thing}/Services/{service}", parameters);
        status.ShouldBe(expected, text);
        text.ShouldContain(word);
    }
}
