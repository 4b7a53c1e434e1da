using Hansa.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>axe finds nothing serious on the pages of the procedures, in light and in dark.</summary>
[Trait("Category", "Slow")]
public sealed class AccessibilityTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    public static TheoryData<ColorScheme> Themes => [ColorScheme.Light, ColorScheme.Dark];

    [Theory, MemberData(nameof(Themes))]
    public async Task The_login_page(ColorScheme theme)
    {
        var visit = await OpenAsync(Fixture.ServerA, new() { Theme = theme });
        visit.Announce("401");
        await visit.Page.GotoAsync("/Thingworx/Composer/");
        await visit.Page.GetByLabel("Password").WaitForAsync();
        await Axe.CheckAsync(visit, "login");
    }

    [Theory, MemberData(nameof(Themes))]
    public async Task Lists_and_what_makes_an_entity(ColorScheme theme)
    {
        var visit = await SignInAsync(Fixture.ServerA, new() { Theme = theme });
        await visit.BrowseAsync("Streams");
        await visit.Page.GetByRole(AriaRole.Row).Nth(1).WaitForAsync();
        await Axe.CheckAsync(visit, "list");
        await visit.PressAsync("New");
        await visit.ChooseTemplateAsync("RemoteStream");
        await Assertions.Expect(visit.Page.GetByText("Offered to this server")).ToBeVisibleAsync();
        await Axe.CheckAsync(visit, "template");
        await visit.PressAsync("OK");
        await visit.Field("Identifier").WaitForAsync();
        await Axe.CheckAsync(visit, "new remote stream");
        foreach (var kind in new[] { "Users", "Groups", "Organizations", "ApplicationKeys", "DataShapes" })
        {
            await visit.Page.GotoAsync($"/Thingworx/Composer/new/{kind}");
            await visit.Field("Name").WaitForAsync();
            if (kind == "DataShapes")
                await visit.PressAsync("Add field");
            if (kind == "Organizations")
                await visit.PressAsync("Add unit");
            await Axe.CheckAsync(visit, $"new {kind}");
        }
    }

    [Theory, MemberData(nameof(Themes))]
    public async Task General_Information_Configuration_and_the_panel_of_a_subscriber(ColorScheme theme)
    {
        var name = Fixture.Fresh("Accessible");
        using (var client = Fixture.ServerA.Client())
            await client.MakeThingAsync(name, "Stream");
        var visit = await SignInAsync(Fixture.ServerA, new() { Theme = theme });
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/{name}/general");
        await visit.Field("Description").WaitForAsync();
        await Axe.CheckAsync(visit, "general");
        await visit.Page.GotoAsync("/Thingworx/Composer/Subsystems/FederationSubsystem/configuration");
        await visit.Field("My Server Name").WaitForAsync();
        await Axe.CheckAsync(visit, "configuration");
        await visit.PressAsync("Add");
        await visit.FillAsync("Server URI", Fixture.ServerB.ServerUri);
        await Assertions.Expect(visit.Page.GetByText("A Hansa server answers")).ToBeVisibleAsync();
        await visit.PickAsync("Publish As User", "Administrator");
        await Assertions.Expect(visit.Page.GetByText("Will not be seen")).ToBeVisibleAsync();
        await Axe.CheckAsync(visit, "add subscriber");
    }
}
