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
