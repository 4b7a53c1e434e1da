using System.Diagnostics;
using Hansa.Faults.Tests.Load;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests;

/// <summary>
/// Either server is killed at any moment under load. An entry whose call succeeded stands on B exactly once, one whose call did not
/// at most once, and one whose call was refused not at all.
/// </summary>
[Trait("Category", "Slow")]
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public Task Kills_of_B_under_load_lose_and_double_nothing() => KillAsync(pair => pair.ServerB);

    [Fact]
    public Task Kills_of_A_under_load_lose_and_double_nothing() => KillAsync(pair => pair.ServerA);

    private async Task KillAsync(Func<FederatedPair, ServerUnderTest> victimOf)
    {
        var clock = Stopwatch.StartNew();
        await using var pair = await FederatedPair.StartAsync();
        await pair.MakeStreamAsync("Killed", StreamLoad.Fields);
        var victim = victimOf(pair);
        await using var load = StreamLoad.Start(pair.ServerA.Address, "RemoteKilled");
        for (var round = 0; round < Rounds.Count; round++)
        {
            await load.UntilSucceededAsync(50);
            // Any moment is as good as any other.
            await Task.Delay(Random.Shared.Next(1000));
            await victim.KillAsync();
            await victim.StartAsync();
        }

        await load.UntilSucceededAsync(50);
        await load.StopAsync();
        await pair.UntilDrainedAsync();
        var verdict = await Verdict.OfAsync(load.Calls, pair.B, "Killed");
        (verdict.Unknown + verdict.Deferred).ShouldBeGreaterThan(0, "the kills should have hit calls under way");
        output.WriteLine($"{Rounds.Count} kills of {victim.Name} in {clock.Elapsed.TotalSeconds:0} s; {verdict}");
    }
}
