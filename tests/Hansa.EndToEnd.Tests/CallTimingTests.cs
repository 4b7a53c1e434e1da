using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.RegularExpressions;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>Where the time of a call goes, as header Server-Timing tells it.</summary>
public sealed class CallTimingTests(PairFixture fixture)
{
    private readonly FederatedPair _pair = fixture.Pair;

    [Fact]
    public async Task A_call_of_a_remote_Thing_tells_the_link_and_what_the_other_server_needed()
    {
        var stream = fixture.Fresh("Timed");
        await _pair.MakeStreamAsync(stream, ("cpu", "NUMBER"));
        var (status, timing) = await CallAsync(_pair.ServerA, $"Remote{stream}", "QueryStreamData", "{}", isTimed: true);
        status.ShouldBe(HttpStatusCode.OK);
        timing.ShouldNotBeNull().ShouldContain("desc=\"ServerB\"");
        timing.ShouldNotContain("failed");
        Duration(timing, "there").ShouldBeGreaterThan(0);
        Duration(timing, "link").ShouldBeGreaterThan(Duration(timing, "there"));
        foreach (var part in new[] { "before", "turn", "after" })
            Duration(timing, part).ShouldBeGreaterThanOrEqualTo(0);
    }

    [Fact]
    public async Task A_refusal_is_told_where_it_was_said()
    {
        var stream = fixture.Fresh("TimedRefusal");
        await _pair.MakeStreamAsync(stream, ("cpu", "NUMBER"));
        var (there, timing) = await CallAsync(_pair.ServerA, $"Remote{stream}", "GetStreamEntry", """{"streamEntryId": "none"}""", isTimed: true);
        there.ShouldBe(HttpStatusCode.BadRequest);
        timing.ShouldNotBeNull().ShouldContain("failed;desc=\"there\"");
        Duration(timing, "there").ShouldBeGreaterThan(0);

        var (here, ofHere) = await CallAsync(_pair.ServerA, $"Remote{stream}", "GetStreamEntry", "{}", isTimed: true);
        here.ShouldBe(HttpStatusCode.BadRequest);
        ofHere.ShouldNotBeNull().ShouldContain("failed;desc=\"here\"");
        ofHere.ShouldNotContain("link");

        await _pair.A.MakeThingAsync($"{stream}Nowhere", "RemoteStream", identifier: $"{stream}@Nowhere");
        var (unbound, ofLink) = await CallAsync(_pair.ServerA, $"{stream}Nowhere", "GetStreamEntryCount", "{}", isTimed: true);
        unbound.ShouldBe(HttpStatusCode.ServiceUnavailable);
        ofLink.ShouldNotBeNull().ShouldContain("failed;desc=\"link\"");
    }

    [Fact]
    public async Task Who_does_not_ask_is_not_told()
    {
        var stream = fixture.Fresh("Untimed");
        await _pair.MakeStreamAsync(stream, ("cpu", "NUMBER"));
        (await CallAsync(_pair.ServerA, $"Remote{stream}", "GetStreamEntryCount", "{}", isTimed: false)).Timing.ShouldBeNull();
    }

    private static double Duration(string timing, string part) =>
        double.Parse(Regex.Match(timing, $@"\b{part};dur=([\d.]+)").Groups[1].Value, CultureInfo.InvariantCulture);

    private static async Task<(HttpStatusCode Status, string? Timing)> CallAsync(ServerUnderTest server, string thing, string service, string body, bool isTimed)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var request = new HttpRequestMessage(HttpMethod.Post, $"/Thingworx/Things/{thing}/Services/{service}") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"Administrator:{ServerUnderTest.Password}")));
        request.Headers.Accept.ParseAdd("application/json");
        if (isTimed)
            request.Headers.Add("Hansa-Timing", "1");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        return (answer.StatusCode, answer.Headers.TryGetValues("Server-Timing", out var values) ? string.Join(", ", values) : null);
    }
}
