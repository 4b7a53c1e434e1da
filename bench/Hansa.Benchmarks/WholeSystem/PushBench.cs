using System.Globalization;
using System.Text.Json.Nodes;
using Hansa.Testing;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>How long a change on B takes to a subscription on A's RemoteThing: from the value's time on B to the script on A, both on this machine's clock.</summary>
internal static class PushBench
{
    private const int Properties = 100;
    private const int ChangesPerSecond = 1_000;
    private const int PerCall = 10;

    public static async Task<int> RunAsync(string[] args)
    {
        var measured = TimeSpan.FromSeconds(args.Contains("--short") ? 5 : 60);
        await using var pair = await FederatedPair.StartAsync();
        await pair.B.MakeThingAsync("Machine", "GenericThing", published: true);
        await AddAsync(pair.B, "Machine", remote: false);
        await pair.B.OpenAsync("Machine");
        await pair.B.MakeUserAsync("bench");
        var key = await pair.B.MakeKeyAsync("BenchKey", "bench");
        await pair.A.MakeThingAsync("Proxy", "RemoteThing", identifier: "Machine@ServerB");
        await AddAsync(pair.A, "Proxy", remote: true);
        await pair.A.MakeShapeAsync("Late", ("ms", "NUMBER"));
        await pair.A.MakeThingAsync("Late", "Stream", "Late");
        await pair.A.MakeThingAsync("Watcher", "GenericThing");
        await pair.A.CallAsync("Things/Watcher", "DisableThing");
        var (status, text) = await pair.A.ImportAsync(Watcher());
        if (status != System.Net.HttpStatusCode.OK)
            throw new InvalidOperationException(text);
        foreach (var thing in new[] { "Proxy", "Late", "Watcher" })
            await pair.A.OpenAsync(thing);
        await pair.UntilBoundAsync("Proxy");

        // Each call changes some properties; all take their turn.
        byte[] Request(int call) => RawHttpCaller.Request(pair.ServerB.Address, key, "Things/Machine/Services/UpdatePropertyValues", new JsonObject
        {
            ["values"] = Tables.Of([("name", "STRING"), ("value", "NUMBER")], [.. Enumerable.Range(0, PerCall).Select(i => new JsonObject
            {
                ["name"] = string.Create(CultureInfo.InvariantCulture, $"p{((call * PerCall) + i) % Properties}"), ["value"] = call + 1,
            })]),
        }.ToJsonString());
        await PacedLoad.RunAsync(pair.ServerB.Address, 4, 20, TimeSpan.FromSeconds(3), Request);
        await Task.Delay(1000);
        await pair.A.CallAsync("Things/Late", "PurgeStreamEntries");
        var calls = await PacedLoad.RunAsync(pair.ServerB.Address, 4, (double)ChangesPerSecond / PerCall, measured, call => Request(call + 1_000));
        var expected = calls.Count * PerCall;
        await Tables.UntilAsync(async () => (await pair.A.CallAsync("Things/Late", "GetStreamEntryCount"))!.GetValue<double>() >= expected, "all changes on A", 30);
        var late = (await pair.A.CallAsync("Things/Late", "GetStreamData", new() { ["maxItems"] = expected }))!.AsArray().Select(row => row!["ms"]!.GetValue<double>()).ToList();
        Print("changes", late.Count);
        foreach (var (name, part) in new[] { ("median", 0.5), ("95 %", 0.95), ("99 %", 0.99), ("99.9 %", 0.999), ("longest", 1.0) })
            Print($"from the change on B to the subscription on A, ms: {name}", PacedLoad.Quantile(late, part));
        return 0;
    }

    private static Task AddAsync(RestClient client, string thing, bool remote) => client.CallAsync($"Things/{thing}", "AddPropertyDefinitions", new()
    {
        ["values"] = Tables.Of([("name", "STRING"), ("type", "STRING"), ("remote", "BOOLEAN"), ("pushType", "STRING")],
            [.. Enumerable.Range(0, Properties).Select(i => new JsonObject { ["name"] = $"p{i}", ["type"] = "NUMBER", ["remote"] = remote, ["pushType"] = "ALWAYS" })]),
    });

    private static string Watcher()
    {
        var subscriptions = string.Concat(Enumerable.Range(0, Properties).Select(i => $$"""
            <Subscription name="On{{i}}" enabled="true" eventName="DataChange" source="Proxy" sourceProperty="p{{i}}"><ServiceImplementation name="s" handlerName="Script">
            <ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[
            var ms = Date.now() - new Date(eventData.newValue.time).getTime();
            var late = Things["Late"].CreateValues();
            late.AddRow({ms: ms});
            Things["Late"].AddStreamEntry({values: late});
            ]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription>
            """));
        return $"""<Entities><Things><Thing name="Watcher" thingTemplate="GenericThing" enabled="true"><ThingShape><Subscriptions>{subscriptions}</Subscriptions></ThingShape></Thing></Things></Entities>""";
    }

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-78} {value,14:#,0.##}"));
}
