using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Short statements of the writing thread, with their values in the order of the question marks.</summary>
internal static class Command
{
    /// <summary>Runs a change.</summary>
    /// <returns>Rows that it changed.</returns>
    public static int Run(Database database, string sql, params ReadOnlySpan<Value> values)
    {
        var statement = Bind(database, sql, values);
        try
        {
            statement.Step();
            return database.Changes;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The numbers in the first column of all rows.</summary>
    public static List<long> Numbers(Database database, string sql, params ReadOnlySpan<Value> values)
    {
        var numbers = new List<long>();
        var statement = Bind(database, sql, values);
        try
        {
            while (statement.Step())
                numbers.Add(statement.Integer(0));
            return numbers;
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The texts of the first row, null where there is no row.</summary>
    public static string[]? Texts(Database database, string sql, int columns, params ReadOnlySpan<Value> values)
    {
        var statement = Bind(database, sql, values);
        try
        {
            return statement.Step() ? [.. Enumerable.Range(0, columns).Select(statement.Text)] : null;
        }
        finally
        {
            statement.Reset();
        }
    }

    private static Statement Bind(Database database, string sql, ReadOnlySpan<Value> values)
    {
        var statement = database.Prepare(sql);
        for (var i = 0; i < values.Length; i++)
        {
            if (values[i].IsNull)
                statement.BindNull(i + 1);
            else
                CellWriter.BindScalar(statement, i + 1, values[i]);
        }

        return statement;
    }
}
