using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>The REST interface's habits (spec platform 5): statuses with texts that say what is wrong, forms, encodings.</summary>
public sealed class RestTests(PairFixture fixture)
{
    private RestClient B => fixture.Pair.B;

    [Theory]
    [InlineData("GET", "Things/NoSuchThing", 404, "NoSuchThing")]
    [InlineData("GET", "NoSuchCollection", 404, "NoSuchCollection")]
    [InlineData("GET", "Subsystems/PlatformSubsystem/NoSuchPart", 404, "NoSuchPart")]
    [InlineData("POST", "Subsystems/PlatformSubsystem/Services/NoSuchService", 404, "NoSuchService")]
    [InlineData("GET", "Subsystems/PlatformSubsystem/Services/GetThingCount", 405, "POST")]
    [InlineData("PUT", "Things", 405, "GET")]
    [InlineData("POST", "Resources/EntityServices/Services/CreateThing", 400, "name")]
    public async Task A_wrong_request_gets_its_status_and_a_text_that_names_what_is_wrong(string method, string path, int status, string named)
    {
        var (actual, text) = await B.TryAsync(new(method), path, method == "GET" ? null : new JsonObject());
        ((int)actual).ShouldBe(status, text);
        text.ShouldContain(named);
    }

    [Fact]
    public async Task Without_credentials_or_with_wrong_ones_the_answer_is_401()
    {
        using var nobody = new HttpClient { BaseAddress = fixture.Pair.ServerB.Address };
        var answer = await nobody.GetAsync(new Uri("/Thingworx/Things", UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        answer.Headers.WwwAuthenticate.ShouldHaveSingleItem().Scheme.ShouldBe("Basic");
        using var wrong = RestClient.Basic(fixture.Pair.ServerB.Address, "Administrator", "wrong");
        (await wrong.TryAsync(HttpMethod.Get, "Things")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        using var system = RestClient.Basic(fixture.Pair.ServerB.Address, "System", "");
        (await system.TryAsync(HttpMethod.Get, "Things")).Status.ShouldBe(HttpStatusCode.Unauthorized);
        (await nobody.GetAsync(new Uri("/Thingworx/health", UriKind.Relative))).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_table_is_served_as_JSON_XML_or_CSV()
    {
        var (_, json) = await B.TryAsync(HttpMethod.Get, "Resources", accept: "application/json");
        JsonNode.Parse(json)!["rows"]!.AsArray().Count.ShouldBeGreaterThan(2);
        var (_, xml) = await B.TryAsync(HttpMethod.Get, "Resources?Accept=text/xml");
        System.Xml.Linq.XDocument.Parse(xml).Root!.Descendants("Row").Count().ShouldBeGreaterThan(2);
        var (_, csv) = await B.TryAsync(HttpMethod.Get, "Resources", accept: "text/csv");
        csv.Split('\n')[0].ShouldStartWith("name,description");
        (await B.TryAsync(HttpMethod.Get, "Resources?Accept=image/png")).Status.ShouldBe(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task Parameters_may_come_as_a_form()
    {
        var name = fixture.Fresh("ByForm");
        var (status, text) = await B.SendAsync(HttpMethod.Post, "Resources/EntityServices/Services/CreateThing", new FormUrlEncodedContent(
            new Dictionary<string, string> { ["name"] = name, ["thingTemplateName"] = "GenericThing", ["description"] = "a & b" }));
        status.ShouldBe(HttpStatusCode.OK, text);
        (await B.TryAsync(HttpMethod.Get, $"Things/{name}")).Text.ShouldContain("a & b");
        var content = new ByteArrayContent([1, 2, 3]);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        (await B.SendAsync(HttpMethod.Post, "Resources/EntityServices/Services/CreateThing", content)).Status.ShouldBe(HttpStatusCode.NotAcceptable);
    }

    [Fact]
    public async Task The_flow_of_an_agent_that_makes_its_own_Thing_works()
    {
        var name = fixture.Fresh("Agent Thing");
        (await B.TryAsync(HttpMethod.Get, $"Things/{name}")).Status.ShouldBe(HttpStatusCode.NotFound);
        await B.CallAsync("Resources/EntityServices", "CreateThing", new() { ["name"] = name, ["thingTemplateName"] = "GenericThing" });
        (await B.TryAsync(HttpMethod.Get, $"Things/{name}/Properties")).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(HttpStatusCode.ServiceUnavailable), answer => answer.Text.ShouldBe($"Thing [{name}] is not running."));
        await B.CallAsync($"Things/{name}", "EnableThing");
        await B.CallAsync($"Things/{name}", "RestartThing");
        await B.CallAsync($"Things/{name}", "AddPropertyDefinition", new() { ["name"] = "Temperature", ["type"] = "NUMBER", ["persistent"] = true });
        await B.WriteAsync(name, "Temperature", 12.5);
        (await B.ReadAsync(name, "Temperature"))!.GetValue<double>().ShouldBe(12.5);
        (await B.TryAsync(HttpMethod.Put, $"Things/{name}/Properties/Temperature", new JsonObject { ["Temperature"] = "warm" })).ShouldSatisfyAllConditions(
            answer => answer.Status.ShouldBe(HttpStatusCode.BadRequest), answer => answer.Text.ShouldContain("Temperature"));
        (await B.TryAsync(HttpMethod.Put, $"Things/{name}/Properties/name", new JsonObject { ["name"] = "other" })).Status.ShouldBe(HttpStatusCode.MethodNotAllowed);
        await B.CallAsync($"Things/{name}", "UpdatePropertyValues", new()
        {
            ["values"] = Tables.Of([("name", "STRING"), ("value", "VARIANT"), ("time", "DATETIME"), ("quality", "STRING")],
                new JsonObject { ["name"] = "Temperature", ["value"] = 13.5, ["time"] = 1000, ["quality"] = "BAD" }),
        });
        (await B.CallAsync($"Things/{name}", "GetPropertyQuality", new() { ["propertyName"] = "Temperature" }))!.GetValue<string>().ShouldBe("BAD");
        (await B.TryAsync(HttpMethod.Post, "Resources/EntityServices/Services/CreateThing", new JsonObject { ["name"] = name })).Status.ShouldBe(HttpStatusCode.Conflict);
        (await B.TryAsync(HttpMethod.Delete, $"Things/{name}")).Status.ShouldBe(HttpStatusCode.OK);
        (await B.TryAsync(HttpMethod.Get, $"Things/{name}")).Status.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_import_with_a_fault_changes_nothing_and_names_every_fault()
    {
        var (good, bad) = (fixture.Fresh("Good"), fixture.Fresh("Bad"));
        var (status, text) = await B.ImportAsync($"""
            <Entities><Things>
              <Thing name="{good}" thingTemplate="GenericThing"/>
              <Thing name="{bad}" thingTemplate="NoSuchTemplate"/>
              <Thing name="{bad}2" thingTemplate="GenericThing"><ThingShape><PropertyDefinitions><PropertyDefinition name="p" baseType="NOSUCHTYPE"/></PropertyDefinitions></ThingShape></Thing>
            </Things></Entities>
            """);
        status.ShouldBe(HttpStatusCode.BadRequest);
        text.ShouldContain("NOSUCHTYPE");
        (await B.TryAsync(HttpMethod.Get, $"Things/{good}")).Status.ShouldBe(HttpStatusCode.NotFound);
        (await B.ImportAsync("this is no XML")).Status.ShouldBe(HttpStatusCode.BadRequest);
        (await B.ImportAsync("""<!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]><Entities>&e;</Entities>""")).Status.ShouldBe(HttpStatusCode.BadRequest);
    }

    [Fact]
    public async Task The_OpenAPI_document_tells_what_the_caller_can_see()
    {
        var document = JsonNode.Parse((await B.TryAsync(HttpMethod.Get, "openapi.json")).Text)!;
        document["openapi"]!.GetValue<string>().ShouldStartWith("3.1");
        var paths = document["paths"]!.AsObject().Select(path => path.Key).ToList();
        paths.ShouldContain("/Resources/EntityServices/Services/CreateThing");
        paths.ShouldContain("/Subsystems/FederationSubsystem/Services/GetSubscriberStatus");
        var user = fixture.Fresh("reader");
        await B.MakeUserAsync(user);
        using var reader = RestClient.Basic(fixture.Pair.ServerB.Address, user, "User-Password-1");
        var seen = JsonNode.Parse((await reader.TryAsync(HttpMethod.Get, "openapi.json")).Text)!["paths"]!.AsObject().Select(path => path.Key);
        seen.ShouldNotContain("/Resources/EntityServices/Services/CreateThing");
        seen.ShouldContain("/Resources/CurrentSessionInfo/Services/GetCurrentUser");
    }

    [Fact]
    public async Task A_plain_port_answers_a_TLS_hello_at_once()
    {
        using var socket = new System.Net.Sockets.TcpClient();
        await socket.ConnectAsync(fixture.Pair.ServerB.Address.Host, fixture.Pair.ServerB.Address.Port);
        var stream = socket.GetStream();
        await stream.WriteAsync(new byte[] { 0x16, 0x03, 0x01, 0x02, 0x00 });
        var buffer = new byte[256];
        var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(2));
        System.Text.Encoding.ASCII.GetString(buffer, 0, read).ShouldStartWith("HTTP/1.1 400");
    }
}
