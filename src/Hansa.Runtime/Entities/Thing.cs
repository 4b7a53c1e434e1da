using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>A running Thing: definition, shape and the values of its properties.</summary>
public sealed class Thing : Entity
{
    internal Thing(ThingDefinition definition, EntityShape shape, PropertySheet properties, IReadOnlyList<PropertyRecord>? kept = null)
        : base(definition, shape)
    {
        Kept = kept ?? [];
        Properties = properties;
        properties.Rebuild(this, shape);
    }

    /// <summary>What was saved.</summary>
    public new ThingDefinition Definition => (ThingDefinition)base.Definition;

    /// <summary>The values of its properties.</summary>
    public PropertySheet Properties { get; }

    /// <summary>Where properties, services and events come from, if not from here.</summary>
    public ThingBindings Bindings => Shape.Bindings;

    /// <summary>The value stream for its logged properties, "" for none.</summary>
    public string ValueStream => Definition.ValueStream is { Length: > 0 } own ? own : Shape.ValueStream;

    /// <summary>What was on disk beside its properties when the server started.</summary>
    internal IReadOnlyList<PropertyRecord> Kept { get; }

    /// <summary>Whether it is enabled and has started.</summary>
    public bool IsRunning { get; internal set; }

    internal override void Apply(EntityDefinition definition, EntityShape shape)
    {
        base.Apply(definition, shape);
        Properties.Rebuild(this, shape);
    }
}
