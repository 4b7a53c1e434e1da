namespace Hansa.Storage.Sqlite;

/// <summary>All SQL of data tables, reads aside (<see cref="SelectBuilder"/>).</summary>
internal static class DataTableSql
{
    public const string FindKeyFields = "SELECT fields FROM data_table_key WHERE data_table = ?";

    public const string PutKeyFields = "INSERT INTO data_table_key (data_table, fields) VALUES (?, ?) ON CONFLICT (data_table) DO UPDATE SET fields = excluded.fields";

    public const string FindIndexes = "SELECT name, sql FROM sqlite_master WHERE type = 'index' AND tbl_name = ? AND sql IS NOT NULL";

    public const string FindTrigger = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = ?";

    public static string FindId(RowTable table) => $"SELECT _id FROM {table.Table} WHERE _key = ?";

    public static string Update(RowTable table, IEnumerable<string> columns) => $"UPDATE {table.Table} SET {string.Join(", ", columns.Select(column => $"{column} = ?"))} WHERE _id = ?";

    public static string Delete(RowTable table) => $"DELETE FROM {table.Table} WHERE _id = ?";

    public static string DeleteAll(RowTable table) => $"DELETE FROM {table.Table}";

    /// <summary>Parameters: last id, rows.</summary>
    public static string Purge(RowTable table) => $"DELETE FROM {table.Table} WHERE _id IN (SELECT _id FROM {table.Table} WHERE _id <= ? LIMIT ?)";

    /// <summary>Parameters: time, rows.</summary>
    public static string PurgeBefore(RowTable table) => $"DELETE FROM {table.Table} WHERE _id IN (SELECT _id FROM {table.Table} WHERE _timestamp < ? LIMIT ?)";

    /// <summary>The newest row that goes when so many (its parameter) stay.</summary>
    public static string FindOldest(RowTable table) => $"SELECT _timestamp, _id FROM {table.Table} ORDER BY _timestamp DESC, _id DESC LIMIT 1 OFFSET ?";

    /// <summary>Parameters: time and id of the newest row that goes, rows.</summary>
    public static string PurgeOldest(RowTable table) =>
        $"DELETE FROM {table.Table} WHERE _id IN (SELECT _id FROM {table.Table} WHERE (_timestamp, _id) <= (?, ?) LIMIT ?)";

    /// <summary>First a key that no other row has, so that new keys never meet old ones.</summary>
    public static string Unkey(RowTable table) => $"UPDATE {table.Table} SET _key = char(0) || _id";

    public static string Rekey(RowTable table) => $"UPDATE {table.Table} SET _key = ? WHERE _id = ?";
}
