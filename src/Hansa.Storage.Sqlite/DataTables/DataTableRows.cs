using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Changes of a data table's rows, inside the writing thread's open transaction.</summary>
internal static class DataTableRows
{
    private static readonly FieldDefinition Place = new("location", BaseType.LOCATION);

    public static IReadOnlyList<WrittenRow> Write(
        SqliteWriter writer, RowTable table, InsertPlan plan, DataShape fields, IReadOnlyList<TableEntry> entries, TableWrite mode)
    {
        var database = writer.Database;
        DataTableIndexes.DemandKeys(database, table, fields);
        if (mode == TableWrite.Assign)
        {
            RowIds.Keep(database, table);
            database.Prepare(DataTableSql.DeleteAll(table)).Run();
        }

        var written = new WrittenRow[entries.Count];
        for (var i = 0; i < written.Length; i++)
        {
            var entry = entries[i];
            var id = FindId(database, table, entry.Key);
            written[i] = new(entry.Key, id is null);
            switch (mode, id)
            {
                case (TableWrite.Update, null):
                    throw new PlatformException(ErrorCode.NotFound, $"There is no entry with key '{entry.Key}'; nothing was changed.");
                case (TableWrite.Update, { } known):
                    Update(database, table, known, Change(fields, entry));
                    break;
                case (TableWrite.AddOrUpdate, { } known):
                    Replace(database, table, known, plan, entry);
                    break;
                case (_, { }):
                    throw new PlatformException(ErrorCode.Conflict, $"There is an entry with key '{entry.Key}' already; nothing was added.");
                default:
                    Insert(database, table, plan, entry);
                    break;
            }
        }

        return written;
    }

    public static IReadOnlyList<string> Update(SqliteWriter writer, ReaderPool limits, RowTable table, TableQuery query, TableEntryChange change)
    {
        var rows = limits.RunOn(writer.Reader, (reader, token) => DataTableRead.Find(reader, table, query, token), CancellationToken.None);
        foreach (var (id, _) in rows)
            Update(writer.Database, table, id, change);
        return [.. rows.Select(row => row.Key)];
    }

    public static IReadOnlyList<string> Delete(SqliteWriter writer, ReaderPool limits, RowTable table, TableQuery query)
    {
        RowIds.Keep(writer.Database, table);
        var rows = limits.RunOn(writer.Reader, (reader, token) => DataTableRead.Find(reader, table, query, token), CancellationToken.None);
        var delete = writer.Database.Prepare(DataTableSql.Delete(table));
        try
        {
            foreach (var (id, _) in rows)
            {
                delete.Bind(1, id);
                delete.Step();
            }
        }
        finally
        {
            delete.Reset();
        }

        return [.. rows.Select(row => row.Key)];
    }

    /// <summary>Deletes a slice by a statement with these parameters.</summary>
    public static int DeleteSlice(Database database, RowTable table, string sql, params ReadOnlySpan<long> parameters)
    {
        RowIds.Keep(database, table);
        var delete = database.Prepare(sql);
        for (var i = 0; i < parameters.Length; i++)
            delete.Bind(i + 1, parameters[i]);
        delete.Run();
        return database.Changes;
    }

    private static long? FindId(Database database, RowTable table, string key)
    {
        var find = database.Prepare(DataTableSql.FindId(table));
        try
        {
            find.Bind(1, key);
            return find.Step() ? find.Integer(0) : null;
        }
        finally
        {
            find.Reset();
        }
    }

    private static void Insert(Database database, RowTable table, InsertPlan plan, in TableEntry entry)
    {
        var id = RowIds.Next(database, table);
        var insert = database.Prepare(plan.Sql);
        try
        {
            insert.Bind(1, id);
            insert.Bind(2, entry.Key);
            Bind(insert, 3, plan.Shape, entry);
            insert.Step();
            RowIds.Advance(table, id + 1);
        }
        finally
        {
            insert.Reset();
        }
    }

    // Whole, hidden columns too: what stands there afterwards is what was given.
    private static void Replace(Database database, RowTable table, long id, InsertPlan plan, in TableEntry entry)
    {
        var given = plan.Shape.Fields.SelectMany(field => table.Columns(field)!).ToList();
        var columns = table.Layout.OwnColumns.Skip(2).Concat(given).Concat(table.AllColumns().Except(given, StringComparer.Ordinal));
        var replace = database.Prepare(DataTableSql.Update(table, columns));
        try
        {
            var index = Bind(replace, 1, plan.Shape, entry);
            for (var hidden = table.AllColumns().Except(given, StringComparer.Ordinal).Count(); hidden > 0; hidden--)
                replace.BindNull(index++);
            replace.Bind(index, id);
            replace.Step();
        }
        finally
        {
            replace.Reset();
        }
    }

    private static int Bind(Statement statement, int index, DataShape shape, in TableEntry entry)
    {
        statement.Bind(index++, entry.Timestamp);
        statement.Bind(index++, entry.Source);
        statement.Bind(index++, entry.SourceType);
        index = CellWriter.Bind(statement, index, Value.Location(entry.Location), BaseType.LOCATION);
        index = CellWriter.Bind(statement, index, Tags(entry.Tags), BaseType.TAGS);
        var values = entry.Values.Span;
        for (var i = 0; i < shape.Fields.Length; i++)
            index = CellWriter.Bind(statement, index, values[i], shape.Fields[i].BaseType);
        return index;
    }

    private static TableEntryChange Change(DataShape fields, in TableEntry entry) => new(
        fields, entry.Values, entry.Timestamp, entry.Source.Length == 0 ? null : entry.Source, entry.SourceType, entry.Tags, entry.Location);

    private static void Update(Database database, RowTable table, long id, TableEntryChange change)
    {
        List<string> columns = ["_timestamp"];
        List<(FieldDefinition Field, Value Value)> cells = [(new("timestamp", BaseType.LONG), Value.Long(change.Timestamp))];
        if (change.Source is not null)
        {
            columns.AddRange(["_source", "_sourceType"]);
            cells.AddRange([(new("source", BaseType.STRING), Value.String(change.Source)), (new("sourceType", BaseType.STRING), Value.String(change.SourceType ?? ""))]);
        }

        if (change.Tags is not null)
        {
            columns.Add("_tags");
            cells.Add((new("tags", BaseType.TAGS), Tags(change.Tags)));
        }

        if (change.Location is not null)
        {
            columns.AddRange(["_latitude", "_longitude", "_elevation"]);
            cells.Add((Place, Value.Location(change.Location)));
        }

        for (var i = 0; i < change.Fields.Fields.Length; i++)
        {
            var field = change.Fields.Fields[i];
            columns.AddRange(table.Columns(field) ?? throw InsertPlan.Unknown(table.Layout, field));
            cells.Add((field, change.Values.Span[i]));
        }

        var update = database.Prepare(DataTableSql.Update(table, columns));
        try
        {
            var index = 1;
            foreach (var (field, value) in cells)
                index = CellWriter.Bind(update, index, value, field.BaseType);
            update.Bind(index, id);
            update.Step();
        }
        finally
        {
            update.Reset();
        }
    }

    private static Value Tags(string? tags) => string.IsNullOrEmpty(tags) ? default : Value.Text(tags, BaseType.TAGS);
}
