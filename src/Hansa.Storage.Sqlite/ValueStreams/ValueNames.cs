using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Hansa.Storage.Sqlite;

/// <summary>The numbers that stand for names of properties and sources in one value stream's table. What is remembered here is committed.</summary>
internal sealed class ValueNames
{
    // Whoever adds values chooses the sources: what is remembered of them has an end.
    private const int Most = 100_000;
    private static readonly ConditionalWeakTable<RowIds, ValueNames> OfTables = [];
    private readonly ConcurrentDictionary<string, long> _known = new(StringComparer.Ordinal);

    /// <summary>Those of a table.</summary>
    public static ValueNames Of(RowTable table) => OfTables.GetOrCreateValue(table.Ids);

    /// <summary>How many are remembered.</summary>
    public int Count => _known.Count;

    /// <summary>Begins to look names up inside the writing thread's open transaction.</summary>
    public Lookup Begin(Database database, RowTable table) => new(this, database, table);

    /// <summary>Remembers what was looked up, once its commit is done.</summary>
    public void Remember(Lookup lookup)
    {
        if (lookup.Found.Count > 0 && _known.Count + lookup.Found.Count > Most)
            _known.Clear();
        foreach (var (name, number) in lookup.Found)
            _known[name] = number;
    }

    /// <summary>What one write looks up.</summary>
    public sealed class Lookup(ValueNames names, Database database, RowTable table)
    {
        /// <summary>Names that were not remembered before.</summary>
        public Dictionary<string, long> Found { get; } = new(StringComparer.Ordinal);

        /// <summary>The number of a name; a new name gets one.</summary>
        public long this[string name]
        {
            get
            {
                if (names._known.TryGetValue(name, out var number) || Found.TryGetValue(name, out number))
                    return number;
                var add = database.Prepare(ValueStreamSql.AddName(table));
                add.Bind(1, name);
                add.Run();
                var find = database.Prepare(ValueStreamSql.FindName(table));
                find.Bind(1, name);
                find.Step();
                number = find.Integer(0);
                find.Reset();
                Found.Add(name, number);
                return number;
            }
        }
    }
}
