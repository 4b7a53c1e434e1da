using System.Collections.Immutable;

namespace Hansa.Model;

/// <summary>A property of a Thing (spec platform 3.3): a field with a category and the usual aspects.</summary>
public sealed record PropertyDefinition(FieldDefinition Field)
{
    /// <summary>Name, as everywhere: case counts.</summary>
    public string Name => Field.Name;

    /// <summary>The base type of its values.</summary>
    public BaseType BaseType => Field.BaseType;

    /// <summary>The group under which it is listed.</summary>
    public string Category { get; init; } = "";

    /// <summary>Whether it is never offered to another server.</summary>
    public bool IsLocalOnly { get; init; }

    /// <summary>Whether the value survives a restart.</summary>
    public bool IsPersistent => Field.Aspects.Is("isPersistent");

    /// <summary>Whether changes are appended to the Thing's value stream.</summary>
    public bool IsLogged => Field.Aspects.Is("isLogged");

    /// <summary>Whether only the definition or the platform sets it.</summary>
    public bool IsReadOnly => Field.Aspects.Is("isReadOnly");

    /// <summary>Whether the platform itself brings it.</summary>
    public bool IsBuiltIn => Field.Aspects.Is("isBuiltIn");

    /// <summary>When a write counts as a change: VALUE (the default), ALWAYS, NEVER, ON, OFF.</summary>
    public string DataChangeType => Field.Aspects.Text("dataChangeType")?.ToUpperInvariant() ?? "VALUE";

    /// <summary>For VALUE of numbers: the smallest change that counts.</summary>
    public double DataChangeThreshold => Coercion.To(Field.Aspects["dataChangeThreshold"], BaseType.NUMBER, "dataChangeThreshold").AsNumber();

    /// <summary>The value before anything was written, in the property's type.</summary>
    public Value DefaultValue => Coercion.To(Field.Aspects["defaultValue"], BaseType, Name);
}

/// <summary>A value with its time and quality.</summary>
/// <param name="Value">The value.</param>
/// <param name="Time">Milliseconds since 1970 UTC; 0 where nothing was ever written.</param>
/// <param name="Quality">Free text, normally GOOD; UNKNOWN before the first write.</param>
public readonly record struct Vtq(Value Value, long Time, string Quality)
{
    /// <summary>The quality of an ordinary value.</summary>
    public const string Good = "GOOD";

    /// <summary>The quality before the first write.</summary>
    public const string Unknown = "UNKNOWN";

    /// <summary>Whether a server stamped the time: then the value replaces no other in a history (design decisions 1).</summary>
    public bool IsAssigned { get; init; }

    /// <summary>A good value whose time this server stamps.</summary>
    public static Vtq Assigned(Value value, long now) => new(value, now, Good) { IsAssigned = true };
}

/// <summary>An event that a Thing can fire; its data is one row of the Data Shape.</summary>
public sealed record EventDefinition(string Name, string DataShapeName, string Description = "", string Category = "");

/// <summary>An event that a subscription waits for.</summary>
/// <param name="Event">The event.</param>
/// <param name="Source">The Thing that fires; "" for the Thing itself.</param>
/// <param name="Property">For DataChange and alerts the property, else "".</param>
public sealed record SubscribedEvent(string Event, string Source, string Property);

/// <summary>What a Thing does when an event happens: a script, run with the rights of whoever fired it.</summary>
/// <param name="Name">Unique within the Thing.</param>
/// <param name="Events">The events; any one runs it.</param>
/// <param name="Code">JavaScript.</param>
public sealed record SubscriptionDefinition(string Name, ImmutableArray<SubscribedEvent> Events, string Code)
{
    /// <summary>A subscription to one event.</summary>
    public SubscriptionDefinition(string name, string eventName, string source, string sourceProperty, string code)
        : this(name, [new(eventName, source, sourceProperty)], code)
    {
    }

    /// <summary>Whether it runs.</summary>
    public bool IsEnabled { get; init; } = true;

    /// <summary>Whether its events are worked off one after the other, in the order in which they happened.</summary>
    public bool IsOrdered { get; init; }

    /// <summary>Free text.</summary>
    public string Description { get; init; } = "";
}

/// <summary>A service that a user added: its definition with its JavaScript; none where a remote end answers it (<see cref="RemoteServiceBinding"/>).</summary>
public sealed record ScriptService(ServiceDefinition Definition, string Code);
