using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Timers;

/// <summary>Schedulers, on a clock that the test turns; it begins at midnight.</summary>
public sealed class SchedulerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeThingAsync("Counter");
        await _platform.AddPropertyAsync("Counter", "ticks", BaseType.INTEGER);
        await _platform.AddPropertyAsync("Counter", "last", BaseType.DATETIME);
        await _platform.WriteAsync("Counter", "ticks", 0);
        await _platform.MakeThingAsync("Plan", "Scheduler");
        await _platform.EditAsync("Counter", thing => thing with
        {
            Subscriptions = [new("Tick", "ScheduledEvent", "Plan", "", "me.last = eventData.timestamp; me.ticks = me.ticks + 1;")],
        });
        await SetAsync("0 30 2/12 * * ?");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_scheduler_fires_at_each_planned_time_and_says_which()
    {
        var midnight = _time.GetUtcNow();
        _time.Advance(TimeSpan.FromHours(2));
        _time.Advance(TimeSpan.FromMinutes(29));
        (await TicksAsync()).ShouldBe(0);
        _time.Advance(TimeSpan.FromMinutes(1));
        await Until.TrueAsync(async () => await TicksAsync() == 1, "the first planned time");
        (await _platform.ReadAsync("Counter", "last")).AsDateTime().ShouldBe(midnight.AddHours(2.5));
        _time.Advance(TimeSpan.FromHours(12));
        await Until.TrueAsync(async () => await TicksAsync() == 2, "the second planned time");
    }

    [Fact]
    public async Task Times_that_passed_while_it_was_off_are_not_made_up_for()
    {
        await _platform.CallAsync("Things/Plan", "DisableScheduler");
        _time.ActiveTimers.ShouldBe(0);
        _time.Advance(TimeSpan.FromHours(14));
        await _platform.CallAsync("Things/Plan", "EnableScheduler");
        _time.ActiveTimers.ShouldBe(1);
        _time.Advance(TimeSpan.FromMinutes(30));
        await Until.TrueAsync(async () => await TicksAsync() == 1, "the next planned time");
    }

    [Fact]
    public async Task The_next_planned_time_is_told_also_while_it_is_off()
    {
        await _platform.CallAsync("Things/Plan", "DisableScheduler");
        (await _platform.CallAsync("Things/Plan", "GetNextScheduledTime")).AsDateTime().ShouldBe(_time.GetUtcNow().AddHours(2.5));
        await SetAsync("0 0 0 1 1 ? 1999");
        (await _platform.CallAsync("Things/Plan", "GetNextScheduledTime")).IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task A_schedule_that_never_comes_is_refused_when_it_is_saved()
    {
        var refusal = await _platform.RefusedAsync("Administrator", "Things/Plan", "SetConfigurationTable",
            ("tableName", "Settings"), ("configurationTable", Tables.Row(("schedule", "0 0 0 30 2 ?"))));
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldBe("The schedule '0 0 0 30 2 ?' never comes: no date matches all its fields.");
    }

    private async Task<long> TicksAsync() => (await _platform.ReadAsync("Counter", "ticks")).AsLong();

    private Task SetAsync(string schedule) => _platform.CallAsync("Things/Plan", "SetConfigurationTable",
        ("tableName", "Settings"), ("configurationTable", Tables.Row(("schedule", schedule), ("runAsUser", "Administrator"))));
}
