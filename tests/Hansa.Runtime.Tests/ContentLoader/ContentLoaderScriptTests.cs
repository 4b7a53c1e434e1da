using System.Diagnostics;
using Hansa.Model;
using Hansa.Runtime.Scripts;
using Hansa.Runtime.Scripts.Jurassic;
using Hansa.Runtime.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.ContentLoader;

/// <summary>Scripts that ask web servers: their time counts while they wait.</summary>
[Trait("Category", "Slow")]
public sealed class ContentLoaderScriptTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(1);

    private readonly TaskCompletionSource _aborted = new();
    private TestPlatform _platform = null!;
    private WebServer _web = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await WebServer.StartAsync();
        _platform = await TestPlatform.StartAsync(configure: services => services
            .AddSingleton(new ContentLoaderOptions { Allow = ["127.0.0.1"] })
            .AddSingleton<IScriptEngine>(_ => new JurassicScriptEngine(new() { Timeout = Limit }, TimeProvider.System)));
        await _platform.MakeThingAsync("Pump");
        await _platform.AddServiceAsync("Pump", "Warm", "result = 1;");
        await _platform.CallAsync("Things/Pump", "Warm");
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task A_script_reads_what_a_server_answers()
    {
        _web.Echo("/echo");
        await AddAsync("Ask", """
            var answer = Resources["ContentLoaderFunctions"].PostJSON({url: base + "/echo", content: {a: [1, 2]}, headers: {"X-Key": "k"}, timeout: 60});
            result = answer.body + answer.sent["x-key"] + answer.responseStatus.statusCode;
            """);
        (await AskAsync("Ask")).ToString().ShouldBe("""{"a":[1,2]}k200""");
    }

    [Theory]
    [InlineData("/silent")]
    [InlineData("/dripping")]
    public async Task A_slow_server_ends_with_the_time_of_the_script_and_the_request_with_it(string path)
    {
        _web.Paths["/silent"] = context => UntilAbortedAsync(() => Task.CompletedTask, context.RequestAborted);
        _web.Paths["/dripping"] = context => UntilAbortedAsync(
            async () =>
            {
                await context.Response.Body.WriteAsync("x"u8.ToArray());
                await context.Response.Body.FlushAsync();
            },
            context.RequestAborted);
        await AddAsync("Ask", $$"""
            // The wait cannot be prolonged by catching its end.
            while (true) {
              try {
                Resources["ContentLoaderFunctions"].GetText({url: base + "{{path}}", timeout: 60});
              } catch (e) { }
            }
            """);
        var clock = Stopwatch.StartNew();
        var failure = await Should.ThrowAsync<PlatformException>(() => AskAsync("Ask"));
        failure.Message.ShouldBe("Service [Pump.Ask] failed at line 4: it ran longer than 1 s");
        clock.Elapsed.ShouldBeLessThan(Limit + TimeSpan.FromSeconds(3));
        await _aborted.Task.WaitAsync(TimeSpan.FromSeconds(20));
        _web.Asked.Count.ShouldBe(1);
        (await AskAsync("Warm")).ToString().ShouldBe("1");
    }

    [Fact]
    public async Task A_service_within_a_service_shares_its_time()
    {
        _web.Paths["/silent"] = context => UntilAbortedAsync(() => Task.CompletedTask, context.RequestAborted);
        await AddAsync("Inner", """result = Resources["ContentLoaderFunctions"].GetText({url: base + "/silent"});""");
        await AddAsync("Outer", "pause(500);\nresult = me.Inner({base: base});");
        var clock = Stopwatch.StartNew();
        var failure = await Should.ThrowAsync<PlatformException>(() => AskAsync("Outer"));
        failure.Message.ShouldBe("Service [Pump.Inner] failed at line 1: it ran longer than 1 s; called by [Pump.Outer] at line 2");
        clock.Elapsed.ShouldBeLessThan(Limit + TimeSpan.FromSeconds(3));
        await _aborted.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task An_answer_without_end_is_an_error_that_the_script_may_catch()
    {
        await using var endless = await WebServer.StartAsync();
        endless.Paths["/"] = async context =>
        {
            var chunk = new byte[1 << 16];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(chunk, context.RequestAborted);
        };
        await AddAsync("Ask", """try { Resources["ContentLoaderFunctions"].LoadBinary({url: base}); } catch (e) { result = e.message; }""");
        (await _platform.CallAsync("Things/Pump", "Ask", ("base", endless.Url("/")))).ToString().ShouldBe($"The answer of [http://127.0.0.1:{endless.Port}] has more than 16777216 bytes.");
    }

    [Fact]
    public async Task A_caller_that_goes_away_takes_the_request_with_him()
    {
        _web.Paths["/silent"] = context => UntilAbortedAsync(() => Task.CompletedTask, context.RequestAborted);
        await AddAsync("Ask", """Resources["ContentLoaderFunctions"].GetText({url: base + "/silent"});""");
        using var caller = new CancellationTokenSource();
        var call = _platform.Invoker.InvokeAsync(
            new(TestPlatform.Administrator, EntityKey.Thing("Pump"), "Ask", TableArguments.Of(("base", Value.String(_web.Url("")))), CallOrigin.Rest), caller.Token).AsTask();
        await Until.TrueAsync(() => !_web.Asked.IsEmpty, "the request");
        await caller.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(() => call);
        await _aborted.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    private Task AddAsync(string service, string code) => _platform.AddServiceAsync("Pump", service, code, ("base", BaseType.STRING));

    private Task<Value> AskAsync(string service) => _platform.CallAsync("Things/Pump", service, ("base", _web.Url("")));

    private async Task UntilAbortedAsync(Func<Task> meanwhile, CancellationToken aborted)
    {
        await using var _ = aborted.Register(() => _aborted.TrySetResult());
        while (!aborted.IsCancellationRequested)
        {
            await meanwhile();
            await Task.Delay(50, aborted);
        }
    }
}
