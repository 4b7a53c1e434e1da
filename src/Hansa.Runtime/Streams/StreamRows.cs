using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Between tables as callers give them and entries of a stream.</summary>
internal static class StreamRows
{
    public static StreamEntry[] Entries(DataShape shape, InfoTable table, AssignedTimes assigned)
    {
        var entries = new StreamEntry[table.RowCount];
        var values = new Value[entries.Length * shape.Fields.Length];
        var columns = PlatformShapes.StreamEntryWithValues.Fields.Select(field => table.Shape.IndexOf(field.Name)).ToArray();
        for (var i = 0; i < entries.Length; i++)
        {
            var row = table.Row(i);
            var own = values.AsMemory(i * shape.Fields.Length, shape.Fields.Length);
            if (Coercion.To(Cell(row, columns[5]), BaseType.INFOTABLE, "values").AsTable() is { RowCount: > 0 } nested)
                ShapedRows.Fit(shape, OneRow(nested), 0, own.Span);
            entries[i] = new(
                Coercion.To(Cell(row, columns[0]), BaseType.DATETIME, "timestamp").AsLong(), assigned[i],
                Cell(row, columns[1]).ToString(), Cell(row, columns[2]).ToString(),
                Coercion.To(Cell(row, columns[4]), BaseType.TAGS, "tags").AsText(),
                Coercion.To(Cell(row, columns[3]), BaseType.LOCATION, "location").AsLocation(), own);
        }

        return entries;
    }

    public static StreamEntryChange Change(DataShape shape, InfoTable table, string? tags, Location? location)
    {
        var (fields, values) = ShapedRows.Named(shape, OneRow(table));
        return new(fields, values, tags, location);
    }

    /// <summary>Refuses more than one row of values.</summary>
    public static InfoTable OneRow(InfoTable table) => ShapedRows.OneRow(table, "use AddStreamEntries for many entries");

    private static Value Cell(ReadOnlySpan<Value> row, int column) => column < 0 ? default : row[column];
}
