using System.Collections.Concurrent;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A bounded number of connections that read, opened when they are needed. Each read sees one state of the file.</summary>
internal sealed class ReaderPool(DatabaseFile file, SqliteOptions options, TimeProvider time) : IAsyncDisposable
{
    private readonly SemaphoreSlim _free = new(options.Readers);
    private readonly ConcurrentStack<SqliteReader> _idle = new();

    /// <summary>Runs a read on a thread of the pool.</summary>
    /// <exception cref="PlatformException">Timeout: it took longer than a read may.</exception>
    public async Task<TResult> RunAsync<TResult>(Func<SqliteReader, CancellationToken, TResult> read, CancellationToken cancellationToken)
    {
        await _free.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => Run(read, cancellationToken), cancellationToken);
        }
        finally
        {
            _free.Release();
        }
    }

    /// <summary>Runs a read on a connection that is not of the pool, on the caller's thread: a write that chooses its rows by a query holds others up no longer than a read may take.</summary>
    /// <exception cref="PlatformException">Timeout: it took longer than a read may.</exception>
    public TResult RunOn<TResult>(SqliteReader reader, Func<SqliteReader, CancellationToken, TResult> read, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.ReadTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, limit.Token);
        return Run(reader, read, cancellationToken, either.Token);
    }

    /// <summary>Waits for the reads that run, and closes their connections.</summary>
    public async ValueTask DisposeAsync()
    {
        for (var i = 0; i < options.Readers; i++)
            await _free.WaitAsync(CancellationToken.None);
        while (_idle.TryPop(out var reader))
            reader.Dispose();
        _free.Dispose();
    }

    private TResult Run<TResult>(Func<SqliteReader, CancellationToken, TResult> read, CancellationToken cancellationToken)
    {
        var reader = _idle.TryPop(out var known) ? known : new(file.OpenReader());
        try
        {
            return RunOn(reader, read, cancellationToken);
        }
        finally
        {
            _idle.Push(reader);
        }
    }

    private TResult Run<TResult>(
        SqliteReader reader, Func<SqliteReader, CancellationToken, TResult> read, CancellationToken asked, CancellationToken either)
    {
        try
        {
            // Ends with the read: a later interrupt would hit the connection's next user.
            using var interrupt = either.UnsafeRegister(static database => ((Database)database!).Interrupt(), reader.Database);
            return read(reader, either);
        }
        catch (Exception) when (either.IsCancellationRequested)
        {
            asked.ThrowIfCancellationRequested();
            throw new PlatformException(ErrorCode.Timeout,
                $"The query took longer than {options.ReadTimeout.TotalSeconds:0} s and was ended. Ask for a shorter span of time or fewer rows.");
        }
    }
}
