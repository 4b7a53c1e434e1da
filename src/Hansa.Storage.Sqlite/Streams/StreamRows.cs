using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Changes of a stream's rows, inside the writing thread's open transaction.</summary>
internal static class StreamRows
{
    /// <summary>Adds entries; gives how many replaced an older one.</summary>
    public static int Append(Database database, RowTable table, InsertPlan plan, IReadOnlyList<StreamEntry> entries)
    {
        var next = RowIds.Next(database, table);
        var overwritten = 0;
        var insert = database.Prepare(plan.Sql);
        try
        {
            for (var i = 0; i < entries.Count; i++)
            {
                Bind(insert, plan.Shape, entries[i], next);
                insert.Step();
                // An upsert that replaced did not insert, so the last inserted id is still that of an entry before.
                if (database.LastRowId == next)
                    next++;
                else
                    overwritten++;
            }
        }
        finally
        {
            insert.Reset();
            RowIds.Advance(table, next);
        }

        return overwritten;
    }

    /// <summary>Changes the named fields of one entry.</summary>
    public static bool Update(Database database, RowTable table, long id, StreamEntryChange change)
    {
        List<string> columns = [];
        foreach (var field in change.Fields.Fields)
            columns.AddRange(table.Columns(field) ?? throw InsertPlan.Unknown(table.Layout, field));
        if (change.Tags is not null)
            columns.Add("_tags");
        if (change.Location is not null)
            columns.AddRange(["_latitude", "_longitude", "_elevation"]);
        if (columns.Count == 0)
            return Exists(database, table, id);
        var update = database.Prepare(StreamSql.Update(table, columns));
        try
        {
            var index = 1;
            for (var i = 0; i < change.Fields.Fields.Length; i++)
                index = CellWriter.Bind(update, index, change.Values.Span[i], change.Fields.Fields[i].BaseType);
            if (change.Tags is not null)
                index = CellWriter.Bind(update, index, Tags(change.Tags), BaseType.TAGS);
            if (change.Location is not null)
                index = CellWriter.Bind(update, index, Value.Location(change.Location), BaseType.LOCATION);
            update.Bind(index, id);
            update.Step();
            return database.Changes > 0;
        }
        finally
        {
            update.Reset();
        }
    }

    /// <summary>Deletes one entry.</summary>
    public static bool Delete(Database database, RowTable table, long id)
    {
        RowIds.Keep(database, table);
        var delete = database.Prepare(StreamSql.Delete(table));
        delete.Bind(1, id);
        delete.Run();
        return database.Changes > 0;
    }

    /// <summary>Deletes at most so many entries of a span of time, up to an id.</summary>
    public static int Purge(Database database, RowTable table, long start, long end, long lastId, int rows)
    {
        RowIds.Keep(database, table);
        var purge = database.Prepare(StreamSql.PurgeByTime(table));
        purge.Bind(1, start);
        purge.Bind(2, end);
        purge.Bind(3, lastId);
        purge.Bind(4, rows);
        purge.Run();
        return database.Changes;
    }

    /// <summary>Deletes at most so many of the oldest entries, up to one.</summary>
    public static int PurgeOldest(Database database, RowTable table, long time, long id, int rows)
    {
        RowIds.Keep(database, table);
        var purge = database.Prepare(StreamSql.PurgeOldest(table));
        purge.Bind(1, time);
        purge.Bind(2, id);
        purge.Bind(3, rows);
        purge.Run();
        return database.Changes;
    }

    private static bool Exists(Database database, RowTable table, long id)
    {
        var exists = database.Prepare(StreamSql.Exists(table));
        exists.Bind(1, id);
        var found = exists.Step();
        exists.Reset();
        return found;
    }

    private static void Bind(Statement insert, DataShape shape, in StreamEntry entry, long id)
    {
        insert.Bind(1, id);
        insert.Bind(2, entry.Timestamp);
        insert.Bind(3, entry.Source);
        // An assigned time never meets another entry: its own id is a tie that nobody else has. 0 is for times that were given.
        insert.Bind(4, entry.IsAssigned ? id : 0);
        insert.Bind(5, entry.SourceType);
        var index = CellWriter.Bind(insert, 6, Value.Location(entry.Location), BaseType.LOCATION);
        index = CellWriter.Bind(insert, index, Tags(entry.Tags), BaseType.TAGS);
        var values = entry.Values.Span;
        for (var i = 0; i < shape.Fields.Length; i++)
            index = CellWriter.Bind(insert, index, values[i], shape.Fields[i].BaseType);
    }

    private static Value Tags(string? tags) => string.IsNullOrEmpty(tags) ? default : Value.Text(tags, BaseType.TAGS);
}
