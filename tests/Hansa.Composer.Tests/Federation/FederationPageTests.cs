using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests.Federation;

/// <summary>The views of the page, and ways through it without a mouse.</summary>
[Trait("Category", "Slow")]
public sealed class FederationPageTests(BrowserFixture fixture, FaultyFixture faulty) : FederationTest(fixture, faulty)
{
    public static TheoryData<ColorScheme> Themes => [ColorScheme.Light, ColorScheme.Dark];

    [Theory, MemberData(nameof(Themes))]
    public async Task Axe_finds_nothing_in_any_view(ColorScheme theme)
    {
        var name = Fixture.Fresh("Seen");
        await Pair.MakeStreamAsync(name, ("n", "INTEGER"));
        Faulty.Break();
        await Pair.UntilBoundAsync($"Remote{name}", isBound: false);
        var visit = await OpenFederationAsync(Pair.ServerA, $"?link={LinkOnA}", new() { Theme = theme });
        await Assertions.Expect(Panel(visit)).ToContainTextAsync("No connection");
        await Assertions.Expect(visit.Page.Locator("[data-link-tag]")).ToBeVisibleAsync();
        await Axe.CheckAsync(visit, "topology, DOWN");
        await Faulty.MendAsync();
        await Assertions.Expect(Panel(visit)).ToContainTextAsync("What is sent is stored there");
        await Axe.CheckAsync(visit, "topology, LIVE");
        foreach (var view in new[] { "things", "events" })
        {
            await GoAsync(visit, $"/{view}");
            await visit.Page.Locator("[role=row][data-key]").First.WaitForAsync();
            await Axe.CheckAsync(visit, view);
        }

        var b = await OpenFederationAsync(Pair.ServerB, "/sees", new() { Theme = theme });
        await b.Page.Locator("[role=row][data-key]").First.WaitForAsync();
        await Axe.CheckAsync(b, "sees");
    }

    [Fact]
    public async Task Bound_Things_and_who_sees_what_name_the_Things_of_both_servers()
    {
        var name = Fixture.Fresh("Shared");
        await Pair.MakeStreamAsync(name, ("n", "INTEGER"));
        var hidden = Fixture.Fresh("HiddenStream");
        await Pair.B.MakeThingAsync(hidden, "Stream", $"{name}.Shape", published: true);
        var a = await OpenFederationAsync(Pair.ServerA, "/things");
        var proxy = a.Page.Locator($"[role=row][data-key='Remote{name}']");
        await Assertions.Expect(proxy).ToContainTextAsync($"{name}@ServerB");
        await Assertions.Expect(proxy).ToContainTextAsync("LIVE");
        var b = await OpenFederationAsync(Pair.ServerB, "/things");
        await Assertions.Expect(b.Page.Locator($"[role=row][data-key='{name}']")).ToContainTextAsync("ServerA");
        await Assertions.Expect(b.Page.Locator($"[role=row][data-key='{hidden}']")).ToContainTextAsync("Nobody");
        await b.Page.GetByRole(AriaRole.Tab, new() { Name = "Who sees what" }).ClickAsync();
        await Assertions.Expect(b.Page.GetByRole(AriaRole.Columnheader, new() { Name = "ServerA as publisher" })).ToBeVisibleAsync();
        await Assertions.Expect(b.Page.Locator($"[role=row][data-key='{name}']")).ToContainTextAsync("Sees");
        await Assertions.Expect(b.Page.Locator($"[role=row][data-key='{hidden}']")).ToContainTextAsync("Hidden");
    }

    [Fact]
    public async Task A_link_is_opened_from_the_table_and_the_map_by_keys_and_the_address_keeps_it()
    {
        var visit = await OpenFederationAsync(Pair.ServerA);
        var grid = visit.Page.GetByRole(AriaRole.Grid, new() { Name = "Links, the worst first" });
        await Row(visit, LinkOnA).WaitForAsync();
        await grid.FocusAsync();
        await visit.Page.Keyboard.PressAsync("ArrowDown");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Panel(visit)).ToBeVisibleAsync();
        await visit.Page.ReloadAsync();
        await Assertions.Expect(Panel(visit)).ToContainTextAsync("ServerB says the same");
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(Panel(visit)).ToBeHiddenAsync();
        visit.Page.Url.ShouldNotContain("link=");
        var tag = visit.Page.Locator($"[data-link-tag='{LinkOnA}']");
        await tag.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(Panel(visit)).ToBeVisibleAsync();
        await visit.Page.Keyboard.PressAsync("Escape");
        await Assertions.Expect(tag).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_server_stays_where_a_person_put_it_by_keys()
    {
        var visit = await OpenFederationAsync(Pair.ServerA);
        var server = visit.Page.Locator(".react-flow__node").Filter(new() { HasText = "ServerB" });
        var before = await server.GetAttributeAsync("style");
        await server.FocusAsync();
        await visit.Page.Keyboard.PressAsync("Enter");
        for (var step = 0; step < 5; step++)
            await visit.Page.Keyboard.PressAsync("ArrowDown");
        await Assertions.Expect(server).Not.ToHaveAttributeAsync("style", before!);
        var moved = Transform(await server.GetAttributeAsync("style"));
        await visit.Page.ReloadAsync();
        await server.WaitForAsync();
        Transform(await server.GetAttributeAsync("style")).ShouldBe(moved);
        await visit.PressAsync("Lay out anew");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Lay out anew" })).ToBeHiddenAsync();
    }

    private static string Transform(string? style) => style!.Split(';').Single(part => part.Contains("transform", StringComparison.Ordinal)).Trim();
}
