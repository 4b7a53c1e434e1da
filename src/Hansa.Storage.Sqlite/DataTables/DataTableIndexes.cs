using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Keys and indexes of a data table, inside the writing thread's open transaction.</summary>
internal static class DataTableIndexes
{
    /// <summary>Gives every row a new key where the primary key has changed.</summary>
    /// <exception cref="PlatformException">Conflict: the fields are not unique among the rows, or missing in one. BadRequest: of their type no key can be made.</exception>
    public static void EnsureKeys(SqliteWriter writer, RowTable table, DataShape shape)
    {
        var keys = TableKey.FieldsOf(shape);
        if (keys.FirstOrDefault(field => field.BaseType.Form() is ValueForm.None or ValueForm.Any or ValueForm.Bytes or ValueForm.Table) is { } wrong)
            throw new PlatformException(ErrorCode.BadRequest, $"Field '{wrong.Name}' of Data Shape [{shape.Name}] is {wrong.BaseType.Name()}, whose values cannot be part of a primary key.");
        var now = TableKey.Signature(shape);
        var before = KeyFields(writer.Database, table);
        if (before == now)
            return;
        if (before is not null && keys.Count > 0)
            Rekey(writer, table, shape, keys);
        var put = writer.Database.Prepare(DataTableSql.PutKeyFields);
        put.Bind(1, table.Key);
        put.Bind(2, now);
        put.Run();
    }

    /// <summary>Refuses rows whose keys were made of other fields: the primary key has changed since.</summary>
    public static void DemandKeys(Database database, RowTable table, DataShape fields)
    {
        if (KeyFields(database, table) is { } now && now != TableKey.Signature(fields))
            throw new PlatformException(ErrorCode.Conflict, $"The primary key of Data Shape [{fields.Name}] has just changed; nothing was written. Try again.");
    }

    /// <summary>Whether the full-text index is that of the fields in use: its trigger says which they were.</summary>
    public static bool IsTextOf(Database database, RowTable table, DataShape shape)
    {
        var find = database.Prepare(DataTableSql.FindTrigger);
        try
        {
            find.Bind(1, $"{table.Name}_insert");
            var present = find.Step() ? find.Text(0) : null;
            var columns = DataTableText.Columns(table, shape);
            return columns.Count == 0 ? present is null : present is not null && present == DataTableText.InsertTrigger(table, columns);
        }
        finally
        {
            find.Reset();
        }
    }

    /// <summary>Makes the indexes those that are named.</summary>
    public static void Ensure(Database database, RowTable table, DataShape shape, IReadOnlyList<TableIndex> indexes)
    {
        // SQL does not tell case apart.
        var wanted = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var index in indexes)
        {
            if (!wanted.TryAdd($"{table.Name}_by_{index.Name}", Create(table, shape, index)))
                throw new PlatformException(ErrorCode.BadRequest, $"Index '{index.Name}' is there twice; give each index a name that differs by more than case.");
        }

        foreach (var (name, sql) in Present(database, table))
        {
            if (!wanted.Remove(name, out var want))
                database.Execute($"DROP INDEX {Sql.Quote(name)}");
            else if (want != sql)
                database.Execute($"DROP INDEX {Sql.Quote(name)}; {want}");
        }

        foreach (var sql in wanted.Values)
            database.Execute(sql);
    }

    private static string Create(RowTable table, DataShape shape, TableIndex index)
    {
        var columns = index.Fields.SelectMany(name => shape.Find(name) is { } field
            ? table.Columns(field) ?? throw InsertPlan.Unknown(table.Layout, field)
            : throw new PlatformException(ErrorCode.BadRequest, $"Index '{index.Name}' names field '{name}', which the Data Shape does not have.")).ToList();
        return columns.Count == 0
            ? throw new PlatformException(ErrorCode.BadRequest, $"Index '{index.Name}' names no field.")
            : $"CREATE INDEX {Sql.Quote($"{table.Name}_by_{index.Name}")} ON {table.Table} ({string.Join(", ", columns)})";
    }

    private static List<(string Name, string Sql)> Present(Database database, RowTable table)
    {
        var present = new List<(string, string)>();
        var rows = database.Prepare(DataTableSql.FindIndexes);
        try
        {
            rows.Bind(1, table.Name);
            while (rows.Step())
                present.Add((rows.Text(0), rows.Text(1)));
        }
        finally
        {
            rows.Reset();
        }

        return present;
    }

    private static void Rekey(SqliteWriter writer, RowTable table, DataShape shape, IReadOnlyList<FieldDefinition> keys)
    {
        SelectColumn[] output = [new(new("id", BaseType.LONG), ["_id"]), .. keys.Select((field, i) => SelectColumn.OfField(table, field) with { Field = field with { Name = $"key{i}" } })];
        var rows = new SelectRead(writer.Reader, new SelectBuilder(output), table.Table, new([.. output.Select(column => column.Field)]), output).Rows(int.MaxValue, CancellationToken.None);
        writer.Database.Prepare(DataTableSql.Unkey(table)).Run();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var rekey = writer.Database.Prepare(DataTableSql.Rekey(table));
        try
        {
            for (var i = 0; i < rows.RowCount; i++)
            {
                var values = rows.Row(i)[1..].ToArray();
                var key = Array.Exists(values, value => value.IsNull) ? null : TableKey.Of(values);
                if (key is null || !seen.Add(key))
                {
                    throw new PlatformException(ErrorCode.Conflict,
                        $"The primary key ({string.Join(", ", keys.Select(field => field.Name))}) of Data Shape [{shape.Name}] {(key is null ? "is missing in a row" : $"is '{key}' in more than one row")} that is there; give the rows such keys first, or the shape its former one.");
                }

                rekey.Bind(1, key);
                rekey.Bind(2, rows[i, 0].AsLong());
                rekey.Step();
            }
        }
        finally
        {
            rekey.Reset();
        }
    }

    private static string? KeyFields(Database database, RowTable table)
    {
        var find = database.Prepare(DataTableSql.FindKeyFields);
        try
        {
            find.Bind(1, table.Key);
            return find.Step() ? find.Text(0) : null;
        }
        finally
        {
            find.Reset();
        }
    }
}
