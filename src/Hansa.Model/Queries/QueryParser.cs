using System.Collections.Immutable;
using System.Text.Json;

namespace Hansa.Model;

/// <summary>Reads QUERY JSON. Type names are matched without regard to case; an array of filters is taken as an AND.</summary>
internal static class QueryParser
{
    public static Query Parse(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.Null)
            return Query.All;
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong("it must be an object with filters and sorts");
        var filter = json.TryGetProperty("filters", out var filters) ? ReadFilters(filters) : null;
        ImmutableArray<Sort> sorts = json.TryGetProperty("sorts", out var given) && given.ValueKind == JsonValueKind.Array
            ? [.. given.EnumerateArray().Select(ReadSort)]
            : [];
        return new(filter, sorts);
    }

    private static Filter? ReadFilters(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.Undefined => null,
        JsonValueKind.Array => new GroupFilter(IsAnd: true, [.. json.EnumerateArray().Select(ReadFilter)]),
        JsonValueKind.Object when !json.EnumerateObject().Any() => null,
        _ => ReadFilter(json),
    };

    private static Filter ReadFilter(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong("each filter must be an object");
        var type = Text(json, "type") ?? throw Wrong("a filter has no type");
        var name = type.ToUpperInvariant();
        if (name is "AND" or "OR")
        {
            var inner = json.TryGetProperty("filters", out var filters) && filters.ValueKind == JsonValueKind.Array
                ? filters
                : throw Wrong($"{name} needs an array of filters");
            return new GroupFilter(name == "AND", [.. inner.EnumerateArray().Select(ReadFilter)]);
        }

        var field = Text(json, "fieldName") ?? throw Wrong($"the filter {type} has no fieldName");
        var (op, negated) = Operator(name) ?? throw Wrong(
            $"'{type}' is no filter; there are AND, OR, EQ, NE, GT, LT, GE, LE, LIKE, IN, BETWEEN, MATCHES, TAGGED, MISSINGVALUE, NEAR and their NOT forms");
        var caseSensitive = !(json.TryGetProperty("isCaseSensitive", out var flag) && flag.ValueKind == JsonValueKind.False);
        return new FieldFilter(field, op, negated, Operands(json, op, type), caseSensitive);
    }

    private static (FilterOperator Operator, bool Negated)? Operator(string name) => name switch
    {
        "EQ" => (FilterOperator.Equal, false),
        "NE" => (FilterOperator.Equal, true),
        "GT" => (FilterOperator.Greater, false),
        "LT" => (FilterOperator.Less, false),
        "GE" => (FilterOperator.GreaterOrEqual, false),
        "LE" => (FilterOperator.LessOrEqual, false),
        "LIKE" => (FilterOperator.Like, false),
        "NOTLIKE" => (FilterOperator.Like, true),
        "IN" => (FilterOperator.In, false),
        "NOTIN" => (FilterOperator.In, true),
        "BETWEEN" => (FilterOperator.Between, false),
        "NOTBETWEEN" => (FilterOperator.Between, true),
        "MATCHES" => (FilterOperator.Matches, false),
        "NOTMATCHES" => (FilterOperator.Matches, true),
        "TAGGED" or "TAGGEDWITH" => (FilterOperator.Tagged, false),
        "NOTTAGGED" or "NOTTAGGEDWITH" => (FilterOperator.Tagged, true),
        "MISSINGVALUE" => (FilterOperator.Missing, false),
        "NOTMISSINGVALUE" => (FilterOperator.Missing, true),
        "NEAR" => (FilterOperator.Near, false),
        "NOTNEAR" => (FilterOperator.Near, true),
        _ => null,
    };

    private static ImmutableArray<Value> Operands(JsonElement json, FilterOperator op, string type) => op switch
    {
        FilterOperator.Missing => [],
        FilterOperator.Between => [Operand(json, "from", type), Operand(json, "to", type)],
        FilterOperator.Matches => [Operand(json, json.TryGetProperty("expression", out _) ? "expression" : "value", type)],
        FilterOperator.In => Many(json, type),
        FilterOperator.Tagged => [Member(json, "tags", type) is var tags && tags.ValueKind == JsonValueKind.Null
            ? Value.Text("", BaseType.TAGS) : Or(ValueJson.Read(tags, BaseType.TAGS, "tags"), Value.Text("", BaseType.TAGS))],
        FilterOperator.Near => Near(json, type),
        _ => [Operand(json, "value", type)],
    };

    private static Value Or(Value value, Value fallback) => value.IsNull ? fallback : value;

    private static ImmutableArray<Value> Many(JsonElement json, string type)
    {
        var values = Member(json, "values", type);
        return values.ValueKind == JsonValueKind.Array
            ? [.. values.EnumerateArray().Select(value => ValueJson.Read(value, BaseType.VARIANT, "values"))]
            : throw Wrong($"values of {type} must be an array");
    }

    private static ImmutableArray<Value> Near(JsonElement json, string type)
    {
        var distance = ValueJson.Read(Member(json, "distance", type), BaseType.NUMBER, "distance").AsNumber();
        var kilometres = Location.InKilometres(distance, Text(json, "units"));
        return [ValueJson.Read(Member(json, "location", type), BaseType.LOCATION, "location"), Value.Number(kilometres)];
    }

    private static Sort ReadSort(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Object)
            throw Wrong("each sort must be an object with fieldName");
        bool Flag(string name) => !(json.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.False);
        return new(Text(json, "fieldName") ?? throw Wrong("a sort has no fieldName"), Flag("isAscending"), Flag("isCaseSensitive"));
    }

    private static Value Operand(JsonElement json, string name, string type) => ValueJson.Read(Member(json, name, type), BaseType.VARIANT, name);

    private static JsonElement Member(JsonElement json, string name, string type) =>
        json.TryGetProperty(name, out var member) ? member : throw Wrong($"the filter {type} has no {name}");

    private static string? Text(JsonElement json, string name) =>
        json.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static PlatformException Wrong(string what) => new(ErrorCode.BadRequest, $"The query is wrong: {what}.");
}
