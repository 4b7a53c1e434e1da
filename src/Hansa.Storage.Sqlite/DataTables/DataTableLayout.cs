using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A data table's table: a rowid table with a unique key. Its full-text index stands beside it and is kept by triggers, in the transaction of each write.</summary>
internal sealed class DataTableLayout : RowLayout
{
    private static readonly string[] Own = ["_id", "_key", "_timestamp", "_source", "_sourceType", "_latitude", "_longitude", "_elevation", "_tags"];

    public static DataTableLayout Instance { get; } = new();

    public override string Kind => "DataTable";

    public override string Prefix => "table";

    public override IReadOnlyList<string> OwnColumns => Own;

    public override string CreateTable(string table, IEnumerable<string> columns) => $"""
        CREATE TABLE {table} (
            _id         INTEGER PRIMARY KEY,
            _key        TEXT NOT NULL UNIQUE,
            _timestamp  INTEGER NOT NULL,
            _source     TEXT NOT NULL,
            _sourceType TEXT NOT NULL,
            _latitude   REAL,
            _longitude  REAL,
            _elevation  REAL,
            _tags       TEXT
            {string.Concat(columns.Select(column => $", {column}"))}
        )
        """;

    public override string Insert(RowTable table, IReadOnlyCollection<string> columns) =>
        $"INSERT INTO {table.Table} ({string.Join(", ", columns)}) VALUES ({Sql.Parameters(columns.Count)})";

    public override IEnumerable<string> DropWith(string table) =>
        [DataTableText.Drop(table), $"DELETE FROM data_table_key WHERE data_table = (SELECT key FROM data_table WHERE table_name = {Sql.Text(table)})"];
}

/// <summary>The full-text index of a data table: one text a row, of the fields that are in use.</summary>
internal static class DataTableText
{
    /// <summary>Whether a field's text is searched.</summary>
    public static bool IsSearched(FieldDefinition field) => field.BaseType.Form() == ValueForm.Text
        && field.BaseType is not (BaseType.PASSWORD or BaseType.JSON or BaseType.QUERY or BaseType.TAGS);

    /// <summary>The index's name, quoted.</summary>
    public static string Index(string table) => Sql.Quote($"{table}_text");

    /// <summary>Takes the index away; the triggers go with their table, or by <see cref="Create"/>.</summary>
    public static string Drop(string table) => $"DROP TABLE IF EXISTS {Index(table)}";

    /// <summary>Makes the index of a table's rows, and the triggers that keep it; takes all away where nothing is searched.</summary>
    public static string Create(RowTable table, DataShape shape)
    {
        var (insert, update, delete) = (Sql.Quote($"{table.Name}_insert"), Sql.Quote($"{table.Name}_update"), Sql.Quote($"{table.Name}_delete"));
        var clear = $"DROP TRIGGER IF EXISTS {insert}; DROP TRIGGER IF EXISTS {update}; DROP TRIGGER IF EXISTS {delete}; {Drop(table.Name)};";
        var columns = Columns(table, shape);
        if (columns.Count == 0)
            return clear;
        var index = Index(table.Name);
        return $"""
            {clear}
            CREATE VIRTUAL TABLE {index} USING fts5(body, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 2");
            INSERT INTO {index} (rowid, body) SELECT _id, {Body("", columns)} FROM {table.Table};
            {InsertTrigger(table, columns)};
            CREATE TRIGGER {update} AFTER UPDATE ON {table.Table} BEGIN INSERT OR REPLACE INTO {index} (rowid, body) VALUES (new._id, {Body("new.", columns)}); END;
            CREATE TRIGGER {delete} AFTER DELETE ON {table.Table} BEGIN DELETE FROM {index} WHERE rowid = old._id; END;
            """;
    }

    /// <summary>The trigger that adds a row's text; it tells which fields are indexed.</summary>
    public static string InsertTrigger(RowTable table, IReadOnlyList<string> columns) =>
        $"CREATE TRIGGER {Sql.Quote($"{table.Name}_insert")} AFTER INSERT ON {table.Table} BEGIN INSERT INTO {Index(table.Name)} (rowid, body) VALUES (new._id, {Body("new.", columns)}); END";

    /// <summary>The columns of the fields that are searched.</summary>
    public static IReadOnlyList<string> Columns(RowTable table, DataShape shape) =>
        [.. shape.Fields.Where(IsSearched).SelectMany(field => table.Columns(field) ?? [])];

    private static string Body(string row, IReadOnlyList<string> columns) => string.Join(" || char(10) || ", columns.Select(column => $"ifnull({row}{column}, '')"));
}
