using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Hansa.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Live;

/// <summary>What a page is told while it stands open, over real sockets.</summary>
public sealed class LiveTests : IAsyncLifetime
{
    private const string Word = "harbour-light-4";
    private ServedPlatform _server = null!;

    private TestPlatform Platform => _server.Platform;

    public async ValueTask InitializeAsync()
    {
        _server = await ServedPlatform.StartAsync(services => services.AddSingleton(new LiveOptions { Pace = TimeSpan.FromMilliseconds(20), KeptMessages = 5, MostTopics = 3 }));
        await Platform.MakeThingAsync("Pump");
        await Platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await Platform.AddPropertyAsync("Pump", "secret", BaseType.NUMBER);
        await Platform.MakeUserAsync("anna", Word);
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Fact]
    public async Task Values_come_all_at_first_and_then_as_they_are_written()
    {
        await using var page = await LiveClient.OpenAsync(_server);
        await page.SubscribeAsync(1, Topic("properties", ("thing", "Pump")));
        var all = await page.EventAsync(1);
        all["all"]!.GetValue<bool>().ShouldBeTrue();
        all["values"]!.AsObject().Select(value => value.Key).ShouldContain("speed");
        await Platform.WriteAsync("Pump", "speed", 7.5);
        var change = await page.EventAsync(1);
        change["all"].ShouldBeNull();
        change["values"]!.AsObject().Single().Key.ShouldBe("speed");
        change["values"]!["speed"]!["v"]!.GetValue<double>().ShouldBe(7.5);
        change["values"]!["speed"]!["q"]!.GetValue<string>().ShouldBe("GOOD");
    }

    [Fact]
    public async Task A_user_is_told_what_that_user_may_read_at_that_moment()
    {
        await Platform.ShowAsync("Things/Pump");
        await Platform.AllowAsync("Things/Pump", "anna", Permission.PropertyRead);
        await Platform.AllowAsync("Things/Pump", "anna", Permission.PropertyRead, "secret", allow: false);
        await using var page = await LiveClient.OpenAsync(_server, "anna", Word);
        await page.SubscribeAsync(1, Topic("properties", ("thing", "Pump")));
        var names = (await page.EventAsync(1))["values"]!.AsObject().Select(value => value.Key).ToList();
        names.ShouldContain("speed");
        names.ShouldNotContain("secret");
        await Platform.WriteAsync("Pump", "secret", 1);
        await Platform.WriteAsync("Pump", "speed", 2);
        (await page.EventAsync(1))["values"]!.AsObject().Single().Key.ShouldBe("speed");
        await Platform.CallAsync("Things/Pump", "DeleteVisibilityPermission", ("principal", "Everyone"), ("principalType", "Organization"));
        (await LastWordAsync(page, 1)).ShouldBe("Thing [Pump] does not exist, or you may not see it.");
        await page.SubscribeAsync(2, Topic("properties", ("thing", "Pump")));
        (await page.NextAsync())["error"]!.GetValue<string>().ShouldBe("Thing [Pump] does not exist, or you may not see it.");
    }

    [Fact]
    public async Task Entities_that_come_change_and_go_are_told_to_who_can_see_them()
    {
        await using var page = await LiveClient.OpenAsync(_server);
        await using var anna = await LiveClient.OpenAsync(_server, "anna", Word);
        await page.SubscribeAsync(1, Topic("entities"));
        await anna.SubscribeAsync(1, Topic("entities"));
        await Platform.CallAsync("Resources/EntityServices", "CreateThing", ("name", "Valve"), ("thingTemplateName", "GenericThing"));
        Told(await page.EventAsync(1)).ShouldBe(("Things", "Valve", "created"));
        await Platform.CallAsync("Things/Valve", "SetDescription", ("description", "x"));
        Told(await page.EventAsync(1)).ShouldBe(("Things", "Valve", "changed"));
        await Platform.CallAsync("Resources/EntityServices", "DeleteThing", ("name", "Valve"));
        Told(await page.EventAsync(1)).ShouldBe(("Things", "Valve", "deleted"));
        await Platform.ShowAsync("Things/Pump");
        Told(await anna.EventAsync(1)).ShouldBe(("Things", "Pump", "changed"));
    }

    [Fact]
    public async Task Lines_of_a_log_come_to_who_may_query_it()
    {
        await using var page = await LiveClient.OpenAsync(_server);
        await page.SubscribeAsync(1, Topic("log", ("log", "ScriptLog")));
        await Platform.AddServiceAsync("Pump", "Say", "logger.warn('the pump is dry'); result = '';");
        await Platform.CallAsync("Things/Pump", "Say");
        var entries = (await page.EventAsync(1))["entries"]!["rows"]!.AsArray();
        entries.Single()!["content"]!.GetValue<string>().ShouldContain("the pump is dry");
        await using var anna = await LiveClient.OpenAsync(_server, "anna", Word);
        await anna.SubscribeAsync(1, Topic("log", ("log", "ScriptLog")));
        (await anna.NextAsync())["error"]!.GetValue<string>().ShouldBe("Log [ScriptLog] does not exist, or you may not see it.");
    }

    [Fact]
    public async Task A_result_is_told_again_when_it_has_changed_and_only_services_that_read_are_watched()
    {
        await using var page = await LiveClient.OpenAsync(_server);
        await page.SubscribeAsync(1, Topic("result", ("entity", "Things/Pump"), ("service", "GetDescription")));
        (await page.EventAsync(1))["rows"]![0]!["result"]!.GetValue<string>().ShouldBe("");
        await Platform.CallAsync("Things/Pump", "SetDescription", ("description", "new"));
        (await page.EventAsync(1))["rows"]![0]!["result"]!.GetValue<string>().ShouldBe("new");
        await page.SubscribeAsync(2, Topic("result", ("entity", "Things/Pump"), ("service", "DisableThing")));
        (await page.NextAsync())["error"]!.GetValue<string>().ShouldContain("only services that read");
        Platform.Thing("Pump").IsRunning.ShouldBeTrue();
    }

    [Theory]
    [InlineData("""{"topic":"nonsense"}""", "There is no topic 'nonsense'")]
    [InlineData("""{"topic":"properties"}""", "'thing'")]
    [InlineData("""{"topic":"result","entity":"Pump","service":"x"}""", "'Pump' is no entity's address")]
    [InlineData("""{"topic":"log","log":"NoLog"}""", "Log [NoLog] does not exist, or you may not see it.")]
    [InlineData("7", "'topic'")]
    public async Task What_cannot_be_watched_is_refused_with_the_reason(string topic, string reason)
    {
        await using var page = await LiveClient.OpenAsync(_server);
        await page.SendAsync($$"""{"id":9,"subscribe":{{topic}}}""");
        var message = await page.NextAsync();
        message["id"]!.GetValue<int>().ShouldBe(9);
        message["error"]!.GetValue<string>().ShouldContain(reason);
    }

    [Fact]
    public async Task A_page_that_comes_back_gets_what_it_missed()
    {
        var page = await LiveClient.OpenAsync(_server);
        await page.SubscribeAsync(1, Topic("properties", ("thing", "Pump")));
        await page.EventAsync(1);
        page.Break();
        await Platform.WriteAsync("Pump", "speed", 11);
        await using var again = await LiveClient.OpenAsync(_server);
        again.GoOnAfter(page.Last);
        await again.ResumeAsync(page.Session, page.Last);
        (await again.EventAsync(1))["values"]!["speed"]!["v"]!.GetValue<double>().ShouldBe(11);
        await Platform.WriteAsync("Pump", "speed", 12);
        (await again.EventAsync(1))["values"]!["speed"]!["v"]!.GetValue<double>().ShouldBe(12);
        await page.DisposeAsync();
    }

    [Fact]
    public async Task A_page_that_missed_more_than_is_kept_is_told_to_begin_anew_and_so_is_a_strangers()
    {
        var page = await LiveClient.OpenAsync(_server);
        await page.SubscribeAsync(1, Topic("entities"));
        await page.SendAsync("""{"id":2,"subscribe":{"topic":"properties","thing":"Pump"}}""");
        await page.EventAsync(2);
        page.Break();
        // What happens is told some time later: as long as little is missing the page goes on.
        for (var (i, isReset) = (0, false); !isReset; i++)
        {
            i.ShouldBeLessThan(100);
            await Platform.MakeThingAsync($"Valve{i}");
            await using var again = await LiveClient.OpenAsync(_server);
            again.GoOnAfter(page.Last);
            await again.ResumeAsync(page.Session, page.Last);
            isReset = (await again.NextAsync())["reset"] is not null;
        }

        await using var anna = await LiveClient.OpenAsync(_server, "anna", Word);
        await anna.ResumeAsync(page.Session, page.Last);
        (await anna.NextAsync())["reset"]!.GetValue<bool>().ShouldBeTrue();
        await page.DisposeAsync();
    }

    [Fact]
    public async Task A_page_watches_a_bounded_number_of_topics()
    {
        await using var page = await LiveClient.OpenAsync(_server);
        for (var i = 1; i <= 3; i++)
            await page.SubscribeAsync(i, Topic("entities"));
        await page.SubscribeAsync(4, Topic("entities"));
        (await page.NextAsync())["error"]!.GetValue<string>().ShouldContain("at most 3");
        await page.SendAsync("""{"id":3,"unsubscribe":true}""");
        await page.SubscribeAsync(5, Topic("properties", ("thing", "Pump")));
        (await page.EventAsync(5)).ShouldNotBeNull();
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{")]
    public async Task What_is_no_message_ends_the_connection(string text)
    {
        await using var page = await LiveClient.OpenAsync(_server);
        await page.SendAsync(text);
        (await page.IsClosedAsync()).ShouldBeTrue();
    }

    [Fact]
    public async Task Another_sites_page_and_a_stranger_are_not_let_in()
    {
        await Should.ThrowAsync<WebSocketException>(() => LiveClient.OpenAsync(_server, origin: "http://evil.example"));
        await Should.ThrowAsync<WebSocketException>(() => LiveClient.OpenAsync(_server, password: "wrong"));
        await using var same = await LiveClient.OpenAsync(_server, origin: _server.Address.GetLeftPart(UriPartial.Authority));
        same.Session.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task The_socket_of_a_session_ends_with_it()
    {
        var cookies = new CookieContainer();
        using var browser = _server.Browser(cookies);
        await browser.PostAsync("Session", JsonContent.Create(new { userName = "anna", password = Word }));
        using var socket = new ClientWebSocket();
        socket.Options.Cookies = cookies;
        await socket.ConnectAsync(new UriBuilder(_server.Address) { Scheme = "ws", Path = "/Thingworx/Live" }.Uri, CancellationToken.None);
        await browser.DeleteAsync("Session");
        var closed = Should.ThrowAsync<WebSocketException>(async () =>
        {
            while ((await socket.ReceiveAsync(new byte[4096], CancellationToken.None)).MessageType != WebSocketMessageType.Close)
            {
            }

            throw new WebSocketException("closed in good order");
        });
        await closed.WaitAsync(TimeSpan.FromSeconds(10));
    }

    private static (string Kind, string Name, string Change) Told(JsonNode change) =>
        (change["kind"]!.GetValue<string>(), change["name"]!.GetValue<string>(), change["change"]!.GetValue<string>());

    // Values that were on their way may come before the refusal.
    private static async Task<string> LastWordAsync(LiveClient page, int id)
    {
        while (true)
        {
            var message = await page.NextAsync();
            if (message["error"] is { } reason && message["id"]!.GetValue<int>() == id)
                return reason.GetValue<string>();
        }
    }

    private static JsonObject Topic(string name, params (string Name, string Value)[] more)
    {
        var topic = new JsonObject { ["topic"] = name };
        foreach (var (member, value) in more)
            topic[member] = value;
        return topic;
    }
}
