using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Timers;

public class CronExpressionTests
{
    [Theory]
    [InlineData("* * * * * ?", "2026-01-31 10:00:00", "2026-01-31 10:00:01")]
    [InlineData("0/15 * * * * ?", "2026-01-31 10:00:46", "2026-01-31 10:01:00")]
    [InlineData("0 5/20 * * * ?", "2026-01-31 10:46:00", "2026-01-31 11:05:00")]
    [InlineData("0 10-30/10 8,20 * * ?", "2026-01-31 08:30:00", "2026-01-31 20:10:00")]
    [InlineData("0 0 22-2 * * ?", "2026-01-31 02:00:00", "2026-01-31 22:00:00")]
    [InlineData("59 59 23 31 12 ?", "2026-12-31 23:59:59", "2027-12-31 23:59:59")]
    [InlineData("0 0 0 31 * ?", "2026-01-31 00:00:00", "2026-03-31 00:00:00")]
    [InlineData("0 0 0 29 2 ?", "2096-02-29 00:00:00", "2104-02-29 00:00:00")]
    [InlineData("0 0 0 ? 2 SUN", "2026-02-22 00:00:00", "2027-02-07 00:00:00")]
    [InlineData("0 0 0 * * MON-FRI", "2026-01-30 00:00:00", "2026-02-02 00:00:00")]
    [InlineData("0 0 0 ? * FRI-MON", "2026-02-02 00:00:00", "2026-02-06 00:00:00")]
    [InlineData("0 0 0 L * ?", "2026-01-31 00:00:00", "2026-02-28 00:00:00")]
    [InlineData("0 0 0 L-3 * ?", "2026-01-31 00:00:00", "2026-02-25 00:00:00")]
    [InlineData("0 0 0 LW * ?", "2026-01-31 00:00:00", "2026-02-27 00:00:00")]
    [InlineData("0 0 0 15W * ?", "2026-02-01 00:00:00", "2026-02-16 00:00:00")]
    [InlineData("0 0 0 1W * ?", "2026-07-31 00:00:00", "2026-08-03 00:00:00")]
    [InlineData("0 0 0 31W * ?", "2026-01-31 00:00:00", "2026-03-31 00:00:00")]
    [InlineData("0 0 0 ? * L", "2026-02-01 00:00:00", "2026-02-07 00:00:00")]
    [InlineData("0 0 0 ? * 6L", "2026-02-01 00:00:00", "2026-02-27 00:00:00")]
    [InlineData("0 0 0 ? * FRI#3", "2026-02-01 00:00:00", "2026-02-20 00:00:00")]
    [InlineData("0 0 0 ? * 6#5", "2026-02-01 00:00:00", "2026-05-29 00:00:00")]
    [InlineData("0 0 0 1,L * ?", "2026-02-01 00:00:00", "2026-02-28 00:00:00")]
    [InlineData("0 0 12 1 1 ? 2150-2160/5", "2026-02-01 00:00:00", "2150-01-01 12:00:00")]
    public void The_next_time_is_the_one_that_the_fields_say(string expression, string after, string next) =>
        CronExpression.Parse(expression).NextAfter(Time(after)).ShouldBe(Time(next));

    [Theory]
    [InlineData("", "0 fields")]
    [InlineData("* * * * *", "5 fields")]
    [InlineData("60 * * * * ?", "second: 0 to 59")]
    [InlineData("* * * 0 * ?", "day-of-month: 1 to 31")]
    [InlineData("* * * ? * 8", "1 to 7 or SUN to SAT")]
    [InlineData("* * * * FOO ?", "1 to 12 or JAN to DEC")]
    [InlineData("0/0 * * * * ?", "a step is a number")]
    [InlineData("1-2-3 * * * * ?", "a range has two ends")]
    [InlineData("1,,2 * * * * ?", "second")]
    [InlineData("* * * ? * ?", "names no day")]
    [InlineData("* * * L-31 * ?", "'L', 'L-3', 'LW'")]
    [InlineData("* * * ? * 6#6", "a week from 1 to 5")]
    [InlineData("* * * 29 FEB SUN", "narrows both")]
    [InlineData("* * * * * ? 2030-2020", "goes upwards")]
    [InlineData("0 0 0 30 2 ?", "never comes")]
    [InlineData("0 0 0 L-30 2 ?", "never comes")]
    [InlineData("0 0 0 29 2 ? 2027", "never comes")]
    public void What_is_no_schedule_is_refused_with_the_reason(string expression, string reason) =>
        Should.Throw<PlatformException>(() => CronExpression.Parse(expression)).Message.ShouldContain(reason);

    [Theory]
    [InlineData("0 0 0 1 1 ? 2020", "2026-01-01 00:00:00")]
    [InlineData("* * * * * ?", "9999-12-31 23:59:59")]
    public void Where_no_year_is_left_there_is_no_next_time(string expression, string after) =>
        CronExpression.Parse(expression).NextAfter(Time(after)).ShouldBeNull();

    [Fact]
    public void The_next_time_is_the_first_second_whose_parts_all_match()
    {
        var field = FsCheck.Fluent.Gen.Choose(0, 59).SelectMany(low => FsCheck.Fluent.Gen.Choose(1, 25).Select(step => (low, step)));
        var cases = field.SelectMany(second => field.SelectMany(minute => FsCheck.Fluent.Gen.Choose(0, 6 * 3600).Select(offset => (second, minute, offset))));
        Prop.ForAll(cases.ToArbitrary(), given =>
        {
            var (second, minute, offset) = given;
            var start = Time("2027-12-31 20:00:00").AddSeconds(offset);
            var naive = start.AddSeconds(1);
            while (!Matches(naive.Second, second) || !Matches(naive.Minute, minute) || naive.Hour % 2 != 0)
                naive = naive.AddSeconds(1);
            CronExpression.Parse($"{second.low}/{second.step} {minute.low}/{minute.step} */2 * * ?").NextAfter(start).ShouldBe(naive);
        }).Check(Config.QuickThrowOnFailure);

        static bool Matches(int number, (int Low, int Step) field) => number >= field.Low && (number - field.Low) % field.Step == 0;
    }

    [Fact]
    public void The_next_day_is_the_first_whose_month_and_day_of_the_week_match() =>
        Prop.ForAll(FsCheck.Fluent.Gen.Choose(1, 12).SelectMany(month => FsCheck.Fluent.Gen.Choose(1, 7).SelectMany(day => FsCheck.Fluent.Gen.Choose(0, 60_000).Select(offset => (month, day, offset)))).ToArbitrary(), given =>
        {
            var start = Time("1990-01-01 00:00:00").AddDays(given.offset);
            var naive = start.AddDays(1);
            while (naive.Month != given.month || (int)naive.DayOfWeek + 1 != given.day)
                naive = naive.AddDays(1);
            CronExpression.Parse($"0 0 0 ? {given.month} {given.day}").NextAfter(start).ShouldBe(naive);
        }).Check(Config.QuickThrowOnFailure);

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);
}
