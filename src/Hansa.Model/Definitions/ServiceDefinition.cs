using System.Collections.Immutable;

namespace Hansa.Model;

/// <summary>What a caller must be allowed for a member of an entity to answer (design decisions 2).</summary>
public enum Permission
{
    /// <summary>Run time: read a property.</summary>
    PropertyRead,

    /// <summary>Run time: write a property.</summary>
    PropertyWrite,

    /// <summary>Run time: run a data service.</summary>
    ServiceInvoke,

    /// <summary>Run time: fire an event.</summary>
    EventInvoke,

    /// <summary>Run time: subscribe to an event.</summary>
    EventSubscribe,

    /// <summary>Design time: make entities of a kind.</summary>
    Create,

    /// <summary>Design time: see the definition.</summary>
    Read,

    /// <summary>Design time: change the definition, its rights, publication or life cycle.</summary>
    Update,

    /// <summary>Design time: delete the entity.</summary>
    Delete,

    /// <summary>Visibility alone.</summary>
    None,
}

/// <summary>How a call behaves when a link breaks (design federation 4).</summary>
public enum CallKind
{
    /// <summary>A built-in write whose whole effect is in one store; keeps its order per Thing.</summary>
    KeptWrite,

    /// <summary>Anything else that may change something: never sent twice.</summary>
    Service,

    /// <summary>Changes nothing; may be repeated.</summary>
    Read,
}

/// <summary>A service as every door sees it: REST, AlwaysOn, scripts, Composer and OpenAPI read this one definition.</summary>
public sealed record ServiceDefinition(string Name, ImmutableArray<FieldDefinition> Parameters, FieldDefinition Result)
{
    /// <summary>What it does, in a sentence.</summary>
    public string Description { get; init; } = "";

    /// <summary>The group under which it is listed.</summary>
    public string Category { get; init; } = "";

    /// <summary>What the caller must be allowed.</summary>
    public Permission Requires { get; init; } = Permission.ServiceInvoke;

    /// <summary>How it behaves over a link.</summary>
    public CallKind Kind { get; init; } = CallKind.Service;

    /// <summary>Whether it is never offered to another server.</summary>
    public bool IsLocalOnly { get; init; }

    /// <summary>Whether the remote twin of its template relays it.</summary>
    public bool IsRelayed { get; init; }

    /// <summary>Whether a proxy takes the write on its own server's disk while the other is away, unless its Thing says otherwise.</summary>
    public bool MayWait { get; init; }

    /// <summary>Whether it still answers while the Thing is disabled: definition, life cycle, permissions, metadata.</summary>
    public bool RunsWhenStopped { get; init; }

    /// <summary>Whether it answers at once and runs behind (aspect isAsync).</summary>
    public bool IsAsync { get; init; }

    /// <summary>Whether an heir may define it anew.</summary>
    public bool IsAllowOverride { get; init; }

    /// <summary>Whether only the entity itself may call it.</summary>
    public bool IsPrivate { get; init; }

    /// <summary>Named extras.</summary>
    public Aspects Aspects { get; init; } = Aspects.None;

    /// <summary>The parameters as a Data Shape: what one row of arguments looks like on the wire.</summary>
    public DataShape ParameterShape => field ??= new(Parameters);

    /// <summary>The position of a parameter, −1 where there is none.</summary>
    public int IndexOf(string parameter) => ParameterShape.IndexOf(parameter);
}
