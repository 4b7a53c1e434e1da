using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Threading.Channels;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>Something that happened to a Thing.</summary>
/// <param name="UserName">Whose doing it was: subscriptions run with these rights.</param>
/// <param name="Source">The Thing.</param>
/// <param name="EventName">The event.</param>
/// <param name="Property">For changes of a property its name, else "".</param>
/// <param name="Data">Makes the event's data row; asked only where somebody has subscribed.</param>
public sealed record ThingEvent(string UserName, Thing Source, string EventName, string Property, Func<InfoTable?> Data)
{
    /// <summary>When it happened, milliseconds since 1970; null for now.</summary>
    public long? Happened { get; init; }
}

/// <summary>Hears of events for those who tell them elsewhere. Quick, and must not throw.</summary>
public interface IEventObserver
{
    /// <summary>Whether anybody elsewhere has asked for that event.</summary>
    bool Wants(Thing source, string eventName);

    /// <summary>It has happened.</summary>
    void Fired(Thing source, string eventName, InfoTable? data, long happened);
}

/// <summary>How many events wait and how many run at once.</summary>
public sealed class EventOptions
{
    /// <summary>Events that may wait for their subscriptions. Default 200,000 (spec platform 8.1); beyond it writers wait, then events are dropped and counted.</summary>
    [Range(1, int.MaxValue)]
    public int QueueLimit { get; set; } = 200_000;

    /// <summary>Subscriptions that run at once. Default 16.</summary>
    [Range(1, 500)]
    public int Workers { get; set; } = 16;

    /// <summary>How long a writer waits for room in a full queue. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan FullQueueWait { get; set; } = TimeSpan.FromSeconds(1);
}

/// <summary>Runs subscriptions: whoever causes an event does not wait for what it sets off.</summary>
public sealed partial class EventProcessor(
    EntityDirectory directory, SubscriptionIndex index, EventOptions options, TimeProvider time, ILogger<EventProcessor> logger) : IPropertyObserver
{
    private readonly Channel<Delivery> _queue = Channel.CreateBounded<Delivery>(options.QueueLimit);
    private long _dropped;

    /// <summary>Those who tell events elsewhere; put in at start.</summary>
    internal IReadOnlyList<IEventObserver> Observers { get; set; } = [];

    /// <summary>Runs one subscription's script; put in at start.</summary>
    internal Func<Thing, SubscriptionDefinition, ThingEvent, InfoTable?, long, CancellationToken, ValueTask> Run { get; set; } = (_, _, _, _, _, _) => ValueTask.CompletedTask;

    /// <summary>Events dropped because the queue stayed full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Events that wait.</summary>
    public int Waiting => _queue.Reader.Count;

    /// <summary>Queues the event for each of its subscriptions.</summary>
    public async ValueTask FireAsync(ThingEvent happening, CancellationToken cancellationToken)
    {
        var subscriptions = index.Find(happening.Source.Name, happening.EventName, happening.Property);
        var isWanted = IsWanted(happening);
        if (subscriptions.Count == 0 && !isWanted)
            return;
        var data = happening.Data();
        var now = happening.Happened ?? time.GetUtcNow().ToUnixTimeMilliseconds();
        if (isWanted)
            Tell(happening, data, now);
        foreach (var (subscriber, name) in subscriptions)
        {
            var delivery = new Delivery(happening, subscriber, name, data, now);
            if (!_queue.Writer.TryWrite(delivery) && !await WaitAsync(delivery, cancellationToken))
            {
                Interlocked.Increment(ref _dropped);
                LogDropped(happening.EventName, happening.Source.Name, subscriber, name);
            }
        }
    }

    /// <summary>Works until told to stop; whoever made the token awaits this task.</summary>
    public Task RunAsync(CancellationToken stopping) =>
        Task.WhenAll(Enumerable.Range(0, options.Workers).Select(_ => Task.Run(() => WorkAsync(stopping), CancellationToken.None)));

    ValueTask IPropertyObserver.WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes) =>
        index.Has(thing.Name) ? FireChangesAsync(userName, thing, writes) : ValueTask.CompletedTask;

    private async ValueTask FireChangesAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes)
    {
        foreach (var write in writes)
        {
            if (!write.IsChange)
                continue;
            await FireAsync(new(userName, thing, "DataChange", write.Property.Name, () => InfoTable.Single(
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

    private async Task<bool> WaitAsync(Delivery delivery, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.FullQueueWait, time);
        using var both = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            await _queue.Writer.WriteAsync(delivery, both.Token);
            return true;
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return false;
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

    private async ValueTask DeliverAsync(Delivery delivery, CancellationToken stopping)
    {
        var thing = directory.FindThing(delivery.Subscriber);
        var subscription = thing?.Definition.Subscriptions.FirstOrDefault(have => have.Name == delivery.Subscription);
        if (thing is not { IsRunning: true } || subscription is not { IsEnabled: true })
            return;
        try
        {
            await Run(thing, subscription, delivery.Event, delivery.Data, delivery.Time, stopping);
        }
        catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
        {
            LogFailed(delivery.Subscription, thing.Name, delivery.Event.EventName, delivery.Event.Source.Name, e is PlatformException ? e.Message : e.ToString());
        }
    }

    [LoggerMessage(1201, LogLevel.Warning, "Event {Event} of Thing {Source} was dropped for subscription {Subscriber}.{Subscription}: the queue is full.")]
    private partial void LogDropped(string @event, string source, string subscriber, string subscription);

    [LoggerMessage(1202, LogLevel.Error, "Subscription {Subscription} of Thing {Thing} failed on event {Event} of {Source}: {Reason}")]
    private partial void LogFailed(string subscription, string thing, string @event, string source, string reason);

    private sealed record Delivery(ThingEvent Event, string Subscriber, string Subscription, InfoTable? Data, long Time);
}

/// <summary>Who has subscribed to what, kept in step with the directory.</summary>
public sealed class SubscriptionIndex
{
    private readonly ConcurrentDictionary<string, Dictionary<(string Event, string Property), List<(string Thing, string Subscription)>>> _bySource =
        new(StringComparer.Ordinal);

    private readonly Lock _lock = new();

    /// <summary>Watches the directory.</summary>
    public SubscriptionIndex(EntityDirectory directory) => directory.Changing += Note;

    /// <summary>Whether anybody has subscribed to any event of that Thing.</summary>
    public bool Has(string source) => _bySource.ContainsKey(source);

    /// <summary>The subscriptions to that event.</summary>
    public IReadOnlyList<(string Thing, string Subscription)> Find(string source, string eventName, string property) =>
        _bySource.TryGetValue(source, out var events) && events.TryGetValue((eventName, property), out var found) ? found : [];

    private void Note(EntityChange change)
    {
        if (change.Kind != EntityKind.Things)
            return;
        var (before, after) = (change.Before as ThingDefinition, change.After as ThingDefinition);
        if (before is not null && after is not null && before.Subscriptions == after.Subscriptions)
            return;
        // First what is new, then without what is gone: a subscription that stays is there all the time.
        var (old, current) = (Entries(before), Entries(after));
        lock (_lock)
        {
            foreach (var entry in current.Except(old))
                Edit(entry, add: true);
            foreach (var entry in old.Except(current))
                Edit(entry, add: false);
        }
    }

    private static List<Entry> Entries(ThingDefinition? thing) => [.. (thing?.Subscriptions ?? []).Select(subscription => new Entry(
        subscription.Source.Length == 0 ? thing!.Name : subscription.Source, subscription.EventName,
        subscription.EventName == "DataChange" ? subscription.SourceProperty : "", thing!.Name, subscription.Name)).Distinct()];

    // Readers go on with the old dictionary: each edit makes a new one.
    private void Edit(Entry entry, bool add)
    {
        var events = _bySource.TryGetValue(entry.Source, out var have) ? have.ToDictionary(e => e.Key, e => e.Value.ToList()) : [];
        var list = events.TryGetValue((entry.Event, entry.Property), out var found) ? found : events[(entry.Event, entry.Property)] = [];
        if (add)
            list.Add((entry.Thing, entry.Subscription));
        else
            list.Remove((entry.Thing, entry.Subscription));
        if (events.Values.All(subscribers => subscribers.Count == 0))
            _bySource.TryRemove(entry.Source, out _);
        else
            _bySource[entry.Source] = events;
    }

    private sealed record Entry(string Source, string Event, string Property, string Thing, string Subscription);
}
