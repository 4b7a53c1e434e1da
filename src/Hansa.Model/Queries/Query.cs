using System.Collections.Immutable;
using System.Text.Json;

namespace Hansa.Model;

/// <summary>A parsed QUERY (spec platform 2.9): one filter tree and sorts, not yet tied to any table.</summary>
public sealed record Query(Filter? Filter, ImmutableArray<Sort> Sorts)
{
    /// <summary>Everything, in whatever order.</summary>
    public static Query All { get; } = new(null, []);

    /// <summary>Reads QUERY text; null and blank mean <see cref="All"/>.</summary>
    /// <exception cref="PlatformException">BadRequest that names the filter and what is wrong with it.</exception>
    public static Query Parse(string? json)
    {
        if (string.IsNullOrWhiteSpace(json))
            return All;
        try
        {
            using var document = JsonDocument.Parse(json, ValueJson.DocumentOptions);
            return QueryParser.Parse(document.RootElement);
        }
        catch (JsonException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"The query is not JSON: {e.Message}", e);
        }
        catch (InvalidOperationException e)
        {
            throw ValueJson.NoUnicode("query", e);
        }
    }

    /// <summary>The query tied to a table's columns, values turned into the columns' types.</summary>
    /// <exception cref="PlatformException">A field is unknown, or a value does not fit its field.</exception>
    public BoundQuery Bind(DataShape shape) => new(Filter?.Bind(shape), [.. Sorts.Select(sort => sort.Bind(shape))]);
}

/// <summary>One sort of a query. Case counts unless it is said otherwise.</summary>
public sealed record Sort(string Field, bool IsAscending, bool IsCaseSensitive)
{
    internal BoundSort Bind(DataShape shape) => new(Filter.Column(shape, Field), shape.Find(Field)!, IsAscending, IsCaseSensitive);
}

/// <summary>A node of a query's filter tree as it was written.</summary>
public abstract record Filter
{
    internal abstract BoundFilter Bind(DataShape shape);

    internal static int Column(DataShape shape, string field) => shape.IndexOf(field) is var index && index >= 0
        ? index
        : throw new PlatformException(ErrorCode.BadRequest,
            $"The query names field '{field}', which is not among: {string.Join(", ", shape.Fields.Select(f => f.Name))}.");
}

/// <summary>AND or OR of filters; an empty AND is true, an empty OR too, as Composer sends one for "no filter".</summary>
public sealed record GroupFilter(bool IsAnd, ImmutableArray<Filter> Filters) : Filter
{
    internal override BoundFilter Bind(DataShape shape) => new BoundGroup(IsAnd || Filters.Length == 0, [.. Filters.Select(filter => filter.Bind(shape))]);
}

/// <summary>What a single filter asks of its field.</summary>
public enum FilterOperator
{
    Equal,
    Greater,
    Less,
    GreaterOrEqual,
    LessOrEqual,
    Like,
    In,
    Between,
    Matches,
    Tagged,
    Missing,
    Near,
}

/// <summary>One filter on one field. A negated filter is true exactly where the plain one is not, missing values included.</summary>
/// <param name="Field">The field.</param>
/// <param name="Operator">What is asked.</param>
/// <param name="IsNegated">NE, NOTLIKE, NOTIN …</param>
/// <param name="Operands">The values in question, as written; for NEAR the location and the distance in kilometres.</param>
/// <param name="IsCaseSensitive">Whether case counts in texts; it does unless the filter says <c>"isCaseSensitive": false</c>.</param>
public sealed record FieldFilter(string Field, FilterOperator Operator, bool IsNegated, ImmutableArray<Value> Operands, bool IsCaseSensitive = true) : Filter
{
    internal override BoundFilter Bind(DataShape shape)
    {
        var column = Column(shape, Field);
        var field = shape.Fields[column];
        var type = field.BaseType;
        ImmutableArray<Value> operands = Operator switch
        {
            FilterOperator.Like or FilterOperator.Matches => [.. Operands.Select(value => Coercion.To(value, BaseType.STRING, Field))],
            FilterOperator.Tagged => [.. Operands.Select(value => Coercion.To(value, BaseType.TAGS, Field))],
            FilterOperator.Near or FilterOperator.Missing => Operands,
            _ => [.. Operands.Select(value => Coercion.To(value, type, Field))],
        };
        if (Operator == FilterOperator.Near && type is not (BaseType.LOCATION or BaseType.VARIANT))
            throw new PlatformException(ErrorCode.BadRequest, $"NEAR asks for a LOCATION, and field '{Field}' is {type.Name()}.");
        if (Operator is FilterOperator.Greater or FilterOperator.Less or FilterOperator.GreaterOrEqual or FilterOperator.LessOrEqual or FilterOperator.Between
            && type.Form() is ValueForm.Location or ValueForm.Table or ValueForm.Vector)
            throw new PlatformException(ErrorCode.BadRequest, $"Field '{Field}' is {type.Name()} and has no order; use EQ, NE, MISSINGVALUE or NEAR.");
        // "EQ null" is how some clients ask for what is not there.
        return Operator == FilterOperator.Equal && operands[0].IsNull
            ? new BoundField(column, field, FilterOperator.Missing, IsNegated, [], IsCaseSensitive)
            : new BoundField(column, field, Operator, IsNegated, operands, IsCaseSensitive);
    }
}
