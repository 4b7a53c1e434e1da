using System.Diagnostics;
using System.Text.Json.Nodes;
using Hansa.Faults.Tests.Links;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests;

/// <summary>A state that is shown is true: of the link at either end, and of what waits for it.</summary>
public sealed class LinkStateTests(ITestOutputHelper output)
{
    private const string Federation = "Subsystems/FederationSubsystem";

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_black_hole_is_told_at_both_ends_within_5_seconds_and_its_end_within_2()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await UntilAsync(faulty, "LIVE", seconds: 5);
        await Tables.UntilAsync(async () => (await LinkAsync(faulty.Pair.A))["otherView"]!.GetValue<string>() == "LIVE", "the other end to say the same", 5);

        faulty.Line.Hold();
        var clock = Stopwatch.StartNew();
        await Tables.UntilAsync(async () => await StateAsync(faulty.Pair.A) != "LIVE" && await StateAsync(faulty.Pair.B) != "LIVE", "both ends to leave LIVE", 5);
        var left = clock.Elapsed;
        await UntilAsync(faulty, "DOWN", seconds: 10);
        (await LinkAsync(faulty.Pair.A))["reason"]!.GetValue<string>().ShouldContain("no connection from [ServerB]");
        (await LinkAsync(faulty.Pair.B))["reason"]!.GetValue<string>().ShouldNotBeEmpty();

        faulty.Line.Release();
        clock.Restart();
        await UntilAsync(faulty, "LIVE", seconds: 2);
        output.WriteLine($"left LIVE after {left.TotalSeconds:0.0} s, LIVE again {clock.Elapsed.TotalSeconds:0.0} s after the end");

        var changes = (await faulty.Pair.A.CallAsync(Federation, "GetLinkChanges", new() { ["serverName"] = "ServerB" }))!.AsArray();
        changes.Select(change => change!["state"]!.GetValue<string>()).Take(3).ShouldBe(["LIVE", "DOWN", "STALE"]);
    }

    [Fact]
    public async Task What_waits_is_told_with_its_age_and_goes_when_B_is_back()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await UntilAsync(faulty.Pair.A, "LIVE", seconds: 5);
        await faulty.Pair.ServerB.KillAsync();
        await faulty.UntilBoundAsync(isBound: false);
        for (var i = 0; i < 3; i++)
            await AddAsync(faulty, i);
        await UntilAsync(faulty.Pair.A, "DOWN", seconds: 2);
        var link = await LinkAsync(faulty.Pair.A);
        link["waiting"]!.GetValue<long>().ShouldBe(3);
        var tasks = (await faulty.Pair.A.CallAsync($"Things/{FaultyPair.Proxy}", "GetQueuedTasks"))!.AsArray();
        tasks.Select(task => (task!["Type"]!.GetValue<string>(), task["Name"]!.GetValue<string>(), task["ConnectedThing"]!.GetValue<string>())).Distinct()
            .ShouldHaveSingleItem().ShouldBe(("ServiceInvoke", "AddStreamEntry", FaultyPair.Proxy));
        tasks.Count.ShouldBe(3);
        link["oldest"]!.GetValue<long>().ShouldBeGreaterThan(DateTimeOffset.UtcNow.AddMinutes(-1).ToUnixTimeMilliseconds());
        await faulty.Pair.ServerB.StartAsync();
        await faulty.Pair.UntilDrainedAsync();
        await UntilAsync(faulty, "LIVE", seconds: 5);
        (await faulty.Pair.B.CallAsync($"Things/{FaultyPair.Stream}", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(3);
    }

    [Fact]
    public async Task A_right_that_is_missing_there_holds_the_lane_and_parks_nothing()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await faulty.Pair.ServerA.KillAsync();
        await PermitAsync(faulty, "false");
        await faulty.Pair.ServerA.StartAsync();
        await faulty.UntilBoundAsync(isBound: true);
        // Live, the caller is told.
        var (status, text) = await TryAddAsync(faulty, 1);
        ((int)status, text.Contains("ServerB", StringComparison.Ordinal)).ShouldBe((403, true));

        faulty.Line.Refuses = true;
        faulty.Line.Cut();
        await faulty.UntilBoundAsync(isBound: false);
        await AddAsync(faulty, 2);
        await AddAsync(faulty, 3);
        faulty.Line.Refuses = false;
        await UntilAsync(faulty.Pair.A, "REFUSED", seconds: 10);
        var link = await LinkAsync(faulty.Pair.A);
        (link["waiting"]!.GetValue<long>(), link["parked"]!.GetValue<long>()).ShouldBe((2, 0));
        link["reason"]!.GetValue<string>().ShouldContain("ServiceInvoke");

        await PermitAsync(faulty, "true");
        await faulty.Pair.UntilDrainedAsync();
        await UntilAsync(faulty.Pair.A, "LIVE", seconds: 5);
        (await faulty.Pair.B.CallAsync($"Things/{FaultyPair.Stream}", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(2);
    }

    [Fact]
    public async Task A_Data_Shape_that_does_not_fit_any_more_holds_the_lane_and_says_which_field()
    {
        await using var faulty = await FaultyPair.StartAsync();
        faulty.Line.Refuses = true;
        faulty.Line.Cut();
        await faulty.UntilBoundAsync(isBound: false);
        await AddAsync(faulty, 1);
        await faulty.Pair.B.CallAsync($"DataShapes/{FaultyPair.Stream}.Shape", "DeleteFieldDefinition", new() { ["name"] = "text" });
        faulty.Line.Refuses = false;
        await UntilAsync(faulty.Pair.A, "REFUSED", seconds: 10);
        var link = await LinkAsync(faulty.Pair.A);
        (link["waiting"]!.GetValue<long>(), link["parked"]!.GetValue<long>()).ShouldBe((1, 0));
        link["reason"]!.GetValue<string>().ShouldContain("'text' is not there");
        var (status, text) = await TryAddAsync(faulty, 2);
        ((int)status, text.Contains("'text' is not there", StringComparison.Ordinal)).ShouldBe((503, true));

        await faulty.Pair.B.CallAsync($"DataShapes/{FaultyPair.Stream}.Shape", "AddFieldDefinition", new() { ["name"] = "text", ["type"] = "STRING" });
        await faulty.Pair.UntilDrainedAsync();
        (await faulty.Pair.B.CallAsync($"Things/{FaultyPair.Stream}", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(1);
    }

    [Fact]
    public async Task A_write_that_B_refuses_is_parked_with_its_reason_and_can_be_delivered_again_or_dropped()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await faulty.Pair.DeliverAsync(FaultyPair.Proxy, "StoreAndForward");
        faulty.Line.Refuses = true;
        faulty.Line.Cut();
        await faulty.UntilBoundAsync(isBound: false);
        await faulty.Pair.A.CallAsync($"Things/{FaultyPair.Proxy}", "DeleteStreamEntry", new() { ["streamEntryId"] = "4711" });
        await AddAsync(faulty, 1);
        faulty.Line.Refuses = false;
        await faulty.Pair.UntilDrainedAsync();
        var parked = (await ParkedAsync(faulty)).ShouldHaveSingleItem()!;
        (parked["thing"]!.GetValue<string>(), parked["service"]!.GetValue<string>(), parked["caller"]!.GetValue<string>()).ShouldBe((FaultyPair.Proxy, "DeleteStreamEntry", "Administrator"));
        parked["reason"]!.GetValue<string>().ShouldContain("4711");
        // The lane goes on.
        (await faulty.Pair.B.CallAsync($"Things/{FaultyPair.Stream}", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(1);

        await faulty.Pair.A.CallAsync(Federation, "DeliverParkedEntry", new() { ["thingName"] = FaultyPair.Proxy, ["number"] = parked["number"]!.GetValue<string>() });
        await Tables.UntilAsync(async () => (await ParkedAsync(faulty)) is [{ } again] && again["number"]!.GetValue<string>() != parked["number"]!.GetValue<string>(), "it to be refused again");
        await faulty.Pair.ServerA.StopAsync();
        await faulty.Pair.ServerA.StartAsync();
        var number = (await ParkedAsync(faulty)).ShouldHaveSingleItem()!["number"]!.GetValue<string>();
        await faulty.Pair.A.CallAsync(Federation, "DropParkedEntry", new() { ["thingName"] = FaultyPair.Proxy, ["number"] = number });
        (await ParkedAsync(faulty)).ShouldBeEmpty();
        (await LinkAsync(faulty.Pair.A))["parked"]!.GetValue<long>().ShouldBe(0);
        var (status, _) = await faulty.Pair.A.TryAsync(HttpMethod.Post, $"{Federation}/Services/DropParkedEntry", new JsonObject { ["thingName"] = FaultyPair.Proxy, ["number"] = number });
        ((int)status).ShouldBe(404);
    }

    private static async Task<JsonArray> ParkedAsync(FaultyPair faulty) =>
        (await faulty.Pair.A.CallAsync(Federation, "GetParkedEntries", new() { ["thingName"] = FaultyPair.Proxy }))!.AsArray();

    private static Task PermitAsync(FaultyPair faulty, string isAllowed) => faulty.Pair.B.CallAsync($"Things/{FaultyPair.Stream}", "AddRunTimePermission", new()
    {
        ["type"] = "ServiceInvoke", ["resource"] = "AddStreamEntry", ["principal"] = "publisher", ["principalType"] = "User", ["allow"] = bool.Parse(isAllowed),
    });

    private static async Task AddAsync(FaultyPair faulty, int number)
    {
        var (status, text) = await TryAddAsync(faulty, number);
        ((int)status).ShouldBe(200, text);
    }

    private static Task<(System.Net.HttpStatusCode Status, string Text)> TryAddAsync(FaultyPair faulty, int number) => faulty.Pair.A.TryAsync(
        HttpMethod.Post, $"Things/{FaultyPair.Proxy}/Services/AddStreamEntry", new JsonObject { ["values"] = Tables.Of([("n", "LONG"), ("text", "STRING")], new JsonObject { ["n"] = number, ["text"] = "x" }) });

    private static async Task UntilAsync(FaultyPair faulty, string state, double seconds)
    {
        await UntilAsync(faulty.Pair.A, state, seconds);
        await UntilAsync(faulty.Pair.B, state, seconds);
    }

    private static Task UntilAsync(RestClient server, string state, double seconds) => Tables.UntilAsync(async () => await StateAsync(server) == state, $"the link to be {state}", seconds);

    private static async Task<string> StateAsync(RestClient server) => (await LinkAsync(server))["state"]!.GetValue<string>();

    private static async Task<JsonNode> LinkAsync(RestClient server) => (await server.CallAsync(Federation, "GetLinks"))!.AsArray().ShouldHaveSingleItem()!;
}
