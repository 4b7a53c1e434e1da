using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Rows in the order of their times that are only added and, when they are old, deleted: a log, or the audit.</summary>
/// <remarks>
/// A row is on its way to disk when the task of its commit is done and survives the end of the process; a power cut may take
/// the last moments of it. Journals share no queue with data, so neither holds up the other.
/// </remarks>
public interface IJournal
{
    /// <summary>The columns: <c>timestamp</c> first, the others texts.</summary>
    DataShape Shape { get; }

    /// <summary>Adds rows of the journal's shape in one commit.</summary>
    Task AppendAsync(IReadOnlyList<Value[]> rows, CancellationToken cancellationToken);

    /// <summary>Reads rows; those of one millisecond in the order in which they were added.</summary>
    Task<InfoTable> QueryAsync(JournalQuery query, CancellationToken cancellationToken);

    /// <summary>Deletes rows by time in slices.</summary>
    /// <param name="start">First millisecond, inclusive; null for no limit.</param>
    /// <param name="end">Last millisecond, inclusive; null for no limit.</param>
    /// <param name="cancellationToken">Stops between slices.</param>
    /// <returns>How many were deleted.</returns>
    Task<long> PurgeAsync(long? start, long? end, CancellationToken cancellationToken);

    /// <summary>Deletes the oldest rows beyond a number, in slices.</summary>
    /// <returns>How many were deleted.</returns>
    Task<long> TrimAsync(long keep, CancellationToken cancellationToken);
}

/// <summary>A read of a journal.</summary>
/// <param name="MaxItems">At most so many, after all filters.</param>
public sealed record JournalQuery(int MaxItems)
{
    /// <summary>First millisecond, inclusive.</summary>
    public long? Start { get; init; }

    /// <summary>Last millisecond, inclusive.</summary>
    public long? End { get; init; }

    /// <summary>Oldest first; newest first otherwise. The query's own sorts come before.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Filters and sorts over the journal's columns.</summary>
    public Query Query { get; init; } = Query.All;
}

/// <summary>The journals of a data folder.</summary>
public interface IJournals
{
    /// <summary>The audit.</summary>
    IJournal Audit { get; }

    /// <summary>The log of that name; logs are kept apart, so that a talkative one takes no room from the others.</summary>
    IJournal Log(string name);
}

/// <summary>The columns of journals (the platform's LogEntry; spec platform 4.3, 7.8).</summary>
public static class JournalShapes
{
    /// <summary>timestamp, level, origin, content, user, thread, session, instance, platformId.</summary>
    public static DataShape LogEntry { get; } = new(DataShape.Of(
        ("timestamp", BaseType.DATETIME), ("level", BaseType.STRING), ("origin", BaseType.STRING), ("content", BaseType.STRING), ("user", BaseType.STRING),
        ("thread", BaseType.STRING), ("session", BaseType.STRING), ("instance", BaseType.STRING), ("platformId", BaseType.STRING)).Fields, "LogEntry");

    /// <summary>timestamp, auditCategory, message, source, sourceType, user.</summary>
    public static DataShape AuditEntry { get; } = new(DataShape.Of(
        ("timestamp", BaseType.DATETIME), ("auditCategory", BaseType.STRING), ("message", BaseType.STRING), ("source", BaseType.STRING),
        ("sourceType", BaseType.STRING), ("user", BaseType.STRING)).Fields, "AuditEntry");
}
