using System.Text;
using Hansa.Model;
using SQLitePCL;

namespace Hansa.Storage.Sqlite;

/// <summary>Functions that SQL calls for what only the model can say, so that a query means the same in both.</summary>
internal static class QueryFunctions
{
    /// <summary><c>hansa_test(n, column…)</c>: whether the query's filter n passes the value in these columns.</summary>
    public const string Test = "hansa_test";

    /// <summary><c>hansa_upper(text)</c>: the text as it is compared without regard to case.</summary>
    public const string Upper = "hansa_upper";

    /// <summary><c>hansa_sort_key(type, case, column)</c>: bytes in the order of <see cref="ValueOrder"/>.</summary>
    public const string SortKey = "hansa_sort_key";

    private const int Deterministic = 0x800; // SQLITE_DETERMINISTIC

    public static void Register(SqliteReader reader)
    {
        var database = reader.Database;
        database.Check(raw.sqlite3_create_function(database.Handle, Test, -1, Deterministic, reader, RunTest));
        database.Check(raw.sqlite3_create_function(database.Handle, Upper, 1, Deterministic, reader, RunUpper));
        database.Check(raw.sqlite3_create_function(database.Handle, SortKey, 3, Deterministic, reader, RunSortKey));
    }

    /// <summary>The text as it is compared without regard to case (<see cref="ValueOrder.CompareTexts"/>).</summary>
    public static Value ToUpper(Value text) => text.AsText() is { } plain ? Value.Text(plain.ToUpperInvariant(), text.BaseType) : text;

    private static void RunTest(sqlite3_context context, object state, sqlite3_value[] arguments) =>
        Guard(context, state, arguments, static (context, reader, arguments) =>
        {
            var filter = reader.Filters[raw.sqlite3_value_int(arguments[0])];
            var value = CellReader.Read(new ArgumentCells(arguments), 1, filter.Field.BaseType);
            raw.sqlite3_result_int(context, filter.Matches(value) ? 1 : 0);
        });

    private static void RunUpper(sqlite3_context context, object state, sqlite3_value[] arguments) =>
        Guard(context, state, arguments, static (context, _, arguments) =>
        {
            if (raw.sqlite3_value_type(arguments[0]) == raw.SQLITE_NULL)
                raw.sqlite3_result_null(context);
            else
                ResultText(context, Encoding.UTF8.GetString(raw.sqlite3_value_blob(arguments[0])).ToUpperInvariant());
        });

    private static void RunSortKey(sqlite3_context context, object state, sqlite3_value[] arguments) =>
        Guard(context, state, arguments, static (context, _, arguments) =>
        {
            var value = CellReader.Read(new ArgumentCells(arguments), 2, (BaseType)raw.sqlite3_value_int(arguments[0]));
            raw.sqlite3_result_blob(context, Hansa.Storage.SortKey.Of(value, raw.sqlite3_value_int(arguments[1]) != 0));
        });

    private static void ResultText(sqlite3_context context, string text)
    {
        // As a string it would end at its first NUL; as an empty span it would be null.
        if (text.Length == 0)
            raw.sqlite3_result_text(context, "");
        else
            raw.sqlite3_result_text(context, Encoding.UTF8.GetBytes(text).AsSpan());
    }

    // An exception must not pass through SQLite's frames: it waits, and the failed step throws it.
    private static void Guard(
        sqlite3_context context, object state, sqlite3_value[] arguments, Action<sqlite3_context, SqliteReader, sqlite3_value[]> body)
    {
        var reader = (SqliteReader)state;
        try
        {
            body(context, reader, arguments);
        }
        catch (Exception e)
        {
            reader.Database.FunctionFailure = e;
            raw.sqlite3_result_error(context, "failed");
        }
    }
}
