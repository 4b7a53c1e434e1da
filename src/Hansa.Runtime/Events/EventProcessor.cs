using System.Collections.Concurrent;
using System.Threading.Channels;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Runs subscriptions: whoever causes an event does not wait for what it sets off.</summary>
public sealed partial class EventProcessor : IPropertyObserver
{
    private const int TurnLength = 64;

    private readonly EntityDirectory _directory;
    private readonly SubscriptionIndex _index;
    private readonly EventOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<EventProcessor> _logger;
    private readonly Channel<Delivery> _queue;
    private readonly Channel<Lane> _turns = Channel.CreateUnbounded<Lane>();
    private readonly ConcurrentDictionary<(Guid Thing, string Subscription), Lane> _lanes = [];
    private long _dropped;
    private long _stopped;

    /// <summary>Makes the processor; it works once it is told to run.</summary>
    public EventProcessor(EntityDirectory directory, SubscriptionIndex index, EventOptions options, TimeProvider time, ILogger<EventProcessor> logger)
    {
        (_directory, _index, _options, _time, _logger) = (directory, index, options, time, logger);
        _queue = Channel.CreateBounded<Delivery>(options.QueueLimit);
        directory.Changing += Note;
        directory.Changed += change =>
        {
            if (change is { Kind: EntityKind.Things, After: null })
                _ = InvalidateAsync(change.Entity.Name);
        };
    }

    /// <summary>Those who tell events elsewhere; put in at start.</summary>
    internal IReadOnlyList<IEventObserver> Observers { get; set; } = [];

    /// <summary>Runs subscriptions and called services; put in at start.</summary>
    internal IEventRunner Runner { get; set; } = null!;

    /// <summary>Events dropped because the queue stayed full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Events that were not delivered because subscriptions had set each other off too often.</summary>
    public long Stopped => Interlocked.Read(ref _stopped);

    /// <summary>Events that wait.</summary>
    public int Waiting => _queue.Reader.Count + _lanes.Values.Sum(lane => lane.Waiting);

    /// <summary>Queues the event for each of its subscriptions.</summary>
    public async ValueTask FireAsync(ThingEvent happening, CancellationToken cancellationToken)
    {
        var others = _index.Find(happening.Source.Name, happening.EventName, happening.Property);
        var own = happening.Source.Shape.SubscriptionsTo(happening.EventName, happening.Property);
        var isWanted = IsWanted(happening);
        if (others.Count == 0 && own.Count == 0 && !isWanted)
            return;
        var data = happening.Data();
        var now = happening.Happened ?? _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (isWanted)
            Tell(happening, data, now);
        foreach (var name in own)
            await QueueAsync(new(happening, new(happening.Source.Name, name, IsService: false), data, now, EventChain.Current), cancellationToken);
        foreach (var subscriber in others)
            await QueueAsync(new(happening, subscriber, data, now, EventChain.Current), cancellationToken);
    }

    /// <summary>Works until told to stop; whoever made the token awaits this task.</summary>
    public Task RunAsync(CancellationToken stopping) => Task.WhenAll(Enumerable.Range(0, _options.Workers).SelectMany(_ => new[]
    {
        Task.Run(() => WorkAsync(stopping), CancellationToken.None), Task.Run(() => TakeTurnsAsync(stopping), CancellationToken.None),
    }));

    ValueTask IPropertyObserver.WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes) =>
        thing.Shape.Subscriptions.Count > 0 || _index.Has(thing.Name) ? FireChangesAsync(userName, thing, writes) : ValueTask.CompletedTask;

    private async ValueTask FireChangesAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes)
    {
        foreach (var write in writes)
        {
            if (!write.IsChange)
                continue;
            await FireAsync(new(userName, thing, PropertyEvents.DataChange, write.Property.Name, () => InfoTable.Single(
                ("oldValue", BaseType.INFOTABLE, Table(write.Before)), ("newValue", BaseType.INFOTABLE, Table(write.After)))), CancellationToken.None);
            await FireAsync(new(userName, thing, "AnyDataChange", "", () => InfoTable.Single(
                ("name", BaseType.STRING, Value.String(write.Property.Name)), ("oldValue", BaseType.INFOTABLE, Table(write.Before)), ("newValue", BaseType.INFOTABLE, Table(write.After)))), CancellationToken.None);
        }
    }

    private bool IsWanted(ThingEvent happening)
    {
        foreach (var observer in Observers)
        {
            if (observer.Wants(happening.Source, happening.EventName))
                return true;
        }

        return false;
    }

    private void Tell(ThingEvent happening, InfoTable? data, long now)
    {
        foreach (var observer in Observers)
        {
            if (observer.Wants(happening.Source, happening.EventName))
                observer.Fired(happening.Source, happening.EventName, data, now);
        }
    }

    private static Value Table(Vtq vtq) => Value.Table(InfoTable.Single(
        ("value", BaseType.VARIANT, vtq.Value), ("time", BaseType.DATETIME, Value.DateTime(vtq.Time)), ("quality", BaseType.STRING, Value.String(vtq.Quality))));

    private async ValueTask QueueAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        if (delivery.Cause is { } chain && chain.Length >= _options.MaxChain)
        {
            Interlocked.Increment(ref _stopped);
            LogLoop(delivery.Subscriber.Thing, delivery.Subscriber.Name, chain.Length, string.Join(", ", chain.Subscriptions), delivery.Event.EventName, delivery.Event.Source.Name);
            return;
        }

        var lane = LaneOf(delivery.Subscriber);
        var queue = lane?.Queue ?? _queue;
        if (!queue.Writer.TryWrite(delivery) && !await WaitAsync(queue, delivery, cancellationToken))
        {
            Interlocked.Increment(ref _dropped);
            LogDropped(delivery.Event.EventName, delivery.Event.Source.Name, delivery.Subscriber.Thing, delivery.Subscriber.Name);
            return;
        }

        if (lane is not null && lane.Enter())
            _turns.Writer.TryWrite(lane);
    }

    private async Task<bool> WaitAsync(Channel<Delivery> queue, Delivery delivery, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(_options.FullQueueWait, _time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await queue.Writer.WriteAsync(delivery, both.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
        }
    }

    private Lane? LaneOf(Subscriber subscriber) =>
        !subscriber.IsService && _directory.FindThing(subscriber.Thing) is { } thing && thing.Shape.FindSubscription(subscriber.Name) is { IsOrdered: true }
            ? _lanes.GetOrAdd((thing.Definition.Id, subscriber.Name), _ => new(_options.OrderedQueueLimit))
            : null;

    private void Note(EntityChange change)
    {
        if (change is not { Kind: EntityKind.Things, After: null, Before: { } gone, ShapeBefore: { } shape })
            return;
        foreach (var subscription in shape.Subscriptions)
            _lanes.TryRemove((gone.Id, subscription.Name), out _);
    }

    private async Task InvalidateAsync(string gone)
    {
        foreach (var thing in _directory.Things.Where(thing => thing.IsRunning && thing.Definition.DynamicSubscriptions.Length > 0))
        {
            foreach (var asked in thing.Definition.DynamicSubscriptions.Where(asked => asked.Thing == gone))
            {
                await FireAsync(new(Principals.SystemName, thing, "DynamicSubscriptionInvalidated", "", () => InfoTable.Single(
                    ("thingName", BaseType.THINGNAME, Value.Text(gone, BaseType.THINGNAME)), ("eventName", BaseType.STRING, Value.String(asked.Event)),
                    ("propertyName", BaseType.STRING, Value.String(asked.Property)), ("serviceName", BaseType.STRING, Value.String(asked.Service)))), CancellationToken.None);
            }
        }
    }

    private async Task WorkAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var delivery in _queue.Reader.ReadAllAsync(stopping))
                await DeliverAsync(delivery, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The server stops; events that wait are lost with it, as their effects were never promised.
        }
    }

    // One turn works off some events of one ordered subscription; no other turn of it is under way.
    private async Task TakeTurnsAsync(CancellationToken stopping)
    {
        try
        {
            await foreach (var lane in _turns.Reader.ReadAllAsync(stopping))
            {
                for (var i = 0; i < TurnLength && lane.Queue.Reader.TryRead(out var delivery); i++)
                    await DeliverAsync(delivery, stopping);
                if (lane.Leave())
                    _turns.Writer.TryWrite(lane);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // As above.
        }
    }

    private async ValueTask DeliverAsync(Delivery delivery, CancellationToken stopping)
    {
        var (happening, subscriber) = (delivery.Event, delivery.Subscriber);
        if (_directory.FindThing(subscriber.Thing) is not { IsRunning: true } thing)
            return;
        var subscription = subscriber.IsService ? null : thing.Shape.FindSubscription(subscriber.Name);
        if (!subscriber.IsService && subscription is not { IsEnabled: true })
            return;
        EventChain.Current = EventChain.Then(delivery.Cause, $"{thing.Name}.{subscriber.Name}");
        try
        {
            if (subscription is not null)
                await Runner.RunAsync(thing, subscription, happening, delivery.Data, delivery.Time, stopping);
            else
                await Runner.CallAsync(thing, subscriber.Name, happening, delivery.Data, delivery.Time, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogFailed(subscriber.Name, thing.Name, happening.EventName, happening.Source.Name, e is PlatformException ? e.Message : e.ToString());
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "Event {Event} of Thing {Source} was dropped for subscription {Subscriber}.{Subscription}: the queue is full.")]
    private partial void LogDropped(string @event, string source, string subscriber, string subscription);

    [LoggerMessage(1202, LogLevel.Error, "Subscription {Subscription} of Thing {Thing} failed on event {Event} of {Source}: {Reason}")]
    private partial void LogFailed(string subscription, string thing, string @event, string source, string reason);

    [LoggerMessage(1203, LogLevel.Error,
        "Subscription {Thing}.{Subscription} was stopped: {Length} subscriptions had set each other off one after the other ({Chain}), now by event {Event} of {Source}.")]
    private partial void LogLoop(string thing, string subscription, int length, string chain, string @event, string source);

    private sealed record Delivery(ThingEvent Event, Subscriber Subscriber, InfoTable? Data, long Time, EventChain? Cause);

    /// <summary>What waits for one ordered subscription. It stands in the line of turns at most once.</summary>
    private sealed class Lane(int limit)
    {
        private int _isInLine;

        public Channel<Delivery> Queue { get; } = Channel.CreateBounded<Delivery>(limit);

        public int Waiting => Queue.Reader.Count;

        /// <summary>Whether it is to be put in line.</summary>
        public bool Enter() => Interlocked.Exchange(ref _isInLine, 1) == 0;

        /// <summary>Ends a turn; tells whether it is to be put in line again.</summary>
        public bool Leave()
        {
            Volatile.Write(ref _isInLine, 0);
            return Waiting > 0 && Enter();
        }
    }
}

/// <summary>Does what events set off.</summary>
internal interface IEventRunner
{
    /// <summary>Runs a subscription's script.</summary>
    ValueTask RunAsync(Thing thing, SubscriptionDefinition subscription, ThingEvent happening, InfoTable? data, long at, CancellationToken cancellationToken);

    /// <summary>Calls a service of the subscriber, with those of the event's values that it has parameters for.</summary>
    ValueTask CallAsync(Thing thing, string service, ThingEvent happening, InfoTable? data, long at, CancellationToken cancellationToken);
}
