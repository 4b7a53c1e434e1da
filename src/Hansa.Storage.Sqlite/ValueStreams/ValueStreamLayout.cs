using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A value stream's table: clustered by property, source, time and tie, so that the history of one property lies together.</summary>
/// <remarks>
/// Properties and sources are numbers, with their names in a table beside it: each stands in every row and in the index by id once more.
/// The first value column takes a scalar as SQL has it; places and vectors have their numbers in all of them, as
/// <see cref="CellStorage"/> orders them. The type is that of <see cref="BaseType"/>. Ids count up and are never reused.
/// </remarks>
internal sealed class ValueStreamLayout : RowLayout
{
    private static readonly string[] Own = ["_property", "_source", "_timestamp", "_tie", "_id", "_type", "_quality", "_value", "_value2", "_value3", "_value4"];

    public static ValueStreamLayout Instance { get; } = new();

    public override string Kind => "ValueStream";

    public override string Prefix => "values";

    public override IReadOnlyList<string> OwnColumns => Own;

    /// <summary>The columns in which values of a type lie.</summary>
    public static string[] ValueColumns(BaseType type) => Own[7..(7 + CellStorage.Suffixes(type).Length)];

    /// <summary>The table of names beside a table; both quoted.</summary>
    public static string Names(string table) => $"{table[..^1]}~names\"";

    public override IEnumerable<string> DropWith(string table) => [TableSql.DropTable(Names(Sql.Quote(table)))];

    public override string CreateTable(string table, IEnumerable<string> columns) => $"""
        CREATE TABLE {table} (
            _property  INTEGER NOT NULL,
            _source    INTEGER NOT NULL,
            _timestamp INTEGER NOT NULL,
            _tie       INTEGER NOT NULL,
            _id        INTEGER NOT NULL UNIQUE,
            _type      INTEGER NOT NULL,
            _quality   TEXT NOT NULL,
            _value     BLOB,
            _value2    REAL,
            _value3    REAL,
            _value4    REAL,
            PRIMARY KEY (_property, _source, _timestamp, _tie)
        ) WITHOUT ROWID;
        CREATE TABLE {Names(table)} (_key INTEGER PRIMARY KEY, _name TEXT NOT NULL UNIQUE);
        """;

    /// <summary>A value that replaces one of the same key keeps its id.</summary>
    public override string Insert(RowTable table, IReadOnlyCollection<string> columns) => $"""
        INSERT INTO {table.Table} ({string.Join(", ", columns)})
        VALUES ({Sql.Parameters(columns.Count)})
        ON CONFLICT (_property, _source, _timestamp, _tie) DO UPDATE SET {string.Join(", ", Own.Skip(5).Select(column => $"{column} = excluded.{column}"))}
        """;
}

/// <summary>All SQL of value streams, reads aside (<see cref="SelectBuilder"/>).</summary>
internal static class ValueStreamSql
{
    public static string Delete(RowTable table) => $"DELETE FROM {table.Table} WHERE _id = ?";

    public static string AddName(RowTable table) => $"INSERT INTO {ValueStreamLayout.Names(table.Table)} (_name) VALUES (?) ON CONFLICT DO NOTHING";

    public static string FindName(RowTable table) => $"SELECT _key FROM {ValueStreamLayout.Names(table.Table)} WHERE _name = ?";

    /// <summary>The number of the name that a parameter holds; null where it has none.</summary>
    public static string NumberOf(RowTable table, string parameter) => $"(SELECT _key FROM {ValueStreamLayout.Names(table.Table)} WHERE _name = {parameter})";

    /// <summary>The name whose number a column holds.</summary>
    public static string NameOf(RowTable table, string column) => $"(SELECT _name FROM {ValueStreamLayout.Names(table.Table)} WHERE _key = {column})";

    /// <summary>The next property and source behind those of the parameters, by their numbers.</summary>
    public static string NextSeries(RowTable table) =>
        $"SELECT _property, _source FROM {table.Table} WHERE (_property, _source) > (?, ?) ORDER BY _property, _source LIMIT 1";

    /// <summary>Parameters: the numbers of property and source, first and last millisecond.</summary>
    public static string HasAny(RowTable table) => $"SELECT 1 FROM {table.Table} WHERE _property = ? AND _source = ? AND _timestamp BETWEEN ? AND ? LIMIT 1";

    /// <summary>Parameters: the numbers of property and source, first and last millisecond, last id, rows.</summary>
    public static string Purge(RowTable table) =>
        $"DELETE FROM {table.Table} WHERE _id IN (SELECT _id FROM {table.Table} WHERE _property = ? AND _source = ? AND _timestamp BETWEEN ? AND ? AND _id <= ? LIMIT ?)";

    /// <summary>The first id that goes when so many (its parameter) of the newest stay; twice, as two numbers.</summary>
    public static string FindOldest(RowTable table) => $"SELECT _id, _id FROM {table.Table} ORDER BY _id DESC LIMIT 1 OFFSET ?";

    /// <summary>Parameters: last id, rows.</summary>
    public static string PurgeOldest(RowTable table) => $"DELETE FROM {table.Table} WHERE _id IN (SELECT _id FROM {table.Table} WHERE _id <= ? ORDER BY _id LIMIT ?)";
}
