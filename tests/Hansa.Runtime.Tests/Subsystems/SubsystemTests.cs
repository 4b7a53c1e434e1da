using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Subsystems;

/// <summary>Figures of subsystems.</summary>
public sealed class SubsystemTests
{
    private const string Events = "Subsystems/EventProcessingSubsystem";

    [Fact]
    public async Task The_figures_of_event_processing_tell_what_waits_and_what_was_dropped()
    {
        var time = new ManualTimeProvider();
        await using var platform = await TestPlatform.StartAsync(time, configure: services => services.AddSingleton(new EventOptions { QueueLimit = 2, Workers = 1 }));
        await platform.MakeThingAsync("Pump");
        await platform.AddPropertyAsync("Pump", "v", BaseType.INTEGER);
        await platform.EditAsync("Pump", thing => thing with { Subscriptions = [new("S", "DataChange", "", "v", "")] });
        (await FiguresAsync(platform)).ShouldBe("queueSize 0, maximumQueueSize 2, workers 1, droppedEvents 0");
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        platform.Get<EventProcessor>().Runner = WatchedRunner.Holding(started, gate.Task);

        // One runs, two wait, and for one there is no room.
        await platform.WriteAsync("Pump", "v", 1);
        await started.Task;
        await platform.WriteAsync("Pump", "v", 2);
        await platform.WriteAsync("Pump", "v", 3);
        (await FiguresAsync(platform)).ShouldBe("queueSize 2, maximumQueueSize 2, workers 1, droppedEvents 0");
        var held = platform.WriteAsync("Pump", "v", 4);
        await Until.TrueAsync(() => time.ActiveTimers == 1, "the writer waits");
        time.Advance(TimeSpan.FromSeconds(1));
        await held;
        (await FiguresAsync(platform)).ShouldBe("queueSize 2, maximumQueueSize 2, workers 1, droppedEvents 1");

        gate.SetResult();
        await Until.TrueAsync(async () => await FiguresAsync(platform) == "queueSize 0, maximumQueueSize 2, workers 1, droppedEvents 1", "the queue is empty");
    }

    [Fact]
    public async Task Event_processing_runs_and_cannot_be_stopped()
    {
        await using var platform = await TestPlatform.StartAsync();
        (await platform.CallAsync(Events, "IsRunning")).AsBoolean().ShouldBeTrue();
        (await platform.RefusedAsync(TestPlatform.Administrator, Events, "Stop")).Message.ShouldContain("cannot be stopped");
        await platform.MakeUserAsync("ann");
        (await platform.RefusedAsync("ann", Events, "GetPerformanceMetrics")).Code.ShouldBe(ErrorCode.NotFound);
    }

    private static async Task<string> FiguresAsync(TestPlatform platform)
    {
        var figures = await platform.CallAsync(Events, "GetPerformanceMetrics");
        return string.Join(", ", figures.Column("name").Zip(figures.Column("value"), (name, value) => $"{name} {value}"));
    }
}
