namespace Hansa.Runtime;

/// <summary>EventProcessingSubsystem: figures of the queue that events wait in for their subscriptions.</summary>
public sealed class EventProcessingSubsystem(EventProcessor events, EventOptions options) : PermanentSubsystem
{
    /// <inheritdoc/>
    public override string Name => "EventProcessingSubsystem";

    /// <inheritdoc/>
    public override string Description => "Runs subscriptions to events.";

    /// <inheritdoc/>
    public override IEnumerable<Metric> Metrics =>
    [
        new("queueSize", "Events that wait for their subscriptions.", events.Waiting),
        new("maximumQueueSize", "Events that may wait; beyond it writers wait, then events are dropped.", options.QueueLimit),
        new("workers", "Subscriptions that run at once.", options.Workers),
        new("stoppedEvents", "Events not delivered since start because subscriptions had set each other off too often.", events.Stopped, IsCount: true),
        new("droppedEvents", "Events dropped since start because the queue stayed full.", events.Dropped, IsCount: true),
    ];
}
