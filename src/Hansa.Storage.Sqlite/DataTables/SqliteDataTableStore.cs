using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <inheritdoc cref="IDataTableStore"/>
internal sealed class SqliteDataTableStore(
    TableCatalogue catalogue, WriteQueue<SqliteWriter> queue, ReaderPool readers, SqliteOptions options, TableSweeper sweeper) : IDataTableStore
{
    private const int RowBytes = 64;
    private static readonly DataTableLayout Layout = DataTableLayout.Instance;

    private int Slice => options.Queue.MaxCommitRows;

    /// <inheritdoc/>
    public Task EnsureAsync(Guid table, string name, DataShape shape, CancellationToken cancellationToken) =>
        // Who gives up waiting does not give up the change: it must be seen here as soon as it is in the file.
        EnsureAndPublishAsync(table, name, shape).WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<WrittenRow>> WriteAsync(
        Guid table, DataShape fields, IReadOnlyList<TableEntry> entries, TableWrite mode, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        var plan = known.Insert(fields);
        var checkedEntries = entries.Select(entry => entry with { Values = EntryCheck.Check(fields, entry.Values) }).ToArray();
        if (checkedEntries.Length == 0 && mode != TableWrite.Assign)
            return [];
        var bytes = checkedEntries.Sum(entry => RowBytes + entry.Key.Length + EntryCheck.Bytes(entry.Values.Span));
        return await queue.RunAsync(Math.Max(1, checkedEntries.Length), bytes, LedgerRows.Marked(writer => DataTableRows.Write(writer, known, plan, fields, checkedEntries, mode)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> UpdateAsync(Guid table, TableQuery query, TableEntryChange change, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        var checkedChange = change with { Values = EntryCheck.Check(change.Fields, change.Values) };
        return await queue.RunAsync(Slice, EntryCheck.Bytes(checkedChange.Values.Span), LedgerRows.Marked(writer => DataTableRows.Update(writer, readers, known, query, checkedChange)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> DeleteAsync(Guid table, TableQuery query, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        return await queue.RunAsync(query.Key is null ? Slice : 1, bytes: 16, LedgerRows.Marked(writer => DataTableRows.Delete(writer, readers, known, query)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> PurgeAsync(Guid table, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        // What is added while the purge runs is not purged, or it might never end.
        var last = await queue.RunAsync(rows: 1, bytes: 16, writer => RowIds.Next(writer.Database, known) - 1, cancellationToken);
        return await Slices.RunAsync(
            queue, Slice, writer => DataTableRows.DeleteSlice(writer.Database, known, DataTableSql.Purge(known), last, Slice), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> RetainAsync(Guid table, long? before, long? keep, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        var deleted = before is not { } time ? 0 : await Slices.RunAsync(
            queue, Slice, writer => DataTableRows.DeleteSlice(writer.Database, known, DataTableSql.PurgeBefore(known), time, Slice), cancellationToken);
        var oldest = keep is not { } rows ? null
            : await readers.RunAsync((reader, _) => Slices.Find(reader.Database, DataTableSql.FindOldest(known), rows), cancellationToken);
        return deleted + (oldest is not var (newest, id) ? 0 : await Slices.RunAsync(
            queue, Slice, writer => DataTableRows.DeleteSlice(writer.Database, known, DataTableSql.PurgeOldest(known), newest, id, Slice), cancellationToken));
    }

    /// <inheritdoc/>
    public async Task<InfoTable> QueryAsync(Guid table, TableQuery query, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        return await readers.RunAsync((reader, token) => DataTableRead.Make(reader, known, query).Rows(query.MaxItems, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<QueryPage> QueryPageAsync(Guid table, TableQuery query, string? cursor, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        return await readers.RunAsync((reader, token) => DataTableRead.Make(reader, known, query).Page(query.MaxItems, cursor, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> CountAsync(Guid table, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        return await readers.RunAsync((reader, _) => reader.Database.Scalar(TableSql.Count(known)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ReindexAsync(Guid table, DataShape shape, IReadOnlyList<TableIndex> indexes, CancellationToken cancellationToken)
    {
        var known = catalogue[table, Layout];
        await queue.RunAsync(Slice, bytes: 1024, writer =>
        {
            DataTableIndexes.Ensure(writer.Database, known, shape, indexes);
            writer.Database.Execute(DataTableText.Create(known, shape));
            return 0;
        }, cancellationToken);
    }

    /// <inheritdoc/>
    public async Task DropAsync(Guid table, CancellationToken cancellationToken)
    {
        if (catalogue.TryFind(table, Layout, out var known))
            await sweeper.DropAsync(table, known).WaitAsync(cancellationToken);
    }

    private async Task EnsureAndPublishAsync(Guid table, string name, DataShape shape)
    {
        var known = await queue.RunAsync(rows: 1, bytes: 1024, writer =>
        {
            var before = catalogue.TryFind(table, Layout, out var present) ? present : null;
            var ensured = catalogue.Ensure(writer.Database, Layout, table, name, shape);
            // The text of each row is that of the fields in use: other fields, another index.
            if (before is null || !DataTableIndexes.IsTextOf(writer.Database, ensured, shape))
                writer.Database.Execute(DataTableText.Create(ensured, shape));
            DataTableIndexes.EnsureKeys(writer, ensured, shape);
            return ensured;
        }, CancellationToken.None);
        catalogue.Publish(table, known);
    }
}
