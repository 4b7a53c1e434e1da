using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What every subsystem has: start, stop, state, figures (spec platform 1.5).</summary>
public sealed class SubsystemServices(Lazy<IEnumerable<Subsystem>> subsystems) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Subsystems;

    [Service("Starts the subsystem.", Category = "Lifecycle", Requires = Permission.Update)]
    public Task Start(ServiceContext call, CancellationToken cancellationToken) => Of(call).StartAsync(cancellationToken);

    [Service("Stops the subsystem.", Category = "Lifecycle", Requires = Permission.Update)]
    public Task Stop(ServiceContext call, CancellationToken cancellationToken) => Of(call).StopAsync(cancellationToken);

    [Service("Stops the subsystem and starts it again.", Category = "Lifecycle", Requires = Permission.Update)]
    public async Task Restart(ServiceContext call, CancellationToken cancellationToken)
    {
        await Of(call).StopAsync(cancellationToken);
        await Of(call).StartAsync(cancellationToken);
    }

    [Service("Tells whether the subsystem runs.", Category = "Lifecycle", Kind = CallKind.Read)]
    public bool IsRunning(ServiceContext call) => Of(call).IsRunning;

    [Service("Tells the subsystem's state: running or stopped.", Category = "Lifecycle", Kind = CallKind.Read)]
    public string GetSubsystemState(ServiceContext call) => Of(call).IsRunning ? "running" : "stopped";

    [Service("Gives the subsystem's figures.", Category = "Metrics", ResultShape = "ThingworxMetric", Kind = CallKind.Read)]
    public InfoTable GetPerformanceMetrics(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.ThingworxMetric);
        foreach (var (name, description, value) in Of(call).Metrics)
            builder.Add(Value.String(name), Value.String(description), Value.Number(value));
        return builder.Build();
    }

    private Subsystem Of(ServiceContext call) => subsystems.Value.First(subsystem => subsystem.Name == call.Target.Name);
}

/// <summary>PlatformSubsystem: what this server is.</summary>
public sealed class PlatformSubsystem(EntityDirectory directory) : Subsystem
{
    /// <inheritdoc/>
    public override string Name => "PlatformSubsystem";

    /// <inheritdoc/>
    public override string Description => "The platform itself.";

    /// <inheritdoc/>
    public override bool IsRunning => true;

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken) =>
        throw Errors.Bad("The PlatformSubsystem is the server; stop the process instead.");

    [Service("Gives the version of ThingWorx whose interfaces this server has.", Category = "Information", Kind = CallKind.Read)]
    public string GetThingworxVersion(ServiceContext call) => "9.6.0";

    [Service("Gives the version of Hansa.", Category = "Information", Kind = CallKind.Read)]
    public string GetHansaVersion(ServiceContext call) => typeof(PlatformSubsystem).Assembly.GetName().Version!.ToString(3);

    [Service("Counts the Things.", Category = "Information", Kind = CallKind.Read)]
    public int GetThingCount(ServiceContext call) => directory.Things.Count();
}

/// <summary>StreamProcessingSubsystem: figures of the queue that stream entries are written through.</summary>
public sealed class StreamProcessingSubsystem(Hansa.Storage.IStorage storage) : Subsystem
{
    /// <inheritdoc/>
    public override string Name => "StreamProcessingSubsystem";

    /// <inheritdoc/>
    public override string Description => "Writes entries of streams.";

    /// <inheritdoc/>
    public override bool IsRunning => true;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, string Description, double Value)> Metrics
    {
        get
        {
            var metrics = storage.Metrics;
            yield return ("queueSize", "Writes that wait.", metrics.QueuedWrites);
            yield return ("maximumQueueSize", "Writes that may wait; more are refused.", metrics.QueueLimit);
            yield return ("totalWritesPerformed", "Writes committed since start.", metrics.Writes);
            yield return ("totalRowsWritten", "Rows in them.", metrics.Rows);
            yield return ("totalCommits", "Commits since start; writes of many callers share one.", metrics.Commits);
            yield return ("overwrittenEntries", "Entries that replaced one of the same timestamp and source.", metrics.OverwrittenEntries);
            yield return ("refusedWrites", "Writes refused because the queue was full.", metrics.RefusedWrites);
        }
    }

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken) =>
        throw Errors.Bad("The StreamProcessingSubsystem is part of every write; it cannot be stopped.");
}

/// <summary>EventProcessingSubsystem: figures of the queue that events wait in for their subscriptions.</summary>
public sealed class EventProcessingSubsystem(EventProcessor events, EventOptions options) : Subsystem
{
    /// <inheritdoc/>
    public override string Name => "EventProcessingSubsystem";

    /// <inheritdoc/>
    public override string Description => "Runs subscriptions to events.";

    /// <inheritdoc/>
    public override bool IsRunning => true;

    /// <inheritdoc/>
    public override IEnumerable<(string Name, string Description, double Value)> Metrics =>
    [
        ("queueSize", "Events that wait for their subscriptions.", events.Waiting),
        ("maximumQueueSize", "Events that may wait; beyond it writers wait, then events are dropped.", options.QueueLimit),
        ("workers", "Subscriptions that run at once.", options.Workers),
        ("droppedEvents", "Events dropped since start because the queue stayed full.", events.Dropped),
    ];

    /// <inheritdoc/>
    public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <inheritdoc/>
    public override Task StopAsync(CancellationToken cancellationToken) =>
        throw Errors.Bad("The EventProcessingSubsystem is part of every event; it cannot be stopped.");
}
