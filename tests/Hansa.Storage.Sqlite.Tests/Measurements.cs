using System.Diagnostics;
using Hansa.Model;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

/// <summary>How fast, against Microsoft.Data.Sqlite alone with the same pragmas, schema and rows a commit. Run by hand, in Release:
/// <c>Hansa.Storage.Sqlite.Tests -explicit only -class Hansa.Storage.Sqlite.Tests.Measurements -showLiveOutput</c>.</summary>
public sealed class Measurements(ITestOutputHelper output)
{
    private const int Rows = 100_000;
    private const int Rounds = 5;

    private static readonly DataShape Shape = DataShape.Of([.. Enumerable.Range(0, 10).Select(i => ($"v{i}", BaseType.NUMBER))]);

    private static readonly string Columns = string.Join(", ", StreamColumns());

    [Fact(Explicit = true)]
    public async Task Batches_of_500()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await using var folder = new TempFolder();
            var bare = Bare(folder, rowsPerCommit: 500, Rows);
            await using var own = new TempFolder();
            var ours = await OwnAsync(own, callers: 1, rowsPerCall: 500, Rows);
            output.WriteLine($"500 a commit: bare {bare:N0} rows/s, AppendAsync {ours:N0} rows/s, {ours / bare:P0}");
        }
    }

    [Fact(Explicit = true)]
    public async Task Single_rows()
    {
        for (var round = 0; round < Rounds; round++)
        {
            await using var folder = new TempFolder();
            var bare = Bare(folder, rowsPerCommit: 1, 3_000);
            await using var own = new TempFolder();
            var ours = await OwnAsync(own, callers: 1, rowsPerCall: 1, 3_000);
            await using var many = new TempFolder();
            var ours32 = await OwnAsync(many, callers: 32, rowsPerCall: 1, 32_000);
            output.WriteLine($"1 a call: bare {bare:N0} rows/s, 1 caller {ours:N0} rows/s ({ours / bare:P0}), 32 callers {ours32:N0} rows/s ({ours32 / bare:N1}x)");
        }
    }

    [Fact(Explicit = true)]
    public async Task Reads_of_10000_rows()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync();
        var stream = Guid.NewGuid();
        await FillAsync(storage, stream, callers: 1, rowsPerCall: 500, Rows);
        var filter = new Query(new FieldFilter("v1", FilterOperator.Less, false, [Value.Number(0.2)]), []);
        var query = new StreamQuery(Shape, Hansa.Storage.StreamColumns.EntriesWithData, 10_000) { Query = filter };
        for (var round = 0; round < Rounds; round++)
        {
            var bare = Time(() => ReadBare(folder));
            var allocated = GC.GetTotalAllocatedBytes(precise: true);
            var watch = Stopwatch.StartNew();
            var table = await storage.Streams.QueryAsync(stream, query, CancellationToken.None);
            var ours = watch.Elapsed.TotalMilliseconds;
            allocated = GC.GetTotalAllocatedBytes(precise: true) - allocated;
            output.WriteLine($"{table.RowCount} rows by filter: ADO.NET {bare:N1} ms, QueryAsync {ours:N1} ms, {allocated / 1024.0 / 1024:N1} MiB allocated");
        }
    }

    [Fact(Explicit = true)]
    public async Task Start_and_memory_with_100_streams()
    {
        await using var folder = new TempFolder();
        await using (var storage = await folder.OpenAsync())
        {
            for (var i = 0; i < 100; i++)
                await FillAsync(storage, Guid.NewGuid(), callers: 1, rowsPerCall: 100, 100);
        }

        var watch = Stopwatch.StartNew();
        await using (await folder.OpenAsync())
            output.WriteLine($"start: {watch.Elapsed.TotalMilliseconds:N1} ms, resident {Process.GetCurrentProcess().WorkingSet64 >> 20} MiB");
    }

    private static double Time(Action action)
    {
        var watch = Stopwatch.StartNew();
        action();
        return watch.Elapsed.TotalMilliseconds;
    }

    private async Task<double> OwnAsync(TempFolder folder, int callers, int rowsPerCall, int rows)
    {
        await using var storage = await folder.OpenAsync();
        var stream = Guid.NewGuid();
        await storage.Streams.EnsureAsync(stream, "Data", Shape, CancellationToken.None);
        await FillAsync(storage, stream, 1, rowsPerCall, rowsPerCall * 20);
        var before = storage.Metrics;
        var watch = Stopwatch.StartNew();
        await FillAsync(storage, stream, callers, rowsPerCall, rows);
        var seconds = watch.Elapsed.TotalSeconds;
        if (callers > 1)
            output.WriteLine($"{(storage.Metrics.Writes - before.Writes) / (double)(storage.Metrics.Commits - before.Commits):N1} writes a commit");
        return rows / seconds;
    }

    private static async Task FillAsync(IStorage storage, Guid stream, int callers, int rowsPerCall, int rows)
    {
        await storage.Streams.EnsureAsync(stream, "Data", Shape, CancellationToken.None);
        var next = 0;
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var random = new Random(1);
            while (true)
            {
                var from = Interlocked.Add(ref next, rowsPerCall) - rowsPerCall;
                if (from >= rows)
                    return;
                var entries = new StreamEntry[rowsPerCall];
                for (var i = 0; i < rowsPerCall; i++)
                {
                    var values = new Value[10];
                    for (var v = 0; v < 10; v++)
                        values[v] = Value.Number(random.NextDouble());
                    entries[i] = new(1_700_000_000_000 + from + i, IsAssigned: true, $"Thing{(from + i) % 64}", "Thing", null, null, values);
                }

                await storage.Streams.AppendAsync(stream, Shape, entries, CancellationToken.None);
            }
        })));
    }

    private static double Bare(TempFolder folder, int rowsPerCommit, int rows)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Pooling=False");
        connection.Open();
        Execute(connection, "PRAGMA page_size=8192; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA cache_size=-16384");
        Execute(connection, StreamLayout.Instance.CreateTable("bare", Shape.Fields.Select(field => $"{field.Name} REAL")));
        using var insert = connection.CreateCommand();
        insert.CommandText = $"INSERT INTO bare ({Columns}) VALUES ({string.Join(',', Enumerable.Range(0, 19).Select(i => $"$p{i}"))})";
        var parameters = Enumerable.Range(0, 19).Select(i => insert.Parameters.Add(new SqliteParameter($"$p{i}", null) { Value = DBNull.Value })).ToArray();
        insert.Prepare();
        var random = new Random(1);
        var watch = Stopwatch.StartNew();
        for (var from = 0; from < rows; from += rowsPerCommit)
        {
            using var transaction = connection.BeginTransaction();
            insert.Transaction = transaction;
            for (var i = from; i < from + rowsPerCommit; i++)
            {
                parameters[0].Value = (long)i;
                parameters[1].Value = 1_700_000_000_000 + i;
                parameters[2].Value = $"Thing{i % 64}";
                parameters[3].Value = (long)i;
                parameters[4].Value = "Thing";
                for (var v = 0; v < 10; v++)
                    parameters[9 + v].Value = random.NextDouble();
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
        }

        return rows / watch.Elapsed.TotalSeconds;
    }

    private static void ReadBare(TempFolder folder)
    {
        using var connection = new SqliteConnection($"Data Source={folder.Database};Mode=ReadOnly;Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = $"SELECT {Columns} FROM \"stream_1_Data\" WHERE v1 < 0.2 ORDER BY _timestamp DESC, _id DESC LIMIT 10000";
        using var reader = command.ExecuteReader();
        var rows = new List<object[]>();
        while (reader.Read())
        {
            var row = new object[19];
            reader.GetValues(row);
            rows.Add(row);
        }
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    private static IEnumerable<string> StreamColumns() => StreamLayout.Instance.OwnColumns.Concat(Shape.Fields.Select(field => field.Name));
}
