using System.Collections.Frozen;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Which column stem holds a field while it has a base type.</summary>
internal readonly record struct FieldKey(string Field, BaseType BaseType);

/// <summary>A stream's table as the catalogue has it. Immutable, the counter aside: a new column makes a new one.</summary>
internal sealed class StreamTable(long key, string name, IEnumerable<KeyValuePair<FieldKey, string>> columns, EntryIds ids)
{
    private volatile InsertPlan? _lastInsert;
    private volatile bool _isDropped;

    public long Key { get; } = key;

    /// <summary>The table's name, quoted.</summary>
    public string Table { get; } = Sql.Quote(name);

    /// <summary>Column stems by field and base type, of fields that are gone, too.</summary>
    public FrozenDictionary<FieldKey, string> Stems { get; } = columns.ToFrozenDictionary();

    public EntryIds Ids { get; } = ids;

    /// <summary>Set once the drop is committed: a write that still has this table in hand is refused.</summary>
    public bool IsDropped
    {
        get => _isDropped;
        set => _isDropped = value;
    }

    /// <summary>The quoted columns of a field, null where it was never ensured.</summary>
    public string[]? Columns(FieldDefinition field) =>
        Stems.TryGetValue(new(field.Name, field.BaseType), out var stem) ? Columns(stem, field.BaseType) : null;

    /// <summary>How rows of a shape are inserted.</summary>
    /// <exception cref="PlatformException">A field of the shape was never ensured.</exception>
    public InsertPlan Insert(DataShape shape)
    {
        // Callers hand in the same shape over and over.
        if (_lastInsert is { } last && ReferenceEquals(last.Shape, shape))
            return last;
        return _lastInsert = InsertPlan.Make(this, shape);
    }

    /// <summary>The columns of every field, whatever became of it.</summary>
    public IEnumerable<string> AllColumns() => Stems.SelectMany(stem => Columns(stem.Value, stem.Key.BaseType));

    private static string[] Columns(string stem, BaseType type)
    {
        var suffixes = CellStorage.Suffixes(type);
        var columns = new string[suffixes.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = Sql.Quote(stem + suffixes[i]);
        return columns;
    }
}

/// <summary>The entry ids of one stream: count up, never come again. Used by the writing thread alone.</summary>
internal sealed class EntryIds
{
    /// <summary>The next id; 0 while the table has not been asked.</summary>
    public long Next { get; set; }
}

/// <summary>How rows of one Data Shape are inserted into one stream.</summary>
internal sealed record InsertPlan(DataShape Shape, string Sql)
{
    public static InsertPlan Make(StreamTable table, DataShape shape)
    {
        var columns = new List<string>(StreamSql.OwnColumns);
        foreach (var field in shape.Fields)
            columns.AddRange(table.Columns(field) ?? throw Unknown(field));

        return new(shape, StreamSql.Insert(table, columns));
    }

    public static PlatformException Unknown(FieldDefinition field) => new(ErrorCode.BadRequest,
        $"The stream has no field '{field.Name}' of type {field.BaseType.Name()}; restart it with its Data Shape.");
}
