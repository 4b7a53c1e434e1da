using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Services of logs: <c>Logs/ApplicationLog</c> … (spec platform 1.6, 7.8).</summary>
public sealed class LogServices(LogKeeper keeper, LoggingSubsystem logging) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Logs;

    [Service("Gives lines of the log, newest first. Texts are sought anywhere and without regard to case; * and ? are wildcards.", Category = "Queries",
        ResultShape = "LogEntry", Kind = CallKind.Read)]
    public async Task<InfoTable> QueryLogEntries(
        ServiceContext call, [Parameter(Description = "What the content holds.")] string? searchExpression,
        [Parameter(Description = "Takes searchExpression as a regular expression.")] bool? isRegex, string? origin, string? instance, string? thread, string? session, string? user,
        [Parameter(Description = "TRACE, DEBUG, INFO, WARN or ERROR.")] string? fromLogLevel, [Parameter(Description = "TRACE, DEBUG, INFO, WARN or ERROR.")] string? toLogLevel,
        DateTimeOffset? startDate, DateTimeOffset? endDate, CancellationToken cancellationToken, bool oldestFirst = false, double maxItems = MaxItems.Default)
    {
        var filters = new List<Filter>();
        if (!string.IsNullOrEmpty(searchExpression))
            filters.Add(isRegex is true ? Field("content", FilterOperator.Matches, searchExpression) : Holds("content", searchExpression));
        foreach (var (column, sought) in new[] { ("origin", origin), ("instance", instance), ("thread", thread), ("session", session), ("user", user) })
        {
            if (!string.IsNullOrEmpty(sought))
                filters.Add(Holds(column, sought));
        }

        if (!string.IsNullOrEmpty(fromLogLevel) || !string.IsNullOrEmpty(toLogLevel))
        {
            var levels = LogLevels.Between(LogLevels.Parse(Or(fromLogLevel, "TRACE")), LogLevels.Parse(Or(toLogLevel, "ERROR")));
            filters.Add(new FieldFilter("level", FilterOperator.In, IsNegated: false, [.. levels.Select(Value.String)]));
        }

        // A line of what has just happened is there.
        await keeper.Writer.FlushAsync(cancellationToken);
        return await keeper.Journal(call.Target.Name).QueryAsync(
            new(MaxItems.Check(maxItems))
            {
                Start = startDate?.ToUnixTimeMilliseconds(),
                End = endDate?.ToUnixTimeMilliseconds(),
                OldestFirst = oldestFirst,
                Query = new(new GroupFilter(IsAnd: true, [.. filters]), []),
            },
            cancellationToken);
    }

    [Service("Gives the level from which on lines are kept.", Category = "Levels", Kind = CallKind.Read)]
    public string GetLogLevel(ServiceContext call) => LogLevels.Word(keeper.LevelOf(call.Target.Name));

    [Service("Sets the level from which on lines are kept: TRACE, DEBUG, INFO, WARN, ERROR or OFF.", Category = "Levels", Requires = Permission.Update)]
    public Task SetLogLevel(ServiceContext call, [Parameter(IsRequired = true)] string level, CancellationToken cancellationToken) =>
        logging.SetLevelAsync(call.Target.Name, level, cancellationToken);

    private static string Or(string? given, string otherwise) => string.IsNullOrEmpty(given) ? otherwise : given;

    private static FieldFilter Holds(string column, string sought) => Field(column, FilterOperator.Like, $"*{sought}*");

    private static FieldFilter Field(string column, FilterOperator op, string operand) => new(column, op, IsNegated: false, [Value.String(operand)], IsCaseSensitive: false);
}
