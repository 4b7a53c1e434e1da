using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>Entities made by clicking are what was entered.</summary>
[Trait("Category", "Slow")]
public sealed class CreateTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_group_has_the_members_that_were_picked()
    {
        using var client = Fixture.ServerA.Client();
        var (user, group) = (Fixture.Fresh("Member"), Fixture.Fresh("Crew"));
        await client.MakeUserAsync(user);
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.BrowseAsync("User Groups");
        await visit.PressAsync("New");
        await visit.FillAsync("Name", group);
        await visit.TypeAndPickAsync("Add user", user);
        await visit.TypeAndPickAsync("Add group", "Users");
        await visit.PressAsync("Save");
        await visit.ShowsAsync(group);
        var members = (await client.CallAsync($"Groups/{group}", "GetMembers"))!.AsArray();
        members.Select(member => $"{member!["type"]} {member["name"]}").ShouldBe([$"User {user}", "Group Users"], ignoreOrder: true);
    }

    [Fact]
    public async Task An_organization_has_its_units_below_each_other_and_their_members()
    {
        var name = Fixture.Fresh("Works");
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.BrowseAsync("Organizations");
        await visit.PressAsync("New");
        await visit.FillAsync("Name", name);
        await visit.PressAsync("Add unit");
        var unit = visit.Page.GetByRole(AriaRole.Group, new() { Name = "Unit 2" });
        await unit.GetByLabel("Unit name").FillAsync("Press shop");
        var named = visit.Page.GetByRole(AriaRole.Group, new() { Name = "Press shop" });
        await named.GetByRole(AriaRole.Combobox, new() { Name = "Add group" }).PressSequentiallyAsync("Users");
        await visit.Page.GetByRole(AriaRole.Option).First.ClickAsync();
        await visit.PressAsync("Save");
        await visit.ShowsAsync(name);
        using var client = Fixture.ServerA.Client();
        var (_, text) = await client.TryAsync(HttpMethod.Get, $"Organizations/{name}");
        var units = JsonNode.Parse(text)!["units"]!.AsArray();
        units.Select(one => $"{one!["name"]} < {one["parent"]}: {string.Join(' ', one["members"]!.AsArray().Select(member => member!["name"]))}").ShouldBe([$"{name} < : ", $"Press shop < {name}: Users"]);
    }

    [Fact]
    public async Task Passwords_that_differ_are_said_at_the_field_and_cannot_be_saved()
    {
        var name = Fixture.Fresh("User");
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync("/Thingworx/Composer/new/Users");
        await visit.FillAsync("Name", name);
        await visit.FillAsync("Password", "A-Password-1");
        await visit.FillAsync("Password again", "A-Password-2");
        await Assertions.Expect(visit.Page.GetByText("The passwords differ.")).ToBeVisibleAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true })).ToBeDisabledAsync();
        await visit.FillAsync("Password again", "A-Password-1");
        await visit.PressAsync("Save");
        await visit.ShowsAsync(name);
        using var client = RestClient.Basic(Fixture.ServerA.Address, name, "A-Password-1");
        (await client.CallAsync("Resources/CurrentSessionInfo", "GetCurrentUser"))!.ToString().ShouldBe(name);
    }

    [Fact]
    public async Task Fields_of_a_Data_Shape_are_added_changed_and_taken_away()
    {
        var name = Fixture.Fresh("Shape");
        using var client = Fixture.ServerA.Client();
        await client.MakeShapeAsync(name, ("kept", "STRING"), ("gone", "NUMBER"));
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/DataShapes/{name}/fields");
        await visit.Page.GetByLabel("Description of kept").FillAsync("stays");
        await visit.PressAsync("Take away of gone");
        await visit.PressAsync("Add field");
        await visit.Page.GetByLabel("Name of 2").FillAsync("added");
        await visit.SaveAsync(name);
        var fields = (await client.CallAsync($"DataShapes/{name}", "GetFieldDefinitions"))!.AsArray();
        fields.Select(field => $"{field!["name"]} {field["description"]}".Trim()).ShouldBe(["kept stays", "added"]);
    }

    [Fact]
    public async Task What_a_panel_asks_for_shows_in_its_place_and_what_was_typed_stays()
    {
        var (shape, project) = (Fixture.Fresh("Outer"), Fixture.Fresh("Inner"));
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync("/Thingworx/Composer/new/Streams?template=Stream");
        await visit.PressAsync("New Data Shape");
        var outer = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "New Data Shape" });
        await outer.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(shape);
        await outer.GetByRole(AriaRole.Button, new() { Name = "New project" }).ClickAsync();
        var inner = visit.Page.GetByRole(AriaRole.Dialog, new() { Name = "New project" });
        await inner.GetByRole(AriaRole.Textbox, new() { Name = "Name" }).FillAsync(project);
        await inner.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(outer.GetByRole(AriaRole.Textbox, new() { Name = "Name" })).ToHaveValueAsync(shape);
        await Assertions.Expect(outer.GetByRole(AriaRole.Combobox, new() { Name = "Project" })).ToHaveValueAsync(project);
        await outer.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true }).ClickAsync();
        await Assertions.Expect(visit.Field("Data Shape")).ToHaveValueAsync(shape);
    }

    [Fact]
    public async Task What_is_typed_of_a_subscriber_survives_a_reload_and_Escape_asks()
    {
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync("/Thingworx/Composer/Subsystems/FederationSubsystem/configuration/subscribers/new");
        var panel = visit.Page.GetByRole(AriaRole.Complementary, new() { Name = "Add subscriber" });
        var name = panel.GetByLabel("Logical Server Name");
        await name.FillAsync("Elsewhere");
        await panel.GetByLabel("Application Key").First.FillAsync("a-secret-key");
        (await visit.Page.EvaluateAsync<string>("() => JSON.stringify(sessionStorage)")).ShouldNotContain("a-secret-key");
        await visit.Page.ReloadAsync();
        await Assertions.Expect(name).ToHaveValueAsync("Elsewhere");
        await name.PressAsync("Escape");
        await visit.Page.GetByRole(AriaRole.Alertdialog).GetByRole(AriaRole.Button, new() { Name = "Cancel" }).ClickAsync();
        await Assertions.Expect(name).ToHaveValueAsync("Elsewhere");
        await name.PressAsync("Escape");
        await visit.PressAsync("Discard what I typed");
        await Assertions.Expect(panel).ToBeHiddenAsync();
    }

    [Fact]
    public async Task An_Identifier_that_nobody_offers_is_said_and_may_be_saved_all_the_same()
    {
        var name = Fixture.Fresh("Lonely");
        var visit = await SignInAsync(Fixture.ServerB);
        await visit.Page.GotoAsync("/Thingworx/Composer/new/Streams?template=RemoteStream");
        await visit.FillAsync("Name", name);
        await visit.FillAsync("Identifier", "no identifier");
        await Assertions.Expect(visit.Page.GetByText("An Identifier is the name of a Thing and of its server: Thing@Server.")).ToBeVisibleAsync();
        await visit.FillAsync("Identifier", "Nothing@Nowhere");
        await Assertions.Expect(visit.Page.GetByText("No server called Nowhere publishes to this one.")).ToBeVisibleAsync();
        await visit.PressAsync("Save");
        await visit.ShowsAsync(name);
        await Assertions.Expect(visit.Field("Identifier")).ToHaveValueAsync("Nothing@Nowhere");
    }
}
