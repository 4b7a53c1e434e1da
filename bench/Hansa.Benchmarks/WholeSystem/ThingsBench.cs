using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hansa.Testing;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>A server with many Things: each made of a template of ten properties, with three persisted values and a subscription of its own. How long it takes to be ready, and how much memory it then holds.</summary>
internal static class ThingsBench
{
    private const int PerFile = 5_000;
    private const int Starts = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        var things = args.Contains("--short") ? 10_000 : 100_000;
        await using var server = await ServerUnderTest.StartAsync("Bench");
        using (var client = server.Client())
        {
            Accepted(await client.ImportAsync(Template()));
            var clock = Stopwatch.StartNew();
            for (var first = 0; first < things; first += PerFile)
                Accepted(await client.ImportAsync(Things(first, Math.Min(PerFile, things - first))));
            Print($"{things:#,0} Things imported, Things/s", things / clock.Elapsed.TotalSeconds);
        }

        await server.StopAsync();
        for (var i = 0; i < Starts; i++)
        {
            var clock = Stopwatch.StartNew();
            await server.StartAsync();
            Print("ready after a start, s", clock.Elapsed.TotalSeconds);
            await Task.Delay(TimeSpan.FromSeconds(5));
            Print("resident, MB", Resident(server.Process.Id));
            using var client = server.Client();
            Print("Things that run", (await client.CallAsync("Subsystems/PlatformSubsystem", "GetThingCount"))!.GetValue<double>());
            if ((await client.ReadAsync($"Machine{things - 1}", "c"))!.ToString() != $"{things - 1}")
                throw new InvalidOperationException("A persisted value is not what it was.");
            await server.StopAsync();
        }

        return 0;
    }

    private static void Accepted((System.Net.HttpStatusCode Status, string Text) answer)
    {
        if (answer.Status != System.Net.HttpStatusCode.OK)
            throw new InvalidOperationException($"{answer.Status}: {answer.Text}");
    }

    private static string Template()
    {
        var properties = string.Concat("abcdefghij".Select((name, place) =>
            $"<PropertyDefinition name=\"{name}\" baseType=\"NUMBER\" ordinal=\"{place}\" {(place < 3 ? "aspect.isPersistent=\"true\"" : "")}/>"));
        return $"<Entities><ThingTemplates><ThingTemplate name=\"BenchMachine\"><ThingShape><PropertyDefinitions>{properties}</PropertyDefinitions></ThingShape></ThingTemplate></ThingTemplates></Entities>";
    }

    private static string Things(int first, int count)
    {
        var xml = new StringBuilder("<Entities><Things>");
        for (var i = first; i < first + count; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<Thing name=\"Machine{i}\" thingTemplate=\"BenchMachine\" enabled=\"true\" description=\"machine {i}\"><ThingShape><Subscriptions>");
            xml.Append("<Subscription name=\"Follow\" eventName=\"DataChange\" sourceProperty=\"a\"><ServiceImplementation name=\"Follow\"><code>me.d = eventData.newValue.rows[0].value * 2;</code></ServiceImplementation></Subscription>");
            xml.Append("</Subscriptions></ThingShape><ThingProperties>");
            foreach (var name in "abc")
                xml.Append(CultureInfo.InvariantCulture, $"<{name}><Value>{i}</Value><Timestamp>2026-01-01T00:00:00.000Z</Timestamp><Quality>GOOD</Quality></{name}>");
            xml.Append("</ThingProperties></Thing>");
        }

        return xml.Append("</Things></Entities>").ToString();
    }

    private static double Resident(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
        return double.Parse(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture) / 1024;
    }

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-60} {value,12:#,0.##}"));
}
