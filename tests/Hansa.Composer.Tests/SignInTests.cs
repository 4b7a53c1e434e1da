using Microsoft.Playwright;
using Xunit;

namespace Hansa.Composer.Tests;

public sealed class SignInTests(BrowserFixture fixture) : BrowserTest(fixture)
{
    [Fact]
    public async Task Who_signs_in_finds_the_streams()
    {
        var visit = await SignInAsync(Fixture.ServerA);
        await visit.BrowseAsync("Streams");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Button, new() { Name = "New", Exact = true })).ToBeEnabledAsync();
    }

    [Fact]
    [Trait("Category", "Slow")]
    public async Task A_wrong_password_is_said_at_the_field()
    {
        var visit = await OpenAsync(Fixture.ServerA);
        visit.Announce("401");
        await visit.Page.GotoAsync("/Thingworx/Composer/");
        await visit.FillAsync("User name", "Administrator");
        await visit.FillAsync("Password", "not it");
        await visit.PressAsync("Log in");
        await Assertions.Expect(visit.Page.GetByRole(AriaRole.Alert)).ToContainTextAsync("password");
    }
}
