using Hansa.Model;

namespace Hansa.Runtime;

/// <content>Rows by a query: given, sorted, changed, taken away; and rows as groups.</content>
public sealed partial class InfoTableFunctionsResource
{
    [Service("Gives the rows that a query asks for.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable Query(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(BaseType.QUERY)] string? query) =>
        Model.Query.Parse(query).Bind(t.Shape).Run(t);

    [Service("Gives the table with new values in the rows that a query finds: fields that the values have; a null clears.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable UpdateQuery(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(BaseType.QUERY, IsRequired = true)] string query,
        [Parameter(IsRequired = true)] InfoTable values)
    {
        if (values.RowCount != 1)
            throw Errors.Bad($"Parameter 'values' is one row, not {values.RowCount}.");
        var matches = Model.Query.Parse(query).Bind(t.Shape);
        var changes = values.Shape.Fields.Select((field, i) => Columns.One(t, field.Name, "values") is var column
            ? (Column: column, Value: Coercion.To(values[0, i], t.Shape.Fields[column].BaseType, field.Name)) : default).ToList();
        var result = new InfoTable.Builder(t.Shape);
        for (var i = 0; i < t.RowCount; i++)
        {
            var row = result.AddRow();
            t.Row(i).CopyTo(row);
            if (!matches.Matches(t.Row(i)))
                continue;
            foreach (var (column, value) in changes)
                row[column] = value;
        }

        return result.Build();
    }

    [Service("Gives the table without the rows that a query finds.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable DeleteQuery(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(BaseType.QUERY, IsRequired = true)] string query)
    {
        var matches = Model.Query.Parse(query).Bind(t.Shape);
        var result = new InfoTable.Builder(t.Shape);
        for (var i = 0; i < t.RowCount; i++)
        {
            if (!matches.Matches(t.Row(i)))
                result.Add(t.Row(i));
        }

        return result.Build();
    }

    [Service("Gives the rows sorted by a column.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable Sort(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] string sortColumn, bool ascending = true) =>
        new Query(null, [new(sortColumn, ascending, IsCaseSensitive: true)]).Bind(t.Shape).Run(t);

    [Service("Gives the first rows.", Category = "Queries", Kind = CallKind.Read)]
    public InfoTable TopN(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true)] int maxItems) => maxItems >= 0
        ? Model.Query.All.Bind(t.Shape).Run(t, maxItems)
        : throw Errors.Bad($"Parameter 'maxItems' is a number of rows, not {maxItems}.");

    [Service("Gives each combination of values in some columns once, in the order in which they come; without columns each row once.", Category = "Grouping", Kind = CallKind.Read)]
    public InfoTable Distinct(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, string? columns)
    {
        var chosen = Columns.ListOrAll(t, columns, "columns").Distinct().ToArray();
        var keys = new RowKeys(chosen);
        var result = new InfoTable.Builder(Columns.Shape(chosen.Select(column => t.Shape.Fields[column])));
        for (var i = 0; i < t.RowCount; i++)
        {
            keys.Number(t.Row(i), out var isNew);
            if (!isNew)
                continue;
            var row = result.AddRow();
            for (var c = 0; c < chosen.Length; c++)
                row[c] = t[i, chosen[c]];
        }

        return result.Build();
    }

    [Service("Gives MIN, MAX, AVERAGE, SUM or COUNT of columns, one row for each group; the result of SUM over x is column SUM_x.", Category = "Grouping", Kind = CallKind.Read)]
    public InfoTable Aggregate(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, [Parameter(IsRequired = true, Description = "Names with commas between.")] string columns,
        [Parameter(IsRequired = true, Description = "One of MIN, MAX, AVERAGE, SUM, COUNT for each column, with commas between.")] string aggregates, string? groupByColumns)
    {
        var chosen = Columns.List(t, columns, "columns");
        var names = Columns.Names(aggregates);
        if (chosen.Length == 0 || chosen.Length != names.Length)
            throw Errors.Bad($"columns names {chosen.Length} columns and aggregates {names.Length} of them; both must have as many, at least one.");
        return Aggregation.Run(t, [.. Columns.List(t, groupByColumns, "groupByColumns").Distinct()], [.. chosen.Zip(names, (column, name) =>
        {
            var (field, begin) = Aggregation.Of(name, t.Shape.Fields[column]);
            return (column, field, begin);
        })]);
    }
}
