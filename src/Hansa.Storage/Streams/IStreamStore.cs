using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Keeps the rows of streams: one table a stream, typed columns, queries run in the database (design decisions 1).</summary>
/// <remarks>A stream is addressed by its Thing's id, so a deleted and re-created Thing starts empty.</remarks>
public interface IStreamStore
{
    /// <summary>Makes the stream's table, or adds the columns that its Data Shape has gained; a field that is gone stays, hidden.</summary>
    /// <exception cref="PlatformException">The shape cannot be kept (over 1,900 fields); the text says why.</exception>
    Task EnsureAsync(Guid stream, string name, DataShape shape, CancellationToken cancellationToken);

    /// <summary>Adds entries in one commit. Of entries with one timestamp and source the last wins, unless the timestamp was assigned.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="shape">The fields of <see cref="StreamEntry.Values"/>; must be among those ensured.</param>
    /// <param name="entries">The entries in order.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    /// <returns>How many entries replaced an older one.</returns>
    Task<int> AppendAsync(Guid stream, DataShape shape, IReadOnlyList<StreamEntry> entries, CancellationToken cancellationToken);

    /// <summary>Changes fields of one entry: fields that the row does not name are kept, null clears. Source and timestamp stay.</summary>
    /// <returns>False where there is no such entry.</returns>
    Task<bool> UpdateAsync(Guid stream, long entryId, StreamEntryChange change, CancellationToken cancellationToken);

    /// <summary>Deletes one entry.</summary>
    /// <returns>False where there was none.</returns>
    Task<bool> DeleteAsync(Guid stream, long entryId, CancellationToken cancellationToken);

    /// <summary>Deletes entries by time in slices, each a commit of its own, so that other writers are not held up.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="start">First millisecond, inclusive; null for no limit.</param>
    /// <param name="end">Last millisecond, inclusive; null for no limit.</param>
    /// <param name="cancellationToken">Stops between slices.</param>
    /// <returns>How many were deleted.</returns>
    Task<long> PurgeAsync(Guid stream, long? start, long? end, CancellationToken cancellationToken);

    /// <summary>Deletes the oldest entries beyond a number, in slices.</summary>
    /// <returns>How many were deleted.</returns>
    Task<long> TrimAsync(Guid stream, long keep, CancellationToken cancellationToken);

    /// <summary>Reads entries: filter, order and limit run in the database, the limit last.</summary>
    Task<InfoTable> QueryAsync(Guid stream, StreamQuery query, CancellationToken cancellationToken);

    /// <summary>Reads a page of entries: as many as <see cref="StreamQuery.MaxItems"/> says, behind the cursor of the page before.</summary>
    /// <exception cref="PlatformException">BadRequest: the cursor is not of this query.</exception>
    Task<QueryPage> QueryPageAsync(Guid stream, StreamQuery query, string? cursor, CancellationToken cancellationToken);

    /// <summary>The number of entries.</summary>
    Task<long> CountAsync(Guid stream, CancellationToken cancellationToken);

    /// <summary>Drops the stream's table: gone from the catalogue in one commit, its pages are freed behind.</summary>
    Task DropAsync(Guid stream, CancellationToken cancellationToken);
}

/// <summary>One entry to add.</summary>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="IsAssigned">Whether a server stamped the time: then the entry never replaces another.</param>
/// <param name="Source">Who it is from, "" where nobody said.</param>
/// <param name="SourceType">What the source is, "" where nobody said.</param>
/// <param name="Tags">Data tags, null for none.</param>
/// <param name="Location">Where, null for nowhere.</param>
/// <param name="Values">In the order of the shape that goes with the call, already of the fields' types.</param>
public readonly record struct StreamEntry(
    long Timestamp, bool IsAssigned, string Source, string SourceType, string? Tags, Location? Location, ReadOnlyMemory<Value> Values);

/// <summary>What to change of an entry.</summary>
/// <param name="Fields">The named fields.</param>
/// <param name="Values">Their new values; null clears.</param>
/// <param name="Tags">New tags; null keeps the old ones, "" clears.</param>
/// <param name="Location">New location; null keeps the old one.</param>
public sealed record StreamEntryChange(DataShape Fields, ReadOnlyMemory<Value> Values, string? Tags, Location? Location);

/// <summary>Which columns a read gives, in this order (spec platform 2.4).</summary>
public enum StreamColumns
{
    /// <summary>id, timestamp, source, sourceType, location, tags.</summary>
    Entries,

    /// <summary>The shape's fields, then timestamp.</summary>
    Data,

    /// <summary>The columns of <see cref="Entries"/>, then the shape's fields.</summary>
    EntriesWithData,
}

/// <summary>A read of a stream.</summary>
/// <param name="Shape">The Data Shape as it is now.</param>
/// <param name="Columns">Which columns to give.</param>
/// <param name="MaxItems">At most so many, after all filters.</param>
public sealed record StreamQuery(DataShape Shape, StreamColumns Columns, int MaxItems)
{
    /// <summary>Oldest first; newest first otherwise. Ties go by entry id, the same way round. The query's own sorts come before.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>One entry by its id, null for all.</summary>
    public long? EntryId { get; init; }

    /// <summary>Only these sources, null for all.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Only entries with all these tags, null for all.</summary>
    public string? Tags { get; init; }

    /// <summary>First millisecond, inclusive.</summary>
    public long? Start { get; init; }

    /// <summary>Last millisecond, inclusive.</summary>
    public long? End { get; init; }

    /// <summary>Filters and sorts over the columns of <see cref="StreamColumns.EntriesWithData"/>.</summary>
    public Query Query { get; init; } = Query.All;
}

/// <summary>The columns that every stream entry has (the platform's StreamEntry).</summary>
public static class StreamEntryShape
{
    /// <summary>id, timestamp, source, sourceType, location, tags.</summary>
    public static DataShape Entry { get; } = new(DataShape.Of(
        ("id", BaseType.STRING), ("timestamp", BaseType.DATETIME), ("source", BaseType.STRING), ("sourceType", BaseType.STRING),
        ("location", BaseType.LOCATION), ("tags", BaseType.TAGS)).Fields, "StreamEntry");

    /// <summary>The columns that a read gives.</summary>
    /// <remarks>Of a field that is called like an entry's own column the entry's own is given, and the field only where the other is not.</remarks>
    public static DataShape For(DataShape shape, StreamColumns columns)
    {
        var fields = columns switch
        {
            StreamColumns.Entries => Entry.Fields,
            StreamColumns.Data => [.. shape.Fields.Where(field => field.Name != Entry.Fields[1].Name), Entry.Fields[1]],
            _ => Entry.Fields.AddRange(shape.Fields.Where(field => Entry.IndexOf(field.Name) < 0)),
        };
        return new(fields.Select((field, i) => field with { Ordinal = i }));
    }
}
