using System.Threading.Channels;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Frees the pages of dropped streams behind everybody's back: in slices between other writes, taken up again after a restart.</summary>
internal sealed class StreamSweeper(WriteQueue<SqliteWriter> queue, SqliteOptions options, TimeProvider time)
{
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    // Awake or not: more than that the catalogue says.
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>There may be dropped streams.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

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
    private static bool SweepSlice(Database database, int rows)
    {
        var find = database.Prepare(StreamSql.FindDropped);
        var (key, table) = find.Step() ? (find.Integer(0), Sql.Quote(find.Text(1))) : (0, "");
        find.Reset();
        if (key == 0)
            return false;
        if (DeleteSome(database, table, rows) == rows)
            return true;
        database.Execute(StreamSql.DropTable(table));
        foreach (var sql in (ReadOnlySpan<string>)[StreamSql.ForgetFields, StreamSql.ForgetStream])
        {
            var forget = database.Prepare(sql);
            forget.Bind(1, key);
            forget.Run();
        }

        return true;
    }

    private static int DeleteSome(Database database, string table, int rows)
    {
        var delete = database.Prepare(StreamSql.DeleteSome(table));
        delete.Bind(1, rows);
        delete.Run();
        return database.Changes;
    }
}
