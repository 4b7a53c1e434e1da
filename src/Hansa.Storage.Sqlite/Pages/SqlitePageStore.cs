using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <inheritdoc cref="IPageStore"/>
internal sealed class SqlitePageStore(WriteQueue<SqliteWriter> queue, ReaderPool readers, SqliteOptions options, Sweeper sweeper) : IPageStore
{
    private const int RowBytes = 256;

    /// <inheritdoc/>
    public async Task EnsureAsync(Guid site, CancellationToken cancellationToken)
    {
        var name = Value.String(site.ToString());
        if (await readers.RunAsync((reader, _) => Command.Numbers(reader.Database, PageSql.FindSite, name).Count == 0, cancellationToken))
            await queue.RunAsync(rows: 1, RowBytes, writer => Command.Run(writer.Database, PageSql.AddSite, name), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> AddAsync(Guid site, NewPage page, CancellationToken cancellationToken)
    {
        var words = PageWords.Of(page.Title ?? "", page.Content ?? "");
        return WriteAsync(site, page.Content, (database, key) => PageRows.Add(database, key, page, words), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<(long Id, bool IsNew)> AddOrUpdateAsync(Guid site, NewPage page, CancellationToken cancellationToken)
    {
        var words = PageWords.Of(page.Title ?? "", page.Content);
        return WriteAsync(site, page.Content, (database, key) => PageRows.AddOrUpdate(database, key, page, words), cancellationToken);
    }

    /// <inheritdoc/>
    public Task UpdateAsync(Guid site, PageKind kind, long id, PageChange change, CancellationToken cancellationToken)
    {
        var words = PageWords.Of(change.Title, change.Content);
        return WriteAsync(site, change.Content, (database, key) =>
        {
            PageRows.Update(database, key, kind, id, change, words);
            return true;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public Task DeleteAsync(Guid site, PageKind kind, long id, long time, CancellationToken cancellationToken) =>
        WriteAsync(site, null, (database, key) =>
        {
            PageRows.Delete(database, key, kind, id, time);
            return true;
        }, cancellationToken);

    /// <inheritdoc/>
    public Task<double> RateAsync(Guid site, long id, string user, double rating, CancellationToken cancellationToken) =>
        WriteAsync(site, null, (database, key) => PageRows.Rate(database, key, id, user, rating), cancellationToken);

    /// <inheritdoc/>
    public Task<InfoTable> QueryAsync(Guid site, PageQuery query, CancellationToken cancellationToken) =>
        readers.RunAsync((reader, token) => PageRead.Rows(reader, site, query, token), cancellationToken);

    /// <inheritdoc/>
    public Task<InfoTable> HistoryAsync(Guid site, long? page, DataShape shape, int maxItems, CancellationToken cancellationToken) =>
        readers.RunAsync((reader, token) => PageRead.History(reader, site, page, shape).Rows(maxItems, token), cancellationToken);

    /// <inheritdoc/>
    public Task<InfoTable> ActivityAsync(Guid site, DataShape shape, CancellationToken cancellationToken) =>
        readers.RunAsync((reader, token) => PageRead.Activity(reader, site, shape).Rows(int.MaxValue, token), cancellationToken);

    /// <inheritdoc/>
    public async Task<long> PurgeAsync(Guid site, long? start, long? end, CancellationToken cancellationToken)
    {
        // What is added while the purge runs is not purged, or it might never end.
        var (lastPage, lastChange) = await queue.RunAsync(
            rows: 1, bytes: 16, writer => (writer.Database.Scalar(PageSql.LastId), writer.Database.Scalar(PageSql.LastHistory)), cancellationToken);
        var pages = await InSlicesAsync(site, (database, key) =>
            PageRows.Purge(database, key, start ?? long.MinValue, end ?? long.MaxValue, lastPage, Slice), cancellationToken);
        if (start is null && end is null)
            await InSlicesAsync(site, (database, key) => Command.Run(database, PageSql.PurgeHistory, Value.Long(key), Value.Long(lastChange), Value.Long(Slice)), cancellationToken);
        return pages;
    }

    /// <inheritdoc/>
    public async Task RetainAsync(Guid site, PageKind kind, long? before, long? keep, CancellationToken cancellationToken)
    {
        var isHistory = kind == PageKind.WikiPage;
        if (before is { } time)
            await InSlicesAsync(site, (database, key) => PageRows.Retain(database, isHistory, isHistory ? PageSql.HistoryBefore : PageSql.EntriesBefore, key, Slice, time), cancellationToken);
        if (keep is { } rows)
            await InSlicesAsync(site, (database, key) => PageRows.Retain(database, isHistory, isHistory ? PageSql.HistoryBeyond : PageSql.EntriesBeyond, key, Slice, rows), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DropAsync(Guid site, CancellationToken cancellationToken)
    {
        await queue.RunAsync(rows: 1, RowBytes, writer => Command.Run(writer.Database, PageSql.MarkDropped, Value.String(site.ToString())), cancellationToken);
        sweeper.Wake();
    }

    /// <summary>Whether a sweep was left in the middle.</summary>
    public static bool IsSweepDue(Database database) => Command.Numbers(database, PageSql.FindDropped).Count > 0;

    /// <summary>Deletes at most so many rows of dropped sites.</summary>
    /// <returns>False where nothing is left.</returns>
    public static bool SweepSlice(Database database, int rows)
    {
        if (Command.Numbers(database, PageSql.FindDropped) is not [var dropped])
            return false;
        var (site, limit) = (Value.Long(dropped), Value.Long(rows));
        Command.Run(database, PageSql.SweepRatings, site, limit);
        Command.Run(database, PageSql.SweepTexts, site, limit);
        if (Command.Run(database, PageSql.SweepPages, site, limit) > 0
            || Command.Run(database, PageSql.PurgeHistory, site, Value.Long(long.MaxValue), limit) > 0)
            return true;
        Command.Run(database, PageSql.ForgetSite, site);
        return true;
    }

    private int Slice => options.Queue.MaxCommitRows;

    private Task<long> InSlicesAsync(Guid site, Func<Database, long, int> delete, CancellationToken cancellationToken) =>
        Slices.RunAsync(queue, Slice, writer => delete(writer.Database, PageRows.SiteOf(writer.Database, site)), cancellationToken);

    private Task<TResult> WriteAsync<TResult>(Guid site, string? content, Func<Database, long, TResult> write, CancellationToken cancellationToken) =>
        queue.RunAsync(rows: 1, RowBytes + (content?.Length ?? 0), LedgerRows.Marked(writer => write(writer.Database, PageRows.SiteOf(writer.Database, site))), cancellationToken);
}
