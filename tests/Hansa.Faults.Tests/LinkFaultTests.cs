using System.Diagnostics;
using Hansa.Faults.Tests.Links;
using Hansa.Faults.Tests.Load;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests;

/// <summary>The line between two servers that live is cut, held, slowed: callers get the truth, and so does who looks at isConnected.</summary>
public sealed class LinkFaultTests(ITestOutputHelper output)
{
    public static TheoryData<bool, bool> Directions => new() { { true, true }, { true, false }, { false, true } };

    [Theory, InlineData("StoreAndForward"), InlineData("Fail")]
    [Trait("Category", "Slow")]
    public async Task Cuts_of_all_pipes_under_load_lose_and_double_nothing(string whenLinkIsDown)
    {
        await using var faulty = await FaultyPair.StartAsync();
        await faulty.Pair.DeliverAsync(FaultyPair.Proxy, whenLinkIsDown);
        await using var load = StreamLoad.Start(faulty.Pair.ServerA.Address, FaultyPair.Proxy);
        var cuts = 4 * Rounds.Count;
        for (var cut = 0; cut < cuts; cut++)
        {
            await load.UntilSucceededAsync(20);
            // Any moment is as good as any other.
            await Task.Delay(Random.Shared.Next(200));
            faulty.Line.Cut();
        }

        await load.UntilSucceededAsync(20);
        await load.StopAsync();
        await faulty.Pair.UntilDrainedAsync();
        var verdict = await Verdict.OfAsync(load.Calls, faulty.Pair.B, FaultyPair.Stream);
        if (whenLinkIsDown == "Fail")
            verdict.Deferred.ShouldBe(0);
        else
            verdict.Deferred.ShouldBeGreaterThan(0, "the cuts should have hit calls under way");
        verdict.Unknown.ShouldBe(0, "what a cut hits is tried again until its outcome is known");
        output.WriteLine($"{cuts} cuts of all pipes, {whenLinkIsDown}; {verdict}");
    }

    [Fact]
    public async Task A_line_that_flaps_comes_to_rest_bound()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await using var load = StreamLoad.Start(faulty.Pair.ServerA.Address, FaultyPair.Proxy);
        for (var flap = 0; flap < 20; flap++)
        {
            faulty.Line.Refuses = true;
            faulty.Line.Cut();
            await Task.Delay(Random.Shared.Next(100));
            faulty.Line.Refuses = false;
            await Task.Delay(Random.Shared.Next(200));
        }

        var after = await faulty.UntilBoundAsync(isBound: true);
        after.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        await load.UntilSucceededAsync(20);
        await load.StopAsync();
        await faulty.Pair.UntilDrainedAsync();
        var verdict = await Verdict.OfAsync(load.Calls, faulty.Pair.B, FaultyPair.Stream);
        await Tables.UntilAsync(() => Task.FromResult(faulty.Line.Count == 8), "all pipes to be back");
        (await faulty.Pair.A.ReadAsync(FaultyPair.Proxy, "isConnected"))!.GetValue<bool>().ShouldBeTrue();
        output.WriteLine($"20 flaps, bound {after.TotalSeconds:0.00} s after the last; {verdict}");
    }

    [Theory, MemberData(nameof(Directions))]
    [Trait("Category", "Slow")]
    public async Task A_line_that_takes_bytes_and_passes_none_on_is_told_as_broken_and_comes_back_with_it(bool up, bool down)
    {
        await using var faulty = await FaultyPair.StartAsync();
        faulty.Line.Hold(up, down);
        var toUnbound = await faulty.UntilBoundAsync(isBound: false);
        // The hole lasts longer than the time-out of the first dial into it.
        await Task.Delay(TimeSpan.FromSeconds(12));
        faulty.Line.Release();
        var toBound = await faulty.UntilBoundAsync(isBound: true);
        output.WriteLine($"held {(up ? "B to A" : "")} {(down ? "A to B" : "")}: unbound after {toUnbound.TotalSeconds:0.0} s, bound again {toBound.TotalSeconds:0.0} s after the end");
        toUnbound.ShouldBeLessThan(TimeSpan.FromSeconds(8));
        toBound.ShouldBeLessThan(TimeSpan.FromSeconds(3));
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Writes_into_a_black_hole_are_taken_on_disk_after_a_second_and_delivered_when_it_ends()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await using var load = StreamLoad.Start(faulty.Pair.ServerA.Address, FaultyPair.Proxy);
        await load.UntilSucceededAsync(50);
        faulty.Line.Hold();
        var clock = Stopwatch.StartNew();
        await Tables.UntilAsync(() => Task.FromResult(load.Calls.Count(call => call.IsDeferred) >= 8), "the 8 calls under way to end");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(3));
        await faulty.UntilBoundAsync(isBound: false);
        await load.UntilSucceededAsync(50);
        await load.StopAsync();
        faulty.Line.Release();
        await faulty.Pair.UntilDrainedAsync();
        var verdict = await Verdict.OfAsync(load.Calls, faulty.Pair.B, FaultyPair.Stream);
        (verdict.Unknown, verdict.Refused).ShouldBe((0, 0));
        output.WriteLine($"calls under way ended after {clock.Elapsed.TotalSeconds:0.0} s or less; {verdict}");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task Writes_that_may_not_wait_end_with_their_outcome_when_the_line_is_back_within_their_time()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await faulty.Pair.DeliverAsync(FaultyPair.Proxy, "Fail");
        await using var load = StreamLoad.Start(faulty.Pair.ServerA.Address, FaultyPair.Proxy);
        await load.UntilSucceededAsync(50);
        faulty.Line.Hold();
        await faulty.UntilBoundAsync(isBound: false);
        var stopping = load.StopAsync();
        faulty.Line.Release();
        await stopping;
        var verdict = await Verdict.OfAsync(load.Calls, faulty.Pair.B, FaultyPair.Stream);
        (verdict.Unknown, verdict.Deferred).ShouldBe((0, 0));
        output.WriteLine($"{verdict}");
    }

    [Fact]
    public async Task What_was_taken_while_B_was_away_outlives_both_servers()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await using var load = StreamLoad.Start(faulty.Pair.ServerA.Address, FaultyPair.Proxy);
        await load.UntilSucceededAsync(20);
        await faulty.Pair.ServerB.KillAsync();
        await load.UntilSucceededAsync(200);
        await load.StopAsync();
        await faulty.Pair.ServerA.KillAsync();
        await faulty.Pair.ServerA.StartAsync();
        var waiting = (await faulty.Pair.A.CallAsync("Subsystems/FederationSubsystem", "GetOutboxStatus"))![0]!;
        waiting["waiting"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(100);
        waiting["things"]!.GetValue<string>().ShouldBe(FaultyPair.Proxy);
        await using var more = StreamLoad.Start(faulty.Pair.ServerA.Address, FaultyPair.Proxy, callers: 10, first: 8);
        await more.UntilSucceededAsync(20);
        await faulty.Pair.ServerB.StartAsync();
        await more.UntilSucceededAsync(20);
        await more.StopAsync();
        await faulty.Pair.UntilDrainedAsync();
        var verdict = await Verdict.OfAsync([.. load.Calls, .. more.Calls], faulty.Pair.B, FaultyPair.Stream);
        output.WriteLine($"{verdict}");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_line_of_64_kilobits_with_a_long_way_is_slow_and_not_dead()
    {
        await using var faulty = await FaultyPair.StartAsync();
        await faulty.Pair.DeliverAsync(FaultyPair.Proxy, "Fail");
        faulty.Line.Rate = 8000;
        faulty.Line.Delay = TimeSpan.FromMilliseconds(150);
        await using var load = StreamLoad.Start(faulty.Pair.ServerA.Address, FaultyPair.Proxy);
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(15))
        {
            (await faulty.Pair.A.ReadAsync(FaultyPair.Proxy, "isConnected"))!.GetValue<bool>().ShouldBeTrue();
            await Task.Delay(100);
        }

        (faulty.Line.Rate, faulty.Line.Delay) = (null, TimeSpan.Zero);
        await load.StopAsync();
        var verdict = await Verdict.OfAsync(load.Calls, faulty.Pair.B, FaultyPair.Stream);
        verdict.Succeeded.ShouldBe(verdict.Calls);
        output.WriteLine($"15 s at 64 kbit/s and 300 ms there and back; {verdict}");
    }

    [Fact]
    public async Task Nobody_waits_for_a_line_that_is_down()
    {
        await using var faulty = await FaultyPair.StartAsync();
        faulty.Line.Refuses = true;
        faulty.Line.Cut();
        await faulty.UntilBoundAsync(isBound: false);
        var clock = Stopwatch.StartNew();
        var (status, text) = await faulty.Pair.A.TryAsync(HttpMethod.Post, $"Things/{FaultyPair.Proxy}/Services/GetStreamEntryCount", new System.Text.Json.Nodes.JsonObject());
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1));
        ((int)status).ShouldBe(503);
        text.ShouldContain("not bound");
        (await faulty.Pair.StatusAsync())["isConnected"]!.GetValue<bool>().ShouldBeFalse();
        faulty.Line.Refuses = false;
        (await faulty.UntilBoundAsync(isBound: true)).ShouldBeLessThan(TimeSpan.FromSeconds(5));
    }
}
