using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Gathers the numbers of very many entries in windows of time, so that a chart of them needs no rows.</summary>
internal sealed class StreamWindows
{
    /// <summary>Windows where the caller does not say: as many as a chart can show apart.</summary>
    public const double DefaultCount = 360;

    private const int MostCount = 10_000;
    private const int MostFields = 16;

    private readonly IReadOnlyList<string> _fields;
    private readonly long _start;
    private readonly double _length;
    private readonly Window[] _windows;

    private StreamWindows(IReadOnlyList<string> fields, int count, long start, long end)
    {
        (_fields, _start, _length) = (fields, start, (end - start + 1) / (double)count);
        _windows = new Window[fields.Count * count];
    }

    /// <summary>Gathers what the query finds between its oldest and its newest entry.</summary>
    /// <param name="store">Where the entries are.</param>
    /// <param name="stream">Whose entries.</param>
    /// <param name="query">Which entries; its columns and its order do not matter.</param>
    /// <param name="fieldNames">Names of number fields with commas between.</param>
    /// <param name="count">How many windows, 1 to 10,000.</param>
    /// <param name="cancellationToken">Ends the work between two pages.</param>
    /// <returns>A row of StreamWindow for each window and field that has values, oldest first.</returns>
    /// <exception cref="PlatformException">BadRequest: a field is none of numbers, or the count is out of range.</exception>
    public static async Task<InfoTable> GatherAsync(IStreamStore store, Guid stream, StreamQuery query, string fieldNames, double count, CancellationToken cancellationToken)
    {
        var fields = Fields(query.Shape, fieldNames);
        if (count is not (>= 1 and <= MostCount))
            throw Errors.Bad($"windows must be 1 to {MostCount}, not {count}.");
        var all = query with { Columns = StreamColumns.Data, MaxItems = QueryPages.MostRows, OldestFirst = true };
        var (first, last) = (await EdgeAsync(store, stream, all, cancellationToken), await EdgeAsync(store, stream, all with { OldestFirst = false }, cancellationToken));
        if (first is not { } start || last is not { } end)
            return InfoTable.Empty;

        var gathered = new StreamWindows(fields, (int)count, start, end);
        // What comes meanwhile is later than the last window.
        all = all with { End = end };
        string? cursor = null;
        do
        {
            var page = await store.QueryPageAsync(stream, all, cursor, cancellationToken);
            gathered.Add(page.Rows);
            cursor = page.Next;
        }
        while (cursor is not null);
        return gathered.ToTable();
    }

    private static async Task<long?> EdgeAsync(IStreamStore store, Guid stream, StreamQuery query, CancellationToken cancellationToken)
    {
        var edge = await store.QueryAsync(stream, query with { MaxItems = 1 }, cancellationToken);
        return edge.RowCount == 0 ? null : edge[0, "timestamp"].AsLong();
    }

    private static List<string> Fields(DataShape shape, string fieldNames)
    {
        var names = fieldNames.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).ToList();
        if (names.Count is 0 or > MostFields)
            throw Errors.Bad($"fieldNames must name 1 to {MostFields} fields with commas between, not {names.Count}.");
        foreach (var name in names)
        {
            if (shape.IndexOf(name) is var at && (at < 0 || shape.Fields[at].BaseType is not (BaseType.NUMBER or BaseType.INTEGER or BaseType.LONG)))
                throw Errors.Bad($"fieldNames: '{name}' is no number field of the Data Shape.");
        }

        return names;
    }

    private void Add(InfoTable rows)
    {
        var columns = _fields.Select(rows.Shape.IndexOf).ToArray();
        var time = rows.Shape.IndexOf("timestamp");
        for (var row = 0; row < rows.RowCount; row++)
        {
            var window = (int)((rows[row, time].AsLong() - _start) / _length);
            for (var field = 0; field < columns.Length; field++)
            {
                if (rows[row, columns[field]] is { IsNull: false } value && value.AsNumber() is var number && double.IsFinite(number))
                    _windows[(window * columns.Length) + field].Add(number);
            }
        }
    }

    private InfoTable ToTable()
    {
        var builder = new InfoTable.Builder(PlatformShapes.StreamWindow);
        for (var i = 0; i < _windows.Length; i++)
        {
            var (window, start) = (_windows[i], _start + (long)(i / _fields.Count * _length));
            if (window.Count > 0)
            {
                builder.Add(
                    Value.DateTime(start), Value.Number(_length), Value.String(_fields[i % _fields.Count]), Value.Long(window.Count),
                    Value.Number(window.Sum / window.Count), Value.Number(window.Low), Value.Number(window.High));
            }
        }

        return builder.Build();
    }

    private struct Window
    {
        public long Count;
        public double Sum;
        public double Low;
        public double High;

        public void Add(double value)
        {
            (Low, High) = Count == 0 ? (value, value) : (Math.Min(Low, value), Math.Max(High, value));
            Sum += value;
            Count++;
        }
    }
}
