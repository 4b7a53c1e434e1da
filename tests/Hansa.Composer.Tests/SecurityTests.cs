using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hansa.Testing;
using Microsoft.Playwright;
using Shouldly;
using Xunit;

namespace Hansa.Composer.Tests;

/// <summary>Users, groups, organizations and application keys that are there are changed by clicking.</summary>
[Trait("Category", "Slow")]
public sealed class SecurityTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task A_user_gets_a_new_password_and_is_barred()
    {
        using var client = Fixture.ServerA.Client();
        var name = Fixture.Fresh("Clerk");
        await client.MakeUserAsync(name, "First-Password-1");
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Users/{name}/account");
        await visit.FillAsync("New password", "Second-Password-2");
        await Assertions.Expect(Save(visit)).ToBeDisabledAsync();
        await visit.FillAsync("Password again", "Second-Password-2");
        // A password never gets into the browser's storage.
        (await visit.Page.EvaluateAsync<string>("() => JSON.stringify({ ...sessionStorage, ...localStorage })")).ShouldNotContain("Second-Password-2");
        await visit.SaveAsync(name);
        using (var user = RestClient.Basic(Fixture.ServerA.Address, name, "Second-Password-2"))
            (await user.CallAsync("Resources/CurrentSessionInfo", "GetCurrentUser"))!.ToString().ShouldBe(name);
        await Assertions.Expect(visit.Field("New password")).ToHaveValueAsync("");

        await visit.Page.GetByRole(AriaRole.Switch, new() { NameRegex = new("^(May sign in|Yes)") }).ClickAsync();
        await visit.SaveAsync(name);
        using var barred = RestClient.Basic(Fixture.ServerA.Address, name, "Second-Password-2");
        (await barred.TryAsync(HttpMethod.Get, "Things")).Status.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task Members_come_into_a_group_and_go()
    {
        using var client = Fixture.ServerA.Client();
        var (stays, goes, comes, group) = (Fixture.Fresh("Stays"), Fixture.Fresh("Goes"), Fixture.Fresh("Comes"), Fixture.Fresh("Crew"));
        foreach (var user in new[] { stays, goes, comes })
            await client.MakeUserAsync(user);
        await client.CallAsync("Resources/EntityServices", "CreateGroup", new() { ["name"] = group });
        foreach (var user in new[] { stays, goes })
            await client.CallAsync($"Groups/{group}", "AddMember", new() { ["member"] = user });
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Groups/{group}/members");
        await visit.PressAsync($"Take away {goes}");
        await visit.TypeAndPickAsync("Add user", comes);
        await visit.SaveAsync(group);
        (await client.CallAsync($"Groups/{group}", "GetMembers"))!.AsArray().Select(member => member!["name"]!.ToString()).ShouldBe([stays, comes], ignoreOrder: true);
    }

    [Fact]
    public async Task Units_are_added_below_each_other_and_taken_away()
    {
        using var client = Fixture.ServerA.Client();
        var name = Fixture.Fresh("Works");
        await client.CallAsync("Resources/EntityServices", "CreateOrganization", new() { ["name"] = name });
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/Organizations/{name}/units");
        await AddUnitAsync(visit, "Hall", name);
        await AddUnitAsync(visit, "Line", "Hall");
        var line = visit.Page.GetByRole(AriaRole.Region, new() { Name = "Unit Line" });
        await line.GetByRole(AriaRole.Combobox, new() { Name = "Add group" }).PressSequentiallyAsync("Users");
        await visit.Page.GetByRole(AriaRole.Option).First.ClickAsync();
        await visit.SaveAsync(name);
        (await UnitsAsync(client, name)).ShouldBe([$"{name} < : ", $"Hall < {name}: ", "Line < Hall: Users"]);

        await visit.PressAsync("Take away Hall");
        await Assertions.Expect(line).ToContainTextAsync($"Below {name}");
        await visit.SaveAsync(name);
        (await UnitsAsync(client, name)).ShouldBe([$"{name} < : ", $"Line < {name}: Users"]);
    }

    [Fact]
    public async Task A_key_is_replaced_shown_once_and_its_fields_are_changed()
    {
        using var client = Fixture.ServerA.Client();
        var (user, name) = (Fixture.Fresh("Owner"), Fixture.Fresh("Key"));
        await client.MakeUserAsync(user);
        await client.CallAsync("Resources/EntityServices", "CreateApplicationKey", new() { ["name"] = name, ["user"] = user });
        var first = (await client.CallAsync($"ApplicationKeys/{name}", "GetKeyID"))!.ToString();
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.Page.GotoAsync($"/Thingworx/Composer/ApplicationKeys/{name}/key");
        await visit.FillAsync("Allowed addresses", "127.0.0.1");
        await visit.Field("Expiration Date").FillAsync("2049-05-12T10:30");
        await visit.SaveAsync(name);
        await visit.PressAsync("Replace the key");
        await visit.PressAsync($"Replace the key of {name}");
        var field = visit.Page.GetByLabel("Application Key", new() { Exact = true });
        await Assertions.Expect(field).ToHaveValueAsync(new Regex("^[0-9a-f-]{36}$"));
        var shown = await field.InputValueAsync();
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "Close", Exact = true })).ToBeDisabledAsync();
        await visit.Page.GetByLabel("I have stored it").ClickAsync();
        await visit.PressAsync("Close");
        await Assertions.Expect(field).ToHaveCountAsync(0);
        (await visit.Page.ContentAsync()).ShouldNotContain(shown);

        using var old = RestClient.Key(Fixture.ServerA.Address, first);
        (await old.TryAsync(HttpMethod.Get, "Things")).Status.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        using var holder = RestClient.Key(Fixture.ServerA.Address, shown);
        (await holder.CallAsync("Resources/CurrentSessionInfo", "GetCurrentUser"))!.ToString().ShouldBe(user);
        var (_, text) = await client.TryAsync(HttpMethod.Get, $"ApplicationKeys/{name}");
        var key = JsonNode.Parse(text)!;
        key["ipWhitelist"]!.ToString().ShouldBe("127.0.0.1");
        DateTimeOffset.FromUnixTimeMilliseconds(key["expirationDate"]!.GetValue<long>()).ShouldBe(new(2049, 5, 12, 10, 30, 0, TimeSpan.Zero));
    }

    private static ILocator Save(Visit visit) => visit.Page.GetByRole(AriaRole.Button, new() { Name = "Save", Exact = true });

    private static async Task AddUnitAsync(Visit visit, string name, string below)
    {
        await visit.FillAsync("New unit", name);
        await visit.Page.GetByRole(AriaRole.Combobox, new() { Name = "Below" }).ClickAsync();
        await visit.Page.GetByRole(AriaRole.Option, new() { NameRegex = new($"^{Regex.Escape(below)}$") }).ClickAsync();
        await visit.PressAsync("Add unit");
    }

    private static async Task<IEnumerable<string>> UnitsAsync(RestClient client, string name)
    {
        var (_, text) = await client.TryAsync(HttpMethod.Get, $"Organizations/{name}");
        return JsonNode.Parse(text)!["units"]!.AsArray().Select(one => $"{one!["name"]} < {one["parent"]}: {string.Join(' ', one["members"]!.AsArray().Select(member => member!["name"]))}");
    }
}
