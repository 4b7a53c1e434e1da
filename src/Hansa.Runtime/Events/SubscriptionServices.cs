using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Subscriptions of Things, templates and shapes, added and removed while the server runs (spec platform 3.5).</summary>
public sealed class SubscriptionDefinitionServices(EntityDirectory directory, UserScripts scripts) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => MemberEdits.HasMembers(kind);

    [Service("Adds a subscription, or puts it in the place of one of the entity's own. It waits for one event, and for those in rows of eventName, source, sourceProperty. An ordered one works events off one after the other.",
        Category = "Subscriptions", Requires = Permission.Update, RunsWhenStopped = true)]
    public async Task AddSubscriptionDefinition(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, string? eventName, [Parameter(BaseType.THINGNAME)] string? source, string? sourceProperty,
        InfoTable? events, [Parameter(BaseType.TEXT)] string? code, CancellationToken cancellationToken, bool enabled = true, bool ordered = false)
    {
        MemberNames.Check(name, "subscription");
        IEnumerable<SubscribedEvent> first = string.IsNullOrEmpty(eventName) ? [] : [new(eventName, source ?? "", sourceProperty ?? "")];
        var all = first.Concat(Enumerable.Range(0, events?.RowCount ?? 0).Select(i =>
            new SubscribedEvent(events![i, "eventName"].ToString(), events[i, "source"].ToString(), events[i, "sourceProperty"].ToString()))).ToImmutableArray();
        if (all.Length == 0)
            throw Errors.Bad($"Subscription [{name}] waits for no event; give eventName, or events.");
        foreach (var one in all)
            Check(call, one);
        var subscription = new SubscriptionDefinition(name, all, code ?? "") { Description = description ?? "", IsEnabled = enabled, IsOrdered = ordered };
        await scripts.CheckAsync(call.Target.Name, subscription, cancellationToken);
        await directory.EditMembersAsync(call, current => call.Members().FindSubscription(name) is not null && current.Subscriptions.All(own => own.Name != name)
            ? throw new PlatformException(ErrorCode.Conflict, $"{current.Kind.Singular()} [{current.Name}] has inherited a subscription [{name}]; take another name, or disable that one.")
            : current with { Subscriptions = [.. current.Subscriptions.Where(own => own.Name != name), subscription] }, cancellationToken);
    }

    [Service("Takes a subscription of the entity's own away.", Category = "Subscriptions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveSubscriptionDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken) =>
        directory.EditMembersAsync(call, current => current.Subscriptions.Any(own => own.Name == name)
            ? current with { Subscriptions = current.Subscriptions.RemoveAll(own => own.Name == name) }
            : throw NoSuch(current, name), cancellationToken);

    private static void Check(ServiceContext call, SubscribedEvent one)
    {
        var members = one.Source.Length == 0 ? call.Members() : call.Find(EntityKind.Things, one.Source).Shape;
        var owner = one.Source.Length == 0 ? call.Target.Key : EntityKey.Thing(one.Source);
        // Events of properties every Thing has, so those that will have the shape do.
        if (members.FindEvent(one.Event) is null && !(owner.Kind == EntityKind.ThingShapes && PropertyEvents.Has(one.Event)))
            throw new PlatformException(ErrorCode.NotFound, $"Event [{one.Event}] does not exist on {owner.Kind.Singular()} [{owner.Name}].");
        if (one.Source.Length > 0)
            call.Demand(call.Find(EntityKind.Things, one.Source), Permission.EventSubscribe, one.Event);
        if (PropertyEvents.Has(one.Event) && members.FindProperty(one.Property) is null)
            throw one.Property.Length == 0 ? Errors.Bad($"Event {one.Event} is that of one property; give sourceProperty.") : Errors.NoSuchProperty(one.Property, owner);
    }

    internal static PlatformException NoSuch(EntityDefinition entity, string subscription) =>
        new(ErrorCode.NotFound, $"Subscription [{subscription}] does not exist on {entity.Kind.Singular()} [{entity.Name}].");
}

/// <summary>Subscriptions of a Thing while it runs: switched on and off, and those to events that call a service (spec platform 3.5).</summary>
public sealed class SubscriptionServices(EntityDirectory directory) : KindServices
{
    private static readonly DataShape Rows = DataShape.Of(
        ("name", BaseType.STRING), ("description", BaseType.STRING), ("eventName", BaseType.STRING), ("source", BaseType.STRING), ("sourceProperty", BaseType.STRING),
        ("enabled", BaseType.BOOLEAN), ("ordered", BaseType.BOOLEAN), ("serviceName", BaseType.STRING));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Lets a subscription run, also one that is inherited.", Category = "Subscriptions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task EnableSubscription(ServiceContext call, [Parameter(IsRequired = true)] string subscriptionName, CancellationToken cancellationToken) =>
        Switch(call, subscriptionName, true, cancellationToken);

    [Service("Lets a subscription run no longer.", Category = "Subscriptions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DisableSubscription(ServiceContext call, [Parameter(IsRequired = true)] string subscriptionName, CancellationToken cancellationToken) =>
        Switch(call, subscriptionName, false, cancellationToken);

    [Service("Lists the Thing's subscriptions, a row for each event; those that call a service have its name.", Category = "Subscriptions", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetInstanceSubscriptions(ServiceContext call)
    {
        var builder = new InfoTable.Builder(Rows);
        foreach (var subscription in call.Target.Shape.Subscriptions)
        {
            foreach (var one in subscription.Events)
            {
                builder.Add(
                    Value.String(subscription.Name), Value.String(subscription.Description), Value.String(one.Event), Value.String(one.Source), Value.String(one.Property),
                    Value.Boolean(subscription.IsEnabled), Value.Boolean(subscription.IsOrdered), Value.String(""));
            }
        }

        foreach (var one in call.Thing.Definition.DynamicSubscriptions)
        {
            builder.Add(
                Value.String(""), Value.String(""), Value.String(one.Event), Value.String(one.Thing), Value.String(one.Property),
                Value.Boolean(true), Value.Boolean(false), Value.String(one.Service));
        }

        return builder.Build();
    }

    [Service("Lets an event of a Thing call a service of this one, with those of eventData, eventName, eventTime, source and sourceProperty that it has parameters for. It stays beyond a restart.",
        Category = "Subscriptions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddDynamicSubscription(
        ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string thingName, [Parameter(IsRequired = true)] string eventName, string? propertyName,
        [Parameter(IsRequired = true)] string serviceName, CancellationToken cancellationToken)
    {
        var source = call.Find(EntityKind.Things, thingName);
        if (source.Shape.FindEvent(eventName) is null)
            throw new PlatformException(ErrorCode.NotFound, $"Event [{eventName}] does not exist on Thing [{thingName}].");
        if (PropertyEvents.Has(eventName) && source.Shape.FindProperty(propertyName ?? "") is null)
            throw string.IsNullOrEmpty(propertyName) ? Errors.Bad($"Event {eventName} is that of one property; give propertyName.") : Errors.NoSuchProperty(propertyName, source.Key);
        call.Demand(source, Permission.EventSubscribe, eventName);
        if (call.Target.Shape.FindService(serviceName) is null)
            throw Errors.NoSuchService(serviceName, call.Target.Key);
        var asked = Of(thingName, eventName, propertyName, serviceName);
        return Edit(call, thing => thing.DynamicSubscriptions.Contains(asked) ? thing : thing with { DynamicSubscriptions = thing.DynamicSubscriptions.Add(asked) }, cancellationToken);
    }

    [Service("Lets an event call a service of this Thing no longer.", Category = "Subscriptions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveDynamicSubscription(
        ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string thingName, [Parameter(IsRequired = true)] string eventName, string? propertyName,
        [Parameter(IsRequired = true)] string serviceName, CancellationToken cancellationToken)
    {
        var asked = Of(thingName, eventName, propertyName, serviceName);
        return Edit(call, thing => thing with { DynamicSubscriptions = thing.DynamicSubscriptions.Remove(asked) }, cancellationToken);
    }

    [Service("Tells whether an event calls a service of this Thing.", Category = "Subscriptions", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool IsDynamicSubscriptionCreated(
        ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string thingName, [Parameter(IsRequired = true)] string eventName, string? propertyName,
        [Parameter(IsRequired = true)] string serviceName) => call.Thing.Definition.DynamicSubscriptions.Contains(Of(thingName, eventName, propertyName, serviceName));

    private static DynamicSubscription Of(string thing, string eventName, string? property, string service) =>
        new(thing, eventName, PropertyEvents.Has(eventName) ? property ?? "" : "", service);

    // One of its own is edited, an inherited one overlaid.
    private Task Switch(ServiceContext call, string name, bool isEnabled, CancellationToken cancellationToken) => Edit(call, thing =>
    {
        if (thing.Subscriptions.FirstOrDefault(own => own.Name == name) is { } mine)
            return thing with { Subscriptions = thing.Subscriptions.Replace(mine, mine with { IsEnabled = isEnabled }) };
        return call.Target.Shape.FindSubscription(name) is null
            ? throw SubscriptionDefinitionServices.NoSuch(thing, name)
            : thing with { SubscriptionSwitches = [.. thing.SubscriptionSwitches.Where(have => have.Subscription != name), new(name, isEnabled)] };
    }, cancellationToken);

    private Task<Entity> Edit(ServiceContext call, Func<ThingDefinition, ThingDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => edit((ThingDefinition)definition), cancellationToken);
}
