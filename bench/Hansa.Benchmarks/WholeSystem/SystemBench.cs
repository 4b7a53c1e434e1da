using System.Globalization;
using System.Text.Json.Nodes;
using Hansa.Testing;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>
/// The whole system on one machine: two server processes, this process as the load, floors in the same run. Every figure is the
/// median of five with its spread.
/// </summary>
internal static class SystemBench
{
    private const int Runs = 5;
    private const int BatchSize = 500;
    private const int QueryRows = 10_000;

    private static readonly (string Name, string Type)[] Fields =
    [
        ("cpu", "NUMBER"), ("memory", "NUMBER"), ("load", "NUMBER"), ("diskRead", "NUMBER"), ("diskWrite", "NUMBER"),
        ("netIn", "NUMBER"), ("netOut", "NUMBER"), ("processes", "INTEGER"), ("running", "BOOLEAN"), ("host", "STRING"),
    ];

    public static async Task<int> RunAsync(string[] args)
    {
        var measured = TimeSpan.FromSeconds(args.Contains("--short") ? 1 : 3);
        var warmUp = measured / 2;
        await using var pair = await FederatedPair.StartAsync();
        await pair.MakeStreamAsync("Bench", Fields);
        var keyA = await OpenKeyAsync(pair.A, "RemoteBench");
        var keyB = await OpenKeyAsync(pair.B, "Bench");
        var (a, b) = (pair.ServerA.Address, pair.ServerB.Address);
        byte[] OneLocal(int caller) => RawHttpCaller.Request(b, keyB, "Things/Bench/Services/AddStreamEntry", One(caller));
        byte[] OneRelayed(int caller) => RawHttpCaller.Request(a, keyA, "Things/RemoteBench/Services/AddStreamEntry", One(caller));
        byte[] ManyLocal(int caller) => RawHttpCaller.Request(b, keyB, "Things/Bench/Services/AddStreamEntries", Many(caller));
        byte[] ManyRelayed(int caller) => RawHttpCaller.Request(a, keyA, "Things/RemoteBench/Services/AddStreamEntries", Many(caller));

        var report = new Report();
        Console.WriteLine($"{Environment.ProcessorCount} cores, medians of {Runs} × {measured.TotalSeconds:0} s after {warmUp.TotalSeconds:0.#} s of warm-up; ± is half of (max − min)");
        // Local and relayed take turns, so that a slow minute of the machine meets both.
        await report.CompareAsync(Runs, ("AddStreamEntry/s at B, 1 caller", () => Load.RateAsync(b, 1, OneLocal, warmUp, measured)),
            ("AddStreamEntry/s relayed through A, 1 caller", () => Load.RateAsync(a, 1, OneRelayed, warmUp, measured)));
        var commits = await CommitsAsync(pair.B);
        await report.CompareAsync(Runs, ("AddStreamEntry/s at B, 32 callers", () => Load.RateAsync(b, 32, OneLocal, warmUp, measured)),
            ("AddStreamEntry/s relayed through A, 32 callers", () => Load.RateAsync(a, 32, OneRelayed, warmUp, measured)));
        var perCommit = Report.RowsPerCommit(commits, commits = await CommitsAsync(pair.B));
        await report.CompareAsync(Runs, Bare(pair, perCommit, measured),
            ("AddStreamEntry/s at B, 32 callers, again", () => Load.RateAsync(b, 32, OneLocal, warmUp, measured)));
        foreach (var callers in new[] { 1, 32 })
        {
            commits = await CommitsAsync(pair.B);
            await report.CompareAsync(Runs, ($"rows/s at B in batches of 500, {callers} callers", async () => BatchSize * await Load.RateAsync(b, callers, ManyLocal, warmUp, measured)),
                ($"rows/s relayed through A in batches of 500, {callers} callers", async () => BatchSize * await Load.RateAsync(a, callers, ManyRelayed, warmUp, measured)));
        }

        perCommit = Report.RowsPerCommit(commits, await CommitsAsync(pair.B));
        await report.CompareAsync(Runs, Bare(pair, perCommit, measured),
            ("rows/s at B in batches of 500, 32 callers, again", async () => BatchSize * await Load.RateAsync(b, 32, ManyLocal, warmUp, measured)));

        byte[] QueryLocal(int caller) => RawHttpCaller.Request(b, keyB, "Things/Bench/Services/QueryStreamEntriesWithData", $$"""{"maxItems":{{QueryRows}}}""");
        byte[] QueryRelayed(int caller) => RawHttpCaller.Request(a, keyA, "Things/RemoteBench/Services/QueryStreamEntriesWithData", $$"""{"maxItems":{{QueryRows}}}""");
        await report.CompareAsync(Runs, ("queries/s of 10,000 rows at B, 1 caller", () => Load.RateAsync(b, 1, QueryLocal, warmUp, measured)),
            ("queries/s of 10,000 rows relayed through A, 1 caller", () => Load.RateAsync(a, 1, QueryRelayed, warmUp, measured)));
        CodecSpeed.Print(Runs);
        return 0;
    }

    private static (string Name, Func<Task<double>> Measure) Bare(FederatedPair pair, int rowsPerCommit, TimeSpan measured) =>
        ($"rows/s of bare SQLite, {rowsPerCommit} rows a commit", () => Task.FromResult(BareSqlite.Rate($"{pair.ServerB.Folder}/hansa.db", "\"cpu\"", rowsPerCommit, measured)));

    private static async Task<string> OpenKeyAsync(RestClient client, string thing)
    {
        await client.MakeUserAsync("bench");
        await client.OpenAsync(thing);
        return await client.MakeKeyAsync("BenchKey", "bench");
    }

    private static async Task<(double Rows, double Commits)> CommitsAsync(RestClient client)
    {
        var metrics = (await client.CallAsync("Subsystems/StreamProcessingSubsystem", "GetPerformanceMetrics"))!.AsArray()
            .ToDictionary(row => row!["name"]!.GetValue<string>(), row => row!["value"]!.GetValue<double>());
        return (metrics["totalRowsWritten"], metrics["totalCommits"]);
    }

    private static JsonObject Row(int i) => new()
    {
        ["cpu"] = i + 0.25, ["memory"] = 50.5, ["load"] = 1.5, ["diskRead"] = 10, ["diskWrite"] = 20, ["netIn"] = 1e6, ["netOut"] = 2e6,
        ["processes"] = 300 + i, ["running"] = i % 2 == 0, ["host"] = "a machine of the plant",
    };

    private static string One(int caller) => new JsonObject
    {
        ["values"] = Tables.Of(Fields, Row(caller)), ["source"] = string.Create(CultureInfo.InvariantCulture, $"Machine{caller}"),
    }.ToJsonString();

    // Times are left out: the server assigns them, so no entry replaces another however often the request is sent.
    private static string Many(int caller) => new JsonObject
    {
        ["values"] = Tables.Of([("source", "STRING"), ("values", "INFOTABLE")], [.. Enumerable.Range(0, BatchSize).Select(i => new JsonObject
        {
            ["source"] = string.Create(CultureInfo.InvariantCulture, $"Machine{caller}"), ["values"] = Tables.Of(Fields, Row(i)),
        })]),
    }.ToJsonString();
}
