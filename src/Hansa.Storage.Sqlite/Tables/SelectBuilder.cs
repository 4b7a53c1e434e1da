using System.Text;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A column of a read: where its value lies in the table; without columns it is always null.</summary>
internal readonly record struct SelectColumn(FieldDefinition Field, string[] Sql)
{
    /// <summary>The column of a field of the Data Shape.</summary>
    public static SelectColumn OfField(RowTable table, FieldDefinition field) => new(field, table.Columns(field) ?? []);
}

/// <summary>One expression that rows are ordered by.</summary>
internal readonly record struct OrderKey(string Sql, bool IsAscending, bool IsNullable = false);

/// <summary>Translates a query to SQL with the same result as <see cref="BoundQuery.Run"/> has in memory.</summary>
/// <remarks>What SQL cannot say the same way is asked of the model through <see cref="QueryFunctions"/>.</remarks>
/// <param name="columns">The columns that filters and sorts are bound to, in the order of the bound shape.</param>
internal sealed class SelectBuilder(IReadOnlyList<SelectColumn> columns)
{
    private const int MostParameters = 30_000; // SQLite's own limit is 32,766.
    private readonly List<Value> _parameters = [];
    private readonly List<BoundField> _filters = [];
    private readonly List<string> _conditions = [];
    private readonly List<OrderKey> _order = [];

    /// <summary>The values of the statement's parameters, in order.</summary>
    public IReadOnlyList<Value> Parameters => _parameters;

    /// <summary>The filters that the statement asks for by number.</summary>
    public IReadOnlyList<BoundField> Filters => _filters;

    /// <summary>What the rows are ordered by, the decisive key first.</summary>
    public IReadOnlyList<OrderKey> Order => _order;

    /// <summary>Takes only rows for which this holds; its parameters must be taken in the order of the conditions.</summary>
    public void Where(string condition) => _conditions.Add(condition);

    /// <summary>Takes only rows for which the column lies in the span; a null leaves that end open.</summary>
    public void Between(string column, long? first, long? last)
    {
        if (first is { } start)
            Where($"{column} >= {Parameter(Value.Long(start))}");
        if (last is { } end)
            Where($"{column} <= {Parameter(Value.Long(end))}");
    }

    /// <summary>Takes only rows that the filter passes.</summary>
    public void Where(BoundFilter? filter)
    {
        if (filter is not null)
            _conditions.Add(Filter(filter));
    }

    /// <summary>Orders by the query's sorts.</summary>
    public void OrderBy(IEnumerable<BoundSort> sorts)
    {
        foreach (var sort in sorts)
            _order.AddRange(SortKeys(sort).Select(key => new OrderKey(key, sort.IsAscending, IsNullable: true)));
    }

    /// <summary>Orders by an expression that is never null, after those before.</summary>
    public void ThenBy(string sql, bool isAscending) => _order.Add(new(sql, isAscending));

    /// <summary>Takes only rows behind these values of the order. Called when the order is complete.</summary>
    public void After(ReadOnlySpan<Value> keys)
    {
        // For the index: the rest holds only beyond, or at, the first key.
        if (_order is [{ IsNullable: false } first, ..])
            Where($"{first.Sql} {(first.IsAscending ? ">=" : "<=")} {Parameter(keys[0])}");
        var alternatives = new List<string>();
        for (var i = 0; i < _order.Count; i++)
        {
            var parts = new List<string>();
            for (var j = 0; j < i; j++)
                parts.Add(Same(_order[j], keys[j]));
            parts.Add(Beyond(_order[i], keys[i]));
            alternatives.Add(Sql.Join([.. parts], "AND"));
        }

        Where(Sql.Join([.. alternatives], "OR"));
    }

    /// <summary>The statement; its result has the columns that were asked for, one after the other, then those of the order where they are wanted.</summary>
    public string Build(string table, IEnumerable<string> output, bool withOrder, int maxItems)
    {
        var sql = new StringBuilder("SELECT ");
        sql.AppendJoin(", ", (withOrder ? output.Concat(_order.Select(key => key.Sql)) : output).DefaultIfEmpty("1"));
        sql.Append(" FROM ").Append(table);
        if (_conditions.Count > 0)
            sql.Append(" WHERE ").AppendJoin(" AND ", _conditions);
        if (_order.Count > 0)
            sql.Append(" ORDER BY ").AppendJoin(", ", _order.Select(key => key.Sql + (key.IsAscending ? " ASC" : " DESC")));
        return sql.Append(" LIMIT ").Append(Parameter(Value.Long(Math.Max(0, maxItems)))).ToString();
    }

    /// <summary>A place for a value in the statement.</summary>
    public string Parameter(Value value)
    {
        _parameters.Add(value);
        return "?";
    }

    private string Same(OrderKey key, Value value) => value.IsNull ? $"{key.Sql} IS NULL" : $"{key.Sql} = {Parameter(value)}";

    // NULL is before everything.
    private string Beyond(OrderKey key, Value value) => (key.IsAscending, value.IsNull) switch
    {
        (true, true) => $"{key.Sql} IS NOT NULL",
        (true, false) => $"{key.Sql} > {Parameter(value)}",
        (false, true) => "0",
        (false, false) when key.IsNullable => $"({key.Sql} < {Parameter(value)} OR {key.Sql} IS NULL)",
        (false, false) => $"{key.Sql} < {Parameter(value)}",
    };

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
}
