using System.Diagnostics;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Runtime.Scripts;
using Hansa.Runtime.Scripts.Jurassic;
using Hansa.Storage;
using Hansa.Storage.Sqlite;
using Jurassic;
using Jurassic.Library;
using Microsoft.Extensions.DependencyInjection;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>A trivial script service called in the invoker, rights, arguments and script thread included; a built-in service and the bare engine beside it.</summary>
internal static class InvokerScripts
{
    private const int Rounds = 5;
    private const int Callers = 8;
    private const string Code = "var result = x + 1;";

    public static async Task RunAsync(int calls)
    {
        RegexLimit.Apply();
        var folder = Directory.CreateTempSubdirectory("hansa-bench-").FullName;
        try
        {
            await using var storage = await SqliteStorage.OpenAsync(folder, new SqliteOptions(), TimeProvider.System, CancellationToken.None);
            using var engine = new JurassicScriptEngine(new ScriptOptions(), TimeProvider.System);
            var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddSingleton<IStorage>(storage);
            services.AddSingleton<ISecretProtector, NoSecrets>().AddSingleton<IRemoteEndpoints, NoEndpoints>().AddSingleton<IScriptEngine>(engine).AddHansaRuntime();
            await using var provider = services.BuildServiceProvider();
            var runtime = provider.GetRequiredService<PlatformRuntime>();
            await runtime.StartAsync(ServerUnderTestPassword, CancellationToken.None);
            var invoker = provider.GetRequiredService<ServiceInvoker>();
            await PrepareAsync(invoker);
            var bare = BareEngine();
            List<double> scripts = [], builtIns = [], floor = [], many = [];
            for (var round = 0; round <= Rounds; round++)
            {
                var script = await TimeAsync(calls, async () => await CallAsync(invoker, "Increment", ("x", Value.Number(1))));
                var builtIn = await TimeAsync(calls, async () => await CallAsync(invoker, "GetDescription"));
                var alone = await TimeAsync(calls, () => Task.FromResult(bare()));
                var side = await Task.WhenAll(Enumerable.Range(0, Callers).Select(_ =>
                    Task.Run(() => TimeAsync(calls / Callers, async () => await CallAsync(invoker, "Increment", ("x", Value.Number(1)))))));
                if (round == 0)
                    continue;
                scripts.AddRange(script);
                builtIns.AddRange(builtIn);
                floor.AddRange(alone);
                many.AddRange(side.SelectMany(waits => waits));
            }

            Print("a trivial script service", scripts);
            Print("a built-in service", builtIns);
            Print("the engine alone", floor);
            Print($"a trivial script service, {Callers} callers", many);
            await runtime.StopAsync(CancellationToken.None);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private const string ServerUnderTestPassword = Testing.ServerUnderTest.Password;

    private static async Task PrepareAsync(ServiceInvoker invoker)
    {
        await AskAsync(invoker, "Resources/EntityServices", "CreateThing", ("name", Value.String("Trivial")), ("thingTemplateName", Value.String("GenericThing")));
        await AskAsync(invoker, "Things/Trivial", "EnableThing");
        await AskAsync(invoker, "Things/Trivial", "AddScriptServiceDefinition", ("name", Value.String("Increment")), ("code", Value.String(Code)),
            ("parameters", Field("x")), ("resultType", Field("result")));
    }

    private static Value Field(string name)
    {
        var builder = new InfoTable.Builder(new DataShape([new("name", BaseType.STRING), new("baseType", BaseType.STRING) { Ordinal = 1 }]));
        var row = builder.AddRow();
        (row[0], row[1]) = (Value.String(name), Value.String("NUMBER"));
        return Value.Table(builder.Build());
    }

    private static async Task AskAsync(ServiceInvoker invoker, string entity, string service, params (string Name, Value Value)[] arguments)
    {
        var parts = entity.Split('/');
        await invoker.InvokeAsync(
            new(Principals.AdministratorName, new(Enum.Parse<EntityKind>(parts[0]), parts[1]), service, TableArguments.Of(arguments), CallOrigin.Rest), CancellationToken.None);
    }

    private static ValueTask<ServiceResult> CallAsync(ServiceInvoker invoker, string service, params (string Name, Value Value)[] arguments) => invoker.InvokeAsync(
        new(Principals.AdministratorName, EntityKey.Thing("Trivial"), service, TableArguments.Of(arguments), CallOrigin.Rest), CancellationToken.None);

    private static Func<object> BareEngine()
    {
        var engine = new ScriptEngine();
        var function = (FunctionInstance)engine.Evaluate($"(function (x) {{ {Code} return result; }})");
        return () => function.CallLateBound(Undefined.Value, 1.0);
    }

    private static async Task<double[]> TimeAsync<T>(int calls, Func<Task<T>> call)
    {
        var waits = new double[calls];
        for (var i = 0; i < calls; i++)
        {
            var start = Stopwatch.GetTimestamp();
            await call();
            waits[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
        }

        return waits;
    }

    private static void Print(string what, List<double> waits)
    {
        waits.Sort();
        ScriptBench.Print($"{what}, µs: median", waits[waits.Count / 2]);
        ScriptBench.Print($"{what}, µs: 90 %", waits[waits.Count * 9 / 10]);
    }

    private sealed class NoSecrets : ISecretProtector
    {
        public string Protect(string secret) => throw new NotSupportedException();

        public string Unprotect(string cipherText) => throw new NotSupportedException();
    }

    private sealed class NoEndpoints : IRemoteEndpoints
    {
        public IEnumerable<BoundName> WithoutThing => [];

        public IRemoteEndpoint? Find(Thing thing) => null;

        public string WhyUnbound(Thing thing) => "There are no links.";
    }
}
