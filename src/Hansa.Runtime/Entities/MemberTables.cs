using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Properties with their places and sources; shared by all layers that add none.</summary>
internal sealed class PropertyTable
{
    private static readonly PropertyTable Empty = new([]);

    private readonly Dictionary<string, int> _places;
    private readonly EntityKey[] _sources;

    private PropertyTable(OrderedDictionary<string, (PropertyDefinition Definition, EntityKey Source)> all)
    {
        Definitions = [.. all.Values.Select(property => property.Definition)];
        _sources = [.. all.Values.Select(property => property.Source)];
        _places = Definitions.Select((definition, place) => (definition.Name, place)).ToDictionary(pair => pair.Name, pair => pair.place, StringComparer.Ordinal);
    }

    public PropertyDefinition[] Definitions { get; }

    public static PropertyTable Of(EntityKey source, IEnumerable<PropertyTable> bases, IReadOnlyCollection<PropertyDefinition> own)
    {
        var filled = bases.Where(table => table.Definitions.Length > 0).ToList();
        if (own.Count == 0 && filled.Count <= 1)
            return filled is [var only] ? only : Empty;
        var all = new OrderedDictionary<string, (PropertyDefinition, EntityKey)>(StringComparer.Ordinal);
        foreach (var table in Enumerable.Reverse(filled))
        {
            for (var i = 0; i < table.Definitions.Length; i++)
                all[table.Definitions[i].Name] = (table.Definitions[i], table._sources[i]);
        }

        foreach (var property in own)
            all[property.Name] = (property, source);
        return new(all);
    }

    public int IndexOf(string name) => _places.TryGetValue(name, out var place) ? place : -1;

    public EntityKey SourceOf(string name) => _sources[_places[name]];
}

/// <summary>Subscriptions by what they wait for; shared by all layers that add none.</summary>
internal sealed class SubscriptionTable
{
    private static readonly SubscriptionTable Empty = new([]);

    private readonly Dictionary<(string Event, string Property), string[]> _own;

    private SubscriptionTable(IReadOnlyList<SubscriptionDefinition> all)
    {
        All = all;
        var events = all.SelectMany(subscription => subscription.Events, (subscription, happening) => (Event: Normal(happening), subscription.Name)).Distinct().ToList();
        _own = events.Where(pair => pair.Event.Source.Length == 0).GroupBy(pair => (pair.Event.Event, pair.Event.Property))
            .ToDictionary(group => group.Key, group => group.Select(pair => pair.Name).ToArray());
        Foreign = [.. events.Where(pair => pair.Event.Source.Length > 0)];
    }

    public IReadOnlyList<SubscriptionDefinition> All { get; }

    public IReadOnlyList<(SubscribedEvent Event, string Subscription)> Foreign { get; }

    public static SubscriptionTable Of(
        IEnumerable<SubscriptionTable> bases, IReadOnlyCollection<SubscriptionDefinition> own, IReadOnlyCollection<SubscriptionSwitch> switches)
    {
        var filled = bases.Where(table => table.All.Count > 0).ToList();
        if (own.Count == 0 && switches.Count == 0 && filled.Count <= 1)
            return filled is [var only] ? only : Empty;
        var all = new OrderedDictionary<string, SubscriptionDefinition>(StringComparer.Ordinal);
        foreach (var subscription in Enumerable.Reverse(filled).SelectMany(table => table.All).Concat(own))
            all[subscription.Name] = subscription;
        foreach (var one in switches)
        {
            if (all.TryGetValue(one.Subscription, out var subscription))
                all[one.Subscription] = subscription with { IsEnabled = one.IsEnabled };
        }

        return new([.. all.Values]);
    }

    public SubscriptionDefinition? Find(string name)
    {
        foreach (var subscription in All)
        {
            if (subscription.Name == name)
                return subscription;
        }

        return null;
    }

    public IReadOnlyList<string> To(string eventName, string property) => _own.TryGetValue((eventName, property), out var names) ? names : [];

    // Of events that are not of one property it does not count what a file says of one.
    private static SubscribedEvent Normal(SubscribedEvent happening) => PropertyEvents.Has(happening.Event) ? happening : happening with { Property = "" };
}

/// <summary>Events that happen to one property (spec platform 3.5).</summary>
internal static class PropertyEvents
{
    public const string DataChange = "DataChange", Alert = "Alert", AlertReset = "AlertReset", AlertAck = "AlertAck";

    /// <summary>Whether a subscription names a property beside the event.</summary>
    public static bool Has(string eventName) => eventName is DataChange or Alert or AlertReset or AlertAck;
}
