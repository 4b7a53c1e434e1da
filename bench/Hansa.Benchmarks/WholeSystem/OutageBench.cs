using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using Hansa.Testing;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>
/// B is away for a while and A takes what is written for it: 2,000 entries a second in calls of 10 over 4 connections. How fast the backlog drains when B
/// is back, what becomes of the writers meanwhile, and what it costs A in memory.
/// </summary>
internal static class OutageBench
{
    private const int EntriesPerSecond = 2_000;
    private const int PerCall = 10;
    private const int Connections = 4;

    public static async Task<int> RunAsync(string[] args)
    {
        var outage = TimeSpan.FromSeconds(args.Contains("--short") ? 20 : 600);
        foreach (var streams in (int[])[1, 20])
            await MeasureAsync(streams, outage);
        return 0;
    }

    private static async Task MeasureAsync(int streams, TimeSpan outage)
    {
        await using var pair = await FederatedPair.StartAsync();
        for (var i = 0; i < streams; i++)
        {
            await pair.MakeStreamAsync($"S{i}", ("n", "LONG"), ("text", "STRING"));
            await pair.A.OpenAsync($"RemoteS{i}");
        }

        await pair.A.MakeUserAsync("bench");
        var key = await pair.A.MakeKeyAsync("BenchKey", "bench");
        byte[] Request(int call) => RawHttpCaller.Request(pair.ServerA.Address, key, $"Things/RemoteS{call % streams}/Services/AddStreamEntries", new JsonObject
        {
            ["values"] = Tables.Of([("values", "INFOTABLE")], [.. Enumerable.Range(0, PerCall).Select(i => new JsonObject
            {
                ["values"] = Tables.Of([("n", "LONG"), ("text", "STRING")], new JsonObject { ["n"] = ((long)call * PerCall) + i, ["text"] = "a reading of a machine" }),
            })]),
        }.ToJsonString());

        Task<IReadOnlyList<double>> LoadAsync(TimeSpan time, int first) => RunAsync(pair, time, call => Request(first + call));
        var before = await LoadAsync(TimeSpan.FromSeconds(10), 0);
        var memory = await MemoryAsync(pair.ServerA);
        await pair.ServerB.KillAsync();
        await pair.UntilBoundAsync("RemoteS0", isBound: false);
        var away = await LoadAsync(outage, 1_000_000);
        var waiting = await WaitingAsync(pair);
        var grown = await MemoryAsync(pair.ServerA) - memory;

        await pair.ServerB.StartAsync();
        await pair.UntilBoundAsync("RemoteS0");
        var clock = Stopwatch.StartNew();
        using var drained = new CancellationTokenSource();
        var writing = Task.Run(async () =>
        {
            var answered = new List<double>();
            for (var round = 0; !drained.IsCancellationRequested; round++)
                answered.AddRange(await LoadAsync(TimeSpan.FromSeconds(2), 10_000_000 + (round * 10_000)));
            return answered;
        });
        while (await WaitingAsync(pair) > 0)
            await Task.Delay(100);
        var took = clock.Elapsed;
        await drained.CancelAsync();
        var meanwhile = await writing;
        var after = clock.Elapsed;

        var expected = ((long)before.Count + away.Count + meanwhile.Count) * PerCall;
        await pair.UntilDrainedAsync();
        var stands = 0.0;
        for (var i = 0; i < streams; i++)
            stands += (await pair.B.CallAsync($"Things/S{i}", "GetStreamEntryCount"))!.GetValue<double>();
        Print($"{streams} streams: entries/s written before the outage", before.Count * PerCall / 10.0);
        Print($"{streams} streams: entries/s taken during it", away.Count * PerCall / outage.TotalSeconds);
        Print($"{streams} streams: ms to take a call during it, 99 %", PacedLoad.Quantile([.. away], 0.99));
        Print($"{streams} streams: entries that waited", waiting * PerCall);
        Print($"{streams} streams: MiB that A has grown by", grown / 1048576.0);
        Print($"{streams} streams: entries/s delivered while it drained", ((waiting * PerCall) + (EntriesPerSecond * took.TotalSeconds)) / took.TotalSeconds);
        Print($"{streams} streams: entries/s written meanwhile", meanwhile.Count * PerCall / after.TotalSeconds);
        Print($"{streams} streams: entries on B that were answered and are missing", expected - stands);
    }

    private static async Task<IReadOnlyList<double>> RunAsync(FederatedPair pair, TimeSpan time, Func<int, byte[]> request) =>
        await PacedLoad.RunAsync(pair.ServerA.Address, Connections, (double)EntriesPerSecond / PerCall, time, request);

    private static async Task<long> WaitingAsync(FederatedPair pair) =>
        (await pair.A.CallAsync("Subsystems/FederationSubsystem", "GetOutboxStatus"))!.AsArray().Sum(lane => lane!["waiting"]!.GetValue<long>());

    private static async Task<long> MemoryAsync(ServerUnderTest server)
    {
        await Task.Delay(1000);
        server.Process.Refresh();
        return server.Process.WorkingSet64;
    }

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-78} {value,14:#,0.##}"));
}
