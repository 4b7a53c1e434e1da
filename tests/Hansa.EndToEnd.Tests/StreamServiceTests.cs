using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Each service of a Stream (spec platform 2.4), on B and through A's RemoteStream: the same answer.</summary>
public sealed class StreamServiceTests(PairFixture fixture)
{
    private static readonly (string Name, string Type)[] Fields = [("v", "NUMBER"), ("text", "STRING"), ("where", "LOCATION"), ("flag", "BOOLEAN")];

    public static TheoryData<bool> Ends => [false, true];

    [Theory, MemberData(nameof(Ends))]
    public async Task Entries_are_added_read_changed_and_deleted(bool remote)
    {
        var (client, thing) = await StreamAsync(remote);
        await client.CallAsync(thing, "AddStreamEntry", new()
        {
            ["values"] = Tables.Of(Fields, new JsonObject { ["v"] = 1.5, ["text"] = "é😀", ["where"] = new JsonObject { ["latitude"] = 52.5, ["longitude"] = 13.4, ["elevation"] = 34 }, ["flag"] = true }),
            ["source"] = "Pump", ["timestamp"] = 1000, ["tags"] = "Plant:North;Plant:South",
            ["location"] = new JsonObject { ["latitude"] = 1, ["longitude"] = 2, ["elevation"] = 3 },
        });
        var row = (await client.CallAsync(thing, "GetStreamEntriesWithData"))![0]!;
        row["v"]!.GetValue<double>().ShouldBe(1.5);
        row["text"]!.GetValue<string>().ShouldBe("é😀");
        row["where"]!["latitude"]!.GetValue<double>().ShouldBe(52.5);
        row["tags"]!.AsArray().Count.ShouldBe(2);
        row["location"]!["longitude"]!.GetValue<double>().ShouldBe(2);
        row["sourceType"]!.GetValue<string>().ShouldBe("");
        row["timestamp"]!.GetValue<long>().ShouldBe(1000);

        var id = row["id"]!.GetValue<string>();
        await client.CallAsync(thing, "UpdateStreamEntry", new()
        {
            ["streamEntryId"] = id, ["values"] = Tables.Of([("text", "STRING"), ("flag", "BOOLEAN")], new JsonObject { ["text"] = "new", ["flag"] = null }),
        });
        row = (await client.CallAsync(thing, "GetStreamEntry", new() { ["streamEntryId"] = id }))![0]!;
        row["text"]!.GetValue<string>().ShouldBe("new");
        row["v"]!.GetValue<double>().ShouldBe(1.5, "an absent field is kept");
        row["flag"].ShouldBeNull("null clears");
        row["source"]!.GetValue<string>().ShouldBe("Pump");

        await client.CallAsync(thing, "DeleteStreamEntry", new() { ["streamEntryId"] = id });
        (await client.CallAsync(thing, "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(0);
        (await client.TryAsync(HttpMethod.Post, $"{thing}/Services/DeleteStreamEntry", new JsonObject { ["streamEntryId"] = id })).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Queries_filter_first_and_limit_last(bool remote)
    {
        var (client, thing) = await StreamAsync(remote);
        var entries = Enumerable.Range(0, 100).Select(i => new JsonObject
        {
            ["timestamp"] = 1000 + i, ["source"] = i % 2 == 0 ? "even" : "odd", ["tags"] = i % 10 == 0 ? "T:ten" : "T:other",
            ["values"] = Tables.Of(Fields, new JsonObject { ["v"] = i, ["text"] = $"row {i}", ["flag"] = i % 3 == 0 }),
        });
        await client.CallAsync(thing, "AddStreamEntries", new()
        {
            ["values"] = Tables.Of([("timestamp", "DATETIME"), ("source", "STRING"), ("tags", "TAGS"), ("values", "INFOTABLE")], [.. entries]),
        });
        (await NumbersAsync(client, thing, "QueryStreamEntriesWithData", new() { ["maxItems"] = 3, ["source"] = "odd" })).ShouldBe([99, 97, 95]);
        (await NumbersAsync(client, thing, "QueryStreamData", new() { ["maxItems"] = 3, ["tags"] = "T:ten", ["oldestFirst"] = true })).ShouldBe([0, 10, 20]);
        (await NumbersAsync(client, thing, "QueryStreamData", new() { ["startDate"] = 1010, ["endDate"] = 1012, ["oldestFirst"] = true })).ShouldBe([10, 11, 12]);
        (await NumbersAsync(client, thing, "QueryStreamData", new()
        {
            ["maxItems"] = 2,
            ["query"] = JsonNode.Parse("""{"filters":{"type":"AND","filters":[{"type":"GT","fieldName":"v","value":50},{"type":"EQ","fieldName":"flag","value":true}]},"sorts":[{"fieldName":"v","isAscending":true}]}"""),
        })).ShouldBe([51, 54]);
        (await client.CallAsync(thing, "GetStreamData", new() { ["maxItems"] = 7 }))!.AsArray().Count.ShouldBe(7);
        (await client.CallAsync(thing, "GetStreamEntries"))!.AsArray()[0]!.AsObject().Select(cell => cell.Key).ShouldNotContain("v");
        (await client.CallAsync(thing, "QueryStreamEntries", new() { ["maxItems"] = 5, ["source"] = "even" }))!.AsArray().Count.ShouldBe(5);
        (await client.TryAsync(HttpMethod.Post, $"{thing}/Services/QueryStreamData", JsonNode.Parse("""{"query":{"filters":{"type":"EQ","fieldName":"nothing","value":1}}}""")))
            .ShouldSatisfyAllConditions(answer => answer.Status.ShouldBe(HttpStatusCode.BadRequest), answer => answer.Text.ShouldContain("nothing"));
        await client.CallAsync(thing, "PurgeStreamEntries", new() { ["startDate"] = 1000, ["endDate"] = 1049, ["immediate"] = true });
        (await client.CallAsync(thing, "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(50);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task A_time_that_the_caller_gave_is_a_key_and_one_that_a_server_gave_is_not(bool remote)
    {
        var (client, thing) = await StreamAsync(remote);
        var values = Tables.Of(Fields, new JsonObject { ["v"] = 1 });
        for (var i = 0; i < 3; i++)
            await client.CallAsync(thing, "AddStreamEntry", new() { ["values"] = values.DeepClone(), ["source"] = "same", ["timestamp"] = 5000 });
        (await client.CallAsync(thing, "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(1);
        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => client.CallAsync(thing, "AddStreamEntry", new() { ["values"] = values.DeepClone(), ["source"] = "same" })));
        (await client.CallAsync(thing, "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(51);
        await client.CallAsync(thing, "AddStreamEntries", new()
        {
            ["values"] = Tables.Of([("timestamp", "DATETIME"), ("source", "STRING"), ("values", "INFOTABLE")],
                new JsonObject { ["timestamp"] = 5000, ["source"] = "same", ["values"] = values.DeepClone() },
                new JsonObject { ["source"] = "same", ["values"] = values.DeepClone() },
                new JsonObject { ["source"] = "same", ["values"] = values.DeepClone() }),
        });
        (await client.CallAsync(thing, "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(53);
    }

    [Fact]
    public async Task Tags_of_sources_are_those_of_the_server_that_is_asked()
    {
        var (client, thing) = await StreamAsync(remote: true);
        var source = fixture.Fresh("Source");
        await client.MakeThingAsync(source, "GenericThing");
        await client.CallAsync($"Things/{source}", "SetTags", new() { ["tags"] = "Line:One" });
        foreach (var name in new[] { source, "Other" })
            await client.CallAsync(thing, "AddStreamEntry", new() { ["values"] = Tables.Of(Fields, new JsonObject { ["v"] = 1 }), ["source"] = name });
        var rows = (await client.CallAsync(thing, "QueryStreamEntries", new() { ["sourceTags"] = "Line:One" }))!.AsArray();
        rows.Select(row => row!["source"]!.GetValue<string>()).ShouldBe([source]);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task A_wrong_value_is_refused_by_name_and_nothing_is_written(bool remote)
    {
        var (client, thing) = await StreamAsync(remote);
        foreach (var (values, named) in new (JsonObject, string)[]
        {
            (Tables.Of([("v", "NUMBER")], new JsonObject { ["v"] = "warm" }), "v"),
            (Tables.Of([("v", "STRING")], new JsonObject { ["v"] = "warm" }), "v"),
            (Tables.Of([("v", "NUMBER")], new JsonObject { ["v"] = 1 }, new JsonObject { ["v"] = 2 }), "one row"),
        })
        {
            var (status, text) = await client.TryAsync(HttpMethod.Post, $"{thing}/Services/AddStreamEntry", new JsonObject { ["values"] = values });
            status.ShouldBe(HttpStatusCode.BadRequest);
            text.ShouldContain(named);
        }

        (await client.TryAsync(HttpMethod.Post, $"{thing}/Services/AddStreamEntry", new JsonObject())).Text.ShouldContain("values");
        (await client.CallAsync(thing, "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(0);
    }

    [Fact]
    public async Task Every_field_type_comes_back_through_the_link_as_it_went()
    {
        var name = fixture.Fresh("Types");
        (string, string)[] fields = [("l", "LONG"), ("t", "TIMESPAN"), ("v3", "VEC3"), ("code", "THINGCODE"), ("b", "BLOB"), ("j", "JSON"), ("n", "NUMBER"), ("tags", "TAGS"), ("x", "INFOTABLE"), ("d", "DATETIME")];
        fields[7] = ("labels", "TAGS");
        await fixture.Pair.MakeStreamAsync(name, fields);
        var row = new JsonObject
        {
            ["l"] = 9007199254740993, ["t"] = 1234, ["v3"] = "1,2,3", ["code"] = "7:9", ["b"] = "AAEC", ["j"] = JsonNode.Parse("""{"a":[1,"é"]}"""), ["n"] = "NaN",
            ["labels"] = "V:T", ["x"] = Tables.Of([("y", "NUMBER")], new JsonObject { ["y"] = 4 }), ["d"] = "2026-01-02T03:04:05.678Z",
        };
        await fixture.Pair.A.CallAsync($"Things/Remote{name}", "AddStreamEntry", new() { ["values"] = Tables.Of(fields, row) });
        var back = (await fixture.Pair.A.CallAsync($"Things/Remote{name}", "GetStreamEntriesWithData"))![0]!;
        back["l"]!.GetValue<long>().ShouldBe(9007199254740993);
        back["t"]!.GetValue<long>().ShouldBe(1234);
        back["v3"]!.GetValue<string>().ShouldBe("1,2,3");
        back["code"]!.GetValue<string>().ShouldBe("7:9");
        back["b"]!.GetValue<string>().ShouldBe("AAEC");
        back["j"]!["a"]![1]!.GetValue<string>().ShouldBe("é");
        back["n"]!.GetValue<string>().ShouldBe("NaN");
        back["labels"]![0]!["vocabularyTerm"]!.GetValue<string>().ShouldBe("T");
        back["x"]!["rows"]![0]!["y"]!.GetValue<int>().ShouldBe(4);
        back["d"]!.GetValue<long>().ShouldBe(DateTimeOffset.Parse("2026-01-02T03:04:05.678Z", null).ToUnixTimeMilliseconds());
    }

    [Fact]
    public async Task A_table_of_ten_thousand_rows_comes_whole_through_the_link()
    {
        var name = fixture.Fresh("Big");
        await fixture.Pair.MakeStreamAsync(name, ("v", "NUMBER"), ("text", "STRING"));
        for (var batch = 0; batch < 20; batch++)
        {
            var entries = Enumerable.Range(batch * 500, 500).Select(i => new JsonObject
            {
                ["timestamp"] = 1000 + i, ["source"] = "s", ["values"] = Tables.Of([("v", "NUMBER"), ("text", "STRING")], new JsonObject { ["v"] = i, ["text"] = $"row number {i}" }),
            });
            await fixture.Pair.A.CallAsync($"Things/Remote{name}", "AddStreamEntries", new()
            {
                ["values"] = Tables.Of([("timestamp", "DATETIME"), ("source", "STRING"), ("values", "INFOTABLE")], [.. entries]),
            });
        }

        var rows = (await fixture.Pair.A.CallAsync($"Things/Remote{name}", "GetStreamData", new() { ["maxItems"] = 20_000, ["oldestFirst"] = true }))!.AsArray();
        rows.Select(row => (int)row!["v"]!.GetValue<double>()).ShouldBe(Enumerable.Range(0, 10_000));
    }

    private static async Task<IEnumerable<int>> NumbersAsync(RestClient client, string thing, string service, JsonObject parameters) =>
        (await client.CallAsync(thing, service, parameters))!.AsArray().Select(row => (int)row!["v"]!.GetValue<double>());

    private async Task<(RestClient Client, string Thing)> StreamAsync(bool remote)
    {
        var name = fixture.Fresh("Stream");
        await fixture.Pair.MakeStreamAsync(name, Fields);
        return remote ? (fixture.Pair.A, $"Things/Remote{name}") : (fixture.Pair.B, $"Things/{name}");
    }
}
