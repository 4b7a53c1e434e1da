using System.Text.Json.Nodes;
using Hansa.Testing;
using Microsoft.Playwright;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>What a user may not do is disabled and says which right is missing; rights and sessions end while a page is open.</summary>
[Trait("Category", "Slow")]
public sealed class RightsTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    private const string Password = "Anna-Password-1";

    [Fact]
    public async Task Writing_to_a_stream_and_running_a_service_follow_the_rights_while_the_page_is_open()
    {
        using var client = Fixture.ServerA.Client();
        var (stream, user) = (Fixture.Fresh("GuardedStream"), Fixture.Fresh("anna"));
        await client.MakeShapeAsync($"{stream}.Shape", ("n", "INTEGER"));
        await client.MakeThingAsync(stream, "Stream", $"{stream}.Shape");
        await client.CallAsync($"Things/{stream}", "AddStreamEntry", new() { ["values"] = Tables.Of([("n", "INTEGER")], new JsonObject { ["n"] = 7 }), ["source"] = "t" });
        await client.MakeUserAsync(user, Password);
        await client.CallAsync($"Things/{stream}", "AddVisibilityPermission", new() { ["principal"] = "Everyone", ["principalType"] = "Organization" });
        foreach (var collection in new[] { $"Things/{stream}", $"DataShapes/{stream}.Shape" })
            await client.CallAsync(collection, "AddDesignTimePermission", new() { ["type"] = "Read", ["principal"] = user, ["principalType"] = "User" });
        await GiveAsync(client, stream, user, "*", true);
        await GiveAsync(client, stream, user, "DeleteStreamEntry", false);

        var visit = await OpenAsync(Fixture.ServerA);
        await visit.SignInAsync(user, Password);
        // Not all that a page asks for is hers to see.
        visit.Announce("403");
        visit.Announce("404");
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/{stream}/data");
        await visit.Page.GetByRole(AriaRole.Checkbox).Last.ClickAsync();
        var (add, delete) = (Button(visit, "New entry"), Button(visit, "Delete"));
        await Assertions.Expect(add).ToBeEnabledAsync();
        await Assertions.Expect(delete).ToBeDisabledAsync();
        await Assertions.Expect(delete).ToHaveAttributeAsync("title", $"The right ServiceInvoke on DeleteStreamEntry of {stream} on ServerA is missing. Its owner or an administrator can give it.");

        await GiveAsync(client, stream, user, "AddStreamEntry", false);
        await Assertions.Expect(add).ToBeDisabledAsync();
        await visit.Page.GetByRole(AriaRole.Tab, new() { Name = "Services" }).ClickAsync();
        await visit.Page.GetByLabel("Filter").First.FillAsync("StreamEntry");
        await Assertions.Expect(Button(visit, "Execute AddStreamEntry")).ToBeDisabledAsync();
        await Assertions.Expect(Button(visit, "Execute GetStreamEntry")).ToBeEnabledAsync();
        await GiveAsync(client, stream, user, "AddStreamEntry", true);
        await Assertions.Expect(Button(visit, "Execute AddStreamEntry")).ToBeEnabledAsync();
    }

    [Fact]
    public async Task A_session_that_ends_asks_again_and_goes_on_with_what_was_edited()
    {
        using var client = Fixture.ServerA.Client();
        var (thing, user) = (Fixture.Fresh("Edited"), Fixture.Fresh("bert"));
        await client.MakeUserAsync(user, Password);
        await client.CallAsync("Groups/Administrators", "AddMember", new() { ["member"] = user });
        await client.CallAsync("Resources/EntityServices", "CreateThing", new() { ["name"] = thing, ["thingTemplateName"] = "GenericThing" });
        var visit = await OpenAsync(Fixture.ServerA);
        await visit.SignInAsync(user, Password);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Things/{thing}/general");
        await visit.FillAsync("Description", "half a sentence");

        // A new password ends the sessions of its user.
        await client.CallAsync($"Users/{user}", "SetPassword", new() { ["newPassword"] = "Another-Password-2" });
        // The page's live socket learns it first.
        visit.Announce("HTTP Authentication failed");
        var overlay = visit.Page.GetByRole(AriaRole.Dialog).Filter(new() { Has = visit.Page.GetByLabel("Password") });
        await overlay.WaitForAsync();
        await overlay.GetByLabel("Password").FillAsync("Another-Password-2");
        await overlay.GetByRole(AriaRole.Button, new() { Name = "Log in" }).ClickAsync();
        await Assertions.Expect(overlay).ToBeHiddenAsync();
        await Assertions.Expect(visit.Field("Description")).ToHaveValueAsync("half a sentence");
        await visit.SaveAsync(thing);
    }

    private static ILocator Button(Visit visit, string name) => visit.Page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    private static Task GiveAsync(RestClient client, string thing, string user, string service, bool isAllowed) => client.CallAsync($"Things/{thing}", "AddRunTimePermission", new()
    {
        ["type"] = "ServiceInvoke", ["resource"] = service, ["principal"] = user, ["principalType"] = "User", ["allow"] = isAllowed,
    });
}
