using System.Diagnostics;
using Hansa.Faults.Tests.Load;
using Hansa.Faults.Tests.PowerLoss;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests;

/// <summary>The power of B is cut under load: what it wrote and did not sync is gone. What it had answered stands.</summary>
[Trait("Category", "Slow")]
public sealed class PowerLossTests(ITestOutputHelper output)
{
    private static int Cuts => Math.Max(2, Rounds.Count / 4);

    [Fact]
    public Task Power_cuts_of_B_that_drop_every_write_without_a_sync_lose_and_double_nothing() => CutAsync(survivors: null);

    [Fact]
    public Task Power_cuts_of_B_that_drop_any_of_the_writes_without_a_sync_lose_and_double_nothing() => CutAsync(new Random(1));

    /// <summary>The control: on a disk that only says that it has synced the same must show as lost entries.</summary>
    [Fact]
    public async Task A_disk_that_answers_syncs_and_does_not_do_them_is_found_out()
    {
        using var shim = await PowerLossShim.MakeAsync();
        await using var pair = await FederatedPair.StartAsync(environmentOfB: shim.Environment);
        await pair.MakeStreamAsync("Cut", StreamLoad.Fields);
        await pair.ServerB.StopAsync();
        shim.Forget();
        PowerLossShim.LetItLie(pair.ServerB);
        await pair.ServerB.StartAsync();
        await using var load = StreamLoad.Start(pair.ServerA.Address, "RemoteCut");
        await load.UntilSucceededAsync(100);
        await shim.CutPowerAsync(pair.ServerB, survivors: null);
        await load.StopAsync();
        await pair.ServerB.StartAsync();
        await pair.UntilDrainedAsync();
        (await Assert.ThrowsAsync<ShouldAssertException>(() => Verdict.OfAsync(load.Calls, pair.B, "Cut"))).Message.ShouldContain("succeeded with 1 rows, and 0 stand");
    }

    private async Task CutAsync(Random? survivors)
    {
        var clock = Stopwatch.StartNew();
        using var shim = await PowerLossShim.MakeAsync();
        await using var pair = await FederatedPair.StartAsync(environmentOfB: shim.Environment);
        await pair.MakeStreamAsync("Cut", StreamLoad.Fields);
        await using var load = StreamLoad.Start(pair.ServerA.Address, "RemoteCut");
        var lost = 0;
        for (var cut = 0; cut < Cuts; cut++)
        {
            await load.UntilSucceededAsync(50);
            // Any moment is as good as any other.
            await Task.Delay(Random.Shared.Next(1000));
            lost += await shim.CutPowerAsync(pair.ServerB, survivors);
            await pair.ServerB.StartAsync();
        }

        await load.UntilSucceededAsync(50);
        await load.StopAsync();
        await pair.UntilDrainedAsync();
        var verdict = await Verdict.OfAsync(load.Calls, pair.B, "Cut");
        lost.ShouldBeGreaterThan(0, "the cuts should have hit writes under way");
        output.WriteLine($"{Cuts} power cuts of B in {clock.Elapsed.TotalSeconds:0} s, {lost} writes lost; {verdict}");
    }
}
