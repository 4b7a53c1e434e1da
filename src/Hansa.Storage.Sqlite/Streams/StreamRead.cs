using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A stream's query as a statement.</summary>
internal static class StreamRead
{
    private const int TagsColumn = 5;

    private static readonly string[][] Entry =
        [["CAST(_id AS TEXT)"], ["_timestamp"], ["_source"], ["_sourceType"], ["_latitude", "_longitude", "_elevation"], ["_tags"]];

    public static SelectRead Make(SqliteReader reader, RowTable table, StreamQuery query)
    {
        var everything = StreamEntryShape.For(query.Shape, StreamColumns.EntriesWithData);
        SelectColumn[] columns = [.. everything.Fields.Select((field, i) => i < Entry.Length ? new(field, Entry[i]) : SelectColumn.OfField(table, field))];
        var bound = query.Query.Bind(everything);
        var builder = new SelectBuilder(columns);
        if (query.EntryId is { } id)
            builder.Where($"_id = {builder.Parameter(Value.Long(id))}");
        builder.Between("_timestamp", query.Start, query.End);
        if (query.Sources is { } sources)
            builder.Where($"_source IN ({string.Join(',', sources.Select(source => builder.Parameter(Value.String(source))))})");
        if (!string.IsNullOrWhiteSpace(query.Tags))
            builder.Where(Tagged(query.Tags));
        builder.Where(bound.Filter);
        builder.OrderBy(bound.Sorts);
        builder.ThenBy("_timestamp", query.OldestFirst);
        builder.ThenBy("_id", query.OldestFirst);
        var shape = StreamEntryShape.For(query.Shape, query.Columns);
        SelectColumn[] output = query.Columns == StreamColumns.Data
            ? [.. shape.Fields.Select((field, i) => i == shape.Fields.Length - 1 ? new(field, Entry[1]) : SelectColumn.OfField(table, field))]
            : columns[..shape.Fields.Length];
        return new(reader, builder, table.Table, shape, output);
    }

    private static BoundField Tagged(string tags) => new(
        TagsColumn, StreamEntryShape.Entry.Fields[TagsColumn], FilterOperator.Tagged, IsNegated: false, [Value.Text(tags, BaseType.TAGS)], IsCaseSensitive: true);
}
