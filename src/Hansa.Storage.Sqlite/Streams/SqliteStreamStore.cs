using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <inheritdoc cref="IStreamStore"/>
internal sealed class SqliteStreamStore(
    TableCatalogue catalogue, WriteQueue<SqliteWriter> queue, ReaderPool readers, SqliteOptions options, TableSweeper sweeper) : IStreamStore
{
    private static readonly StreamLayout Layout = StreamLayout.Instance;
    private long _overwritten;

    /// <summary>Entries that replaced another since start.</summary>
    public long Overwritten => Interlocked.Read(ref _overwritten);

    /// <inheritdoc/>
    public async Task EnsureAsync(Guid stream, string name, DataShape shape, CancellationToken cancellationToken)
    {
        if (catalogue.TryFind(stream, Layout, out var known) && shape.Fields.All(field => known.Stems.ContainsKey(new(field.Name, field.BaseType))))
            return;
        // Who gives up waiting does not give up the change: it must be seen here as soon as it is in the file.
        await EnsureAndPublishAsync(stream, name, shape).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<int> AppendAsync(Guid stream, DataShape shape, IReadOnlyList<StreamEntry> entries, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        var plan = table.Insert(shape);
        var (rows, bytes) = EntryCheck.Check(shape, entries);
        if (rows.Count == 0)
            return 0;
        var overwritten = await queue.RunAsync(rows.Count, bytes, LedgerRows.Marked(writer => StreamRows.Append(writer.Database, table, plan, rows)), cancellationToken);
        if (overwritten > 0)
            Interlocked.Add(ref _overwritten, overwritten);
        return overwritten;
    }

    /// <inheritdoc/>
    public async Task<bool> UpdateAsync(Guid stream, long entryId, StreamEntryChange change, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        var values = EntryCheck.Check(change.Fields, change.Values);
        var checkedChange = change with { Values = values };
        return await queue.RunAsync(rows: 1, EntryCheck.Bytes(values.Span),
            LedgerRows.Marked(writer => StreamRows.Update(writer.Database, table, entryId, checkedChange)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(Guid stream, long entryId, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        return await queue.RunAsync(rows: 1, bytes: 16, LedgerRows.Marked(writer => StreamRows.Delete(writer.Database, table, entryId)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> PurgeAsync(Guid stream, long? start, long? end, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        var slice = options.Queue.MaxCommitRows;
        // What is added while the purge runs is not purged, or it might never end.
        var last = await queue.RunAsync(rows: 1, bytes: 16, writer => RowIds.Next(writer.Database, table) - 1, cancellationToken);
        return await Slices.RunAsync(
            queue, slice, writer => StreamRows.Purge(writer.Database, table, start ?? long.MinValue, end ?? long.MaxValue, last, slice), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> TrimAsync(Guid stream, long keep, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        var slice = options.Queue.MaxCommitRows;
        var oldest = await readers.RunAsync((reader, _) => Slices.Find(reader.Database, StreamSql.FindOldest(table), keep), cancellationToken);
        return oldest is not var (time, id) ? 0
            : await Slices.RunAsync(queue, slice, writer => StreamRows.PurgeOldest(writer.Database, table, time, id, slice), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<InfoTable> QueryAsync(Guid stream, StreamQuery query, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        return await readers.RunAsync((reader, token) => StreamRead.Make(reader, table, query).Rows(query.MaxItems, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<QueryPage> QueryPageAsync(Guid stream, StreamQuery query, string? cursor, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        return await readers.RunAsync((reader, token) => StreamRead.Make(reader, table, query).Page(query.MaxItems, cursor, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(Guid stream, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        return await readers.RunAsync((reader, _) => reader.Database.Scalar(TableSql.Count(table)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DropAsync(Guid stream, CancellationToken cancellationToken)
    {
        if (catalogue.TryFind(stream, Layout, out var table))
            await sweeper.DropAsync(stream, table).WaitAsync(cancellationToken);
    }

    private async Task EnsureAndPublishAsync(Guid stream, string name, DataShape shape)
    {
        var table = await queue.RunAsync(rows: 1, bytes: 1024, writer => catalogue.Ensure(writer.Database, Layout, stream, name, shape), CancellationToken.None);
        catalogue.Publish(stream, table);
    }
}
