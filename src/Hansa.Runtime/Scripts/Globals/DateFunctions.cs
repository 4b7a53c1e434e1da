using Hansa.Model;

namespace Hansa.Runtime.Scripts.Globals;

/// <summary>Functions on times. All reckon in UTC; where a zone matters, an offset such as <c>+02:00</c> may be given.</summary>
internal static class DateFunctions
{
    public static IReadOnlyList<GlobalFunction> All { get; } =
    [
        Add("dateAddMilliseconds", (time, amount) => time.AddMilliseconds(amount)),
        Add("dateAddSeconds", (time, amount) => time.AddSeconds(amount)),
        Add("dateAddMinutes", (time, amount) => time.AddMinutes(amount)),
        Add("dateAddHours", (time, amount) => time.AddHours(amount)),
        Add("dateAddDays", (time, amount) => time.AddDays(amount)),
        Add("dateAddMonths", (time, amount) => time.AddMonths(Whole(amount))),
        Add("dateAddYears", (time, amount) => time.AddYears(Whole(amount))),
        new("dateDifference", call => Value.Number((call.Time(0, "date1") - call.Time(1, "date2")).TotalMilliseconds)),
        new("dateFormat", call => Value.String(Pattern(call, 1).Format(call.Time(0, "dateValue"), Offset(call, 2)))),
        new("dateFormatISO", call => Value.String(Coercion.FormatDateTime(call.Time(0, "dateValue").ToUnixTimeMilliseconds()))),
        new("parseDate", call => Value.DateTime(Pattern(call, 1).Parse(call.Text(0, "stringDate"), Offset(call, 2)))),
        new("parseDateISO", call => Value.DateTime(call.Time(0, "stringDate"))),
        new("dateDayOfWeek", call => Value.Integer(call.Time(0, "dateValue").DayOfWeek is var day and not DayOfWeek.Sunday ? (int)day : 7)),
        new("dateDayOfYear", call => Value.Integer(call.Time(0, "dateValue").DayOfYear)),
        new("dateMin", call => Value.DateTime(new[] { call.Time(0, "date1"), call.Time(1, "date2") }.Min())),
        new("dateMax", call => Value.DateTime(new[] { call.Time(0, "date1"), call.Time(1, "date2") }.Max())),
        new("dateOffset", call =>
        {
            _ = call.Time(0, "dateValue");
            return Value.Integer(0);
        }),
    ];

    private static GlobalFunction Add(string name, Func<DateTimeOffset, double, DateTimeOffset> add) => new(name, call =>
    {
        var time = call.Time(0, "dateValue");
        try
        {
            return Value.DateTime(add(time, call.Number(1, "amount")));
        }
        catch (Exception e) when (e is ArgumentOutOfRangeException or OverflowException)
        {
            throw call.Refuse("would leave the years 1 to 9999");
        }
    });

    private static int Whole(double amount) => checked((int)Math.Truncate(amount));

    private static DatePattern Pattern(GlobalCall call, int index) => DatePattern.Of(call.Text(index, "dateFormat"));

    private static TimeSpan Offset(GlobalCall call, int index)
    {
        var given = call.Optional(index, "offset", BaseType.STRING).AsText();
        if (string.IsNullOrEmpty(given))
            return TimeSpan.Zero;
        return DatePattern.TryParseOffset(given, 0, out var offset) == given.Length
            ? offset : throw call.Refuse($"takes an offset such as +02:00, not '{given}'");
    }
}
