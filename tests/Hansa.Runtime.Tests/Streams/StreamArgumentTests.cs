using FsCheck;
using FsCheck.Fluent;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Streams;

/// <summary>What is completed where a call of a stream is accepted.</summary>
public sealed class StreamArgumentTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeStreamAsync("Log", ("v", BaseType.NUMBER));
        await _platform.MakeThingAsync("Far", "RemoteStream");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_time_that_nobody_gave_is_stamped_and_never_replaces_another()
    {
        for (var i = 0; i < 3; i++)
            await AddAsync(i);
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("v", 7.0))), ("timestamp", Value.DateTime(Now)));
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("v", 8.0))), ("timestamp", Value.DateTime(Now)));
        var rows = await AllAsync();
        rows.Column("v").Order().ShouldBe(["0", "1", "2", "8"]);
        rows.Column("timestamp").Distinct().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Of_many_entries_each_without_a_time_is_stamped_by_itself()
    {
        await _platform.CallAsync("Things/Log", "AddStreamEntries", ("values", Entries((null, "a", 1), (5, "a", 2), (null, "a", 3), (5, "a", 4))));
        var rows = await AllAsync();
        rows.Column("v").ShouldBe(["4", "1", "3"]);
        rows.Column("timestamp").Select(time => Coercion.ParseDateTime(time)).ShouldBe([5, Now, Now]);
    }

    [Fact]
    public async Task A_source_that_is_a_Thing_is_told_so_and_one_that_is_missing_is_empty()
    {
        await _platform.MakeThingAsync("Pump");
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("v", 1.0))), ("source", "Pump"));
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("v", 2.0))), ("source", "Nobody"));
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("v", 3.0))), ("source", "Pump"), ("sourceType", "Device"));
        await AddAsync(4);
        var rows = await AllAsync();
        rows.Column("source").Zip(rows.Column("sourceType")).ShouldBe([("Pump", "Thing"), ("Nobody", ""), ("Pump", "Device"), ("", "")]);
    }

    [Fact]
    public async Task What_was_assigned_before_stays_so_where_other_rows_are_stamped_here()
    {
        var far = _platform.Endpoints.Bind("Far");
        var call = new ServiceCall("Administrator", EntityKey.Thing("Far"), "AddStreamEntries", TableArguments.Of(("values", Value.Table(Entries((5, "a", 1), (6, "a", 2), (null, "a", 3))))), CallOrigin.Wire)
        {
            Assigned = AssignedTimes.Of([true, false, false]),
        };
        await _platform.Invoker.InvokeAsync(call, CancellationToken.None);
        far.Calls.Single().Assigned.ToHeader().ShouldBe("0-0,2-2");
    }

    [Fact]
    public async Task A_relayed_entry_travels_complete()
    {
        var far = _platform.Endpoints.Bind("Far");
        await _platform.CallAsync("Things/Far", "AddStreamEntry", ("values", Tables.Row(("v", 1.0))), ("source", "Log"));
        var call = far.Calls.Single();
        call.Name.ShouldBe("AddStreamEntry");
        call.Kind.ShouldBe(CallKind.KeptWrite);
        call.Caller.ShouldBe("Administrator");
        call.Assigned.ToHeader().ShouldBe("1");
        call.Parameters![0, "timestamp"].ShouldBe(Value.DateTime(Now));
        call.Parameters[0, "sourceType"].ToString().ShouldBe("Thing");
    }

    [Fact]
    public async Task An_unbound_proxy_says_why()
    {
        var refusal = await _platform.RefusedAsync("Administrator", "Things/Far", "GetStreamEntryCount");
        refusal.Code.ShouldBe(ErrorCode.Unavailable);
        refusal.Message.ShouldBe("Thing [Far] is not bound.");
    }

    [Fact]
    public async Task A_proxy_with_a_Data_Shape_answers_about_it_itself()
    {
        var far = _platform.Endpoints.Bind("Far");
        far.Answer = Tables.Row(("name", "there"));
        (await _platform.CallAsync("Things/Far", "GetFieldNames")).Column("name").ShouldBe(["there"]);
        await _platform.CallAsync("Things/Far", "SetDataShape", ("name", "Log"));
        (await _platform.CallAsync("Things/Far", "GetFieldNames")).Column("name").ShouldBe(["v"]);
        (await _platform.CallAsync("Things/Far", "GetDataShape")).ToString().ShouldBe("Log");
        far.Calls.Count.ShouldBe(1);
        await _platform.RefusedAsync("Administrator", "Things/Far", "AddStreamEntry", ("values", Tables.Row(("v", "no number"))));
        far.Calls.Count.ShouldBe(1);
    }

    [Fact]
    public async Task Tags_of_sources_become_a_filter_beside_the_querys_own()
    {
        foreach (var (name, tags) in new[] { ("P1", "Line:A;Kind:Pump"), ("P2", "Line:A"), ("P3", "Line:B") })
        {
            await _platform.MakeThingAsync(name);
            await _platform.CallAsync($"Things/{name}", "SetTags", ("tags", tags));
            foreach (var v in new[] { 1.0, 10.0 })
                await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("v", v))), ("source", name));
        }

        (await FindAsync("Line:A", null)).ShouldBe(["P1 1", "P1 10", "P2 1", "P2 10"]);
        (await FindAsync("Line:A;Kind:Pump", null)).ShouldBe(["P1 1", "P1 10"]);
        (await FindAsync("Line:C", null)).ShouldBeEmpty();
        (await FindAsync("Line:A", """{"filters":{"type":"GT","fieldName":"v","value":5}}""")).ShouldBe(["P1 10", "P2 10"]);
        (await FindAsync("Line:A", """{"filters":{"type":"OR","filters":[{"type":"GT","fieldName":"v","value":5},{"type":"EQ","fieldName":"source","value":"P3"}]}}""")).ShouldBe(["P1 10", "P2 10"]);
        (await FindAsync("Line:A", """{"sorts":[{"fieldName":"v","isAscending":false}]}""", sorted: false)).Select(row => row[3..]).ShouldBe(["10", "10", "1", "1"]);
        (await FindAsync("Line:A", "{}")).Length.ShouldBe(4);
    }

    [Fact]
    public async Task A_broken_query_beside_tags_of_sources_is_told_as_such()
    {
        foreach (var query in new[] { "{\"filters\":{\"type\":\"NOPE\",\"fieldName\":\"v\",\"value\":1}}", "{\"filters\":{},\"filters\":{}}", "[1]" })
        {
            try
            {
                await _platform.CallAsync("Things/Log", "QueryStreamEntriesWithData", ("sourceTags", "Line:A"), ("query", query));
            }
            catch (PlatformException e)
            {
                e.Code.ShouldBe(ErrorCode.BadRequest, query);
            }
        }
    }

    [Fact]
    public async Task A_time_beyond_the_calendar_is_refused_by_name()
    {
        foreach (var (service, parameter) in new[] { ("QueryStreamEntries", "startDate"), ("AddStreamEntry", "timestamp") })
        {
            var refusal = await _platform.RefusedAsync("Administrator", "Things/Log", service, ("values", Tables.Row(("v", 1.0))), (parameter, Value.DateTime(long.MaxValue)));
            refusal.Code.ShouldBe(ErrorCode.BadRequest);
            refusal.Message.ShouldContain($"'{parameter}'");
        }
    }

    [Fact]
    public void Assigned_times_read_back_from_their_header() =>
        Check.One(Config.QuickThrowOnFailure, Prop.ForAll(ArbMap.Default.GeneratorFor<bool[]>().ToArbitrary(), given =>
        {
            var rows = given ?? [];
            var read = AssignedTimes.Parse(AssignedTimes.Of(rows).ToHeader());
            for (var i = 0; i < rows.Length; i++)
                read[i].ShouldBe(rows[i]);
            read.ToHeader().ShouldBe(AssignedTimes.Of(rows).ToHeader());
        }));

    [Theory]
    [InlineData("0")]
    [InlineData("1-0")]
    [InlineData("-1-2")]
    [InlineData("0-2,1-3")]
    [InlineData("0-99999999999")]
    [InlineData("0-10000000")]
    [InlineData("a-b")]
    [InlineData("0-1,")]
    [InlineData(" 0-1")]
    public void A_header_that_makes_no_sense_claims_nothing(string header)
    {
        AssignedTimes.Parse(header)[0].ShouldBeFalse();
        AssignedTimes.Parse(header).ToHeader().ShouldBeNull();
    }

    [Fact]
    public void A_call_goes_through_eight_servers_and_no_further()
    {
        var path = CallPath.Empty;
        path.ToHeader().ShouldBeNull();
        for (var i = 0; i < CallPath.MaxHops; i++)
            path = CallPath.Parse(path.Through($"S{i}", "T", "Go").ToHeader());
        path.Count.ShouldBe(8);
        var tooFar = Should.Throw<PlatformException>(() => path.Through("S9", "T", "Go"));
        tooFar.Code.ShouldBe(ErrorCode.BadGateway);
        tooFar.Message.ShouldContain("8 servers");
    }

    [Fact]
    public void A_call_that_goes_in_a_circle_is_ended_with_the_way_it_took()
    {
        var path = CallPath.Empty.Through("A", "T", "Go").Through("B", "T", "Go").Through("A", "T", "Other");
        Should.Throw<PlatformException>(() => path.Through("A", "T", "Go")).Message.ShouldBe("The call goes in a circle: A/T/Go → B/T/Go → A/T/Other → A/T/Go.");
    }

    private Task AddAsync(double v) => _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("v", v))));

    private async Task<InfoTable> AllAsync() => (await _platform.CallAsync("Things/Log", "GetStreamEntriesWithData", ("oldestFirst", true))).AsTable()!;

    private async Task<string[]> FindAsync(string tags, string? query, bool sorted = true)
    {
        var rows = (await _platform.CallAsync("Things/Log", "QueryStreamEntriesWithData", ("sourceTags", tags), ("query", query))).AsTable()!;
        var found = rows.Column("source").Zip(rows.Column("v"), (source, v) => $"{source} {v}");
        return [.. sorted ? found.Order(StringComparer.Ordinal) : found];
    }

    private static InfoTable Entries(params (long? Time, string Source, double V)[] rows) => Tables.Of(
        [("timestamp", BaseType.DATETIME), ("source", BaseType.STRING), ("values", BaseType.INFOTABLE)],
        [.. rows.Select(row => new object?[] { row.Time is { } time ? Value.DateTime(time) : null, row.Source, Tables.Row(("v", row.V)) })]);
}
