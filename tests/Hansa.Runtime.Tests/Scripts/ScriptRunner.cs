using Hansa.Model;
using Hansa.Runtime.Scripts.Jurassic;
using Hansa.Runtime.Scripts;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

/// <summary>An engine with small limits, and one call in a line.</summary>
public sealed class ScriptRunner : IDisposable
{
    public ScriptRunner() : this(new() { Timeout = TimeSpan.FromSeconds(20) })
    {
    }

    internal ScriptRunner(ScriptOptions options) => Engine = new(options, TimeProvider.System);

    internal JurassicScriptEngine Engine { get; }

    internal async Task<Value> RunAsync(string source, FakeHost? host = null, params (string Name, Value Value)[] arguments)
    {
        var token = TestContext.Current.CancellationToken;
        var program = await Engine.CompileAsync("Pump.Test", source, [.. arguments.Select(a => a.Name)], token);
        return await Engine.RunAsync(program, Frame(host ?? new(), arguments), token);
    }

    /// <summary>The error that the script ends with.</summary>
    internal async Task<PlatformException> FailAsync(string source, FakeHost? host = null, params (string Name, Value Value)[] arguments) =>
        await Should.ThrowAsync<PlatformException>(() => RunAsync(source, host, arguments));

    /// <summary>Lets a service of the fake platform be a script.</summary>
    internal void AddService(FakeHost host, string thing, string service, string source, params string[] parameters) =>
        host.Services[(thing, service)] = arguments =>
        {
            var program = Engine.CompileAsync($"{thing}.{service}", source, parameters, default).AsTask().GetAwaiter().GetResult();
            var frame = new ScriptFrame(EntityKind.Things, thing, service, arguments, host);
            return Engine.RunAsync(program, frame, default).AsTask().GetAwaiter().GetResult();
        };

    public void Dispose() => Engine.Dispose();

    internal static ScriptFrame Frame(FakeHost host, params (string Name, Value Value)[] arguments) => new(
        EntityKind.Things, "Pump", "Test", [.. arguments.Select(a => KeyValuePair.Create(a.Name, a.Value))], host);
}
