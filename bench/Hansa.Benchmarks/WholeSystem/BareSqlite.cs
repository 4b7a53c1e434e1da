using System.Diagnostics;

using Microsoft.Data.Sqlite;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>The floor: SQLite alone with the server's own table, pragmas and rows, and as many rows a commit as the server reached.</summary>
internal static class BareSqlite
{
    /// <summary>Durable rows a second.</summary>
    /// <param name="serverFile">The server's file.</param>
    /// <param name="column">A table with this column is the model.</param>
    /// <param name="rowsPerCommit">As the server reached.</param>
    /// <param name="measured">For how long.</param>
    /// <param name="properties">Rows go round so many properties; 0 for a table without.</param>
    public static double Rate(string serverFile, string column, int rowsPerCommit, TimeSpan measured, int properties = 0)
    {
        var folder = Directory.CreateTempSubdirectory("hansa-bench-");
        try
        {
            using var connection = new SqliteConnection($"Data Source={folder.FullName}/bare.db;Pooling=False");
            connection.Open();
            var (insert, row) = CopySchema(serverFile, column, connection);
            using var command = connection.CreateCommand();
            command.CommandText = insert;
            foreach (var (name, value) in row)
                command.Parameters.AddWithValue(name, value);
            long rows = 0;
            var clock = Stopwatch.StartNew();
            while (clock.Elapsed < measured)
            {
                using var transaction = connection.BeginTransaction();
                command.Transaction = transaction;
                for (var i = 0; i < rowsPerCommit; i++)
                {
                    rows++;
                    command.Parameters["$_id"].Value = rows;
                    command.Parameters["$_timestamp"].Value = 1_700_000_000_000 + rows;
                    if (properties > 0)
                        command.Parameters["$_property"].Value = rows % properties;
                    command.ExecuteNonQuery();
                }

                transaction.Commit();
            }

            var rate = rows / clock.Elapsed.TotalSeconds;
            return rate;
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static (string Insert, IReadOnlyList<(string Name, object Value)> Row) CopySchema(string serverFile, string column, SqliteConnection target)
    {
        using var source = new SqliteConnection($"Data Source={serverFile};Mode=ReadOnly;Pooling=False");
        source.Open();
        var pageSize = Scalar(source, "PRAGMA page_size");
        Execute(target, $"PRAGMA page_size={pageSize}; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA wal_autocheckpoint=1024;");
        using var find = source.CreateCommand();
        find.CommandText = "SELECT name, sql FROM sqlite_master WHERE type='table' AND instr(sql, $column) > 0 LIMIT 1";
        find.Parameters.AddWithValue("$column", column);
        using var reader = find.ExecuteReader();
        reader.Read();
        var (table, sql) = (reader.GetString(0), reader.GetString(1));
        Execute(target, sql);
        using var indexes = source.CreateCommand();
        indexes.CommandText = "SELECT sql FROM sqlite_master WHERE type='index' AND sql IS NOT NULL AND tbl_name=$table";
        indexes.Parameters.AddWithValue("$table", table);
        using (var more = indexes.ExecuteReader())
        {
            while (more.Read())
                Execute(target, more.GetString(0));
        }

        using var sample = source.CreateCommand();
        sample.CommandText = $"SELECT * FROM \"{table}\" LIMIT 1";
        using var first = sample.ExecuteReader();
        first.Read();
        var row = Enumerable.Range(0, first.FieldCount).Select(i => ($"${first.GetName(i)}", first.GetValue(i))).ToList();
        var columns = string.Join(", ", Enumerable.Range(0, first.FieldCount).Select(i => $"\"{first.GetName(i)}\""));
        return ($"INSERT INTO \"{table}\" ({columns}) VALUES ({string.Join(", ", row.Select(cell => cell.Item1))})", row);
    }

    private static object? Scalar(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        return command.ExecuteScalar();
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
