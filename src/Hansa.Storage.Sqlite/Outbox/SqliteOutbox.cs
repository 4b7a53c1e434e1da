using System.IO.Hashing;

namespace Hansa.Storage.Sqlite;

/// <summary>Keeps the outbox in <c>outbox.db</c>: a file and a queue of its own, so that what waits for another server holds up nothing here.</summary>
internal sealed class SqliteOutbox : IOutbox, IAsyncDisposable
{
    private static readonly DateTimeOffset Epoch = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private const int Readers = 2;
    private const int RowBytes = 128;
    private readonly SqliteWriter _writer;
    private readonly WriteQueue<SqliteWriter> _queue;
    private readonly ReaderPool _readers;

    private SqliteOutbox(DatabaseFile file, Database database, SqliteOptions options, TimeProvider time)
    {
        (ServerId, Boot) = OutboxRows.Begin(database, (long)(time.GetUtcNow() - Epoch).TotalSeconds);
        Proved = OutboxRows.Proved(database);
        (Pins, Lanes) = (OutboxRows.Pins(database), OutboxRows.Lanes(database));
        _writer = new(database, options);
        _queue = new(_writer, options.Queue, time);
        _readers = new(file, options, time);
    }

    /// <inheritdoc/>
    public string ServerId { get; }

    /// <inheritdoc/>
    public long Boot { get; }

    /// <inheritdoc/>
    public IReadOnlyList<OutboxPin> Pins { get; }

    /// <inheritdoc/>
    public IReadOnlyList<OutboxLane> Lanes { get; }

    public static SqliteOutbox Open(string folder, SqliteOptions options, TimeProvider time)
    {
        var own = options with { Readers = Readers, MaxFileBytes = null };
        var file = DatabaseFile.Outbox(folder, own);
        return new(file, file.OpenWriter(), own, time);
    }

    /// <inheritdoc/>
    public IReadOnlyDictionary<string, long> Proved { get; }

    /// <inheritdoc/>
    public Task ProveAsync(string server, long number, CancellationToken cancellationToken) =>
        _queue.RunAsync(rows: 1, RowBytes, writer => OutboxRows.Prove(writer.Database, server, number), cancellationToken);

    /// <inheritdoc/>
    public Task PinAsync(OutboxPin pin, CancellationToken cancellationToken) =>
        _queue.RunAsync(rows: 1, RowBytes, writer => OutboxRows.Pin(writer.Database, pin), cancellationToken);

    /// <inheritdoc/>
    public Task AppendAsync(LaneKey lane, OutboxEntry entry, CancellationToken cancellationToken)
    {
        var crc = Crc(entry.Call.Span);
        return _queue.RunAsync(rows: 1, RowBytes + entry.Call.Length, writer => OutboxRows.Append(writer.Database, lane, entry, crc), cancellationToken);
    }

    /// <inheritdoc/>
    public Task<IReadOnlyList<OutboxEntry>> ReadAsync(LaneKey lane, long after, int maxItems, CancellationToken cancellationToken) =>
        _readers.RunAsync((reader, _) => OutboxRows.Read(reader.Database, lane, after, maxItems), cancellationToken);

    /// <inheritdoc/>
    public Task SettleAsync(LaneKey lane, IReadOnlyList<long> delivered, IReadOnlyList<(long Number, string Reason)> refused, CancellationToken cancellationToken) =>
        _queue.RunAsync(delivered.Count + refused.Count, RowBytes, writer => OutboxRows.Settle(writer.Database, lane, delivered, refused), cancellationToken);

    /// <inheritdoc/>
    public Task<IReadOnlyList<(LaneKey Lane, OutboxEntry Entry)>> ReadParkedAsync(Guid? proxy, int maxItems, CancellationToken cancellationToken) =>
        _readers.RunAsync((reader, _) => OutboxRows.Parked(reader.Database, proxy, maxItems), cancellationToken);

    /// <inheritdoc/>
    public Task<OutboxEntry?> TakeParkedAsync(Guid proxy, long number, CancellationToken cancellationToken) =>
        _queue.RunAsync(rows: 1, RowBytes, writer => OutboxRows.TakeParked(writer.Database, proxy, number), cancellationToken);

    /// <inheritdoc/>
    public Task<long> DropAsync(LaneKey lane, CancellationToken cancellationToken) => Slices.RunAsync(
        _queue, OutboxRows.Slice, writer => OutboxRows.Drop(writer.Database, lane), cancellationToken);

    /// <summary>Commits what waits and waits for reads.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _readers.DisposeAsync();
        _writer.Close();
    }

    /// <summary>The check of a call's bytes.</summary>
    internal static long Crc(ReadOnlySpan<byte> bytes) => Crc32.HashToUInt32(bytes);
}
