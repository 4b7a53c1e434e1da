using Hansa.Model;

namespace Hansa.Runtime;

/// <content>Several tables in one, and values over time.</content>
public sealed partial class InfoTableFunctionsResource
{
    [Service("Gives the rows of both tables, the first's before the second's; fields that one lacks are missing in its rows.", Category = "Combining", Kind = CallKind.Read)]
    public InfoTable Union(ServiceContext call, [Parameter(IsRequired = true)] InfoTable t1, [Parameter(IsRequired = true)] InfoTable t2)
    {
        var shape = Columns.Shape(t1.Shape.Fields.Concat(t2.Shape.Fields.Where(field => t1.Shape.IndexOf(field.Name) < 0)));
        var places = t2.Shape.Fields.Select(field => shape.IndexOf(field.Name)).ToArray();
        var result = new ResultTable(shape, options);
        for (var i = 0; i < t1.RowCount; i++)
            t1.Row(i).CopyTo(result.AddRow());
        for (var i = 0; i < t2.RowCount; i++)
        {
            var row = result.AddRow();
            for (var c = 0; c < places.Length; c++)
                row[places[c]] = Coercion.To(t2[i, c], shape.Fields[places[c]].BaseType, shape.Fields[places[c]].Name);
        }

        return result.Build();
    }

    [Service("Joins the rows of two tables whose join columns are equal.", Category = "Combining", Kind = CallKind.Read)]
    public InfoTable Intersect(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t1, [Parameter(IsRequired = true)] InfoTable t2,
        [Parameter(Description = "Columns of t1 in the result; all where none is said.")] string? columns1,
        [Parameter(Description = "Columns of t2 in the result; all where none is said.")] string? columns2,
        [Parameter(IsRequired = true)] string joinColumns1, [Parameter(IsRequired = true)] string joinColumns2,
        [Parameter(Description = "INNER, LEFT, RIGHT or FULL.")] string joinType = "INNER") =>
        TableJoin.Run(
            t1, t2, [.. Columns.ListOrAll(t1, columns1, "columns1").Distinct()], [.. Columns.ListOrAll(t2, columns2, "columns2").Distinct()],
            Columns.List(t1, joinColumns1, "joinColumns1"), Columns.List(t2, joinColumns2, "joinColumns2"), joinType, options);

    [Service("Makes a column of each name: one row for each time, with the values of that time.", Category = "Time series", Kind = CallKind.Read)]
    public InfoTable Pivot(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t, string timestampColumn = "timestamp", string nameColumn = "name", string valueColumn = "value")
    {
        var (time, name, value) = (Columns.One(t, timestampColumn, "timestampColumn"), Columns.One(t, nameColumn, "nameColumn"), Columns.One(t, valueColumn, "valueColumn"));
        var grid = new TimeGrid(t.Shape.Fields[time], options);
        for (var i = 0; i < t.RowCount; i++)
        {
            var row = t.Row(i);
            if (row[name].IsNull)
                throw Errors.Bad($"Row {i + 1} has no name in field '{nameColumn}'; take such rows out first, with MissingValueFilter.");
            grid.Add(row[time], grid.Column(row[name].ToString(), t.Shape.Fields[value]), row[value]);
        }

        return grid.Build();
    }

    [Service("Puts several time series into one table: a row for each time, a column for each series, sorted by time.", Category = "Time series", Kind = CallKind.Read)]
    public InfoTable Combine(ServiceContext call, [Parameter(IsRequired = true, Shape = "TimeSeriesDataset")] InfoTable tables)
    {
        var grid = new TimeGrid(new("timestamp", BaseType.DATETIME), options);
        var names = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < tables.RowCount; i++)
        {
            var name = tables[i, "name"].ToString();
            if (!names.Add(name))
                throw Errors.Bad($"Two series are called '{name}'; give each a name of its own.");
            Combine(grid, name, Coercion.To(tables[i, "data"], BaseType.INFOTABLE, "data").AsTable() ?? throw Errors.Bad($"Series '{name}' has no table in field 'data'."),
                tables[i, "timestampColumn"] is { IsNull: false } time ? time.ToString() : "timestamp", tables[i, "valueColumn"] is { IsNull: false } value ? value.ToString() : "value");
        }

        return Sort(call, grid.Build(), "timestamp");
    }

    [Service("Gives values at equal intervals of time, made of the values in each interval.", Category = "Time series", Kind = CallKind.Read)]
    public InfoTable Interpolate(
        ServiceContext call, [Parameter(IsRequired = true)] InfoTable t,
        [Parameter(IsRequired = true, Description = "Names with semicolons between.")] string columns, string timeColumn = "timestamp",
        [Parameter(Description = "ROWCOUNT for so many intervals, INTERVAL for intervals of so many milliseconds.")] string mode = "ROWCOUNT",
        [Parameter(Description = "ROWCOUNT: the number of intervals. INTERVAL without interval: milliseconds.")] long? count = null,
        [Parameter(Description = "INTERVAL: milliseconds.")] long? interval = null,
        [Parameter(Description = "Begin of the first interval; the first time in the table where none is said.")] DateTimeOffset? startDate = null,
        [Parameter(Description = "End of the last interval; the last time in the table where none is said.")] DateTimeOffset? endDate = null,
        [Parameter(Description = "LAST, SMOOTH, AVG, TAVG, MIN or MAX.")] string stats = "LAST",
        [Parameter(Description = "Leaves out intervals without values; else they go by the last value before them.")] bool ignoreMissingData = false)
    {
        var chosen = Columns.List(t, columns, "columns");
        if (!Enum.TryParse<IntervalStatistic>(stats, ignoreCase: true, out var statistic) || !Enum.IsDefined(statistic) || char.IsAsciiDigit(stats[0]))
            throw Errors.Bad($"'{stats}' is no statistic; there are LAST, SMOOTH, AVG, TAVG, MIN and MAX.");
        TimeIntervals? Intervals(long? first, long? last)
        {
            var (begin, end) = (startDate?.ToUnixTimeMilliseconds() ?? first, endDate?.ToUnixTimeMilliseconds() ?? last);
            return begin is null || end is null ? null : IntervalsOf(begin.Value, end.Value, mode, count, interval, chosen.Length + 1);
        }

        return Interpolation.Run(t, Columns.Time(t, timeColumn, "timeColumn"), chosen, Intervals, statistic, ignoreMissingData);
    }

    private TimeIntervals IntervalsOf(long begin, long end, string mode, long? count, long? interval, int fields)
    {
        if (end < begin)
            throw Errors.Bad("The window ends before it begins; endDate must not be before startDate.");
        var (isByCount, number) = mode.ToUpperInvariant() switch
        {
            "ROWCOUNT" => (true, count ?? throw Errors.Bad("ROWCOUNT needs parameter 'count', the number of intervals.")),
            "INTERVAL" => (false, interval ?? count ?? throw Errors.Bad("INTERVAL needs parameter 'interval', in milliseconds.")),
            _ => throw Errors.Bad($"'{mode}' is no mode; there are ROWCOUNT and INTERVAL."),
        };
        if (number <= 0)
            throw Errors.Bad($"{(isByCount ? "The number of intervals" : "The interval")} must be above 0, not {number}.");
        var rows = isByCount ? number : ((end - begin) / number) + 1;
        ResultTable.Check(rows, fields, options);
        return isByCount ? TimeIntervals.Of(begin, end, rows) : TimeIntervals.Every(begin, end, number, rows);
    }

    private static void Combine(TimeGrid grid, string name, InfoTable data, string timestampColumn, string valueColumn)
    {
        var (time, value) = (Columns.Time(data, timestampColumn, "timestampColumn"), Columns.One(data, valueColumn, "valueColumn"));
        var column = grid.Column(name, data.Shape.Fields[value]);
        for (var i = 0; i < data.RowCount; i++)
        {
            var at = Coercion.To(data[i, time], BaseType.DATETIME, timestampColumn);
            grid.Add(at.IsNull ? throw Errors.Bad($"Row {i + 1} of series '{name}' has no time in field '{timestampColumn}'.") : at, column, data[i, value]);
        }
    }
}
