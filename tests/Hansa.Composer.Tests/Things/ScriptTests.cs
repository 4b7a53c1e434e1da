using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests.Things;

public sealed class ScriptTests(BrowserFixture fixture) : ThingTest(fixture)
{
    [Fact]
    public async Task A_script_with_a_fault_is_marked_at_its_line_and_runs_when_it_is_mended()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client, properties: [("heat", "NUMBER")]);
        await client.WriteAsync(thing, "heat", 21);
        var visit = await OpenTabAsync(thing, "services");
        await visit.PressAsync("Add service");
        await visit.FillAsync("Name", "Warm");
        await visit.PressAsync("Add");
        await visit.Page.GetByLabel("Base type of the result").SelectOptionAsync("NUMBER");
        await visit.PressAsync("Add parameter");
        await visit.Page.GetByLabel("Name of parameter 1").FillAsync("by");
        await visit.Page.GetByLabel("Base Type: by").SelectOptionAsync("NUMBER");
        await TypeScriptAsync(visit, "var sum = me.heat;\nsum = sum + ;\nresult = sum;");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Line 2:" })).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.Locator(".squiggly-error")).ToHaveCountAsync(1);
        // The server refuses to save it, at the same line.
        visit.Announce("400");
        await visit.PressAsync("Save");
        await Assertions.Expect(visit.Page.GetByText("1 field not saved")).ToBeVisibleAsync();
        await TypeScriptAsync(visit, "var sum = me.heat;\nsum = sum + by;\nresult = sum;");
        await Assertions.Expect(visit.Page.Locator(".squiggly-error")).ToHaveCountAsync(0);
        await visit.FillAsync("by", "4");
        await visit.PressAsync("Save and run");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Region, new() { Name = "Run" })).ToContainTextAsync("25");
        (await CodeAsync(client, thing, "Warm")).ShouldContain("sum + by");
    }

    [Fact]
    public async Task What_fails_while_it_runs_is_marked_at_its_line()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client);
        await client.CallAsync($"Things/{thing}", "AddScriptServiceDefinition", new() { ["name"] = "Fail", ["code"] = "var a = 1;\n\na = nothing.there;" });
        var visit = await OpenTabAsync(thing, "services/Fail/edit");
        visit.Announce("500");
        await visit.Page.Locator(".monaco-editor .view-line").First.ClickAsync();
        await visit.Page.Keyboard.PressAsync("Control+Enter");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Status).Filter(new() { HasText = "Line 3:" })).ToContainTextAsync("nothing is not defined");
        await Assertions.Expect(visit.Page.Locator(".squiggly-error")).ToHaveCountAsync(1);
    }

    [Fact]
    public async Task The_editor_offers_what_the_Thing_and_those_that_are_named_have()
    {
        using var client = Server.Client();
        var other = await MakeThingAsync(client, properties: [("pressureOfOther", "NUMBER")]);
        var thing = await MakeThingAsync(client, properties: [("heatOfMine", "NUMBER")]);
        await client.CallAsync($"Things/{thing}", "AddScriptServiceDefinition", new() { ["name"] = "Ask", ["code"] = "" });
        var visit = await OpenTabAsync(thing, "services/Ask/edit");
        await TypeScriptAsync(visit, "me.heatO");
        await visit.Page.Keyboard.PressAsync("Control+Space");
        await Assertions.Expect(visit.Page.Locator(".suggest-widget .monaco-list-row").First).ToContainTextAsync("heatOfMine");
        await visit.Page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(visit.Page.Locator(".view-lines")).ToContainTextAsync("me.heatOfMine");
        await TypeScriptAsync(visit, $"Things[\"{other}\"].pressure");
        await visit.Page.Keyboard.PressAsync("Control+Space");
        await Assertions.Expect(visit.Page.Locator(".suggest-widget .monaco-list-row").First).ToContainTextAsync("pressureOfOther");
    }

    [Fact]
    public async Task A_subscription_that_was_added_runs_when_its_event_happens()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client, properties: [("heat", "NUMBER"), ("seen", "NUMBER")]);
        var visit = await OpenTabAsync(thing, "subscriptions");
        await visit.Page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = "Add subscription" }).ClickAsync();
        await visit.FillAsync("Name", "OnHeat");
        await visit.PressAsync("Add");
        await visit.PressAsync("Add event");
        await visit.Page.GetByLabel("Event", new() { Exact = true }).SelectOptionAsync("DataChange");
        await visit.Page.GetByLabel("Property", new() { Exact = true }).SelectOptionAsync("heat");
        await TypeScriptAsync(visit, "me.seen = eventData.newValue.value;");
        await SaveAsync(visit, thing);
        await GoAsync(visit, thing, "properties");
        await client.WriteAsync(thing, "heat", 33);
        await Assertions.Expect(Row(visit, "seen").Locator("[data-live]")).ToHaveTextAsync("33");
    }
}
