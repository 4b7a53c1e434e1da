namespace Hansa.Model;

/// <summary>Values that <see cref="ValueOrder"/> puts in one place are equal: the INTEGER 1 and the NUMBER 1, NaN and NaN, null and null.</summary>
/// <remarks>Tables are equal where their fields and values are. Hashes of numbers and texts are seeded: no caller can choose values that collide.</remarks>
public sealed class ValueEquality : IEqualityComparer<Value>
{
    /// <summary>The one instance.</summary>
    public static ValueEquality Instance { get; } = new();

    /// <inheritdoc/>
    public bool Equals(Value left, Value right) => left.BaseType == BaseType.INFOTABLE || right.BaseType == BaseType.INFOTABLE
        ? left.Equals(right)
        : ValueOrder.Compare(left, right) == 0;

    /// <inheritdoc/>
    public int GetHashCode(Value value)
    {
        if (value.AsTable() is { } table)
            return HashOf(table);
        return ValueOrder.Rank(value) switch
        {
            1 => HashOf(value.AsNumber()),
            2 => value.AsText()!.GetHashCode(StringComparison.Ordinal),
            3 => HashOf(value.AsBytes()!),
            4 => HashCode.Combine(HashOf(value.AsLocation()!.Latitude), HashOf(value.AsLocation()!.Longitude), HashOf(value.AsLocation()!.Elevation)),
            5 => HashCode.Combine(HashOf(value.AsVector()!.X), HashOf(value.AsVector()!.Y), HashOf(value.AsVector()!.Z), HashOf(value.AsVector()!.W)),
            _ => 0,
        };
    }

    /// <summary>The hash of values in their order.</summary>
    public int HashOf(ReadOnlySpan<Value> values)
    {
        var hash = new HashCode();
        foreach (var value in values)
            hash.Add(value, this);
        return hash.ToHashCode();
    }

    private int HashOf(InfoTable table)
    {
        var hash = new HashCode();
        hash.Add(table.Shape);
        for (var i = 0; i < table.RowCount; i++)
            hash.Add(HashOf(table.Row(i)));
        return hash.ToHashCode();
    }

    // A whole number and the float of the same size are one; so are both zeros. 64 bits go in as two halves, or one could choose
    // floats whose halves cancel each other out.
    private static int HashOf(double number)
    {
        var bits = BitConverter.DoubleToInt64Bits(double.IsNaN(number) ? double.NaN : number + 0.0);
        return HashCode.Combine((int)bits, (int)(bits >> 32));
    }

    private static int HashOf(byte[] bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }
}
