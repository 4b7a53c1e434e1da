using System.Net;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.ContentLoader;

/// <summary>What ContentLoaderFunctions reach when a name leads elsewhere than it seems to.</summary>
public sealed class ReachTests : IAsyncLifetime
{
    private const string Resource = "Resources/ContentLoaderFunctions";

    // Answers on all of 127.0.0.0/8.
    private WebServer _web = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await WebServer.StartAsync(IPAddress.Any);
        _web.Answer("/a", "reached", "text/plain");
    }

    public ValueTask DisposeAsync() => _web.DisposeAsync();

    [Theory]
    [InlineData("127.0.0.1")]
    [InlineData("localhost")]
    [InlineData("LOCALHOST")]
    [InlineData("127.1")]
    [InlineData("2130706433")]
    [InlineData("0x7f000001")]
    [InlineData("0")]
    [InlineData("[::1]")]
    [InlineData("[::ffff:127.0.0.1]")]
    public async Task This_machine_is_not_reached_however_it_is_written(string host)
    {
        await using var platform = await StartAsync(new());
        var refusal = await RefusedAsync(platform, _web.Url("/a", host));
        refusal.Code.ShouldBe(ErrorCode.Forbidden);
        refusal.Message.ShouldContain("ContentLoader:Allow");
        _web.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_redirect_is_a_connection_like_any_other()
    {
        await using var platform = await StartAsync(new() { Allow = ["127.0.0.1"] });
        _web.Redirect("/out", _web.Url("/a", "127.0.0.2"));
        _web.Redirect("/cloud", "http://169.254.169.254/latest/meta-data/");
        foreach (var path in new[] { "/out", "/cloud" })
            (await RefusedAsync(platform, _web.Url(path))).Code.ShouldBe(ErrorCode.Forbidden, path);
        _web.Asked.ShouldBe(["GET /out", "GET /cloud"]);
    }

    [Fact]
    public async Task A_name_that_leads_inside_is_not_reached_and_the_address_is_not_told()
    {
        await using var platform = await StartAsync(new(), "127.0.0.1");
        var refusal = await RefusedAsync(platform, _web.Url("/a", "innocent.example"));
        refusal.Code.ShouldBe(ErrorCode.Forbidden);
        refusal.Message.ShouldBe($"Host [innocent.example], port {_web.Port}, has no address that ContentLoaderFunctions may reach; the operator can list it in ContentLoader:Allow.");
    }

    [Fact]
    public async Task A_name_that_changes_its_address_is_looked_at_again_with_each_connection()
    {
        _web.Paths["/once"] = context =>
        {
            context.Response.Headers.Connection = "close";
            return Task.CompletedTask;
        };
        await using var platform = await StartAsync(new() { Allow = ["127.0.0.1"] }, "127.0.0.1", "127.0.0.2");
        await platform.CallAsync(Resource, "GetText", ("url", _web.Url("/once", "turning.example")));
        (await RefusedAsync(platform, _web.Url("/a", "turning.example"))).Code.ShouldBe(ErrorCode.Forbidden);
        _web.Asked.ShouldBe(["GET /once"]);
    }

    [Fact]
    public async Task Of_several_addresses_only_those_that_may_be_are_connected_to()
    {
        await using var platform = await StartAsync(new() { Allow = ["127.0.0.3/32"] }, "127.0.0.2 127.0.0.3");
        _web.Paths["/who"] = async context => await Microsoft.AspNetCore.Http.HttpResponseWritingExtensions.WriteAsync(context.Response, context.Connection.LocalIpAddress!.ToString());
        (await platform.CallAsync(Resource, "GetText", ("url", _web.Url("/who", "both.example")))).ToString().ShouldBe("127.0.0.3");
    }

    [Fact]
    public async Task A_host_that_is_listed_is_reached_wherever_it_is()
    {
        await using var platform = await StartAsync(new() { Allow = [$"plant.example:{_web.Port}"] }, "127.0.0.7");
        (await platform.CallAsync(Resource, "GetText", ("url", _web.Url("/a", "Plant.Example")))).ToString().ShouldBe("reached");
        (await RefusedAsync(platform, _web.Url("/a", "other.example"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task A_name_that_nobody_knows_is_told()
    {
        await using var platform = await StartAsync(new(), "");
        (await RefusedAsync(platform, _web.Url("/a", "gone.example"))).Message.ShouldBe($"The host of [http://gone.example:{_web.Port}] is not known.");
    }

    [Fact]
    public async Task Calls_beyond_the_limit_are_refused_at_once()
    {
        await using var platform = await StartAsync(new() { Allow = ["127.0.0.1"], MaxCalls = 1 });
        var (entered, go) = (new TaskCompletionSource(), new TaskCompletionSource());
        _web.Paths["/wait"] = async _ =>
        {
            entered.SetResult();
            await go.Task;
        };
        var first = platform.CallAsync(Resource, "GetText", ("url", _web.Url("/wait")));
        await entered.Task;
        var refusal = await RefusedAsync(platform, _web.Url("/a"));
        refusal.Code.ShouldBe(ErrorCode.Unavailable);
        refusal.Message.ShouldContain("1 calls");
        go.SetResult();
        await first;
        (await platform.CallAsync(Resource, "GetText", ("url", _web.Url("/a")))).ToString().ShouldBe("reached");
    }

    // Names lead to these addresses, call by call; the last one stays. Without any, the machine's own resolver is asked.
    private static Task<TestPlatform> StartAsync(ContentLoaderOptions options, params string[] addresses) => TestPlatform.StartAsync(configure: services =>
    {
        services.AddSingleton(options);
        if (addresses.Length == 0)
            return;
        var asked = 0;
        services.AddSingleton(new ContentClient(options, TimeProvider.System)
        {
            Resolve = (_, _) => addresses[Math.Min(asked++, addresses.Length - 1)] is { Length: > 0 } text
                ? Task.FromResult(text.Split(' ').Select(IPAddress.Parse).ToArray())
                : throw new System.Net.Sockets.SocketException((int)System.Net.Sockets.SocketError.HostNotFound),
        });
    });

    private static Task<PlatformException> RefusedAsync(TestPlatform platform, string url) =>
        platform.RefusedAsync(TestPlatform.Administrator, Resource, "GetText", ("url", url));
}
