using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>What a caller says of rows beside their values.</summary>
internal readonly record struct Origin(string? Source, string? SourceType, string? Tags, Location? Location);

/// <summary>Between tables as callers give them and rows of a data table.</summary>
internal static class DataTableEntries
{
    /// <summary>The rows to write, and the fields that they are of: all of the shape, or for an update those that are named.</summary>
    /// <exception cref="PlatformException">BadRequest: a value does not fit, or the key is missing or there twice.</exception>
    public static (DataShape Fields, List<TableEntry> Entries) Make(DataShape shape, InfoTable values, TableWrite mode, Origin origin, long now)
    {
        var fields = mode == TableWrite.Update ? new DataShape(shape.Fields.Where(field => values.Shape.IndexOf(field.Name) >= 0), shape.Name) : shape;
        var keys = TableKey.FieldsOf(shape);
        if (mode == TableWrite.Update && keys.Count == 0 && values.Shape.IndexOf("key") < 0)
            throw Errors.Bad($"Data Shape [{shape.Name}] has no primary key, so no row can be told by its values; name it in a field key, or use UpdateDataTableEntriesWithQuery.");
        var columns = keys.Select(key => fields.IndexOf(key.Name)).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var entries = new List<TableEntry>(values.RowCount);
        for (var row = 0; row < values.RowCount; row++)
        {
            var fitted = ShapedRows.Fit(fields, values, row);
            var key = keys.Count > 0 ? Key(keys, columns, fitted, row)
                : mode == TableWrite.Update ? values[row, "key"].ToString()
                : Guid.NewGuid().ToString();
            if (!seen.Add(key))
                throw Errors.Bad($"Row {row + 1} of parameter 'values' has the key '{key}' of a row before it; nothing was written.");
            entries.Add(new(key, now, origin.Source ?? "", origin.SourceType ?? "", origin.Tags, origin.Location, fitted));
        }

        return (fields, entries);
    }

    /// <summary>The key that values tell, null where they do not name the whole primary key.</summary>
    public static string? KeyOf(DataShape shape, IReadOnlyList<(string Field, Value Value)> values)
    {
        var keys = TableKey.FieldsOf(shape);
        var parts = keys.Select(key => values.FirstOrDefault(pair => pair.Field == key.Name).Value).ToArray();
        return parts.Length == 0 || Array.Exists(parts, part => part.IsNull) ? null : TableKey.Of(parts);
    }

    private static string Key(IReadOnlyList<FieldDefinition> keys, int[] columns, Value[] fitted, int row)
    {
        var parts = new Value[keys.Count];
        for (var i = 0; i < parts.Length; i++)
        {
            parts[i] = columns[i] < 0 ? default : fitted[columns[i]];
            if (parts[i].IsNull)
                throw Errors.Bad($"Row {row + 1} of parameter 'values' has no '{keys[i].Name}', which is part of the primary key.");
        }

        return TableKey.Of(parts);
    }
}
