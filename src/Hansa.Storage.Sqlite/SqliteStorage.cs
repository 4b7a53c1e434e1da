using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Keeps everything of a data folder in <c>hansa.db</c>, logs and audit in <c>log.db</c>, what waits for other servers in <c>outbox.db</c>: SQLite files that any SQL tool can read.</summary>
/// <remarks>
/// The folder belongs to one process (<c>hansa.lock</c>). Disposing commits what waits, waits for reads,
/// and leaves files without a write-ahead log.
/// </remarks>
public sealed class SqliteStorage : IStorage
{
    private readonly FolderLock _lock;
    private readonly SqliteJournals _journals;
    private readonly SqliteOutbox _outbox;
    private readonly SqliteWriter _writer;
    private readonly WriteQueue<SqliteWriter> _queue;
    private readonly ReaderPool _readers;
    private readonly SqliteStreamStore _streams;
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _sweeping;
    private int _isDisposed;

    private SqliteStorage(FolderLock folderLock, DatabaseFile file, Database database, SqliteJournals journals, SqliteOutbox outbox, SqliteOptions options, TimeProvider time)
    {
        (_lock, _journals, _outbox) = (folderLock, journals, outbox);
        var catalogue = new TableCatalogue(StreamLayout.Instance, ValueStreamLayout.Instance, DataTableLayout.Instance);
        var isSweepDue = catalogue.Load(database);
        var isPageSweepDue = SqlitePageStore.IsSweepDue(database);
        _writer = new(database, options);
        _queue = new(_writer, options.Queue, time);
        _readers = new(file, options, time);
        var sweeper = new TableSweeper(catalogue, _queue, options, time);
        _streams = new(catalogue, _queue, _readers, options, sweeper);
        ValueStreams = new SqliteValueStreamStore(catalogue, _queue, _readers, options, sweeper);
        DataTables = new SqliteDataTableStore(catalogue, _queue, _readers, options, sweeper);
        Model = new SqliteModelStore(_queue, _readers);
        var pageSweeper = new Sweeper(_queue, SqlitePageStore.SweepSlice, options, time);
        Ledger = new SqliteLedger(_queue, _readers);
        Pages = new SqlitePageStore(_queue, _readers, options, pageSweeper);
        if (isSweepDue)
            sweeper.Wake();
        if (isPageSweepDue)
            pageSweeper.Wake();
        _sweeping = Task.WhenAll(sweeper.RunAsync(_stopping.Token), pageSweeper.RunAsync(_stopping.Token));
    }

    /// <inheritdoc/>
    public IModelStore Model { get; }

    /// <inheritdoc/>
    public IStreamStore Streams => _streams;

    /// <inheritdoc/>
    public IValueStreamStore ValueStreams { get; }

    /// <inheritdoc/>
    public IDataTableStore DataTables { get; }

    /// <inheritdoc/>
    public IPageStore Pages { get; }

    /// <inheritdoc/>
    public ILedger Ledger { get; }

    /// <inheritdoc/>
    public IOutbox Outbox => _outbox;

    /// <inheritdoc/>
    public IJournals Journals => _journals;

    /// <inheritdoc/>
    public StorageMetrics Metrics => _queue.Metrics with { OverwrittenEntries = _streams.Overwritten };

    /// <summary>Opens the data folder, makes it where it is missing, and brings its file up to this program's version.</summary>
    /// <exception cref="PlatformException">
    /// Another process has the folder, the file is of a newer version, or it cannot be opened; the text says what to do.
    /// </exception>
    public static Task<SqliteStorage> OpenAsync(string folder, SqliteOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        options.Check();
        return Task.Run(() => Open(Path.GetFullPath(folder), options, time), cancellationToken);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        await _stopping.CancelAsync();
        await _sweeping;
        await _queue.DisposeAsync();
        await _readers.DisposeAsync();
        _writer.Close();
        await _outbox.DisposeAsync();
        await _journals.DisposeAsync();
        _lock.Dispose();
        _stopping.Dispose();
    }

    private static SqliteStorage Open(string folder, SqliteOptions options, TimeProvider time)
    {
        PrivateFile.CreateFolder(folder);
        var folderLock = FolderLock.Take(folder);
        Database? database = null;
        try
        {
            var file = DatabaseFile.Data(folder, options);
            database = file.OpenWriter();
            return new(folderLock, file, database, SqliteJournals.Open(folder, options, time), SqliteOutbox.Open(folder, options, time), options, time);
        }
        catch
        {
            database?.Dispose();
            folderLock.Dispose();
            throw;
        }
    }
}
