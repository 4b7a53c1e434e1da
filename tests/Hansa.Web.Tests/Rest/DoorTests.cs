using System.Net;
using System.Text;
using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Runtime.Tests.Support;
using Hansa.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Rest;

/// <summary>Requests through the whole door, without a socket.</summary>
public sealed class DoorTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(configure: services => services.AddHansaWeb()
            .AddSingleton<ISocketGateway, NoSockets>().AddSingleton<IHostApplicationLifetime, NoLifetime>());
        await _platform.MakeThingAsync("Pump");
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("GET", "/Thingworx/Things/Pump/Properties/speed", null, 200)]
    [InlineData("GET", "/Thingworx/Things/Pump/Properties", null, 200)]
    [InlineData("GET", "/Thingworx/Things", null, 200)]
    [InlineData("GET", "/Thingworx/Things/Pump", null, 200)]
    [InlineData("GET", "/Thingworx/Things/Pump/Metadata", null, 200)]
    [InlineData("GET", "/Thingworx/Things/Pump/ServiceDefinitions", null, 200)]
    [InlineData("GET", "/Thingworx/Things/Pump/openapi.json", null, 200)]
    [InlineData("GET", "/Thingworx/openapi.json", null, 200)]
    [InlineData("GET", "/Thingworx/health", null, 200)]
    [InlineData("GET", "/Thingworx/ready", null, 200)]
    [InlineData("GET", "/", null, 200)]
    [InlineData("GET", "/elsewhere", null, 404)]
    [InlineData("GET", "/Thingworx/Nonsense", null, 404)]
    [InlineData("GET", "/Thingworx/Things/Nope", null, 404)]
    [InlineData("GET", "/Thingworx/Things/Pump/Nonsense", null, 404)]
    [InlineData("GET", "/Thingworx/Things/Pump/Properties/nope", null, 404)]
    [InlineData("POST", "/Thingworx/Things/Pump/Services/Nope", "{}", 404)]
    [InlineData("GET", "/Thingworx/Things/Pump/Services/GetMetadataAsJSON", null, 405)]
    [InlineData("DELETE", "/Thingworx/Things/Pump/Properties/speed", null, 405)]
    [InlineData("PUT", "/Thingworx/Things/Pump", "{}", 405)]
    [InlineData("POST", "/Thingworx/Things/Pump/Services/EnableThing", "{}", 200)]
    [InlineData("POST", "/Thingworx/Things/Pump/Services/EnableThing", "", 200)]
    [InlineData("POST", "/Thingworx/Things/Pump/Services/EnableThing", "[]", 400)]
    [InlineData("POST", "/Thingworx/Things/Pump/Services/EnableThing", "{} x", 400)]
    [InlineData("POST", "/Thingworx/Things/Pump/Services/RemovePropertyDefinition", "{}", 400)]
    [InlineData("POST", "/Thingworx/Things/Pump/Services/AddPropertyDefinition", """{"name":"speed","type":"NUMBER"}""", 409)]
    [InlineData("PUT", "/Thingworx/Things/Pump/Properties/speed", """{"speed":7}""", 200)]
    [InlineData("PUT", "/Thingworx/Things/Pump/Properties/*", """{"speed":7}""", 200)]
    [InlineData("PUT", "/Thingworx/Things/Pump/Properties/speed", """{"speed":"fast"}""", 400)]
    [InlineData("PUT", "/Thingworx/Things/Pump/Properties/name", """{"name":"x"}""", 405)]
    [InlineData("GET", "/Thingworx/WS", null, 400)]
    [InlineData("GET", "/Thingworx/Importer", null, 405)]
    public async Task A_request_is_answered_with_its_status(string method, string path, string? body, int status)
    {
        var (answered, text, _) = await SendAsync(method, path, body);
        answered.ShouldBe(status, text);
    }

    [Fact]
    public async Task Nobody_known_is_asked_to_sign_in()
    {
        foreach (var authorization in new[] { null, "Basic !!!", "Basic " + Convert.ToBase64String("Administrator"u8), "Basic " + Convert.ToBase64String("Administrator:wrong"u8), "Bearer x" })
        {
            var (status, _, http) = await SendAsync("GET", "/Thingworx/Things", null, authorization: authorization ?? "");
            status.ShouldBe(401, authorization);
            http.Response.Headers.WWWAuthenticate.ToString().ShouldStartWith("Basic ");
        }
    }

    [Fact]
    public async Task A_key_lets_in_by_header_and_by_query_and_is_never_logged()
    {
        await _platform.CallAsync("Resources/EntityServices", "CreateApplicationKey", ("name", "K"), ("user", "Administrator"));
        var key = (await _platform.CallAsync("ApplicationKeys/K", "GetKeyID")).ToString();
        (await SendAsync("GET", "/Thingworx/Things", null, authorization: "", edit: http => http.Request.Headers["AppKey"] = key)).Status.ShouldBe(200);
        (await SendAsync("GET", "/Thingworx/Things", null, authorization: "", edit: http => http.Request.QueryString = QueryString.Create("appKey", key))).Status.ShouldBe(200);
        (await SendAsync("GET", "/Thingworx/Things", null, authorization: "", edit: http => http.Request.Headers["appKey"] = key + "x")).Status.ShouldBe(401);
        _platform.Log.Lines.ShouldAllBe(line => !line.Contains(key, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_cannot_be_answered_in_the_wanted_form_is_not_run()
    {
        var (status, _, _) = await SendAsync("POST", "/Thingworx/Things/Pump/Services/DisableThing", "{}", edit: http => http.Request.Headers.Accept = "image/png");
        status.ShouldBe(406);
        _platform.Thing("Pump").IsRunning.ShouldBeTrue();
    }

    [Theory]
    [InlineData("text/xml", "<a/>", 406)]
    [InlineData("application/x-www-form-urlencoded", "description=by+form", 200)]
    [InlineData("multipart/form-data", "x", 406)]
    public async Task Arguments_come_as_JSON_or_as_a_form(string type, string body, int status) =>
        (await SendAsync("POST", "/Thingworx/Things/Pump/Services/SetDescription", body, edit: http => http.Request.ContentType = type)).Status.ShouldBe(status);

    [Fact]
    public async Task A_form_beyond_its_limits_is_a_bad_request()
    {
        var fields = string.Join('&', Enumerable.Range(0, 5000).Select(i => $"f{i}=1"));
        var (status, text, _) = await SendAsync("POST", "/Thingworx/Things/Pump/Services/SetDescription", fields, edit: http => http.Request.ContentType = "application/x-www-form-urlencoded");
        status.ShouldBe(400, text);
        (await SendAsync("POST", "/Thingworx/Importer", "x", edit: http => http.Request.ContentType = "multipart/form-data")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_check_of_a_file_reports_each_entity_as_JSON_to_whoever_accepts_it()
    {
        const string file = "<Entities><Things><Thing name=\"Pump\"/>\n<Thing name=\"Valve\"/>\n<Thing/></Things></Entities>";
        var (status, text, _) = await SendAsync("POST", "/Thingworx/Importer", file, edit: http => (http.Request.ContentType, http.Request.Headers.Accept, http.Request.QueryString) = ("text/xml", "application/json", new("?purpose=check")));
        status.ShouldBe(200, text);
        using var report = JsonDocument.Parse(text);
        var line = report.RootElement.GetProperty("lines").EnumerateArray().ShouldHaveSingleItem();
        (line.GetProperty("line").GetInt32(), line.GetProperty("type").GetString(), line.GetProperty("outcome").GetString()).ShouldBe((3, "Thing", "failed"));
        line.GetProperty("reason").GetString().ShouldBe("<Thing> has no name");
        (await SendAsync("POST", "/Thingworx/Importer", file, edit: http => (http.Request.ContentType, http.Request.QueryString) = ("text/xml", new("?purpose=destroy")))).Status.ShouldBe(400);
        (await SendAsync("GET", "/Thingworx/Things/Valve", null)).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_file_is_imported_as_the_body_and_its_faults_are_the_answer()
    {
        var (status, text, _) = await SendAsync("POST", "/Thingworx/Importer", "<Entities><Things><Thing name=\"Valve\"/></Things></Entities>", edit: http => http.Request.ContentType = "text/xml");
        (status, text).ShouldBe((200, "Thing [Valve] imported."));
        (status, text, _) = await SendAsync("POST", "/Thingworx/Importer", "<Entities><Things><Thing/></Things></Entities>", edit: http => http.Request.ContentType = "text/xml");
        status.ShouldBe(400);
        text.ShouldContain("Line 1");
    }

    [Fact]
    public async Task A_failure_of_the_server_itself_tells_the_caller_where_to_look_and_no_more()
    {
        _platform.Entities.Changed += _ => throw new InvalidCastException("inner workings");
        var (status, text, http) = await SendAsync("POST", "/Thingworx/Things/Pump/Services/SetDescription", """{"description":"x"}""");
        status.ShouldBe(500);
        text.ShouldContain(http.TraceIdentifier);
        text.ShouldNotContain("inner workings");
        _platform.Log.Lines.ShouldContain(line => line.Contains("inner workings", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_JSON_result_is_itself_the_answer_and_nothing_is_none()
    {
        var (_, metadata, _) = await SendAsync("POST", "/Thingworx/Things/Pump/Services/GetMetadataAsJSON", "{}");
        using var json = JsonDocument.Parse(metadata);
        json.RootElement.GetProperty("name").GetString().ShouldBe("Pump");
        var (_, nothing, _) = await SendAsync("POST", "/Thingworx/Things/Pump/Services/EnableThing", "{}");
        nothing.ShouldBe("");
    }

    private async Task<(int Status, string Text, HttpContext Http)> SendAsync(
        string method, string path, string? body, string? authorization = null, Action<HttpContext>? edit = null)
    {
        var answer = new MemoryStream();
        var http = new DefaultHttpContext { TraceIdentifier = "trace-7", Response = { Body = answer } };
        http.Request.Method = method;
        http.Request.Path = path;
        http.Request.Headers.Authorization = authorization ?? "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"Administrator:{TestPlatform.Password}"));
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        if (body is not null)
        {
            http.Request.ContentType = "application/json";
            http.Request.Body = new MemoryStream(Encoding.UTF8.GetBytes(body));
        }

        edit?.Invoke(http);
        await _platform.Get<ThingworxDoor>().ServeAsync(http);
        await http.Response.BodyWriter.FlushAsync();
        return (http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()), http);
    }
}
