namespace Hansa.Runtime;

/// <summary>AlertProcessingSubsystem: figures of alerts and of their history that waits for the disk (spec platform 8.1).</summary>
public sealed class AlertProcessingSubsystem(AlertMonitor monitor, AlertOptions options) : PermanentSubsystem
{
    /// <inheritdoc/>
    public override string Name => "AlertProcessingSubsystem";

    /// <inheritdoc/>
    public override string Description => "Watches properties for alerts.";

    /// <inheritdoc/>
    public override IEnumerable<Metric> Metrics =>
    [
        new("activeAlerts", "Alerts that hold.", monitor.Active),
        new("firedAlerts", "Alerts fired since start.", monitor.Fired, IsCount: true),
        new("queueSize", "Lines of the alert history that wait for the disk.", monitor.Waiting),
        new("maximumQueueSize", "Lines that may wait; beyond it writers wait, then lines are dropped. How alerts stand is never lost.", options.QueueLimit),
        new("droppedLines", "Lines of the history dropped since start because the queue stayed full.", monitor.Dropped, IsCount: true),
    ];
}
