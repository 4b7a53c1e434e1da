using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <inheritdoc cref="IJournal"/>
internal sealed class SqliteJournal(string table, string name, DataShape shape, WriteQueue<SqliteWriter> queue, ReaderPool readers) : IJournal
{
    private const int Slice = 1_000;
    private const int RowBytes = 200;

    private const string Mine = "journal = ?1";

    private readonly SelectColumn[] _columns = [.. shape.Fields.Select(field => new SelectColumn(field, [Sql.Quote(field.Name)]))];

    private readonly string _insert =
        $"INSERT INTO {table} (journal, {string.Join(", ", shape.Fields.Select(field => Sql.Quote(field.Name)))}) VALUES ({Sql.Parameters(shape.Fields.Length + 1)})";

    /// <inheritdoc/>
    public DataShape Shape => shape;

    /// <inheritdoc/>
    public async Task AppendAsync(IReadOnlyList<Value[]> rows, CancellationToken cancellationToken)
    {
        if (rows.Count > 0)
            await queue.RunAsync(rows.Count, rows.Count * RowBytes, writer => Append(writer.Database, rows), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<InfoTable> QueryAsync(JournalQuery query, CancellationToken cancellationToken)
    {
        var bound = query.Query.Bind(shape);
        return readers.RunAsync(
            (reader, token) =>
            {
                var builder = new SelectBuilder(_columns);
                builder.Where($"journal = {builder.Parameter(Value.String(name))}");
                builder.Between("timestamp", query.Start, query.End);
                builder.Where(bound.Filter);
                builder.OrderBy(bound.Sorts);
                builder.ThenBy("timestamp", query.OldestFirst);
                builder.ThenBy("id", query.OldestFirst);
                return new SelectRead(reader, builder, table, shape, _columns).Rows(query.MaxItems, token);
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public Task<long> PurgeAsync(long? start, long? end, CancellationToken cancellationToken) => Slices.RunAsync(
        queue, Slice, writer => Delete(writer.Database, $"{Mine} AND timestamp >= ?2 AND timestamp <= ?3", start ?? long.MinValue, end ?? long.MaxValue), cancellationToken);

    /// <inheritdoc/>
    public async Task<long> TrimAsync(long keep, CancellationToken cancellationToken)
    {
        // The newest row that goes, looked for once: rows that come meanwhile are newer still.
        var last = await readers.RunAsync((reader, _) => Find(reader.Database, keep), cancellationToken);
        return last is not var (time, id)
            ? 0
            : await Slices.RunAsync(queue, Slice, writer => Delete(writer.Database, $"{Mine} AND (timestamp, id) <= (?2, ?3)", time, id), cancellationToken);
    }

    private int Append(Database database, IReadOnlyList<Value[]> rows)
    {
        var insert = database.Prepare(_insert);
        try
        {
            foreach (var row in rows)
            {
                insert.Bind(1, name);
                insert.Bind(2, row[0].AsLong());
                for (var i = 1; i < row.Length; i++)
                    insert.Bind(i + 2, row[i].AsText() ?? "");
                insert.Step();
            }
        }
        finally
        {
            insert.Reset();
        }

        return rows.Count;
    }

    private (long Time, long Id)? Find(Database database, long keep)
    {
        var find = database.Prepare($"SELECT timestamp, id FROM {table} WHERE {Mine} ORDER BY timestamp DESC, id DESC LIMIT 1 OFFSET ?2");
        try
        {
            find.Bind(1, name);
            find.Bind(2, keep);
            return find.Step() ? (find.Integer(0), find.Integer(1)) : null;
        }
        finally
        {
            find.Reset();
        }
    }

    private int Delete(Database database, string which, long first, long second)
    {
        var delete = database.Prepare($"DELETE FROM {table} WHERE id IN (SELECT id FROM {table} WHERE {which} ORDER BY timestamp, id LIMIT {Slice})");
        delete.Bind(1, name);
        delete.Bind(2, first);
        delete.Bind(3, second);
        delete.Run();
        return database.Changes;
    }
}
