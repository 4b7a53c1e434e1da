using System.Numerics;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// Times in UTC by a cron expression as Quartz writes it: seconds, minutes, hours, day of month, month, day of week and, where wanted, year.
/// Each field takes <c>*</c>, values, ranges (which may wrap: <c>22-2</c>), lists and steps; months and days of the week (1 is Sunday) have names.
/// Days of the month also take <c>L</c>, <c>L-3</c>, <c>LW</c>, <c>15W</c>; days of the week <c>L</c> (Saturday), <c>6L</c>, <c>6#3</c>.
/// </summary>
/// <remarks>
/// One of the two day fields is <c>?</c> or <c>*</c>: days that two fields narrow are refused, as Quartz does. A day that a month lacks
/// (the 31st, <c>31W</c>, a fifth Friday) is left out in that month.
/// </remarks>
public sealed class CronExpression
{
    internal const int FirstYear = 1970;
    internal const int LastYear = 9999;

    // Dates and their days of the week come again after 400 years: what has not come by then never does.
    private const int Cycle = 400;

    private readonly CronFields _fields;

    private CronExpression(string text, CronFields fields) => (Text, _fields) = (text, fields);

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Reads an expression.</summary>
    /// <exception cref="PlatformException">BadRequest that names the field and what it should be, also where no date ever matches.</exception>
    public static CronExpression Parse(string text)
    {
        var expression = new CronExpression(text, CronParser.Parse(text));
        return expression.NextAfter(new(FirstYear - 1, 12, 31, 23, 59, 59, TimeSpan.Zero)) is null
            ? throw Errors.Bad($"The schedule '{text}' never comes: no date matches all its fields.")
            : expression;
    }

    /// <summary>The first matching second after a time, null where there is none until the end of year 9999.</summary>
    public DateTimeOffset? NextAfter(DateTimeOffset time)
    {
        var utc = time.UtcDateTime;
        if (DateTime.MaxValue - utc < TimeSpan.FromSeconds(1))
            return null;
        var start = utc.AddTicks(TimeSpan.TicksPerSecond - (utc.Ticks % TimeSpan.TicksPerSecond));
        var last = _fields.Years is null ? Math.Min(LastYear, start.Year + Cycle) : LastYear;
        for (var year = start.Year; year <= last; year++)
        {
            if (_fields.Years is { } years && !years.Contains(year))
                continue;
            var isFirstYear = year == start.Year;
            for (var month = Next(_fields.Months, isFirstYear ? start.Month : 1); month <= 12; month = Next(_fields.Months, month + 1))
            {
                var isFirstMonth = isFirstYear && month == start.Month;
                if (InMonth(year, month, isFirstMonth ? start : null) is { } found)
                    return found;
            }
        }

        return null;
    }

    private DateTimeOffset? InMonth(int year, int month, DateTime? start)
    {
        var days = _fields.Days(year, month);
        for (var day = Next(days, start?.Day ?? 1); day <= 31; day = Next(days, day + 1))
        {
            var from = start is { } first && first.Day == day ? first.TimeOfDay : TimeSpan.Zero;
            if (TimeFrom(from.Hours, from.Minutes, from.Seconds) is { } time)
                return new DateTimeOffset(year, month, day, 0, 0, 0, TimeSpan.Zero) + time;
        }

        return null;
    }

    private TimeSpan? TimeFrom(int hour, int minute, int second)
    {
        if (Next(_fields.Hours, hour) == hour)
        {
            if (Next(_fields.Minutes, minute) == minute && Next(_fields.Seconds, second) is var s and < 60)
                return new(hour, minute, s);
            if (Next(_fields.Minutes, minute + 1) is var m and < 60)
                return new(hour, m, Next(_fields.Seconds, 0));
            hour++;
        }

        return Next(_fields.Hours, hour) is var h and < 24 ? new(h, Next(_fields.Minutes, 0), Next(_fields.Seconds, 0)) : null;
    }

    // The lowest member from a number on; 64 where there is none.
    private static int Next(ulong set, int from) => BitOperations.TrailingZeroCount(set >> from << from);
}

/// <summary>What the fields of a cron expression allow, a bit a number.</summary>
/// <param name="Days">The days of a month of a year.</param>
/// <param name="Years">Null for all.</param>
internal sealed record CronFields(ulong Seconds, ulong Minutes, ulong Hours, ulong Months, Func<int, int, ulong> Days, IReadOnlySet<int>? Years);
