using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests.Things;

/// <summary>Two servers that are linked.</summary>
public sealed class LinkedFixture : IAsyncLifetime
{
    public FederatedPair Pair { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Pair = await FederatedPair.StartAsync();

    public ValueTask DisposeAsync() => Pair.DisposeAsync();
}

public sealed class BindingTests(BrowserFixture fixture, LinkedFixture linked) : BrowserTest(fixture), IClassFixture<LinkedFixture>
{
    [Fact]
    public async Task What_the_other_end_offers_is_bound_by_a_press_and_follows_it()
    {
        var (a, b) = (linked.Pair.A, linked.Pair.B);
        var source = Fixture.Fresh("Press");
        await b.MakeThingAsync(source, "GenericThing", published: true);
        await b.CallAsync($"Things/{source}", "AddPropertyDefinition", new() { ["name"] = "force", ["type"] = "NUMBER" });
        await b.CallAsync($"Things/{source}", "AddScriptServiceDefinition", new() { ["name"] = "Ask", ["code"] = "result = 42;", ["resultType"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")], new JsonObject { ["name"] = "result", ["baseType"] = "NUMBER" }) });
        await b.OpenAsync(source);
        var proxy = Fixture.Fresh("Remote");
        await a.MakeThingAsync(proxy, "RemoteThing", identifier: $"{source}@ServerB");
        await linked.Pair.UntilBoundAsync(proxy);

        var visit = await SignInAsync(linked.Pair.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/{proxy}/properties?bindings=");
        await visit.PressAsync("Bind force");
        await visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Manage bindings" }).GetByRole(AriaRole.Tab, new() { Name = "Services" }).ClickAsync();
        await visit.PressAsync("Bind Ask");
        await visit.PressAsync("Save");
        await Assertions.Expect(visit.Page.GetByText($"{proxy} saved")).ToBeVisibleAsync();
        await visit.PressAsync("Close");
        await b.WriteAsync(source, "force", 12.5);
        var row = visit.Page.GetByRole(AriaRole.Row).Filter(new() { Has = visit.Page.GetByRole(AriaRole.Button, new() { Name = "force", Exact = true }) });
        await Assertions.Expect(row.Locator("[data-live]")).ToHaveTextAsync("12.5");
        await Assertions.Expect(row).ToContainTextAsync($"force of {source}@ServerB");
        (await a.CallAsync($"Things/{proxy}", "Ask"))!.GetValue<double>().ShouldBe(42);
    }
}
