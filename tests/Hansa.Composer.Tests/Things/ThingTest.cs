using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;

namespace Hansa.Composer.Tests.Things;

/// <summary>A test of the tabs of a Thing: it makes a Thing of its own on server A and opens a tab of it.</summary>
public abstract class ThingTest(BrowserFixture fixture) : BrowserTest(fixture)
{
    protected ServerUnderTest Server => Fixture.ServerA;

    /// <summary>A Thing that runs, with properties.</summary>
    protected async Task<string> MakeThingAsync(RestClient client, string template = "GenericThing", params (string Name, string Type)[] properties)
    {
        var name = Fixture.Fresh("Pump");
        await client.MakeThingAsync(name, template);
        foreach (var (property, type) in properties)
            await client.CallAsync($"Things/{name}", "AddPropertyDefinition", new() { ["name"] = property, ["type"] = type });
        return name;
    }

    /// <summary>A window in which the Administrator has a tab of the Thing open.</summary>
    protected async Task<Visit> OpenTabAsync(string thing, string tab, VisitOptions? options = null)
    {
        var visit = await SignInAsync(Server, options);
        await GoAsync(visit, thing, tab);
        return visit;
    }

    /// <summary>Goes to a tab of the Thing.</summary>
    protected static async Task GoAsync(Visit visit, string thing, string tab)
    {
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/{thing}/{tab}");
        await visit.Page.GetByRole(AriaRole.Heading, new() { Name = thing, Level = 1 }).WaitForAsync();
    }

    /// <summary>Saves the page and waits until that is said.</summary>
    protected static async Task SaveAsync(Visit visit, string thing)
    {
        await visit.PressAsync("Save");
        await Assertions.Expect(visit.Page.GetByText($"{thing} saved")).ToBeVisibleAsync();
    }

    /// <summary>The row of a grid that begins with a name.</summary>
    protected static ILocator Row(Visit visit, string name) => visit.Page.GetByRole(AriaRole.Row).Filter(new() { Has = visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }) });

    /// <summary>Types a script over what the editor has.</summary>
    protected static async Task TypeScriptAsync(Visit visit, string code)
    {
        await visit.Page.Locator(".monaco-editor .view-lines").ClickAsync();
        await visit.Page.Keyboard.PressAsync("Control+A");
        // Pasted, so that nothing is completed on the way.
        await visit.Page.Keyboard.InsertTextAsync(code);
    }

    /// <summary>The script as the server has it.</summary>
    protected static async Task<string> CodeAsync(RestClient client, string thing, string service)
    {
        var (_, text) = await client.TryAsync(HttpMethod.Get, $"Things/{thing}");
        return JsonNode.Parse(text)!["services"]!.AsArray().Single(one => one!["name"]!.ToString() == service)!["code"]!.ToString();
    }
}
