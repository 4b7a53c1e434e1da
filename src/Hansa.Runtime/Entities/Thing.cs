using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A running Thing: definition, shape and the values of its properties.</summary>
public sealed class Thing : Entity
{
    internal Thing(ThingDefinition definition, EntityShape shape, PropertySheet properties)
        : base(definition, shape)
    {
        Properties = properties;
        Bindings = ThingBindings.Of(definition);
        properties.Rebuild(this);
    }

    /// <summary>What was saved.</summary>
    public new ThingDefinition Definition => (ThingDefinition)base.Definition;

    /// <summary>The values of its properties.</summary>
    public PropertySheet Properties { get; }

    /// <summary>Where properties have their values from, if not from here.</summary>
    public ThingBindings Bindings { get; private set; }

    /// <summary>Whether it is enabled and has started.</summary>
    public bool IsRunning { get; internal set; }

    internal override void Apply(EntityDefinition definition, EntityShape shape)
    {
        base.Apply(definition, shape);
        Bindings = ThingBindings.Of((ThingDefinition)definition);
        Properties.Rebuild(this);
    }
}
