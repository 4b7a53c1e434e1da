using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Hansa.Storage;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.DataThings;

/// <summary>For how long data Things keep their rows, on a clock that the test turns.</summary>
public sealed class RetentionTests : IAsyncLifetime
{
    private static readonly TimeSpan Day = TimeSpan.FromDays(1);
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(_time);

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("Stream")]
    [InlineData("ValueStream")]
    [InlineData("DataTable")]
    [InlineData("Blog")]
    [InlineData("Wiki")]
    public async Task Rows_that_are_too_old_go_and_younger_ones_stay(string template)
    {
        var store = await MakeAsync("Store", template);
        await FillAsync(store, 4);

        // Of ages 3, 2, 1 and 0 days.
        await RuleAsync("Store", days: 2.5, entries: null);
        await KeptAsync(store, "1", "2", "3");

        await PassAsync(Day);
        await KeptAsync(store, "2", "3");
    }

    [Theory]
    [InlineData("Stream")]
    [InlineData("ValueStream")]
    [InlineData("DataTable")]
    [InlineData("Blog")]
    [InlineData("Wiki")]
    public async Task Of_more_rows_than_may_stay_the_oldest_go(string template)
    {
        var store = await MakeAsync("Store", template);
        await FillAsync(store, 4);

        await RuleAsync("Store", days: null, entries: 2);
        await KeptAsync(store, "2", "3");

        await store.Add("4");
        await LookAsync();
        await KeptAsync(store, "3", "4");
    }

    [Theory]
    [InlineData("Stream")]
    [InlineData("ValueStream")]
    [InlineData("DataTable")]
    [InlineData("Blog")]
    [InlineData("Wiki")]
    public async Task Of_two_limits_each_takes_what_it_forbids(string template)
    {
        var store = await MakeAsync("Store", template);
        await FillAsync(store, 4);

        await RuleAsync("Store", days: 1.5, entries: 3);
        await KeptAsync(store, "2", "3");
        await RuleAsync("Store", days: 100, entries: 1);
        await LookAsync();
        await KeptAsync(store, "3");
    }

    [Fact]
    public async Task A_row_that_is_just_as_old_as_it_may_be_stays()
    {
        var store = await MakeAsync("Store", "Stream");
        await RuleAsync("Store", days: 1, entries: null);
        await AsleepAsync();
        var now = _time.GetUtcNow() + TimeSpan.FromMinutes(1);
        await AddToStreamAsync("kept", now - Day);
        await AddToStreamAsync("gone", now - Day - TimeSpan.FromMilliseconds(1));

        await LookAsync();

        await KeptAsync(store, "kept");

        Task AddToStreamAsync(string name, DateTimeOffset time) =>
            _platform.CallAsync("Things/Store", "AddStreamEntry", ("values", Tables.Row(("v", name))), ("timestamp", time));
    }

    [Fact]
    public async Task A_value_stream_counts_values_of_all_properties_and_sources_together()
    {
        await _platform.MakeThingAsync("Store", "ValueStream");
        foreach (var (name, source, value) in new[] { ("a", "x", 0), ("b", "x", 1), ("a", "y", 2), ("b", "y", 3) })
        {
            await _platform.CallAsync("Things/Store", "AddIntegerStreamEntry", ("name", name), ("source", source), ("value", value));
            _time.Advance(Day);
        }

        await RuleAsync("Store", days: null, entries: 3);
        await Until.TrueAsync(async () => await ValuesAsync() is "1,2,3", "the oldest goes");
        await RuleAsync("Store", days: 2.5, entries: null);
        await LookAsync();
        await Until.TrueAsync(async () => await ValuesAsync() is "2,3", "the oldest of each property go");

        async Task<string> ValuesAsync() =>
            string.Join(',', (await _platform.CallAsync("Things/Store", "QueryIntegerStreamEntries", ("oldestFirst", true))).Column("value").Order());
    }

    [Fact]
    public async Task A_wiki_keeps_its_pages_their_content_and_loses_history_only()
    {
        var store = await MakeAsync("Store", "Wiki");
        await FillAsync(store, 4);

        await RuleAsync("Store", days: 0.5, entries: 1);
        await KeptAsync(store, "3");
        await PassAsync(10 * Day);
        await KeptAsync(store);

        var pages = await _platform.CallAsync("Things/Store", "GetWikiPages");
        pages.Column("title").Order().ShouldBe(["0", "1", "2", "3"]);
        pages.Column("content").Order().ShouldBe(["text of 0", "text of 1", "text of 2", "text of 3"]);
    }

    [Fact]
    public async Task A_blog_entry_that_goes_takes_its_comments_and_votes_with_it()
    {
        await _platform.MakeThingAsync("Store", "Blog");
        var entry = (await _platform.CallAsync("Things/Store", "AddBlogEntry", ("title", "old"))).ToString();
        var comment = (await _platform.CallAsync("Things/Store", "AddComment", ("blogEntryId", entry), ("content", "late"))).ToString();
        await _platform.CallAsync("Things/Store", "RateContent", ("entryId", entry), ("rating", 3.0));
        _time.Advance(2 * Day);
        // What is young does not keep what it hangs below.
        await _platform.CallAsync("Things/Store", "AddComment", ("blogEntryId", entry), ("content", "younger"));

        await RuleAsync("Store", days: 1, entries: null);

        await Until.TrueAsync(async () => !(await _platform.CallAsync("Things/Store", "GetBlogEntries")).Column("id").Any(), "the entry goes");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Store", "DeleteComment", ("blogCommentId", comment))).Code.ShouldBe(ErrorCode.NotFound);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Store", "RateContent", ("entryId", entry), ("rating", 3.0))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_rule_that_goes_keeps_everything_from_then_on()
    {
        var ruled = await MakeAsync("Ruled", "Stream");
        var free = await MakeAsync("Free", "Stream");
        await RuleAsync("Free", days: 1, entries: null);
        await RuleAsync("Ruled", days: 1, entries: null);
        await FillAsync(free, 1);
        await FillAsync(ruled, 1);
        await _platform.CallAsync("Things/Free", "DeleteAllConfigurationTableRows", ("tableName", "Retention"));

        await PassAsync(5 * Day);
        await KeptAsync(ruled);
        await AsleepAsync();

        (await free.Rows()).ShouldBe(["0"]);
    }

    [Fact]
    public async Task Without_any_rule_nothing_is_looked_for_and_with_the_last_one_it_ends()
    {
        _time.ActiveTimers.ShouldBe(0);
        var store = await MakeAsync("Store", "Stream");
        await RuleAsync("Store", days: 1, entries: null);
        await AsleepAsync();
        await RuleAsync("Store", days: null, entries: null);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Until.TrueAsync(() => _time.ActiveTimers == 0, "the keeper sleeps until there is a rule");

        await FillAsync(store, 2);
        await RuleAsync("Store", days: null, entries: 1);
        await KeptAsync(store, "1");
    }

    [Fact]
    public async Task A_deleted_Thing_is_looked_for_no_more()
    {
        await MakeAsync("Store", "Stream");
        await RuleAsync("Store", days: 1, entries: null);
        await AsleepAsync();
        await _platform.CallAsync("Resources/EntityServices", "DeleteThing", ("name", "Store"));
        _time.Advance(TimeSpan.FromMinutes(1));
        await Until.TrueAsync(() => _time.ActiveTimers == 0, "the keeper sleeps until there is a rule");
    }

    [Fact]
    public async Task A_rule_is_still_in_force_after_a_restart()
    {
        var store = await MakeAsync("Store", "Stream");
        await RuleAsync("Store", days: null, entries: 2);
        await AsleepAsync();
        await FillAsync(store, 2);
        await _platform.RestartAsync();
        await store.Add("2");
        await store.Add("3");

        await LookAsync();

        await KeptAsync(store, "2", "3");
    }

    [Fact]
    public async Task A_stopped_Thing_loses_nothing_until_it_runs_again()
    {
        var store = await MakeAsync("Store", "Stream");
        await FillAsync(store, 3);
        await _platform.CallAsync("Things/Store", "DisableThing");
        await RuleAsync("Store", days: null, entries: 1);
        await LookAsync();
        await AsleepAsync();
        await _platform.CallAsync("Things/Store", "EnableThing");
        (await store.Rows()).ShouldBe(["0", "1", "2"]);

        await LookAsync();
        await KeptAsync(store, "2");
    }

    [Theory]
    [InlineData(0.0, null, "maxAgeDays must be above 0 and at most 1000000, not 0")]
    [InlineData(-1.0, null, "maxAgeDays")]
    [InlineData(1_000_001.0, null, "maxAgeDays")]
    [InlineData(double.NaN, null, "maxAgeDays")]
    [InlineData(null, 0L, "maxEntries must be 1 or more, not 0")]
    [InlineData(null, -5L, "maxEntries")]
    [InlineData(1.0, 0L, "maxEntries")]
    public async Task A_wrong_rule_is_refused_by_name_and_the_former_one_stays(double? days, long? entries, string said)
    {
        var store = await MakeAsync("Store", "Stream");
        await RuleAsync("Store", days: null, entries: 2);

        var error = await _platform.RefusedAsync(
            TestPlatform.Administrator, "Things/Store", "SetConfigurationTable", ("tableName", "Retention"), ("configurationTable", Rule(days, entries)));

        (error.Code, error.Message.Contains(said, StringComparison.Ordinal)).ShouldBe((ErrorCode.BadRequest, true), error.Message);
        await FillAsync(store, 3);
        await LookAsync();
        await KeptAsync(store, "1", "2");
    }

    [Fact]
    public async Task The_longest_age_that_may_be_set_keeps_everything_and_stops_no_other_rule()
    {
        var old = await MakeAsync("A", "Stream");
        var ruled = await MakeAsync("B", "Stream");
        await FillAsync(old, 1);
        await FillAsync(ruled, 3);

        await RuleAsync("A", days: 1_000_000, entries: null);
        await AsleepAsync();
        await RuleAsync("B", days: null, entries: 1);
        await LookAsync();

        await KeptAsync(ruled, "2");
        (await old.Rows()).ShouldBe(["0"]);
    }

    [Theory]
    [InlineData("soon")]
    [InlineData("1e300")]
    public async Task A_table_of_that_name_on_a_Thing_that_keeps_no_rows_means_nothing(string days)
    {
        var ruled = await MakeAsync("Ruled", "Stream");
        await FillAsync(ruled, 2);
        await _platform.MakeThingAsync("Other");
        // As an import keeps what a template does not know.
        await _platform.EditAsync("Other", thing => thing with
        {
            ConfigurationTables = thing.ConfigurationTables.SetItem("Retention", Tables.Row(("maxAgeDays", days))),
        });

        await RuleAsync("Ruled", days: null, entries: 1);
        await KeptAsync(ruled, "1");
        await _platform.RestartAsync();
        await ruled.Add("2");
        await LookAsync();
        await KeptAsync(ruled, "2");
    }

    [Fact]
    public async Task What_fails_for_one_Thing_is_logged_and_stops_neither_the_others_nor_the_next_look()
    {
        string[] names = ["A", "B", "C", "D"];
        var stores = new List<Store>();
        foreach (var name in names)
        {
            stores.Add(await MakeAsync(name, "Stream"));
            await FillAsync(stores[^1], 2);
        }

        // Its rows are gone, as where a file was damaged.
        await _platform.Get<IStorage>().Streams.DropAsync(_platform.Thing("B").Definition.Id, CancellationToken.None);
        foreach (var name in names)
            await RuleAsync(name, days: null, entries: 1);
        await LookAsync();

        foreach (var store in stores.Where(store => store.Name != "B"))
            await KeptAsync(store, "1");
        await Until.TrueAsync(() => _platform.Log.Lines.Any(line => line.Contains("Old rows of B could not be deleted", StringComparison.Ordinal)), "the failure is logged");
        await stores[0].Add("2");
        await LookAsync();
        await KeptAsync(stores[0], "2");
    }

    [Fact]
    public async Task A_failure_of_any_kind_stops_neither_the_others_nor_the_next_look()
    {
        BrokenStreams? broken = null;
        await using var platform = await TestPlatform.StartAsync(_time, wrap: storage => broken = new(storage));
        await platform.MakeStreamAsync("A", ("v", BaseType.STRING));
        await platform.MakeThingAsync("B", "ValueStream");
        broken!.IsBroken = true;
        foreach (var name in new[] { "A", "B" })
            await platform.CallAsync($"Things/{name}", "SetConfigurationTable", ("tableName", "Retention"), ("configurationTable", Rule(null, 1)));
        await Until.TrueAsync(() => Failures() == 1 && _time.ActiveTimers == 1, "the first look");
        for (var i = 0; i < 2; i++)
            await platform.CallAsync("Things/B", "AddIntegerStreamEntry", ("name", "p"), ("value", i));

        _time.Advance(TimeSpan.FromMinutes(1));

        await Until.TrueAsync(() => Failures() == 2, "the second look");
        await Until.TrueAsync(async () => (await platform.CallAsync("Things/B", "QueryIntegerStreamEntries")).Column("value").SequenceEqual(["1"]), "the rule of the other");

        int Failures() => platform.Log.Lines.Count(line => line.Contains("Old rows of A could not be deleted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_look_that_finds_nothing_old_does_not_write_for_each_property()
    {
        await _platform.MakeThingAsync("Store", "ValueStream");
        for (var i = 0; i < 50; i++)
            await _platform.CallAsync("Things/Store", "AddIntegerStreamEntry", ("name", $"p{i}"), ("value", i));
        await RuleAsync("Store", days: 1, entries: null);
        await AsleepAsync();
        var before = Writes();

        await LookAsync();
        await AsleepAsync();

        (Writes() - before).ShouldBeLessThan(10);

        long Writes() => _platform.Get<IStorage>().Metrics.Writes;
    }

    [Fact]
    public async Task The_interval_is_a_setting()
    {
        await using var platform = await TestPlatform.StartAsync(_time, configure: services => services.AddSingleton(new RetentionOptions { Interval = TimeSpan.FromHours(1) }));
        var before = _time.ActiveTimers;
        await platform.MakeStreamAsync("Slow", ("v", BaseType.STRING));
        await platform.CallAsync("Things/Slow", "SetConfigurationTable", ("tableName", "Retention"), ("configurationTable", Rule(null, 1)));
        await Until.TrueAsync(() => _time.ActiveTimers == before + 1, "the first look is done");
        for (var i = 0; i < 2; i++)
            await platform.CallAsync("Things/Slow", "AddStreamEntry", ("values", Tables.Row(("v", "x"))));

        _time.Advance(TimeSpan.FromMinutes(59));
        _time.ActiveTimers.ShouldBe(before + 1);
        (await platform.CallAsync("Things/Slow", "GetStreamEntryCount")).AsNumber().ShouldBe(2);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Until.TrueAsync(async () => (await platform.CallAsync("Things/Slow", "GetStreamEntryCount")).AsNumber() == 1, "the second look");
    }

    private static InfoTable Rule(double? days, long? entries) => Tables.Of([("maxAgeDays", BaseType.NUMBER), ("maxEntries", BaseType.LONG)], [days, entries]);

    private Task RuleAsync(string thing, double? days, long? entries) =>
        _platform.CallAsync($"Things/{thing}", "SetConfigurationTable", ("tableName", "Retention"), ("configurationTable", Rule(days, entries)));

    // Rows 0, 1, 2 … a day apart, the last one now.
    private async Task FillAsync(Store store, int rows)
    {
        for (var i = 0; i < rows; i++)
        {
            if (i > 0)
                _time.Advance(Day);
            await store.Add(i.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private Task AsleepAsync() => Until.TrueAsync(() => _time.ActiveTimers == 1, "the keeper waits for its next look");

    private async Task LookAsync()
    {
        await AsleepAsync();
        _time.Advance(TimeSpan.FromMinutes(1));
    }

    // The look that a long leap sets off may still see the time before it: one more follows.
    private async Task PassAsync(TimeSpan time)
    {
        await AsleepAsync();
        _time.Advance(time);
        await LookAsync();
    }

    private static Task KeptAsync(Store store, params string[] rows) =>
        Until.TrueAsync(async () => (await store.Rows()).SequenceEqual(rows), $"{store.Name} keeps {string.Join(", ", rows)}");

    private async Task<Store> MakeAsync(string name, string template)
    {
        var thing = $"Things/{name}";
        switch (template)
        {
            case "Stream":
                await _platform.MakeStreamAsync(name, ("v", BaseType.STRING));
                return new(name, v => CallAsync("AddStreamEntry", ("values", Tables.Row(("v", v)))), () => RowsAsync("GetStreamData", "v"));
            case "ValueStream":
                await _platform.MakeThingAsync(name, template);
                return new(name, v => CallAsync("AddStringStreamEntry", ("name", "p"), ("value", v)), () => RowsAsync("QueryStringStreamEntries", "value"));
            case "DataTable":
                await _platform.MakeDataTableAsync(name, ["v"], ("v", BaseType.STRING));
                return new(name, v => CallAsync("AddDataTableEntry", ("values", Tables.Row(("v", v)))), () => RowsAsync("GetDataTableEntries", "v"));
            case "Blog":
                await _platform.MakeThingAsync(name, template);
                return new(name, v => CallAsync("AddBlogEntry", ("title", v)), () => RowsAsync("GetBlogEntries", "title"));
            default:
                await _platform.MakeThingAsync(name, template);
                return new(name, v => CallAsync("AddWikiPage", ("title", v), ("content", $"text of {v}")), HistoryAsync);
        }

        Task CallAsync(string service, params (string, object?)[] arguments) => _platform.CallAsync(thing, service, arguments);

        async Task<IEnumerable<string>> RowsAsync(string service, string column) => (await _platform.CallAsync(thing, service)).Column(column).Order();

        async Task<IEnumerable<string>> HistoryAsync() => (await _platform.CallAsync(thing, "GetWikiHistory")).Column("content").Select(text => text[^1..]).Order();
    }

    private sealed record Store(string Name, Func<string, Task> Add, Func<Task<IEnumerable<string>>> Rows);

    /// <summary>A store whose streams can be broken.</summary>
    private sealed class BrokenStreams(IStorage inner) : IStorage
    {
        public bool IsBroken { get; set; }

        public IModelStore Model => inner.Model;

        public IStreamStore Streams => IsBroken ? throw new InvalidOperationException("It is broken.") : inner.Streams;

        public IValueStreamStore ValueStreams => inner.ValueStreams;

        public IDataTableStore DataTables => inner.DataTables;

        public IPageStore Pages => inner.Pages;

        public IJournals Journals => inner.Journals;

        public ILedger Ledger => inner.Ledger;

        public IOutbox Outbox => inner.Outbox;

        public StorageMetrics Metrics => inner.Metrics;

        public ValueTask DisposeAsync() => inner.DisposeAsync();
    }
}
