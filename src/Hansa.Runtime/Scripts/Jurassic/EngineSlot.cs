using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Hansa.Model;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>One JavaScript engine with the platform's objects in it. It runs one call at a time and is used again for others.</summary>
internal sealed class EngineSlot
{
    /// <summary>The path that a service's code has within the engine.</summary>
    public const string ServicePath = "service";

    // The engine keeps the shapes of objects that scripts made; it is let go before these grow large.
    private const long RetireAfterBytes = 64L << 20;

    private readonly ScriptOptions _options;
    private readonly ConditionalWeakTable<JurassicProgram, FunctionInstance> _functions = [];
    private readonly Dictionary<(EntityKind Kind, string Name), EntityObject> _entities = [];
    private readonly Dictionary<object, PlatformException> _refusals = new(ReferenceEqualityComparer.Instance);
    private readonly object[] _guards;
    private readonly int _globals;
    private ScriptFrame? _frame;
    private int _line;
    private long _allocated;

    public EngineSlot(ScriptOptions options)
    {
        _options = options;
        Meter = new(Locate);
        Digits = new(Meter);
        Engine = new() { RecursionDepthLimit = options.MaxCallDepth };
        Values = new(this);
        Json = new(this);
        Engine.StackFrameTransform = Transform;
        _guards = [.. ScriptGuards.Make(this), Undefined.Value, new StatementGuard(this)];
        InfoTablePrototype = Hardening.Apply(this);
        _guards[^2] = Syntax;
        _globals = Engine.Global.OwnKeys.Count();
    }

    public ScriptEngine Engine { get; }

    public Meter Meter { get; }

    public Digits Digits { get; }

    public ScriptValues Values { get; }

    public ScriptJson Json { get; }

    public ObjectInstance InfoTablePrototype { get; private set; }

    /// <summary>What lowered syntax calls (see syntax.js).</summary>
    public ObjectInstance Syntax { get; set; } = null!;

    /// <summary>Whether another call may run here: nothing of the last one can be seen any more.</summary>
    public bool IsClean { get; private set; } = true;

    /// <summary>Bound functions that call each other at the moment.</summary>
    public int BoundDepth { get; set; }

    /// <summary>The line of the statement that began last among those that read or write members.</summary>
    public int StatementLine { get; set; }

    /// <summary>The line of the guard that runs, which is no call that the engine would know; 0 outside of one.</summary>
    public int GuardLine { get; set; }

    public IScriptHost Host => _frame!.Host;

    /// <summary>The entity whose service runs.</summary>
    public EntityObject Me => Entity(_frame!.MeKind, _frame.Me);

    /// <summary>What every program is given: $$t, $$e, $$k, $$n, $$d, $$u, $$h, $$l.</summary>
    public IReadOnlyList<object> Guards => _guards;

    /// <summary>The object of an entity; the same one throughout a call.</summary>
    public EntityObject Entity(EntityKind kind, string name)
    {
        if (!_entities.TryGetValue((kind, name), out var entity))
            _entities[(kind, name)] = entity = new(this, kind, name);
        return entity;
    }

    /// <summary>The platform's refusal as an Error of this engine, which the script may catch.</summary>
    public JavaScriptException Raise(PlatformException refusal)
    {
        var error = Engine.Error.Construct(refusal.Message);
        _refusals[error] = refusal;
        return new(error);
    }

    /// <summary>Whether a script may catch what the reading or writing of a member threw, and its line is not known yet.</summary>
    public bool IsCatchable(Exception e) => e is JavaScriptException { LineNumber: 0 } || (e is PlatformException && !Meter.IsExceeded);

    /// <summary>The same as an error of the statement at hand: reading and writing members are no calls, whose lines the engine knows.</summary>
    public JavaScriptException Raise(Exception e)
    {
        var thrown = e as JavaScriptException ?? Raise((PlatformException)e);
        return new(thrown.GetErrorObject(Engine), StatementLine, ServicePath, functionName: "");
    }

    /// <summary>Notes the line that runs, where none is noted yet, and gives false: it is an exception's filter.</summary>
    /// <remarks>
    /// A filter runs before the stack unwinds, while the engine still knows which line called what failed. A limit is located
    /// where it is reached: a script's own catch would unwind part of the stack before it is passed on.
    /// </remarks>
    public bool Locate()
    {
        if (_line > 0)
            return false;
        if (GuardLine > 0)
        {
            _line = GuardLine;
            return false;
        }

        Meter.IsSuspended = true;
        _ = new JavaScriptException(Engine.Error.Construct(""));
        if (_line == 0)
            _line = StatementLine;
        Meter.IsSuspended = false;
        return false;
    }

    /// <summary>Runs a program once.</summary>
    /// <exception cref="PlatformException">The script failed, reached a limit or was refused something.</exception>
    public Value Run(JurassicProgram program, ScriptFrame frame, ScriptBudget budget)
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        _frame = frame;
        _line = 0;
        StatementLine = 0;
        Meter.Begin(budget, _options.MaxTextLength);
        try
        {
            budget.Check();
            var function = Function(program);
            return Values.FromScript(function.CallLateBound(Undefined.Value, Arguments(program, frame)));
        }
        catch (Exception e) when (!Locate())
        {
            throw Describe(e, frame);
        }
        finally
        {
            Meter.End();
            _entities.Clear();
            _refusals.Clear();
            _frame = null;
            _allocated += GC.GetAllocatedBytesForCurrentThread() - allocated;
            IsClean = IsClean && _allocated < RetireAfterBytes && ObjectConstructor.IsExtensible(Engine.Global)
                && Engine.Global.OwnKeys.Count() == _globals && ReferenceEquals(Engine.Global.Prototype, Engine.Object.InstancePrototype);
        }
    }

    // The function of a service is made once for an engine, and frozen: what a call hangs on it the next would see.
    private FunctionInstance Function(JurassicProgram program)
    {
        if (!_functions.TryGetValue(program, out var function))
        {
            var outer = (FunctionInstance)program.Compiled.Evaluate(Engine);
            function = (FunctionInstance)outer.CallLateBound(Undefined.Value, _guards);
            ObjectConstructor.Freeze(function["prototype"]);
            ObjectConstructor.Freeze(function);
            _functions.Add(program, function);
        }

        return function;
    }

    private object[] Arguments(JurassicProgram program, ScriptFrame frame)
    {
        var values = new object[program.Parameters.Count];
        Array.Fill(values, Undefined.Value);
        foreach (var (name, value) in frame.Arguments)
        {
            var index = program.Parameters.IndexOf(name);
            if (index >= 0)
                values[index] = Values.ToScript(value);
        }

        return values;
    }

    // The engine writes the stack of calls into an error; this sees the lines, and hides those of the built-ins.
    private void Transform(StackFrameTransformContext context)
    {
        if (context.Path != ServicePath)
            context.SuppressStackFrame = true;
        else if (_line == 0 && Meter.IsSuspended)
            _line = context.Line;
    }

    private Exception Describe(Exception e, ScriptFrame frame)
    {
        var service = $"{frame.Me}.{frame.Service}";
        if (e is OperationCanceledException)
        {
            IsClean = false;
            return e;
        }

        if (e is JavaScriptException thrown)
        {
            var line = thrown is { LineNumber: > 0, SourcePath: ServicePath } ? thrown.LineNumber : _line;
            if (thrown.GetErrorObject(Engine) is { } error && _refusals.TryGetValue(error, out var refusal))
                return ScriptFailure.Called(refusal, service, line);
            return ScriptFailure.At(service, line, Message(thrown), e);
        }

        // A limit, or a fault of the engine itself: what state that left the engine in is not known.
        IsClean = false;
        return e switch
        {
            PlatformException inner => ScriptFailure.Called(inner, service, _line),
            ScriptLimitException => ScriptFailure.At(service, _line, e.Message, e),
            StackOverflowException => ScriptFailure.At(service, _line, string.Create(
                CultureInfo.InvariantCulture, $"its functions called each other more than {_options.MaxCallDepth} deep"), e),
            RegexMatchTimeoutException limit => ScriptFailure.At(service, _line, string.Create(
                CultureInfo.InvariantCulture, $"a regular expression ran longer than {limit.MatchTimeout.TotalSeconds} s"), e),
            _ => ScriptFailure.At(service, _line, $"the script engine could not go on ({e.GetType().Name}: {e.Message})", e),
        };
    }

    private static string Message(JavaScriptException thrown) =>
        thrown.Message.StartsWith("Error: ", StringComparison.Ordinal) ? thrown.Message["Error: ".Length..] : thrown.Message;
}
