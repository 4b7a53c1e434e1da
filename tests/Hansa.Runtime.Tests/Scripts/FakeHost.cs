using Hansa.Model;
using Hansa.Runtime.Scripts;

namespace Hansa.Runtime.Tests.Scripts;

/// <summary>A small platform: Things with properties, and services that are delegates.</summary>
internal sealed class FakeHost : IScriptHost
{
    public Dictionary<(string Thing, string Property), Value> Properties { get; } = [];

    public Dictionary<(string Thing, string Service), Func<IReadOnlyList<KeyValuePair<string, Value>>, Value>> Services { get; } = [];

    public HashSet<(EntityKind Kind, string Name)> Others { get; } = [];

    public List<(ScriptLogLevel Level, string Message)> Messages { get; } = [];

    public string Principal { get; set; } = "alice";

    public bool Exists(EntityKind kind, string name) => Others.Contains((kind, name)) || (kind == EntityKind.Things
        && (Properties.Keys.Any(key => key.Thing == name) || Services.Keys.Any(key => key.Thing == name)));

    public ScriptMemberKind Member(EntityKind kind, string name, string member) =>
        Properties.ContainsKey((name, member)) ? ScriptMemberKind.Property
        : Services.ContainsKey((name, member)) ? ScriptMemberKind.Service
        : ScriptMemberKind.None;

    public Value GetProperty(EntityKind kind, string name, string property) => property == "secret"
        ? throw new PlatformException(ErrorCode.Forbidden, $"Property '{property}' of '{name}' is not for {Principal}.")
        : Properties[(name, property)];

    public void SetProperty(EntityKind kind, string name, string property, Value value) => Properties[(name, property)] = property == "secret"
        ? throw new PlatformException(ErrorCode.Forbidden, $"Property '{property}' of '{name}' is not for {Principal}.")
        : value;

    public Value Invoke(EntityKind kind, string name, string service, IReadOnlyList<KeyValuePair<string, Value>> arguments) =>
        Services[(name, service)](arguments);

    public string Protect(string secret) => $"protected({secret.Length})";

    public void Log(ScriptLogLevel level, string message) => Messages.Add((level, message));
}
