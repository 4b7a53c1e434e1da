using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Each service of a Wiki (spec platform 2.8), on B and through A's RemoteWiki: the same answer.</summary>
public sealed class WikiServiceTests(PairFixture fixture)
{
    private RestClient _client = null!;
    private string _wiki = "";

    public static TheoryData<bool> Ends => [false, true];

    [Theory, MemberData(nameof(Ends))]
    public async Task A_page_is_added_read_changed_and_deleted(bool remote)
    {
        await WikiAsync(remote);
        var top = await TextAsync("AddWikiPage", new()
        {
            ["parentWikiPageId"] = "", ["title"] = "Töp", ["content"] = "<h1>Tide &amp; time</h1>", ["source"] = "Pump", ["timestamp"] = 1000, ["tags"] = "V:T",
            ["location"] = new JsonObject { ["latitude"] = 1, ["longitude"] = 2, ["elevation"] = 3 },
        });
        var row = await OneAsync(top);
        (row["id"]!.GetValue<string>(), row["entryId"]!.GetValue<string>(), row["parentId"]!.GetValue<string>(), row["type"]!.GetValue<string>()).ShouldBe((top, top, "", "WikiPage"));
        (row["title"]!.GetValue<string>(), row["content"]!.GetValue<string>(), row["timestamp"]!.GetValue<long>()).ShouldBe(("Töp", "<h1>Tide &amp; time</h1>", 1000));
        row["tags"]![0]!["vocabularyTerm"]!.GetValue<string>().ShouldBe("T");
        row["location"]!["latitude"]!.GetValue<double>().ShouldBe(1);
        row["comments"].ShouldBeNull();

        (await TextAsync("UpdateWikiPage", new() { ["wikiPageId"] = top, ["content"] = "new", ["timestamp"] = 2000 })).ShouldBe(top);
        row = await OneAsync(top);
        (row["title"]!.GetValue<string>(), row["content"]!.GetValue<string>(), row["timestamp"]!.GetValue<long>()).ShouldBe(("Töp", "new", 2000));
        (await TextAsync("AddOrUpdateWikiPage", new() { ["parentWikiPageId"] = "", ["title"] = "Töp", ["content"] = "newer" })).ShouldBe(top);
        (await TextAsync("AddOrUpdateWikiPage", new() { ["parentWikiPageId"] = top, ["title"] = "Töp" })).ShouldNotBe(top);

        var history = await RowsAsync("GetWikiPageHistory", new() { ["wikiPageId"] = top, ["maxItems"] = 10 });
        Column(history, "content").ShouldBe(["newer", "new", "<h1>Tide &amp; time</h1>"]);
        Column(history, "type").ShouldBe(["Update", "Update", "Add"]);
        Column(history, "entryId").ShouldAllBe(id => id == top);
        (await RowsAsync("GetWikiHistory", new() { ["maxItems"] = 100 })).Count.ShouldBe(4);
        (await RowsAsync("GetWikiHistory", new() { ["maxItems"] = 1 })).Count.ShouldBe(1);

        await CallAsync("DeleteWikiPage", new() { ["wikiPageId"] = top });
        (await _client.TryAsync(HttpMethod.Post, $"{_wiki}/Services/GetWikiPage", new JsonObject { ["wikiPageId"] = top })).Status.ShouldBe(HttpStatusCode.NotFound);
        await CallAsync("PurgeWikiPages", new());
        (await RowsAsync("GetWikiPages", new())).ShouldBeEmpty();
        (await RowsAsync("GetWikiHistory", new())).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Pages_are_a_tree(bool remote)
    {
        await WikiAsync(remote);
        var top = await AddAsync("top");
        var middle = await AddAsync("middle", top);
        var (b, a) = (await AddAsync("b", middle), await AddAsync("A", middle));

        (await TextAsync("GetParentWikiPage", new() { ["wikiPageId"] = middle })).ShouldBe(top);
        (await TextAsync("GetParentWikiPage", new() { ["wikiPageId"] = top })).ShouldBe("");
        foreach (var with in new[] { "", "WithComments" })
        {
            (await TitlesAsync($"GetChildWikiPages{with}", new() { ["parentWikiPageId"] = middle })).ShouldBe(["A", "b"]);
            (await TitlesAsync($"GetChildWikiPages{with}", new() { ["parentWikiPageId"] = "" })).ShouldBe(["top"]);
            (await TitlesAsync($"GetChildWikiPages{with}", new() { ["parentWikiPageId"] = middle, ["maxItems"] = 1 })).ShouldBe(["A"]);
        }

        var (status, text) = await _client.TryAsync(HttpMethod.Post, $"{_wiki}/Services/UpdateWikiPage", new JsonObject { ["wikiPageId"] = top, ["parentWikiPageId"] = b });
        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("below");
        await CallAsync("UpdateWikiPage", new() { ["wikiPageId"] = a, ["parentWikiPageId"] = "" });
        (await TitlesAsync("GetChildWikiPages", new())).ShouldBe(["A", "top"]);
        await CallAsync("DeleteWikiPage", new() { ["wikiPageId"] = middle });
        (await TextAsync("GetParentWikiPage", new() { ["wikiPageId"] = b })).ShouldBe(top);
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Comments_and_ratings_belong_to_their_page(bool remote)
    {
        await WikiAsync(remote);
        var page = await AddAsync("page");
        var first = await TextAsync("AddComment", new() { ["wikiPageId"] = page, ["wikiCommentId"] = "", ["content"] = "first" });
        var second = await TextAsync("AddComment", new() { ["wikiPageId"] = page, ["wikiCommentId"] = first, ["content"] = "second" });
        await CallAsync("UpdateComment", new() { ["wikiCommentId"] = second, ["content"] = "better" });
        (await TextAsync("RateContent", new() { ["entryId"] = page, ["rating"] = 3 })).ShouldBe("3");
        (await TextAsync("RateContent", new() { ["entryId"] = page, ["rating"] = 5 })).ShouldBe("5", "one vote a user");
        (await TextAsync("RateContent", new() { ["entryId"] = second, ["rating"] = 2 })).ShouldBe("2");

        Column(await RowsAsync("GetComments", new() { ["wikiPageId"] = page }), "content").ShouldBe(["first", "better"]);
        (await RowsAsync("GetComment", new() { ["wikiCommentId"] = second }))[0]!["ratingAverage"]!.GetValue<double>().ShouldBe(2);
        var row = (await RowsAsync("GetWikiPageWithComments", new() { ["wikiPageId"] = page }))[0]!;
        (row["count"]!.GetValue<int>(), row["ratingCount"]!.GetValue<int>()).ShouldBe((2, 1));
        Column(row["comments"]!["rows"]!.AsArray(), "entryId").ShouldBe([page, page]);
        await CallAsync("DeleteComment", new() { ["wikiCommentId"] = first });
        var left = (await RowsAsync("GetWikiPagesWithComments", new()))[0]!["comments"]!["rows"]!.AsArray();
        Column(left, "parentId").ShouldBe([""]);
        (await _client.TryAsync(HttpMethod.Post, $"{_wiki}/Services/RateContent", new JsonObject { ["entryId"] = page, ["rating"] = 6 })).Text.ShouldContain("1 to 5");
    }

    [Theory, MemberData(nameof(Ends))]
    public async Task Pages_are_listed_and_found(bool remote)
    {
        await WikiAsync(remote);
        foreach (var (title, i) in new[] { "crane", "anchor", "berth" }.Select((title, i) => (title, i)))
            await AddAsync(title, null, $"<p>All about the {title}s</p>", i == 0 ? "ann" : "bob", 1000 + i, i == 2 ? "V:new" : "V:old");

        (await TitlesAsync("GetWikiPages", new() { ["maxItems"] = 2 })).ShouldBe(["berth", "anchor"]);
        (await TitlesAsync("GetWikiPageTitles", new())).ShouldBe(["anchor", "berth", "crane"]);
        (await TitlesAsync("QueryWikiPageTitles", new() { ["tags"] = "V:old", ["startDate"] = 1001 })).ShouldBe(["anchor"]);
        foreach (var with in new[] { "", "WithComments" })
        {
            (await TitlesAsync($"QueryWikiPages{with}", new() { ["source"] = "bob", ["endDate"] = 1001 })).ShouldBe(["anchor"]);
            (await TitlesAsync($"SearchWikiPages{with}", new() { ["searchExpression"] = "about crane*" })).ShouldBe(["crane"]);
            (await TitlesAsync($"SearchWikiPages{with}", new() { ["searchExpression"] = "about", ["tags"] = "V:new" })).ShouldBe(["berth"]);
            foreach (var service in new[] { $"QueryWikiPages{with}", $"SearchWikiPages{with}" })
            {
                var row = (await RowsAsync(service, new() { ["searchExpression"] = "about", ["withContent"] = false }))[0]!;
                row["content"].ShouldBeNull();
                row["title"]!.GetValue<string>().ShouldBe("berth");
            }
        }
    }

    private Task<string> AddAsync(string title, string? parent = null, string content = "", string source = "", long time = 1, string tags = "") => TextAsync("AddWikiPage", new()
    {
        ["parentWikiPageId"] = parent, ["title"] = title, ["content"] = content, ["source"] = source, ["timestamp"] = time, ["tags"] = tags,
    });

    private Task<JsonNode?> CallAsync(string service, JsonObject parameters) => _client.CallAsync(_wiki, service, parameters);

    private async Task<string> TextAsync(string service, JsonObject parameters) => (await CallAsync(service, parameters))!.ToString();

    private async Task<JsonArray> RowsAsync(string service, JsonObject parameters) => (await CallAsync(service, parameters))!.AsArray();

    private async Task<JsonNode> OneAsync(string id) => (await RowsAsync("GetWikiPage", new() { ["wikiPageId"] = id }))[0]!;

    private async Task<string[]> TitlesAsync(string service, JsonObject parameters) => Column(await RowsAsync(service, parameters), "title");

    private static string[] Column(JsonArray rows, string field) => [.. rows.Select(row => row![field]!.GetValue<string>())];

    private async Task WikiAsync(bool remote)
    {
        var name = fixture.Fresh("Wiki");
        await fixture.Pair.MakeKindAsync("Wiki", name);
        (_client, _wiki) = remote ? (fixture.Pair.A, $"Things/Remote{name}") : (fixture.Pair.B, $"Things/{name}");
    }
}
