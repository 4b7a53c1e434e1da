using System.Collections.Concurrent;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What every subsystem has: start, stop, state, figures (spec platform 1.5).</summary>
public sealed class SubsystemServices(Lazy<IEnumerable<Subsystem>> subsystems) : KindServices
{
    // What counters stood at when they were reset.
    private readonly ConcurrentDictionary<(string Subsystem, string Metric), double> _reset = new();

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
    public string GetSubsystemState(ServiceContext call) => Of(call).State;

    [Service("Gives the subsystem's figures.", Category = "Metrics", ResultShape = "ThingworxMetric", Kind = CallKind.Read)]
    public InfoTable GetPerformanceMetrics(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.ThingworxMetric);
        var name = call.Target.Name;
        foreach (var metric in Of(call).Metrics)
            builder.Add(Value.String(metric.Name), Value.String(metric.Description), Value.Number(metric.Value - _reset.GetValueOrDefault((name, metric.Name))));
        return builder.Build();
    }

    [Service("Lets the figures that count from the start begin anew at 0.", Category = "Metrics", Requires = Permission.Update)]
    public void ResetPerformanceMetrics(ServiceContext call)
    {
        foreach (var metric in Of(call).Metrics.Where(metric => metric.IsCount))
            _reset[(call.Target.Name, metric.Name)] = metric.Value;
    }

    private Subsystem Of(ServiceContext call) => subsystems.Value.First(subsystem => subsystem.Name == call.Target.Name);
}
