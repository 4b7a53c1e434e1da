using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests.Things;

public sealed class AccessibilityTests(BrowserFixture fixture) : ThingTest(fixture)
{
    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task No_tab_of_a_Thing_has_a_fault_that_axe_knows(ColorScheme theme)
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client, properties: [("heat", "NUMBER")]);
        await client.CallAsync($"Things/{thing}", "AddScriptServiceDefinition", new() { ["name"] = "Warm", ["code"] = "// none\nvar a = \"x\" + 1;" });
        await client.CallAsync($"Things/{thing}", "AddSubscriptionDefinition", new() { ["name"] = "OnHeat", ["eventName"] = "DataChange", ["sourceProperty"] = "heat", ["code"] = "var a = 1;" });
        await client.CallAsync($"Things/{thing}", "AddRunTimePermission", new() { ["type"] = "PropertyRead", ["principal"] = "Users", ["principalType"] = "Group" });
        var visit = await SignInAsync(Server, new() { Theme = theme });
        var faults = new List<string>();
        foreach (var tab in new[]
        {
            "properties?property=heat", "properties?property=", "properties?bindings=", "services/Warm/edit", "events?event=", "subscriptions", "subscriptions/OnHeat/edit", "alerts?alert=", "permissions", "relationships",
        })
        {
            await GoAsync(visit, thing, tab);
            await visit.Page.Locator(tab.EndsWith("/edit", StringComparison.Ordinal) ? ".monaco-editor .view-line" : "[role=grid], table, aside").First.WaitForAsync();
            var result = await visit.Page.RunAxe();
            // What keeps the focus inside a dialog stands hidden at its ends and hands the focus on.
            faults.AddRange(result.Violations.Select(one => (Rule: one, Nodes: one.Nodes.Where(node => !node.Html.Contains("data-tabster-dummy", StringComparison.Ordinal)).Take(3).ToList()))
                .Where(one => one.Nodes.Count > 0).Select(one => $"{tab}: {one.Rule.Id}: {one.Rule.Help}: {string.Join(" | ", one.Nodes.Select(node => node.Html))}"));
        }

        faults.ShouldBeEmpty();
    }
}
