namespace Hansa.Storage.Sqlite;

/// <summary>A stream's table: a rowid table whose key is timestamp, source and tie (design decisions 1).</summary>
internal sealed class StreamLayout : RowLayout
{
    private static readonly string[] Own = ["_id", "_timestamp", "_source", "_tie", "_sourceType", "_latitude", "_longitude", "_elevation", "_tags"];

    public static StreamLayout Instance { get; } = new();

    public override string Kind => "Stream";

    public override string Prefix => "stream";

    public override IReadOnlyList<string> OwnColumns => Own;

    public override string CreateTable(string table, IEnumerable<string> columns) => $"""
        CREATE TABLE {table} (
            _id         INTEGER PRIMARY KEY,
            _timestamp  INTEGER NOT NULL,
            _source     TEXT NOT NULL,
            _tie        INTEGER NOT NULL,
            _sourceType TEXT NOT NULL,
            _latitude   REAL,
            _longitude  REAL,
            _elevation  REAL,
            _tags       TEXT,
            {string.Concat(columns.Select(column => $"{column}, "))}
            UNIQUE (_timestamp, _source, _tie)
        )
        """;

    /// <summary>An entry that replaces one of the same key replaces it whole, hidden columns too, and keeps its id.</summary>
    public override string Insert(RowTable table, IReadOnlyCollection<string> columns)
    {
        var replaced = Own.Skip(4).Concat(table.AllColumns()).Select(column => $"{column} = excluded.{column}");
        return $"""
            INSERT INTO {table.Table} ({string.Join(", ", columns)})
            VALUES ({Sql.Parameters(columns.Count)})
            ON CONFLICT (_timestamp, _source, _tie) DO UPDATE SET {string.Join(", ", replaced)}
            """;
    }
}

/// <summary>All SQL of streams, reads aside (<see cref="SelectBuilder"/>).</summary>
internal static class StreamSql
{
    public static string Update(RowTable table, IReadOnlyCollection<string> columns) =>
        $"UPDATE {table.Table} SET {string.Join(", ", columns.Select(column => $"{column} = ?"))} WHERE _id = ?";

    public static string Exists(RowTable table) => $"SELECT 1 FROM {table.Table} WHERE _id = ?";

    public static string Delete(RowTable table) => $"DELETE FROM {table.Table} WHERE _id = ?";

    /// <summary>Parameters: first and last millisecond, last id, rows.</summary>
    public static string PurgeByTime(RowTable table) =>
        $"DELETE FROM {table.Table} WHERE _id IN (SELECT _id FROM {table.Table} WHERE _timestamp BETWEEN ? AND ? AND _id <= ? LIMIT ?)";

    /// <summary>The first entry that goes when so many (its parameter) of the newest stay.</summary>
    public static string FindOldest(RowTable table) => $"SELECT _timestamp, _id FROM {table.Table} ORDER BY _timestamp DESC, _id DESC LIMIT 1 OFFSET ?";

    /// <summary>Parameters: time and id of the newest entry that goes, rows.</summary>
    public static string PurgeOldest(RowTable table) =>
        $"DELETE FROM {table.Table} WHERE _id IN (SELECT _id FROM {table.Table} WHERE (_timestamp, _id) <= (?, ?) ORDER BY _timestamp LIMIT ?)";
}
