using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A data table's query as a statement.</summary>
internal static class DataTableRead
{
    private static readonly string[][] Entry =
        [["_key"], ["_timestamp"], ["_source"], ["_sourceType"], ["_latitude", "_longitude", "_elevation"], ["_tags"]];

    /// <summary>The rows that the query finds.</summary>
    public static SelectRead Make(SqliteReader reader, RowTable table, TableQuery query)
    {
        var (builder, columns, shape) = Select(table, query);
        return new(reader, builder, table.Table, shape, columns);
    }

    /// <summary>Ids and keys of the rows that the query finds.</summary>
    public static List<(long Id, string Key)> Find(SqliteReader reader, RowTable table, TableQuery query, CancellationToken cancellationToken)
    {
        var (builder, _, _) = Select(table, query);
        SelectColumn[] output = [new(new("id", BaseType.LONG), ["_id"]), new(new("key", BaseType.STRING), ["_key"])];
        var rows = new SelectRead(reader, builder, table.Table, new([output[0].Field, output[1].Field]), output).Rows(query.MaxItems, cancellationToken);
        return [.. Enumerable.Range(0, rows.RowCount).Select(row => (rows[row, 0].AsLong(), rows[row, 1].ToString()))];
    }

    private static (SelectBuilder Builder, SelectColumn[] Columns, DataShape Shape) Select(RowTable table, TableQuery query)
    {
        var shape = DataTableEntryShape.For(query.Shape);
        SelectColumn[] columns = [.. shape.Fields.Select((field, i) => i < Entry.Length ? new(field, Entry[i]) : SelectColumn.OfField(table, field))];
        var bound = query.Query.Bind(shape);
        var builder = new SelectBuilder(columns);
        if (query.Key is { } key)
            builder.Where($"_key = {builder.Parameter(Value.String(key))}");
        foreach (var (field, value) in query.Equal.Where(pair => !pair.Value.IsNull))
            builder.Where(Equal(shape, field, value));
        if (!string.IsNullOrEmpty(query.Source))
            builder.Where($"_source = {builder.Parameter(Value.String(query.Source))}");
        if (!string.IsNullOrWhiteSpace(query.Tags))
            builder.Where(new BoundField(5, DataTableEntryShape.Entry.Fields[5], FilterOperator.Tagged, IsNegated: false, [Value.Text(query.Tags, BaseType.TAGS)], IsCaseSensitive: true));
        if (TextSearch.ToMatch(query.Search) is { } match)
        {
            builder.Where(DataTableText.Columns(table, query.Shape).Count == 0 ? "0"
                : $"_id IN (SELECT rowid FROM {DataTableText.Index(table.Name)} WHERE {DataTableText.Index(table.Name)} MATCH {builder.Parameter(Value.String(match))})");
        }

        builder.Where(bound.Filter);
        builder.OrderBy(bound.Sorts);
        builder.ThenBy("_id", isAscending: true);
        return (builder, columns, shape);
    }

    private static BoundFilter Equal(DataShape shape, string field, Value value) =>
        new Query(new FieldFilter(field, FilterOperator.Equal, IsNegated: false, [value]), []).Bind(shape).Filter!;
}
