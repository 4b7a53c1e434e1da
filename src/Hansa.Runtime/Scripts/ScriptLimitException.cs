namespace Hansa.Runtime.Scripts;

/// <summary>A script reached a limit. Scripts cannot catch it: it unwinds the whole call.</summary>
internal sealed class ScriptLimitException(string message) : Exception(message);
