using System.Collections.Immutable;

namespace Hansa.Model;

/// <summary>A query tied to columns. The same tree is evaluated here, in memory, and translated to SQL by stores: results are equal.</summary>
public sealed record BoundQuery(BoundFilter? Filter, ImmutableArray<BoundSort> Sorts)
{
    /// <summary>Whether a row passes the filter.</summary>
    public bool Matches(ReadOnlySpan<Value> row) => Filter?.Matches(row) ?? true;

    /// <summary>The table's rows that pass, sorted (stable), at most so many.</summary>
    public InfoTable Run(InfoTable table, int maxItems = int.MaxValue)
    {
        var rows = new List<int>();
        for (var i = 0; i < table.RowCount && (rows.Count < maxItems || Sorts.Length > 0); i++)
        {
            if (Matches(table.Row(i)))
                rows.Add(i);
        }

        IEnumerable<int> ordered = Sorts.Length == 0 ? rows : rows.Order(Comparer<int>.Create((a, b) => Compare(table.Row(a), table.Row(b)) is var order and not 0 ? order : a.CompareTo(b)));
        var builder = new InfoTable.Builder(table.Shape);
        foreach (var i in ordered.Take(maxItems))
            builder.Add(table.Row(i));
        return builder.Build();
    }

    /// <summary>The order of two rows by the sorts; nulls come first when ascending.</summary>
    public int Compare(ReadOnlySpan<Value> left, ReadOnlySpan<Value> right)
    {
        foreach (var sort in Sorts)
        {
            var order = ValueOrder.Compare(left[sort.Column], right[sort.Column], sort.IsCaseSensitive);
            if (order != 0)
                return sort.IsAscending ? order : -order;
        }

        return 0;
    }
}

/// <summary>One sort tied to a column.</summary>
public sealed record BoundSort(int Column, FieldDefinition Field, bool IsAscending, bool IsCaseSensitive);

/// <summary>A node of a bound filter tree.</summary>
public abstract record BoundFilter
{
    /// <summary>Whether the row passes.</summary>
    public abstract bool Matches(ReadOnlySpan<Value> row);
}

/// <summary>AND or OR; an empty group is an AND.</summary>
public sealed record BoundGroup(bool IsAnd, ImmutableArray<BoundFilter> Filters) : BoundFilter
{
    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<Value> row)
    {
        foreach (var filter in Filters)
        {
            if (filter.Matches(row) != IsAnd)
                return !IsAnd;
        }

        return IsAnd;
    }
}

/// <summary>One filter on one column; operands have the column's type.</summary>
public sealed record BoundField(
    int Column, FieldDefinition Field, FilterOperator Operator, bool IsNegated, ImmutableArray<Value> Operands, bool IsCaseSensitive) : BoundFilter
{
    private readonly TextPattern? _pattern = Operator switch
    {
        FilterOperator.Like => TextPattern.Like(Operands[0].ToString(), IsCaseSensitive),
        FilterOperator.Matches => TextPattern.Expression(Operands[0].ToString(), IsCaseSensitive),
        _ => null,
    };

    /// <inheritdoc/>
    public override bool Matches(ReadOnlySpan<Value> row) => Matches(row[Column]);

    /// <summary>Whether the filter is true of this value of its column.</summary>
    public bool Matches(Value value) => Test(value) != IsNegated;

    private bool Test(Value value)
    {
        if (value.IsNull || Operator == FilterOperator.Missing)
            return value.IsNull && Operator == FilterOperator.Missing;
        return Operator switch
        {
            FilterOperator.Equal => Order(value, Operands[0]) == 0,
            FilterOperator.Greater => !Operands[0].IsNull && Order(value, Operands[0]) > 0,
            FilterOperator.Less => !Operands[0].IsNull && Order(value, Operands[0]) < 0,
            FilterOperator.GreaterOrEqual => !Operands[0].IsNull && Order(value, Operands[0]) >= 0,
            FilterOperator.LessOrEqual => !Operands[0].IsNull && Order(value, Operands[0]) <= 0,
            FilterOperator.In => InAny(value),
            FilterOperator.Between => !Operands[0].IsNull && !Operands[1].IsNull && Order(value, Operands[0]) >= 0 && Order(value, Operands[1]) <= 0,
            FilterOperator.Like or FilterOperator.Matches => _pattern!.IsMatch(value.ToString()),
            FilterOperator.Tagged => TagText.ContainsAll(value.AsText(), Operands[0].AsText()),
            FilterOperator.Near => value.AsLocation() is { } place && Operands[0].AsLocation() is { } centre
                && place.DistanceTo(centre) <= Operands[1].AsNumber(),
            _ => false,
        };
    }

    private bool InAny(Value value)
    {
        foreach (var operand in Operands)
        {
            if (!operand.IsNull && Order(value, operand) == 0)
                return true;
        }

        return false;
    }

    private int Order(Value left, Value right) => ValueOrder.Compare(left, right, IsCaseSensitive);
}
