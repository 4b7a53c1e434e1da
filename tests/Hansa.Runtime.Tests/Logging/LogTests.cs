using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Logging;

/// <summary>What is logged can be queried, by the services of the logs.</summary>
public sealed class LogTests : IAsyncLifetime
{
    private const string Application = "Logs/ApplicationLog";
    private const string Script = "Logs/ScriptLog";
    private const string Subsystem = "Subsystems/LoggingSubsystem";

    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(
        _time, configure: services => services.AddSingleton(new LogOptions { QueueLimit = 100, MaxContentLength = 100 }));

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_line_of_a_script_tells_service_user_and_level()
    {
        await _platform.MakeThingAsync("Pump");
        await _platform.AddServiceAsync("Pump", "Go", "logger.warn('dry at ' + 3); result = '';");
        await _platform.CallAsync("Things/Pump", "Go");
        var line = (await LinesAsync(Script, 1)).AsTable()!;
        line[0, "content"].ToString().ShouldBe("dry at 3");
        line[0, "origin"].ToString().ShouldBe("Pump.Go");
        line[0, "instance"].ToString().ShouldBe("Pump");
        line[0, "user"].ToString().ShouldBe("Administrator");
        line[0, "level"].ToString().ShouldBe("WARN");
        line[0, "timestamp"].ShouldBe(Value.DateTime(_time.GetUtcNow()));
        line[0, "thread"].ToString().ShouldNotBeEmpty();
        line.Shape.Fields.Select(field => field.Name).ShouldBe(["timestamp", "level", "origin", "content", "user", "thread", "session", "instance", "platformId"]);
    }

    [Theory]
    [InlineData("Hansa.Federation.SessionHost", "CommunicationLog")]
    [InlineData("Hansa.Storage.Sqlite.Sweeper", "DatabaseLog")]
    [InlineData("Hansa.Runtime.LifeCycle", "ApplicationLog")]
    [InlineData("Microsoft.AspNetCore.Server.Kestrel", "CommunicationLog")]
    [InlineData("Anything.Else", "ApplicationLog")]
    public async Task A_loggers_category_decides_which_log_its_lines_are_in(string category, string log)
    {
        Logger(category).LogWarning("heard");
        var lines = (await LinesAsync($"Logs/{log}", 1, ("searchExpression", "heard"))).AsTable()!;
        lines[0, "origin"].ToString().ShouldBe(category[(category.LastIndexOf('.') + 1)..]);
    }

    [Fact]
    public async Task Lines_are_found_by_text_level_origin_user_and_time()
    {
        var pump = Logger("Hansa.Runtime.Pump");
        var begin = _time.GetUtcNow();
        pump.LogInformation("Opened valve 1");
        _time.Advance(TimeSpan.FromSeconds(1));
        pump.LogError("Lost valve 2");
        _time.Advance(TimeSpan.FromSeconds(1));
        Logger("Hansa.Runtime.Crane").LogWarning("{User} lifts a valve", "ann");
        await LinesAsync(Application, 3, ("searchExpression", "valve"));

        (await FindAsync(("searchExpression", "VALVE"))).ShouldBe(["ann lifts a valve", "Lost valve 2", "Opened valve 1"]);
        (await FindAsync(("searchExpression", "valve"), ("oldestFirst", true), ("maxItems", 2))).ShouldBe(["Opened valve 1", "Lost valve 2"]);
        (await FindAsync(("searchExpression", "opened*1"))).ShouldBe(["Opened valve 1"]);
        (await FindAsync(("searchExpression", "^(Lost|ann) "), ("isRegex", true))).ShouldBe(["ann lifts a valve", "Lost valve 2"]);
        (await FindAsync(("origin", "Crane"))).ShouldBe(["ann lifts a valve"]);
        (await FindAsync(("user", "ann"))).ShouldBe(["ann lifts a valve"]);
        (await FindAsync(("searchExpression", "valve"), ("fromLogLevel", "WARN"))).ShouldBe(["ann lifts a valve", "Lost valve 2"]);
        (await FindAsync(("searchExpression", "valve"), ("toLogLevel", "info"))).ShouldBe(["Opened valve 1"]);
        (await FindAsync(("searchExpression", "valve"), ("startDate", begin + TimeSpan.FromSeconds(1)), ("endDate", begin + TimeSpan.FromSeconds(1)))).ShouldBe(["Lost valve 2"]);
        (await _platform.RefusedAsync("Administrator", Application, "QueryLogEntries", ("fromLogLevel", "LOUD"))).Message.ShouldContain("TRACE, DEBUG, INFO, WARN, ERROR");
        (await _platform.RefusedAsync("Administrator", Application, "QueryLogEntries", ("maxItems", -1))).Code.ShouldBe(ErrorCode.BadRequest);
        (await _platform.RefusedAsync("Administrator", Application, "QueryLogEntries", ("searchExpression", "("), ("isRegex", true))).Code.ShouldBe(ErrorCode.BadRequest);
    }

    [Fact]
    public async Task A_level_is_set_at_the_log_or_at_the_subsystem_and_survives_a_restart()
    {
        (await _platform.CallAsync(Script, "GetLogLevel")).ToString().ShouldBe("INFO");
        await _platform.CallAsync(Script, "SetLogLevel", ("level", "debug"));
        await _platform.CallAsync(Subsystem, "SetLogLevel", ("logType", "ApplicationLog"), ("level", "ERROR"));
        await _platform.RestartAsync();
        (await _platform.CallAsync(Script, "GetLogLevel")).ToString().ShouldBe("DEBUG");
        (await _platform.CallAsync(Subsystem, "GetLogLevel", ("logType", "ScriptLog"))).ToString().ShouldBe("DEBUG");
        Logger("Hansa.Runtime.Pump").LogWarning("not kept");
        Logger("Hansa.Runtime.Pump").LogError("kept");
        Logger("ScriptLog").LogDebug("kept, too");
        Logger("ScriptLog").LogTrace("not kept");
        (await LinesAsync(Application, 1, ("searchExpression", "kept"))).Column("content").ShouldBe(["kept"]);
        (await LinesAsync(Script, 1)).Column("content").ShouldBe(["kept, too"]);
        (await _platform.RefusedAsync("Administrator", Script, "SetLogLevel", ("level", "LOUD"))).Code.ShouldBe(ErrorCode.BadRequest);
        (await _platform.RefusedAsync("Administrator", Subsystem, "SetLogLevel", ("logType", "NoLog"), ("level", "WARN"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Old_lines_go_when_new_ones_come()
    {
        Logger("Hansa.Runtime.Pump").LogWarning("old");
        await LinesAsync(Application, 1, ("searchExpression", "old"));
        _time.Advance(TimeSpan.FromDays(8));
        Logger("Hansa.Runtime.Pump").LogWarning("new");
        await Until.TrueAsync(async () => (await FindAsync(("origin", "Pump"))).SequenceEqual(["new"]), "the old line is gone");
    }

    [Fact]
    public async Task Of_each_log_so_many_lines_stay_as_the_settings_say()
    {
        await _platform.CallAsync(Subsystem, "SetConfigurationTable", ("tableName", "LoggingSettings"), ("configurationTable", Tables.Row(("maxAgeDays", 1), ("maxEntries", 2))));
        for (var i = 0; i < 5; i++)
            Logger("Hansa.Runtime.Pump").LogWarning("{I}", i);
        await LinesAsync(Application, 5, ("origin", "Pump"));
        // Old lines are looked for once a minute.
        _time.Advance(TimeSpan.FromMinutes(2));
        Logger("Hansa.Runtime.Pump").LogWarning("last");
        await Until.TrueAsync(async () => (await FindAsync()).SequenceEqual(["last", "4"]), "two lines are left");
        (await _platform.RefusedAsync("Administrator", Subsystem, "SetConfigurationTable", ("tableName", "LoggingSettings"), ("configurationTable", Tables.Row(("maxAgeDays", 0)))))
            .Message.ShouldContain("maxAgeDays");
    }

    [Fact]
    public async Task What_finds_no_room_is_counted_and_told()
    {
        // Far more at once than may wait, and faster than any disk.
        for (var i = 0; i < 20_000; i++)
            Logger("Hansa.Runtime.Pump").LogWarning("{I}", i);
        (await LinesAsync(Application, 1, ("searchExpression", "lines were lost"))).AsTable()![0, "level"].ToString().ShouldBe("WARN");
        var figures = (await _platform.CallAsync(Subsystem, "GetPerformanceMetrics")).AsTable()!;
        var dropped = figures[figures.Column("name").ToList().IndexOf("droppedEntries"), "value"];
        dropped.AsNumber().ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_long_line_is_cut_and_a_failure_tells_its_stack_as_the_settings_say()
    {
        Logger("Hansa.Runtime.Pump").LogWarning("{Text}", new string('x', 200));
        (await LinesAsync(Application, 1, ("searchExpression", "xxx"))).Column("content").Single().ShouldBe(new string('x', 100) + "…");
        await _platform.CallAsync(Subsystem, "SetConfigurationTable", ("tableName", "LoggingSettings"), ("configurationTable", Tables.Row(("enableStackTracing", false))));
        Logger("Hansa.Runtime.Pump").LogError(new InvalidOperationException("It leaks."), "Stopped.");
        (await LinesAsync(Application, 1, ("searchExpression", "leaks"))).Column("content").Single().ShouldBe("Stopped. It leaks.");
    }

    [Fact]
    public async Task Logs_are_for_administrators_unless_somebody_is_let_in()
    {
        await _platform.MakeUserAsync("ann");
        (await _platform.RefusedAsync("ann", Application, "QueryLogEntries")).Code.ShouldBe(ErrorCode.NotFound);
        (await _platform.RefusedAsync("ann", Subsystem, "SetLogLevel", ("logType", "ScriptLog"), ("level", "OFF"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync(Application);
        (await _platform.RefusedAsync("ann", Application, "QueryLogEntries")).Code.ShouldBe(ErrorCode.Forbidden);
        await _platform.AllowAsync(Application, "ann", Permission.ServiceInvoke);
        await _platform.InvokeAsync("ann", Application, "QueryLogEntries");
        (await _platform.RefusedAsync("ann", Application, "SetLogLevel", ("level", "OFF"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    private ILogger Logger(string category) => _platform.Get<ILoggerFactory>().CreateLogger(category);

    private async Task<IEnumerable<string>> FindAsync(params (string Name, object? Value)[] arguments) =>
        (await _platform.CallAsync(Application, "QueryLogEntries", arguments)).Column("content");

    // Lines are written behind those who log them.
    private async Task<Value> LinesAsync(string log, int count, params (string Name, object? Value)[] arguments)
    {
        var lines = Value.Null;
        await Until.TrueAsync(async () => (lines = await _platform.CallAsync(log, "QueryLogEntries", arguments)).AsTable()!.RowCount >= count, $"{count} lines in {log}");
        return lines;
    }
}
