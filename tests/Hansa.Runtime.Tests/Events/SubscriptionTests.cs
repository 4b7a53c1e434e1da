using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Events;

/// <summary>Events and what they set off: the subscriptions here really run.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Pump");
        await _platform.MakeThingAsync("Watcher");
        await _platform.AddPropertyAsync("Watcher", "seen", BaseType.STRING, ("defaultValue", ";"));
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("VALUE", null, "1,1,2", "1,2")]
    [InlineData("VALUE", 5.0, "0,5,10.5,11,20", "0,10.5,20")]
    [InlineData("VALUE", null, "1,NaN,NaN,1", "1,NaN,1")]
    [InlineData("ALWAYS", null, "1,1,1", "1,1,1")]
    [InlineData("NEVER", null, "1,2,3", "")]
    public async Task Numbers_change_as_their_rule_says(string type, double? threshold, string written, string heard)
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.NUMBER, ("dataChangeType", type), ("dataChangeThreshold", threshold));
        await HearAsync("v", written.Split(','), heard);
    }

    [Fact]
    public async Task Whole_numbers_that_a_float_cannot_tell_apart_differ()
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.LONG);
        await HearAsync("v", ["9007199254740992", "9007199254740993"], "9007199254740992,9007199254740993");
    }

    [Theory]
    [InlineData("ON", "true,true,false,true", "true,true")]
    [InlineData("OFF", "true,false,false,true,false", "false,false")]
    [InlineData("VALUE", "false,false,true", "false,true")]
    public async Task Booleans_change_as_their_rule_says(string type, string written, string heard)
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.BOOLEAN, ("dataChangeType", type));
        await HearAsync("v", written.Split(','), heard);
    }

    [Fact]
    public async Task A_subscription_hears_old_and_new_value_event_source_and_property()
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.NUMBER);
        await SubscribeAsync(new SubscriptionDefinition("S", "DataChange", "Pump", "v", """
            var d = eventData.rows ? eventData.rows[0] : eventData;
            me.seen = [d.oldValue.rows[0].value, d.newValue.rows[0].value, d.newValue.rows[0].quality, eventName, source, sourceProperty].join(" ");
            """));
        await _platform.WriteAsync("Pump", "v", 1);
        await HeardAsync("null 1 GOOD DataChange Pump v", " 1 GOOD DataChange Pump v");
    }

    [Fact]
    public async Task AnyDataChange_hears_each_property_by_name()
    {
        await _platform.AddPropertyAsync("Pump", "a", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Pump", "b", BaseType.NUMBER);
        await SubscribeAsync(new SubscriptionDefinition("S", "AnyDataChange", "Pump", "", Append("eventData.name")));
        await _platform.WriteAsync("Pump", "b", 1);
        await HeardAsync(";b;");
        await _platform.WriteAsync("Pump", "a", 1);
        await HeardAsync(";b;a;");
    }

    [Fact]
    public async Task A_subscription_runs_with_the_rights_of_whoever_caused_the_event()
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.NUMBER);
        await _platform.MakeUserAsync("ann");
        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.PropertyWrite);
        await SubscribeAsync(new SubscriptionDefinition("S", "DataChange", "Pump", "v", Append("principal")));
        await _platform.WriteAsync("Pump", "v", 1, "ann");
        await Until.TrueAsync(() => _platform.Log.Lines.Any(line => line.Contains("Subscription S of Thing Watcher failed", StringComparison.Ordinal)), "ann's subscription fails: she may not see the watcher");

        await _platform.ShowAsync("Things/Watcher");
        await _platform.AllowAsync("Things/Watcher", "ann", Permission.PropertyRead);
        await _platform.AllowAsync("Things/Watcher", "ann", Permission.PropertyWrite);
        await _platform.WriteAsync("Pump", "v", 2, "ann");
        await HeardAsync(";ann;");
    }

    [Fact]
    public async Task One_that_fails_is_logged_with_its_line_and_stops_no_other()
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.NUMBER);
        await SubscribeAsync(
            new SubscriptionDefinition("Bad", "DataChange", "Pump", "v", "\nthrow new Error('out of oil');"), new SubscriptionDefinition("Good", "DataChange", "Pump", "v", Append("'good'")));
        await _platform.WriteAsync("Pump", "v", 1);
        await HeardAsync(";good;");
        await _platform.WriteAsync("Pump", "v", 2);
        await HeardAsync(";good;good;");
        // Subscriptions run side by side: the good one may be done before the bad one is logged.
        string? line;
        while ((line = _platform.Log.Lines.FirstOrDefault(line => line.Contains("Bad", StringComparison.Ordinal))) is null)
            await Task.Delay(10, TestContext.Current.CancellationToken);
        line.ShouldContain("out of oil");
        line.ShouldContain("line 2");
    }

    [Fact]
    public async Task One_that_is_disabled_or_whose_Thing_is_does_not_run()
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.NUMBER);
        await SubscribeAsync(new SubscriptionDefinition("Off", "DataChange", "Pump", "v", Append("'off'")) { IsEnabled = false }, new SubscriptionDefinition("On", "DataChange", "Pump", "v", Append("'on'")));
        await _platform.WriteAsync("Pump", "v", 1);
        await HeardAsync(";on;");
        await _platform.CallAsync("Things/Watcher", "DisableThing");
        await _platform.WriteAsync("Pump", "v", 2);
        await Until.TrueAsync(() => _platform.Get<EventProcessor>().Waiting == 0, "the queue is empty");
        await _platform.CallAsync("Things/Watcher", "EnableThing");
        await _platform.WriteAsync("Pump", "v", 3);
        await HeardAsync(";on;on;");
    }

    [Fact]
    public async Task A_Thing_tells_that_it_has_started()
    {
        await _platform.EditAsync("Watcher", thing => thing with
        {
            Permissions = [new(Permission.None, "", "Everyone", PrincipalKind.Organization, true), new(Permission.PropertyRead, "*", "System", PrincipalKind.User, true), new(Permission.PropertyWrite, "*", "System", PrincipalKind.User, true)],
            Subscriptions = [new("Start", "ThingStart", "", "", "me.seen = 'started';")],
        });
        await _platform.CallAsync("Groups/Users", "AddMember", ("member", "System"));
        await _platform.CallAsync("Things/Watcher", "RestartThing");
        await HeardAsync("started");
        await _platform.RestartAsync();
        await HeardAsync("started");
    }

    [Fact]
    public async Task An_event_of_the_Things_own_is_fired_by_script_with_its_fields()
    {
        await _platform.MakeDataShapeAsync("Burst", ("bar", BaseType.NUMBER));
        await _platform.EditAsync("Pump", thing => thing with { Events = [new("Burst", "Burst")] });
        await _platform.AddServiceAsync("Pump", "Overload", "me.Burst({ bar: 9.5 });");
        await SubscribeAsync(new SubscriptionDefinition("S", "Burst", "Pump", "", Append("eventData.bar")));
        await _platform.CallAsync("Things/Pump", "Overload");
        await HeardAsync(";9.5;");
    }

    [Fact]
    public async Task No_event_is_lost_while_its_subscriber_is_edited()
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.INTEGER);
        await SubscribeAsync(new SubscriptionDefinition("S", "DataChange", "Pump", "v", ""));
        var index = _platform.Get<SubscriptionIndex>();
        using var ends = new CancellationTokenSource();
        var editing = Task.Run(async () =>
        {
            for (var i = 0; !ends.IsCancellationRequested; i++)
                await _platform.EditAsync("Watcher", thing => thing with { Subscriptions = [thing.Subscriptions[0] with { Description = $"{i}" }, new($"Other{i % 2}", "DataChange", "Pump", "v", "")] });
        });
        var missed = 0;
        for (var i = 0; i < 200_000; i++)
            missed += index.Find("Pump", "DataChange", "v").Contains(new("Watcher", "S", IsService: false)) ? 0 : 1;
        await ends.CancelAsync();
        await editing;
        missed.ShouldBe(0);
    }

    [Fact]
    public async Task A_full_queue_holds_the_writer_back_then_drops_and_counts()
    {
        var time = new ManualTimeProvider();
        await using var platform = await TestPlatform.StartAsync(time, configure: services => services.AddSingleton(new EventOptions { QueueLimit = 2, Workers = 1 }));
        await platform.MakeThingAsync("Pump");
        await platform.AddPropertyAsync("Pump", "v", BaseType.INTEGER);
        await platform.EditAsync("Pump", thing => thing with { Subscriptions = [new("S", "DataChange", "", "v", "")] });
        var gate = new TaskCompletionSource();
        var events = platform.Get<EventProcessor>();
        var started = new TaskCompletionSource();
        events.Runner = WatchedRunner.Holding(started, gate.Task);
        await platform.WriteAsync("Pump", "v", 1);
        await started.Task;
        await platform.WriteAsync("Pump", "v", 2);
        await platform.WriteAsync("Pump", "v", 3);
        var held = platform.WriteAsync("Pump", "v", 4);
        await Until.TrueAsync(() => time.ActiveTimers == 1, "the writer waits");
        held.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        await held;
        events.Dropped.ShouldBe(1);
        platform.Log.Lines.ShouldContain(line => line.Contains("dropped for subscription Pump.S", StringComparison.Ordinal));
        (await platform.ReadAsync("Pump", "v")).AsLong().ShouldBe(4);
        gate.SetResult();
    }

    [Fact]
    public async Task A_subscription_that_sets_itself_off_is_stopped_with_its_name()
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.INTEGER);
        await _platform.EditAsync("Pump", thing => thing with { Subscriptions = [new("Loop", "DataChange", "", "v", "me.v = me.v + 1;")] });
        await _platform.WriteAsync("Pump", "v", 1);
        await Until.TrueAsync(() => _platform.Log.Lines.Any(line => line.Contains("Subscription Pump.Loop was stopped", StringComparison.Ordinal)), "the loop is stopped");
        var at = (await _platform.ReadAsync("Pump", "v")).AsLong();
        at.ShouldBe(1 + _platform.Get<EventOptions>().MaxChain);
        _platform.Get<EventProcessor>().Stopped.ShouldBe(1);

        // Somebody else's write begins anew.
        await _platform.EditAsync("Pump", thing => thing with { Subscriptions = [new("Once", "DataChange", "", "v", "if (me.v < 1000) me.v = 1000;")] });
        await _platform.WriteAsync("Pump", "v", 5);
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Pump", "v")).AsLong() == 1000, "an end by itself");
    }

    [Fact]
    public async Task Two_subscriptions_that_set_each_other_off_over_a_service_are_stopped_too()
    {
        await _platform.AddPropertyAsync("Pump", "v", BaseType.INTEGER);
        await _platform.AddPropertyAsync("Watcher", "w", BaseType.INTEGER);
        await _platform.AddServiceAsync("Watcher", "Raise", "me.w = me.w + 1;");
        await _platform.EditAsync("Watcher", thing => thing with
        {
            Subscriptions = [new("There", "DataChange", "Pump", "v", "me.Raise();"), new("Back", "DataChange", "", "w", "Things['Pump'].v = Things['Pump'].v + 1;")],
        });
        await _platform.WriteAsync("Pump", "v", 1);
        await Until.TrueAsync(() => _platform.Log.Lines.Any(line => line.Contains("was stopped", StringComparison.Ordinal)
            && line.Contains("Watcher.There", StringComparison.Ordinal) && line.Contains("Watcher.Back", StringComparison.Ordinal)), "the loop is stopped");
    }

    [Fact]
    public async Task An_ordered_subscription_hears_each_event_in_order()
    {
        const int changes = 1_000;
        await _platform.AddPropertyAsync("Pump", "v", BaseType.INTEGER);
        var heard = new List<long>();
        await SubscribeAsync(new SubscriptionDefinition("S", "DataChange", "Pump", "v", "") { IsOrdered = true });
        _platform.Get<EventProcessor>().Runner = new WatchedRunner(async (_, data) =>
        {
            await Task.Yield();
            heard.Add(data![0, "newValue"].AsTable()![0, "value"].AsLong());
        });
        for (var i = 1; i <= changes; i++)
            await _platform.WriteAsync("Pump", "v", i);
        await Until.TrueAsync(() => heard.Count == changes, "all events");
        heard.ShouldBe(Enumerable.Range(1, changes).Select(i => (long)i));
    }

    private static string Append(string what) => $"me.seen = me.seen + {what} + ';';";

    private Task SubscribeAsync(params SubscriptionDefinition[] subscriptions) => _platform.EditAsync("Watcher", thing => thing with { Subscriptions = [.. subscriptions] });

    private async Task HeardAsync(params string[] oneOf) => await Until.TrueAsync(async () => Array.IndexOf(oneOf, (await _platform.ReadAsync("Watcher", "seen")).ToString()) >= 0, $"{oneOf[0]}");

    // One at a time, as subscriptions run side by side; what must not be heard is followed by something that must.
    private async Task HearAsync(string property, string[] written, string heard)
    {
        await _platform.AddPropertyAsync("Pump", "last", BaseType.STRING);
        await SubscribeAsync(
            new SubscriptionDefinition("S", "DataChange", "Pump", property, Append("eventData.newValue.rows[0].value")), new SubscriptionDefinition("Last", "DataChange", "Pump", "last", Append("'last'")));
        var events = _platform.Get<EventProcessor>();
        var list = new List<string>();
        events.Runner = new WatchedRunner((subscription, data) =>
        {
            lock (list)
                list.Add(subscription.Name == "Last" ? "last" : data![0, "newValue"].AsTable()![0, "value"].ToString());
            return Task.CompletedTask;
        }, events.Runner);
        foreach (var value in written)
        {
            var count = Count();
            await _platform.WriteAsync("Pump", property, value);
            await _platform.WriteAsync("Pump", "last", Guid.NewGuid().ToString());
            await Until.TrueAsync(() => Count() > count && events.Waiting == 0, "the last event");
        }

        string.Join(',', list.Where(one => one != "last")).ShouldBe(heard);

        int Count()
        {
            lock (list)
                return list.Count(one => one == "last");
        }
    }
}
