using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A value stream's query as a statement.</summary>
internal static class ValueStreamRead
{
    public static SelectRead Make(SqliteReader reader, RowTable table, HistoryQuery query)
    {
        var everything = HistoryTypes.Shape(query.Type, withOrigin: true);
        string[][] sql = [["CAST(_id AS TEXT)"], ["_timestamp"], ValueStreamLayout.ValueColumns(query.Type), [ValueStreamSql.NameOf(table, "_property")], [ValueStreamSql.NameOf(table, "_source")], ["_quality"]];
        SelectColumn[] columns = [.. everything.Fields.Select((field, i) => new SelectColumn(field, sql[i]))];
        var bound = query.Query.Bind(everything);
        var builder = new SelectBuilder(columns);
        Equal(builder, table, "_property", query.Property);
        Equal(builder, table, "_source", query.Source);
        if (query.EntryId is { } id)
            builder.Where($"_id = {builder.Parameter(Value.Long(id))}");
        builder.Between("_timestamp", query.Start, query.End);
        builder.Where($"_type IN ({string.Join(", ", HistoryTypes.ReadableAs(query.Type).Select(type => (int)type))})");
        if (query.Quality is { } quality)
            builder.Where($"{QueryFunctions.Upper}(_quality) = {builder.Parameter(Value.String(quality.ToUpperInvariant()))}");
        builder.Where(bound.Filter);
        builder.OrderBy(bound.Sorts);
        builder.ThenBy("_timestamp", query.OldestFirst);
        builder.ThenBy("_tie", query.OldestFirst);
        if (query.Property is null || query.Source is null)
            builder.ThenBy("_id", query.OldestFirst);
        var shape = HistoryTypes.Shape(query.Type, query.WithOrigin);
        return new(reader, builder, table.Table, shape, columns[..shape.Fields.Length]);
    }

    private static void Equal(SelectBuilder builder, RowTable table, string column, string? text)
    {
        if (text is not null)
            builder.Where($"{column} = {ValueStreamSql.NumberOf(table, builder.Parameter(Value.String(text)))}");
    }
}
