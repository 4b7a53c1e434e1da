using System.Diagnostics;
using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Hostile scripts end inside their limits with service and line; the server goes on, and is no larger for it.</summary>
[Trait("Category", "Slow")]
public sealed class HostileScriptTests : IAsyncLifetime
{
    private ServerUnderTest _server = null!;
    private RestClient _client = null!;

    public static TheoryData<string, string> Scripts => new()
    {
        { "JSON.parse of many brackets", "var s = '';\nfor (var i = 0; i < 200000; i++) s += '[';\nresult = JSON.parse(s);" },
        { "String of a deep array", "var a = [];\nfor (var i = 0; i < 200000; i++) a = [a];\nresult = String(a);" },
        { "a regular expression that explodes", "var s = '';\nfor (var i = 0; i < 60; i++) s += 'a';\nresult = /(a+)+$/.test(s + '!') + '';" },
        { "repeat", "var x = 1;\nresult = 'x'.repeat(5e8);" },
        { "join of a huge array", "var x = 1;\nresult = new Array(3e8).join();" },
        { "an endless loop", "var x = 1;\nwhile (true) { x++; }" },
        { "endless allocation", "var a = [];\nwhile (true) a.push({ text: 'x' + a.length });" },
        { "an endless loop that catches everything", "while (true) { try { while (true) {} } catch (e) {} finally { } }" },
    };

    public async ValueTask InitializeAsync()
    {
        _server = await ServerUnderTest.StartAsync("Hostile", environment: new Dictionary<string, string> { ["HANSA_Scripts__Timeout"] = "00:00:05" });
        _client = _server.Client();
        await _client.MakeThingAsync("T", "GenericThing");
        await DefineAsync("T", "Good", "result = [3, 1, 2].sort().join('') + Math.floor(1.5);");
    }

    public async ValueTask DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Theory, MemberData(nameof(Scripts))]
    public async Task It_ends_inside_its_limit_with_service_and_line_and_the_server_goes_on(string name, string code)
    {
        await GoodAsync();
        var before = Memory();
        await DefineAsync("T", "Bad", code);
        var clock = Stopwatch.StartNew();
        var (status, text) = await _client.TryAsync(HttpMethod.Post, "Things/T/Services/Bad", new JsonObject());
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(20), name);
        status.ShouldBe(HttpStatusCode.InternalServerError, text);
        text.ShouldContain("T.Bad");
        text.ShouldContain("line ");
        await GoodAsync();
        // What a call may hold at most, twice, for a heap that is given back late.
        (Memory() - before).ShouldBeLessThan(600 << 20, name);
    }

    [Fact]
    public async Task A_source_with_fifty_thousand_parentheses_is_refused_when_it_is_saved()
    {
        var (status, text) = await _client.TryAsync(HttpMethod.Post, "Things/T/Services/AddScriptServiceDefinition", new JsonObject
        {
            ["name"] = "Deep", ["code"] = $"result = {new string('(', 50_000)}1{new string(')', 50_000)};",
        });
        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("T.Deep");
        await GoodAsync();
    }

    [Fact]
    public async Task Recursion_through_two_Things_ends()
    {
        await _client.MakeThingAsync("U", "GenericThing");
        await DefineAsync("T", "Ping", "result = Things['U'].Pong();");
        await DefineAsync("U", "Pong", "result = Things['T'].Ping();");
        var (status, text) = await _client.TryAsync(HttpMethod.Post, "Things/T/Services/Ping", new JsonObject());
        status.ShouldBe(HttpStatusCode.InternalServerError, text);
        text.ShouldContain("line ");
        await GoodAsync();
    }

    [Fact]
    public async Task Nothing_that_a_script_does_to_built_ins_or_globals_is_seen_by_the_next()
    {
        await DefineAsync("T", "Poison", """
            try { Array.prototype.join = function () { return 'poison'; }; } catch (e) {}
            try { Math.floor = function () { return 'poison'; }; } catch (e) {}
            try { Array.prototype.x = 'poison'; } catch (e) {}
            leaked = 'poison';
            try { Object.defineProperty(Object.prototype, 'y', { value: 'poison' }); } catch (e) {}
            result = 'done';
            """);
        await DefineAsync("T", "Look", "result = typeof leaked + [].x + ({}).y + [1, 2].join('-') + Math.floor(1.5);");
        for (var i = 0; i < 5; i++)
        {
            await _client.CallAsync("Things/T", "Poison");
            (await _client.CallAsync("Things/T", "Look"))!.GetValue<string>().ShouldBe("undefinedundefinedundefined1-21");
        }
    }

    private async Task GoodAsync() => (await _client.CallAsync("Things/T", "Good"))!.GetValue<string>().ShouldBe("1231");

    private long Memory()
    {
        _server.Process.Refresh();
        return _server.Process.WorkingSet64;
    }

    private async Task DefineAsync(string thing, string name, string code)
    {
        await _client.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/RemoveServiceDefinition", new JsonObject { ["name"] = name });
        await _client.CallAsync($"Things/{thing}", "AddScriptServiceDefinition", new()
        {
            ["name"] = name, ["code"] = code,
            ["resultType"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")], new JsonObject { ["name"] = "result", ["baseType"] = "STRING" }),
        });
    }
}
