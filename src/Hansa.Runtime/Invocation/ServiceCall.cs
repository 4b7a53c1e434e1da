using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Through which door a call came.</summary>
public enum CallOrigin
{
    /// <summary>REST or a browser.</summary>
    Rest,

    /// <summary>A device or a federated server's pipe.</summary>
    Wire,

    /// <summary>A script: a call between services, where the System user's rights count beside the caller's (spec platform 4.3).</summary>
    Script,

    /// <summary>The platform itself.</summary>
    Platform,
}

/// <summary>One request, wherever it comes from: who calls which service of which entity with what.</summary>
/// <param name="UserName">Whose rights count.</param>
/// <param name="Target">The entity.</param>
/// <param name="Service">The service's name.</param>
/// <param name="Arguments">Read once the gate has been passed, by the service's definition.</param>
/// <param name="Origin">Through which door.</param>
public sealed record ServiceCall(string UserName, EntityKey Target, string Service, IArguments Arguments, CallOrigin Origin)
{
    /// <summary>Which of the entries in the arguments carry a time that another server assigned.</summary>
    public AssignedTimes Assigned { get; init; } = AssignedTimes.None;

    /// <summary>The servers and Things that this call has come through, outermost first; empty for a call from outside.</summary>
    public CallPath Path { get; init; } = CallPath.Empty;

    /// <summary>Takes down where the time goes; null where nobody asked.</summary>
    public CallTimings? Timings { get; init; }

    /// <summary>Takes down whether a write waits for another server; null where nobody is told.</summary>
    public DeliveryNote? Delivery { get; init; }

    /// <summary>The entity whose script calls, null for all other doors.</summary>
    public EntityKey? From { get; init; }

    /// <summary>Whose doing it is, where the right comes from elsewhere: the user of a device's key, whose binding admits the call.</summary>
    public string Author { get; init; } = UserName;
}

/// <summary>Arguments as some door has them.</summary>
public interface IArguments
{
    /// <summary>Gives one value a parameter, in order, of the parameter's type; null where it was not given.</summary>
    /// <exception cref="PlatformException">BadRequest that names the parameter.</exception>
    Value[] Read(ServiceDefinition service, Func<FieldDefinition, DataShape?> shapeOf);
}

/// <summary>A result with what it is.</summary>
public readonly record struct ServiceResult(Value Value, FieldDefinition Definition)
{
    /// <summary>As the wire and REST carry it: a table itself, a scalar as one row with field <c>result</c>, null for nothing.</summary>
    public InfoTable? ToTable() => Definition.BaseType switch
    {
        BaseType.NOTHING => null,
        BaseType.INFOTABLE => Value.AsTable() ?? InfoTable.Empty,
        _ => Single(),
    };

    private InfoTable Single()
    {
        var builder = new InfoTable.Builder(new([Definition]));
        builder.AddRow()[0] = Value;
        return builder.Build();
    }
}

/// <summary>A call that has passed the gate, as its handler sees it.</summary>
public sealed class ServiceContext
{
    internal ServiceContext(ServiceInvoker invoker, ServiceCall call, Entity target, BoundService service, Principal caller)
    {
        (Invoker, Call, Target, Service, Caller) = (invoker, call, target, service, caller);
        Assigned = call.Assigned;
    }

    /// <summary>For calls that this one makes.</summary>
    public ServiceInvoker Invoker { get; }

    /// <summary>The call as it came.</summary>
    public ServiceCall Call { get; }

    /// <summary>The entity that answers.</summary>
    public Entity Target { get; }

    /// <summary>The Thing that answers.</summary>
    public Thing Thing => (Thing)Target;

    /// <summary>The service.</summary>
    public BoundService Service { get; }

    /// <summary>Who calls.</summary>
    public Principal Caller { get; }

    /// <summary>Which entries in the arguments carry a time that a server assigned.</summary>
    public AssignedTimes Assigned { get; set; }

    /// <summary>Refuses unless the caller may do this to another entity.</summary>
    public void Demand(Entity entity, Permission permission, string resource = "") => Invoker.Gate.Demand(Caller, entity, permission, resource, Call.Origin);

    /// <summary>Finds an entity that the caller can see.</summary>
    /// <exception cref="PlatformException">NotFound, also where it is hidden.</exception>
    public Entity Find(EntityKind kind, string? name) => Invoker.Gate.Find(Caller, new(kind, name ?? ""), Call.Origin);
}
