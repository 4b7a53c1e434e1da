using System.Diagnostics;
using System.Text.RegularExpressions;
using Hansa.Model;
using Hansa.Runtime.Scripts.Globals;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

/// <summary>Every global function does what it says, and says what it cannot do.</summary>
public sealed class GlobalFunctionTests(ScriptRunner scripts) : IClassFixture<ScriptRunner>
{
    // 2024-02-29T13:05:09.042Z, a Thursday.
    private const string D = "var d = new Date(1709211909042); ";

    private static readonly (string Script, string Expected)[] Rows =
    [
        (D + "result = dateAddMilliseconds(d, 58).toISOString();", "2024-02-29T13:05:09.100Z"),
        (D + "result = dateAddSeconds(d, -9).toISOString();", "2024-02-29T13:05:00.042Z"),
        (D + "result = dateAddMinutes(d, 55).toISOString();", "2024-02-29T14:00:09.042Z"),
        (D + "result = dateAddHours(d, 12).toISOString();", "2024-03-01T01:05:09.042Z"),
        (D + "result = dateAddDays(d, 1).toISOString() + d.getTime();", "2024-03-01T13:05:09.042Z1709211909042"),
        (D + "result = dateAddMonths(d, 12).toISOString();", "2025-02-28T13:05:09.042Z"),
        (D + "result = dateAddYears(d, -4).toISOString();", "2020-02-29T13:05:09.042Z"),
        (D + "result = '' + dateDifference(dateAddDays(d, 1), d) + ',' + dateDifference(d, dateAddSeconds(d, 1));", "86400000,-1000"),
        (D + "result = dateFormat(d, 'yyyy-MM-dd HH:mm:ss.SSS');", "2024-02-29 13:05:09.042"),
        (D + "result = dateFormatISO(d);", "2024-02-29T13:05:09.042Z"),
        ("result = parseDate('29.02.2024 13:05', 'dd.MM.yyyy HH:mm').toISOString();", "2024-02-29T13:05:00.000Z"),
        ("result = parseDateISO('2024-02-29T15:05:09.042+02:00').toISOString();", "2024-02-29T13:05:09.042Z"),
        (D + "result = '' + dateDayOfWeek(d) + dateDayOfWeek(dateAddDays(d, 3));", "47"),
        (D + "result = '' + dateDayOfYear(d) + ',' + dateDayOfYear(parseDateISO('2024-12-31'));", "60,366"),
        (D + "result = dateMin(dateAddDays(d, 1), d).toISOString();", "2024-02-29T13:05:09.042Z"),
        (D + "result = dateMax(dateAddDays(d, 1), d).toISOString();", "2024-03-01T13:05:09.042Z"),
        (D + "result = '' + dateOffset(d);", "0"),
        ("result = base64EncodeString('héllo');", "aMOpbGxv"),
        ("result = base64DecodeString('aMOpbGxv');", "héllo"),
        ("result = base64EncodeBytes(base64DecodeBytes('AAEC/w=='));", "AAEC/w=="),
        ("result = '' + base64DecodeBytes('AAEC/w==').length;", "4"),
        ("result = [formatNumber(1234567.891, '#,##0.00'), formatNumber(0.256, '0.0%'), formatNumber(7, '000')].join(' ');", "1,234,567.89 25.6% 007"),
        ("var a = generateGUID(), b = generateGUID(); result = '' + (a !== b) + /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(a);", "truetrue"),
        ("result = encryptString('secret');", "protected(6)"),
        ("result = encryptPropertyValue('secrets');", "protected(7)"),
        ("var c = encryptStringWithKey('sécret', 'k'); result = '' + (c === encryptStringWithKey('sécret', 'k')) + c.indexOf('cret');", "false-1"),
        ("result = decryptStringWithkey(encryptStringWithKey('sécret', 'k'), 'k');", "sécret"),
        ("var a = {latitude: 0, longitude: 0}, b = {latitude: 0, longitude: 1}; result = [distanceBetween(a, b), distanceBetween(a, b, 'M'), distanceBetween(a, b, 'N')].map(x => formatNumber(x, '0.0')).join();", "111.2,69.1,60.0"),
        ("var f = createCircularGeoFence({latitude: 52, longitude: 13}, 10); result = f.rows.length + ',' + formatNumber(distanceBetween(f.rows[9].location, {latitude: 52, longitude: 13}), '0.000');", "37,10.000"),
        ("var f = createCircularGeoFence({latitude: 52, longitude: 179.99}, 10, 'M'); result = '' + containsLocation({latitude: 52.01, longitude: -179.99}, f) + containsLocation({latitude: 53, longitude: 179}, f);", "truefalse"),
        ("var p = [{latitude: 0, longitude: 0}, {latitude: 0, longitude: 2}, {latitude: 2, longitude: 0}]; result = '' + containsLocation({latitude: 0.5, longitude: 0.5}, p) + containsLocation({latitude: 1.5, longitude: 1.5}, p);", "truefalse"),
        ("var t = Date.now(); pause(30); result = '' + (Date.now() - t >= 29);", "true"),
        (@"result = '' + /^\d+\.\d+\.\d+\.\d+$/.test(getHostIPAddress());", "true"),
        ("try { result = getAdapterIPAddress('no such'); } catch (e) { result = e.message.split(';')[0]; }", "getAdapterIPAddress finds no adapter 'no such'"),
        ("result = '' + enableDiagnosticTrace();", "null"),
        ("result = '' + disableDiagnosticTrace();", "null"),
    ];

    public static TheoryData<string, string> Scripts { get; } = [.. Rows.Select(row => new TheoryDataRow<string, string>(row.Script, row.Expected))];

    [Theory]
    [MemberData(nameof(Scripts))]
    public async Task A_function_gives_what_it_should(string script, string expected) => (await scripts.RunAsync(script)).ToString().ShouldBe(expected);

    [Fact]
    public void Every_function_has_a_test_and_a_name_of_its_own()
    {
        GlobalFunctions.All.Select(function => function.Name).ShouldBeUnique();
        foreach (var function in GlobalFunctions.All)
            Rows.ShouldContain(row => Regex.IsMatch(row.Script, $@"\b{function.Name}\("), $"{function.Name} has no test");
    }

    [Theory]
    [InlineData("dateAddDays()", "dateAddDays needs 'dateValue', a DATETIME.")]
    [InlineData("dateAddDays('soon', 1)", "'dateValue'")]
    [InlineData("dateAddDays(new Date(0), NaN)", "dateAddDays cannot take NaN for 'amount'.")]
    [InlineData("dateAddYears(new Date(0), 1e9)", "dateAddYears would leave the years 1 to 9999.")]
    [InlineData("dateAddMonths(new Date(0), 1e300)", "dateAddMonths would leave the years 1 to 9999.")]
    [InlineData("dateFormat(new Date(0), 'yyyy-QQ')", "the letter 'Q' means nothing")]
    [InlineData("dateFormat(new Date(0), \"yyyy 'open\")", "a quote does not end")]
    [InlineData("dateFormat(new Date(0), 'HH', 'Berlin')", "dateFormat takes an offset such as +02:00, not 'Berlin'.")]
    [InlineData("parseDate('31.02.2024', 'dd.MM.yyyy')", "'31.02.2024' is no time of the format 'dd.MM.yyyy'.")]
    [InlineData("parseDate('2024-01-01 x', 'yyyy-MM-dd')", "is no time of the format")]
    [InlineData("parseDateISO('yesterday')", "'stringDate'")]
    [InlineData("base64DecodeString('*')", "base64DecodeString was given a text that is not base64.")]
    [InlineData("formatNumber(1, 'abc')", "formatNumber takes a format such as #,##0.00")]
    [InlineData("encryptStringWithKey('x', '')", "encryptStringWithKey needs a key that is not empty.")]
    [InlineData("decryptStringWithkey(encryptStringWithKey('x', 'a'), 'b')", "the key is another one, or the text was changed")]
    [InlineData("decryptStringWithkey('AAAA', 'b')", "a text that encryptStringWithKey did not make")]
    [InlineData("distanceBetween({latitude: 0, longitude: 0}, {latitude: 0, longitude: 1}, 'yards')", "units K, M or N, not 'YARDS'")]
    [InlineData("containsLocation({latitude: 0, longitude: 0}, [])", "'polygon' of 3 to 10000 points")]
    [InlineData("base64EncodeString(function () {})", "no value of the platform")]
    public async Task What_a_function_cannot_do_it_says_and_a_script_can_catch(string call, string reason)
    {
        (await scripts.RunAsync($"try {{ {call}; result = 'no error'; }} catch (e) {{ result = e.message; }}")).ToString().ShouldContain(reason);
        (await scripts.FailAsync($"\n{call};")).Message.ShouldStartWith("Service [Pump.Test] failed at line 2: ");
    }

    [Theory]
    [InlineData("yy M d", "24 2 29")]
    [InlineData("EEE, EEEE MMM MMMM", "Thu, Thursday Feb February")]
    [InlineData("hh:mm a K k e u", "01:05 PM 1 13 4 4")]
    [InlineData("D w x G", "60 9 2024 AD")]
    [InlineData("S SS SSS SSSSS", "0 04 042 04200")]
    [InlineData("Z ZZ X XXX z", "+0000 +00:00 Z Z UTC")]
    [InlineData("yyyy-MM-dd'T'HH:mm''ss 'o''clock'", "2024-02-29T13:05'09 o'clock")]
    public async Task A_format_has_Javas_letters(string format, string expected) =>
        (await scripts.RunAsync(D + "result = dateFormat(d, f);", null, ("f", Value.String(format)))).ToString().ShouldBe(expected);

    [Theory]
    [InlineData("20240229130509", "yyyyMMddHHmmss", "2024-02-29T13:05:09.000Z")]
    [InlineData("29 Feb 2024 1:05 pm", "d MMM yyyy h:mm a", "2024-02-29T13:05:00.000Z")]
    [InlineData("February 29, 24 12:00 AM", "MMMM d, yy hh:mm a", "2024-02-29T00:00:00.000Z")]
    [InlineData("2024-02-29T13:05:09.5+02:30", "yyyy-MM-dd'T'HH:mm:ss.SXXX", "2024-02-29T10:35:09.500Z")]
    [InlineData("2024 060", "yyyy DDD", "2024-02-29T00:00:00.000Z")]
    [InlineData("13:05 GMT", "HH:mm z", "1970-01-01T13:05:00.000Z")]
    public async Task A_time_is_read_by_Javas_letters(string text, string format, string expected) => (await scripts.RunAsync(
        "result = parseDate(t, f).toISOString();", null, ("t", Value.String(text)), ("f", Value.String(format)))).ToString().ShouldBe(expected);

    [Fact]
    public async Task A_time_is_written_and_read_at_an_offset()
    {
        (await scripts.RunAsync(D + "result = dateFormat(d, 'HH:mm ZZ', '-03:30');")).ToString().ShouldBe("09:35 -03:30");
        (await scripts.RunAsync("result = dateFormatISO(parseDate('2024-02-29 01:00', 'yyyy-MM-dd HH:mm', '+02:00'));")).ToString().ShouldBe("2024-02-28T23:00:00.000Z");
    }

    [Fact]
    public async Task A_pause_ends_with_the_time_limit_also_in_a_try()
    {
        using var tight = new ScriptRunner(new() { Timeout = TimeSpan.FromMilliseconds(300) });
        var watch = Stopwatch.StartNew();
        (await tight.FailAsync("\ntry { pause(3600000); } catch (e) { } result = 1;")).Message.ShouldBe("Service [Pump.Test] failed at line 2: it ran longer than 0.3 s");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task A_pause_ends_when_the_call_is_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var host = new FakeHost();
        host.Services[("Pump", "Cancel")] = _ =>
        {
            cancel.CancelAfter(20);
            return default;
        };
        var program = await scripts.Engine.CompileAsync("Pump.Test", "me.Cancel(); pause(15000);", [], TestContext.Current.CancellationToken);
        await Should.ThrowAsync<OperationCanceledException>(() => scripts.Engine.RunAsync(program, ScriptRunner.Frame(host), cancel.Token).AsTask());
    }

    [Fact]
    public async Task A_variable_may_have_a_functions_name_and_the_function_stays_for_others()
    {
        (await scripts.RunAsync("pause = 5; var dateMin = 2; result = pause + dateMin;")).ShouldBe(Value.Number(7));
        (await scripts.RunAsync("result = typeof pause + typeof dateMin;")).ToString().ShouldBe("functionfunction");
    }
}
