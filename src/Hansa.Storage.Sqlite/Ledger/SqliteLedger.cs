namespace Hansa.Storage.Sqlite;

/// <inheritdoc cref="ILedger"/>
internal sealed class SqliteLedger(WriteQueue<SqliteWriter> queue, ReaderPool readers) : ILedger
{
    private const int RowBytes = 128;

    /// <inheritdoc/>
    public Task<LaneOutcome?> FindAsync(string sender, Guid thing, long number, CancellationToken cancellationToken) =>
        readers.RunAsync((reader, _) => LedgerRows.Find(reader.Database, sender, thing, number), cancellationToken);

    /// <inheritdoc/>
    public Task NoteAsync(LaneMark mark, LaneOutcome outcome, CancellationToken cancellationToken) => RunAsync(writer => LedgerRows.Note(writer.Database, mark, outcome), cancellationToken);

    /// <inheritdoc/>
    public Task KeepAsync(LaneMark mark, LaneOutcome outcome, CancellationToken cancellationToken) => RunAsync(writer => LedgerRows.Keep(writer.Database, mark, outcome), cancellationToken);

    /// <inheritdoc/>
    public Task ProbeAsync(string sender, long number, CancellationToken cancellationToken) => RunAsync(writer => LedgerRows.Probe(writer.Database, sender, number), cancellationToken);

    /// <inheritdoc/>
    public Task<long> HighestAsync(string sender, CancellationToken cancellationToken) => readers.RunAsync(
        (reader, _) => Command.Numbers(reader.Database, "SELECT highest FROM ledger_sender WHERE sender = ?1", Model.Value.String(sender)).FirstOrDefault(), cancellationToken);

    private Task RunAsync(Action<SqliteWriter> write, CancellationToken cancellationToken) => queue.RunAsync(
        rows: 1, RowBytes,
        writer =>
        {
            write(writer);
            return true;
        },
        cancellationToken);
}
