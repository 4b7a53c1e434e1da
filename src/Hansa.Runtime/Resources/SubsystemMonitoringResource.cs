using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource SubsystemMonitoring: how the subsystems are doing (spec platform 3.7, 7.8).</summary>
public sealed class SubsystemMonitoringResource(EntityDirectory directory, Lazy<IEnumerable<Subsystem>> subsystems) : Resource
{
    /// <inheritdoc/>
    public override string Name => "SubsystemMonitoring";

    /// <inheritdoc/>
    public override string Description => "Tells how the subsystems are doing.";

    [Service("Lists the subsystems that the caller can see, with status (running or stopped), whether they start with the server, and whether they can be stopped.", Category = "Monitoring",
        ResultShape = "SubsystemStatus", Kind = CallKind.Read)]
    public InfoTable GetSubsystemStatus(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.SubsystemStatus);
        foreach (var subsystem in subsystems.Value.OrderBy(subsystem => subsystem.Name, StringComparer.Ordinal))
        {
            if (directory.Find(new(EntityKind.Subsystems, subsystem.Name)) is { } entity && call.Invoker.Gate.IsVisible(call.Caller, entity, call.Call.Origin))
                builder.Add(Value.String(subsystem.Name), Value.String(subsystem.Description), Value.String(subsystem.State), Value.Boolean(true), Value.Boolean(subsystem is not PermanentSubsystem));
        }

        return builder.Build();
    }
}
