using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests.Things;

public sealed class PropertiesTabTests(BrowserFixture fixture) : ThingTest(fixture)
{
    [Fact]
    public async Task A_property_that_was_added_shows_what_is_written_to_it()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client);
        var visit = await OpenTabAsync(thing, "properties");
        await visit.PressAsync("Add property");
        await visit.FillAsync("Name", "heat");
        await visit.FillAsync("Units", "°C");
        await visit.FillAsync("Maximum Value", "90");
        await visit.PressAsync("Add");
        await Assertions.Expect(Row(visit, "heat")).ToContainTextAsync("new");
        await SaveAsync(visit, thing);
        var cell = Row(visit, "heat").Locator("[data-live]");
        await Assertions.Expect(cell).ToContainTextAsync("°C");
        await client.WriteAsync(thing, "heat", 84.5);
        await Assertions.Expect(cell).ToContainTextAsync("84.5");
        await client.WriteAsync(thing, "heat", 85);
        await Assertions.Expect(cell).ToHaveTextAsync("85°C");
        (await client.TryAsync(HttpMethod.Put, $"Things/{thing}/Properties/heat", new JsonObject { ["heat"] = 91 })).Text.ShouldContain("90 or less");
    }

    [Fact]
    public async Task A_value_is_set_and_one_that_is_refused_is_said_at_its_field()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client);
        await client.CallAsync($"Things/{thing}", "AddOrUpdatePropertyDefinition", new() { ["name"] = "level", ["type"] = "NUMBER", ["minimumValue"] = 0 });
        var visit = await OpenTabAsync(thing, "properties?property=level");
        await visit.FillAsync("New value", "3.5");
        await visit.PressAsync("Set value");
        await Assertions.Expect(Row(visit, "level").Locator("[data-live]")).ToHaveTextAsync("3.5");
        (await client.ReadAsync(thing, "level"))!.GetValue<double>().ShouldBe(3.5);
        visit.Announce("400");
        await visit.FillAsync("New value", "-1");
        await visit.PressAsync("Set value");
        await Assertions.Expect(visit.Page.GetByText("must be 0 or more")).ToBeVisibleAsync();
        (await client.ReadAsync(thing, "level"))!.GetValue<double>().ShouldBe(3.5);
    }

    [Fact]
    public async Task A_definition_that_is_changed_or_removed_is_so_on_the_server()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client, properties: [("kept", "NUMBER"), ("gone", "STRING")]);
        var visit = await OpenTabAsync(thing, "properties");
        await visit.PressAsync("kept");
        await visit.FillAsync("Description", "How it stands");
        await visit.Page.GetByRole(AriaRole.Checkbox, new() { Name = "Persistent" }).CheckAsync();
        await visit.PressAsync("gone");
        await visit.PressAsync("Remove property");
        await Assertions.Expect(Row(visit, "gone")).ToContainTextAsync("goes on Save");
        await SaveAsync(visit, thing);
        await Assertions.Expect(Row(visit, "gone")).ToHaveCountAsync(0);
        var rows = (await client.CallAsync($"Things/{thing}", "GetPropertyDefinitions"))!.AsArray();
        rows.ShouldNotContain(row => row!["name"]!.ToString() == "gone");
        var kept = rows.Single(row => row!["name"]!.ToString() == "kept")!;
        (kept["description"]!.ToString(), kept["isPersistent"]!.GetValue<bool>()).ShouldBe(("How it stands", true));
    }

    [Fact]
    public async Task A_right_that_is_taken_while_the_page_is_open_makes_it_read_only_and_keeps_what_was_edited()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client, properties: [("heat", "NUMBER")]);
        var user = Fixture.Fresh("anna");
        await client.MakeUserAsync(user, "Anna-Password-1");
        await client.CallAsync($"Things/{thing}", "AddVisibilityPermission", new() { ["principal"] = "Everyone", ["principalType"] = "Organization" });
        foreach (var right in new[] { "Read", "Update" })
            await client.CallAsync($"Things/{thing}", "AddDesignTimePermission", new() { ["type"] = right, ["principal"] = user, ["principalType"] = "User" });
        var visit = await OpenAsync(Server);
        await visit.SignInAsync(user, "Anna-Password-1");
        await GoAsync(visit, thing, "properties?property=heat");
        await visit.FillAsync("Description", "of the kettle");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeEnabledAsync();
        await client.CallAsync($"Things/{thing}", "DeleteDesignTimePermission", new() { ["type"] = "Update", ["principal"] = user, ["principalType"] = "User" });
        await Assertions.Expect(visit.Page.GetByText("the design-time right Update is missing").First).ToBeVisibleAsync();
        await Assertions.Expect(visit.Field("Description")).ToHaveAttributeAsync("readonly", "");
        await Assertions.Expect(visit.Field("Description")).ToHaveValueAsync("of the kettle");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeDisabledAsync();
        await client.CallAsync($"Things/{thing}", "AddDesignTimePermission", new() { ["type"] = "Update", ["principal"] = user, ["principalType"] = "User" });
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeEnabledAsync();
        await SaveAsync(visit, thing);
    }
}
