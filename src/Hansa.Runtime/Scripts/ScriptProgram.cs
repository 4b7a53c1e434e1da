namespace Hansa.Runtime.Scripts;

/// <summary>A service's source, checked and ready to run. Immutable; shared by all callers.</summary>
public abstract class ScriptProgram
{
    /// <summary>Made by an engine only.</summary>
    private protected ScriptProgram(string service, string hash) => (Service, Hash) = (service, hash);

    /// <summary><c>Thing.Service</c>, as errors name it.</summary>
    public string Service { get; }

    /// <summary>Names source, parameters and the version of the guards; 64 hexadecimal digits.</summary>
    public string Hash { get; }
}
