using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Each service of a Blog (spec platform 2.7), on B and through A's RemoteBlog: the same answer.</summary>
public sealed class BlogServiceTests(PairFixture fixture)
{
    private RestClient _client = null!;
    private string _blog = "";

    public static TheoryData<bool> Ends => [false, true];

    [Theory, MemberData(nameof(Ends))]
    public async Task An_entry_is_added_read_changed_and_deleted(bool remote)
    {
        await BlogAsync(remote);
        var id = await TextAsync("AddBlogEntry", new()
        {
            ["title"] = "Héllo 😀", ["content"] = "<p>First &amp; last</p>", ["source"] = "Pump", ["timestamp"] = 1000, ["tags"] = "Plant:North;Plant:South",
            ["location"] = new JsonObject { ["latitude"] = 1, ["longitude"] = 2, ["elevation"] = 3 },
        });
        var row = await OneAsync("GetBlogEntry", id);
        row["id"]!.GetValue<string>().ShouldBe(id);
        row["entryId"]!.GetValue<string>().ShouldBe(id);
        row["type"]!.GetValue<string>().ShouldBe("BlogEntry");
        row["title"]!.GetValue<string>().ShouldBe("Héllo 😀");
        row["content"]!.GetValue<string>().ShouldBe("<p>First &amp; last</p>");
        row["source"]!.GetValue<string>().ShouldBe("Pump");
        row["timestamp"]!.GetValue<long>().ShouldBe(1000);
        row["tags"]!.AsArray().Count.ShouldBe(2);
        row["location"]!["longitude"]!.GetValue<double>().ShouldBe(2);
        row["isSticky"]!.GetValue<bool>().ShouldBeFalse();

        await CallAsync("UpdateBlogEntry", new() { ["blogEntryId"] = id, ["title"] = "Changed", ["timestamp"] = 2000 });
        row = await OneAsync("GetBlogEntry", id);
        row["title"]!.GetValue<string>().ShouldBe("Changed");
        row["content"]!.GetValue<string>().ShouldBe("<p>First &amp; last</p>");
        row["timestamp"]!.GetValue<long>().ShouldBe(2000);
        row["lastUpdated"]!.GetValue<long>().ShouldBeGreaterThan(2000);

        await CallAsync("DeleteBlogEntry", new() { ["blogEntryId"] = id });
        var (status, text) = await _client.TryAsync(HttpMethod.Post, $"{_blog}/Services/GetBlogEntry", new JsonObject { ["blogEntryId"] = id });
        status.ShouldBe(HttpStatusCode.NotFound);
        text.ShouldContain(id);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Comments_answer_one_another(bool remote)
    {
        await BlogAsync(remote);
        var id = await AddAsync("Entry");
        var first = await TextAsync("AddComment", new() { ["blogEntryId"] = id, ["blogCommentId"] = "", ["content"] = "first", ["source"] = "ann", ["timestamp"] = 5 });
        var second = await TextAsync("AddComment", new() { ["blogEntryId"] = id, ["blogCommentId"] = first, ["content"] = "second" });
        var third = await TextAsync("AddComment", new() { ["blogEntryId"] = id, ["blogCommentId"] = second, ["content"] = "third" });

        Column(await RowsAsync("GetComments", new() { ["blogEntryId"] = id }), "parentId").ShouldBe(["", first, second]);
        await CallAsync("UpdateComment", new() { ["blogCommentId"] = first, ["content"] = "better" });
        var comment = (await RowsAsync("GetComment", new() { ["blogCommentId"] = first }))[0]!;
        (comment["content"]!.GetValue<string>(), comment["source"]!.GetValue<string>(), comment["timestamp"]!.GetValue<long>()).ShouldBe(("better", "ann", 5));
        await CallAsync("DeleteComment", new() { ["blogCommentId"] = second });
        var entry = await OneAsync("GetBlogEntryWithComments", id);
        entry["count"]!.GetValue<int>().ShouldBe(2);
        Column(entry["comments"]!["rows"]!.AsArray(), "id").ShouldBe([first, third]);
        Column(entry["comments"]!["rows"]!.AsArray(), "parentId").ShouldBe(["", first]);
        (await OneAsync("GetBlogEntry", id))["comments"].ShouldBeNull();
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Entries_are_ordered_and_found(bool remote)
    {
        await BlogAsync(remote);
        var ids = new Dictionary<string, string>();
        foreach (var (title, i) in new[] { "alpha", "beta", "gamma", "delta" }.Select((title, i) => (title, i)))
            ids[title] = await AddAsync(title, $"<p>The {title}betic <i>letter</i> {i}</p>", i % 2 == 0 ? "even" : "odd", 1000 + i, i == 3 ? "V:last;V:any" : "V:any");
        (await TextAsync("RateContent", new() { ["entryId"] = ids["beta"], ["rating"] = 4 })).ShouldBe("4");
        await CallAsync("AddComment", new() { ["blogEntryId"] = ids["alpha"], ["content"] = "c" });

        (await TitlesAsync("GetBlogEntries", new())).ShouldBe(["delta", "gamma", "beta", "alpha"]);
        (await TitlesAsync("GetBlogEntries", new() { ["maxItems"] = 1, ["sortOrder"] = "HighestRated" })).ShouldBe(["beta"]);
        (await TitlesAsync("GetBlogEntriesWithComments", new() { ["maxItems"] = 1, ["sortOrder"] = "MostActive" })).ShouldBe(["alpha"]);
        foreach (var with in new[] { "", "WithComments" })
        {
            (await TitlesAsync($"QueryBlogEntries{with}", new() { ["source"] = "odd" })).ShouldBe(["delta", "beta"]);
            (await TitlesAsync($"QueryBlogEntries{with}", new() { ["tags"] = "V:last" })).ShouldBe(["delta"]);
            (await TitlesAsync($"QueryBlogEntries{with}", new() { ["startDate"] = 1001, ["endDate"] = 1002 })).ShouldBe(["gamma", "beta"]);
            (await TitlesAsync($"SearchBlogEntries{with}", new() { ["searchExpression"] = "letter" })).Length.ShouldBe(4);
            (await TitlesAsync($"SearchBlogEntries{with}", new() { ["searchExpression"] = "alpha* letter", ["source"] = "even" })).ShouldBe(["alpha"]);
            (await TitlesAsync($"SearchBlogEntries{with}", new() { ["searchExpression"] = "\"letter OR (" })).ShouldBeEmpty();
        }

        await CallAsync("SetStickyStatus", new() { ["blogEntryId"] = ids["alpha"], ["isSticky"] = true });
        (await TitlesAsync("GetBlogEntries", new() { ["sortOrder"] = "HighestRated" })).ShouldBe(["alpha", "beta", "delta", "gamma"]);
        var (status, text) = await _client.TryAsync(HttpMethod.Post, $"{_blog}/Services/GetBlogEntries", new JsonObject { ["sortOrder"] = "Best" });
        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("Newest, HighestRated or MostActive");
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Days_are_counted_and_periods_purged(bool remote)
    {
        await BlogAsync(remote);
        const long day = 86_400_000;
        foreach (var time in new[] { 1, 2, day, (2 * day) + 5 })
            await AddAsync($"{time}", time: time);

        (await RowsAsync("GetBlogActivityHistory", new())).Select(row => (row!["timestamp"]!.GetValue<long>(), row["count"]!.GetValue<int>()))
            .ShouldBe([(2 * day, 1), (day, 1), (0, 2)]);
        await CallAsync("PurgeBlogEntries", new() { ["startDate"] = 2, ["endDate"] = day });
        (await TitlesAsync("GetBlogEntries", new())).ShouldBe([$"{(2 * day) + 5}", "1"]);
        await CallAsync("PurgeBlogEntries", new());
        (await TitlesAsync("GetBlogEntries", new())).ShouldBeEmpty();
    }

    [Fact]
    public async Task Tags_of_sources_are_those_of_the_server_that_is_asked()
    {
        await BlogAsync(remote: true);
        var source = fixture.Fresh("Source");
        await _client.MakeThingAsync(source, "GenericThing");
        await _client.CallAsync($"Things/{source}", "SetTags", new() { ["tags"] = "Line:Blog" });
        await AddAsync("one", source: source);
        await AddAsync("two", source: "other");

        (await TitlesAsync("QueryBlogEntries", new() { ["sourceTags"] = "Line:Blog" })).ShouldBe(["one"]);
        (await TitlesAsync("SearchBlogEntries", new() { ["searchExpression"] = "two", ["sourceTags"] = "Line:Blog" })).ShouldBeEmpty();
        (await TitlesAsync("QueryBlogEntries", new() { ["sourceTags"] = "Line:Nothing" })).ShouldBeEmpty();
        (await RowsAsync("QueryBlogEntries", new() { ["source"] = source }))[0]!["sourceType"]!.GetValue<string>().ShouldBe("Thing", "A knows the source, B does not");
    }

    private Task<string> AddAsync(string title, string content = "", string source = "", long time = 1, string tags = "") => TextAsync("AddBlogEntry", new()
    {
        ["title"] = title, ["content"] = content, ["source"] = source, ["timestamp"] = time, ["tags"] = tags,
    });

    private Task<JsonNode?> CallAsync(string service, JsonObject parameters) => _client.CallAsync(_blog, service, parameters);

    private async Task<string> TextAsync(string service, JsonObject parameters) => (await CallAsync(service, parameters))!.ToString();

    private async Task<JsonArray> RowsAsync(string service, JsonObject parameters) => (await CallAsync(service, parameters))!.AsArray();

    private async Task<JsonNode> OneAsync(string service, string id) => (await RowsAsync(service, new() { ["blogEntryId"] = id }))[0]!;

    private async Task<string[]> TitlesAsync(string service, JsonObject parameters) => Column(await RowsAsync(service, parameters), "title");

    private static string[] Column(JsonArray rows, string field) => [.. rows.Select(row => row![field]!.GetValue<string>())];

    private async Task BlogAsync(bool remote)
    {
        var name = fixture.Fresh("Blog");
        await fixture.Pair.MakeKindAsync("Blog", name);
        (_client, _blog) = remote ? (fixture.Pair.A, $"Things/Remote{name}") : (fixture.Pair.B, $"Things/{name}");
    }
}
