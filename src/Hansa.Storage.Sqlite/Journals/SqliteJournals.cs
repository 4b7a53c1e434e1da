using System.Collections.Concurrent;

namespace Hansa.Storage.Sqlite;

/// <summary>Keeps journals in <c>log.db</c>: a file, a queue and readers of their own, so that data and logs do not wait for one another.</summary>
internal sealed class SqliteJournals : IJournals, IAsyncDisposable
{
    private const int Readers = 2;

    private readonly ConcurrentDictionary<string, IJournal> _logs = new(StringComparer.Ordinal);
    private readonly SqliteWriter _writer;
    private readonly WriteQueue<SqliteWriter> _queue;
    private readonly ReaderPool _readers;

    private SqliteJournals(DatabaseFile file, Database database, SqliteOptions options, TimeProvider time)
    {
        _writer = new(database, options);
        _queue = new(_writer, options.Queue, time);
        _readers = new(file, options, time);
        Audit = new SqliteJournal("audit", "Audit", JournalShapes.AuditEntry, _queue, _readers);
    }

    /// <inheritdoc/>
    public IJournal Audit { get; }

    /// <inheritdoc/>
    public IJournal Log(string name) => _logs.GetOrAdd(name, _ => new SqliteJournal("log", name, JournalShapes.LogEntry, _queue, _readers));

    public static SqliteJournals Open(string folder, SqliteOptions options, TimeProvider time)
    {
        var own = options with { Readers = Readers, MaxFileBytes = null };
        var file = DatabaseFile.Journals(folder, own);
        return new(file, file.OpenWriter(), own, time);
    }

    /// <summary>Commits what waits and waits for reads.</summary>
    public async ValueTask DisposeAsync()
    {
        await _queue.DisposeAsync();
        await _readers.DisposeAsync();
        _writer.Close();
    }
}
