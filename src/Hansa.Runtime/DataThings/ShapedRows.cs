using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Between tables as callers give them and rows of a Data Shape. Fields that the shape lacks are passed over.</summary>
internal static class ShapedRows
{
    /// <summary>One row of the table in the order and the types of the shape; all null where there is no such row.</summary>
    public static Value[] Fit(DataShape shape, InfoTable table, int row)
    {
        var fitted = new Value[shape.Fields.Length];
        Fit(shape, table, row, fitted);
        return fitted;
    }

    /// <summary>One row of the table, into place.</summary>
    public static void Fit(DataShape shape, InfoTable table, int row, Span<Value> fitted)
    {
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

    /// <summary>The fields of the shape that the table names, and the values of its one row.</summary>
    public static (DataShape Fields, Value[] Values) Named(DataShape shape, InfoTable table)
    {
        if (table.RowCount == 0)
            return (DataShape.Empty, []);
        var fields = table.Shape.Fields.Select(field => shape.Find(field.Name)).OfType<FieldDefinition>().ToList();
        return (new(fields), [.. fields.Select(field => Coercion.To(table[0, field.Name], field.BaseType, field.Name))]);
    }

    /// <summary>A table of the shape with one row made of a JSON object.</summary>
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

    /// <summary>Names and descriptions of the shape's fields, of one base type where it is given.</summary>
    public static InfoTable FieldNames(DataShape shape, BaseType? type)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var field in shape.Fields.Where(field => type is null || field.BaseType == type))
            builder.Add(Value.String(field.Name), Value.String(field.Description));
        return builder.Build();
    }

    /// <summary>Refuses more than one row.</summary>
    public static InfoTable OneRow(InfoTable table, string instead, string parameter = "values") => table.RowCount <= 1 ? table : throw Errors.Bad(
        $"Parameter '{parameter}' is one row, not {table.RowCount}; {instead}.");
}
