using Hansa.Model;
using Hansa.Runtime.Scripts;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

public sealed class ScriptThreadTests
{
    [Fact]
    public async Task A_script_runs_on_a_script_thread_with_deadline_and_depth()
    {
        using var scripts = new ScriptRunner();
        ScriptThread? seen = null;
        var depth = 0;
        var deadline = 0L;
        var host = new FakeHost { Services = { [("Pump", "Look")] = _ => { seen = ScriptThread.Current; depth = seen!.Depth; deadline = seen.Deadline; return default; } } };
        await scripts.RunAsync("me.Look();", host);
        seen.ShouldNotBeNull();
        depth.ShouldBe(1);
        (deadline - TimeProvider.System.GetTimestamp()).ShouldBeInRange(1, 30 * TimeProvider.System.TimestampFrequency);
        ScriptThread.Current.ShouldBeNull();
        seen.Depth.ShouldBe(0);
    }

    [Fact]
    public async Task A_service_within_a_service_runs_on_the_same_thread_with_its_own_variables()
    {
        using var scripts = new ScriptRunner(new() { Threads = 1 });
        var host = new FakeHost();
        var threads = new HashSet<int>();
        host.Services[("Pump", "Mark")] = _ => { threads.Add(Environment.CurrentManagedThreadId); return default; };
        scripts.AddService(host, "Tank", "Inner", "me.x = 2; this.leak = 1; x = a + 1; Things['Pump'].Mark(); result = x;", "a");
        host.Properties[("Tank", "x")] = default;
        (await scripts.RunAsync("x = 10; me.Mark(); var y = Things['Tank'].Inner({a: 5}); result = x + ',' + y + typeof leak;", host))
            .ShouldBe(Value.String("10,6undefined"));
        threads.Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_outer_calls_deadline_ends_the_service_within_and_cannot_be_caught()
    {
        using var scripts = new ScriptRunner(new() { Timeout = TimeSpan.FromMilliseconds(500) });
        var host = new FakeHost();
        scripts.AddService(host, "Tank", "Loop", "\nfor (;;) ;");
        var failure = await scripts.FailAsync("\n\nfor (;;) { try { Things['Tank'].Loop(); } catch (e) { } }", host);
        failure.Message.ShouldBe("Service [Tank.Loop] failed at line 2: it ran longer than 0.5 s; called by [Pump.Test] at line 3");
    }

    [Fact]
    public async Task A_full_queue_is_refused()
    {
        using var scripts = new ScriptRunner(new() { Threads = 1, QueueLength = 1 });
        using var release = new ManualResetEventSlim();
        using var running = new ManualResetEventSlim();
        var host = new FakeHost { Services = { [("Pump", "Wait")] = _ => { running.Set(); release.Wait(); return default; } } };
        var token = TestContext.Current.CancellationToken;
        var program = await scripts.Engine.CompileAsync("Pump.Test", "me.Wait();", [], token);
        var first = scripts.Engine.RunAsync(program, ScriptRunner.Frame(host), token).AsTask();
        running.Wait(token);
        var second = scripts.Engine.RunAsync(program, ScriptRunner.Frame(host), token).AsTask();
        var refusal = await Should.ThrowAsync<PlatformException>(async () => await scripts.Engine.RunAsync(program, ScriptRunner.Frame(host), token));
        refusal.Code.ShouldBe(ErrorCode.Unavailable);
        refusal.Message.ShouldContain("1 script threads are busy");
        release.Set();
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_its_next_guard()
    {
        using var scripts = new ScriptRunner();
        using var cancelling = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        var program = await scripts.Engine.CompileAsync("Pump.Test", "try { for (;;) ; } catch (e) { }", [], CancellationToken.None);
        await Should.ThrowAsync<OperationCanceledException>(async () => await scripts.Engine.RunAsync(program, ScriptRunner.Frame(new()), cancelling.Token));
    }

    [Fact]
    public async Task Many_calls_at_once_do_not_see_each_other()
    {
        using var scripts = new ScriptRunner(new() { Threads = 4 });
        var results = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => scripts.RunAsync(
            "s = 0; for (i = 0; i < 200; i++) s += n; result = s;", null, ("n", Value.Number(i)))));
        results.ShouldBe(Enumerable.Range(0, 200).Select(i => Value.Number(i * 200)));
    }

    [Fact]
    public async Task A_kept_source_needs_no_parser()
    {
        var cache = new Cache();
        var token = TestContext.Current.CancellationToken;
        using (var first = new Hansa.Runtime.Scripts.Jurassic.JurassicScriptEngine(new(), TimeProvider.System, cache))
            await first.CompileAsync("Pump.Test", "result = 1 + 1;", [], token);
        cache.Texts.Count.ShouldBe(1);
        using var second = new Hansa.Runtime.Scripts.Jurassic.JurassicScriptEngine(new(), TimeProvider.System, cache);
        var program = await second.CompileAsync("Pump.Test", "result = 1 + 1;", [], token);
        (await second.RunAsync(program, ScriptRunner.Frame(new()), token)).ShouldBe(Value.Number(2));
    }

    private sealed class Cache : IScriptCache
    {
        public Dictionary<string, string> Texts { get; } = [];

        public string? Get(string hash) => Texts.GetValueOrDefault(hash);

        public void Put(string hash, string text) => Texts[hash] = text;
    }
}
