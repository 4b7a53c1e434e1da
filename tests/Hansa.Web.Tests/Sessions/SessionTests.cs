using System.Net;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Hansa.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Sessions;

/// <summary>Signing in with a browser, and all ways out.</summary>
public sealed class SessionTests : IAsyncLifetime
{
    private readonly CookieContainer _cookies = new();
    private readonly ManualTimeProvider _time = new();
    private ServedPlatform _server = null!;
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await ServedPlatform.StartAsync(services => services.AddSingleton(new WebSessionOptions { MostPerUser = 2 }), _time);
        _browser = _server.Browser(_cookies);
        await _server.Platform.MakeUserAsync("anna", "harbour-light-4");
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task A_session_tells_who_and_where_and_goes_on_with_a_cookie_that_scripts_cannot_read()
    {
        (await UserAsync(_browser)).ShouldBeNull();
        (await _browser.GetAsync("Things")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        var answer = await SignInAsync(_browser, TestPlatform.Administrator, TestPlatform.Password);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK);
        var cookie = answer.Headers.GetValues("Set-Cookie").Single();
        cookie.ShouldContain("httponly");
        cookie.ShouldContain("samesite=strict");
        var shown = JsonNode.Parse(await _browser.GetStringAsync("Session"))!;
        shown["user"]!.GetValue<string>().ShouldBe(TestPlatform.Administrator);
        shown["isAdministrator"]!.GetValue<bool>().ShouldBeTrue();
        shown["groups"]!.AsArray().Select(group => group!.GetValue<string>()).ShouldContain("Administrators");
        shown["server"]!["time"]!.GetValue<long>().ShouldBe(_time.GetUtcNow().ToUnixTimeMilliseconds());
        shown["expires"]!.GetValue<long>().ShouldBe((_time.GetUtcNow() + TimeSpan.FromMinutes(30)).ToUnixTimeMilliseconds());
        (await _browser.GetAsync("Things")).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Sessions_are_listed_and_one_is_ended_by_its_id()
    {
        const string resource = "Resources/SessionFunctions";
        await SignInAsync(_browser, "anna", "harbour-light-4");
        var sessions = (await _server.Platform.CallAsync(resource, "GetSessions")).AsTable()!;
        (sessions.RowCount, sessions[0, "userName"].ToString(), sessions[0, "address"].ToString()).ShouldBe((1, "anna", "127.0.0.1"));
        sessions[0, "expires"].AsDateTime().ShouldBe(_time.GetUtcNow() + TimeSpan.FromMinutes(30));
        var id = sessions[0, "id"].ToString();
        await _server.Platform.CallAsync(resource, "EndSession", ("id", id));
        (await UserAsync(_browser)).ShouldBeNull();
        (await _server.Platform.RefusedAsync(TestPlatform.Administrator, resource, "EndSession", ("id", id))).Code.ShouldBe(ErrorCode.NotFound);
        (await _server.Platform.RefusedAsync("anna", resource, "GetSessions")).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Theory]
    [InlineData("""{"userName":"anna","password":"wrong"}""", 401)]
    [InlineData("""{"userName":"nobody","password":"x"}""", 401)]
    [InlineData("""{"userName":"anna"}""", 400)]
    [InlineData("""[1]""", 400)]
    [InlineData("""{"userName""", 400)]
    public async Task Who_cannot_be_signed_in_is_told_why_and_the_browser_asks_nothing_itself(string body, int status)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "Session") { Content = new StringContent(body, null, "application/json") };
        request.Headers.Add("Sec-Fetch-Mode", "cors");
        var answer = await _browser.SendAsync(request);
        ((int)answer.StatusCode).ShouldBe(status);
        answer.Headers.WwwAuthenticate.ShouldBeEmpty();
        (await answer.Content.ReadAsStringAsync()).ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_cookie_without_the_guard_reads_and_changes_nothing()
    {
        await SignInAsync(_browser, TestPlatform.Administrator, TestPlatform.Password);
        using var other = _server.Browser(_cookies, isGuarded: false);
        (await other.GetAsync("Things")).StatusCode.ShouldBe(HttpStatusCode.OK);
        var refused = await other.PostAsync("Users/anna/Services/SetDescription", JsonContent.Create(new { description = "x" }));
        refused.StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await refused.Content.ReadAsStringAsync()).ShouldContain("X-XSRF-TOKEN");
        (await SignInAsync(other, "anna", "harbour-light-4")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await _browser.PostAsync("Users/anna/Services/SetDescription", JsonContent.Create(new { description = "x" }))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_session_ends_when_it_is_ended_and_its_cookie_opens_nothing_any_more()
    {
        await SignInAsync(_browser, "anna", "harbour-light-4");
        var kept = _cookies.GetCookies(_server.Address).Count;
        var token = _cookies.GetCookies(new(_server.Address, "/Thingworx/"))[RequestIdentity.CookieName]!.Value;
        (await _browser.DeleteAsync("Session")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await UserAsync(_browser)).ShouldBeNull();
        using var thief = _server.Browser(new());
        thief.DefaultRequestHeaders.Add("Cookie", $"{RequestIdentity.CookieName}={token}");
        (await UserAsync(thief)).ShouldBeNull();
        kept.ShouldBe(0, "the cookie is for /Thingworx alone");
    }

    [Fact]
    public async Task A_session_lives_from_request_to_request_and_not_beyond_its_longest_life()
    {
        await SignInAsync(_browser, "anna", "harbour-light-4");
        for (var i = 0; i < 23; i++)
        {
            _time.Advance(TimeSpan.FromMinutes(29));
            (await UserAsync(_browser)).ShouldBe("anna", $"after {i + 1} times 29 minutes");
        }

        // 24 × 29 minutes are below 12 hours, 25 are above.
        _time.Advance(TimeSpan.FromMinutes(29));
        (await UserAsync(_browser)).ShouldBe("anna");
        _time.Advance(TimeSpan.FromMinutes(29));
        (await UserAsync(_browser)).ShouldBeNull();
        await SignInAsync(_browser, "anna", "harbour-light-4");
        _time.Advance(TimeSpan.FromMinutes(30));
        (await UserAsync(_browser)).ShouldBeNull();
    }

    [Theory]
    [InlineData("DisableUser")]
    [InlineData("LockUser")]
    [InlineData("SetPassword")]
    [InlineData("delete")]
    public async Task A_session_ends_with_its_user_and_with_the_password(string how)
    {
        await SignInAsync(_browser, "anna", "harbour-light-4");
        if (how == "delete")
            await _server.Platform.CallAsync("Resources/EntityServices", "DeleteUser", ("name", "anna"));
        else if (how == "SetPassword")
            await _server.Platform.CallAsync("Users/anna", how, ("newPassword", "another-light-5"), ("newPasswordConfirm", "another-light-5"));
        else
            await _server.Platform.Entities.UpdateAsync(TestPlatform.Key("Users/anna"), user => how == "LockUser"
                ? (UserDefinition)user with { IsLocked = true } : (UserDefinition)user with { IsEnabled = false }, CancellationToken.None);
        (await UserAsync(_browser)).ShouldBeNull();
    }

    [Fact]
    public async Task A_user_has_a_bounded_number_of_sessions_and_the_one_used_longest_ago_goes()
    {
        await SignInAsync(_browser, "anna", "harbour-light-4");
        _time.Advance(TimeSpan.FromSeconds(1));
        using var second = _server.Browser(new());
        await SignInAsync(second, "anna", "harbour-light-4");
        _time.Advance(TimeSpan.FromSeconds(1));
        await _browser.GetAsync("Session");
        using var third = _server.Browser(new());
        await SignInAsync(third, "anna", "harbour-light-4");
        (await UserAsync(_browser)).ShouldBe("anna");
        (await UserAsync(second)).ShouldBeNull();
        (await UserAsync(third)).ShouldBe("anna");
    }

    private static async Task<string?> UserAsync(HttpClient browser) => JsonNode.Parse(await browser.GetStringAsync("Session"))!["user"]?.GetValue<string>();

    private static Task<HttpResponseMessage> SignInAsync(HttpClient browser, string userName, string password) =>
        browser.PostAsync("Session", JsonContent.Create(new { userName, password }));
}
