using System.Collections.Immutable;
using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <content>One filter each, the same as those of a query. <c>inclusive</c> keeps the rows that match, else the others.</content>
public sealed partial class InfoTableFunctionsResource
{
    [Service("Keeps rows whose field equals a value; a missing value finds what is missing.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable EQFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName, Value value, bool isCaseSensitive = false) =>
        Keep(t, fieldName, FilterOperator.Equal, isKept: true, isCaseSensitive, value);

    [Service("Keeps rows whose field does not equal a value.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable NEFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName, Value value, bool isCaseSensitive = false) =>
        Keep(t, fieldName, FilterOperator.Equal, isKept: false, isCaseSensitive, value);

    [Service("Keeps rows whose field is above a value.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable GTFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true)] Value value, bool isCaseSensitive = false) =>
        Keep(t, fieldName, FilterOperator.Greater, isKept: true, isCaseSensitive, value);

    [Service("Keeps rows whose field is a value or above.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable GEFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true)] Value value, bool isCaseSensitive = false) =>
        Keep(t, fieldName, FilterOperator.GreaterOrEqual, isKept: true, isCaseSensitive, value);

    [Service("Keeps rows whose field is below a value.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable LTFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true)] Value value, bool isCaseSensitive = false) =>
        Keep(t, fieldName, FilterOperator.Less, isKept: true, isCaseSensitive, value);

    [Service("Keeps rows whose field is a value or below.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable LEFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true)] Value value, bool isCaseSensitive = false) =>
        Keep(t, fieldName, FilterOperator.LessOrEqual, isKept: true, isCaseSensitive, value);

    [Service("Keeps rows whose text fits a pattern: % and * stand for any text, ? for one character.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable LikeFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true)] string pattern, bool inclusive = true) =>
        Keep(t, fieldName, FilterOperator.Like, inclusive, isCaseSensitive: true, Value.String(pattern));

    [Service("Keeps rows in whose text a regular expression matches.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable RegexFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true)] string expression, bool inclusive = true) =>
        Keep(t, fieldName, FilterOperator.Matches, inclusive, isCaseSensitive: true, Value.String(expression));

    [Service("Keeps rows whose field is one of some values.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable SetFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true, Description = "A JSON array, or texts with commas between.")] Value matchValues, bool inclusive = true) =>
        Keep(t, fieldName, FilterOperator.In, inclusive, isCaseSensitive: true, Members(matchValues));

    [Service("Keeps rows whose field lies between two values or equals one of them.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable BetweenFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true)] Value minValue, [Parameter(IsRequired = true)] Value maxValue, bool inclusive = true) =>
        Keep(t, fieldName, FilterOperator.Between, inclusive, isCaseSensitive: true, minValue, maxValue);

    [Service("Keeps rows whose place lies within a radius around another.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable NearFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName,
        [Parameter(IsRequired = true)] Location location, [Parameter(IsRequired = true)] double searchRadius,
        [Parameter(Description = "M for miles, K for kilometres, N for nautical miles.")] string units = "M", bool inclusive = true) =>
        Keep(t, fieldName, FilterOperator.Near, inclusive, isCaseSensitive: true, Value.Location(location), Value.Number(Location.InKilometres(searchRadius, units)));

    [Service("Keeps rows whose field has no value.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable MissingValueFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string fieldName, bool inclusive = true) =>
        Keep(t, fieldName, FilterOperator.Missing, inclusive, isCaseSensitive: true);

    [Service("Keeps rows that have all of some tags.", Category = "Filters", Kind = CallKind.Read)]
    public InfoTable TagFilter(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(BaseType.TAGS, IsRequired = true)] string tags,
        string fieldName = "tags", bool inclusive = true) =>
        Keep(t, fieldName, FilterOperator.Tagged, inclusive, isCaseSensitive: true, Value.Text(tags, BaseType.TAGS));

    private static InfoTable Keep(InfoTable t, string fieldName, FilterOperator op, bool isKept, bool isCaseSensitive, params ImmutableArray<Value> operands) =>
        new Query(new FieldFilter(fieldName, op, !isKept, operands, isCaseSensitive), []).Bind(t.Shape).Run(t);

    private static ImmutableArray<Value> Members(Value set)
    {
        if (set.BaseType != BaseType.JSON)
            return [.. set.ToString().Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(Value.String)];
        using var json = JsonDocument.Parse(set.AsText()!, ValueJson.DocumentOptions);
        return json.RootElement.ValueKind == JsonValueKind.Array
            ? [.. json.RootElement.EnumerateArray().Select(member => ValueJson.Read(member, BaseType.VARIANT, "matchValues"))]
            : throw Errors.Bad("Parameter 'matchValues' is a JSON array, or texts with commas between.");
    }
}
