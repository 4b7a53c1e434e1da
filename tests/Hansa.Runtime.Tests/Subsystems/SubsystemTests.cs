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
        (await FiguresAsync(platform)).ShouldBe("queueSize 0, maximumQueueSize 2, workers 1, stoppedEvents 0, droppedEvents 0");
        var (started, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        platform.Get<EventProcessor>().Runner = WatchedRunner.Holding(started, gate.Task);

        // One runs, two wait, and for one there is no room.
        await platform.WriteAsync("Pump", "v", 1);
        await started.Task;
        await platform.WriteAsync("Pump", "v", 2);
        await platform.WriteAsync("Pump", "v", 3);
        (await FiguresAsync(platform)).ShouldBe("queueSize 2, maximumQueueSize 2, workers 1, stoppedEvents 0, droppedEvents 0");
        var held = platform.WriteAsync("Pump", "v", 4);
        await Until.TrueAsync(() => time.ActiveTimers == 1, "the writer waits");
        time.Advance(TimeSpan.FromSeconds(1));
        await held;
        (await FiguresAsync(platform)).ShouldBe("queueSize 2, maximumQueueSize 2, workers 1, stoppedEvents 0, droppedEvents 1");

        gate.SetResult();
        await Until.TrueAsync(async () => await FiguresAsync(platform) == "queueSize 0, maximumQueueSize 2, workers 1, stoppedEvents 0, droppedEvents 1", "the queue is empty");
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

    [Fact]
    public async Task Figures_that_count_begin_anew_when_they_are_reset_and_the_others_stay()
    {
        const string streams = "Subsystems/StreamProcessingSubsystem";
        await using var platform = await TestPlatform.StartAsync();
        await platform.MakeThingAsync("Pump");
        (await FigureAsync(streams, "totalCommits")).ShouldBeGreaterThan(0);
        var limit = await FigureAsync(streams, "maximumQueueSize");
        await platform.CallAsync(streams, "ResetPerformanceMetrics");
        (await FigureAsync(streams, "totalCommits")).ShouldBe(0);
        (await FigureAsync(streams, "maximumQueueSize")).ShouldBe(limit);
        await platform.MakeThingAsync("Crane");
        (await FigureAsync(streams, "totalCommits")).ShouldBeGreaterThan(0);
        // Each subsystem counts for itself.
        (await FigureAsync("Subsystems/ValueStreamProcessingSubsystem", "totalCommits")).ShouldBeGreaterThan(await FigureAsync(streams, "totalCommits"));
        (await FigureAsync("Subsystems/DataTableProcessingSubsystem", "totalWritesPerformed")).ShouldBeGreaterThan(0);

        async Task<double> FigureAsync(string subsystem, string name)
        {
            var figures = (await platform.CallAsync(subsystem, "GetPerformanceMetrics")).AsTable()!;
            return figures[figures.Column("name").ToList().IndexOf(name), "value"].AsNumber();
        }
    }

    [Fact]
    public async Task The_platform_tells_true_figures_of_itself()
    {
        const string itself = "Subsystems/PlatformSubsystem";
        var time = new ManualTimeProvider();
        await using var platform = await TestPlatform.StartAsync(time);
        await platform.MakeThingAsync("Pump");
        await platform.MakeDataShapeAsync("Level", ("v", BaseType.NUMBER));
        time.Advance(TimeSpan.FromSeconds(5));
        (await platform.CallAsync(itself, "GetThingworxVersion")).ToString().ShouldBe("9.6.0");
        (await platform.CallAsync(itself, "GetThingCount")).AsLong().ShouldBe(platform.Entities.Things.Count());
        (await platform.CallAsync(itself, "GetEntityCount", ("collection", "DataShapes"))).AsLong().ShouldBe(1);
        (await platform.CallAsync(itself, "GetEntityCount")).AsLong().ShouldBe(EntityKinds.All.Sum(kind => platform.Entities.All(kind).Count()));
        (await platform.RefusedAsync(TestPlatform.Administrator, itself, "GetEntityCount", ("collection", "Ships"))).Message.ShouldContain("DataShapes");
        var row = (await platform.CallAsync(itself, "GetPlatformStats")).AsTable()!;
        row[0, "upTime"].AsNumber().ShouldBe(5_000);
        row[0, "thingCount"].AsNumber().ShouldBe(platform.Entities.Things.Count());
        row[0, "runningThingCount"].AsNumber().ShouldBe(platform.Entities.Things.Count());
        row[0, "memoryInUse"].AsNumber().ShouldBeGreaterThan(0);
        (await platform.CallAsync(itself, "GetPlatformStatsList")).Column("name").ShouldBe(row.Shape.Fields.Select(field => field.Name));
        (await platform.CallAsync(itself, "GetLicenseState")).ToString().ShouldBe("NOT_REQUIRED");
        (await platform.CallAsync(itself, "GetPersistenceInformation")).Column("name").ShouldBe(["ThingworxPersistenceProvider"]);
        (await platform.CallAsync(itself, "GetBaseTypes")).Column("name").ShouldContain("INFOTABLE");
    }

    [Fact]
    public async Task Application_keys_of_a_user_are_told_and_deleted_by_whether_they_have_expired()
    {
        const string users = "Subsystems/UserManagementSubsystem";
        var time = new ManualTimeProvider();
        await using var platform = await TestPlatform.StartAsync(time);
        await platform.MakeUserAsync("ann");
        await platform.MakeUserAsync("bob");
        await MakeKeyAsync("old", "ann", TimeSpan.FromHours(1));
        await MakeKeyAsync("new", "ann", TimeSpan.FromDays(10));
        await MakeKeyAsync("other", "bob", TimeSpan.FromHours(2));
        time.Advance(TimeSpan.FromDays(1));
        var keys = (await platform.CallAsync(users, "GetApplicationKeyExpirationInfo")).AsTable()!;
        keys.Column("name").ShouldBe(["old", "other", "new"]);
        keys.Column("isExpired").ShouldBe(["true", "true", "false"]);
        (await platform.CallAsync(users, "GetApplicationKeyExpirationInfo", ("userName", "bob"))).Column("name").ShouldBe(["other"]);
        (await platform.RefusedAsync("ann", users, "DeleteApplicationKeys", ("userName", "ann"))).Code.ShouldBe(ErrorCode.NotFound);
        (await platform.RefusedAsync(TestPlatform.Administrator, users, "DeleteApplicationKeys", ("userName", "nobody"))).Code.ShouldBe(ErrorCode.NotFound);
        await platform.CallAsync(users, "DeleteApplicationKeys", ("userName", "ann"));
        platform.Entities.All(EntityKind.ApplicationKeys).Select(key => key.Name).ShouldBe(["new", "other"]);
        await platform.CallAsync(users, "DeleteApplicationKeys", ("userName", "ann"), ("deleteExpiredKeys", false), ("deleteUnexpiredKeys", true));
        platform.Entities.All(EntityKind.ApplicationKeys).Select(key => key.Name).ShouldBe(["other"]);

        Task MakeKeyAsync(string name, string user, TimeSpan life) => platform.CallAsync(
            "Resources/EntityServices", "CreateApplicationKey", ("name", name), ("user", user), ("expirationDate", time.GetUtcNow() + life));
    }

    private static async Task<string> FiguresAsync(TestPlatform platform)
    {
        var figures = await platform.CallAsync(Events, "GetPerformanceMetrics");
        return string.Join(", ", figures.Column("name").Zip(figures.Column("value"), (name, value) => $"{name} {value}"));
    }
}
