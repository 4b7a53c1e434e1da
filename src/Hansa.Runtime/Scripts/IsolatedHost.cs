using Hansa.Model;

namespace Hansa.Runtime.Scripts;

/// <summary>The host of a source that reaches nothing: no entity is there for it, and what it logs is not kept.</summary>
internal sealed class IsolatedHost : IScriptHost
{
    private IsolatedHost()
    {
    }

    /// <summary>The one instance.</summary>
    public static IsolatedHost Instance { get; } = new();

    /// <inheritdoc/>
    public string Principal => "";

    /// <inheritdoc/>
    public bool Exists(EntityKind kind, string name) => false;

    /// <inheritdoc/>
    public ScriptMemberKind Member(EntityKind kind, string name, string member) => ScriptMemberKind.None;

    /// <inheritdoc/>
    public Value GetProperty(EntityKind kind, string name, string property) => throw Refuse();

    /// <inheritdoc/>
    public void SetProperty(EntityKind kind, string name, string property, Value value) => throw Refuse();

    /// <inheritdoc/>
    public Value Invoke(EntityKind kind, string name, string service, IReadOnlyList<KeyValuePair<string, Value>> arguments) => throw Refuse();

    /// <inheritdoc/>
    public string Protect(string secret) => throw Refuse();

    /// <inheritdoc/>
    public void Log(ScriptLogLevel level, string message)
    {
    }

    private static PlatformException Refuse() => new(ErrorCode.Forbidden, "An expression reaches the fields of its row only, nothing else of the platform.");
}
