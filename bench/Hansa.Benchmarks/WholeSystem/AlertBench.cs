using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using Hansa.Testing;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>A storm: properties that pass their limits and come back, ten thousand changes a second, each an alert or its reset.</summary>
internal static class AlertBench
{
    private const int Properties = 100;
    private const int Rounds = 10;
    private const double CallsPerSecond = 10;
    private const string Machine = "Stormy";

    public static async Task<int> RunAsync(string[] args)
    {
        var measured = TimeSpan.FromSeconds(args.Contains("--short") ? 5 : 60);
        await using var server = await ServerUnderTest.StartAsync("Bench");
        using var client = server.Client();
        await client.MakeUserAsync("bench");
        await client.MakeThingAsync(Machine, "GenericThing");
        await client.OpenAsync(Machine);
        var key = await client.MakeKeyAsync("BenchKey", "bench");
        for (var i = 0; i < Properties; i++)
        {
            await client.CallAsync($"Things/{Machine}", "AddPropertyDefinition", new() { ["name"] = $"p{i}", ["type"] = "NUMBER" });
            await client.CallAsync($"Things/{Machine}", "AddOrUpdateAlert", new()
            {
                ["property"] = $"p{i}", ["alertType"] = "Above", ["alertName"] = "High", ["attributes"] = Tables.Of([("limit", "NUMBER")], new JsonObject { ["limit"] = 50 }),
            });
        }

        // The last round leaves every second property above its limit.
        var body = Storm(server.Address, key);
        var waits = await PacedLoad.RunAsync(server.Address, 2, CallsPerSecond, measured, _ => body);
        var changes = waits.Count * Properties * Rounds;
        Print("changes over or back under their limits/s", changes / measured.TotalSeconds);
        Print("a call of 1,000 changes, ms: median", PacedLoad.Quantile(waits, 0.5));
        Print("a call of 1,000 changes, ms: 99 %", PacedLoad.Quantile(waits, 0.99));
        Print("a call in the last tenth, ms: median", PacedLoad.Quantile(waits.TakeLast(waits.Count / 10), 0.5));
        await Task.Delay(TimeSpan.FromSeconds(2));
        foreach (var row in (await client.CallAsync("Subsystems/AlertProcessingSubsystem", "GetPerformanceMetrics"))!.AsArray())
            Print($"alerts: {row!["name"]}", row["value"]!.GetValue<double>());
        await AgreeAsync(client, "before");
        Print("lines of history", (await client.CallAsync("Things/AlertHistoryStream", "GetStreamEntryCount"))!.GetValue<double>());
        await server.KillAsync();
        await server.StartAsync();
        using var again = server.Client();
        await AgreeAsync(again, "after a kill");
        return 0;
    }

    private static async Task AgreeAsync(RestClient client, string when)
    {
        var active = (await client.CallAsync($"Things/{Machine}", "GetAlertSummary"))!.AsArray().Count(row => row!["isActive"]!.GetValue<bool>());
        Print($"alerts that hold, {when}; {Properties / 2} are above their limits", active);
        if (active != Properties / 2)
            throw new InvalidOperationException($"{active} alerts hold {when}, not {Properties / 2}.");
    }

    private static byte[] Storm(Uri server, string key)
    {
        var rows = new StringBuilder();
        for (var round = 0; round < Rounds; round++)
        {
            for (var i = 0; i < Properties; i++)
                rows.Append(CultureInfo.InvariantCulture, $$"""{{(rows.Length == 0 ? "" : ",")}}{"name":"p{{i}}","value":{{((round + i) % 2 == 0 ? 10 : 90)}}}""");
        }

        return RawHttpCaller.Request(server, key, $"Things/{Machine}/Services/UpdatePropertyValues",
            $$$$"""{"values":{"dataShape":{"fieldDefinitions":{"name":{"name":"name","baseType":"STRING"},"value":{"name":"value","baseType":"NUMBER"}}},"rows":[{{{{rows}}}}]}}""");
    }

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-70} {value,12:#,0.##}"));
}
