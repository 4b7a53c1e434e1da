namespace Hansa.Storage.Sqlite;

/// <summary>All SQL of streams, reads aside (<see cref="SelectBuilder"/>).</summary>
internal static class StreamSql
{
    public const string LoadStreams = "SELECT key, thing, table_name FROM stream WHERE is_dropped = 0";

    public const string LoadFields = "SELECT stream, field, base_type, column_name FROM stream_field";

    public const string FindStream = "SELECT key, table_name FROM stream WHERE thing = ? AND is_dropped = 0";

    public const string FindFields = "SELECT field, base_type, column_name FROM stream_field WHERE stream = ?";

    public const string AddStream = "INSERT INTO stream (key, thing, name, table_name) VALUES (?, ?, ?, ?)";

    public const string AddField = "INSERT INTO stream_field (stream, field, base_type, column_name) VALUES (?, ?, ?, ?)";

    public const string LastKey = "SELECT ifnull(max(key), 0) FROM stream";

    public const string NextId = "SELECT next_id FROM stream WHERE key = ?";

    public const string KeepNextId = "UPDATE stream SET next_id = max(next_id, ?) WHERE key = ?";

    public const string MarkDropped = "UPDATE stream SET is_dropped = 1 WHERE key = ?";

    public const string FindDropped = "SELECT key, table_name FROM stream WHERE is_dropped = 1 LIMIT 1";

    public const string CountDropped = "SELECT count(*) FROM stream WHERE is_dropped = 1";

    public const string ForgetFields = "DELETE FROM stream_field WHERE stream = ?";

    public const string ForgetStream = "DELETE FROM stream WHERE key = ?";

    /// <summary>The columns that every entry has, in the order in which they are bound.</summary>
    public static readonly string[] OwnColumns =
        ["_id", "_timestamp", "_source", "_tie", "_sourceType", "_latitude", "_longitude", "_elevation", "_tags"];

    public static string CreateTable(string table, IEnumerable<string> columns) => $"""
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

    public static string AddColumn(string table, string column) => $"ALTER TABLE {table} ADD COLUMN {column}";

    /// <summary>An entry that replaces one of the same key replaces it whole, hidden columns too, and keeps its id.</summary>
    public static string Insert(StreamTable table, IReadOnlyCollection<string> columns)
    {
        var replaced = OwnColumns.Skip(4).Concat(table.AllColumns()).Select(column => $"{column} = excluded.{column}");
        return $"""
            INSERT INTO {table.Table} ({string.Join(", ", columns)})
            VALUES ({Sql.Parameters(columns.Count)})
            ON CONFLICT (_timestamp, _source, _tie) DO UPDATE SET {string.Join(", ", replaced)}
            """;
    }

    public static string Update(StreamTable table, IReadOnlyCollection<string> columns) =>
        $"UPDATE {table.Table} SET {string.Join(", ", columns.Select(column => $"{column} = ?"))} WHERE _id = ?";

    public static string Exists(StreamTable table) => $"SELECT 1 FROM {table.Table} WHERE _id = ?";

    public static string Delete(StreamTable table) => $"DELETE FROM {table.Table} WHERE _id = ?";

    public static string LastId(StreamTable table) => $"SELECT ifnull(max(_id), 0) FROM {table.Table}";

    public static string Count(StreamTable table) => $"SELECT count(*) FROM {table.Table}";

    /// <summary>Parameters: first and last millisecond, last id, rows.</summary>
    public static string PurgeByTime(StreamTable table) =>
        $"DELETE FROM {table.Table} WHERE _id IN (SELECT _id FROM {table.Table} WHERE _timestamp BETWEEN ? AND ? AND _id <= ? LIMIT ?)";

    /// <summary>Parameter: rows.</summary>
    public static string DeleteSome(string table) => $"DELETE FROM {table} WHERE _id IN (SELECT _id FROM {table} ORDER BY _id LIMIT ?)";

    public static string DropTable(string table) => $"DROP TABLE IF EXISTS {table}";
}
