using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <inheritdoc cref="IValueStreamStore"/>
internal sealed class SqliteValueStreamStore(
    TableCatalogue catalogue, WriteQueue<SqliteWriter> queue, ReaderPool readers, SqliteOptions options, TableSweeper sweeper) : IValueStreamStore
{
    private const int RowBytes = 64;
    private static readonly ValueStreamLayout Layout = ValueStreamLayout.Instance;

    private int Slice => options.Queue.MaxCommitRows;

    /// <inheritdoc/>
    public async Task EnsureAsync(Guid stream, string name, CancellationToken cancellationToken)
    {
        // Who gives up waiting does not give up the change: it must be seen here as soon as it is in the file.
        if (!catalogue.TryFind(stream, Layout, out _))
            await EnsureAndPublishAsync(stream, name).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task AppendAsync(Guid stream, IReadOnlyList<HistoryEntry> entries, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        if (entries.Count == 0)
            return;
        var insert = table.Insert(DataShape.Empty).Sql;
        var bytes = 0L;
        foreach (var entry in entries)
            bytes += RowBytes + entry.Property.Length + entry.Source.Length + entry.Quality.Length + EntryCheck.Bytes([entry.Value]);
        await AppendAsync(table, insert, entries, bytes).WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<InfoTable> QueryAsync(Guid stream, HistoryQuery query, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        return await readers.RunAsync((reader, token) => ValueStreamRead.Make(reader, table, query).Rows(query.MaxItems, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<QueryPage> QueryPageAsync(Guid stream, HistoryQuery query, string? cursor, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        return await readers.RunAsync((reader, token) => ValueStreamRead.Make(reader, table, query).Page(query.MaxItems, cursor, token), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<bool> DeleteAsync(Guid stream, long id, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        return await queue.RunAsync(rows: 1, bytes: 16, LedgerRows.Marked(writer => Run(writer.Database, table, ValueStreamSql.Delete(table), delete => delete.Bind(1, id)) > 0), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task<long> PurgeAsync(Guid stream, string? property, string? source, long? start, long? end, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        // What is added while the purge runs is not purged, or it might never end.
        var last = await queue.RunAsync(rows: 1, bytes: 16, writer => RowIds.Next(writer.Database, table) - 1, cancellationToken);
        var purged = 0L;
        foreach (var series in await readers.RunAsync((reader, _) => FindSeries(reader.Database, table, property, source).FindAll(series => HasAny(reader.Database, table, series, start, end)), cancellationToken))
        {
            purged += await Slices.RunAsync(queue, Slice, writer => Run(writer.Database, table, ValueStreamSql.Purge(table), purge =>
            {
                purge.Bind(1, series.Property);
                purge.Bind(2, series.Source);
                purge.Bind(3, start ?? long.MinValue);
                purge.Bind(4, end ?? long.MaxValue);
                purge.Bind(5, last);
                purge.Bind(6, Slice);
            }), cancellationToken);
        }

        return purged;
    }

    /// <inheritdoc/>
    public async Task<long> TrimAsync(Guid stream, long keep, CancellationToken cancellationToken)
    {
        var table = catalogue[stream, Layout];
        var oldest = await readers.RunAsync((reader, _) => Slices.Find(reader.Database, ValueStreamSql.FindOldest(table), keep), cancellationToken);
        return oldest is not var (id, _) ? 0 : await Slices.RunAsync(queue, Slice, writer => Run(writer.Database, table, ValueStreamSql.PurgeOldest(table), purge =>
        {
            purge.Bind(1, id);
            purge.Bind(2, Slice);
        }), cancellationToken);
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

    // Names that were found are remembered also for a caller who has given up waiting.
    private async Task AppendAsync(RowTable table, string insert, IReadOnlyList<HistoryEntry> entries, long bytes)
    {
        var names = ValueNames.Of(table);
        names.Remember(await queue.RunAsync(entries.Count, bytes, LedgerRows.Marked(writer => Append(writer.Database, table, names, insert, entries)), CancellationToken.None));
    }

    private static ValueNames.Lookup Append(Database database, RowTable table, ValueNames names, string sql, IReadOnlyList<HistoryEntry> entries)
    {
        var next = RowIds.Next(database, table);
        var numbers = names.Begin(database, table);
        var insert = database.Prepare(sql);
        try
        {
            foreach (var entry in entries)
            {
                var (property, source) = (numbers[entry.Property], numbers[entry.Source]);
                insert.Bind(1, property);
                insert.Bind(2, source);
                insert.Bind(3, entry.Timestamp);
                // An assigned time never meets another value: its own id is a tie that nobody else has. 0 is for times that were given.
                insert.Bind(4, entry.IsAssigned ? next : 0);
                insert.Bind(5, next++);
                insert.Bind(6, (long)entry.Type);
                insert.Bind(7, entry.Quality);
                var index = CellWriter.Bind(insert, 8, entry.Value, entry.Type);
                while (index <= Layout.OwnColumns.Count)
                    insert.BindNull(index++);
                insert.Step();
            }
        }
        finally
        {
            insert.Reset();
            RowIds.Advance(table, next);
        }

        return numbers;
    }

    private static int Run(Database database, RowTable table, string sql, Action<Statement> bind)
    {
        RowIds.Keep(database, table);
        var statement = database.Prepare(sql);
        bind(statement);
        statement.Run();
        return database.Changes;
    }

    // By their numbers; the key's order lets each be sought.
    private static List<(long Property, long Source)> FindSeries(Database database, RowTable table, string? property, string? source)
    {
        var found = new List<(long Property, long Source)>();
        if (!TryNumber(database, table, property, out var wanted) || !TryNumber(database, table, source, out var from))
            return found;
        var next = database.Prepare(ValueStreamSql.NextSeries(table));
        try
        {
            for (var at = (Property: wanted ?? 0, Source: 0L); ;)
            {
                next.Bind(1, at.Property);
                next.Bind(2, at.Source);
                if (!next.Step())
                    return found;
                at = (next.Integer(0), next.Integer(1));
                next.Reset();
                if (wanted is not null && at.Property != wanted)
                    return found;
                if (from is null || at.Source == from)
                    found.Add(at);
            }
        }
        finally
        {
            next.Reset();
        }
    }

    // A series with nothing of the period costs no write.
    private static bool HasAny(Database database, RowTable table, (long Property, long Source) series, long? start, long? end)
    {
        var find = database.Prepare(ValueStreamSql.HasAny(table));
        try
        {
            find.Bind(1, series.Property);
            find.Bind(2, series.Source);
            find.Bind(3, start ?? long.MinValue);
            find.Bind(4, end ?? long.MaxValue);
            return find.Step();
        }
        finally
        {
            find.Reset();
        }
    }

    // True without a number where no name is given; false where the name has none, so that nothing is of it.
    private static bool TryNumber(Database database, RowTable table, string? name, out long? number)
    {
        number = null;
        if (name is null)
            return true;
        var find = database.Prepare(ValueStreamSql.FindName(table));
        try
        {
            find.Bind(1, name);
            if (!find.Step())
                return false;
            number = find.Integer(0);
            return true;
        }
        finally
        {
            find.Reset();
        }
    }

    private async Task EnsureAndPublishAsync(Guid stream, string name)
    {
        var table = await queue.RunAsync(rows: 1, bytes: 1024, writer => catalogue.Ensure(writer.Database, Layout, stream, name, DataShape.Empty), CancellationToken.None);
        catalogue.Publish(stream, table);
    }
}
