using System.Diagnostics;
using System.Globalization;
using Hansa.Model;
using Hansa.Storage;
using Hansa.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>Reads from much data, in process: history of one property among ten million values, and a filter over a million stream entries beside ADO.NET; in a store that has nothing else, and in one with a hundred other streams of a million.</summary>
internal static class ScaleBench
{
    private const int Properties = 1_000;
    private const int Values = 10_000_000;
    private const int Entries = 1_000_000;
    private const int Found = 10_000;
    private const int Batch = 1_000;
    private const int Reads = 200;

    private static readonly DataShape Shape = DataShape.Of(
        ("cpu", BaseType.NUMBER), ("memory", BaseType.NUMBER), ("load", BaseType.NUMBER), ("diskRead", BaseType.NUMBER), ("diskWrite", BaseType.NUMBER),
        ("netIn", BaseType.NUMBER), ("netOut", BaseType.NUMBER), ("processes", BaseType.INTEGER), ("running", BaseType.BOOLEAN), ("host", BaseType.STRING));

    public static async Task<int> RunAsync(string[] args)
    {
        var others = args.Contains("--short") ? 2 : 100;
        await using var alone = await Site.OpenAsync();
        await using var among = await Site.OpenAsync();
        await TimedAsync($"{Values:#,0} values of {Properties:#,0} properties", Values, () => FillHistoryAsync(alone.Storage, alone.History));
        await TimedAsync($"{Entries:#,0} stream entries", Entries, () => FillStreamAsync(alone.Storage, alone.Stream));
        await FillHistoryAsync(among.Storage, among.History);
        await FillStreamAsync(among.Storage, among.Stream);
        await TimedAsync($"{others} other streams of {Entries:#,0} entries", (long)others * Entries, async () =>
        {
            for (var i = 0; i < others; i++)
            {
                var other = Guid.NewGuid();
                await among.Storage.Streams.EnsureAsync(other, $"Other{i}", Shape, CancellationToken.None);
                await FillStreamAsync(among.Storage, other);
            }
        });
        Print("the file, alone, bytes", new FileInfo(Path.Combine(alone.Folder, "hansa.db")).Length);
        Print("the file, among the others, bytes", new FileInfo(Path.Combine(among.Folder, "hansa.db")).Length);
        await MeasureHistoryAsync(alone, among);
        await MeasureFilterAsync(alone, among);
        return 0;
    }

    // Both servers' stores are read in turn, so that what else the machine does meets both alike.
    private static async Task MeasureHistoryAsync(Site alone, Site among)
    {
        var random = new Random(1);
        var properties = Enumerable.Range(0, Reads).Select(_ => $"property{random.Next(Properties)}").ToList();
        // The first time the pages may have to come from the disk, the second time they do not.
        foreach (var time in new[] { "first", "again" })
        {
            var (single, crowded) = (new List<double>(), new List<double>());
            foreach (var property in properties)
            {
                single.Add(await LastValuesAsync(alone, property));
                crowded.Add(await LastValuesAsync(among, property));
            }

            foreach (var (part, name) in new[] { (0.5, "median"), (0.95, "95 %"), (0.99, "99 %") })
            {
                Print($"last 500 values of a property, {time}, ms: {name}, alone", Quantile(single, part));
                Print($"last 500 values of a property, {time}, ms: {name}, among the others", Quantile(crowded, part));
            }
        }
    }

    private static async Task MeasureFilterAsync(Site alone, Site among)
    {
        var (single, crowded, singleAdo, crowdedAdo) = (new List<double>(), new List<double>(), new List<double>(), new List<double>());
        for (var i = 0; i < 15; i++)
        {
            single.Add(await OursAsync(alone.Storage, alone.Stream));
            crowded.Add(await OursAsync(among.Storage, among.Stream));
            singleAdo.Add(Ado(alone.Folder));
            crowdedAdo.Add(Ado(among.Folder));
        }

        foreach (var (name, ours, ado) in new[] { ("alone", single, singleAdo), ("among the others", crowded, crowdedAdo) })
        {
            Print($"{Found:#,0} of {Entries:#,0} entries by an unindexed number, {name}, ms: ADO.NET", Quantile(ado, 0.5));
            Print($"{Found:#,0} of {Entries:#,0} entries by an unindexed number, {name}, ms: the store", Quantile(ours, 0.5));
            Print($"{Found:#,0} of {Entries:#,0} entries by an unindexed number, {name}: ratio", Quantile(ours, 0.5) / Quantile(ado, 0.5));
        }
    }

    private static async Task<double> LastValuesAsync(Site site, string property)
    {
        var clock = Stopwatch.StartNew();
        var rows = await site.Storage.ValueStreams.QueryAsync(site.History, new(BaseType.NUMBER, 500) { Property = property, Source = "Machine" }, CancellationToken.None);
        var elapsed = clock.Elapsed.TotalMilliseconds;
        return rows.RowCount == 500 ? elapsed : throw new InvalidOperationException($"{rows.RowCount} values instead of 500.");
    }

    private static async Task<double> OursAsync(SqliteStorage storage, Guid stream)
    {
        var query = new StreamQuery(Shape, StreamColumns.EntriesWithData, int.MaxValue)
        {
            OldestFirst = true, Query = new(new FieldFilter("cpu", FilterOperator.Less, IsNegated: false, [Value.Number(Found)]), []),
        };
        var clock = Stopwatch.StartNew();
        var rows = await storage.Streams.QueryAsync(stream, query, CancellationToken.None);
        var elapsed = clock.Elapsed.TotalMilliseconds;
        return rows.RowCount == Found ? elapsed : throw new InvalidOperationException($"{rows.RowCount} rows instead of {Found}.");
    }

    // The same rows with the same columns and order, each cell as the type that it has.
    private static double Ado(string folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder}/hansa.db;Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var find = connection.CreateCommand();
        find.CommandText = "SELECT table_name FROM data_table WHERE kind = 'Stream' ORDER BY key LIMIT 1";
        using var command = connection.CreateCommand();
        command.CommandText = $"""
            SELECT _id, _timestamp, _source, _sourceType, _latitude, _longitude, _elevation, _tags, cpu, memory, load, diskRead, diskWrite, netIn, netOut, processes, running, host
            FROM "{find.ExecuteScalar()}" WHERE cpu < $cpu ORDER BY _timestamp, _id
            """;
        command.Parameters.AddWithValue("$cpu", (double)Found);
        var rows = new List<object?[]>();
        var clock = Stopwatch.StartNew();
        using (var reader = command.ExecuteReader())
        {
            while (reader.Read())
            {
                var row = new object?[reader.FieldCount];
                for (var i = 0; i < row.Length; i++)
                {
                    row[i] = reader.IsDBNull(i) ? null : i switch
                    {
                        0 or 1 or 15 or 16 => reader.GetInt64(i),
                        2 or 3 or 7 or 17 => reader.GetString(i),
                        _ => reader.GetDouble(i),
                    };
                }

                rows.Add(row);
            }
        }

        var elapsed = clock.Elapsed.TotalMilliseconds;
        return rows.Count == Found ? elapsed : throw new InvalidOperationException($"{rows.Count} rows instead of {Found}.");
    }

    private static Task FillHistoryAsync(SqliteStorage storage, Guid history) => FillAsync(Values / Batch, batch => storage.ValueStreams.AppendAsync(
        history, [.. Enumerable.Range(0, Batch).Select(i => new HistoryEntry($"property{i % Properties}", "Machine", 1_700_000_000_000 + (batch * 1000L), false, BaseType.NUMBER, Value.Number(batch + (i * 0.5)), "GOOD"))],
        CancellationToken.None));

    // Each value of cpu stands once; those that are looked for lie all over the stream.
    private static Task FillStreamAsync(SqliteStorage storage, Guid stream) => FillAsync(Entries / Batch, batch => storage.Streams.AppendAsync(
        stream, Shape, [.. Enumerable.Range(0, Batch).Select(i => Entry((batch * Batch) + i))], CancellationToken.None));

    private static StreamEntry Entry(int i) => new(1_700_000_000_000 + i, false, "Machine", "Thing", null, null, new[]
    {
        Value.Number((long)i * 7_919 % Entries), Value.Number(50.5), Value.Number(i * 0.25), Value.Number(10), Value.Number(20), Value.Number(1e6 + i), Value.Number(2e6),
        Value.Integer(300 + (i % 50)), Value.Boolean(i % 2 == 0), Value.String("a machine of the plant"),
    });

    private static async Task FillAsync(int batches, Func<int, Task> append)
    {
        var waiting = new Queue<Task>();
        for (var batch = 0; batch < batches; batch++)
        {
            waiting.Enqueue(append(batch));
            if (waiting.Count > 8)
                await waiting.Dequeue();
        }

        await Task.WhenAll(waiting);
    }

    private static async Task TimedAsync(string what, long rows, Func<Task> fill)
    {
        var clock = Stopwatch.StartNew();
        await fill();
        Print($"{what}, rows/s", rows / clock.Elapsed.TotalSeconds);
    }

    private static double Quantile(List<double> values, double part) => values.Order().ElementAt((int)Math.Min(values.Count - 1, values.Count * part));

    private static void Print(string name, double value) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-78} {value,14:#,0.##}"));

    // A store of its own in a folder of its own, with one value stream and one stream.
    private sealed record Site(string Folder, SqliteStorage Storage, Guid History, Guid Stream) : IAsyncDisposable
    {
        public static async Task<Site> OpenAsync()
        {
            var folder = Directory.CreateTempSubdirectory("hansa-scale-").FullName;
            var storage = await SqliteStorage.OpenAsync(folder, new(), TimeProvider.System, CancellationToken.None);
            var site = new Site(folder, storage, Guid.NewGuid(), Guid.NewGuid());
            await storage.ValueStreams.EnsureAsync(site.History, "History", CancellationToken.None);
            await storage.Streams.EnsureAsync(site.Stream, "Stream", Shape, CancellationToken.None);
            return site;
        }

        public async ValueTask DisposeAsync()
        {
            await Storage.DisposeAsync();
            Directory.Delete(Folder, recursive: true);
        }
    }
}
