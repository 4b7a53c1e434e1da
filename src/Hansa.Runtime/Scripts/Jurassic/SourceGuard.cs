using System.Globalization;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>What the guard made of a source: code to run, or the reason why not.</summary>
internal readonly record struct GuardedSource(string? Code, int Line, string? Refusal);

/// <summary>
/// The parser acorn, the lowering of newer syntax and the writer of guards, in an engine of their own that no author's code runs in.
/// One source at a time, on a script thread: it recurses, within the engine's limit of calls.
/// </summary>
internal sealed class SourceGuard(ScriptOptions options)
{
    // Acorn takes about fifteen calls for a level of brackets; the depth that this allows fits into a script thread's stack.
    private const int CallsPerLevel = 24;

    private readonly Lock _gate = new();
    private FunctionInstance? _guard;
    private ScriptEngine? _engine;

    /// <summary>Loads the parser, where it is not loaded yet.</summary>
    public void Load()
    {
        lock (_gate)
            _guard ??= MakeGuard();
    }

    /// <summary>Writes the source anew.</summary>
    public GuardedSource Write(string source, IReadOnlyList<string> parameters)
    {
        if (SourceNesting.FindDeeper(source, options.MaxNesting) is var deep and > 0)
            return new(null, deep, TooDeep);
        lock (_gate)
        {
            _guard ??= MakeGuard();
            try
            {
                var result = (ObjectInstance)_guard.CallLateBound(
                    Undefined.Value, source, _engine!.Array.New([.. parameters]), _engine.Array.New([.. Globals.Value]), options.MaxNesting);
                return result["code"] is { } code and not Undefined
                    ? new(code.ToString(), 0, null)
                    : new(null, TypeConverter.ToInteger(result["line"]), TypeConverter.ToString(result["error"]));
            }
            catch (StackOverflowException)
            {
                return new(null, 0, TooDeep);
            }
            catch (JavaScriptException e)
            {
                return new(null, 0, $"the source cannot be read ({e.Message})");
            }
        }
    }

    private string TooDeep => string.Create(CultureInfo.InvariantCulture, $"the source is nested deeper than {options.MaxNesting} levels");

    private static Lazy<string[]> Globals { get; } = new(() =>
    [
        .. new ScriptEngine().Global.OwnKeys.OfType<string>(), .. Model.EntityKinds.All.Select(kind => kind.ToString()), "logger", "me", "principal",
    ]);

    private FunctionInstance MakeGuard()
    {
        _engine = new() { RecursionDepthLimit = options.MaxNesting * CallsPerLevel };
        // Acorn hangs its exports on a global of its own name, as scripts of pages do.
        CompiledScript.Compile(new StringScriptSource(Resource.Read("acorn.js"), "acorn.js")).Execute(_engine);
        var rewriter = Make("rewriter.js");
        return (FunctionInstance)Make("guard.js", _engine.GetGlobalValue("acorn"), rewriter, Make("lower.js", rewriter));
    }

    private object Make(string name, params object[] parts) =>
        ((FunctionInstance)CompiledEval.Compile(new StringScriptSource(Resource.Read(name), name)).Evaluate(_engine)).CallLateBound(Undefined.Value, parts);
}
