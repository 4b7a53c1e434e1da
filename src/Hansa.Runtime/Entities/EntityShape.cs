using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// What an entity can do: members of its own before those that it inherits. One layer for each template and shape, shared by all their heirs;
/// a Thing without members of its own is its template's layer.
/// </summary>
public sealed class EntityShape
{
    private readonly ImmutableArray<EntityShape> _bases;
    private readonly ShapeMembers _members;
    private readonly Dictionary<string, BoundService>? _services;
    private readonly Dictionary<string, EventDefinition>? _events;
    private readonly PropertyTable _properties;
    private readonly SubscriptionTable _subscriptions;

    /// <summary>Compiles a layer.</summary>
    /// <param name="source">Whose members the layer's own are.</param>
    /// <param name="bases">Where the rest comes from, the nearest first.</param>
    /// <param name="members">Members of the layer's own.</param>
    internal EntityShape(EntityKey source, ImmutableArray<EntityShape> bases, ShapeMembers members)
    {
        (Source, _bases, _members) = (source, bases, members);
        _services = members.Services.Count == 0 ? null : members.Services.ToDictionary(service => service.Definition.Name, StringComparer.Ordinal);
        _events = members.Events.Count == 0 ? null : members.Events.ToDictionary(happening => happening.Name, StringComparer.Ordinal);
        _properties = PropertyTable.Of(source, bases.Select(one => one._properties), members.Properties);
        _subscriptions = SubscriptionTable.Of(bases.Select(one => one._subscriptions), members.Subscriptions, members.Switches);
        ConfigurationTables = Joined(bases.Select(one => one.ConfigurationTables), members.Tables, table => table.Name);
        Alerts = Joined(bases.Select(one => one.Alerts), members.Alerts, alert => (alert.Property, alert.Name));
        // Bindings come from one line only: shapes have none.
        Bindings = members.Inheriting is null ? Nearest(one => one.Bindings != ThingBindings.None ? one.Bindings : null) ?? ThingBindings.None
            : (Nearest(one => one.Bindings != ThingBindings.None ? one.Bindings : null) ?? ThingBindings.None).With(members.Inheriting);
        ValueStream = members.Inheriting is { ValueStream: { Length: > 0 } stream } ? stream : Nearest(one => one.ValueStream.Length > 0 ? one.ValueStream : null) ?? "";
        InstancePermissions = [.. members.InstancePermissions, .. bases.SelectMany(one => one.InstancePermissions)];
        StoredTables = members.Inheriting is not ThingTemplateDefinition { ConfigurationTables.Count: > 0 } template
            ? Nearest(one => one.StoredTables.Count > 0 ? one.StoredTables : null) ?? ImmutableSortedDictionary<string, InfoTable>.Empty
            : (Nearest(one => one.StoredTables.Count > 0 ? one.StoredTables : null) ?? ImmutableSortedDictionary.Create<string, InfoTable>(StringComparer.Ordinal)).SetItems(template.ConfigurationTables);
    }

    /// <summary>Whose members the layer's own are.</summary>
    public EntityKey Source { get; }

    /// <summary>All properties, those that come from farthest first.</summary>
    public IReadOnlyList<PropertyDefinition> Properties => _properties.Definitions;

    /// <summary>All services.</summary>
    public IEnumerable<BoundService> Services => Members(shape => shape._services?.Values, service => service.Definition.Name);

    /// <summary>All events.</summary>
    public IEnumerable<EventDefinition> Events => Members(shape => shape._events?.Values, happening => happening.Name);

    /// <summary>All subscriptions, with the switches that count.</summary>
    public IReadOnlyList<SubscriptionDefinition> Subscriptions => _subscriptions.All;

    /// <summary>Configuration tables that can be read and saved.</summary>
    public IReadOnlyList<ConfigurationTableDefinition> ConfigurationTables { get; }

    /// <summary>All alerts of properties.</summary>
    public IReadOnlyList<AlertDefinition> Alerts { get; }

    /// <summary>Where properties, services and events come from, if not from here.</summary>
    public ThingBindings Bindings { get; }

    /// <summary>The value stream that is inherited or its own, "" for none.</summary>
    public string ValueStream { get; }

    /// <summary>What templates say of the rights of their Things, the nearest first.</summary>
    public ImmutableArray<PermissionEntry> InstancePermissions { get; }

    /// <summary>Configuration that templates hold for their Things.</summary>
    public ImmutableSortedDictionary<string, InfoTable> StoredTables { get; }

    /// <summary>The service of that name, null where there is none.</summary>
    public BoundService? FindService(string name)
    {
        if (_services is not null && _services.TryGetValue(name, out var own))
            return own;
        foreach (var one in _bases)
        {
            if (one.FindService(name) is { } inherited)
                return inherited;
        }

        return null;
    }

    /// <summary>The property of that name, null where there is none.</summary>
    public PropertyDefinition? FindProperty(string name) => _properties.IndexOf(name) is var at && at >= 0 ? _properties.Definitions[at] : null;

    /// <summary>The place of a property in <see cref="Properties"/>, −1 where there is none.</summary>
    internal int IndexOfProperty(string name) => _properties.IndexOf(name);

    /// <summary>The event of that name, null where there is none.</summary>
    public EventDefinition? FindEvent(string name) => Definer(shape => shape._events, name)?._events![name];

    /// <summary>The subscription of that name, null where there is none.</summary>
    public SubscriptionDefinition? FindSubscription(string name) => _subscriptions.Find(name);

    /// <summary>Subscriptions to an event of the Thing itself.</summary>
    internal IReadOnlyList<string> SubscriptionsTo(string eventName, string property) => _subscriptions.To(eventName, property);

    /// <summary>Events of other Things that are subscribed to, with the subscription's name.</summary>
    internal IReadOnlyList<(SubscribedEvent Event, string Subscription)> ForeignEvents => _subscriptions.Foreign;

    /// <summary>Who defines a property: a template, shape or the entity itself.</summary>
    public EntityKey SourceOfProperty(string name) => _properties.SourceOf(name);

    /// <summary>Who defines a service.</summary>
    public EntityKey SourceOfService(string name) => Definer(shape => shape._services, name)?.Source ?? Source;

    /// <summary>Who defines an event.</summary>
    public EntityKey SourceOfEvent(string name) => Definer(shape => shape._events, name)?.Source ?? Source;

    /// <summary>Who defines a subscription.</summary>
    public EntityKey SourceOfSubscription(string name) =>
        _members.Subscriptions.Any(own => own.Name == name) ? Source : _bases.FirstOrDefault(one => one.FindSubscription(name) is not null)?.SourceOfSubscription(name) ?? Source;

    /// <summary>The same layer over another.</summary>
    internal EntityShape Over(EntityShape parent) => new(Source, [parent], _members);

    private EntityShape? Definer<T>(Func<EntityShape, Dictionary<string, T>?> members, string name) =>
        members(this)?.ContainsKey(name) is true ? this : _bases.Select(one => one.Definer(members, name)).FirstOrDefault(found => found is not null);

    private IEnumerable<T> Members<T>(Func<EntityShape, IEnumerable<T>?> own, Func<T, string> nameOf)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Walk(this);

        IEnumerable<T> Walk(EntityShape shape) => (own(shape) ?? []).Where(member => seen.Add(nameOf(member))).Concat(shape._bases.SelectMany(Walk));
    }

    private T? Nearest<T>(Func<EntityShape, T?> find)
        where T : class => _bases.Select(find).FirstOrDefault(found => found is not null);

    private static IReadOnlyList<T> Joined<T, TKey>(IEnumerable<IReadOnlyList<T>> bases, IReadOnlyCollection<T> own, Func<T, TKey> keyOf)
        where TKey : notnull
    {
        var filled = bases.Where(one => one.Count > 0).ToList();
        if (own.Count == 0 && filled.Count <= 1)
            return filled is [var only] ? only : [];
        var all = new OrderedDictionary<TKey, T>();
        foreach (var item in Enumerable.Reverse(filled).SelectMany(one => one).Concat(own))
            all[keyOf(item)] = item;
        return [.. all.Values];
    }
}

/// <summary>Members of one layer's own.</summary>
internal sealed record ShapeMembers
{
    public IReadOnlyCollection<BoundService> Services { get; init; } = [];

    public IReadOnlyCollection<PropertyDefinition> Properties { get; init; } = [];

    public IReadOnlyCollection<EventDefinition> Events { get; init; } = [];

    public IReadOnlyCollection<ConfigurationTableDefinition> Tables { get; init; } = [];

    public IReadOnlyCollection<SubscriptionDefinition> Subscriptions { get; init; } = [];

    public IReadOnlyCollection<SubscriptionSwitch> Switches { get; init; } = [];

    public IReadOnlyCollection<AlertDefinition> Alerts { get; init; } = [];

    public IReadOnlyCollection<PermissionEntry> InstancePermissions { get; init; } = [];

    /// <summary>The template or Thing, for what it says beside members; null for other layers.</summary>
    public InheritingDefinition? Inheriting { get; init; }
}
