using System.Text.Json;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Between tables as callers give them and rows of a stream's Data Shape. Fields that the shape lacks are passed over.</summary>
internal static class StreamRows
{
    /// <summary>One row of the table in the order and the types of the shape.</summary>
    public static Value[] Fit(DataShape shape, InfoTable table, int row)
    {
        var fitted = new Value[shape.Fields.Length];
        Fit(shape, table, row, fitted);
        return fitted;
    }

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
                Fit(shape, OneRow(nested), 0, own.Span);
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
        var fields = table.Shape.Fields.Select(field => shape.Find(field.Name)).OfType<FieldDefinition>().ToList();
        var row = OneRow(table).RowCount == 0 ? [] : fields.Select(field => Coercion.To(table[0, field.Name], field.BaseType, field.Name)).ToArray();
        return new(new(row.Length == 0 ? [] : fields), row, tags, location);
    }

    public static InfoTable FromJson(DataShape shape, string? json)
    {
        var builder = new InfoTable.Builder(shape);
        var row = builder.AddRow();
        if (string.IsNullOrEmpty(json))
            return builder.Build();
        using var document = JsonDocument.Parse(json, ValueJson.DocumentOptions);
        if (document.RootElement.ValueKind != JsonValueKind.Object)
            throw Errors.Bad("Parameter 'values' must be a JSON object keyed by field name.");
        foreach (var member in document.RootElement.EnumerateObject())
        {
            if (shape.IndexOf(member.Name) is var column && column >= 0)
                row[column] = ValueJson.Read(member.Value, shape.Fields[column].BaseType, member.Name);
        }

        return builder.Build();
    }

    public static InfoTable FieldNames(DataShape shape, BaseType? type)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var field in shape.Fields.Where(field => type is null || field.BaseType == type))
            builder.Add(Value.String(field.Name), Value.String(field.Description));
        return builder.Build();
    }

    private static void Fit(DataShape shape, InfoTable table, int row, Span<Value> fitted)
    {
        OneRow(table);
        if (row >= table.RowCount)
            return;
        var given = table.Row(row);
        for (var i = 0; i < fitted.Length; i++)
        {
            var field = shape.Fields[i];
            var column = i < table.Shape.Fields.Length && table.Shape.Fields[i].Name == field.Name ? i : table.Shape.IndexOf(field.Name);
            if (column >= 0)
                fitted[i] = Coercion.To(given[column], field.BaseType, field.Name);
        }
    }

    private static Value Cell(ReadOnlySpan<Value> row, int column) => column < 0 ? default : row[column];

    private static InfoTable OneRow(InfoTable table) => table.RowCount <= 1 ? table : throw Errors.Bad(
        $"The values of one stream entry are one row, not {table.RowCount}; use AddStreamEntries for many entries.");
}
