using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>A RemoteThing on A whose properties, services and events are those of a published Thing on B (spec platform 1.8, 1.9).</summary>
public sealed class RemoteThingTests(PairFixture fixture)
{
    private RestClient A => fixture.Pair.A;

    private RestClient B => fixture.Pair.B;

    [Fact]
    public async Task A_bound_property_begins_with_the_value_on_B_and_follows_it()
    {
        var (source, proxy) = await PairAsync(("speed", "NUMBER"), ("label", "STRING"), ("where", "LOCATION"), ("rows", "INFOTABLE"), ("at", "DATETIME"), ("big", "LONG"));
        await B.WriteAsync(source, "speed", 12.5);
        await BindAllAsync(proxy, ("speed", "NUMBER"), ("label", "STRING"), ("where", "LOCATION"), ("rows", "INFOTABLE"), ("at", "DATETIME"), ("big", "LONG"));
        await UntilAsync(proxy, "speed", "12.5");
        await B.WriteAsync(source, "label", "é😀");
        await B.WriteAsync(source, "where", JsonNode.Parse("""{"latitude":1,"longitude":2,"elevation":3}"""));
        await B.WriteAsync(source, "rows", Tables.Of([("x", "NUMBER")], new JsonObject { ["x"] = 7 }));
        await B.WriteAsync(source, "at", 1_700_000_000_123);
        await B.WriteAsync(source, "big", 9_007_199_254_740_993);
        await Tables.UntilAsync(async () => (await A.ReadAsync(proxy, "label"))?.GetValue<string>() == "é😀", "the label");
        await Tables.UntilAsync(async () => (await A.ReadAsync(proxy, "where"))?["longitude"]?.GetValue<double>() == 2, "the place");
        await Tables.UntilAsync(async () => (await A.ReadAsync(proxy, "rows"))?["rows"]?[0]?["x"]?.GetValue<double>() == 7, "the table");
        await UntilAsync(proxy, "at", "1700000000123");
        await UntilAsync(proxy, "big", "9007199254740993");
        // Time and quality are those of B.
        await B.CallAsync($"Things/{source}", "UpdatePropertyValues", new() { ["values"] = Vtq(("speed", 3, 5000, "BAD")) });
        await UntilAsync(proxy, "speed", "3");
        var row = (await A.CallAsync($"Things/{proxy}", "GetNamedPropertyValuesVTQ", new() { ["propertyNames"] = Tables.Of([("name", "STRING")], new JsonObject { ["name"] = "speed" }) }))![0]!;
        row["time"]!.GetValue<long>().ShouldBe(5000);
        row["quality"]!.GetValue<string>().ShouldBe("BAD");
    }

    [Fact]
    public async Task A_write_on_A_goes_to_B_and_the_value_on_A_changes_when_B_says_so()
    {
        var (source, proxy) = await PairAsync(("speed", "NUMBER"), ("quiet", "NUMBER"), ("low", "NUMBER"));
        await BindAllAsync(proxy, ("speed", "NUMBER"));
        await A.CallAsync($"Things/{proxy}", "AddPropertyDefinition", new() { ["name"] = "quiet", ["type"] = "NUMBER", ["remote"] = true, ["pushType"] = "NEVER" });
        await A.CallAsync($"Things/{proxy}", "AddPropertyDefinition", new() { ["name"] = "own", ["type"] = "NUMBER" });
        await A.WriteAsync(proxy, "speed", 7);
        (await B.ReadAsync(source, "speed"))!.GetValue<double>().ShouldBe(7, "B answers before A does");
        await UntilAsync(proxy, "speed", "7");
        await A.WriteAsync(proxy, "quiet", 9);
        (await B.ReadAsync(source, "quiet"))!.GetValue<double>().ShouldBe(9);
        (await A.ReadAsync(proxy, "quiet")).ShouldBeNull("B never says so");
        // Several at once, with one of A's own among them.
        await A.CallAsync($"Things/{proxy}", "SetPropertyValues", new()
        {
            ["values"] = Tables.Of([("speed", "NUMBER"), ("quiet", "NUMBER"), ("own", "NUMBER")], new JsonObject { ["speed"] = 1, ["quiet"] = 2, ["own"] = 3 }),
        });
        (await B.ReadAsync(source, "quiet"))!.GetValue<double>().ShouldBe(2);
        (await A.ReadAsync(proxy, "own"))!.GetValue<double>().ShouldBe(3);
        await UntilAsync(proxy, "speed", "1");
        // What A refuses of its own is refused before anything goes to B.
        var (mixed, reason) = await A.TryAsync(HttpMethod.Post, $"Things/{proxy}/Services/SetPropertyValues", new JsonObject
        {
            ["values"] = Tables.Of([("speed", "NUMBER"), ("own", "STRING")], new JsonObject { ["speed"] = 55, ["own"] = "text" }),
        });
        (mixed, reason.Contains("own", StringComparison.Ordinal)).ShouldBe((HttpStatusCode.BadRequest, true), reason);
        (await B.ReadAsync(source, "speed"))!.GetValue<double>().ShouldBe(1);
        // What B refuses is refused on A, and nothing changes.
        var (status, text) = await A.TryAsync(HttpMethod.Put, $"Things/{proxy}/Properties/speed", new JsonObject { ["speed"] = "fast" });
        status.ShouldBe(HttpStatusCode.BadRequest, text);
        await B.CallAsync($"Things/{source}", "AddRunTimePermission", new() { ["type"] = "PropertyWrite", ["resource"] = "speed", ["principal"] = "Users", ["principalType"] = "Group", ["allow"] = false });
        (status, text) = await A.TryAsync(HttpMethod.Put, $"Things/{proxy}/Properties/speed", new JsonObject { ["speed"] = 99 });
        status.ShouldBe(HttpStatusCode.Forbidden, text);
        text.ShouldContain("speed");
        (await A.ReadAsync(proxy, "speed"))!.GetValue<double>().ShouldBe(1);
    }

    [Fact]
    public async Task Typed_getters_ask_the_other_end_where_the_binding_does_and_named_properties_ask_for_no_others()
    {
        var (source, proxy) = await PairAsync(("live", "NUMBER"));
        await BindAsync(proxy, "live", "NUMBER", ("pushType", "NEVER"), ("remoteBindingAspects", new JsonObject { ["cacheTime"] = -1 }));
        await A.CallAsync($"Things/{proxy}", "AddPropertyDefinition", new() { ["name"] = "own", ["type"] = "NUMBER", ["defaultValue"] = "3" });
        await B.WriteAsync(source, "live", 41);
        (await A.CallAsync($"Things/{proxy}", "GetNumberPropertyValue", new() { ["propertyName"] = "live" }))!.GetValue<double>().ShouldBe(41);
        (await A.CallAsync($"Things/{proxy}", "GetPropertyQuality", new() { ["propertyName"] = "live" }))!.GetValue<string>().ShouldBe("GOOD");
        await B.CallAsync($"Things/{source}", "SetPublished", new() { ["publish"] = false });
        await fixture.Pair.UntilBoundAsync(proxy, isBound: false);
        (await A.CallAsync($"Things/{proxy}", "GetNamedProperties", new() { ["propertyNames"] = new JsonArray("own") }))![0]!["own"]!.GetValue<double>().ShouldBe(3);
        var (status, _) = await A.TryAsync(HttpMethod.Post, $"Things/{proxy}/Services/GetNumberPropertyValue", new JsonObject { ["propertyName"] = "live" });
        status.ShouldBe(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Push_types_and_thresholds_decide_what_comes()
    {
        var (source, proxy) = await PairAsync(("v", "NUMBER"), ("d", "NUMBER"), ("all", "NUMBER"), ("on", "BOOLEAN"), ("off", "BOOLEAN"), ("end", "NUMBER"));
        await BindAsync(proxy, "v", "NUMBER", ("pushType", "VALUE"), ("pushThreshold", 1.5), ("dataChangeType", "ALWAYS"));
        await BindAsync(proxy, "d", "NUMBER", ("pushType", "DEADBAND"), ("pushThreshold", 1.5), ("dataChangeType", "ALWAYS"));
        await BindAsync(proxy, "all", "NUMBER", ("pushType", "ALWAYS"), ("dataChangeType", "ALWAYS"));
        await BindAsync(proxy, "on", "BOOLEAN", ("pushType", "ON"), ("dataChangeType", "ALWAYS"));
        await BindAsync(proxy, "off", "BOOLEAN", ("pushType", "OFF"), ("dataChangeType", "ALWAYS"));
        await BindAsync(proxy, "end", "NUMBER");
        var watcher = await WatchAsync(proxy, "v", "d", "all", "on", "off");
        await B.WriteAsync(source, "end", 1);
        await UntilAsync(proxy, "end", "1");
        foreach (var value in new[] { -1, -1, 0, 0, 1, 1, 2, 2, 3, 3, 4 })
        {
            await B.WriteAsync(source, "v", value);
            await B.WriteAsync(source, "d", value);
        }

        foreach (var value in new[] { 5, 5, 6 })
            await B.WriteAsync(source, "all", value);
        foreach (var value in new[] { true, true, false, true })
        {
            await B.WriteAsync(source, "on", value);
            await B.WriteAsync(source, "off", value);
        }

        await B.WriteAsync(source, "end", 2);
        await UntilAsync(proxy, "end", "2");
        await Tables.UntilAsync(async () => (await SeenAsync(watcher, "all")).Length == 3, "all of all");
        (await SeenAsync(watcher, "d")).ShouldBe(["-1", "1", "3"], "a dead band counts from what was pushed last (spec alwayson 5.4)");
        (await SeenAsync(watcher, "v")).ShouldBe(["-1"], "VALUE counts from what was set before");
        (await SeenAsync(watcher, "all")).ShouldBe(["5", "5", "6"]);
        (await SeenAsync(watcher, "on")).ShouldBe(["true", "true"]);
        (await SeenAsync(watcher, "off")).ShouldBe(["false"]);
    }

    [Fact]
    public async Task A_folded_property_tells_the_newest_value_only_and_others_each_one()
    {
        var (source, proxy) = await PairAsync(("each", "NUMBER"), ("folded", "NUMBER"));
        await BindAsync(proxy, "each", "NUMBER", ("pushType", "ALWAYS"), ("dataChangeType", "ALWAYS"));
        await A.CallAsync($"Things/{proxy}", "AddPropertyDefinition", new() { ["name"] = "folded", ["type"] = "NUMBER", ["dataChangeType"] = "ALWAYS" });
        await A.CallAsync($"Things/{proxy}", "SetRemotePropertyBinding", new() { ["propertyName"] = "folded", ["pushType"] = "ALWAYS", ["foldType"] = "FOLD" });
        var watcher = await WatchAsync(proxy, "each", "folded");
        await B.CallAsync($"Things/{source}", "UpdatePropertyValues", new() { ["values"] = Vtq(("each", 0, 1, "GOOD"), ("folded", 0, 1, "GOOD")) });
        await UntilAsync(proxy, "folded", "0");
        // One write of two hundred values: all of them wait together.
        await B.CallAsync($"Things/{source}", "UpdatePropertyValues", new()
        {
            ["values"] = Vtq([.. Enumerable.Range(1, 100).SelectMany(i => new[] { ("each", i, (long)i, "GOOD"), ("folded", i, (long)i, "GOOD") })]),
        });
        await UntilAsync(proxy, "folded", "100");
        await Tables.UntilAsync(async () => (await SeenAsync(watcher, "each")).Length >= 101, "each value");
        (await SeenAsync(watcher, "each")).TakeLast(100).ShouldBe(Enumerable.Range(1, 100).Select(i => $"{i}"));
        (await SeenAsync(watcher, "folded")).Length.ShouldBeLessThan(10);
        (await SeenAsync(watcher, "folded"))[^1].ShouldBe("100");
    }

    [Fact]
    public async Task The_cache_time_says_when_a_value_is_read_anew()
    {
        var (source, proxy) = await PairAsync(("always", "NUMBER"), ("briefly", "NUMBER"), ("start", "NUMBER"));
        await B.WriteAsync(source, "start", 4);
        await A.CallAsync($"Things/{proxy}", "AddPropertyDefinition", new()
        {
            ["name"] = "always", ["type"] = "NUMBER", ["remote"] = true, ["pushType"] = "NEVER", ["remoteBindingAspects"] = new JsonObject { ["cacheTime"] = -1 },
        });
        await A.CallAsync($"Things/{proxy}", "AddPropertyDefinition", new() { ["name"] = "briefly", ["type"] = "NUMBER" });
        await A.CallAsync($"Things/{proxy}", "SetRemotePropertyBinding", new() { ["propertyName"] = "briefly", ["pushType"] = "NEVER", ["cacheTime"] = 60_000 });
        for (var i = 1; i <= 3; i++)
        {
            await B.WriteAsync(source, "always", i);
            await B.WriteAsync(source, "briefly", i);
            (await A.ReadAsync(proxy, "always"))!.GetValue<double>().ShouldBe(i);
            (await A.ReadAsync(proxy, "briefly"))!.GetValue<double>().ShouldBe(1, "it was read less than a minute ago");
        }

        (await A.CallAsync($"Things/{proxy}", "GetPropertyValues"))![0]!["always"]!.GetValue<double>().ShouldBe(3);
        // The start value is read when the Thing is bound, whatever is pushed later.
        var late = fixture.Fresh("Late");
        await A.MakeThingAsync(late, "RemoteThing");
        await A.CallAsync($"Things/{late}", "AddPropertyDefinition", new()
        {
            ["name"] = "start", ["type"] = "NUMBER", ["remote"] = true, ["pushType"] = "NEVER", ["remoteBindingAspects"] = new JsonObject { ["startType"] = "readEdgeValue" },
        });
        await A.CallAsync($"Things/{late}", "SetIdentifier", new() { ["identifier"] = $"{source}@ServerA" });
        await UntilAsync(late, "start", "4");
    }

    [Fact]
    public async Task Services_of_B_run_there_and_their_failures_come_back()
    {
        var (source, proxy) = await PairAsync(("n", "NUMBER"));
        await B.CallAsync($"Things/{source}", "AddScriptServiceDefinition", Service("Twice", "if (x > 100) throw new Error('too much'); var result = x * 2;"));
        var definition = Service("Double", "");
        (definition["remote"], definition["remoteServiceName"]) = (true, "Twice");
        await A.CallAsync($"Things/{proxy}", "AddServiceDefinition", definition);
        (await A.CallAsync($"Things/{proxy}", "Double", new() { ["x"] = 21 }))!.GetValue<double>().ShouldBe(42);
        var (status, text) = await A.TryAsync(HttpMethod.Post, $"Things/{proxy}/Services/Double", new JsonObject { ["x"] = 101 });
        status.ShouldBe(HttpStatusCode.InternalServerError);
        text.ShouldContain("too much");
        // Bound elsewhere, and back.
        await A.CallAsync($"Things/{proxy}", "SetRemoteServiceBinding", new() { ["serviceName"] = "Double", ["sourceServiceName"] = "NoSuch", ["timeout"] = 5 });
        (await A.CallAsync($"Things/{proxy}", "GetRemoteServiceBinding", new() { ["serviceName"] = "Double" }))![0]!["sourceName"]!.GetValue<string>().ShouldBe("NoSuch");
        (status, text) = await A.TryAsync(HttpMethod.Post, $"Things/{proxy}/Services/Double", new JsonObject { ["x"] = 1 });
        status.ShouldBe(HttpStatusCode.NotFound, text);
        var metadata = await A.CallAsync($"Things/{proxy}", "GetRemoteMetadata");
        metadata!["serviceDefinitions"]!.AsObject().ContainsKey("Twice").ShouldBeTrue();
        metadata["serviceDefinitions"]!.AsObject().ContainsKey("SetPublished").ShouldBeFalse("it is local only");
        metadata["propertyDefinitions"]!.AsObject().ContainsKey("n").ShouldBeTrue();
    }

    [Fact]
    public async Task An_event_on_B_fires_the_one_bound_to_it_on_A_with_its_data_and_time()
    {
        var (source, proxy) = await PairAsync(("n", "NUMBER"));
        var shape = fixture.Fresh("HeatData");
        foreach (var client in new[] { A, B })
            await client.MakeShapeAsync(shape, ("degrees", "NUMBER"));
        await B.CallAsync($"Things/{source}", "AddEventDefinition", new() { ["name"] = "Overheated", ["dataShape"] = shape });
        await A.CallAsync($"Things/{proxy}", "AddEventDefinition", new() { ["name"] = "Hot", ["dataShape"] = shape, ["remote"] = true, ["remoteEventName"] = "Overheated" });
        await B.CallAsync($"Things/{source}", "AddScriptServiceDefinition", Service("Heat", "me.Overheated({degrees: x}); var result = x;"));
        var watcher = fixture.Fresh("Watcher");
        await ImportWatcherAsync(watcher, Subscription(proxy, "Hot", "", "me.Note({text: 'Hot ' + eventData.degrees});"));
        await Tables.UntilAsync(async () =>
        {
            await B.CallAsync($"Things/{source}", "Heat", new() { ["x"] = 1 });
            return (await LinesAsync(watcher)).Length > 0;
        }, "the first event to arrive");
        for (var i = 2; i <= 50; i++)
            await B.CallAsync($"Things/{source}", "Heat", new() { ["x"] = i });
        await Tables.UntilAsync(async () => (await LinesAsync(watcher)).Contains("Hot 50"), "the last event");
        await Tables.UntilAsync(async () => !Enumerable.Range(2, 49).Select(i => $"Hot {i}").Except(await LinesAsync(watcher)).Any(), "every event");
        (await LinesAsync(watcher)).Count(line => line != "Hot 1").ShouldBe(49, "each once");
        (await A.CallAsync($"Things/{proxy}", "GetEventSubscriptions"))![0]!["edgeName"]!.GetValue<string>().ShouldBe("Overheated");
    }

    [Fact]
    public async Task What_the_publishing_user_may_not_read_is_not_told()
    {
        var (source, proxy) = await PairAsync(("open", "NUMBER"), ("secret", "NUMBER"));
        await B.CallAsync($"Things/{source}", "AddRunTimePermission", new() { ["type"] = "PropertyRead", ["resource"] = "secret", ["principal"] = "publisher", ["principalType"] = "User", ["allow"] = false });
        await BindAllAsync(proxy, ("open", "NUMBER"), ("secret", "NUMBER"));
        await B.CallAsync($"Things/{source}", "SetPropertyValues", new() { ["values"] = Tables.Of([("open", "NUMBER"), ("secret", "NUMBER")], new JsonObject { ["secret"] = 1, ["open"] = 2 }) });
        await UntilAsync(proxy, "open", "2");
        (await A.ReadAsync(proxy, "secret")).ShouldBeNull();
        // A right that is lost counts from the next value on.
        await B.CallAsync($"Things/{source}", "AddRunTimePermission", new() { ["type"] = "PropertyRead", ["resource"] = "open", ["principal"] = "publisher", ["principalType"] = "User", ["allow"] = false });
        await B.CallAsync($"Things/{source}", "AddRunTimePermission", new() { ["type"] = "PropertyRead", ["resource"] = "secret", ["principal"] = "publisher", ["principalType"] = "User", ["allow"] = true });
        await B.CallAsync($"Things/{source}", "SetPropertyValues", new() { ["values"] = Tables.Of([("open", "NUMBER"), ("secret", "NUMBER")], new JsonObject { ["open"] = 3, ["secret"] = 4 }) });
        await UntilAsync(proxy, "secret", "4");
        (await A.ReadAsync(proxy, "open"))!.GetValue<double>().ShouldBe(2);
    }

    [Fact]
    public async Task A_change_of_bindings_counts_at_once_and_an_end_of_them_too()
    {
        var (source, proxy) = await PairAsync(("a", "NUMBER"), ("b", "NUMBER"));
        await BindAllAsync(proxy, ("p", "NUMBER"));
        await A.CallAsync($"Things/{proxy}", "SetRemotePropertyBinding", new() { ["propertyName"] = "p", ["sourcePropertyName"] = "a" });
        await B.WriteAsync(source, "a", 1);
        await B.WriteAsync(source, "b", 2);
        await UntilAsync(proxy, "p", "1");
        await A.CallAsync($"Things/{proxy}", "SetRemotePropertyBinding", new() { ["propertyName"] = "p", ["sourcePropertyName"] = "b", ["pushType"] = "ALWAYS" });
        await UntilAsync(proxy, "p", "2");
        var binding = (await A.CallAsync($"Things/{proxy}", "GetRemotePropertyBinding", new() { ["propertyName"] = "p" }))![0]!;
        binding["sourceName"]!.GetValue<string>().ShouldBe("b");
        binding["pushType"]!.GetValue<string>().ShouldBe("ALWAYS");
        await A.CallAsync($"Things/{proxy}", "RemoveRemotePropertyBinding", new() { ["propertyName"] = "p" });
        await A.WriteAsync(proxy, "p", 50);
        (await A.ReadAsync(proxy, "p"))!.GetValue<double>().ShouldBe(50, "it is A's own again");
        (await B.ReadAsync(source, "b"))!.GetValue<double>().ShouldBe(2);
    }

    [Fact]
    public async Task Bindings_that_cannot_be_are_refused_by_name()
    {
        var (_, proxy) = await PairAsync(("n", "NUMBER"));
        await A.CallAsync($"Things/{proxy}", "AddPropertyDefinition", new() { ["name"] = "p", ["type"] = "NUMBER" });
        var plain = fixture.Fresh("Plain");
        await A.MakeThingAsync(plain, "GenericThing");
        await A.CallAsync($"Things/{plain}", "AddPropertyDefinition", new() { ["name"] = "p", ["type"] = "NUMBER" });
        foreach (var (thing, arguments, word) in new (string, JsonObject, string)[]
        {
            (proxy, new() { ["propertyName"] = "nothing" }, "nothing"),
            (proxy, new() { ["propertyName"] = "isConnected" }, "isConnected"),
            (proxy, new() { ["propertyName"] = "p", ["pushType"] = "SOMETIMES" }, "SOMETIMES"),
            (proxy, new() { ["propertyName"] = "p", ["foldType"] = "CREASE" }, "CREASE"),
            (proxy, new() { ["propertyName"] = "p", ["pushThreshold"] = -1 }, "pushThreshold"),
            (proxy, new() { ["propertyName"] = "p", ["cacheTime"] = -2 }, "cacheTime"),
            (proxy, new() { ["propertyName"] = "p", ["timeout"] = -1 }, "timeout"),
            (proxy, new() { ["propertyName"] = "p", ["aspects"] = new JsonObject { ["startType"] = "soon" } }, "soon"),
            (plain, new() { ["propertyName"] = "p" }, "RemoteThing"),
        })
        {
            var (status, text) = await A.TryAsync(HttpMethod.Post, $"Things/{thing}/Services/SetRemotePropertyBinding", arguments);
            ((int)status).ShouldBeInRange(400, 404, text);
            text.ShouldContain(word);
        }
    }

    [Fact]
    public async Task How_the_Thing_on_B_reports_is_bound_like_any_property()
    {
        var device = fixture.Fresh("Device");
        await B.MakeThingAsync(device, "RemoteThing", published: true);
        await B.OpenAsync(device);
        var proxy = fixture.Fresh("RemoteDevice");
        await A.MakeThingAsync(proxy, "RemoteThing", identifier: $"{device}@ServerB");
        await fixture.Pair.UntilBoundAsync(proxy);
        await Tables.UntilAsync(async () => (await A.ReadAsync(proxy, "isReporting"))!.GetValue<bool>(), "isReporting to follow the connection");
        await A.CallAsync($"Things/{proxy}", "SetRemotePropertyBinding", new() { ["propertyName"] = "isReporting" });
        (await A.CallAsync($"Things/{proxy}", "GetReportingStrategy"))!.GetValue<string>().ShouldBe("NoOpStrategy");
        await Tables.UntilAsync(async () => !(await A.ReadAsync(proxy, "isReporting"))!.GetValue<bool>(), "isReporting to be that of the device on B, which is not connected");
        (await A.ReadAsync(proxy, "isConnected"))!.GetValue<bool>().ShouldBeTrue("the server is");
        await A.CallAsync($"Things/{proxy}", "EvaluateReporting");
        (await A.ReadAsync(proxy, "isReporting"))!.GetValue<bool>().ShouldBeFalse();
    }

    [Fact]
    public async Task Two_servers_that_bind_the_same_property_to_each_other_are_told_of_the_circle()
    {
        await using var pair = await FederatedPair.StartAsync();
        // A publishes back to B.
        await pair.B.MakeUserAsync("serverA");
        var key = await pair.B.MakeKeyAsync("KeyForA", "serverA");
        await pair.A.MakeUserAsync("publisher");
        var row = pair.Row();
        (row["name"], row["serverURI"], row["applicationKey"]) = ("ServerB", pair.ServerB.ServerUri, key);
        await pair.A.CallAsync("Subsystems/FederationSubsystem", "SetConfigurationTable", new()
        {
            ["tableName"] = "FederationSubscribers",
            ["configurationTable"] = Tables.Of([.. row.Select(cell => (cell.Key, cell.Key switch { "enabled" => "BOOLEAN", "pipeCount" or "reconnectInterval" => "INTEGER", "requestTimeout" => "NUMBER", _ => "STRING" }))], row),
        });
        foreach (var (client, other) in new[] { (pair.A, "ServerB"), (pair.B, "ServerA") })
        {
            await client.MakeThingAsync("Mirror", "RemoteThing", identifier: $"Mirror@{other}", published: true);
            await client.OpenAsync("Mirror");
            await client.CallAsync("Things/Mirror", "AddPropertyDefinition", new() { ["name"] = "p", ["type"] = "NUMBER", ["remote"] = true });
        }

        await Tables.UntilAsync(async () => (await pair.A.ReadAsync("Mirror", "isConnected"))!.GetValue<bool>() && (await pair.B.ReadAsync("Mirror", "isConnected"))!.GetValue<bool>(), "both to be bound");
        var (status, text) = await pair.A.TryAsync(HttpMethod.Put, "Things/Mirror/Properties/p", new JsonObject { ["p"] = 1 });
        status.ShouldBe(HttpStatusCode.BadGateway, text);
        text.ShouldContain("circle");
    }

    [Fact]
    public async Task When_the_link_is_gone_a_write_is_refused_and_when_it_is_back_the_values_are_those_of_B()
    {
        await using var pair = await FederatedPair.StartAsync();
        await pair.B.MakeThingAsync("Machine", "GenericThing", published: true);
        await pair.B.CallAsync("Things/Machine", "AddPropertyDefinition", new() { ["name"] = "p", ["type"] = "NUMBER", ["persistent"] = true });
        await pair.B.OpenAsync("Machine");
        await pair.A.MakeThingAsync("Proxy", "RemoteThing", identifier: "Machine@ServerB");
        await pair.A.CallAsync("Things/Proxy", "AddPropertyDefinition", new() { ["name"] = "p", ["type"] = "NUMBER", ["remote"] = true });
        await pair.B.WriteAsync("Machine", "p", 1);
        await Tables.UntilAsync(async () => (await pair.A.ReadAsync("Proxy", "p"))?.GetValue<double>() == 1, "the first value");
        await pair.ServerB.StopAsync();
        await pair.UntilBoundAsync("Proxy", isBound: false);
        var (status, text) = await pair.A.TryAsync(HttpMethod.Put, "Things/Proxy/Properties/p", new JsonObject { ["p"] = 5 });
        status.ShouldBe(HttpStatusCode.ServiceUnavailable, text);
        (await pair.A.ReadAsync("Proxy", "p"))!.GetValue<double>().ShouldBe(1);
        await pair.ServerB.StartAsync();
        await pair.B.WriteAsync("Machine", "p", 2);
        await Tables.UntilAsync(async () => (await pair.A.ReadAsync("Proxy", "p"))?.GetValue<double>() == 2, "the value after B's restart");
        await pair.ServerA.StopAsync();
        await pair.ServerA.StartAsync();
        await Tables.UntilAsync(async () => (await pair.A.ReadAsync("Proxy", "p"))?.GetValue<double>() == 2, "the value after A's restart");
        await pair.B.WriteAsync("Machine", "p", 3);
        await Tables.UntilAsync(async () => (await pair.A.ReadAsync("Proxy", "p"))?.GetValue<double>() == 3, "the next value");
    }

    private async Task<(string Source, string Proxy)> PairAsync(params (string Name, string Type)[] properties)
    {
        var source = fixture.Fresh("Machine");
        await B.MakeThingAsync(source, "GenericThing", published: true);
        foreach (var (name, type) in properties)
            await B.CallAsync($"Things/{source}", "AddPropertyDefinition", new() { ["name"] = name, ["type"] = type });
        await B.OpenAsync(source);
        await A.MakeThingAsync($"Remote{source}", "RemoteThing", identifier: $"{source}@ServerB");
        await A.OpenAsync($"Remote{source}");
        await fixture.Pair.UntilBoundAsync($"Remote{source}");
        return (source, $"Remote{source}");
    }

    private async Task BindAllAsync(string proxy, params (string Name, string Type)[] properties)
    {
        foreach (var (name, type) in properties)
            await BindAsync(proxy, name, type);
    }

    private Task BindAsync(string proxy, string name, string type, params (string Name, JsonNode Value)[] more)
    {
        var arguments = new JsonObject { ["name"] = name, ["type"] = type, ["remote"] = true };
        foreach (var (parameter, value) in more)
            arguments[parameter] = value;
        return A.CallAsync($"Things/{proxy}", "AddPropertyDefinition", arguments);
    }

    private Task UntilAsync(string thing, string property, string json) =>
        Tables.UntilAsync(async () => (await A.ReadAsync(thing, property))?.ToJsonString() == json, $"{thing}.{property} = {json}");

    // A Thing that writes down each change of these properties, in order.
    private async Task<string> WatchAsync(string proxy, params string[] properties)
    {
        var watcher = fixture.Fresh("Watcher");
        await ImportWatcherAsync(watcher, string.Concat(properties.Select(property =>
            Subscription(proxy, "DataChange", property, $"me.Note({{text: '{property} ' + eventData.newValue.value}});"))));
        return watcher;
    }

    private async Task ImportWatcherAsync(string name, string subscriptions)
    {
        await A.MakeShapeAsync($"{name}.Line", ("text", "STRING"));
        await A.MakeThingAsync($"{name}.Lines", "Stream", $"{name}.Line");
        await A.OpenAsync($"{name}.Lines");
        var (status, text) = await A.ImportAsync($$"""
            <Entities><Things><Thing name="{{name}}" thingTemplate="GenericThing" enabled="true"><ThingShape>
              <ServiceDefinitions><ServiceDefinition name="Note"><ResultType baseType="NOTHING" name="result"/><ParameterDefinitions><FieldDefinition name="text" baseType="STRING"/></ParameterDefinitions></ServiceDefinition></ServiceDefinitions>
              <ServiceImplementations><ServiceImplementation name="Note" handlerName="Script"><ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[
                var row = Things["{{name}}.Lines"].CreateValues(); row.AddRow({text: text}); Things["{{name}}.Lines"].AddStreamEntry({values: row});
              ]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></ServiceImplementations>
              <Subscriptions>{{subscriptions}}</Subscriptions></ThingShape></Thing></Things></Entities>
            """);
        status.ShouldBe(HttpStatusCode.OK, text);
        await A.OpenAsync(name);
    }

    private static string Subscription(string source, string eventName, string property, string code) => $"""
        <Subscription name="On{eventName}{property}" enabled="true" eventName="{eventName}" source="{source}" sourceProperty="{property}"><ServiceImplementation name="s" handlerName="Script">
        <ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[{code}]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription>
        """;

    private async Task<string[]> LinesAsync(string watcher) =>
        [.. (await A.CallAsync($"Things/{watcher}.Lines", "GetStreamData", new() { ["maxItems"] = 10_000, ["oldestFirst"] = true }))!.AsArray().Select(row => row!["text"]!.GetValue<string>())];

    // Subscriptions run side by side; what they saw of one property is put in order by its value where it counts up.
    private async Task<string[]> SeenAsync(string watcher, string property) =>
        [.. (await LinesAsync(watcher)).Where(line => line.StartsWith($"{property} ", StringComparison.Ordinal)).Select(line => line[(property.Length + 1)..])
            .OrderBy(text => double.TryParse(text, out var number) ? number : 0)];

    private static JsonObject Vtq(params (string Name, int Value, long Time, string Quality)[] rows) => Tables.Of(
        [("name", "STRING"), ("value", "VARIANT"), ("time", "DATETIME"), ("quality", "STRING")],
        [.. rows.Select(row => new JsonObject { ["name"] = row.Name, ["value"] = row.Value, ["time"] = row.Time, ["quality"] = row.Quality })]);

    private static JsonObject Service(string name, string code) => new()
    {
        ["name"] = name, ["code"] = code,
        ["resultType"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")], new JsonObject { ["name"] = "result", ["baseType"] = "NUMBER" }),
        ["parameters"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")], new JsonObject { ["name"] = "x", ["baseType"] = "NUMBER" }),
    };
}
