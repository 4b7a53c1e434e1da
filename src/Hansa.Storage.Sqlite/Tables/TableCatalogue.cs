using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Which data Thing has which table and columns. What callers see here is committed.</summary>
internal sealed class TableCatalogue(params IReadOnlyList<RowLayout> layouts)
{
    // SQLite's own limit is 2,000 columns a table.
    private const int MostColumns = 1_900;
    private readonly ConcurrentDictionary<(Guid Thing, RowLayout Layout), RowTable> _tables = new();

    // From before a table is shown until it is forgotten: however often it is made in one commit, its ids are counted once.
    private readonly ConcurrentDictionary<(Guid Thing, long Key), RowIds> _ids = new();

    /// <summary>The Thing's table.</summary>
    /// <exception cref="PlatformException">NotFound.</exception>
    public RowTable this[Guid thing, RowLayout layout] => _tables.TryGetValue((thing, layout), out var table)
        ? table
        : throw NotFound(layout);

    /// <summary>The layout of that kind.</summary>
    public RowLayout LayoutOf(string kind) => layouts.Single(layout => layout.Kind == kind);

    public bool TryFind(Guid thing, RowLayout layout, [NotNullWhen(true)] out RowTable? table) => _tables.TryGetValue((thing, layout), out table);

    /// <summary>Shows a table once its commit is done. Of two the later counts.</summary>
    public void Publish(Guid thing, RowTable table) =>
        _tables.AddOrUpdate((thing, table.Layout), table, (_, known) => known.Key == table.Key && known.Stems.Count > table.Stems.Count ? known : table);

    /// <summary>Forgets a table once its drop is committed.</summary>
    public void Forget(Guid thing, RowTable table)
    {
        if (_tables.TryGetValue((thing, table.Layout), out var known) && known.Key == table.Key)
        {
            _tables.TryRemove(KeyValuePair.Create((thing, table.Layout), known));
            _ids.TryRemove((thing, known.Key), out _);
            known.IsDropped = true;
        }
    }

    /// <summary>The failure of a call for a table that is not there.</summary>
    public static PlatformException NotFound(RowLayout layout) => new(ErrorCode.NotFound,
        $"The {layout.Kind} has no data table; it was never started with a Data Shape, or it was deleted.");

    /// <summary>Reads all of it, at start.</summary>
    /// <returns>Whether there are dropped ones that still have their table.</returns>
    public bool Load(Database database)
    {
        var fields = new Dictionary<long, List<KeyValuePair<FieldKey, string>>>();
        for (var rows = database.Prepare(TableSql.LoadFields); Next(rows);)
        {
            if (!fields.TryGetValue(rows.Integer(0), out var known))
                fields[rows.Integer(0)] = known = [];
            known.Add(new(new(rows.Text(1), BaseTypes.Parse(rows.Text(2))), rows.Text(3)));
        }

        for (var rows = database.Prepare(TableSql.LoadTables); Next(rows);)
        {
            var key = rows.Integer(0);
            var layout = LayoutOf(rows.Text(2));
            _tables[(Guid.Parse(rows.Text(1)), layout)] = new(layout, key, rows.Text(3), fields.GetValueOrDefault(key, []), IdsOf(Guid.Parse(rows.Text(1)), key));
        }

        return database.Scalar(TableSql.CountDropped) > 0;
    }

    /// <summary>Makes the Thing's table, or the columns that it lacks, inside the open transaction.</summary>
    /// <remarks>It is the file that says what is there: an earlier write of the same commit is not published yet.</remarks>
    public RowTable Ensure(Database database, RowLayout layout, Guid thing, string name, DataShape shape)
    {
        var known = Find(database, layout, thing);
        var stems = known is null ? [] : FindFields(database, known.Value.Key);
        var added = NewStems(layout, stems, name, shape);
        var (key, table) = known ?? Add(database, layout, thing, name, added);
        foreach (var (field, stem) in added)
        {
            if (known is not null)
                AddColumns(database, table, field.BaseType, stem);
            AddField(database, key, field, stem);
            stems.Add(field, stem);
        }

        return new(layout, key, table, stems, IdsOf(thing, key));
    }

    private RowIds IdsOf(Guid thing, long key) => _ids.GetOrAdd((thing, key), _ => new());

    // Names the columns of the fields that have none yet, before anything is touched.
    private static List<KeyValuePair<FieldKey, string>> NewStems(RowLayout layout, Dictionary<FieldKey, string> stems, string name, DataShape shape)
    {
        var taken = new HashSet<string>(layout.OwnColumns, StringComparer.OrdinalIgnoreCase);
        foreach (var (field, stem) in stems)
            Take(taken, stem, field.BaseType);
        var added = new List<KeyValuePair<FieldKey, string>>();
        foreach (var field in shape.Fields)
        {
            if (!stems.ContainsKey(new(field.Name, field.BaseType)))
                added.Add(new(new(field.Name, field.BaseType), FreeStem(taken, field)));
        }

        if (taken.Count > MostColumns && added.Count > 0)
        {
            throw new PlatformException(ErrorCode.BadRequest,
                $"Data Shape '{shape.Name}' needs {taken.Count} columns with the fields that {layout.Kind} '{name}' had before; it can have {MostColumns}.");
        }

        return added;
    }

    private static (long Key, string Table)? Find(Database database, RowLayout layout, Guid thing)
    {
        var known = database.Prepare(TableSql.FindTable);
        known.Bind(1, thing.ToString());
        known.Bind(2, layout.Kind);
        try
        {
            return known.Step() ? (known.Integer(0), known.Text(1)) : null;
        }
        finally
        {
            known.Reset();
        }
    }

    private static (long Key, string Table) Add(Database database, RowLayout layout, Guid thing, string name, List<KeyValuePair<FieldKey, string>> fields)
    {
        var key = database.Scalar(TableSql.LastKey) + 1;
        var table = Clean($"{layout.Prefix}_{key}_{name}");
        database.Execute(layout.CreateTable(Sql.Quote(table), fields.SelectMany(field => Columns(field.Key.BaseType, field.Value))));
        var add = database.Prepare(TableSql.AddTable);
        add.Bind(1, key);
        add.Bind(2, thing.ToString());
        add.Bind(3, layout.Kind);
        add.Bind(4, name);
        add.Bind(5, table);
        add.Run();
        return (key, table);
    }

    private static Dictionary<FieldKey, string> FindFields(Database database, long key)
    {
        var stems = new Dictionary<FieldKey, string>();
        var rows = database.Prepare(TableSql.FindFields);
        rows.Bind(1, key);
        while (Next(rows))
            stems.Add(new(rows.Text(0), BaseTypes.Parse(rows.Text(1))), rows.Text(2));
        return stems;
    }

    private static void AddColumns(Database database, string table, BaseType type, string stem)
    {
        foreach (var column in Columns(type, stem))
            database.Execute(TableSql.AddColumn(Sql.Quote(table), column));
    }

    private static void AddField(Database database, long key, FieldKey field, string stem)
    {
        var add = database.Prepare(TableSql.AddField);
        add.Bind(1, key);
        add.Bind(2, field.Field);
        add.Bind(3, field.BaseType.Name());
        add.Bind(4, stem);
        add.Run();
    }

    // Names with their SQL types.
    private static string[] Columns(BaseType type, string stem)
    {
        var suffixes = CellStorage.Suffixes(type);
        var columns = new string[suffixes.Length];
        for (var i = 0; i < columns.Length; i++)
            columns[i] = $"{Sql.Quote(stem + suffixes[i])} {CellStorage.SqlType(type)}";
        return columns;
    }

    // The field's own name where it is free; '_' begins our own columns, and SQL does not tell case apart.
    private static string FreeStem(HashSet<string> taken, FieldDefinition field)
    {
        var name = Clean(field.Name);
        for (var n = 1; ; n++)
        {
            var stem = n == 1 ? name : $"{name}~{n}";
            if ((n > 1 || (name.Length > 0 && name[0] != '_')) && Take(taken, stem, field.BaseType))
                return stem;
        }
    }

    // All of its columns or none.
    private static bool Take(HashSet<string> taken, string stem, BaseType type)
    {
        foreach (var suffix in CellStorage.Suffixes(type))
        {
            if (taken.Contains(stem + suffix))
                return false;
        }

        foreach (var suffix in CellStorage.Suffixes(type))
            taken.Add(stem + suffix);
        return true;
    }

    private static string Clean(string name) => string.Concat(name.Select(c => char.IsControl(c) || char.IsSurrogate(c) ? '_' : c));

    private static bool Next(Statement rows)
    {
        var isRow = rows.Step();
        rows.IsInUse = isRow;
        return isRow;
    }
}
