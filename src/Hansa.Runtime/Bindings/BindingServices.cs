using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Where a Thing's properties, services and events come from: local and remote bindings (spec platform 1.8, 3.3).</summary>
public sealed class BindingServices(EntityDirectory directory, LocalBindings bindings) : KindServices
{
    private static readonly DataShape LocalShape = DataShape.Of(
        ("name", BaseType.STRING), ("sourceThingName", BaseType.THINGNAME), ("sourcePropertyName", BaseType.STRING));

    private static readonly DataShape IncomingShape = DataShape.Of(
        ("name", BaseType.STRING), ("targetThingName", BaseType.THINGNAME), ("targetPropertyName", BaseType.STRING));

    private static readonly DataShape RemotePropertyShape = DataShape.Of(
        ("name", BaseType.STRING), ("sourceName", BaseType.STRING), ("pushType", BaseType.STRING), ("pushThreshold", BaseType.NUMBER), ("cacheTime", BaseType.INTEGER),
        ("foldType", BaseType.STRING), ("timeout", BaseType.INTEGER), ("startType", BaseType.STRING));

    private static readonly DataShape RemoteServiceShape = DataShape.Of(("name", BaseType.STRING), ("sourceName", BaseType.STRING), ("timeout", BaseType.INTEGER));

    private static readonly DataShape RemoteEventShape = DataShape.Of(("name", BaseType.STRING), ("sourceName", BaseType.STRING));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind is EntityKind.Things or EntityKind.ThingTemplates;

    [Service("Lets a property have the value of a property of another Thing.", Category = "Bindings", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetLocalPropertyBinding(
        ServiceContext call, [Parameter(IsRequired = true)] string propertyName, [Parameter(IsRequired = true)] string sourceThingName,
        [Parameter(IsRequired = true)] string sourcePropertyName, [Parameter(BaseType.JSON)] string? aspects, CancellationToken cancellationToken)
    {
        BindingRules.CheckProperty(call.Target, call.Members(), propertyName);
        var source = call.Find(EntityKind.Things, sourceThingName);
        if (source.Shape.FindProperty(sourcePropertyName) is null)
            throw Errors.NoSuchProperty(sourcePropertyName, source.Key);
        call.Demand(source, Permission.PropertyRead, sourcePropertyName);
        if (bindings.IsCircle(call.Target.Name, propertyName, sourceThingName, sourcePropertyName))
            throw new PlatformException(ErrorCode.Conflict, $"[{sourceThingName}].[{sourcePropertyName}] follows [{call.Target.Name}].[{propertyName}] itself: the binding would go in a circle.");
        var binding = new LocalPropertyBinding(propertyName, sourceThingName, sourcePropertyName);
        return Edit(call, thing => thing with
        {
            PropertyBindings = thing.PropertyBindings.RemoveAll(have => have.Property == propertyName).Add(binding),
            RemotePropertyBindings = thing.RemotePropertyBindings.RemoveAll(have => have.Property == propertyName),
        }, cancellationToken);
    }

    [Service("Lets a property have a value of its own again.", Category = "Bindings", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveLocalPropertyBinding(ServiceContext call, [Parameter(IsRequired = true)] string propertyName, CancellationToken cancellationToken) =>
        Edit(call, thing => thing with { PropertyBindings = Without(thing.PropertyBindings, have => have.Property == propertyName, "local binding of property", propertyName) }, cancellationToken);

    [Service("Gives the local binding of a property; no row where it has none.", Category = "Bindings", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetLocalPropertyBinding(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) =>
        Local(call.Thing.Definition.PropertyBindings.Where(binding => binding.Property == propertyName));

    [Service("Gives the local binding that counts for a property; no row where it has none.", Category = "Bindings", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetEffectiveLocalPropertyBinding(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) => Local(call.Members().Bindings.Locals.Where(binding => binding.Property == propertyName));

    [Service("Lists the local bindings that count.", Category = "Bindings", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetEffectiveLocalPropertyBindings(ServiceContext call) => Local(call.Members().Bindings.Locals);

    [Service("Lists properties of other Things that have the value of a property.", Category = "Bindings", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetIncomingLocalPropertyBinding(ServiceContext call, [Parameter(IsRequired = true)] string propertyName) => Incoming(call, propertyName);

    [Service("Lists properties of other Things that have values of this one.", Category = "Bindings", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetIncomingLocalPropertyBindings(ServiceContext call) => Incoming(call, null);

    [Service("Lets a property have the value of a property of the remote end. timeout is in seconds; aspects may hold startType (useDefaultValue, readEdgeValue).",
        Category = "Bindings", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetRemotePropertyBinding(
        ServiceContext call, [Parameter(IsRequired = true)] string propertyName, string? sourcePropertyName, int? timeout, string? pushType, double? pushThreshold,
        [Parameter(BaseType.JSON)] string? aspects, int? cacheTime, string? foldType, CancellationToken cancellationToken)
    {
        BindingRules.CheckProperty(call.Target, call.Members(), propertyName);
        call.DemandRemote();
        var binding = BindingRules.Remote(propertyName, sourcePropertyName, timeout, pushType, pushThreshold, aspects, cacheTime, foldType);
        return Edit(call, thing => thing with
        {
            RemotePropertyBindings = thing.RemotePropertyBindings.RemoveAll(have => have.Property == propertyName).Add(binding),
            PropertyBindings = thing.PropertyBindings.RemoveAll(have => have.Property == propertyName),
        }, cancellationToken);
    }

    [Service("Lets a property have a value of its own again.", Category = "Bindings", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveRemotePropertyBinding(ServiceContext call, [Parameter(IsRequired = true)] string propertyName, CancellationToken cancellationToken) =>
        Edit(call, thing => thing with { RemotePropertyBindings = Without(thing.RemotePropertyBindings, have => have.Property == propertyName, "remote binding of property", propertyName) }, cancellationToken);

    [Service("Gives the remote binding of a property; no row where it has none.", Category = "Bindings", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetRemotePropertyBinding(ServiceContext call, [Parameter(IsRequired = true)] string propertyName)
    {
        var builder = new InfoTable.Builder(RemotePropertyShape);
        foreach (var binding in call.Members().Bindings.RemoteProperties.Where(binding => binding.Property == propertyName))
        {
            builder.Add(
                Value.String(binding.Property), Value.String(binding.SourceName), Value.String(binding.PushType), Value.Number(binding.PushThreshold), Value.Integer(binding.CacheTime),
                Value.String(binding.IsFolded ? "FOLD" : "NONE"), Value.Integer((int)binding.Timeout.TotalSeconds), Value.String(binding.ReadsAtStart ? "readEdgeValue" : "useDefaultValue"));
        }

        return builder.Build();
    }

    [Service("Lets a service of the Thing's own be answered by one of the remote end. timeout is in seconds.", Category = "Bindings", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetRemoteServiceBinding(
        ServiceContext call, [Parameter(IsRequired = true)] string serviceName, string? sourceServiceName, int? timeout, CancellationToken cancellationToken)
    {
        call.DemandRemote();
        var binding = new RemoteServiceBinding(serviceName, sourceServiceName ?? "") { Timeout = BindingRules.Timeout(timeout) };
        return Edit(call, thing => call.Members().FindService(serviceName) is { Definition.Requires: Permission.ServiceInvoke }
            ? thing with { RemoteServiceBindings = thing.RemoteServiceBindings.RemoveAll(have => have.Service == serviceName).Add(binding) }
            : throw Errors.NoSuchService(serviceName, thing.Key), cancellationToken);
    }

    [Service("Lets a service be answered here again.", Category = "Bindings", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveRemoteServiceBinding(ServiceContext call, [Parameter(IsRequired = true)] string serviceName, CancellationToken cancellationToken) =>
        Edit(call, thing => thing with { RemoteServiceBindings = Without(thing.RemoteServiceBindings, have => have.Service == serviceName, "remote binding of service", serviceName) }, cancellationToken);

    [Service("Gives the remote binding of a service; no row where it has none.", Category = "Bindings", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetRemoteServiceBinding(ServiceContext call, [Parameter(IsRequired = true)] string serviceName)
    {
        var builder = new InfoTable.Builder(RemoteServiceShape);
        foreach (var binding in call.Members().Bindings.RemoteServices.Where(binding => binding.Service == serviceName))
            builder.Add(Value.String(binding.Service), Value.String(binding.SourceName), Value.Integer((int)binding.Timeout.TotalSeconds));
        return builder.Build();
    }

    [Service("Lets an event fire when one of the remote end does.", Category = "Bindings", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetRemoteEventBinding(ServiceContext call, [Parameter(IsRequired = true)] string eventName, string? sourceEventName, CancellationToken cancellationToken)
    {
        call.DemandRemote();
        if (call.Members().FindEvent(eventName) is null)
            throw new PlatformException(ErrorCode.NotFound, $"Event [{eventName}] does not exist on Thing [{call.Target.Name}].");
        var binding = new RemoteEventBinding(eventName, sourceEventName ?? "");
        return Edit(call, thing => thing with { RemoteEventBindings = thing.RemoteEventBindings.RemoveAll(have => have.Event == eventName).Add(binding) }, cancellationToken);
    }

    [Service("Lets an event fire no longer when one of the remote end does.", Category = "Bindings", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveRemoteEventBinding(ServiceContext call, [Parameter(IsRequired = true)] string eventName, CancellationToken cancellationToken) =>
        Edit(call, thing => thing with { RemoteEventBindings = Without(thing.RemoteEventBindings, have => have.Event == eventName, "remote binding of event", eventName) }, cancellationToken);

    [Service("Gives the remote binding of an event; no row where it has none.", Category = "Bindings", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetRemoteEventBinding(ServiceContext call, [Parameter(IsRequired = true)] string eventName)
    {
        var builder = new InfoTable.Builder(RemoteEventShape);
        foreach (var binding in call.Members().Bindings.RemoteEvents.Where(binding => binding.Event == eventName))
            builder.Add(Value.String(binding.Event), Value.String(binding.SourceName));
        return builder.Build();
    }

    private static InfoTable Local(IEnumerable<LocalPropertyBinding> some)
    {
        var builder = new InfoTable.Builder(LocalShape);
        foreach (var binding in some)
            builder.Add(Value.String(binding.Property), Value.Text(binding.SourceThing, BaseType.THINGNAME), Value.String(binding.SourceProperty));
        return builder.Build();
    }

    private InfoTable Incoming(ServiceContext call, string? property)
    {
        var builder = new InfoTable.Builder(IncomingShape);
        foreach (var (thing, binding) in bindings.Of(call.Target.Name).Where(pair => property is null || pair.Binding.SourceProperty == property))
        {
            if (directory.FindThing(thing) is { } follower && call.Invoker.Gate.IsVisible(call.Caller, follower, call.Call.Origin))
                builder.Add(Value.String(binding.SourceProperty), Value.Text(thing, BaseType.THINGNAME), Value.String(binding.Property));
        }

        return builder.Build();
    }

    private static ImmutableArray<T> Without<T>(ImmutableArray<T> bindings, Predicate<T> gone, string what, string name)
    {
        var rest = bindings.RemoveAll(gone);
        return rest.Length < bindings.Length ? rest : throw new PlatformException(ErrorCode.NotFound, $"There is no {what} [{name}].");
    }

    private Task<Entity> Edit(ServiceContext call, Func<InheritingDefinition, InheritingDefinition> edit, CancellationToken cancellationToken) =>
        directory.EditInheritingAsync(call, edit, cancellationToken);
}
