using Jurassic;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>A guarded source; it becomes code when it is first run, so that a start with many services costs nothing for them.</summary>
internal sealed class JurassicProgram(string hash, string code, IReadOnlyList<string> parameters) : ScriptProgram(hash)
{
    private readonly Lazy<CompiledEval> _compiled = new(() => CompiledEval.Compile(new StringScriptSource(code, EngineSlot.ServicePath)));

    public List<string> Parameters { get; } = [.. parameters];

    /// <summary>Code for any engine. To be asked for on a script thread: the compiler recurses.</summary>
    public CompiledEval Compiled => _compiled.Value;
}
