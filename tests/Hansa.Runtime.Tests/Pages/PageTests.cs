using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Pages;

/// <summary>Wikis and blogs as Things: events, rights, times, sources, restart, deletion.</summary>
public sealed class PageTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeThingAsync("Handbook", "Wiki");
        await _platform.MakeThingAsync("News", "Blog");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Each_change_fires_its_event_with_id_and_type_after_the_commit()
    {
        await _platform.MakeThingAsync("Watcher");
        await _platform.AddPropertyAsync("Watcher", "seen", BaseType.STRING, ("defaultValue", ";"));
        await _platform.EditAsync("Watcher", thing => thing with
        {
            Subscriptions = [.. new[] { "Add", "Update", "Delete", "CommentAdd" }.Select(name => new SubscriptionDefinition($"On{name}", name, "News", "",
                "me.seen = me.seen + eventName + ' ' + eventData.type + ' ' + eventData.id + ' ' + Things['News'].GetBlogEntries().rows.length + ';';"))],
        });

        var entry = await BlogAsync("AddBlogEntry", ("title", "Hello"));
        await HeardAsync($";Add BlogEntry {entry} 1;");
        var comment = await BlogAsync("AddComment", ("blogEntryId", entry), ("content", "Hi"));
        await HeardAsync($"CommentAdd Comment {comment} 1;");
        await BlogAsync("SetStickyStatus", ("blogEntryId", entry), ("isSticky", true));
        await HeardAsync($"Update BlogEntry {entry} 1;");
        await BlogAsync("UpdateComment", ("blogCommentId", comment), ("content", "Ho"));
        await HeardAsync($"Update Comment {comment} 1;");
        await BlogAsync("DeleteComment", ("blogCommentId", comment));
        await HeardAsync($"Delete Comment {comment} 1;");
        await BlogAsync("DeleteBlogEntry", ("blogEntryId", entry));
        await HeardAsync($"Delete BlogEntry {entry} 0;");
    }

    [Fact]
    public async Task A_title_that_is_there_is_an_update_and_a_refused_change_fires_nothing()
    {
        await _platform.MakeThingAsync("Watcher");
        await _platform.AddPropertyAsync("Watcher", "seen", BaseType.STRING, ("defaultValue", ";"));
        await _platform.EditAsync("Watcher", thing => thing with
        {
            Subscriptions = [.. new[] { "Add", "Update", "Delete" }.Select(name => new SubscriptionDefinition($"On{name}", name, "Handbook", "", "me.seen = me.seen + eventName + ';';"))],
        });
        var id = await WikiAsync("AddOrUpdateWikiPage", ("title", "Start"), ("content", "one"));
        await HeardAsync(";Add;");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Handbook", "DeleteWikiPage", ("wikiPageId", "999"))).Code.ShouldBe(ErrorCode.NotFound);
        (await WikiAsync("AddOrUpdateWikiPage", ("title", "Start"), ("content", "two"))).ShouldBe(id);
        await HeardAsync(";Add;Update;");
    }

    [Fact]
    public async Task Who_may_not_see_it_learns_nothing_and_who_may_not_invoke_it_is_refused()
    {
        await _platform.MakeUserAsync("ann");
        (await _platform.RefusedAsync("ann", "Things/Handbook", "GetWikiPages")).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync("Things/Handbook");
        (await _platform.RefusedAsync("ann", "Things/Handbook", "GetWikiPages")).Code.ShouldBe(ErrorCode.Forbidden);
        await _platform.AllowAsync("Things/Handbook", "ann", Permission.ServiceInvoke);
        await _platform.InvokeAsync("ann", "Things/Handbook", "AddWikiPage", ("title", "Mine"));
        (await _platform.RefusedAsync("ann", "Things/Handbook", "SetPersistenceProvider", ("name", "x"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task Each_user_has_one_vote_from_one_to_five()
    {
        foreach (var user in new[] { "ann", "bob" })
        {
            await _platform.MakeUserAsync(user);
            await _platform.AllowAsync("Things/News", user, Permission.ServiceInvoke);
        }

        await _platform.ShowAsync("Things/News");
        var entry = await BlogAsync("AddBlogEntry", ("title", "Hello"));
        (await RateAsync("ann", 2)).ShouldBe(2);
        (await RateAsync("bob", 5)).ShouldBe(3.5);
        (await RateAsync("ann", 4)).ShouldBe(4.5);
        foreach (var wrong in new[] { 0, 0.99, 5.01, double.NaN, -1 })
            (await _platform.RefusedAsync("ann", "Things/News", "RateContent", ("entryId", entry), ("rating", wrong))).Message.ShouldContain("1 to 5");

        async Task<double> RateAsync(string user, double rating) =>
            (await _platform.InvokeAsync(user, "Things/News", "RateContent", ("entryId", entry), ("rating", rating))).AsNumber();
    }

    [Fact]
    public async Task A_time_that_is_missing_is_now_and_a_source_that_is_missing_is_empty()
    {
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        var plain = await BlogAsync("AddBlogEntry", ("title", "plain"));
        var full = await BlogAsync("AddBlogEntry", ("title", "full"), ("source", "News"), ("timestamp", DateTimeOffset.FromUnixTimeMilliseconds(5)));

        var row = await EntryAsync(plain);
        (row[0, "timestamp"].AsLong(), row[0, "source"].ToString(), row[0, "sourceType"].ToString()).ShouldBe((now, "", ""));
        row = await EntryAsync(full);
        (row[0, "timestamp"].AsLong(), row[0, "source"].ToString(), row[0, "sourceType"].ToString()).ShouldBe((5, "News", "Thing"));

        _time.Advance(TimeSpan.FromSeconds(3));
        await BlogAsync("UpdateBlogEntry", ("blogEntryId", full), ("source", "somebody"));
        row = await EntryAsync(full);
        (row[0, "timestamp"].AsLong(), row[0, "lastUpdated"].AsLong(), row[0, "sourceType"].ToString()).ShouldBe((5, now + 3000, ""));
        (row[0, "title"].ToString(), row[0, "isSticky"].AsBoolean()).ShouldBe(("full", false));
    }

    [Fact]
    public async Task Tags_of_sources_find_what_they_wrote()
    {
        await _platform.MakeThingAsync("Pump; 1 %");
        await _platform.CallAsync("Things/Pump; 1 %", "SetTags", ("tags", "Line:One"));
        await BlogAsync("AddBlogEntry", ("title", "by pump"), ("source", "Pump; 1 %"));
        await BlogAsync("AddBlogEntry", ("title", "by nobody"));

        (await FoundAsync(("sourceTags", "Line:One"))).ShouldBe(["by pump"]);
        (await FoundAsync(("sourceTags", "Line:Two"))).ShouldBeEmpty();
        (await FoundAsync(("sourceTags", "Line:One"), ("source", "News"))).ShouldBeEmpty();
        (await FoundAsync(("sourceTags", "Line:One"), ("source", "Pump; 1 %"))).ShouldBe(["by pump"]);
        (await FoundAsync()).ShouldBe(["by nobody", "by pump"]);

        async Task<IEnumerable<string>> FoundAsync(params (string, object?)[] filter) => (await _platform.CallAsync("Things/News", "QueryBlogEntries", filter)).Column("title");
    }

    [Fact]
    public async Task A_proxy_sends_the_sources_that_its_own_server_knows()
    {
        await _platform.MakeThingAsync("Pump");
        await _platform.CallAsync("Things/Pump", "SetTags", ("tags", "Line:One"));
        await _platform.MakeThingAsync("RemoteNews", "RemoteBlog");
        var remote = _platform.Endpoints.Bind("RemoteNews");
        remote.Answer = InfoTable.Empty;

        await _platform.CallAsync("Things/RemoteNews", "QueryBlogEntries", ("sourceTags", "Line:One"));
        await _platform.CallAsync("Things/RemoteNews", "AddBlogEntry", ("title", "x"), ("source", "Pump"));

        remote.Calls[0].Parameters![0, "sourceTags"].ToString().ShouldBe("=:Pump");
        (remote.Calls[1].Parameters![0, "sourceType"].ToString(), remote.Calls[1].Parameters![0, "timestamp"].AsDateTime()).ShouldBe(("Thing", _time.GetUtcNow()));
        remote.Calls[1].Kind.ShouldBe(CallKind.KeptWrite);
    }

    [Theory]
    [InlineData("News", "GetBlogEntries", "sortOrder", "Oldest", "Newest, HighestRated or MostActive")]
    [InlineData("News", "GetBlogEntries", "maxItems", "-1", "maxItems")]
    [InlineData("News", "GetBlogEntry", "blogEntryId", "x7", "'x7'")]
    [InlineData("News", "GetBlogEntry", "blogEntryId", "-7", "'-7'")]
    [InlineData("News", "GetBlogEntry", "blogEntryId", "99999999999999999999", "blog entry")]
    [InlineData("News", "GetComment", "blogCommentId", "", "comment")]
    [InlineData("News", "SearchBlogEntries", "searchExpression", "( )", "searchExpression")]
    [InlineData("Handbook", "SearchWikiPages", "searchExpression", "", "searchExpression")]
    [InlineData("Handbook", "GetWikiPage", "wikiPageId", "Start", "wiki page")]
    [InlineData("Handbook", "AddWikiPage", "content", "x", "title")]
    public async Task A_wrong_value_is_refused_by_name(string thing, string service, string parameter, string value, string named)
    {
        var error = await _platform.RefusedAsync(TestPlatform.Administrator, $"Things/{thing}", service, (parameter, value));
        error.Code.ShouldBe(ErrorCode.BadRequest);
        error.Message.ShouldContain(named);
    }

    [Fact]
    public async Task All_is_there_after_a_restart_and_gone_with_the_Thing()
    {
        var top = await WikiAsync("AddWikiPage", ("title", "Top"), ("content", "<p>text</p>"));
        var child = await WikiAsync("AddWikiPage", ("title", "Child"), ("parentWikiPageId", top));
        await WikiAsync("AddComment", ("wikiPageId", top), ("content", "said"));
        await WikiAsync("RateContent", ("entryId", top), ("rating", 4));

        await _platform.RestartAsync();

        var row = (await _platform.CallAsync("Things/Handbook", "GetWikiPageWithComments", ("wikiPageId", top))).AsTable()!;
        (row[0, "content"].ToString(), row[0, "count"].AsLong(), row[0, "ratingAverage"].AsNumber()).ShouldBe(("<p>text</p>", 1, 4));
        row[0, "comments"].Column("content").ShouldBe(["said"]);
        (await WikiAsync("GetParentWikiPage", ("wikiPageId", child))).ShouldBe(top);
        (await _platform.CallAsync("Things/Handbook", "SearchWikiPages", ("searchExpression", "text"))).Column("title").ShouldBe(["Top"]);

        await _platform.CallAsync("Resources/EntityServices", "DeleteThing", ("name", "Handbook"));
        await _platform.MakeThingAsync("Handbook", "Wiki");
        (await _platform.CallAsync("Things/Handbook", "GetWikiPages")).AsTable()!.RowCount.ShouldBe(0);
        (await _platform.CallAsync("Things/Handbook", "GetWikiHistory")).AsTable()!.RowCount.ShouldBe(0);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Handbook", "GetWikiPage", ("wikiPageId", top))).Code.ShouldBe(ErrorCode.NotFound);
        long.Parse(await WikiAsync("AddWikiPage", ("title", "New")), null).ShouldBeGreaterThan(long.Parse(child, null));
    }

    [Fact]
    public async Task Callers_at_once_lose_nothing_and_count_right()
    {
        var entry = await BlogAsync("AddBlogEntry", ("title", "Busy"));
        var ids = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => BlogAsync("AddComment", ("blogEntryId", entry), ("content", $"{i}"))));

        ids.Distinct().Count().ShouldBe(100);
        (await EntryAsync(entry))[0, "count"].AsLong().ShouldBe(100);
    }

    private async Task<string> BlogAsync(string service, params (string, object?)[] arguments) => (await _platform.CallAsync("Things/News", service, arguments)).ToString();

    private async Task<string> WikiAsync(string service, params (string, object?)[] arguments) => (await _platform.CallAsync("Things/Handbook", service, arguments)).ToString();

    private async Task<InfoTable> EntryAsync(string id) => (await _platform.CallAsync("Things/News", "GetBlogEntry", ("blogEntryId", id))).AsTable()!;

    private Task HeardAsync(string text) =>
        Until.TrueAsync(async () => (await _platform.ReadAsync("Watcher", "seen")).ToString().EndsWith(text, StringComparison.Ordinal), text);
}
