using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The root of all templates: life cycle, publication, identifier, definitions (spec platform 3).</summary>
public sealed class GenericThingTemplate(EntityDirectory directory, LifeCycle lifeCycle) : BuiltInTemplate
{
    /// <summary>Its name.</summary>
    public const string TemplateName = "GenericThing";

    private static readonly Aspects ReadOnlyBuiltIn = Aspects.Of(("isReadOnly", Value.Boolean(true)), ("isBuiltIn", Value.Boolean(true)));

    /// <inheritdoc/>
    public override string Name => TemplateName;

    /// <inheritdoc/>
    public override string? Base => null;

    /// <summary>The event of several values of one property that one write logged.</summary>
    public const string HistoricalDataLogged = "HistoricalDataLogged";

    /// <inheritdoc/>
    public override string Description => "A Thing with whatever its author defines.";

    /// <inheritdoc/>
    public override IEnumerable<PropertyDefinition> Properties =>
    [
        BuiltInProperty("name", BaseType.STRING), BuiltInProperty("description", BaseType.STRING),
        BuiltInProperty("thingTemplate", BaseType.THINGTEMPLATENAME), BuiltInProperty("tags", BaseType.TAGS),
    ];

    /// <inheritdoc/>
    public override IEnumerable<EventDefinition> Events =>
    [
        new("DataChange", "DataChangeEvent", "A property has changed."),
        new("AnyDataChange", "AnyDataChangeEvent", "Any property has changed."),
        new(HistoricalDataLogged, "HistoricalDataLoggedEvent", "One write has logged several values of a property."),
        new("ThingStart", "", "The Thing has started."),
        new(PropertyEvents.Alert, "AlertEvent", "An alert of a property holds."), new("AnyAlert", "AlertEvent", "An alert of any property holds."),
        new(PropertyEvents.AlertReset, "AlertEvent", "An alert of a property holds no longer."), new("AnyAlertReset", "AlertEvent", "An alert of any property holds no longer."),
        new(PropertyEvents.AlertAck, "AlertEvent", "Somebody has taken note of an alert of a property."), new("AnyAlertAck", "AlertEvent", "Somebody has taken note of an alert."),
        new("DynamicSubscriptionInvalidated", "DynamicSubscriptionInvalidated", "What a service was subscribed to is there no longer."),
    ];

    [Service("Lets the Thing run.", Category = "Lifecycle", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task EnableThing(ServiceContext call, CancellationToken cancellationToken) => Edit(call, thing => thing.IsEnabled ? thing : thing with { IsEnabled = true }, cancellationToken);

    [Service("Stops the Thing.", Category = "Lifecycle", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DisableThing(ServiceContext call, CancellationToken cancellationToken) => Edit(call, thing => thing.IsEnabled ? thing with { IsEnabled = false } : thing, cancellationToken);

    [Service("Stops the Thing and starts it again.", Category = "Lifecycle", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RestartThing(ServiceContext call, CancellationToken cancellationToken) => lifeCycle.RestartAsync(call.Thing, cancellationToken);

    [Service("Tells whether the Thing is enabled.", Category = "Lifecycle", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool IsEnabled(ServiceContext call) => call.Thing.Definition.IsEnabled;

    [Service("Offers the Thing to federated servers, or no longer.", Category = "Federation", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetPublished(ServiceContext call, [Parameter(IsRequired = true)] bool publish, CancellationToken cancellationToken) =>
        Edit(call, thing => thing.IsPublished == publish ? thing : thing with { IsPublished = publish }, cancellationToken);

    [Service("Tells whether the Thing is offered to federated servers.", Category = "Federation", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool GetPublished(ServiceContext call) => call.Thing.Definition.IsPublished;

    [Service("Sets the name under which a remote end binds the Thing.", Category = "Identifier", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetIdentifier(ServiceContext call, string? identifier, CancellationToken cancellationToken) => Edit(call, thing =>
    {
        // Asked within the edit, so that of two Things that want it at once one is refused.
        if (!string.IsNullOrEmpty(identifier) && directory.Things.FirstOrDefault(t => t.Definition.Identifier == identifier && t != call.Thing) is { } taken)
            throw new PlatformException(ErrorCode.Conflict, $"The identifier '{identifier}' is that of Thing [{taken.Name}].");
        return thing with { Identifier = identifier ?? "" };
    }, cancellationToken);

    [Service("Gives the name under which a remote end binds the Thing.", Category = "Identifier", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetIdentifier(ServiceContext call) => call.Thing.Definition.Identifier;

    [Service("Fires an event without data. What was written before is on disk by then, as each write here commits by itself.", Category = "Queueing")]
    public Task QueuePostCommitEvent(ServiceContext call, [Parameter(IsRequired = true)] string eventName, CancellationToken cancellationToken) =>
        call.Invoker.FireEventAsync(call.Caller.UserName, call.Target.Key, eventName, [], call.Call.Origin, cancellationToken, call.Call.Author);

    [Service("Gives the Thing Template that the Thing is made of.", Category = "Metadata", Requires = Permission.Read, ResultShape = "EntityList", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetThingTemplate(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        var name = call.Thing.Definition.ThingTemplate;
        builder.Add(Value.String(name), Value.String(directory.Find(new(EntityKind.ThingTemplates, name))?.Definition.Description ?? ""));
        return builder.Build();
    }

    [Service("Tells in one row what the Thing is and how it stands.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetThingSummaryInformation(ServiceContext call)
    {
        var thing = call.Thing.Definition;
        return InfoTable.Single(
            ("name", BaseType.STRING, Value.String(thing.Name)), ("description", BaseType.STRING, Value.String(thing.Description)),
            ("thingTemplate", BaseType.THINGTEMPLATENAME, Value.Text(thing.ThingTemplate, BaseType.THINGTEMPLATENAME)),
            ("tags", BaseType.TAGS, Value.Text(thing.Tags, BaseType.TAGS)), ("projectName", BaseType.PROJECTNAME, Value.Text(thing.ProjectName, BaseType.PROJECTNAME)),
            ("identifier", BaseType.STRING, Value.String(thing.Identifier)), ("published", BaseType.BOOLEAN, Value.Boolean(thing.IsPublished)),
            ("enabled", BaseType.BOOLEAN, Value.Boolean(thing.IsEnabled)), ("isRunning", BaseType.BOOLEAN, Value.Boolean(call.Thing.IsRunning)));
    }

    private static PropertyDefinition BuiltInProperty(string name, BaseType type) =>
        new(new FieldDefinition(name, type) { Aspects = ReadOnlyBuiltIn });

    private Task<Entity> Edit(ServiceContext call, Func<ThingDefinition, ThingDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => edit((ThingDefinition)definition), cancellationToken);
}
