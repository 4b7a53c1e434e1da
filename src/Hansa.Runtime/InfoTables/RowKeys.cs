using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Numbers rows by their values in some columns: equal values, as filters and sorts have it, get one number.</summary>
internal sealed class RowKeys(int[] columns)
{
    private readonly Dictionary<Value[], int> _numbers = new(Comparer.Instance);
    private readonly Value[] _key = new Value[columns.Length];

    /// <summary>Keys so far.</summary>
    public int Count => _numbers.Count;

    /// <summary>The number of the row's key: that of the row that had it first, counted from 0 in the order of their coming.</summary>
    public int Number(ReadOnlySpan<Value> row, out bool isNew)
    {
        Read(row, columns, _key);
        var byKey = _numbers.GetAlternateLookup<ReadOnlySpan<Value>>();
        isNew = !byKey.TryGetValue(_key, out var number);
        if (isNew)
            byKey[_key] = number = _numbers.Count;
        return number;
    }

    /// <summary>The number of the key that a row of another table has in its columns, −1 where there is none.</summary>
    public int Find(ReadOnlySpan<Value> row, int[] itsColumns)
    {
        Read(row, itsColumns, _key);
        return _numbers.GetAlternateLookup<ReadOnlySpan<Value>>().TryGetValue(_key, out var number) ? number : -1;
    }

    private static void Read(ReadOnlySpan<Value> row, int[] from, Value[] key)
    {
        for (var i = 0; i < from.Length; i++)
            key[i] = row[from[i]];
    }

    private sealed class Comparer : IEqualityComparer<Value[]>, IAlternateEqualityComparer<ReadOnlySpan<Value>, Value[]>
    {
        public static readonly Comparer Instance = new();

        public bool Equals(Value[]? x, Value[]? y) => Equals((ReadOnlySpan<Value>)x, y!);

        public bool Equals(ReadOnlySpan<Value> alternate, Value[] other) => alternate.SequenceEqual(other, ValueEquality.Instance);

        public int GetHashCode(Value[] obj) => ValueEquality.Instance.HashOf(obj);

        public int GetHashCode(ReadOnlySpan<Value> alternate) => ValueEquality.Instance.HashOf(alternate);

        public Value[] Create(ReadOnlySpan<Value> alternate) => alternate.ToArray();
    }
}
