using Hansa.Model;

namespace Hansa.Runtime.Scripts;

/// <summary>What a member's name stands for on an entity.</summary>
public enum ScriptMemberKind
{
    /// <summary>Nothing that this caller can see.</summary>
    None,

    /// <summary>A property: read and assigned.</summary>
    Property,

    /// <summary>A service: called with one object of parameters.</summary>
    Service,

    /// <summary>An event: called to fire it.</summary>
    Event,
}

/// <summary>The levels of <c>logger</c>.</summary>
public enum ScriptLogLevel
{
    /// <summary><c>logger.trace</c>.</summary>
    Trace,

    /// <summary><c>logger.debug</c>.</summary>
    Debug,

    /// <summary><c>logger.info</c>.</summary>
    Info,

    /// <summary><c>logger.warn</c>.</summary>
    Warn,

    /// <summary><c>logger.error</c>.</summary>
    Error,
}

/// <summary>What one call's script can reach, with its caller's rights. One for each call.</summary>
/// <remarks>
/// Called on the script's thread only, one call at a time; it may block that thread.
/// A <see cref="PlatformException"/> reaches the script as an Error that it may catch, and keeps its code where it does not.
/// </remarks>
public interface IScriptHost
{
    /// <summary>The name of the user whose rights count: the script's <c>principal</c>.</summary>
    string Principal { get; }

    /// <summary>Whether there is such an entity for this caller; where not, <c>Things["x"]</c> is null.</summary>
    bool Exists(EntityKind kind, string name);

    /// <summary>What a member's name stands for.</summary>
    ScriptMemberKind Member(EntityKind kind, string name, string member);

    /// <summary>Reads a property.</summary>
    /// <exception cref="PlatformException">Refused.</exception>
    Value GetProperty(EntityKind kind, string name, string property);

    /// <summary>Writes a property; the value is as the script had it and is coerced by the property's definition.</summary>
    /// <exception cref="PlatformException">Refused, or the value does not fit.</exception>
    void SetProperty(EntityKind kind, string name, string property, Value value);

    /// <summary>Calls a service, or fires an event; a service without a result gives null.</summary>
    /// <exception cref="PlatformException">Refused, or the service failed.</exception>
    Value Invoke(EntityKind kind, string name, string service, IReadOnlyList<KeyValuePair<string, Value>> arguments);

    /// <summary>Encrypts a text with the keys of the data folder; only the platform itself can open it.</summary>
    string Protect(string secret);

    /// <summary>Writes to the script log.</summary>
    void Log(ScriptLogLevel level, string message);
}
