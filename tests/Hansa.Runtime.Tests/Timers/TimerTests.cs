using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Timers;

/// <summary>Timers, on a clock that the test turns.</summary>
public sealed class TimerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeThingAsync("Counter");
        await _platform.AddPropertyAsync("Counter", "ticks", BaseType.INTEGER);
        await _platform.WriteAsync("Counter", "ticks", 0);
        await _platform.MakeThingAsync("Clock", "Timer");
        await _platform.EditAsync("Counter", thing => thing with { Subscriptions = [new("Tick", "Timer", "Clock", "", "me.ticks = me.ticks + 1;")] });
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_timer_fires_at_its_rate_with_the_rights_of_its_user()
    {
        await SetAsync(("updateRate", 1000), ("runAsUser", "Administrator"));
        await TurnAsync(TimeSpan.FromSeconds(3), ticks: 3);
        await SetAsync(("updateRate", 100), ("runAsUser", "Administrator"));
        await TurnAsync(TimeSpan.FromMilliseconds(500), ticks: 8);
    }

    [Fact]
    public async Task A_timer_whose_user_may_nothing_changes_nothing()
    {
        await _platform.MakeUserAsync("ann");
        await SetAsync(("updateRate", 1000), ("runAsUser", "ann"));
        _time.Advance(TimeSpan.FromSeconds(1));
        await Until.TrueAsync(() => _platform.Log.Lines.Any(line => line.Contains("Subscription Tick of Thing Counter failed", StringComparison.Ordinal)), "the refusal is logged");
        (await _platform.ReadAsync("Counter", "ticks")).AsLong().ShouldBe(0);
    }

    [Fact]
    public async Task A_timer_that_was_never_configured_keeps_its_default_rate_when_it_is_switched()
    {
        await _platform.CallAsync("Things/Clock", "DisableTimer");
        _time.ActiveTimers.ShouldBe(0);
        await _platform.CallAsync("Things/Clock", "EnableTimer");
        _platform.Thing("Clock").Setting("Settings", "updateRate").AsLong().ShouldBe(60_000);
        _time.ActiveTimers.ShouldBe(1);
    }

    [Fact]
    public async Task A_timer_that_is_off_does_not_fire_and_one_that_is_on_again_does()
    {
        await SetAsync(("updateRate", 1000), ("runAsUser", "Administrator"));
        await TurnAsync(TimeSpan.FromSeconds(1), ticks: 1);
        await _platform.CallAsync("Things/Clock", "DisableTimer");
        await TurnAsync(TimeSpan.FromSeconds(10), ticks: 1);
        await _platform.CallAsync("Things/Clock", "EnableTimer");
        await TurnAsync(TimeSpan.FromSeconds(2), ticks: 3);
    }

    [Fact]
    public async Task A_timer_ends_with_its_Thing_and_begins_with_it()
    {
        await SetAsync(("updateRate", 1000), ("runAsUser", "Administrator"));
        await _platform.CallAsync("Things/Clock", "DisableThing");
        _time.ActiveTimers.ShouldBe(0);
        await _platform.CallAsync("Things/Clock", "EnableThing");
        _time.ActiveTimers.ShouldBe(1);
        await _platform.RestartAsync();
        _time.ActiveTimers.ShouldBe(1);
        await _platform.CallAsync("Resources/EntityServices", "DeleteThing", ("name", "Clock"));
        _time.ActiveTimers.ShouldBe(0);
    }

    [Fact]
    public async Task A_timer_that_becomes_another_kind_of_Thing_ends()
    {
        await SetAsync(("updateRate", 1000), ("runAsUser", "Administrator"));
        await _platform.Entities.ImportAsync([new ThingDefinition("Clock", "GenericThing") { IsEnabled = true }], CancellationToken.None);
        _time.ActiveTimers.ShouldBe(0);
        _platform.Thing("Clock").IsRunning.ShouldBeTrue();
    }

    [Fact]
    public async Task A_rate_below_ten_milliseconds_is_refused()
    {
        var refusal = await _platform.RefusedAsync("Administrator", "Things/Clock", "SetConfigurationTable", ("tableName", "Settings"), ("configurationTable", Tables.Row(("updateRate", 9))));
        refusal.Message.ShouldBe("updateRate must be 10 ms or more, not 9.");
    }

    [Fact]
    public async Task Whoever_sets_a_timer_may_not_borrow_the_rights_of_another_user()
    {
        await _platform.MakeUserAsync("ann");
        await _platform.ShowAsync("Things/Clock");
        await _platform.AllowAsync("Things/Clock", "ann", Permission.Update);
        (string, object?)[] Settings(string user) => [("tableName", "Settings"), ("configurationTable", Tables.Row(("updateRate", 1000), ("runAsUser", user)))];

        (await _platform.RefusedAsync("ann", "Things/Clock", "SetConfigurationTable", Settings("Administrator"))).Code.ShouldBe(ErrorCode.NotFound);
        (await _platform.RefusedAsync("ann", "Things/Clock", "SetConfigurationTable", Settings("ann"))).Message.ShouldContain("Update in User [ann]");
        await _platform.AllowAsync("Users/ann", "ann", Permission.Update);
        await _platform.InvokeAsync("ann", "Things/Clock", "SetConfigurationTable", Settings("ann"));
        // A name that stands there already is not asked for again.
        await _platform.CallAsync("Things/Clock", "SetConfigurationTable", Settings("Administrator"));
        await _platform.InvokeAsync("ann", "Things/Clock", "SetConfigurationTable", Settings("Administrator"));
    }

    private Task SetAsync(params (string, object?)[] settings) =>
        _platform.CallAsync("Things/Clock", "SetConfigurationTable", ("tableName", "Settings"), ("configurationTable", Tables.Row(settings)));

    // Step by step, as a tick whose predecessor still waits is left out.
    private async Task TurnAsync(TimeSpan by, int ticks)
    {
        var before = (await _platform.ReadAsync("Counter", "ticks")).AsLong();
        var steps = Math.Max(1, (int)(ticks - before));
        for (var i = 1; i <= steps; i++)
        {
            _time.Advance(by / steps);
            var expected = Math.Min(before + i, ticks);
            await Until.TrueAsync(async () => (await _platform.ReadAsync("Counter", "ticks")).AsLong() == expected, $"{expected} ticks");
        }
    }
}
