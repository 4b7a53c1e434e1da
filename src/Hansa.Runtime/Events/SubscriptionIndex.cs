using System.Collections.Concurrent;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Who waits for an event of another Thing: a subscription by its name, or a service that was asked for at run time.</summary>
public readonly record struct Subscriber(string Thing, string Name, bool IsService);

/// <summary>Who has subscribed to events of other Things, kept in step with the directory. What a Thing subscribes to of its own stands in its shape.</summary>
public sealed class SubscriptionIndex
{
    private readonly ConcurrentDictionary<string, Dictionary<(string Event, string Property), List<Subscriber>>> _bySource = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();

    /// <summary>Watches the directory.</summary>
    public SubscriptionIndex(EntityDirectory directory) => directory.Changing += Note;

    /// <summary>Whether anybody else has subscribed to any event of that Thing.</summary>
    public bool Has(string source) => _bySource.ContainsKey(source);

    /// <summary>The others' subscriptions to that event.</summary>
    public IReadOnlyList<Subscriber> Find(string source, string eventName, string property) =>
        _bySource.TryGetValue(source, out var events) && events.TryGetValue((eventName, property), out var found) ? found : [];

    private void Note(EntityChange change)
    {
        if (change.Kind != EntityKind.Things)
            return;
        var (old, current) = (Entries(change.Before, change.ShapeBefore), Entries(change.After, change.ShapeAfter));
        if (old.Count == 0 && current.Count == 0)
            return;
        // First what is new, then without what is gone: a subscription that stays is there all the time.
        lock (_lock)
        {
            foreach (var entry in current.Except(old))
                Edit(entry, add: true);
            foreach (var entry in old.Except(current))
                Edit(entry, add: false);
        }
    }

    private static List<Entry> Entries(EntityDefinition? definition, EntityShape? shape)
    {
        var thing = definition as ThingDefinition;
        if (thing is null || shape is null || (shape.ForeignEvents.Count == 0 && thing.DynamicSubscriptions.IsEmpty))
            return [];
        return [.. shape.ForeignEvents.Select(pair => new Entry(pair.Event.Source, pair.Event.Event, pair.Event.Property, new(thing.Name, pair.Subscription, IsService: false)))
            .Concat(thing.DynamicSubscriptions.Select(asked => new Entry(asked.Thing, asked.Event, PropertyEvents.Has(asked.Event) ? asked.Property : "", new(thing.Name, asked.Service, IsService: true))))
            .Distinct()];
    }

    // Readers go on with the old dictionary: each edit makes a new one.
    private void Edit(Entry entry, bool add)
    {
        var events = _bySource.TryGetValue(entry.Source, out var have) ? have.ToDictionary(e => e.Key, e => e.Value.ToList()) : [];
        var list = events.TryGetValue((entry.Event, entry.Property), out var found) ? found : events[(entry.Event, entry.Property)] = [];
        if (add)
            list.Add(entry.Subscriber);
        else
            list.Remove(entry.Subscriber);
        if (events.Values.All(subscribers => subscribers.Count == 0))
            _bySource.TryRemove(entry.Source, out _);
        else
            _bySource[entry.Source] = events;
    }

    private sealed record Entry(string Source, string Event, string Property, Subscriber Subscriber);
}
