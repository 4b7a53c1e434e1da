using System.Collections.Frozen;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Which column stem holds a field while it has a base type.</summary>
internal readonly record struct FieldKey(string Field, BaseType BaseType);

/// <summary>A data Thing's table as the catalogue has it. Immutable, the counter aside: a new column makes a new one.</summary>
internal sealed class RowTable(RowLayout layout, long key, string name, IEnumerable<KeyValuePair<FieldKey, string>> columns, RowIds ids)
{
    private volatile InsertPlan? _lastInsert;
    private volatile bool _isDropped;

    /// <summary>What kind of table it is.</summary>
    public RowLayout Layout { get; } = layout;

    public long Key { get; } = key;

    /// <summary>The table's name.</summary>
    public string Name { get; } = name;

    /// <summary>The table's name, quoted.</summary>
    public string Table { get; } = Sql.Quote(name);

    /// <summary>Column stems by field and base type, of fields that are gone, too.</summary>
    public FrozenDictionary<FieldKey, string> Stems { get; } = columns.ToFrozenDictionary();

    public RowIds Ids { get; } = ids;

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

/// <summary>How rows of one Data Shape are inserted into one table.</summary>
internal sealed record InsertPlan(DataShape Shape, string Sql)
{
    public static InsertPlan Make(RowTable table, DataShape shape)
    {
        var columns = new List<string>(table.Layout.OwnColumns);
        foreach (var field in shape.Fields)
            columns.AddRange(table.Columns(field) ?? throw Unknown(table.Layout, field));

        return new(shape, table.Layout.Insert(table, columns));
    }

    public static PlatformException Unknown(RowLayout layout, FieldDefinition field) => new(ErrorCode.BadRequest,
        $"The {layout.Kind} has no field '{field.Name}' of type {field.BaseType.Name()}; restart it with its Data Shape.");
}
