using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Text;
using Hansa.Model;
using Jurassic;
using Jurassic.Library;

namespace Hansa.Runtime.Scripts.Jurassic;

/// <summary>Runs scripts with Jurassic: engines are pooled, sources guarded once and kept by hash.</summary>
/// <remarks>Safe for many callers. To be made once for a process, after <see cref="RegexLimit.Apply"/>.</remarks>
public sealed class JurassicScriptEngine : IScriptEngine, IDisposable
{
    // Part of every hash: a change to lower.js or guard.js makes what was kept before it worthless.
    private const string Sample = """
        var rows = [], total = 0, text = '';
        function add(row, by) { if (row.n > 1) { total += row.n * by; } return { n: row.n + by }; }
        for (var i = 0; i < 3; i++) { rows.push(add({ n: i }, 2)); text = text + i; }
        try { result = rows.length + total; } catch (e) { result = text; }
        """;

    private const string GuardVersion = "4";

    private readonly ScriptOptions _options;
    private readonly TimeProvider _time;
    private readonly ScriptThreads _threads;
    private readonly SourceGuard _guard;
    private readonly ConcurrentStack<EngineSlot> _pool = [];
    private readonly Programs _services;
    private readonly Programs _passing;

    // Beside the pool, which would have to be counted.
    private int _pooled;

    /// <summary>Makes the engine; threads and JavaScript engines come with the first call.</summary>
    /// <param name="options">Limits, not changed afterwards.</param>
    /// <param name="time">The clock of deadlines.</param>
    /// <param name="cache">Where guarded sources are kept beyond a restart; null keeps them in memory only.</param>
    /// <exception cref="InvalidOperationException"><see cref="RegexLimit.Apply"/> was not called first.</exception>
    public JurassicScriptEngine(ScriptOptions options, TimeProvider time, IScriptCache? cache = null)
    {
        if (!RegexLimit.IsApplied)
            throw new InvalidOperationException("Call RegexLimit.Apply() first thing in the process: regular expressions would have no limit.");
        (_options, _time) = (options, time);
        (_services, _passing) = (new(options.CachedPrograms, cache), new(options.CachedExpressions, null));
        _threads = new(options);
        _guard = new(options);
    }

    /// <summary>Engines waiting for a call.</summary>
    internal int PooledEngines => Volatile.Read(ref _pooled);

    /// <inheritdoc/>
    public async ValueTask<ScriptProgram> CompileAsync(
        string service, string source, IReadOnlyList<string> parameterNames, CancellationToken cancellationToken) =>
        await CompileAsync(service, source, parameterNames, _services, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Value> EvaluateAsync(
        string resource, string service, string source, IReadOnlyList<KeyValuePair<string, Value>> arguments, CancellationToken cancellationToken)
    {
        var program = await CompileAsync($"{resource}.{service}", source, [.. arguments.Select(argument => argument.Key)], _passing, cancellationToken);
        return await RunAsync(program, new(EntityKind.Resources, resource, service, arguments, IsolatedHost.Instance), cancellationToken);
    }

    private async ValueTask<JurassicProgram> CompileAsync(
        string service, string source, IReadOnlyList<string> parameterNames, Programs programs, CancellationToken cancellationToken)
    {
        if (source.Length > _options.MaxSourceLength)
            throw ScriptFailure.Source(service, 0, $"the source has {source.Length} characters; the limit is {_options.MaxSourceLength}");
        // A service's source is the same object from call to call: to hash it each time would cost more than many a script.
        if (programs.OfObject(source, parameterNames) is { } same)
            return same;
        var hash = Hash(source, parameterNames);
        if (programs.Find(hash) is { } known)
            return programs.Remember(source, known);
        var program = programs.Disk?.Get(hash) is { } kept
            ? new(hash, kept, parameterNames)
            : await _threads.RunAsync(() => Compile(service, source, parameterNames, hash, programs.Disk), cancellationToken);
        return programs.Remember(source, programs.Add(program));
    }

    /// <inheritdoc/>
    public ValueTask<Value> RunAsync(ScriptProgram program, ScriptFrame frame, CancellationToken cancellationToken)
    {
        var code = (JurassicProgram)program;
        return ScriptThread.Current is { Budget: not null } thread
            ? new(RunInner(thread, code, frame))
            : _threads.RunAsync(() => RunOuter(code, frame, cancellationToken), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask WarmUpAsync(CancellationToken cancellationToken) => await _threads.RunAsync(
        () =>
        {
            _guard.Load();
            var slot = Rent();
            // The engine's own compiler is code that waits to be compiled, too.
            var sample = CompileSample();
            ((FunctionInstance)sample.Compiled.Evaluate(slot.Engine)).CallLateBound(Undefined.Value, [.. slot.Guards]);
            Return(slot);
            return true;
        },
        cancellationToken);

    /// <summary>Ends idle threads; calls under way end by themselves.</summary>
    public void Dispose() => _threads.Dispose();

    private JurassicProgram CompileSample() => new("", _guard.Write(Sample, []).Code!, []);

    private JurassicProgram Compile(string service, string source, IReadOnlyList<string> parameterNames, string hash, IScriptCache? cache)
    {
        var guarded = _guard.Write(source, parameterNames);
        if (guarded.Code is not { } code)
            throw ScriptFailure.Source(service, guarded.Line, guarded.Refusal!);
        var program = new JurassicProgram(hash, code, parameterNames);
        try
        {
            _ = program.Compiled;
        }
        catch (global::Jurassic.Compiler.SyntaxErrorException e)
        {
            throw ScriptFailure.Source(service, e.LineNumber, e.Message);
        }

        cache?.Put(hash, code);
        return program;
    }

    private Value RunOuter(JurassicProgram program, ScriptFrame frame, CancellationToken cancellationToken)
    {
        var thread = ScriptThread.Current!;
        using var budget = new ScriptBudget(_options, _time, cancellationToken);
        thread.Budget = budget;
        try
        {
            return RunInner(thread, program, frame);
        }
        finally
        {
            thread.Budget = null;
        }
    }

    private Value RunInner(ScriptThread thread, JurassicProgram program, ScriptFrame frame)
    {
        if (thread.Depth >= _options.MaxServiceDepth)
        {
            var limit = thread.Budget!.Exceed($"services call each other more than {_options.MaxServiceDepth} deep");
            throw ScriptFailure.At($"{frame.Me}.{frame.Service}", 0, limit.Message);
        }

        var slot = Rent();
        thread.Depth++;
        try
        {
            return slot.Run(program, frame, thread.Budget!);
        }
        finally
        {
            thread.Depth--;
            Return(slot);
        }
    }

    private EngineSlot Rent()
    {
        if (!_pool.TryPop(out var slot))
            return new(_options);
        Interlocked.Decrement(ref _pooled);
        return slot;
    }

    private void Return(EngineSlot slot)
    {
        if (!slot.IsClean)
            return;
        if (Interlocked.Increment(ref _pooled) <= _options.PooledEngines)
            _pool.Push(slot);
        else
            Interlocked.Decrement(ref _pooled);
    }

    private static string Hash(string source, IReadOnlyList<string> parameterNames) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{GuardVersion}\n{string.Join(',', parameterNames)}\n{source}")));

    /// <summary>Programs by their hash: so many in memory, beyond a restart in a cache on disk where there is one.</summary>
    private sealed class Programs(int capacity, IScriptCache? disk)
    {
        private readonly ConcurrentDictionary<string, JurassicProgram> _byHash = new(StringComparer.Ordinal);

        // Goes with the source itself.
        private readonly ConditionalWeakTable<string, JurassicProgram> _byObject = [];

        public IScriptCache? Disk => disk;

        public JurassicProgram? OfObject(string source, IReadOnlyList<string> parameterNames) =>
            _byObject.TryGetValue(source, out var program) && program.Parameters.SequenceEqual(parameterNames, StringComparer.Ordinal) ? program : null;

        public JurassicProgram Remember(string source, JurassicProgram program)
        {
            _byObject.AddOrUpdate(source, program);
            return program;
        }

        public JurassicProgram? Find(string hash) => _byHash.GetValueOrDefault(hash);

        public JurassicProgram Add(JurassicProgram program)
        {
            if (_byHash.Count >= capacity)
                _byHash.Clear();
            return _byHash.GetOrAdd(program.Hash, program);
        }
    }
}
