using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>How an interval's value is made of those in it and around it.</summary>
internal enum IntervalStatistic
{
    /// <summary>The last value in it.</summary>
    LAST,

    /// <summary>The value at its beginning, on the straight line between the values before and behind.</summary>
    SMOOTH,

    /// <summary>The mean of the values in it.</summary>
    AVG,

    /// <summary>The mean over time: each value counts for as long as it stands.</summary>
    TAVG,

    /// <summary>The smallest value in it.</summary>
    MIN,

    /// <summary>The largest value in it.</summary>
    MAX,
}

/// <summary>Equal intervals of time, all but the last without their end, in milliseconds since 1970.</summary>
/// <param name="Begins">When each interval begins.</param>
/// <param name="End">The end of the last one, which belongs to it.</param>
internal sealed record TimeIntervals(long[] Begins, long End)
{
    /// <summary>So many intervals; one where there is no time between begin and end.</summary>
    public static TimeIntervals Of(long begin, long end, long count)
    {
        if (begin == end)
            return new([begin], end);
        var span = (Int128)end - begin;
        var begins = new long[count];
        for (var i = 0L; i < count; i++)
            begins[i] = (long)(begin + (span * i / count));
        return new(begins, end);
    }

    /// <summary>Intervals of so many milliseconds; the last one ends with the window.</summary>
    public static TimeIntervals Every(long begin, long end, long interval, long count)
    {
        var begins = new long[count];
        for (var i = 0L; i < count; i++)
            begins[i] = begin + (i * interval);
        return new(begins, end);
    }

    /// <summary>The first instant that is no longer in the interval.</summary>
    public long Behind(int index) => index + 1 < Begins.Length ? Begins[index + 1] : End < long.MaxValue ? End + 1 : End;

    /// <summary>Where the time of the interval ends.</summary>
    public long EndOf(int index) => index + 1 < Begins.Length ? Begins[index + 1] : End;
}

/// <summary>One column's values in the order of time, and what they make of intervals.</summary>
internal sealed class Series(string field, List<(long Time, Value Value)> samples)
{
    private int _from;
    private int _to;

    /// <summary>One value for each interval, in one pass; null where nothing is known.</summary>
    /// <param name="intervals">The intervals.</param>
    /// <param name="statistic">How a value is made.</param>
    /// <param name="isOnlyMeasured">Whether an interval without values has none; else it goes by the last value before it.</param>
    public Value[] Run(TimeIntervals intervals, IntervalStatistic statistic, bool isOnlyMeasured)
    {
        var results = new Value[intervals.Begins.Length];
        for (var i = 0; i < results.Length; i++)
        {
            while (_from < samples.Count && samples[_from].Time < intervals.Begins[i])
                _from++;
            _to = Math.Max(_to, _from);
            while (_to < samples.Count && samples[_to].Time < intervals.Behind(i))
                _to++;
            if (_to > _from || !isOnlyMeasured)
                results[i] = One(statistic, intervals.Begins[i], intervals.EndOf(i));
        }

        return results;
    }

    private Value One(IntervalStatistic statistic, long begin, long end)
    {
        if (statistic == IntervalStatistic.SMOOTH)
            return Smooth(begin);
        if (_to == 0)
            return default;
        if (_to == _from)
            return statistic is IntervalStatistic.AVG or IntervalStatistic.TAVG ? Value.Number(Number(_to - 1)) : samples[_to - 1].Value;
        return statistic switch
        {
            IntervalStatistic.LAST => samples[_to - 1].Value,
            IntervalStatistic.MIN => Extreme(-1),
            IntervalStatistic.MAX => Extreme(1),
            IntervalStatistic.AVG => Value.Number(Mean()),
            _ => Value.Number(MeanOverTime(begin, end)),
        };
    }

    private Value Extreme(int sign)
    {
        var best = samples[_from].Value;
        for (var i = _from + 1; i < _to; i++)
            best = ValueOrder.Compare(samples[i].Value, best) * sign > 0 ? samples[i].Value : best;
        return best;
    }

    private double Mean()
    {
        var sum = 0.0;
        for (var i = _from; i < _to; i++)
            sum += Number(i);
        return sum / (_to - _from);
    }

    private double MeanOverTime(long begin, long end)
    {
        var (sum, weight) = (0.0, 0.0);
        for (var i = Math.Max(0, _from - 1); i < _to; i++)
        {
            var stands = (double)(i + 1 < _to ? samples[i + 1].Time : end) - Math.Max(begin, samples[i].Time);
            sum += stands > 0 ? Number(i) * stands : 0;
            weight += stands;
        }

        return weight > 0 ? sum / weight : Number(_to - 1);
    }

    private Value Smooth(long begin)
    {
        if (_from < samples.Count && samples[_from].Time == begin)
            return Value.Number(Number(_from));
        // Before the first value nothing is known, but where it lies in the interval it stands for it.
        if (_from == 0)
            return _to > 0 ? Value.Number(Number(0)) : default;
        if (_from == samples.Count)
            return Value.Number(Number(_from - 1));
        var (before, behind) = (samples[_from - 1].Time, samples[_from].Time);
        var part = ((double)begin - before) / ((double)behind - before);
        return Value.Number((Number(_from - 1) * (1 - part)) + (Number(_from) * part));
    }

    private double Number(int index) => Aggregation.Number(samples[index].Value, field);
}

/// <summary>Makes a table of equal intervals out of one of values at any times.</summary>
internal static class Interpolation
{
    /// <summary>One row for each interval: when it begins, and a value of each column.</summary>
    /// <param name="table">Rows in any order.</param>
    /// <param name="timeColumn">The column of times; each row must have one.</param>
    /// <param name="columns">The columns to interpolate.</param>
    /// <param name="intervalsOf">The intervals of the window; it is told the first and the last time.</param>
    /// <param name="statistic">How values are made.</param>
    /// <param name="isOnlyMeasured">Whether intervals without any value are left out.</param>
    /// <exception cref="PlatformException">BadRequest: a row has no time, or a column no numbers.</exception>
    public static InfoTable Run(
        InfoTable table, int timeColumn, int[] columns, Func<long?, long?, TimeIntervals?> intervalsOf, IntervalStatistic statistic, bool isOnlyMeasured)
    {
        var isNumber = statistic is IntervalStatistic.SMOOTH or IntervalStatistic.AVG or IntervalStatistic.TAVG;
        var shape = Columns.Shape(
        [
            table.Shape.Fields[timeColumn],
            .. columns.Select(column => isNumber ? new(table.Shape.Fields[column].Name, BaseType.NUMBER) : table.Shape.Fields[column]),
        ]);
        foreach (var column in columns.Where(_ => isNumber))
            Columns.DemandNumbers(table.Shape.Fields[column], statistic.ToString());
        var times = Enumerable.Range(0, table.RowCount).Select(row => Time(table, row, timeColumn)).ToArray();
        var order = Enumerable.Range(0, table.RowCount).OrderBy(row => times[row]).ToArray();
        var result = new InfoTable.Builder(shape);
        if (intervalsOf(order.Length == 0 ? null : times[order[0]], order.Length == 0 ? null : times[order[^1]]) is not { } intervals)
            return result.Build();
        var values = columns.Select(column => new Series(
            table.Shape.Fields[column].Name,
            [.. order.Where(row => !table[row, column].IsNull).Select(row => (times[row], table[row, column]))]).Run(intervals, statistic, isOnlyMeasured)).ToArray();
        for (var i = 0; i < intervals.Begins.Length; i++)
        {
            if (isOnlyMeasured && Array.TrueForAll(values, column => column[i].IsNull))
                continue;
            var cells = result.AddRow();
            cells[0] = Value.DateTime(intervals.Begins[i]);
            for (var c = 0; c < values.Length; c++)
                cells[c + 1] = values[c][i];
        }

        return result.Build();
    }

    private static long Time(InfoTable table, int row, int column) => Coercion.To(table[row, column], BaseType.DATETIME, table.Shape.Fields[column].Name) is { IsNull: false } time
        ? time.AsLong()
        : throw Errors.Bad($"Row {row + 1} has no time in field '{table.Shape.Fields[column].Name}'; take such rows out first, with MissingValueFilter.");
}
