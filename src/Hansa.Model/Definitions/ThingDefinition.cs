using System.Collections.Immutable;

namespace Hansa.Model;

/// <summary>What has members of its own: a Thing Shape, a Thing Template, a Thing (spec platform 3.1).</summary>
public abstract record MemberedDefinition(EntityKind Kind, string Name) : EntityDefinition(Kind, Name)
{
    /// <summary>Properties of its own.</summary>
    public ImmutableArray<PropertyDefinition> Properties { get; init; } = [];

    /// <summary>Services of its own.</summary>
    public ImmutableArray<ScriptService> Services { get; init; } = [];

    /// <summary>Events of its own.</summary>
    public ImmutableArray<EventDefinition> Events { get; init; } = [];

    /// <summary>Subscriptions of its own.</summary>
    public ImmutableArray<SubscriptionDefinition> Subscriptions { get; init; } = [];
}

/// <summary>Members that templates and Things take over by naming it.</summary>
public sealed record ThingShapeDefinition(string Name) : MemberedDefinition(EntityKind.ThingShapes, Name);

/// <summary>What inherits members and says more of them: a Thing Template or a Thing.</summary>
public abstract record InheritingDefinition(EntityKind Kind, string Name) : MemberedDefinition(Kind, Name)
{
    /// <summary>Thing Shapes whose members it has, in the order they were named.</summary>
    public ImmutableArray<string> ImplementedShapes { get; init; } = [];

    /// <summary>The value stream for logged properties, "" for that of the template.</summary>
    public string ValueStream { get; init; } = "";

    /// <summary>Properties bound to those of other Things on this server.</summary>
    public ImmutableArray<LocalPropertyBinding> PropertyBindings { get; init; } = [];

    /// <summary>Properties bound to those of the remote end.</summary>
    public ImmutableArray<RemotePropertyBinding> RemotePropertyBindings { get; init; } = [];

    /// <summary>Services that the remote end answers.</summary>
    public ImmutableArray<RemoteServiceBinding> RemoteServiceBindings { get; init; } = [];

    /// <summary>Events that the remote end fires.</summary>
    public ImmutableArray<RemoteEventBinding> RemoteEventBindings { get; init; } = [];

    /// <summary>Alerts of properties, its own or inherited ones; one of the same property and name takes the place of an inherited one.</summary>
    public ImmutableArray<AlertDefinition> Alerts { get; init; } = [];

    /// <summary>Configuration tables that its author added.</summary>
    public ImmutableArray<DeclaredTable> ConfigurationTableDefinitions { get; init; } = [];

    /// <summary>Inherited subscriptions that are switched on or off here.</summary>
    public ImmutableArray<SubscriptionSwitch> SubscriptionSwitches { get; init; } = [];

    /// <summary>The template it is made of or extends.</summary>
    public abstract string Template { get; }
}

/// <summary>A Thing Template: what all Things made of it have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="BaseThingTemplate">The template it extends; "" for those of the platform, whose descent is in the code.</param>
public sealed record ThingTemplateDefinition(string Name, string BaseThingTemplate) : InheritingDefinition(EntityKind.ThingTemplates, Name)
{
    /// <summary>Permissions for all its Things; what is said of the Thing itself counts first.</summary>
    public ImmutableArray<PermissionEntry> InstancePermissions { get; init; } = [];

    /// <inheritdoc/>
    public override string Template => BaseThingTemplate;
}

/// <summary>A Thing.</summary>
public sealed record ThingDefinition(string Name, string ThingTemplate) : InheritingDefinition(EntityKind.Things, Name)
{
    /// <summary>Whether it runs; a Thing made by CreateThing does not until EnableThing.</summary>
    public bool IsEnabled { get; init; }

    /// <summary>Whether it is offered to federated servers.</summary>
    public bool IsPublished { get; init; }

    /// <summary>The name under which a remote end binds it, "" for none.</summary>
    public string Identifier { get; init; } = "";

    /// <summary>Events that call a service of this Thing, asked for at run time.</summary>
    public ImmutableArray<DynamicSubscription> DynamicSubscriptions { get; init; } = [];

    /// <inheritdoc/>
    public override string Template => ThingTemplate;
}

/// <summary>A limit on a property that fires events when it is passed (spec platform 3.5).</summary>
/// <param name="Property">The property.</param>
/// <param name="Name">Unique for the property.</param>
/// <param name="AlertType">EqualTo, NotEqualTo, Above, Below, InRange, OutofRange, DeviationAbove, DeviationBelow; others are kept and never fire.</param>
public sealed record AlertDefinition(string Property, string Name, string AlertType)
{
    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>Whether it is watched.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>The importance, as its author counts it.</summary>
    public int Priority { get; init; } = 1;

    /// <summary>One row with the limits: <c>value</c>, <c>limit</c>, <c>limitIncluded</c> … by type.</summary>
    public InfoTable Attributes { get; init; } = InfoTable.Empty;
}

/// <summary>A configuration table that an author added to a template or Thing.</summary>
/// <param name="Name">Its name.</param>
/// <param name="DataShapeName">The Data Shape that its fields were taken from, "" for none.</param>
/// <param name="Fields">Its fields.</param>
public sealed record DeclaredTable(string Name, string DataShapeName, ImmutableArray<FieldDefinition> Fields)
{
    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";

    /// <summary>The group under which it is listed.</summary>
    public string Category { get; init; } = "";

    /// <summary>Its place among the tables.</summary>
    public int Ordinal { get; init; }

    /// <summary>Whether user interfaces leave it out.</summary>
    public bool IsHidden { get; init; }

    /// <summary>Whether it holds many rows.</summary>
    public bool IsMultiRow { get; init; }
}

/// <summary>An inherited subscription switched on or off.</summary>
public sealed record SubscriptionSwitch(string Subscription, bool IsEnabled);

/// <summary>An event of a Thing that calls a service of the subscriber, asked for at run time (spec platform 3.5).</summary>
/// <param name="Thing">Whose event.</param>
/// <param name="Event">The event.</param>
/// <param name="Property">For changes and alerts the property, else "".</param>
/// <param name="Service">The subscriber's service; it gets those of eventData, eventName, eventTime, source, sourceProperty that it has parameters for.</param>
public sealed record DynamicSubscription(string Thing, string Event, string Property, string Service);
