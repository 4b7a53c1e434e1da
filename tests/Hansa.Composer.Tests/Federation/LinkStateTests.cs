using System.Diagnostics;
using System.Globalization;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests.Federation;

/// <summary>What the page says of a link is what the server says, at once, in both directions.</summary>
public sealed class LinkStateTests(BrowserFixture fixture, FaultyFixture faulty) : FederationTest(fixture, faulty)
{
    [Fact]
    public async Task A_link_is_LIVE_on_the_pages_of_both_servers()
    {
        var a = await OpenFederationAsync(Pair.ServerA);
        var b = await OpenFederationAsync(Pair.ServerB);
        foreach (var (visit, link) in new[] { (a, LinkOnA), (b, LinkOnB) })
        {
            await Assertions.Expect(Cell(visit, link, "state")).ToHaveTextAsync("LIVE");
            await Assertions.Expect(Cell(visit, link, "publisher")).ToContainTextAsync("ServerB");
            await Assertions.Expect(Cell(visit, link, "subscriber")).ToContainTextAsync("ServerA");
            await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("1 *Live") })).ToBeVisibleAsync();
            await Assertions.Expect(visit.Page.Locator($"[data-link-tag='{link}']")).ToContainTextAsync("LIVE");
        }
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_cut_line_and_its_return_show_within_a_second_with_the_reason()
    {
        var (a, b) = await OpenBothAsync();
        await TurnsAsync(a, b, Faulty.Break, "DOWN");
        await Assertions.Expect(a.Page.Locator("[data-announce=assertive]")).ToContainTextAsync("The link from ServerB to ServerA is Down");
        await Assertions.Expect(a.Page.GetByRole(AriaRole.Link, new() { NameRegex = new("1 *Down") })).ToBeVisibleAsync();
        await TurnsAsync(a, b, () => Faulty.Line.Refuses = false, "LIVE");
        await Assertions.Expect(a.Page.Locator("[data-announce=polite]")).ToContainTextAsync("is Live", new() { Timeout = 8_000 });
        await Faulty.MendAsync();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_line_that_takes_bytes_and_passes_none_on_is_STALE_then_DOWN_and_comes_back()
    {
        var (a, b) = await OpenBothAsync();
        await TurnsAsync(a, b, () => Faulty.Line.Hold(), "STALE", "DOWN");
        await TurnsAsync(a, b, Faulty.Line.Release, "LIVE");
        await Faulty.MendAsync();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_remote_Thing_shows_in_its_head_and_in_the_list_how_it_stands()
    {
        var name = Fixture.Fresh("Headed");
        await Pair.MakeStreamAsync(name, ("n", "INTEGER"));
        var head = await SignInAsync(Pair.ServerA);
        var list = await SignInAsync(Pair.ServerA);
        await head.Page.GotoAsync($"/Thingworx/Composer/Things/Remote{name}/general");
        await list.Page.GotoAsync("/Thingworx/Composer/browse/Streams");
        var banner = head.Page.Locator("main header").First;
        var cell = list.Page.Locator($"[role=row][data-key='Remote{name}'] [data-column=state]");
        await Assertions.Expect(banner).ToContainTextAsync("LIVE");
        await Assertions.Expect(cell).ToContainTextAsync("LIVE");
        Faulty.Break();
        await Assertions.Expect(banner).ToContainTextAsync("DOWN");
        await Assertions.Expect(banner).ToContainTextAsync("no connection from [ServerB]");
        await Assertions.Expect(cell).ToContainTextAsync("DOWN");
        await Faulty.MendAsync();
        await Assertions.Expect(banner).ToContainTextAsync("LIVE");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task The_table_of_subscribers_shows_the_proven_state()
    {
        var visit = await SignInAsync(Pair.ServerB);
        await visit.Page.GotoAsync("/Thingworx/Composer/Subsystems/FederationSubsystem/configuration");
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { HasText = "ServerA" });
        await Assertions.Expect(row).ToContainTextAsync("LIVE");
        Faulty.Break();
        await Assertions.Expect(row).ToContainTextAsync("DOWN");
        await Faulty.MendAsync();
        await Assertions.Expect(row).ToContainTextAsync("LIVE");
    }

    private async Task<(Visit A, Visit B)> OpenBothAsync()
    {
        var a = await OpenFederationAsync(Pair.ServerA, $"?link={LinkOnA}");
        var b = await OpenFederationAsync(Pair.ServerB, $"?link={LinkOnB}");
        foreach (var (visit, link) in new[] { (a, LinkOnA), (b, LinkOnB) })
        {
            await Assertions.Expect(Cell(visit, link, "state")).ToHaveTextAsync("LIVE");
            // Each state that the page shows is noted with its time.
            await visit.Page.EvaluateAsync(
                """
                link => {
                  const read = () => document.querySelector(`[role=row][data-key='${link}'] [data-column=state] b`)?.textContent;
                  const turns = window.turns = [{ state: read(), at: Date.now() }];
                  new MutationObserver(() => { const state = read(); if (state && state !== turns.at(-1).state) turns.push({ state, at: Date.now() }); })
                    .observe(document.body, { subtree: true, childList: true, characterData: true });
                }
                """,
                link);
        }

        return (a, b);
    }

    // Does something to the line; both pages must take each turn within a second of their servers, and say the reason of the last.
    private async Task TurnsAsync(Visit a, Visit b, Action fault, params string[] states)
    {
        var since = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        var ends = new[] { (Visit: a, Client: Pair.A), (Visit: b, Client: Pair.B) };
        var watching = ends.Select(end => Task.WhenAll(states.Select(state => WatchAsync(end.Client, state)))).ToList();
        fault();
        for (var end = 0; end < ends.Length; end++)
        {
            var (visit, told) = (ends[end].Visit, await watching[end]);
            foreach (var (state, at) in states.Zip(told))
            {
                var shown = await visit.Page.WaitForFunctionAsync("([state, since]) => window.turns.find(turn => turn.state === state && turn.at >= since)?.at", new object[] { state, since });
                var lag = await shown.JsonValueAsync<double>() - at;
                TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{visit.Server.Name} {state}: {lag:0} ms after its server"));
                lag.ShouldBeLessThan(1_000, $"{visit.Server.Name} should show {state} within a second");
            }

            await Assertions.Expect(Panel(visit).Locator("section").First).ToContainTextAsync(states[^1]);
            if ((await FaultyFixture.LinkAsync(ends[end].Client))["reason"]!.ToString() is { Length: > 0 } reason)
                await Assertions.Expect(Panel(visit)).ToContainTextAsync(reason, new() { IgnoreCase = true });
        }
    }

    // When a server says the state first, milliseconds since 1970, to 50 ms or so.
    private static async Task<long> WatchAsync(RestClient client, string state)
    {
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(30))
        {
            if ((await FaultyFixture.LinkAsync(client))["state"]!.ToString() == state)
                return DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }

        throw new TimeoutException($"No server said {state} within 30 s.");
    }
}
