namespace Hansa.Storage.Sqlite;

/// <summary>Frees the pages of dropped tables.</summary>
internal sealed class TableSweeper(TableCatalogue catalogue, WriteQueue<SqliteWriter> queue, SqliteOptions options, TimeProvider time)
{
    private readonly Sweeper _sweeper = new(queue, (database, rows) => SweepSlice(catalogue, database, rows), options, time);

    /// <summary>There may be dropped tables.</summary>
    public void Wake() => _sweeper.Wake();

    /// <summary>Runs until stopped; whoever made the token awaits this task.</summary>
    public Task RunAsync(CancellationToken stopping) => _sweeper.RunAsync(stopping);

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

    // False where nothing is left to sweep.
    private static bool SweepSlice(TableCatalogue catalogue, Database database, int rows)
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
