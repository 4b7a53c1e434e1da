using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>The guide on Home, on a pair of servers of its own.</summary>
[Trait("Category", "Slow")]
public sealed class GuideTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Each_step_turns_green_when_it_is_done_and_the_guide_folds_away_when_all_are()
    {
        await using var pair = await FederatedPair.StartApartAsync();
        var visit = await SignInAsync(pair.ServerA);
        await DoneAsync(visit, "Name this server");
        await Assertions.Expect(visit.Page.Locator("[aria-current=step]")).ToContainTextAsync("Link the other server");
        await visit.PressAsync("Add a subscriber");
        await visit.Field("Server URI").WaitForAsync();
        await visit.OpenAreaAsync("Home");

        await pair.LinkAsync();
        await DoneAsync(visit, "Link the other server");
        await pair.MakeStreamAsync("GuideStream", ("n", "INTEGER"));
        await DoneAsync(visit, "Publish a stream");
        await DoneAsync(visit, "Make its remote twin");
        await Assertions.Expect(visit.Page.Locator("[aria-current=step]")).ToContainTextAsync("See a row arrive");
        await pair.A.CallAsync("Things/RemoteGuideStream", "AddStreamEntry", new() { ["values"] = Tables.Of([("n", "INTEGER")], new JsonObject { ["n"] = 1 }) });
        await DoneAsync(visit, "See a row arrive");
        await Assertions.Expect(visit.Page.GetByText("All five are done")).ToBeVisibleAsync();

        await visit.Page.ReloadAsync();
        var head = visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Five steps to a federation") });
        await Assertions.Expect(head).ToHaveAttributeAsync("aria-expanded", "false");

        await pair.B.CallAsync("Subsystems/FederationSubsystem", "Stop");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Heading, new() { Name = "Links that need a look" })).ToBeVisibleAsync(new() { Timeout = 20_000 });
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Links that need a look" })).ToContainTextAsync("DOWN", new() { Timeout = 20_000 });
    }

    private static Task DoneAsync(Visit visit, string step) =>
        Assertions.Expect(visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = step })).ToContainTextAsync($"{step}, done", new() { Timeout = 20_000 });
}
