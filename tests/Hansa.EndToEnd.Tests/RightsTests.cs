using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>What a user with ServiceInvoke on * and no design-time right can do: use the Thing, and change nothing about it.</summary>
public sealed class RightsTests(PairFixture fixture)
{
    // Everything that changes a Thing's definition, rights, publication or life cycle.
    private static readonly (string Service, JsonObject Parameters)[] Changes =
    [
        ("EnableThing", []), ("DisableThing", []), ("RestartThing", []),
        ("SetPublished", new() { ["publish"] = false }), ("SetIdentifier", new() { ["identifier"] = "x" }),
        ("SetDescription", new() { ["description"] = "x" }), ("SetTags", new() { ["tags"] = "A:B" }), ("SetDataShape", new() { ["name"] = "EntityList" }),
        ("AddPropertyDefinition", new() { ["name"] = "p", ["type"] = "NUMBER" }), ("RemovePropertyDefinition", new() { ["name"] = "v" }),
        ("AddServiceDefinition", new() { ["name"] = "s" }), ("AddScriptServiceDefinition", new() { ["name"] = "t", ["code"] = "result = 1;" }), ("RemoveServiceDefinition", new() { ["name"] = "s" }),
        ("AddRunTimePermission", new() { ["type"] = "ServiceInvoke", ["resource"] = "*", ["principal"] = "Users", ["principalType"] = "Group", ["allow"] = true }),
        ("DeleteRunTimePermission", new() { ["type"] = "ServiceInvoke", ["resource"] = "*", ["principal"] = "Users", ["principalType"] = "Group" }),
        ("AddDesignTimePermission", new() { ["type"] = "Update", ["principal"] = "Users", ["principalType"] = "Group", ["allow"] = true }),
        ("DeleteDesignTimePermission", new() { ["type"] = "Update", ["principal"] = "Users", ["principalType"] = "Group" }),
        ("AddVisibilityPermission", new() { ["principal"] = "Everyone", ["principalType"] = "Organization" }),
        ("DeleteVisibilityPermission", new() { ["principal"] = "Everyone", ["principalType"] = "Organization" }),
        ("SetConfigurationTable", new() { ["tableName"] = "Settings", ["configurationTable"] = Tables.Of([("dataShape", "STRING")]) }),
        ("SetMultiRowConfigurationTable", new() { ["tableName"] = "Settings", ["configurationTable"] = Tables.Of([("dataShape", "STRING")]) }),
        ("SetConfigurationTableRows", new() { ["tableName"] = "Settings", ["values"] = Tables.Of([("dataShape", "STRING")]) }),
        ("DeleteConfigurationTableRows", new() { ["tableName"] = "Settings", ["values"] = Tables.Of([("dataShape", "STRING")]) }),
        ("DeleteAllConfigurationTableRows", new() { ["tableName"] = "Settings" }),
        ("SetPersistenceProvider", new() { ["name"] = "x" }), ("SaveConfigurationTables", []),
    ];

    [Fact]
    public async Task By_REST_nothing_about_the_Thing_can_be_changed()
    {
        var (thing, user) = await OpenStreamAsync();
        var before = await DocumentAsync(fixture.Pair.B, thing);
        foreach (var (service, parameters) in Changes)
            (await user.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/{service}", parameters.DeepClone())).Status.ShouldBe(HttpStatusCode.Forbidden, service);
        (await user.TryAsync(HttpMethod.Delete, $"Things/{thing}")).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await user.TryAsync(HttpMethod.Post, $"Resources/EntityServices/Services/DeleteThing", new JsonObject { ["name"] = thing })).Status.ShouldBe(HttpStatusCode.NotFound);
        (await user.SendAsync(HttpMethod.Post, "Importer?purpose=import", new StringContent(
            $"""<Entities><Things><Thing name="{thing}" thingTemplate="Stream" published="false"/></Things></Entities>""", null, "text/xml"))).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await DocumentAsync(fixture.Pair.B, thing)).ShouldBe(before);
        await AddAsync(user, $"Things/{thing}");
    }

    [Fact]
    public async Task By_script_nothing_about_the_Thing_can_be_changed()
    {
        var (thing, user) = await OpenStreamAsync();
        var runner = fixture.Fresh("Runner");
        var b = fixture.Pair.B;
        await b.MakeThingAsync(runner, "GenericThing");
        await b.OpenAsync(runner);
        await b.CallAsync($"Things/{runner}", "AddScriptServiceDefinition", new()
        {
            ["name"] = "Try",
            ["parameters"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")],
                new JsonObject { ["name"] = "service", ["baseType"] = "STRING" }, new JsonObject { ["name"] = "parameters", ["baseType"] = "JSON" }),
            ["resultType"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")], new JsonObject { ["name"] = "result", ["baseType"] = "STRING" }),
            ["code"] = $"Things[\"{thing}\"][service](parameters); result = \"done\";",
        });
        var before = await DocumentAsync(b, thing);
        foreach (var (service, parameters) in Changes)
        {
            var (status, text) = await user.TryAsync(HttpMethod.Post, $"Things/{runner}/Services/Try", new JsonObject { ["service"] = service, ["parameters"] = parameters.DeepClone() });
            status.ShouldBe(HttpStatusCode.Forbidden, $"{service}: {text}");
        }

        (await DocumentAsync(b, thing)).ShouldBe(before);
    }

    [Fact]
    public async Task Over_the_link_nothing_about_the_Thing_can_be_changed()
    {
        // Publish As User has ServiceInvoke on *, and A's Administrator binds every change as a remote service of a RemoteThing.
        var (thing, _) = await OpenStreamAsync();
        var proxy = fixture.Fresh("Proxy");
        var a = fixture.Pair.A;
        await a.MakeThingAsync(proxy, "RemoteThing", identifier: $"{thing}@ServerA");
        await fixture.Pair.UntilBoundAsync(proxy);
        var before = await DocumentAsync(fixture.Pair.B, thing);
        foreach (var (service, parameters) in Changes)
        {
            await a.CallAsync($"Things/{proxy}", "AddServiceDefinition", new()
            {
                ["name"] = $"Remote{service}", ["remote"] = true, ["remoteServiceName"] = service,
                ["parameters"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")],
                    [.. parameters.Select(p => new JsonObject { ["name"] = p.Key, ["baseType"] = p.Value is JsonObject ? "INFOTABLE" : p.Value!.GetValueKind() == System.Text.Json.JsonValueKind.String ? "STRING" : "BOOLEAN" })]),
            });
            (await a.TryAsync(HttpMethod.Post, $"Things/{proxy}/Services/Remote{service}", parameters.DeepClone())).Status.ShouldBe(HttpStatusCode.NotFound, service);
        }

        (await DocumentAsync(fixture.Pair.B, thing)).ShouldBe(before);
    }

    [Fact]
    public async Task Deny_wins_and_what_is_said_of_one_service_counts_before_what_is_said_of_all()
    {
        var (thing, user) = await OpenStreamAsync();
        await fixture.Pair.B.CallAsync($"Things/{thing}", "AddRunTimePermission", new()
        {
            ["type"] = "ServiceInvoke", ["resource"] = "AddStreamEntry", ["principal"] = "Users", ["principalType"] = "Group", ["allow"] = false,
        });
        (await user.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/AddStreamEntry", new JsonObject { ["values"] = Tables.Of([("v", "NUMBER")]) })).Status.ShouldBe(HttpStatusCode.Forbidden);
        (await user.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/GetStreamEntryCount", new JsonObject())).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task What_is_hidden_answers_like_what_is_not_there()
    {
        var b = fixture.Pair.B;
        var (hidden, user) = (fixture.Fresh("Hidden"), await UserAsync());
        await b.MakeThingAsync(hidden, "GenericThing");
        foreach (var (method, path) in new[] { (HttpMethod.Get, ""), (HttpMethod.Get, "/Properties"), (HttpMethod.Post, "/Services/IsEnabled"), (HttpMethod.Get, "/Metadata"), (HttpMethod.Delete, "") })
        {
            var body = method == HttpMethod.Post ? new JsonObject() : null;
            var (status, text) = await user.TryAsync(method, $"Things/{hidden}{path}", body?.DeepClone());
            var (otherStatus, otherText) = await user.TryAsync(method, $"Things/{hidden}Not{path}", body?.DeepClone());
            status.ShouldBe(HttpStatusCode.NotFound);
            otherStatus.ShouldBe(status);
            otherText.ShouldBe(text.Replace(hidden, $"{hidden}Not", StringComparison.Ordinal));
        }

        (await user.TryAsync(HttpMethod.Get, "Things")).Text.ShouldNotContain(hidden);
    }

    [Fact]
    public async Task Secrets_are_in_no_answer()
    {
        var b = fixture.Pair.B;
        foreach (var path in new[] { "Subsystems/FederationSubsystem", "Users/publisher", "Users/Administrator", "Things" })
        {
            var (_, text) = await b.TryAsync(HttpMethod.Get, path);
            text.ShouldNotContain(fixture.Pair.Key);
            text.ShouldNotContain("passwordHash");
        }

        (await fixture.Pair.A.TryAsync(HttpMethod.Get, "ApplicationKeys/KeyForB")).Text.ShouldSatisfyAllConditions(
            text => text.ShouldNotContain("keyHash"), text => text.ShouldNotContain("protectedKey"), text => text.ShouldNotContain(fixture.Pair.Key));
        (await fixture.Pair.A.TryAsync(HttpMethod.Post, "ApplicationKeys/KeyForB/Services/GetKeyID", new JsonObject())).Status.ShouldBe(HttpStatusCode.Forbidden);
        fixture.Pair.ServerA.Output.ShouldNotContain(fixture.Pair.Key);
        fixture.Pair.ServerB.Output.ShouldNotContain(fixture.Pair.Key);
    }

    private static async Task<string> DocumentAsync(RestClient client, string thing) => (await client.TryAsync(HttpMethod.Get, $"Things/{thing}")).Text;

    private static Task AddAsync(RestClient client, string thing) =>
        client.CallAsync(thing, "AddStreamEntry", new() { ["values"] = Tables.Of([("v", "NUMBER")], new JsonObject { ["v"] = 1 }) });

    private async Task<(string Thing, RestClient User)> OpenStreamAsync()
    {
        var thing = fixture.Fresh("Open");
        await fixture.Pair.MakeStreamAsync(thing, ("v", "NUMBER"));
        return (thing, await UserAsync());
    }

    private async Task<RestClient> UserAsync()
    {
        var name = fixture.Fresh("user");
        await fixture.Pair.B.MakeUserAsync(name);
        return RestClient.Basic(fixture.Pair.ServerB.Address, name, "User-Password-1");
    }
}
