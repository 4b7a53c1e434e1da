using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>What every store of wikis and blogs must do.</summary>
public abstract class PageStoreContract : StorageContract
{
    private static readonly DataShape Shape = DataShape.Of(
        ("id", BaseType.STRING), ("entryId", BaseType.STRING), ("parentId", BaseType.STRING), ("type", BaseType.STRING), ("title", BaseType.STRING),
        ("content", BaseType.STRING), ("source", BaseType.STRING), ("sourceType", BaseType.STRING), ("timestamp", BaseType.DATETIME),
        ("lastUpdated", BaseType.DATETIME), ("location", BaseType.LOCATION), ("tags", BaseType.TAGS), ("isSticky", BaseType.BOOLEAN),
        ("count", BaseType.INTEGER), ("ratingAverage", BaseType.NUMBER), ("ratingCount", BaseType.INTEGER), ("comments", BaseType.INFOTABLE));

    private static readonly DataShape Days = DataShape.Of(("timestamp", BaseType.DATETIME), ("count", BaseType.INTEGER));

    private Guid _site;

    private IPageStore Pages => Storage.Pages;

    [Fact]
    public async Task A_page_comes_back_as_it_went_also_after_a_restart()
    {
        await NewSiteAsync();
        const string html = "<p>Größe &amp; <b>Maß</b> 😀\0</p>";
        var id = await Pages.AddAsync(_site, Page("Tïtle", html, time: -5) with
        {
            Source = "Pump", SourceType = "Thing", Tags = "V:T;W:U", Location = new(1, 2, 3),
        }, Token);

        await RestartAsync();

        var row = await OneAsync(id);
        row[0, "id"].ToString().ShouldBe($"{id}");
        row[0, "entryId"].ToString().ShouldBe($"{id}");
        row[0, "parentId"].ToString().ShouldBe("");
        row[0, "type"].ToString().ShouldBe("WikiPage");
        row[0, "title"].ToString().ShouldBe("Tïtle");
        row[0, "content"].ToString().ShouldBe(html);
        row[0, "source"].ToString().ShouldBe("Pump");
        row[0, "sourceType"].ToString().ShouldBe("Thing");
        row[0, "timestamp"].AsLong().ShouldBe(-5);
        row[0, "lastUpdated"].AsLong().ShouldBe(-5);
        row[0, "location"].AsLocation().ShouldBe(new(1, 2, 3));
        row[0, "tags"].ToString().ShouldBe("V:T;W:U");
        row[0, "isSticky"].ShouldBe(Value.Boolean(false));
        row[0, "count"].AsLong().ShouldBe(0);
        row[0, "ratingAverage"].AsNumber().ShouldBe(0);
        row[0, "comments"].IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task A_change_keeps_what_it_does_not_name()
    {
        await NewSiteAsync();
        var id = await Pages.AddAsync(_site, Page("Title", "text", 1) with { Source = "Pump", Tags = "V:T", Location = new(1, 2, 3) }, Token);

        await Pages.UpdateAsync(_site, PageKind.WikiPage, id, new(9) { Content = "other" }, Token);

        var row = await OneAsync(id);
        row[0, "title"].ToString().ShouldBe("Title");
        row[0, "content"].ToString().ShouldBe("other");
        row[0, "source"].ToString().ShouldBe("Pump");
        row[0, "tags"].ToString().ShouldBe("V:T");
        row[0, "location"].AsLocation().ShouldBe(new(1, 2, 3));
        row[0, "timestamp"].AsLong().ShouldBe(1);
        row[0, "lastUpdated"].AsLong().ShouldBe(9);
        (await FoundAsync("text")).ShouldBeEmpty();
        (await FoundAsync("title other")).ShouldBe(["Title"]);
    }

    [Fact]
    public async Task An_id_never_comes_again_not_even_the_last_one_after_a_restart()
    {
        await NewSiteAsync();
        var last = await Pages.AddAsync(_site, Page("A"), Token);
        await Pages.DeleteAsync(_site, PageKind.WikiPage, last, 1, Token);
        await RestartAsync();

        (await Pages.AddAsync(_site, Page("B"), Token)).ShouldBeGreaterThan(last);
    }

    [Fact]
    public async Task Another_site_knows_nothing_of_a_page()
    {
        await NewSiteAsync();
        var id = await Pages.AddAsync(_site, Page("Secret", "treasure"), Token);
        await NewSiteAsync();

        (await TitlesAsync()).ShouldBeEmpty();
        (await FoundAsync("treasure")).ShouldBeEmpty();
        (await Pages.ActivityAsync(_site, Days, Token)).RowCount.ShouldBe(0);
        foreach (var attempt in (Func<Task>[])
        [
            () => OneAsync(id), () => Pages.AddAsync(_site, Page("Child") with { Parent = id }, Token), () => Pages.AddAsync(_site, Comment(id), Token),
            () => Pages.UpdateAsync(_site, PageKind.WikiPage, id, new(1) { Title = "x" }, Token), () => Pages.DeleteAsync(_site, PageKind.WikiPage, id, 1, Token),
            () => Pages.RateAsync(_site, id, "ann", 5, Token), () => CommentsAsync(id),
        ])
            (await Should.ThrowAsync<PlatformException>(attempt)).ShouldSatisfyAllConditions(e => e.Code.ShouldBe(ErrorCode.NotFound), e => e.Message.ShouldContain($"{id}"));
    }

    [Fact]
    public async Task A_page_cannot_come_below_itself()
    {
        await NewSiteAsync();
        var top = await Pages.AddAsync(_site, Page("top"), Token);
        var middle = await Pages.AddAsync(_site, Page("middle") with { Parent = top }, Token);
        var low = await Pages.AddAsync(_site, Page("low") with { Parent = middle }, Token);

        foreach (var parent in new[] { top, middle, low })
        {
            var error = await Should.ThrowAsync<PlatformException>(Pages.UpdateAsync(_site, PageKind.WikiPage, top, new(1) { IsMoved = true, Parent = parent }, Token));
            error.Code.ShouldBe(ErrorCode.BadRequest);
        }

        await Pages.UpdateAsync(_site, PageKind.WikiPage, low, new(1) { IsMoved = true, Parent = null }, Token);
        await Pages.UpdateAsync(_site, PageKind.WikiPage, top, new(1) { IsMoved = true, Parent = low }, Token);
        (await OneAsync(top))[0, "parentId"].ToString().ShouldBe($"{low}");
    }

    [Fact]
    public async Task What_hangs_below_a_deleted_page_moves_up_and_its_comments_go()
    {
        await NewSiteAsync();
        var top = await Pages.AddAsync(_site, Page("top"), Token);
        var middle = await Pages.AddAsync(_site, Page("middle", "needle") with { Parent = top }, Token);
        var low = await Pages.AddAsync(_site, Page("low") with { Parent = middle }, Token);
        var comment = await Pages.AddAsync(_site, Comment(middle), Token);

        await Pages.DeleteAsync(_site, PageKind.WikiPage, middle, 7, Token);

        (await OneAsync(low))[0, "parentId"].ToString().ShouldBe($"{top}");
        (await TitlesAsync()).ShouldBe(["low", "top"]);
        (await FoundAsync("needle")).ShouldBeEmpty();
        await Should.ThrowAsync<PlatformException>(Pages.UpdateAsync(_site, PageKind.Comment, comment, new(1), Token));
        var history = await Pages.HistoryAsync(_site, middle, Shape, 10, Token);
        history[0, "type"].ToString().ShouldBe("Delete");
        history[0, "content"].ToString().ShouldBe("needle");
        (await Pages.HistoryAsync(_site, low, Shape, 10, Token))[0, "type"].ToString().ShouldBe("Update", "it was moved");
    }

    [Fact]
    public async Task Answers_to_a_deleted_comment_answer_what_it_answered()
    {
        await NewSiteAsync();
        var page = await Pages.AddAsync(_site, Page("page"), Token);
        var first = await Pages.AddAsync(_site, Comment(page), Token);
        var second = await Pages.AddAsync(_site, Comment(page) with { Parent = first }, Token);
        var third = await Pages.AddAsync(_site, Comment(page) with { Parent = second }, Token);
        (await OneAsync(page))[0, "count"].AsLong().ShouldBe(3);

        await Pages.DeleteAsync(_site, PageKind.Comment, second, 1, Token);

        var comments = await CommentsAsync(page);
        Column(comments, "id").ShouldBe([$"{first}", $"{third}"]);
        Column(comments, "parentId").ShouldBe(["", $"{first}"]);
        Column(comments, "entryId").ShouldBe([$"{page}", $"{page}"]);
        (await OneAsync(page))[0, "count"].AsLong().ShouldBe(2);
    }

    [Fact]
    public async Task A_comment_answers_only_a_comment_on_the_same_page()
    {
        await NewSiteAsync();
        var (one, two) = (await Pages.AddAsync(_site, Page("one"), Token), await Pages.AddAsync(_site, Page("two"), Token));
        var comment = await Pages.AddAsync(_site, Comment(one), Token);

        (await Should.ThrowAsync<PlatformException>(Pages.AddAsync(_site, Comment(two) with { Parent = comment }, Token))).Code.ShouldBe(ErrorCode.BadRequest);
        (await Should.ThrowAsync<PlatformException>(Pages.AddAsync(_site, Comment(comment), Token))).Code.ShouldBe(ErrorCode.NotFound);
        (await Should.ThrowAsync<PlatformException>(Pages.AddAsync(_site, Page("child") with { Parent = comment }, Token))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_user_has_one_vote()
    {
        await NewSiteAsync();
        var id = await Pages.AddAsync(_site, Page("page"), Token);

        (await Pages.RateAsync(_site, id, "ann", 1, Token)).ShouldBe(1);
        (await Pages.RateAsync(_site, id, "bob", 4, Token)).ShouldBe(2.5);
        (await Pages.RateAsync(_site, id, "ann", 5, Token)).ShouldBe(4.5);

        var row = await OneAsync(id);
        (row[0, "ratingAverage"].AsNumber(), row[0, "ratingCount"].AsLong()).ShouldBe((4.5, 2));
    }

    [Fact]
    public async Task Sticky_ones_come_first_then_the_order_counts()
    {
        await NewSiteAsync();
        var ids = new Dictionary<string, long>();
        foreach (var (title, time) in new[] { ("old", 1), ("rated", 2), ("talked", 3), ("new", 4) })
            ids[title] = await Pages.AddAsync(_site, Page(title, time: time), Token);
        await Pages.RateAsync(_site, ids["rated"], "ann", 5, Token);
        await Pages.RateAsync(_site, ids["talked"], "ann", 4, Token);
        await Pages.AddAsync(_site, Comment(ids["talked"]), Token);

        (await TitlesAsync()).ShouldBe(["new", "talked", "rated", "old"]);
        (await TitlesAsync(PageOrder.HighestRated)).ShouldBe(["rated", "talked", "new", "old"]);
        (await TitlesAsync(PageOrder.MostActive)).ShouldBe(["talked", "new", "rated", "old"]);
        (await TitlesAsync(PageOrder.Title)).ShouldBe(["new", "old", "rated", "talked"]);
        await Pages.UpdateAsync(_site, PageKind.WikiPage, ids["old"], new(9) { IsSticky = true }, Token);
        foreach (var order in new[] { PageOrder.Newest, PageOrder.HighestRated, PageOrder.MostActive })
            (await TitlesAsync(order))[0].ShouldBe("old");
    }

    [Fact]
    public async Task Filters_come_before_the_limit()
    {
        await NewSiteAsync();
        for (var i = 0; i < 10; i++)
            await Pages.AddAsync(_site, Page($"{i}", time: i) with { Source = i % 2 == 0 ? "even" : "odd", Tags = i > 5 ? "V:high;V:all" : "V:all" }, Token);

        (await TitlesAsync(query => query with { Sources = ["odd"], MaxItems = 2 })).ShouldBe(["9", "7"]);
        (await TitlesAsync(query => query with { Sources = [] })).ShouldBeEmpty();
        (await TitlesAsync(query => query with { Tags = "V:high" })).ShouldBe(["9", "8", "7", "6"]);
        (await TitlesAsync(query => query with { Start = 3, End = 5 })).ShouldBe(["5", "4", "3"]);
        (await TitlesAsync(query => query with { MaxItems = 0 })).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("pump", "Pump")]
    [InlineData("PUMP pressure", "Pump")]
    [InlineData("pump valve", "")]
    [InlineData("press*", "Pump")]
    [InlineData("press", "")]
    [InlineData("grosse", "")]
    [InlineData("Größe", "Valve")]
    [InlineData("grö*", "Valve")]
    [InlineData("important", "Valve")]
    [InlineData("strong", "")]
    [InlineData("hidden", "")]
    [InlineData("two", "Valve")]
    [InlineData("lines", "Valve")]
    [InlineData("\"pump", "Pump")]
    [InlineData("title:pump", "")]
    [InlineData("pump OR valve", "")]
    [InlineData("pump AND NOT", "")]
    [InlineData("pump)", "Pump")]
    [InlineData("NEAR(pump pressure)", "")]
    [InlineData("{title}:pump", "")]
    [InlineData("^pump - + ' ;", "Pump")]
    [InlineData("pump\0", "Pump")]
    [InlineData("s1", "")]
    public async Task A_search_takes_each_word_as_it_stands(string expression, string found)
    {
        await NewSiteAsync();
        await Pages.AddAsync(_site, Page("Pump", "The <b>pressure</b> rises"), Token);
        await Pages.AddAsync(_site, Page("Valve", "Gr&ouml;&szlig;e is im<strong>port</strong>ant<script>hidden()</script><p>two</p>lines <!-- hidden -->"), Token);

        (await FoundAsync(expression)).ShouldBe(found.Length == 0 ? [] : [found]);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" * ")]
    [InlineData("\" ( ) - :")]
    public void An_expression_without_a_word_is_none(string expression) => TextSearch.ToMatch(expression).ShouldBeNull();

    [Theory]
    [InlineData("a < b and c > d", "a < b and c > d")]
    [InlineData("<a href='x>y'>z</a>", "z")]
    [InlineData("x<br/>y", "x y")]
    [InlineData("<!-- <b>", " ")]
    [InlineData("<style>p{}</style>q", " q")]
    [InlineData("<b", "")]
    [InlineData("<", "<")]
    [InlineData("<script>", " ")]
    [InlineData("&lt;b&gt;", "<b>")]
    public void Html_is_read_as_a_reader_sees_it(string html, string text) => HtmlText.Of(html).ShouldBe(text);

    [Fact]
    public async Task A_title_under_a_parent_is_found_again_or_added()
    {
        await NewSiteAsync();
        var (top, isNew) = await Pages.AddOrUpdateAsync(_site, Page("Top", "one"), Token);
        isNew.ShouldBeTrue();
        (await Pages.AddOrUpdateAsync(_site, Page("Top", "two", 5), Token)).ShouldBe((top, false));
        (await Pages.AddOrUpdateAsync(_site, Page("top"), Token)).IsNew.ShouldBeTrue("case counts");
        var (child, _) = await Pages.AddOrUpdateAsync(_site, Page("Top") with { Parent = top }, Token);
        child.ShouldNotBe(top);
        (await OneAsync(top))[0, "content"].ToString().ShouldBe("two");
        Column(await Pages.HistoryAsync(_site, top, Shape, 10, Token), "type").ShouldBe(["Update", "Add"]);
    }

    [Fact]
    public async Task Activity_counts_entries_and_comments_by_day()
    {
        await NewSiteAsync();
        const long day = 86_400_000;
        var id = await Pages.AddAsync(_site, Page("a", time: 2 * day), Token);
        await Pages.AddAsync(_site, Page("b", time: -1), Token);
        await Pages.AddAsync(_site, Comment(id) with { Timestamp = (3 * day) - 1 }, Token);

        var days = await Pages.ActivityAsync(_site, Days, Token);

        Enumerable.Range(0, days.RowCount).Select(i => (days[i, 0].AsLong(), days[i, 1].AsLong())).ShouldBe([(2 * day, 2), (-day, 1)]);
    }

    [Fact]
    public async Task A_purge_takes_a_span_of_time_and_a_whole_one_the_history_too()
    {
        await NewSiteAsync();
        for (var i = 0; i < 10; i++)
            await Pages.AddAsync(_site, Page($"{i}", $"word{i}", time: i), Token);

        (await Pages.PurgeAsync(_site, 2, 4, Token)).ShouldBe(3);
        (await TitlesAsync()).ShouldBe(["9", "8", "7", "6", "5", "1", "0"]);
        (await FoundAsync("word3")).ShouldBeEmpty();
        (await Pages.HistoryAsync(_site, null, Shape, 100, Token)).RowCount.ShouldBe(10);
        (await Pages.PurgeAsync(_site, null, null, Token)).ShouldBe(7);
        (await TitlesAsync()).ShouldBeEmpty();
        (await Pages.HistoryAsync(_site, null, Shape, 100, Token)).RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_dropped_site_is_gone_at_once_and_a_new_one_starts_empty()
    {
        await NewSiteAsync();
        await Pages.AddAsync(_site, Page("a"), Token);

        await Pages.DropAsync(_site, Token);

        (await Should.ThrowAsync<PlatformException>(TitlesAsync())).Code.ShouldBe(ErrorCode.NotFound);
        (await Should.ThrowAsync<PlatformException>(Pages.AddAsync(_site, Page("b"), Token))).Code.ShouldBe(ErrorCode.NotFound);
        await NewSiteAsync();
        (await TitlesAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Pages_come_with_their_comments_where_these_are_asked_for()
    {
        await NewSiteAsync();
        var (one, two) = (await Pages.AddAsync(_site, Page("one", time: 2), Token), await Pages.AddAsync(_site, Page("two", time: 1), Token));
        await Pages.AddAsync(_site, Comment(one) with { Content = "first", Timestamp = 9 }, Token);
        await Pages.AddAsync(_site, Comment(one) with { Content = "second", Timestamp = 3 }, Token);

        var rows = await Pages.QueryAsync(_site, Query() with { Comments = Shape, WithContent = false }, Token);

        Column(rows[0, "comments"].AsTable()!, "content").ShouldBe(["first", "second"], "in the order in which they were written");
        rows[0, "content"].IsNull.ShouldBeTrue();
        rows[1, "id"].ToString().ShouldBe($"{two}");
        rows[1, "comments"].AsTable()!.RowCount.ShouldBe(0);
    }

    private static NewPage Page(string title, string content = "", long time = 1) => new(PageKind.WikiPage, time) { Title = title, Content = content };

    private static NewPage Comment(long entry) => new(PageKind.Comment, 1) { Entry = entry, Content = "said" };

    private static PageQuery Query() => new(PageKind.WikiPage, Shape, 100);

    private static string[] Column(InfoTable table, string field) => [.. Enumerable.Range(0, table.RowCount).Select(row => table[row, field].ToString())];

    private async Task NewSiteAsync()
    {
        _site = Guid.NewGuid();
        await Pages.EnsureAsync(_site, Token);
    }

    private Task<InfoTable> OneAsync(long id) => Pages.QueryAsync(_site, Query() with { Id = id }, Token);

    private Task<InfoTable> CommentsAsync(long entry) =>
        Pages.QueryAsync(_site, new(PageKind.Comment, Shape, 100) { Entry = entry, Order = PageOrder.Added }, Token);

    private Task<string[]> TitlesAsync(PageOrder order = PageOrder.Newest) => TitlesAsync(query => query with { Order = order });

    private async Task<string[]> TitlesAsync(Func<PageQuery, PageQuery> edit) => Column(await Pages.QueryAsync(_site, edit(Query()), Token), "title");

    private Task<string[]> FoundAsync(string expression) => TitlesAsync(query => query with { Words = expression });
}
