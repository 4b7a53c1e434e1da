namespace Hansa.Storage.Sqlite;

/// <summary>SQL of the catalogue, and what is the same for the tables of every kind.</summary>
internal static class TableSql
{
    public const string LoadTables = "SELECT key, thing, kind, table_name FROM data_table WHERE is_dropped = 0";

    public const string LoadFields = "SELECT data_table, field, base_type, column_name FROM data_field";

    public const string FindTable = "SELECT key, table_name FROM data_table WHERE thing = ? AND kind = ? AND is_dropped = 0";

    public const string FindFields = "SELECT field, base_type, column_name FROM data_field WHERE data_table = ?";

    public const string AddTable = "INSERT INTO data_table (key, thing, kind, name, table_name) VALUES (?, ?, ?, ?, ?)";

    public const string AddField = "INSERT INTO data_field (data_table, field, base_type, column_name) VALUES (?, ?, ?, ?)";

    public const string LastKey = "SELECT ifnull(max(key), 0) FROM data_table";

    public const string NextId = "SELECT next_id FROM data_table WHERE key = ?";

    public const string KeepNextId = "UPDATE data_table SET next_id = max(next_id, ?) WHERE key = ?";

    public const string MarkDropped = "UPDATE data_table SET is_dropped = 1 WHERE key = ?";

    public const string FindDropped = "SELECT key, kind, table_name FROM data_table WHERE is_dropped = 1 LIMIT 1";

    public const string CountDropped = "SELECT count(*) FROM data_table WHERE is_dropped = 1";

    public const string ForgetFields = "DELETE FROM data_field WHERE data_table = ?";

    public const string ForgetTable = "DELETE FROM data_table WHERE key = ?";

    public static string AddColumn(string table, string column) => $"ALTER TABLE {table} ADD COLUMN {column}";

    public static string LastId(RowTable table) => $"SELECT ifnull(max(_id), 0) FROM {table.Table}";

    public static string Count(RowTable table) => $"SELECT count(*) FROM {table.Table}";

    public static string DropTable(string table) => $"DROP TABLE IF EXISTS {table}";
}
