namespace Hansa.Runtime.Scripts;

/// <summary>A service's source, checked and ready to run. Immutable; shared by all callers and by all services with this source.</summary>
public abstract class ScriptProgram
{
    /// <summary>Made by an engine only.</summary>
    private protected ScriptProgram(string hash) => Hash = hash;

    /// <summary>Names source, parameters and the version of the guards; 64 hexadecimal digits.</summary>
    public string Hash { get; }
}
