using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Catalogue;

public sealed class IdleTests
{
    [Fact]
    public async Task A_hundred_Things_without_traffic_run_no_timer()
    {
        var time = new ManualTimeProvider();
        await using var platform = await TestPlatform.StartAsync(time);
        for (var i = 0; i < 100; i++)
            await platform.MakeThingAsync($"T{i}", i % 2 == 0 ? "GenericThing" : "Stream");
        await platform.AddPropertyAsync("T0", "speed", Model.BaseType.NUMBER, ("persistent", true));
        await platform.WriteAsync("T0", "speed", 5);
        time.ActiveTimers.ShouldBe(0);

        // The one documented exception: a Timer that is enabled.
        await platform.MakeThingAsync("Clock", "Timer");
        time.ActiveTimers.ShouldBe(1);
        await platform.CallAsync("Things/Clock", "DisableThing");
        time.ActiveTimers.ShouldBe(0);
    }
}
