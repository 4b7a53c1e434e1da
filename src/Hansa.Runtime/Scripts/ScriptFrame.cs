using Hansa.Model;

namespace Hansa.Runtime.Scripts;

/// <summary>One call of a script: on what, with what, and what it may reach.</summary>
/// <param name="MeKind">The kind of the entity that <c>me</c> is.</param>
/// <param name="Me">Its name.</param>
/// <param name="Service">The service's name, for the texts of errors.</param>
/// <param name="Arguments">Values of parameters by name; one that is not here is undefined to the script.</param>
/// <param name="Host">The platform, with the caller's rights.</param>
public sealed record ScriptFrame(
    EntityKind MeKind, string Me, string Service, IReadOnlyList<KeyValuePair<string, Value>> Arguments, IScriptHost Host);
