using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What the remote twin of a template (RemoteStream for Stream …) does with a service.</summary>
public enum TwinRule
{
    /// <summary>The twin has no such service.</summary>
    Absent,

    /// <summary>The call goes to the server that owns the Thing.</summary>
    Relayed,

    /// <summary>The twin answers itself.</summary>
    Local,

    /// <summary>The twin answers itself where it has a Data Shape, else the call is relayed.</summary>
    LocalIfShaped,
}

/// <summary>Makes a method the service of its name. Everything that any door says about it derives from here.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServiceAttribute(string description) : Attribute
{
    /// <summary>What it does, in a sentence.</summary>
    public string Description { get; } = description;

    /// <summary>Its name, where it is not that of the method.</summary>
    public string? Name { get; set; }

    /// <summary>The group under which it is listed.</summary>
    public string Category { get; set; } = "";

    /// <summary>What the caller must be allowed; data services ask for ServiceInvoke, whatever changes the entity for more.</summary>
    public Permission Requires { get; set; } = Permission.ServiceInvoke;

    /// <summary>How it behaves over a link.</summary>
    public CallKind Kind { get; set; } = CallKind.Service;

    /// <summary>What the remote twin does with it.</summary>
    public TwinRule Twin { get; set; }

    /// <inheritdoc cref="ServiceDefinition.MayWait"/>
    public bool MayWait { get; set; }

    /// <summary>Whether it is never offered to another server.</summary>
    public bool IsLocalOnly { get; set; }

    /// <summary>Whether it still answers while the Thing is disabled.</summary>
    public bool RunsWhenStopped { get; set; }

    /// <summary>The base type of the result, where the C# type does not say it.</summary>
    public BaseType Result { get; set; } = BaseType.NOTHING;

    /// <summary>For a table the Data Shape of its rows.</summary>
    public string? ResultShape { get; set; }

    /// <summary>The method <c>void (ServiceContext, Value[])</c> that completes the arguments where the call is accepted.</summary>
    public string? Accept { get; set; }
}

/// <summary>
/// Makes one method a service for each kind of history (<see cref="Hansa.Storage.HistoryTypes"/>): X in its name and result shape and {X} in its
/// description stand for the kind, a <see cref="BaseType"/> argument tells it, and a <see cref="Value"/> argument or result is of it.
/// </summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ServiceFamilyAttribute : Attribute
{
    /// <summary>Kinds that have no such service, or one of their own.</summary>
    public BaseType[] Except { get; set; } = [];
}

/// <summary>Makes a class stand for parameters that several services share: those of its one constructor, in a service's place of it.</summary>
[AttributeUsage(AttributeTargets.Class)]
public sealed class ParameterGroupAttribute : Attribute;

/// <summary>Says of a parameter what its C# type does not.</summary>
[AttributeUsage(AttributeTargets.Parameter)]
public sealed class ParameterAttribute(BaseType type = BaseType.NOTHING) : Attribute
{
    /// <summary>The Data Shape name that stands for the target's own Data Shape.</summary>
    public const string OwnShape = "*";

    /// <summary>The base type; NOTHING to follow the C# type.</summary>
    public BaseType Type { get; } = type;

    /// <summary>What it is for.</summary>
    public string Description { get; set; } = "";

    /// <summary>For an INFOTABLE the Data Shape, <see cref="OwnShape"/> for the target's own.</summary>
    public string? Shape { get; set; }

    /// <summary>Whether the remote twin's service lacks it (spec platform 1.7).</summary>
    public bool IsAbsentOnTwin { get; set; }

    /// <summary>Whether a call without it is refused.</summary>
    public bool IsRequired { get; set; }
}
