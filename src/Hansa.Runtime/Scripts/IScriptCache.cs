namespace Hansa.Runtime.Scripts;

/// <summary>Keeps guarded sources beyond a restart, so that the parser need not see them again. Optional.</summary>
/// <remarks>Called from script threads, several at a time. What it loses or refuses is made anew.</remarks>
public interface IScriptCache
{
    /// <summary>The text kept under a hash, null where there is none.</summary>
    string? Get(string hash);

    /// <summary>Keeps a text of at most a few megabytes; the same hash always comes with the same text.</summary>
    void Put(string hash, string text);
}
