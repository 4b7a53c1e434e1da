namespace Hansa.Model;

/// <summary>The one order of values: in memory, in SQL, in sorts.</summary>
/// <remarks>
/// Null is before everything, then numbers (integers, times and BOOLEANs among them), texts, bytes, places, vectors, tables.
/// NaN equals itself and is above every number. Texts are compared by code point, as SQL stores do;
/// places by latitude, longitude, elevation; vectors component by component; tables by their JSON text.
/// </remarks>
public static class ValueOrder
{
    /// <summary>Below, equal, or above.</summary>
    public static int Compare(Value left, Value right, bool isCaseSensitive = true)
    {
        var rank = Rank(left);
        var order = rank.CompareTo(Rank(right));
        if (order != 0)
            return order;
        return rank switch
        {
            0 => 0,
            1 => CompareNumbers(left, right),
            2 => CompareTexts(left.AsText()!, right.AsText()!, isCaseSensitive),
            3 => left.AsBytes().AsSpan().SequenceCompareTo(right.AsBytes()),
            4 => ComparePlaces(left.AsLocation()!, right.AsLocation()!),
            5 => CompareVectors(left.AsVector()!, right.AsVector()!),
            _ => left.Equals(right) ? 0 : CompareTexts(InfoTableJson.ToText(left.AsTable()!), InfoTableJson.ToText(right.AsTable()!), isCaseSensitive: true),
        };
    }

    /// <summary>By code point (that is also the order of their UTF-8 bytes), or by upper-cased code point.</summary>
    public static int CompareTexts(string left, string right, bool isCaseSensitive)
    {
        if (!isCaseSensitive)
            (left, right) = (left.ToUpperInvariant(), right.ToUpperInvariant());
        var length = Math.Min(left.Length, right.Length);
        var same = left.AsSpan().CommonPrefixLength(right);
        if (same == length)
            return left.Length.CompareTo(right.Length);
        var (a, b) = (left[same], right[same]);
        // A surrogate stands for a code point above all that one UTF-16 unit can say.
        return char.IsSurrogate(a) != char.IsSurrogate(b) ? (char.IsSurrogate(a) ? 1 : -1) : a.CompareTo(b);
    }

    /// <summary>The place of a value's kind among the others.</summary>
    public static int Rank(Value value) => value.BaseType.Form() switch
    {
        ValueForm.None => 0,
        ValueForm.Number or ValueForm.Integer or ValueForm.Boolean => 1,
        ValueForm.Text => 2,
        ValueForm.Bytes => 3,
        ValueForm.Location => 4,
        ValueForm.Vector => 5,
        _ => 6,
    };

    private static int CompareNumbers(Value left, Value right) =>
        (left.BaseType == BaseType.NUMBER, right.BaseType == BaseType.NUMBER) switch
        {
            (false, false) => left.AsLong().CompareTo(right.AsLong()),
            (true, true) => CompareFloats(left.AsNumber(), right.AsNumber()),
            (true, false) => -CompareMixed(right.AsLong(), left.AsNumber()),
            (false, true) => CompareMixed(left.AsLong(), right.AsNumber()),
        };

    private static int CompareFloats(double left, double right) =>
        double.IsNaN(left) || double.IsNaN(right) ? double.IsNaN(left).CompareTo(double.IsNaN(right)) : left.CompareTo(right);

    // Exact: a float cannot hold every LONG.
    private static int CompareMixed(long left, double right)
    {
        var nearest = (double)left;
        var order = CompareFloats(nearest, right);
        return order != 0 ? order : ((Int128)left).CompareTo((Int128)nearest);
    }

    private static int ComparePlaces(Location left, Location right)
    {
        var order = CompareFloats(left.Latitude, right.Latitude);
        if (order == 0)
            order = CompareFloats(left.Longitude, right.Longitude);
        return order != 0 ? order : CompareFloats(left.Elevation, right.Elevation);
    }

    private static int CompareVectors(Vector left, Vector right)
    {
        var order = 0;
        for (var i = 0; i < 4 && order == 0; i++)
            order = CompareFloats(left[i], right[i]);
        return order;
    }
}
