namespace Hansa.Storage.Sqlite;

/// <summary>The row ids of one table: count up, never come again. Used by the writing thread alone.</summary>
internal sealed class RowIds
{
    private long _next;

    /// <summary>The next row's id. What the catalogue keeps and what is in the table say it; nothing is written for it on the way.</summary>
    public static long Next(Database database, RowTable table)
    {
        if (table.IsDropped)
            throw TableCatalogue.NotFound(table.Layout);
        if (table.Ids._next == 0)
        {
            var kept = database.Prepare(TableSql.NextId);
            kept.Bind(1, table.Key);
            var next = kept.Step() ? kept.Integer(0) : 1;
            kept.Reset();
            table.Ids._next = Math.Max(next, database.Scalar(TableSql.LastId(table)) + 1);
        }

        return table.Ids._next;
    }

    /// <summary>Ids below this one are used.</summary>
    public static void Advance(RowTable table, long next) => table.Ids._next = next;

    /// <summary>To be called before rows go: the table may not show any more which ids were used.</summary>
    public static void Keep(Database database, RowTable table)
    {
        var keep = database.Prepare(TableSql.KeepNextId);
        keep.Bind(1, Next(database, table));
        keep.Bind(2, table.Key);
        keep.Run();
    }
}
