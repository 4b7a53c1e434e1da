using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What of the history of several properties is wanted.</summary>
/// <param name="Start">First millisecond; null for no limit.</param>
/// <param name="End">Last millisecond; null for no limit.</param>
/// <param name="MaxItems">At most so many values of each property.</param>
/// <param name="OldestFirst">Oldest first; newest first otherwise.</param>
/// <param name="Quality">Only of this quality; null for any.</param>
/// <param name="IsFilled">Whether a row without a value of a property shows the one before.</param>
/// <param name="WithQuality">Whether each property has a column with its quality.</param>
/// <param name="Query">Filters and sorts the merged rows; null for none.</param>
internal sealed record HistoryWish(long? Start, long? End, int MaxItems, bool OldestFirst, string? Quality, bool IsFilled, bool WithQuality, string? Query);

/// <summary>Merges histories of properties: each is asked for on its own, then there is one row a timestamp (spec platform 2.5).</summary>
internal static class PropertyHistory
{
    public static async Task<InfoTable> QueryAsync(IHistory history, IReadOnlyList<FieldDefinition> properties, string? source, HistoryWish wish, CancellationToken cancellationToken)
    {
        // Parsed first, so that a wrong query costs nothing.
        var query = Query.Parse(wish.Query);
        var series = await Task.WhenAll(properties.Select(property => history.QueryAsync(
            new(HistoryRows.Kind(property.BaseType.Name()), property.Name, source, wish.Start, wish.End, wish.OldestFirst, wish.Quality) { WithOrigin = wish.WithQuality },
            wish.MaxItems, cancellationToken)));
        var merged = Merge(properties, series, wish);
        return query.Bind(merged.Shape).Run(merged);
    }

    private static InfoTable Merge(IReadOnlyList<FieldDefinition> properties, InfoTable[] series, HistoryWish wish)
    {
        var width = wish.WithQuality ? 2 : 1;
        var rows = new SortedDictionary<long, Value[]>();
        for (var i = 0; i < series.Length; i++)
        {
            var (time, value, quality) = (series[i].Shape.IndexOf("timestamp"), series[i].Shape.IndexOf("value"), series[i].Shape.IndexOf("quality"));
            // Oldest first, so that of two values of one timestamp the later one stays.
            for (var n = 0; n < series[i].RowCount; n++)
            {
                var row = series[i].Row(wish.OldestFirst ? n : series[i].RowCount - 1 - n);
                if (!rows.TryGetValue(row[time].AsLong(), out var merged))
                    rows[row[time].AsLong()] = merged = new Value[properties.Count * width];
                merged[i * width] = Coercion.To(row[value], properties[i].BaseType, properties[i].Name);
                if (wish.WithQuality)
                    merged[(i * width) + 1] = row[quality];
            }
        }

        if (wish.IsFilled)
            Fill(rows.Values, properties.Count * width);
        var builder = new InfoTable.Builder(Shape(properties, wish.WithQuality));
        foreach (var (time, values) in wish.OldestFirst ? rows : rows.Reverse())
        {
            var row = builder.AddRow();
            row[0] = Value.DateTime(time);
            values.CopyTo(row[1..]);
        }

        return builder.Build();
    }

    private static void Fill(IEnumerable<Value[]> rows, int columns)
    {
        var last = new Value[columns];
        foreach (var row in rows)
        {
            for (var i = 0; i < columns; i++)
                last[i] = row[i] = row[i].IsNull ? last[i] : row[i];
        }
    }

    private static DataShape Shape(IReadOnlyList<FieldDefinition> properties, bool withQuality)
    {
        var fields = new List<FieldDefinition> { new("timestamp", BaseType.DATETIME) };
        foreach (var property in properties)
        {
            fields.Add(property with { Name = Free(property.Name), Ordinal = fields.Count });
            if (withQuality)
                fields.Add(new(Free($"{property.Name}_quality"), BaseType.STRING, Ordinal: fields.Count));
        }

        return new(fields);

        // A property may be called like a column that is there already.
        string Free(string name) => fields.Exists(field => field.Name == name) ? Free($"{name}_") : name;
    }
}
