using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <inheritdoc cref="IModelStore"/>
internal sealed class SqliteModelStore(WriteQueue<SqliteWriter> queue, ReaderPool readers) : IModelStore
{
    private const int RowBytes = 64;

    /// <inheritdoc/>
    public Task<IReadOnlyList<EntityRecord>> LoadEntitiesAsync(CancellationToken cancellationToken) =>
        readers.RunAsync((reader, token) => ReadAll(reader.Database, ModelSql.LoadEntities, ReadEntity, token), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<PropertyRecord>> LoadPropertiesAsync(CancellationToken cancellationToken) =>
        readers.RunAsync((reader, token) => ReadAll(reader.Database, ModelSql.LoadProperties, ReadProperty, token), cancellationToken);

    /// <inheritdoc/>
    public async Task CommitAsync(ModelChange change, CancellationToken cancellationToken) =>
        await queue.RunAsync(change.Puts.Count + change.Deletes.Count, change.Puts.Sum(put => RowBytes + put.Document.Length),
            writer => Write(writer.Database, change), cancellationToken);

    /// <inheritdoc/>
    public async Task PutPropertiesAsync(IReadOnlyList<PropertyRecord> values, CancellationToken cancellationToken)
    {
        if (values.Count == 0)
            return;
        // Encoded by the caller's thread, as there is only one that writes.
        var bytes = values.Select(value => ValueEncoding.ToBytes(value.Value.Value)).ToArray();
        await queue.RunAsync(values.Count, bytes.Sum(value => RowBytes + (long)value.Length), LedgerRows.Marked(writer => Write(writer.Database, values, bytes)), cancellationToken);
    }

    private static int Write(Database database, ModelChange change)
    {
        // Deletes first: a name may pass from one entity to the next in one commit.
        foreach (var id in change.Deletes)
        {
            Delete(database, ModelSql.DeleteEntity, id);
            Delete(database, ModelSql.DeleteProperties, id);
        }

        foreach (var put in change.Puts)
            Put(database, put);
        return change.Puts.Count;
    }

    private static void Delete(Database database, string sql, Guid id)
    {
        var delete = database.Prepare(sql);
        delete.Bind(1, id.ToString());
        delete.Run();
    }

    private static void Put(Database database, EntityRecord entity)
    {
        var other = database.Prepare(ModelSql.FindOther);
        other.Bind(1, entity.Kind.ToString());
        other.Bind(2, entity.Name);
        other.Bind(3, entity.Id.ToString());
        var isTaken = other.Step();
        other.Reset();
        if (isTaken)
            throw new PlatformException(ErrorCode.Conflict, $"{entity.Kind}/{entity.Name} exists already, with another id.");
        var put = database.Prepare(ModelSql.PutEntity);
        put.Bind(1, entity.Kind.ToString());
        put.Bind(2, entity.Name);
        put.Bind(3, entity.Id.ToString());
        put.Bind(4, entity.Document);
        put.Bind(5, entity.Version);
        put.Bind(6, entity.Modified);
        put.Run();
    }

    private static int Write(Database database, IReadOnlyList<PropertyRecord> values, byte[][] bytes)
    {
        var put = database.Prepare(ModelSql.PutProperty);
        try
        {
            for (var i = 0; i < bytes.Length; i++)
            {
                put.Bind(1, values[i].ThingId.ToString());
                put.Bind(2, values[i].Property);
                put.Bind(3, bytes[i].AsSpan());
                put.Bind(4, values[i].Value.Time);
                put.Bind(5, values[i].Value.Quality);
                put.Step();
            }
        }
        finally
        {
            put.Reset();
        }

        return bytes.Length;
    }

    private static IReadOnlyList<TRecord> ReadAll<TRecord>(Database database, string sql, Func<Statement, TRecord> read, CancellationToken cancellationToken)
    {
        var records = new List<TRecord>();
        var rows = database.Prepare(sql);
        try
        {
            while (rows.Step())
            {
                cancellationToken.ThrowIfCancellationRequested();
                records.Add(read(rows));
            }
        }
        finally
        {
            rows.Reset();
        }

        return records;
    }

    private static EntityRecord ReadEntity(Statement row) =>
        new(Enum.Parse<EntityKind>(row.Text(0)), row.Text(1), Guid.Parse(row.Text(2)), row.Text(3), row.Integer(4), row.Integer(5));

    private static PropertyRecord ReadProperty(Statement row)
    {
        var (thing, name) = (Guid.Parse(row.Text(0)), row.Text(1));
        try
        {
            return new(thing, name, new(ValueEncoding.Read(row.Bytes(2)), row.Integer(3), row.Text(4)));
        }
        catch (InvalidDataException e)
        {
            throw new PlatformException(ErrorCode.Internal, $"Property '{name}' of the Thing with id {thing} cannot be read: {e.Message}", e);
        }
    }
}
