namespace Hansa.Storage.Sqlite;

/// <summary>What the tables of one kind of data Thing have beside the columns of their Data Shape.</summary>
internal abstract class RowLayout
{
    /// <summary>The kind, as the catalogue calls it: the Thing Template.</summary>
    public abstract string Kind { get; }

    /// <summary>What the names of its tables begin with.</summary>
    public abstract string Prefix { get; }

    /// <summary>The columns that every row has, in the order in which they are bound.</summary>
    public abstract IReadOnlyList<string> OwnColumns { get; }

    /// <summary>The statement that makes a table with these field columns (names with SQL types).</summary>
    public abstract string CreateTable(string table, IEnumerable<string> columns);

    /// <summary>The statement that adds a row of these columns.</summary>
    public abstract string Insert(RowTable table, IReadOnlyCollection<string> columns);

    /// <summary>The statement that deletes so many rows (its parameter) of a dropped table.</summary>
    public virtual string DeleteSome(string table) => $"DELETE FROM {table} WHERE _id IN (SELECT _id FROM {table} ORDER BY _id LIMIT ?)";

    /// <summary>What goes with a dropped table of that name (not quoted), before it is dropped itself.</summary>
    public virtual IEnumerable<string> DropWith(string table) => [];
}
