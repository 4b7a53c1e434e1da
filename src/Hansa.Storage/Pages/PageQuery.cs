using Hansa.Model;

namespace Hansa.Storage;

/// <summary>How pages, entries or comments are ordered. Ties go to the newer one, by timestamp and id.</summary>
public enum PageOrder
{
    /// <summary>Newest timestamp first.</summary>
    Newest,

    /// <summary>Best average rating first, of equal ones that with more votes.</summary>
    HighestRated,

    /// <summary>Most comments first.</summary>
    MostActive,

    /// <summary>By title without regard to case.</summary>
    Title,

    /// <summary>In the order in which they were added.</summary>
    Added,
}

/// <summary>A read of a wiki or blog.</summary>
/// <param name="Kind">What to read.</param>
/// <param name="Shape">
/// Which columns to give, by name: id, entryId, parentId, type, title, content, source, sourceType, timestamp, lastUpdated, location,
/// tags, isSticky, count (comments), ratingAverage (0 without a vote), ratingCount, comments.
/// </param>
/// <param name="MaxItems">At most so many, after all filters.</param>
public sealed record PageQuery(PageKind Kind, DataShape Shape, int MaxItems)
{
    /// <summary>One by its id, null for all. One that is not there is refused.</summary>
    public long? Id { get; init; }

    /// <summary>Only comments on this page or entry.</summary>
    public long? Entry { get; init; }

    /// <summary>Whether only those below <see cref="Parent"/> are wanted.</summary>
    public bool IsBelow { get; init; }

    /// <summary>The page above, null for those that have none.</summary>
    public long? Parent { get; init; }

    /// <summary>Only these sources, null for all.</summary>
    public IReadOnlyList<string>? Sources { get; init; }

    /// <summary>Only those with all these tags, null for all.</summary>
    public string? Tags { get; init; }

    /// <summary>First millisecond, inclusive.</summary>
    public long? Start { get; init; }

    /// <summary>Last millisecond, inclusive.</summary>
    public long? End { get; init; }

    /// <summary>Only those whose title and content hold these words (<see cref="TextSearch"/>); null for all.</summary>
    public string? Words { get; init; }

    /// <summary>The order; sticky ones come first, save by <see cref="PageOrder.Title"/> and <see cref="PageOrder.Added"/>.</summary>
    public PageOrder Order { get; init; }

    /// <summary>Whether the content is given.</summary>
    public bool WithContent { get; init; } = true;

    /// <summary>For each row a table of its comments with these columns, oldest first; null for no comments.</summary>
    public DataShape? Comments { get; init; }
}
