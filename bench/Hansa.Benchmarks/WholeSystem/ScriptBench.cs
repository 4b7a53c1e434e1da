using System.Diagnostics;
using System.Globalization;
using System.Text;
using Hansa.Testing;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>What a script service costs: one call in the invoker, two hundred long services at a start, and the first call of each.</summary>
internal static class ScriptBench
{
    private const int Things = 20;
    private const int PerThing = 10;
    private const int Lines = 1_000;
    private const int Starts = 3;

    public static async Task<int> RunAsync(string[] args)
    {
        await InvokerScripts.RunAsync(args.Contains("--short") ? 5_000 : 50_000);
        await using var plain = await ServerUnderTest.StartAsync("Plain");
        await using var written = await ServerUnderTest.StartAsync("Written");
        using (var client = written.Client())
        {
            var clock = Stopwatch.StartNew();
            for (var thing = 0; thing < Things; thing++)
            {
                var (status, text) = await client.ImportAsync(LongServices(thing));
                if (status != System.Net.HttpStatusCode.OK)
                    throw new InvalidOperationException($"{status}: {text}");
            }

            Print($"{Things * PerThing} services of {Lines:#,0} lines imported, s", clock.Elapsed.TotalSeconds);
        }

        await plain.StopAsync();
        await written.StopAsync();
        var waits = new List<double>();
        for (var i = 0; i < Starts; i++)
        {
            // In turn, so that what else the machine does meets both.
            var without = await StartAsync(plain);
            var with = await StartAsync(written);
            Print("ready after a start without them, s", without);
            Print("ready after a start with them, s", with);
            waits.AddRange(await FirstCallsAsync(written));
            await plain.StopAsync();
            await written.StopAsync();
        }

        waits.Sort();
        Print("the first call of a service over HTTP, ms: median", waits[waits.Count / 2]);
        Print("the first call of a service over HTTP, ms: longest", waits[^1]);
        return 0;
    }

    internal static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-70} {value,12:#,0.##}"));

    private static async Task<double> StartAsync(ServerUnderTest server)
    {
        var clock = Stopwatch.StartNew();
        await server.StartAsync();
        return clock.Elapsed.TotalSeconds;
    }

    private static async Task<List<double>> FirstCallsAsync(ServerUnderTest server)
    {
        using var client = server.Client();
        await client.CallAsync("Things/Long0", "GetDescription");
        var waits = new List<double>();
        for (var i = 0; i < Things * PerThing; i++)
        {
            var clock = Stopwatch.StartNew();
            var result = (await client.CallAsync($"Things/Long{i / PerThing}", $"Service{i}", new() { ["x"] = 1 }))!.GetValue<double>();
            waits.Add(clock.Elapsed.TotalMilliseconds);
            if (result != i + Lines - 2)
                throw new InvalidOperationException($"Service{i} gave {result}, not {i + Lines - 2}.");
        }

        return waits;
    }

    // Each service differs from the others, so that none is found among what was compiled for another.
    private static string LongServices(int thing)
    {
        var xml = new StringBuilder($"<Entities><Things><Thing name=\"Long{thing}\" thingTemplate=\"GenericThing\" enabled=\"true\"><ThingShape><ServiceDefinitions>");
        for (var i = thing * PerThing; i < (thing + 1) * PerThing; i++)
            xml.Append(CultureInfo.InvariantCulture, $"<ServiceDefinition name=\"Service{i}\"><ResultType name=\"result\" baseType=\"NUMBER\"/><ParameterDefinitions><FieldDefinition name=\"x\" baseType=\"NUMBER\"/></ParameterDefinitions></ServiceDefinition>");
        xml.Append("</ServiceDefinitions><ServiceImplementations>");
        for (var i = thing * PerThing; i < (thing + 1) * PerThing; i++)
        {
            xml.Append(CultureInfo.InvariantCulture, $"<ServiceImplementation name=\"Service{i}\" handlerName=\"Script\"><ConfigurationTables><ConfigurationTable name=\"Script\"><Rows><Row><code>var sum = {i};\n");
            for (var line = 1; line < Lines - 1; line++)
            {
                xml.Append((line % 4) switch
                {
                    0 => "if (x > 0) { sum += 1; } else { sum -= 1; }\n",
                    1 => "sum += (function (a) { return a; })(x);\n",
                    2 => "for (var i = 0; i &lt; 1; i++) { sum += x; }\n",
                    _ => "sum = [sum].map(n => n + x)[0];\n",
                });
            }

            xml.Append("var result = sum;</code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation>");
        }

        return xml.Append("</ServiceImplementations></ThingShape></Thing></Things></Entities>").ToString();
    }
}
