using System.Threading.Channels;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Frees the pages of dropped tables behind everybody's back: in slices between other writes, taken up again after a restart.</summary>
internal sealed class TableSweeper(TableCatalogue catalogue, WriteQueue<SqliteWriter> queue, SqliteOptions options, TimeProvider time)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    // Awake or not: more than that the catalogue says.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be dropped tables.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Drops a Thing's table: gone from the catalogue in one commit, its pages are freed behind.</summary>
    public async Task DropAsync(Guid thing, RowTable table)
    {
        await queue.RunAsync(rows: 1, bytes: 16, writer => MarkDropped(writer.Database, table.Key), CancellationToken.None);
        catalogue.Forget(thing, table);
        Wake();
    }

    private static int MarkDropped(Database database, long key)
    {
        var mark = database.Prepare(TableSql.MarkDropped);
        mark.Bind(1, key);
        mark.Run();
        return database.Changes;
    }

    /// <summary>Runs until stopped; whoever made the token awaits this task.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (await _wake.Reader.WaitToReadAsync(stopping))
            {
                _wake.Reader.TryRead(out _);
                await SweepAsync(stopping);
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // What is left is found in the catalogue at the next start.
        }
    }

    private async Task SweepAsync(CancellationToken stopping)
    {
        var slice = options.Queue.MaxCommitRows;
        while (true)
        {
            try
            {
                if (!await queue.RunAsync(slice, bytes: 0, writer => SweepSlice(writer.Database, slice), stopping))
                    return;
            }
            catch (PlatformException)
            {
                // A full queue or disk: it can wait, nobody asks for these rows.
                await Task.Delay(AfterFailure, time, stopping);
            }
        }
    }

    // False where nothing is left to sweep.
    private bool SweepSlice(Database database, int rows)
    {
        var find = database.Prepare(TableSql.FindDropped);
        var (key, kind, table) = find.Step() ? (find.Integer(0), find.Text(1), find.Text(2)) : (0, "", "");
        find.Reset();
        if (key == 0)
            return false;
        var layout = catalogue.LayoutOf(kind);
        if (DeleteSome(database, layout.DeleteSome(Sql.Quote(table)), rows) == rows)
            return true;
        foreach (var sql in layout.DropWith(table))
            database.Execute(sql);
        database.Execute(TableSql.DropTable(Sql.Quote(table)));
        foreach (var sql in (ReadOnlySpan<string>)[TableSql.ForgetFields, TableSql.ForgetTable])
        {
            var forget = database.Prepare(sql);
            forget.Bind(1, key);
            forget.Run();
        }

        return true;
    }

    private static int DeleteSome(Database database, string sql, int rows)
    {
        var delete = database.Prepare(sql);
        delete.Bind(1, rows);
        delete.Run();
        return database.Changes;
    }
}
