using System.Globalization;
using System.Text;
using Hansa.Model;

namespace Hansa.Runtime.Scripts.Globals;

/// <summary>
/// A date format in the letters of Java (SimpleDateFormat, Joda): <c>y M d D E e H k K h m s S a G w x z Z X</c>, text in single quotes.
/// Names are English. A fraction <c>S</c> counts from the left: <c>SSS</c> is milliseconds.
/// </summary>
internal sealed class DatePattern
{
    private const int MaxLength = 200;
    private const string Numbers = "yYMdDeuHkKhmsSwx";
    private const string Letters = Numbers + "GEazZX";

    private readonly string _pattern;
    private readonly List<Field> _fields;

    private DatePattern(string pattern, List<Field> fields) => (_pattern, _fields) = (pattern, fields);

    /// <summary>Reads a format.</summary>
    /// <exception cref="PlatformException">It has a letter that means nothing, or a quote that does not end.</exception>
    public static DatePattern Of(string pattern)
    {
        if (pattern.Length > MaxLength)
            throw Errors.Bad($"A date format has at most {MaxLength} characters.");
        var fields = new List<Field>();
        for (var i = 0; i < pattern.Length;)
        {
            var letter = pattern[i];
            var end = i + 1;
            if (letter == '\'')
            {
                fields.Add(new('\'', 0, Quoted(pattern, ref end)));
            }
            else if (char.IsAsciiLetter(letter))
            {
                if (!Letters.Contains(letter, StringComparison.Ordinal))
                    throw Errors.Bad($"Date format '{pattern}': the letter '{letter}' means nothing; letters are {Letters}, text stands in single quotes.");
                while (end < pattern.Length && pattern[end] == letter)
                    end++;
                fields.Add(new(letter, end - i, ""));
            }
            else
            {
                fields.Add(new('\'', 0, letter.ToString()));
            }

            i = end;
        }

        return new(pattern, fields);
    }

    /// <summary>Writes a time as it is at that offset from UTC.</summary>
    public string Format(DateTimeOffset time, TimeSpan offset)
    {
        var local = time.ToOffset(offset);
        var text = new StringBuilder();
        foreach (var field in _fields)
            text.Append(field.Letter == '\'' ? field.Text : Write(field, local));
        return text.ToString();
    }

    /// <summary>Reads a time; where the text says no offset it is the given one. What the format leaves out is of 1970-01-01T00:00.</summary>
    /// <exception cref="PlatformException">The text is not of this format, or no such time exists.</exception>
    public DateTimeOffset Parse(string text, TimeSpan offset)
    {
        var read = new Reading { Offset = offset };
        var at = 0;
        for (var i = 0; i < _fields.Count; i++)
        {
            at = ReadField(i, text, at, read);
            if (at < 0)
                throw Refuse(text);
        }

        try
        {
            return at == text.Length ? read.Time() : throw Refuse(text);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Refuse(text);
        }
    }

    /// <summary>Reads <c>Z</c>, <c>+hh</c>, <c>+hhmm</c> or <c>+hh:mm</c>; gives the place behind it, -1 where there is none.</summary>
    public static int TryParseOffset(string text, int at, out TimeSpan offset)
    {
        offset = default;
        if (at < text.Length && text[at] is 'Z' or 'z')
            return at + 1;
        if (at + 3 > text.Length || text[at] is not ('+' or '-') || !Digits(text, at + 1, 2, out var hours) || hours > 14)
            return -1;
        var end = at + 3;
        var colon = end < text.Length && text[end] == ':' ? 1 : 0;
        if (Digits(text, end + colon, 2, out var minutes))
            end += colon + 2;
        if (minutes > 59 || hours * 60 + minutes > 14 * 60)
            return -1;
        offset = TimeSpan.FromMinutes((text[at] == '-' ? -1 : 1) * (hours * 60 + minutes));
        return end;
    }

    private PlatformException Refuse(string text) =>
        Errors.Bad($"'{(text.Length > 60 ? text[..60] + "…" : text)}' is no time of the format '{_pattern}'.");

    private static string Quoted(string pattern, ref int end)
    {
        if (end < pattern.Length && pattern[end] == '\'')
        {
            end++;
            return "'";
        }

        var text = new StringBuilder();
        for (; end < pattern.Length; end++)
        {
            if (pattern[end] != '\'')
                text.Append(pattern[end]);
            else if (end + 1 < pattern.Length && pattern[end + 1] == '\'')
                text.Append(pattern[++end]);
            else
                break;
        }

        if (end++ >= pattern.Length)
            throw Errors.Bad($"Date format '{pattern}': a quote does not end.");
        return text.ToString();
    }

    private static string Write(Field field, DateTimeOffset time)
    {
        string Padded(int value) => value.ToString(CultureInfo.InvariantCulture).PadLeft(field.Count, '0');
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        return field.Letter switch
        {
            'G' => "AD",
            'y' or 'Y' => field.Count == 2 ? (time.Year % 100).ToString("00", CultureInfo.InvariantCulture) : Padded(time.Year),
            'x' => Padded(ISOWeek.GetYear(time.DateTime)),
            'w' => Padded(ISOWeek.GetWeekOfYear(time.DateTime)),
            'M' => field.Count switch { > 3 => names.GetMonthName(time.Month), 3 => names.GetAbbreviatedMonthName(time.Month), _ => Padded(time.Month) },
            'd' => Padded(time.Day),
            'D' => Padded(time.DayOfYear),
            'E' => field.Count > 3 ? names.GetDayName(time.DayOfWeek) : names.GetAbbreviatedDayName(time.DayOfWeek),
            'e' or 'u' => Padded(time.DayOfWeek == DayOfWeek.Sunday ? 7 : (int)time.DayOfWeek),
            'a' => time.Hour < 12 ? "AM" : "PM",
            'H' => Padded(time.Hour),
            'k' => Padded(time.Hour == 0 ? 24 : time.Hour),
            'K' => Padded(time.Hour % 12),
            'h' => Padded(time.Hour % 12 == 0 ? 12 : time.Hour % 12),
            'm' => Padded(time.Minute),
            's' => Padded(time.Second),
            'S' => time.Millisecond.ToString("000", CultureInfo.InvariantCulture).PadRight(field.Count, '0')[..field.Count],
            'z' => time.Offset == TimeSpan.Zero ? "UTC" : Zone(time.Offset, ":"),
            'Z' => Zone(time.Offset, field.Count > 1 ? ":" : ""),
            _ => time.Offset == TimeSpan.Zero ? "Z" : field.Count == 1 ? Zone(time.Offset, "")[..3] : Zone(time.Offset, field.Count > 2 ? ":" : ""),
        };
    }

    private static string Zone(TimeSpan offset, string separator) => string.Create(
        CultureInfo.InvariantCulture, $"{(offset < TimeSpan.Zero ? '-' : '+')}{Math.Abs(offset.Hours):00}{separator}{Math.Abs(offset.Minutes):00}");

    // Gives the place behind the field, -1 where the text does not have it.
    private int ReadField(int index, string text, int at, Reading read)
    {
        var field = _fields[index];
        var names = CultureInfo.InvariantCulture.DateTimeFormat;
        switch (field.Letter)
        {
            case '\'':
                return string.CompareOrdinal(text, at, field.Text, 0, field.Text.Length) == 0 ? at + field.Text.Length : -1;
            case 'G':
                return ReadName(text, at, ["AD"], out _);
            case 'a':
                at = ReadName(text, at, ["AM", "PM"], out var half);
                read.IsAfternoon = half == 1;
                return at;
            case 'E':
                return ReadName(text, at, [.. names.DayNames, .. names.AbbreviatedDayNames], out _);
            case 'M' when field.Count > 2:
                at = ReadName(text, at, [.. names.MonthNames[..12], .. names.AbbreviatedMonthNames[..12]], out var month);
                read.Month = month % 12 + 1;
                return at;
            case 'z' or 'Z' or 'X':
                var end = field.Letter == 'z' ? ReadName(text, at, ["UTC", "GMT"], out _) : -1;
                if (end < 0)
                    end = TryParseOffset(text, at, out read.Offset);
                else
                    read.Offset = TimeSpan.Zero;
                return end;
        }

        // Digits that run into the next number are as many as the format has letters.
        var runsOn = index + 1 < _fields.Count && _fields[index + 1] is var next && Numbers.Contains(next.Letter, StringComparison.Ordinal) && !(next.Letter == 'M' && next.Count > 2);
        var isNegative = field.Letter is 'y' or 'Y' && at < text.Length && text[at] == '-';
        var count = 0;
        while (count < (runsOn ? field.Count : 9) && at + count < text.Length && char.IsAsciiDigit(text[at + count]))
            count++;
        if (isNegative || count == 0 || !Digits(text, at, count, out var number))
            return -1;
        return Take(field, number, count, read) ? at + count : -1;
    }

    private static bool Take(Field field, int number, int digits, Reading read)
    {
        switch (field.Letter)
        {
            case 'y' or 'Y':
                read.Year = field.Count == 2 && digits == 2 ? number + (number < 70 ? 2000 : 1900) : number;
                return true;
            case 'M': return (read.Month = number) is >= 1 and <= 12;
            case 'd': return (read.Day = number) is >= 1 and <= 31;
            case 'D': return (read.DayOfYear = number) is >= 1 and <= 366;
            case 'H': return (read.Hour = number) is >= 0 and <= 23;
            case 'k': return (read.Hour = number % 24) >= 0 && number is >= 1 and <= 24;
            case 'h' or 'K':
                read.IsHalfDay = true;
                return (read.Hour = number % 12) >= 0 && number <= 12;
            case 'm': return (read.Minute = number) <= 59;
            case 's': return (read.Second = number) <= 59;
            case 'S':
                read.Milliseconds = number / Math.Pow(10, digits) * 1000;
                return true;
            default: return field.Letter is 'e' or 'u';
        }
    }

    private static int ReadName(string text, int at, string[] names, out int index)
    {
        for (index = 0; index < names.Length; index++)
        {
            if (string.Compare(text, at, names[index], 0, names[index].Length, StringComparison.OrdinalIgnoreCase) == 0)
                return at + names[index].Length;
        }

        return -1;
    }

    private static bool Digits(string text, int at, int count, out int number)
    {
        number = 0;
        return at + count <= text.Length && int.TryParse(text.AsSpan(at, count), NumberStyles.None, CultureInfo.InvariantCulture, out number);
    }

    private sealed record Field(char Letter, int Count, string Text);

    private sealed class Reading
    {
        public TimeSpan Offset;

        public int Year { get; set; } = 1970;

        public int Month { get; set; } = 1;

        public int Day { get; set; } = 1;

        public int DayOfYear { get; set; }

        public int Hour { get; set; }

        public int Minute { get; set; }

        public int Second { get; set; }

        public double Milliseconds { get; set; }

        public bool IsHalfDay { get; set; }

        public bool IsAfternoon { get; set; }

        public DateTimeOffset Time()
        {
            var day = DayOfYear > 0 ? new DateTimeOffset(Year, 1, 1, 0, 0, 0, Offset).AddDays(DayOfYear - 1) : new DateTimeOffset(Year, Month, Day, 0, 0, 0, Offset);
            return day.AddHours(Hour + (IsHalfDay && IsAfternoon ? 12 : 0)).AddMinutes(Minute).AddSeconds(Second).AddMilliseconds(Math.Floor(Milliseconds));
        }
    }
}
