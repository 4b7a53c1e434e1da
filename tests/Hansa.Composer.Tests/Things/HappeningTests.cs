using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests.Things;

/// <summary>Events, alerts, permissions, relationships.</summary>
public sealed class HappeningTests(BrowserFixture fixture) : ThingTest(fixture)
{
    [Fact]
    public async Task An_alert_that_was_added_fires_and_is_acknowledged()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client, properties: [("heat", "NUMBER")]);
        var visit = await OpenTabAsync(thing, "alerts");
        await visit.Page.GetByRole(AriaRole.Toolbar).GetByRole(AriaRole.Button, new() { Name = "Add alert" }).ClickAsync();
        await visit.FillAsync("Name", "hot");
        await visit.Field("Property").SelectOptionAsync("heat");
        await visit.FillAsync("Limit", "90");
        await visit.PressAsync("Add");
        await SaveAsync(visit, thing);
        await client.WriteAsync(thing, "heat", 95);
        await Assertions.Expect(Row(visit, "hot")).ToContainTextAsync("Active");
        await Assertions.Expect(Row(visit, "hot")).ToContainTextAsync("not acknowledged");
        await visit.FillAsync("Note", "seen");
        await visit.PressAsync("Acknowledge");
        await Assertions.Expect(Row(visit, "hot")).Not.ToContainTextAsync("not acknowledged");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "History" }).ClickAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Grid)).ToContainTextAsync("hot");
    }

    [Fact]
    public async Task An_event_is_added_and_removed()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client);
        var visit = await OpenTabAsync(thing, "events");
        await visit.PressAsync("Add event");
        await visit.FillAsync("Name", "Boiled");
        await visit.PressAsync("Add");
        await SaveAsync(visit, thing);
        (await client.CallAsync($"Things/{thing}", "GetEventDefinitions"))!.AsArray().ShouldContain(row => row!["name"]!.ToString() == "Boiled");
        await visit.PressAsync("Remove event");
        await SaveAsync(visit, thing);
        (await client.CallAsync($"Things/{thing}", "GetEventDefinitions"))!.AsArray().ShouldNotContain(row => row!["name"]!.ToString() == "Boiled");
    }

    [Fact]
    public async Task Permissions_are_allowed_denied_and_taken_back()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client);
        var visit = await OpenTabAsync(thing, "permissions");
        await visit.PressAsync("Add user or group");
        await visit.PickAsync("User Group", "Users");
        await visit.PressAsync("Add");
        await visit.PressAsync("PropertyRead for Users: Not said");
        await visit.PressAsync("PropertyWrite for Users: Not said");
        await visit.PressAsync("PropertyWrite for Users: Allowed");
        await SaveAsync(visit, thing);
        async Task<string[]> GivenAsync() => [.. (await client.CallAsync($"Things/{thing}", "GetPermissions"))!.AsArray().Select(row => $"{row!["permissionName"]} {row["isPermitted"]} {row["name"]}")];
        (await GivenAsync()).ShouldBe(["PropertyRead true Users", "PropertyWrite false Users"], ignoreOrder: true);
        await visit.PressAsync("PropertyWrite for Users: Denied");
        await visit.Page.GetByRole(AriaRole.Radio, new() { Name = "Visibility" }).ClickAsync();
        await visit.PressAsync("Add organization");
        await visit.PickAsync("Organization", "Everyone");
        await visit.PressAsync("Add");
        await SaveAsync(visit, thing);
        (await GivenAsync()).ShouldBe(["PropertyRead true Users", "Visibility true Everyone"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_template_says_rights_for_its_Things()
    {
        using var client = Server.Client();
        var template = Fixture.Fresh("Kettle");
        await client.CallAsync("Resources/EntityServices", "CreateThingTemplate", new() { ["name"] = template, ["baseThingTemplate"] = "GenericThing" });
        var visit = await SignInAsync(Server);
        await visit.Page.GotoAsync($"/Thingworx/Composer/ThingTemplates/{template}/permissions?scope=things");
        await visit.PressAsync("Add user or group");
        await visit.PickAsync("User Group", "Users");
        await visit.PressAsync("Add");
        await visit.PressAsync("ServiceInvoke for Users: Not said");
        await SaveAsync(visit, template);
        var given = (await client.CallAsync($"ThingTemplates/{template}", "GetInstancePermissions"))!.AsArray();
        given.Select(row => row!["permissionName"]!.ToString()).ShouldBe(["ServiceInvoke"]);
    }

    [Fact]
    public async Task Relationships_name_the_template_and_a_Thing_Shape_brings_its_properties()
    {
        using var client = Server.Client();
        var thing = await MakeThingAsync(client);
        var shape = Fixture.Fresh("Movable");
        await client.CallAsync("Resources/EntityServices", "CreateThingShape", new() { ["name"] = shape });
        await client.CallAsync($"ThingShapes/{shape}", "AddPropertyDefinition", new() { ["name"] = "place", ["type"] = "LOCATION" });
        var visit = await OpenTabAsync(thing, "relationships");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Link, new() { Name = "GenericThing" })).ToBeVisibleAsync();
        await visit.TypeAndPickAsync("Add Thing Shape", shape);
        await SaveAsync(visit, thing);
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = "Properties" }).ClickAsync();
        await Assertions.Expect(Row(visit, "place")).ToContainTextAsync(shape);
    }
}
