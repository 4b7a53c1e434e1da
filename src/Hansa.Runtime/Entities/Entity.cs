using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A running entity. Its definition and the shape compiled from it are swapped together, so readers never see half an edit.</summary>
public class Entity
{
    private volatile Snapshot _snapshot;

    internal Entity(EntityDefinition definition, EntityShape shape) => _snapshot = new(definition, shape);

    /// <summary>What was saved.</summary>
    public EntityDefinition Definition => _snapshot.Definition;

    /// <summary>What it can do.</summary>
    public EntityShape Shape => _snapshot.Shape;

    /// <summary>Its address.</summary>
    public EntityKey Key => Definition.Key;

    /// <summary>Its name.</summary>
    public string Name => Definition.Name;

    /// <summary>Counts edits since it was loaded.</summary>
    public long Version { get; internal set; }

    internal virtual void Apply(EntityDefinition definition, EntityShape shape) => _snapshot = new(definition, shape);

    private sealed record Snapshot(EntityDefinition Definition, EntityShape Shape);
}

/// <summary>What an entity can do: services, properties, events; its own before those that come with it.</summary>
public sealed class EntityShape
{
    private readonly EntityShape? _base;
    private readonly Dictionary<string, BoundService> _services;
    private readonly Dictionary<string, PropertyDefinition> _properties;
    private readonly Dictionary<string, EventDefinition> _events;

    internal EntityShape(
        EntityShape? inherited, IEnumerable<BoundService> services, IEnumerable<PropertyDefinition> properties, IEnumerable<EventDefinition> events,
        IEnumerable<ConfigurationTableDefinition>? tables = null)
    {
        _base = inherited;
        _services = new(StringComparer.Ordinal);
        foreach (var service in services)
            _services[service.Definition.Name] = service;
        _properties = properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        _events = events.ToDictionary(e => e.Name, StringComparer.Ordinal);
        ConfigurationTables = [.. inherited?.ConfigurationTables ?? [], .. tables ?? []];
        Properties = [.. (inherited?.Properties ?? []).Where(p => !_properties.ContainsKey(p.Name)), .. _properties.Values];
    }

    /// <summary>All properties, those that come with it first.</summary>
    public IReadOnlyList<PropertyDefinition> Properties { get; }

    /// <summary>All services.</summary>
    public IEnumerable<BoundService> Services => _base is null
        ? _services.Values
        : _base.Services.Where(s => !_services.ContainsKey(s.Definition.Name)).Concat(_services.Values);

    /// <summary>All events.</summary>
    public IEnumerable<EventDefinition> Events => _base is null
        ? _events.Values
        : _base.Events.Where(e => !_events.ContainsKey(e.Name)).Concat(_events.Values);

    /// <summary>Configuration tables that can be read and saved.</summary>
    public IReadOnlyList<ConfigurationTableDefinition> ConfigurationTables { get; }

    /// <summary>The service of that name, null where there is none.</summary>
    public BoundService? FindService(string name) => _services.TryGetValue(name, out var service) ? service : _base?.FindService(name);

    /// <summary>The property of that name, null where there is none.</summary>
    public PropertyDefinition? FindProperty(string name) => _properties.TryGetValue(name, out var property) ? property : _base?.FindProperty(name);

    /// <summary>The event of that name, null where there is none.</summary>
    public EventDefinition? FindEvent(string name) => _events.TryGetValue(name, out var found) ? found : _base?.FindEvent(name);
}
