using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Keeps the rows of value streams: one narrow table each, clustered by property, source and time (design decisions 1).</summary>
/// <remarks>A value stream is addressed by its Thing's id, so a deleted and re-created Thing starts empty.</remarks>
public interface IValueStreamStore
{
    /// <summary>Makes the table where it is missing.</summary>
    Task EnsureAsync(Guid stream, string name, CancellationToken cancellationToken);

    /// <summary>Adds values in one commit. Of values with one property, source and timestamp the last wins, unless the timestamp was assigned.</summary>
    Task AppendAsync(Guid stream, IReadOnlyList<HistoryEntry> entries, CancellationToken cancellationToken);

    /// <summary>Reads values: filter, order and limit run in the database, the limit last.</summary>
    Task<InfoTable> QueryAsync(Guid stream, HistoryQuery query, CancellationToken cancellationToken);

    /// <summary>Reads a page of values: as many as <see cref="HistoryQuery.MaxItems"/> says, behind the cursor of the page before.</summary>
    /// <exception cref="PlatformException">BadRequest: the cursor is not of this query.</exception>
    Task<QueryPage> QueryPageAsync(Guid stream, HistoryQuery query, string? cursor, CancellationToken cancellationToken);

    /// <summary>Deletes one value.</summary>
    /// <returns>False where there was none.</returns>
    Task<bool> DeleteAsync(Guid stream, long id, CancellationToken cancellationToken);

    /// <summary>Deletes values in slices, each a commit of its own, so that other writers are not held up.</summary>
    /// <param name="stream">The value stream.</param>
    /// <param name="property">Only of this property; null for all.</param>
    /// <param name="source">Only of this source; null for all.</param>
    /// <param name="start">First millisecond, inclusive; null for no limit.</param>
    /// <param name="end">Last millisecond, inclusive; null for no limit.</param>
    /// <param name="cancellationToken">Stops between slices.</param>
    /// <returns>How many were deleted.</returns>
    Task<long> PurgeAsync(Guid stream, string? property, string? source, long? start, long? end, CancellationToken cancellationToken);

    /// <summary>Deletes all but so many of the values that came last, in slices.</summary>
    /// <returns>How many were deleted.</returns>
    Task<long> TrimAsync(Guid stream, long keep, CancellationToken cancellationToken);

    /// <summary>The number of values.</summary>
    Task<long> CountAsync(Guid stream, CancellationToken cancellationToken);

    /// <summary>Drops the table: gone from the catalogue in one commit, its pages are freed behind.</summary>
    Task DropAsync(Guid stream, CancellationToken cancellationToken);
}

/// <summary>One value of one property at one time.</summary>
/// <param name="Property">The property's name.</param>
/// <param name="Source">Whose property it is: the Thing's name.</param>
/// <param name="Timestamp">Milliseconds since 1970.</param>
/// <param name="IsAssigned">Whether a server stamped the time: then the value never replaces another.</param>
/// <param name="Type">Of which kind of history it is (<see cref="HistoryTypes"/>).</param>
/// <param name="Value">The value, of that type; or null.</param>
/// <param name="Quality">How good it is.</param>
public readonly record struct HistoryEntry(string Property, string Source, long Timestamp, bool IsAssigned, BaseType Type, Value Value, string Quality);

/// <summary>A read of a value stream.</summary>
/// <param name="Type">As what the values are wanted; values of another kind are passed over.</param>
/// <param name="MaxItems">At most so many, after all filters.</param>
public sealed record HistoryQuery(BaseType Type, int MaxItems)
{
    /// <summary>Only of this property; null for all.</summary>
    public string? Property { get; init; }

    /// <summary>Only of this source; null for all.</summary>
    public string? Source { get; init; }

    /// <summary>One value by its id; null for all.</summary>
    public long? EntryId { get; init; }

    /// <summary>First millisecond, inclusive.</summary>
    public long? Start { get; init; }

    /// <summary>Last millisecond, inclusive.</summary>
    public long? End { get; init; }

    /// <summary>Only values of this quality; null for any.</summary>
    public string? Quality { get; init; }

    /// <summary>Oldest first; newest first otherwise. The query's own sorts come before.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Whether to give name, source and quality, too.</summary>
    public bool WithOrigin { get; init; }

    /// <summary>Filters and sorts over id, timestamp, value, name, source and quality.</summary>
    public Query Query { get; init; } = Query.All;
}

/// <summary>The kinds of history (spec platform 2.5): each base type belongs to one.</summary>
public static class HistoryTypes
{
    /// <summary>The kinds, with the word that stands for each in names of services.</summary>
    public static IReadOnlyList<(string Name, BaseType Type)> All { get; } =
    [
        ("Boolean", BaseType.BOOLEAN), ("Integer", BaseType.INTEGER), ("Long", BaseType.LONG), ("Number", BaseType.NUMBER), ("String", BaseType.STRING),
        ("DateTime", BaseType.DATETIME), ("Location", BaseType.LOCATION), ("Image", BaseType.IMAGE), ("InfoTable", BaseType.INFOTABLE),
        ("ThingCode", BaseType.THINGCODE), ("Vec2", BaseType.VEC2), ("Vec3", BaseType.VEC3), ("Vec4", BaseType.VEC4),
    ];

    /// <summary>The kind to which values of a base type belong: all texts to STRING, a VARIANT as its text; null for secrets and nothing, which have no history.</summary>
    public static BaseType? Of(BaseType type) => type switch
    {
        BaseType.PASSWORD or BaseType.NOTHING => null,
        BaseType.THINGCODE or BaseType.DATETIME or BaseType.INTEGER => type,
        _ => type.Form() switch
        {
            ValueForm.Boolean => BaseType.BOOLEAN,
            ValueForm.Integer => BaseType.LONG,
            ValueForm.Bytes => BaseType.IMAGE,
            ValueForm.Text or ValueForm.Any => BaseType.STRING,
            _ => type,
        },
    };

    /// <summary>The kinds that can be read as this one.</summary>
    public static IReadOnlyList<BaseType> ReadableAs(BaseType type) => type switch
    {
        BaseType.NUMBER or BaseType.INTEGER or BaseType.LONG => [BaseType.NUMBER, BaseType.INTEGER, BaseType.LONG],
        _ => [type],
    };

    /// <summary>The columns of a read: id, timestamp, value, and where they are wanted name, source, quality.</summary>
    public static DataShape Shape(BaseType type, bool withOrigin)
    {
        var fields = DataShape.Of(("id", BaseType.STRING), ("timestamp", BaseType.DATETIME), ("value", type)).Fields;
        return new(
            withOrigin ? fields.AddRange(new("name", BaseType.STRING, Ordinal: 3), new("source", BaseType.STRING, Ordinal: 4), new("quality", BaseType.STRING, Ordinal: 5)) : fields,
            $"{All.FirstOrDefault(kind => kind.Type == type).Name}ValueStream");
    }
}
