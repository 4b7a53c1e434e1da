using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// The one path of a call: visibility, permission, arguments by definition, dispatch. REST, AlwaysOn, scripts, timers and
/// Composer all come through here, for services as for properties.
/// </summary>
public sealed partial class ServiceInvoker(
    EntityDirectory directory, Principals principals, Gate gate, DataShapes shapes, EventProcessor events, BoundProperties bound, TimeProvider time)
{
    /// <summary>Milliseconds since 1970.</summary>
    public long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Decides about rights.</summary>
    public Gate Gate => gate;

    /// <summary>Runs a service.</summary>
    /// <exception cref="PlatformException">What the caller may be told.</exception>
    public ValueTask<ServiceResult> InvokeAsync(ServiceCall call, CancellationToken cancellationToken)
    {
        var context = Admit(call);
        var definition = context.Service.Definition;
        var arguments = call.Arguments.Read(definition, parameter => ShapeOf(context.Target, parameter));
        Complete(definition, arguments);
        context.Service.Accept?.Invoke(context, arguments);
        // Whose doing it is matters to what changes entities only; the rest is spared the cost.
        return definition.Requires is Permission.ServiceInvoke || definition.Kind == CallKind.Read
            ? Await(context.Service.Handler.InvokeAsync(context, arguments, cancellationToken), definition.Result)
            : RunAsActorAsync(context, arguments, cancellationToken);
    }

    /// <summary>Runs a service of the platform's own accord, with all rights.</summary>
    public ValueTask<ServiceResult> InvokeAsSystemAsync(EntityKey target, string service, TableArguments arguments, CancellationToken cancellationToken) =>
        InvokeAsync(new(Principals.SystemName, target, service, arguments, CallOrigin.Platform), cancellationToken);

    /// <summary>Fires an event of a Thing; the data are fields of the event's Data Shape.</summary>
    public Task FireEventAsync(
        string userName, EntityKey target, string eventName, IReadOnlyList<KeyValuePair<string, Value>> data, CallOrigin origin, CancellationToken cancellationToken,
        string? author = null, long? happened = null)
    {
        var caller = principals.Find(userName);
        var thing = Running(Gate.Find(caller, target, origin));
        var definition = thing.Shape.FindEvent(eventName)
            ?? throw new PlatformException(ErrorCode.NotFound, $"Event [{eventName}] does not exist on Thing [{thing.Name}].");
        Gate.Demand(caller, thing, Permission.EventInvoke, eventName, origin);
        var shape = shapes.Find(definition.DataShapeName) ?? DataShape.Empty;
        var builder = new InfoTable.Builder(shape);
        var row = builder.AddRow();
        foreach (var (name, value) in data)
        {
            if (shape.IndexOf(name) is var column && column >= 0)
                row[column] = Coercion.To(value, shape.Fields[column].BaseType, name);
        }

        var table = builder.Build();
        return events.FireAsync(new(author ?? userName, thing, eventName, "", () => table) { Happened = happened }, cancellationToken).AsTask();
    }

    /// <summary>Deletes an entity for a caller who may.</summary>
    public async Task DeleteEntityAsync(string userName, EntityKey target, CallOrigin origin, CancellationToken cancellationToken)
    {
        var caller = principals.Find(userName);
        Gate.Demand(caller, Gate.Find(caller, target, origin), Permission.Delete, "", origin);
        Actor.Is(userName);
        await directory.DeleteAsync(target, cancellationToken);
    }

    /// <summary>The principal of a user as things stand now.</summary>
    public Principal FindPrincipal(string userName) => principals.Find(userName);

    /// <summary>The Data Shape of a table parameter, as far as one is known.</summary>
    public DataShape? ShapeOf(Entity target, FieldDefinition parameter) => parameter.DataShapeName switch
    {
        null or "" => null,
        ParameterAttribute.OwnShape => target is Thing thing ? shapes.Of(thing) : null,
        var name => shapes.Find(name),
    };

    private ServiceContext Admit(ServiceCall call)
    {
        var caller = principals.Find(call.UserName);
        var target = gate.Find(caller, call.Target, call.Origin);
        var service = target.Shape.FindService(call.Service) ?? throw Errors.NoSuchService(call.Service, call.Target);
        var definition = service.Definition;
        if (definition.Requires != Permission.None)
            gate.Demand(caller, target, definition.Requires, definition.Requires == Permission.ServiceInvoke ? call.Service : "", call.Origin);
        if (!definition.RunsWhenStopped && target is Thing { IsRunning: false })
            throw Errors.NotRunning(target);
        return new(this, call, target, service, caller);
    }

    private static Thing Running(Entity entity) => entity switch
    {
        Thing { IsRunning: true } thing => thing,
        Thing => throw Errors.NotRunning(entity),
        _ => throw new PlatformException(ErrorCode.NotFound, $"{entity.Key.Kind.Singular()} [{entity.Key.Name}] has no properties."),
    };

    private static void Complete(ServiceDefinition service, Value[] arguments)
    {
        for (var i = 0; i < arguments.Length; i++)
        {
            if (!arguments[i].IsNull)
                continue;
            var parameter = service.Parameters[i];
            if (parameter.Aspects.Count == 0)
                continue;
            arguments[i] = Coercion.To(parameter.Aspects["defaultValue"], parameter.BaseType, parameter.Name);
            if (arguments[i].IsNull && parameter.Aspects.Is("isRequired"))
                throw new PlatformException(ErrorCode.BadRequest, $"Service [{service.Name}] needs parameter '{parameter.Name}' ({parameter.BaseType.Name()}).");
        }
    }

    private static async ValueTask<ServiceResult> RunAsActorAsync(ServiceContext context, Value[] arguments, CancellationToken cancellationToken)
    {
        Actor.Is(context.Call.Author);
        return new(await context.Service.Handler.InvokeAsync(context, arguments, cancellationToken), context.Service.Definition.Result);
    }

    private static async ValueTask<ServiceResult> Await(ValueTask<Value> task, FieldDefinition result) => new(await task, result);

    /// <summary>All entities.</summary>
    public EntityDirectory Directory => directory;
}
