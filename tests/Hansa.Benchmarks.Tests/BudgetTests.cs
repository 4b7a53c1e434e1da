using System.Reflection;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Hansa.Benchmarks.Codec;
using Shouldly;
using Xunit;

namespace Hansa.Benchmarks.Tests;

/// <summary>Benchmarks are held to the bytes that they allocate, which are the same on a busy machine; times are for people to read.</summary>
public sealed class BudgetTests
{
    private const int WarmUps = 60;
    private const int Measured = 20;

    public static TheoryData<string, long> Budgets
    {
        get
        {
            var data = new TheoryData<string, long>();
            foreach (var (name, bytes) in Read())
                data.Add(name, bytes);
            return data;
        }
    }

    [Theory, MemberData(nameof(Budgets))]
    public void A_benchmark_allocates_no_more_than_its_budget(string name, long budget)
    {
        var (type, method) = Benchmarks().Single(pair => $"{pair.Type.Name}.{pair.Method.Name}" == name);
        var instance = Activator.CreateInstance(type)!;
        type.GetMethods().FirstOrDefault(setup => setup.GetCustomAttribute<GlobalSetupAttribute>() is not null)?.Invoke(instance, null);
        // Neither kind of delegate allocates when it is called.
        Action run = method.ReturnType == typeof(int)
            ? Ignore(method.CreateDelegate<Func<int>>(instance))
            : Ignore(method.CreateDelegate<Func<object>>(instance));
        for (var i = 0; i < WarmUps; i++)
            run();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < Measured; i++)
            run();
        var bytes = (GC.GetAllocatedBytesForCurrentThread() - before) / Measured;
        bytes.ShouldBeLessThanOrEqualTo(budget, $"{name} allocates {bytes} bytes a call");
    }

    [Fact]
    public void Every_benchmark_has_a_budget() =>
        Benchmarks().Select(pair => $"{pair.Type.Name}.{pair.Method.Name}").ShouldBe(Read().Keys, ignoreOrder: true);

    private static Action Ignore<T>(Func<T> function) => () => function();

    private static Dictionary<string, long> Read() =>
        JsonSerializer.Deserialize<Dictionary<string, long>>(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "budgets.json")))!;

    private static IEnumerable<(Type Type, MethodInfo Method)> Benchmarks() =>
        from type in typeof(InfoTableCodecBenchmark).Assembly.GetExportedTypes()
        from method in type.GetMethods()
        where method.GetCustomAttribute<BenchmarkAttribute>() is not null
        select (type, method);
}
