using Hansa.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>axe finds nothing serious on Home, Monitoring and Import/Export, in light and in dark.</summary>
[Trait("Category", "Slow")]
public sealed class MonitoringAccessibilityTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    public static TheoryData<ColorScheme> Themes => [ColorScheme.Light, ColorScheme.Dark];

    [Theory, MemberData(nameof(Themes))]
    public async Task Home_with_the_guide(ColorScheme theme)
    {
        var visit = await SignInAsync(Fixture.ServerA, new() { Theme = theme });
        var guide = visit.Page.GetByRole(AriaRole.Button, new() { NameRegex = new("^Five steps to a federation") });
        await guide.WaitForAsync();
        if (await guide.GetAttributeAsync("aria-expanded") == "false")
            await guide.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Listitem).Filter(new() { HasText = "See a row arrive" }).WaitForAsync();
        await Axe.CheckAsync(visit, "home");
    }

    [Theory, MemberData(nameof(Themes))]
    public async Task Every_view_of_Monitoring(ColorScheme theme)
    {
        var visit = await SignInAsync(Fixture.ServerA, new() { Theme = theme });
        foreach (var view in new[] { "logs", "subsystems?of=LoggingSubsystem", "remote", "remote?show=unbound", "sessions", "alerts", "alerts?show=history", "audit" })
        {
            await visit.Page.GotoAsync($"/Thingworx/Composer/monitoring/{view}");
            await visit.Page.GetByRole(AriaRole.Grid).WaitForAsync();
            await Axe.CheckAsync(visit, view);
        }

        await visit.Page.GotoAsync("/Thingworx/Composer/monitoring/logs");
        await visit.Page.GetByRole(AriaRole.Grid).GetByRole(AriaRole.Button).First.ClickAsync();
        await visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Log line" }).WaitForAsync();
        await Axe.CheckAsync(visit, "log line");
        await visit.PressAsync("Levels");
        await visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "ScriptLog" }).WaitForAsync();
        await Axe.CheckAsync(visit, "levels");
    }

    [Theory, MemberData(nameof(Themes))]
    public async Task Import_and_Export(ColorScheme theme)
    {
        using (var client = Fixture.ServerA.Client())
            await client.MakeThingAsync(Fixture.Fresh("Exported"), "GenericThing");
        var visit = await SignInAsync(Fixture.ServerA, new() { Theme = theme });
        await visit.Page.GotoAsync("/Thingworx/Composer/transfer/import");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Choose a file" }).WaitForAsync();
        await Axe.CheckAsync(visit, "import");
        await visit.Page.Locator("input[type=file]").SetInputFilesAsync(new FilePayload { Name = "plant.xml", MimeType = "text/xml", Buffer = "<Entities><Things><Thing/><Thing name=\"a/b\"/></Things></Entities>"u8.ToArray() });
        await visit.Page.GetByRole(AriaRole.Grid).WaitForAsync();
        await Axe.CheckAsync(visit, "checked");
        await visit.Page.GotoAsync("/Thingworx/Composer/transfer/export");
        await visit.Page.GetByRole(AriaRole.Row).Nth(1).WaitForAsync();
        await Axe.CheckAsync(visit, "export");
    }
}
