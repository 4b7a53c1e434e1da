namespace Hansa.Model;

/// <summary>The one order of values: in memory, in SQL, in sorts.</summary>
/// <remarks>Null is before everything. NaN equals itself and is above every number. Texts are compared by code point, as SQL stores do.</remarks>
public static class ValueOrder
{
    /// <summary>Below, equal, or above.</summary>
    public static int Compare(Value left, Value right, bool isCaseSensitive = true)
    {
        var (a, b) = (Rank(left), Rank(right));
        if (a != b)
            return a.CompareTo(b);
        return a switch
        {
            0 => 0,
            1 => CompareNumbers(left, right),
            2 => CompareTexts(left.AsText()!, right.AsText()!, isCaseSensitive),
            3 => left.AsBytes().AsSpan().SequenceCompareTo(right.AsBytes()),
            _ => left.Equals(right) ? 0 : string.CompareOrdinal(left.ToString(), right.ToString()) is var order and not 0 ? order : 1,
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

    private static int Rank(Value value) => value.BaseType.Form() switch
    {
        ValueForm.None => 0,
        ValueForm.Number or ValueForm.Integer or ValueForm.Boolean => 1,
        ValueForm.Text => 2,
        ValueForm.Bytes => 3,
        _ => 4,
    };

    private static int CompareNumbers(Value left, Value right)
    {
        if (left.BaseType != BaseType.NUMBER && right.BaseType != BaseType.NUMBER)
            return left.AsLong().CompareTo(right.AsLong());
        var (a, b) = (left.AsNumber(), right.AsNumber());
        return double.IsNaN(a) || double.IsNaN(b) ? double.IsNaN(a).CompareTo(double.IsNaN(b)) : a.CompareTo(b);
    }
}
