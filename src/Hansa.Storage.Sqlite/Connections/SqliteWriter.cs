using SQLitePCL;

namespace Hansa.Storage.Sqlite;

/// <summary>The connection that writes, driven by the write queue's thread.</summary>
internal sealed class SqliteWriter(Database database, SqliteOptions options) : IWriteSession
{
    private const int PagesWritten = 9; // SQLITE_DBSTATUS_CACHE_WRITE: pages that went to the log since the connection was opened.
    private const int ReaderPatience = 250; // ms
    private readonly long _pageBytes = database.Scalar("PRAGMA page_size");
    private long _checkpointAt;
    private long _insistAt = options.MaxLogBytes;

    public Database Database => database;

    /// <summary>The same connection as one that reads, with the functions that filters need.</summary>
    public SqliteReader Reader { get; } = new(database);

    public bool InTransaction => database.InTransaction;

    public void Begin() => database.Prepare("BEGIN IMMEDIATE").Run();

    public void Savepoint() => database.Prepare("SAVEPOINT write").Run();

    public void ReleaseSavepoint() => database.Prepare("RELEASE write").Run();

    public void RollbackToSavepoint()
    {
        database.Prepare("ROLLBACK TO write").Run();
        database.Prepare("RELEASE write").Run();
    }

    public void Commit() => database.Prepare("COMMIT").Run();

    public void Rollback()
    {
        if (InTransaction)
            _ = raw.sqlite3_exec(database.Handle, "ROLLBACK");
    }

    public bool Tidy(bool isIdle)
    {
        // In an idle time less is worth the trouble, but not every single row: each checkpoint syncs the disk.
        var grown = (Written() - _checkpointAt) * _pageBytes;
        var isWorthIt = grown >= (isIdle ? options.CheckpointBytes / 16 : options.CheckpointBytes);
        if (isWorthIt)
        {
            Checkpoint();
            _checkpointAt = Written();
        }

        return !isWorthIt && !isIdle;
    }

    /// <summary>Brings the whole log into the file and empties it.</summary>
    public void Close()
    {
        _ = raw.sqlite3_wal_checkpoint_v2(database.Handle, "main", raw.SQLITE_CHECKPOINT_TRUNCATE, out _, out _);
        database.Dispose();
    }

    // A failed checkpoint harms nobody: the log keeps all, and the next one tries again.
    private void Checkpoint()
    {
        _ = raw.sqlite3_wal_checkpoint_v2(database.Handle, "main", raw.SQLITE_CHECKPOINT_PASSIVE, out var pages, out _);
        var logBytes = pages * _pageBytes;
        if (logBytes < options.MaxLogBytes)
        {
            _insistAt = options.MaxLogBytes;
            return;
        }

        // Readers that overlap for ever keep the log from beginning anew: wait for those that are there. Not each time, and not long
        // at first; but the longer the log, the longer, so that it has an end: a read has one.
        if (logBytes < _insistAt)
            return;
        var patience = Math.Min(ReaderPatience * Math.Pow((double)logBytes / options.MaxLogBytes, 2), 2 * options.ReadTimeout.TotalMilliseconds);
        _ = raw.sqlite3_busy_timeout(database.Handle, (int)patience);
        _ = raw.sqlite3_wal_checkpoint_v2(database.Handle, "main", raw.SQLITE_CHECKPOINT_RESTART, out _, out _);
        _ = raw.sqlite3_busy_timeout(database.Handle, (int)options.BusyTimeout.TotalMilliseconds);
        _insistAt = logBytes + (options.MaxLogBytes / 4);
    }

    private long Written() => raw.sqlite3_db_status(database.Handle, PagesWritten, out var pages, out _, 0) == raw.SQLITE_OK ? pages : 0;
}
