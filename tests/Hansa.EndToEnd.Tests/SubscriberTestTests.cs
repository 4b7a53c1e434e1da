using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>What an administrator asks before a link is saved: does the way lead there, what will be seen, what is offered.</summary>
public sealed class SubscriberTestTests(PairFixture fixture)
{
    private const string Federation = "Subsystems/FederationSubsystem";

    private readonly FederatedPair _pair = fixture.Pair;

    [Fact]
    public async Task Every_step_of_a_good_subscriber_passes_and_the_key_is_never_told()
    {
        var steps = await TestAsync(_pair.Row());
        Results(steps).ShouldBe("name passed, port passed, certificate warned, server passed, clock passed, signIn passed, publication passed");
        Text(steps, "signIn").ShouldContain("accepted by ServerA");
        steps.ToJsonString().ShouldNotContain(_pair.Key);
    }

    [Fact]
    public async Task Without_a_key_the_test_ends_before_the_sign_in()
    {
        var row = _pair.Row();
        row.Remove("applicationKey");
        Results(await TestAsync(row)).ShouldBe("name passed, port passed, certificate warned, server passed, clock passed, signIn skipped, publication skipped");
    }

    [Theory]
    [InlineData("ws://127.0.0.1:1/Thingworx/WS", "port", "Nothing answers on port 1 of 127.0.0.1")]
    [InlineData("ws://nobody.invalid:80/Thingworx/WS", "name", "No server is called nobody.invalid")]
    [InlineData("http://127.0.0.1/", "name", "is not ws(s)://host:port/Thingworx/WS")]
    public async Task An_address_that_leads_nowhere_fails_at_its_step_and_the_rest_is_skipped(string uri, string step, string reason)
    {
        var row = _pair.Row();
        row["serverURI"] = uri;
        if (uri.StartsWith("http", StringComparison.Ordinal))
            row["name"] = "Elsewhere";
        var steps = await TestAsync(row);
        steps.Single(one => Member(one, "result") == "failed")!["step"]!.GetValue<string>().ShouldBe(step);
        Text(steps, step).ShouldContain(reason);
        Member(steps[^1], "result").ShouldBe("skipped");
    }

    [Fact]
    public async Task A_wss_address_whose_port_speaks_no_tls_fails_at_the_certificate()
    {
        var row = _pair.Row();
        row["serverURI"] = _pair.ServerA.ServerUri.Replace("ws:", "wss:", StringComparison.Ordinal);
        Text(await TestAsync(row), "certificate").ShouldContain("speaks no TLS");
    }

    [Fact]
    public async Task A_wrong_key_fails_at_the_sign_in()
    {
        var row = _pair.Row();
        row["applicationKey"] = "a-key-that-nobody-made";
        var steps = await TestAsync(row);
        Text(steps, "signIn").ShouldContain("not known");
        steps.ToJsonString().ShouldNotContain("a-key-that-nobody-made");
    }

    [Fact]
    public async Task Another_name_than_the_server_has_is_warned_of()
    {
        var row = _pair.Row();
        row["name"] = "ServerX";
        Text(await TestAsync(row), "signIn").ShouldContain("calls itself ServerA, not ServerX");
    }

    [Fact]
    public async Task The_stored_key_is_sent_to_its_own_address_only()
    {
        var row = _pair.Row();
        row["applicationKey"] = "********";
        Results(await TestAsync(row)).ShouldContain("signIn passed");
        row["serverURI"] = "ws://localhost:1/Thingworx/WS";
        var (status, text) = await _pair.B.TryAsync(HttpMethod.Post, $"{Federation}/Services/TestSubscriber", Parameters(row));
        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("enter the key to test ws://localhost:1");
    }

    [Fact]
    public async Task The_preview_says_what_a_user_would_publish_and_what_stays_hidden()
    {
        var (shown, hidden) = (fixture.Fresh("Shown"), fixture.Fresh("Hidden"));
        foreach (var name in new[] { shown, hidden })
            await _pair.B.MakeThingAsync(name, "Stream", published: true);
        await _pair.B.OpenAsync(shown);
        var rows = (await _pair.B.CallAsync(Federation, "PreviewPublication", new() { ["publishAsUser"] = "publisher" }))!.AsArray();
        var row = rows.Single(one => Member(one, "name") == shown)!;
        (row["isVisible"]!.GetValue<bool>(), row["isWritable"]!.GetValue<bool>()).ShouldBe((true, true));
        rows.Single(one => Member(one, "name") == hidden)!["isVisible"]!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_offered_comes_with_its_shape_and_with_who_uses_it_and_looking_makes_no_subscription()
    {
        var (used, free) = (fixture.Fresh("Used"), fixture.Fresh("Free"));
        await _pair.MakeKindAsync("DataTable", used, "id", ("id", "STRING"), ("amount", "NUMBER"));
        await _pair.B.MakeThingAsync(free, "Stream", $"{used}.Shape", published: true);
        await _pair.B.OpenAsync(free);
        await Tables.UntilAsync(async () => (await OffersAsync()).Any(one => Member(one, "name") == free), "the offer to arrive");

        var offer = (await OffersAsync()).Single(one => Member(one, "name") == used)!;
        (Member(offer, "identifier"), Member(offer, "dataShape"), Member(offer, "usedBy")).ShouldBe(($"{used}@ServerB", $"{used}.Shape", $"Remote{used}"));
        offer["fields"]!["rows"]!.AsArray().Select(field => $"{field!["name"]} {field["baseType"]} {field["isPrimaryKey"]}").ShouldBe(["id STRING true", "amount NUMBER false"]);
        (await OffersAsync("RemoteStream")).Select(one => Member(one, "name")).ShouldNotContain(used);
        (await _pair.B.CallAsync(Federation, "GetActiveSubscriptions", new() { ["subscriberName"] = "ServerA" }))!.AsArray().Select(one => Member(one, "name")).ShouldNotContain(free);
    }

    private async Task<JsonArray> OffersAsync(string? template = null) =>
        (await _pair.A.CallAsync(Federation, "GetOfferedThings", template is null ? new() : new() { ["thingTemplate"] = template }))!.AsArray();

    private async Task<JsonArray> TestAsync(JsonObject row) => (await _pair.B.CallAsync(Federation, "TestSubscriber", Parameters(row)))!.AsArray();

    private static JsonObject Parameters(JsonObject row) => new()
    {
        ["subscriber"] = Tables.Of(row.Select(cell => (cell.Key, cell.Value is JsonValue value && value.TryGetValue<bool>(out _) ? "BOOLEAN" : cell.Value is JsonValue number && number.TryGetValue<int>(out _) ? "INTEGER" : "STRING")), (JsonObject)row.DeepClone()),
    };

    private static string Results(JsonArray steps) => string.Join(", ", steps.Select(one => $"{Member(one, "step")} {Member(one, "result")}"));

    private static string Text(JsonArray steps, string step) => Member(steps.Single(one => Member(one, "step") == step), "text");

    private static string Member(JsonNode? row, string name) => row?[name]?.GetValue<string>() ?? "";
}
