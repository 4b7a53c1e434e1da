using System.Text;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A column of a read: where its value lies in the table; without columns it is always null.</summary>
internal readonly record struct SelectColumn(FieldDefinition Field, string[] Sql)
{
    private static readonly string[][] Entry =
        [["CAST(_id AS TEXT)"], ["_timestamp"], ["_source"], ["_sourceType"], ["_latitude", "_longitude", "_elevation"], ["_tags"]];

    /// <summary>The columns of <see cref="StreamColumns.Entries"/> or <see cref="StreamColumns.EntriesWithData"/>.</summary>
    public static SelectColumn[] OfEntries(StreamTable table, DataShape shape) =>
        [.. shape.Fields.Select((field, i) => i < Entry.Length ? new(field, Entry[i]) : OfField(table, field))];

    /// <summary>The columns of <see cref="StreamColumns.Data"/>.</summary>
    public static SelectColumn[] OfData(StreamTable table, DataShape shape) =>
        [.. shape.Fields.Select((field, i) => i == shape.Fields.Length - 1 ? new(field, Entry[1]) : OfField(table, field))];

    private static SelectColumn OfField(StreamTable table, FieldDefinition field) => new(field, table.Columns(field) ?? []);
}

/// <summary>Translates a <see cref="StreamQuery"/> to SQL with the same result as <see cref="BoundQuery.Run"/> has in memory.</summary>
/// <remarks>What SQL cannot say the same way is asked of the model through <see cref="QueryFunctions"/>.</remarks>
internal sealed class SelectBuilder(SelectColumn[] columns)
{
    private const int MostParameters = 30_000; // SQLite's own limit is 32,766.
    private readonly List<Value> _parameters = [];
    private readonly List<BoundField> _filters = [];

    /// <summary>The values of the statement's parameters, in order.</summary>
    public IReadOnlyList<Value> Parameters => _parameters;

    /// <summary>The filters that the statement asks for by number.</summary>
    public IReadOnlyList<BoundField> Filters => _filters;

    /// <summary>The statement; its result has the columns that were asked for, one after the other.</summary>
    public string Build(string table, IReadOnlyList<SelectColumn> output, StreamQuery query, BoundQuery bound)
    {
        var sql = new StringBuilder("SELECT ");
        sql.AppendJoin(", ", output.SelectMany(column => column.Sql).DefaultIfEmpty("1"));
        sql.Append(" FROM ").Append(table);
        List<string> conditions = [.. Conditions(query)];
        if (bound.Filter is not null)
            conditions.Add(Filter(bound.Filter));
        if (conditions.Count > 0)
            sql.Append(" WHERE ").AppendJoin(" AND ", conditions);
        sql.Append(" ORDER BY ");
        foreach (var sort in bound.Sorts)
        {
            foreach (var key in SortKeys(sort))
                sql.Append(key).Append(sort.IsAscending ? " ASC, " : " DESC, ");
        }

        sql.Append(query.OldestFirst ? "_timestamp ASC, _id ASC" : "_timestamp DESC, _id DESC");
        return sql.Append(" LIMIT ").Append(Parameter(Value.Long(Math.Max(0, query.MaxItems)))).ToString();
    }

    private IEnumerable<string> Conditions(StreamQuery query)
    {
        if (query.EntryId is { } id)
            yield return $"_id = {Parameter(Value.Long(id))}";
        if (query.Start is { } start)
            yield return $"_timestamp >= {Parameter(Value.Long(start))}";
        if (query.End is { } end)
            yield return $"_timestamp <= {Parameter(Value.Long(end))}";
        if (query.Sources is { } sources)
            yield return $"_source IN ({string.Join(',', sources.Select(source => Parameter(Value.String(source))))})";
        if (!string.IsNullOrWhiteSpace(query.Tags))
            yield return Filter(Tagged(query.Tags));
    }

    private static BoundField Tagged(string tags)
    {
        const int tagsColumn = 5;
        return new(tagsColumn, StreamEntryShape.Entry.Fields[tagsColumn], FilterOperator.Tagged, IsNegated: false,
            [Value.Text(tags, BaseType.TAGS)], IsCaseSensitive: true);
    }

    private string Filter(BoundFilter filter) => filter switch
    {
        BoundGroup group => Sql.Join([.. group.Filters.Select(Filter)], group.IsAnd ? "AND" : "OR"),
        BoundField field => Filter(field, columns[field.Column]),
        _ => throw new NotSupportedException(filter.GetType().Name),
    };

    private string Filter(BoundField filter, SelectColumn column)
    {
        if (column.Sql.Length == 0)
            return filter.Matches(Value.Null) ? "1" : "0";
        if (filter.Operator == FilterOperator.Missing)
            return $"{column.Sql[0]} IS {(filter.IsNegated ? "NOT " : "")}NULL";
        var plain = CellStorage.ComparesAsSql(column.Field.BaseType) ? Compare(filter, column.Sql[0]) : null;
        if (plain is null)
            return Ask(filter, column);
        // A comparison with NULL is NULL, which a WHERE takes for false; negated it must be true.
        return filter.IsNegated ? $"({plain}) IS NOT TRUE" : plain;
    }

    // Null where it has to be asked of the model.
    private string? Compare(BoundField filter, string column)
    {
        var ignoresCase = !filter.IsCaseSensitive && filter.Field.BaseType.Form() == ValueForm.Text;
        if (ignoresCase)
            column = $"{QueryFunctions.Upper}({column})";
        var operands = filter.Operands;
        string Operand(int index) => Parameter(ignoresCase ? QueryFunctions.ToUpper(operands[index]) : operands[index]);
        switch (filter.Operator)
        {
            case FilterOperator.Equal:
                return $"{column} = {Operand(0)}";
            case FilterOperator.Greater or FilterOperator.Less or FilterOperator.GreaterOrEqual or FilterOperator.LessOrEqual:
                return operands[0].IsNull ? "0" : $"{column} {Symbol(filter.Operator)} {Operand(0)}";
            case FilterOperator.Between:
                return operands[0].IsNull || operands[1].IsNull ? "0" : $"{column} BETWEEN {Operand(0)} AND {Operand(1)}";
            case FilterOperator.In:
                var some = Enumerable.Range(0, operands.Length).Where(i => !operands[i].IsNull).ToList();
                return _parameters.Count + some.Count > MostParameters ? null : $"{column} IN ({string.Join(',', some.Select(Operand))})";
            default:
                return null;
        }
    }

    private static string Symbol(FilterOperator op) => op switch
    {
        FilterOperator.Greater => ">",
        FilterOperator.Less => "<",
        FilterOperator.GreaterOrEqual => ">=",
        _ => "<=",
    };

    private string Ask(BoundField filter, SelectColumn column)
    {
        _filters.Add(filter);
        return $"{QueryFunctions.Test}({_filters.Count - 1}, {string.Join(", ", column.Sql)})";
    }

    private IEnumerable<string> SortKeys(BoundSort sort)
    {
        var (field, sql) = columns[sort.Column];
        return field.BaseType.Form() switch
        {
            _ when sql.Length == 0 => [],
            ValueForm.Text when !sort.IsCaseSensitive => [$"{QueryFunctions.Upper}({sql[0]})"],
            ValueForm.Any or ValueForm.Table =>
                [$"{QueryFunctions.SortKey}({(int)field.BaseType}, {(sort.IsCaseSensitive ? 1 : 0)}, {sql[0]})"],
            _ => sql,
        };
    }

    private string Parameter(Value value)
    {
        _parameters.Add(value);
        return "?";
    }
}
