using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Keeps what wikis and blogs share: pages or entries, comments in threads, ratings, the history of pages, full text.</summary>
/// <remarks>
/// A site is one wiki or blog, addressed by its Thing's id, so a deleted and re-created Thing starts empty. Ids are numbers that
/// count up over all sites and are never used again. Whatever names a page, entry or comment that the site does not have is
/// refused with NotFound and a text that names it.
/// </remarks>
public interface IPageStore
{
    /// <summary>Makes the site, if it is not there.</summary>
    Task EnsureAsync(Guid site, CancellationToken cancellationToken);

    /// <summary>Adds a page, an entry or a comment.</summary>
    /// <returns>Its id.</returns>
    Task<long> AddAsync(Guid site, NewPage page, CancellationToken cancellationToken);

    /// <summary>Changes the page of that title under that parent (the oldest, where there are several), or adds it where there is none.</summary>
    /// <returns>The page's id, and whether it is new.</returns>
    Task<(long Id, bool IsNew)> AddOrUpdateAsync(Guid site, NewPage page, CancellationToken cancellationToken);

    /// <summary>Changes what the change names; the rest is kept.</summary>
    /// <exception cref="PlatformException">BadRequest: the new parent is the page itself or below it.</exception>
    Task UpdateAsync(Guid site, PageKind kind, long id, PageChange change, CancellationToken cancellationToken);

    /// <summary>Deletes a page or entry with its comments and ratings, or a comment. What hangs below it moves up to its parent.</summary>
    /// <param name="site">The site.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="id">Its id.</param>
    /// <param name="time">When it was deleted, for the history; milliseconds since 1970.</param>
    /// <param name="cancellationToken">Gives up the wait.</param>
    Task DeleteAsync(Guid site, PageKind kind, long id, long time, CancellationToken cancellationToken);

    /// <summary>Rates a page, an entry or a comment. A user has one vote: a second one takes the place of the first.</summary>
    /// <returns>The new average.</returns>
    Task<double> RateAsync(Guid site, long id, string user, double rating, CancellationToken cancellationToken);

    /// <summary>Reads pages, entries or comments.</summary>
    Task<InfoTable> QueryAsync(Guid site, PageQuery query, CancellationToken cancellationToken);

    /// <summary>Reads the changes of one page, or of all, newest first; those of deleted pages are among them.</summary>
    /// <param name="site">The site.</param>
    /// <param name="page">One page, null for all.</param>
    /// <param name="shape">Which columns to give, by name: id (of the change), entryId (the page), parentId, type (Add, Update, Delete), content, source, sourceType, timestamp, location, tags.</param>
    /// <param name="maxItems">At most so many.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<InfoTable> HistoryAsync(Guid site, long? page, DataShape shape, int maxItems, CancellationToken cancellationToken);

    /// <summary>How many entries and comments were written on each day (UTC), newest day first.</summary>
    /// <param name="site">The site.</param>
    /// <param name="shape">A DATETIME, the day's beginning, and an INTEGER, the number.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<InfoTable> ActivityAsync(Guid site, DataShape shape, CancellationToken cancellationToken);

    /// <summary>
    /// Deletes pages or entries by time, with all that belongs to them, in slices, each a commit of its own. Without limits the
    /// history goes, too.
    /// </summary>
    /// <param name="site">The site.</param>
    /// <param name="start">First millisecond, inclusive; null for no limit.</param>
    /// <param name="end">Last millisecond, inclusive; null for no limit.</param>
    /// <param name="cancellationToken">Stops between slices.</param>
    /// <returns>How many were deleted.</returns>
    Task<long> PurgeAsync(Guid site, long? start, long? end, CancellationToken cancellationToken);

    /// <summary>Deletes what a rule gives up: entries of a blog with their comments, or changes of a wiki's pages; a page is no worse for its age.</summary>
    /// <param name="site">The site.</param>
    /// <param name="kind">What the site holds.</param>
    /// <param name="before">Milliseconds since 1970; what is of an earlier time goes. Null where age does not matter.</param>
    /// <param name="keep">How many of the newest stay. Null where the number does not matter.</param>
    /// <param name="cancellationToken">Stops between slices.</param>
    Task RetainAsync(Guid site, PageKind kind, long? before, long? keep, CancellationToken cancellationToken);

    /// <summary>Drops the site: gone for everybody in one commit, its rows are freed behind.</summary>
    Task DropAsync(Guid site, CancellationToken cancellationToken);
}
