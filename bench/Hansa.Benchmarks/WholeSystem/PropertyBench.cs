using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Hansa.Testing;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>Property updates with subscriptions at a given rate, then logged values as fast as they go beside SQLite alone doing the same.</summary>
internal static class PropertyBench
{
    private const int Batch = 1_000;
    private const int Subscriptions = 10;
    private const int Logged = 500;
    private const double BatchesPerSecond = 100;
    private const string Machine = "Machine";
    private const string Recorder = "Recorder";

    public static async Task<int> RunAsync(string[] args)
    {
        var measured = TimeSpan.FromSeconds(args.Contains("--short") ? 5 : 60);
        await using var server = await ServerUnderTest.StartAsync("Bench");
        using var client = server.Client();
        await client.MakeUserAsync("bench");
        await MakeMachineAsync(client);
        await MakeRecorderAsync(client);
        var key = await client.MakeKeyAsync("BenchKey", "bench");

        if (!args.Contains("logged"))
            await UpdateAsync(server, client, key, measured);
        await LogAsync(server, client, key, measured);
        return 0;
    }

    private static async Task UpdateAsync(ServerUnderTest server, RestClient client, string key, TimeSpan measured)
    {
        // Two bodies in turn, so that each update is a change.
        byte[][] bodies = [Updates(server.Address, key, Machine, Batch, 1), Updates(server.Address, key, Machine, Batch, 2)];
        await PacedLoad.RunAsync(server.Address, 4, BatchesPerSecond, TimeSpan.FromSeconds(3), i => bodies[i % 2]);
        var clock = Stopwatch.StartNew();
        var waits = await PacedLoad.RunAsync(server.Address, 4, BatchesPerSecond, measured, i => bodies[i % 2]);
        Print("property updates/s in batches of 1,000", waits.Count * Batch / clock.Elapsed.TotalSeconds);
        Print("subscriptions/s", waits.Count * Subscriptions / clock.Elapsed.TotalSeconds);
        Print("an update's answer, ms: median", PacedLoad.Quantile(waits, 0.5));
        Print("an update's answer, ms: 99 %", PacedLoad.Quantile(waits, 0.99));
        Print("an update's answer in the first tenth, ms: median", PacedLoad.Quantile(waits.Take(waits.Count / 10), 0.5));
        Print("an update's answer in the last tenth, ms: median", PacedLoad.Quantile(waits.TakeLast(waits.Count / 10), 0.5));
        foreach (var (name, value) in await MetricsAsync(client, "EventProcessingSubsystem"))
            Print($"events: {name}", value);
    }

    private static async Task LogAsync(ServerUnderTest server, RestClient client, string key, TimeSpan measured)
    {
        byte[][] values = [Updates(server.Address, key, Recorder, Logged, 1), Updates(server.Address, key, Recorder, Logged, 2)];
        await PacedLoad.RunAsync(server.Address, 8, 40, TimeSpan.FromSeconds(3), i => values[i % 2]);
        var report = new Report();
        await report.CompareAsync(3, ("values/s of bare SQLite in commits of 500", () => Task.FromResult(
                BareSqlite.Rate(Path.Combine(server.Folder, "hansa.db"), "_property", Logged, measured / 3, Logged))),
            ("logged values/s in batches of 500, 8 callers", async () => Logged * await Load.RateAsync(server.Address, 8, caller => values[caller % 2], TimeSpan.FromSeconds(1), measured / 3)));
        var logged = await PacedLoad.RunAsync(server.Address, 8, 40, measured, i => values[i % 2]);
        Print("20,000 logged values/s: an answer, ms: median", PacedLoad.Quantile(logged, 0.5));
        Print("20,000 logged values/s: an answer, ms: 99 %", PacedLoad.Quantile(logged, 0.99));
        Print("20,000 logged values/s: an answer in the last tenth, ms: median", PacedLoad.Quantile(logged.TakeLast(logged.Count / 10), 0.5));
        foreach (var (name, value) in await MetricsAsync(client, "StreamProcessingSubsystem"))
            Print($"writes: {name}", value);
    }

    private static async Task MakeMachineAsync(RestClient client)
    {
        await client.MakeThingAsync(Machine, "GenericThing");
        await AddPropertiesAsync(client, Machine, Batch, logged: false);
        await client.OpenAsync(Machine);
        var subscriptions = string.Concat(Enumerable.Range(0, Subscriptions).Select(i => $"""
            <Subscription name="On{i}" enabled="true" eventName="DataChange" source="{Machine}" sourceProperty="p{i}"><ServiceImplementation name="s" handlerName="Script">
            <ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[var seen = eventData.newValue.value;]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription>
            """));
        var (status, text) = await client.ImportAsync($"""
            <Entities><Things><Thing name="Watcher" thingTemplate="GenericThing" enabled="true"><ThingShape><Subscriptions>{subscriptions}</Subscriptions></ThingShape></Thing></Things></Entities>
            """);
        if (status != System.Net.HttpStatusCode.OK)
            throw new InvalidOperationException(text);
        await client.OpenAsync("Watcher");
    }

    private static async Task MakeRecorderAsync(RestClient client)
    {
        await client.MakeThingAsync("Values", "ValueStream");
        await client.MakeThingAsync(Recorder, "GenericThing");
        await AddPropertiesAsync(client, Recorder, Logged, logged: true);
        await client.CallAsync($"Things/{Recorder}", "SetValueStream", new() { ["name"] = "Values" });
        await client.OpenAsync(Recorder);
    }

    private static Task AddPropertiesAsync(RestClient client, string thing, int count, bool logged) => client.CallAsync($"Things/{thing}", "AddPropertyDefinitions", new()
    {
        ["values"] = Tables.Of([("name", "STRING"), ("type", "STRING"), ("logged", "BOOLEAN"), ("dataChangeType", "STRING")],
            [.. Enumerable.Range(0, count).Select(i => new JsonObject { ["name"] = $"p{i}", ["type"] = "NUMBER", ["logged"] = logged, ["dataChangeType"] = logged ? "ALWAYS" : "VALUE" })]),
    });

    private static byte[] Updates(Uri server, string key, string thing, int count, int seed)
    {
        var body = new StringBuilder("""{"values":{"dataShape":{"fieldDefinitions":{"name":{"name":"name","baseType":"STRING"},"value":{"name":"value","baseType":"NUMBER"}}},"rows":[""");
        for (var i = 0; i < count; i++)
            body.Append(CultureInfo.InvariantCulture, $$"""{{(i == 0 ? "" : ",")}}{"name":"p{{i}}","value":{{i + (seed * 0.5)}}}""");
        return RawHttpCaller.Request(server, key, $"Things/{thing}/Services/UpdatePropertyValues", body.Append("]}}").ToString());
    }

    private static async Task<IEnumerable<(string Name, double Value)>> MetricsAsync(RestClient client, string subsystem) =>
        (await client.CallAsync($"Subsystems/{subsystem}", "GetPerformanceMetrics"))!.AsArray().Select(row => (row!["name"]!.GetValue<string>(), row["value"]!.GetValue<double>()));

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-78} {value,14:#,0.##}"));
}
