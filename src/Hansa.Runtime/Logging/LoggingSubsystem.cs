using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>LoggingSubsystem: levels of logs, and how long lines are kept (spec platform 1.6, 8.1).</summary>
public sealed class LoggingSubsystem : PermanentSubsystem
{
    /// <summary>The table with levels, a row each log.</summary>
    public const string LevelsTable = "LogLevels";

    /// <summary>The table with how long lines are kept.</summary>
    public const string SettingsTable = "LoggingSettings";

    private const string SubsystemName = "LoggingSubsystem";

    private readonly EntityDirectory _directory;
    private readonly LogKeeper _keeper;

    private static readonly ConfigurationTableDefinition Levels = new(
        LevelsTable, "The level from which on a log's lines are kept; INFO for a log without a row.",
        DataShape.Of(("name", BaseType.STRING), ("level", BaseType.STRING)), IsMultiRow: true, Key: "name", Check: CheckLevels);

    /// <summary>Follows its settings.</summary>
    public LoggingSubsystem(EntityDirectory directory, LogKeeper keeper)
    {
        (_directory, _keeper) = (directory, keeper);
        directory.Changing += Note;
    }

    /// <summary>What is kept where nobody says otherwise (spec platform 8.1: 7 days).</summary>
    internal static JournalRetention DefaultRetention { get; } = new(TimeSpan.FromDays(7), 100_000);

    /// <inheritdoc/>
    public override string Name => SubsystemName;

    /// <inheritdoc/>
    public override string Description => "Keeps the logs.";

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables =>
    [
        JournalSettings.Table(SettingsTable, "How long lines are kept, for each log.", DefaultRetention,
            JournalSettings.Field("enableStackTracing", BaseType.BOOLEAN, "Whether lines tell the stacks of failures.", Value.Boolean(true))),
        Levels,
    ];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Metrics => _keeper.Writer.Metrics;

    [Service("Gives the level from which on a log keeps lines.", Category = "Levels", Kind = CallKind.Read)]
    public string GetLogLevel(ServiceContext call, [Parameter(IsRequired = true, Description = "A log, such as ScriptLog.")] string logType) =>
        LogLevels.Word(_keeper.LevelOf(Check(logType)));

    [Service("Sets the level from which on a log keeps lines: TRACE, DEBUG, INFO, WARN, ERROR or OFF.", Category = "Levels", Requires = Permission.Update)]
    public Task SetLogLevel(
        ServiceContext call, [Parameter(IsRequired = true, Description = "A log, such as ScriptLog.")] string logType, [Parameter(IsRequired = true)] string level,
        CancellationToken cancellationToken) => SetLevelAsync(Check(logType), level, cancellationToken);

    internal Task SetLevelAsync(string log, string level, CancellationToken cancellationToken)
    {
        var word = LogLevels.Word(LogLevels.Parse(level));
        return _directory.UpdateAsync(new(EntityKind.Subsystems, SubsystemName), definition =>
        {
            var builder = new InfoTable.Builder(Levels.Shape);
            foreach (var (name, kept) in Rows(definition).Where(row => row.Log != log).Append((log, word)))
                builder.Add(Value.String(name), Value.String(kept));
            return definition with { ConfigurationTables = definition.ConfigurationTables.SetItem(LevelsTable, builder.Build()) };
        }, cancellationToken);
    }

    private static string Check(string log) => LogNames.All.Any(known => known.Name == log)
        ? log
        : throw new PlatformException(ErrorCode.NotFound, $"There is no log [{log}]; there are {string.Join(", ", LogNames.All.Select(known => known.Name))}.");

    private static void CheckLevels(InfoTable rows)
    {
        for (var i = 0; i < rows.RowCount; i++)
            (_, _) = (Check(rows[i, "name"].ToString()), LogLevels.Parse(rows[i, "level"].ToString()));
    }

    private static IEnumerable<(string Log, string Level)> Rows(EntityDefinition definition) =>
        definition.ConfigurationTables.GetValueOrDefault(LevelsTable) is { } rows
            ? Enumerable.Range(0, rows.RowCount).Select(row => (rows[row, "name"].ToString(), rows[row, "level"].ToString()))
            : [];

    private void Note(EntityChange change)
    {
        if (change.Kind != EntityKind.Subsystems || change.Entity.Name != SubsystemName || change.After is null)
            return;
        _keeper.SetLevels(Rows(change.After).Select(row => KeyValuePair.Create(row.Log, LogLevels.Parse(row.Level))));
        _keeper.Writer.Retention = JournalSettings.Read(change.Entity, SettingsTable);
        _keeper.TellsStacks = change.Entity.Setting(SettingsTable, "enableStackTracing").AsBoolean();
    }
}
