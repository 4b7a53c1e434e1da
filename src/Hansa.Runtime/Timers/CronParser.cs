using System.Globalization;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Reads the fields of a cron expression.</summary>
internal static class CronParser
{
    private const string Order = "second minute hour day-of-month month day-of-week [year]";

    // A bit each seventh day.
    private const ulong EachWeek = 0x10204081;

    private static readonly Field Seconds = new("second", 0, 59);
    private static readonly Field Minutes = new("minute", 0, 59);
    private static readonly Field Hours = new("hour", 0, 23);
    private static readonly Field Months = new("month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");
    private static readonly Field Years = new("year", CronExpression.FirstYear, CronExpression.LastYear) { MayWrap = false };
    private static readonly Field DaysOfMonth = new("day-of-month", 1, 31);
    private static readonly Field DaysOfWeek = new("day-of-week", 1, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT");

    public static CronFields Parse(string text)
    {
        var parts = text.ToUpperInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length is not (6 or 7))
            throw Errors.Bad($"The schedule '{text}' has {parts.Length} fields; it takes 6 or 7: {Order}.");
        return new(
            Set(Seconds, parts[0]), Set(Minutes, parts[1]), Set(Hours, parts[2]), Set(Months, parts[4]), Days(text, parts[3], parts[5]),
            parts.Length == 6 || parts[6] == "*" ? null : parts[6].Split(',').SelectMany(item => Years.Numbers(item)).ToHashSet());
    }

    private static Func<int, int, ulong> Days(string text, string ofMonth, string ofWeek)
    {
        if (ofMonth == "?" && ofWeek == "?")
            throw Errors.Bad($"The schedule '{text}' names no day: only one of day-of-month and day-of-week may be '?'.");
        if (ofWeek is "?" or "*")
            return Union(ofMonth == "?" ? "*" : ofMonth, DayOfMonth);
        return ofMonth is "?" or "*"
            ? Union(ofWeek, DayOfWeek)
            : throw Errors.Bad($"The schedule '{text}' narrows both day-of-month and day-of-week; write '?' for one of them.");
    }

    // Days beyond the end of the month are cut off here, for all rules alike.
    private static Func<int, int, ulong> Union(string list, Func<string, DayRule> read)
    {
        var rules = list.Split(',').Select(read).ToList();
        return (year, month) =>
        {
            var found = new Month(year, month);
            return rules.Aggregate(0UL, (days, rule) => days | rule(found)) & ((2UL << found.Length) - 2);
        };
    }

    private static DayRule DayOfMonth(string item)
    {
        var nearWeekday = item.Length > 1 && item.EndsWith('W');
        var day = nearWeekday ? item[..^1] : item;
        if (day.StartsWith('L'))
        {
            var back = day.Length == 1 ? 0 : day[1] == '-' && Number(day[2..]) is { } number and <= 30
                ? number : throw DaysOfMonth.Wrong(item, "'L', 'L-3', 'LW'");
            return month => Bit(month.Length - back, month, nearWeekday);
        }

        if (nearWeekday)
        {
            var named = DaysOfMonth.One(day, item);
            return month => Bit(named, month, nearWeekday: true);
        }

        var days = Mask(DaysOfMonth.Numbers(item));
        return _ => days;
    }

    private static DayRule DayOfWeek(string item)
    {
        if (item.Split('#') is [var name, var which])
        {
            var day = DaysOfWeek.One(name, item);
            var week = Number(which) is { } number and >= 1 and <= 5 ? number : throw DaysOfWeek.Wrong(item, "'6#3' with a week from 1 to 5");
            return month => 1UL << (month.First(day) + (7 * (week - 1)));
        }

        if (item.Length > 1 && item.EndsWith('L'))
        {
            var day = DaysOfWeek.One(item[..^1], item);
            return month => 1UL << (month.First(day) + (7 * ((month.Length - month.First(day)) / 7)));
        }

        // In this field L alone is the last day of the week.
        var days = item == "L" ? [7] : DaysOfWeek.Numbers(item).ToArray();
        return month => days.Aggregate(0UL, (found, day) => found | (EachWeek << month.First(day)));
    }

    private static ulong Bit(int day, Month month, bool nearWeekday) => day < 1 || day > month.Length ? 0 : 1UL << (nearWeekday ? month.NearestWeekday(day) : day);

    private static ulong Set(Field field, string list) => list.Split(',').Aggregate(0UL, (set, item) => set | Mask(field.Numbers(item)));

    private static ulong Mask(IEnumerable<int> numbers) => numbers.Aggregate(0UL, (set, number) => set | (1UL << number));

    private static int? Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;

    /// <summary>The days of a month that an item of a list means.</summary>
    private delegate ulong DayRule(Month month);

    private sealed record Month(int Year, int Number)
    {
        public int Length { get; } = DateTime.DaysInMonth(Year, Number);

        /// <summary>The date of the first such day of the week, 1 for Sunday.</summary>
        public int First(int dayOfWeek) => 1 + ((dayOfWeek - 1 - (int)new DateTime(Year, Number, 1).DayOfWeek + 7) % 7);

        /// <summary>The working day next to a date, within the month.</summary>
        public int NearestWeekday(int day) => new DateTime(Year, Number, day).DayOfWeek switch
        {
            System.DayOfWeek.Saturday => day == 1 ? 3 : day - 1,
            System.DayOfWeek.Sunday => day == Length ? day - 2 : day + 1,
            _ => day,
        };
    }

    /// <summary>A field: its numbers and their names.</summary>
    private sealed record Field(string Name, int Min, int Max, params string[] Names)
    {
        public bool MayWrap { get; init; } = true;

        /// <summary>The numbers of <c>*</c>, <c>5</c>, <c>5-9</c>, <c>5/15</c>, <c>5-40/15</c>.</summary>
        public IEnumerable<int> Numbers(string item)
        {
            var (range, step) = item.Split('/') switch
            {
                [var all] => (all, 1),
                [var some, var every] when Number(every) is { } number && number >= 1 && number <= Max => (some, number),
                _ => throw Wrong(item, $"a step is a number from 1 to {Max} behind one '/'"),
            };
            var (from, to) = range.Split('-') switch
            {
                ["*"] or [""] when range == "*" || range != item => (Min, Max),
                [var one] => (One(one, item), range == item ? One(one, item) : Max),
                [var low, var high] => (One(low, item), One(high, item)),
                _ => throw Wrong(item, "a range has two ends"),
            };
            if (from > to && !MayWrap)
                throw Wrong(item, "a range of years goes upwards");
            var size = Max - Min + 1;
            for (var number = from; number <= (from > to ? to + size : to); number += step)
                yield return number > Max ? number - size : number;
        }

        public int One(string text, string item)
        {
            var named = Array.IndexOf(Names, text);
            var number = named >= 0 ? named + Min : Number(text);
            return number >= Min && number <= Max
                ? number.Value
                : throw Wrong(item, Names.Length > 0 ? $"{Min} to {Max} or {Names[0]} to {Names[^1]}" : $"{Min} to {Max}");
        }

        public PlatformException Wrong(string item, string right) => Errors.Bad($"'{item}' is nothing that a schedule takes for its {Name}: {right}.");
    }
}
