using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>axe finds nothing serious on services, data, wikis and blogs, in light and in dark.</summary>
[Trait("Category", "Slow")]
[Collection(nameof(LinkedCollection))]
public sealed class DataAccessibilityTests(BrowserFixture fixture, LinkedFixture linked) : BrowserTest(fixture)
{
    public static TheoryData<ColorScheme> Themes => [ColorScheme.Light, ColorScheme.Dark];

    [Theory, MemberData(nameof(Themes))]
    public async Task Services_and_the_dialog_that_runs_one(ColorScheme theme)
    {
        var name = await StreamAsync();
        var visit = await SignInAsync(linked.Pair.ServerA, new() { Theme = theme });
        await GoAsync(visit, $"Remote{name}/services");
        await visit.Page.GetByRole(AriaRole.Grid).WaitForAsync();
        await Axe.CheckAsync(visit, "services");
        await GoAsync(visit, $"Remote{name}/services/AddStreamEntry/run");
        await visit.Page.GetByLabel("cpu, row 1").FillAsync("1");
        await Axe.CheckAsync(visit, "inputs");
        await GoAsync(visit, $"Remote{name}/services/QueryStreamEntriesWithData/run");
        await visit.PressAsync("Condition");
        await visit.PressAsync("Execute");
        await visit.Page.GetByRole(AriaRole.Group, new() { Name = "The way of the call" }).WaitForAsync();
        await Axe.CheckAsync(visit, "result");
        await visit.PressAsync("As code");
        await Axe.CheckAsync(visit, "code");
    }

    [Theory, MemberData(nameof(Themes))]
    public async Task Data_with_chart_filter_and_a_new_entry(ColorScheme theme)
    {
        var name = await StreamAsync();
        var visit = await SignInAsync(linked.Pair.ServerA, new() { Theme = theme });
        await GoAsync(visit, $"Remote{name}/data");
        await visit.Page.GetByText("The chart as a table").ClickAsync();
        await Axe.CheckAsync(visit, "data");
        await visit.Page.GetByRole(AriaRole.Grid).FocusAsync();
        await visit.Page.Keyboard.PressAsync("f");
        await visit.Page.GetByRole(AriaRole.Button, new() { Name = "Apply" }).WaitForAsync();
        await Axe.CheckAsync(visit, "filter");
        await visit.Page.Keyboard.PressAsync("Escape");
        await visit.PressAsync("New entry");
        await visit.Page.GetByRole(AriaRole.Dialog).WaitForAsync();
        await Axe.CheckAsync(visit, "new entry");
    }

    [Theory, MemberData(nameof(Themes))]
    public async Task Wikis_and_blogs(ColorScheme theme)
    {
        foreach (var (kind, tab, service) in new[] { ("Wiki", "wiki", "AddWikiPage"), ("Blog", "blog", "AddBlogEntry") })
        {
            var name = Fixture.Fresh($"Accessible{kind}");
            await linked.Pair.MakeKindAsync(kind, name);
            var id = (await linked.Pair.B.CallAsync($"Things/{name}", service, new() { ["title"] = "Cranes", ["content"] = "<h1>Lift</h1><p>How cranes <a href='https://example.org'>lift</a>.</p>" }))!.GetValue<string>();
            var visit = await SignInAsync(linked.Pair.ServerA, new() { Theme = theme });
            await GoAsync(visit, $"Remote{name}/{tab}/{id}");
            await visit.Page.GetByText("How cranes").WaitForAsync();
            await Axe.CheckAsync(visit, tab);
            await GoAsync(visit, $"Remote{name}/{tab}/{id}/edit");
            await visit.Field("Title").WaitForAsync();
            await Axe.CheckAsync(visit, $"{tab} editor");
        }
    }

    private async Task<string> StreamAsync()
    {
        var name = Fixture.Fresh("AccessibleStream");
        await linked.Pair.MakeStreamAsync(name, ("cpu", "NUMBER"), ("host", "STRING"));
        for (var i = 0; i < 3; i++)
            await linked.Pair.A.CallAsync($"Things/Remote{name}", "AddStreamEntry", new() { ["values"] = Tables.Of([("cpu", "NUMBER"), ("host", "STRING")], new JsonObject { ["cpu"] = i, ["host"] = "press" }) });
        return name;
    }

    private static Task GoAsync(Visit visit, string address) => visit.Page.GotoAsync($"/Thingworx/Composer/Things/{address}");
}
