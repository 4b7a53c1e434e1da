using Hansa.Model;

namespace Hansa.Storage;

/// <summary>Group commit: writes of many callers share transactions, each write in a savepoint of its own.</summary>
/// <remarks>
/// One thread of its own takes what waits, so a lone caller waits for nobody and many callers fill a commit by themselves while
/// the commit before is on its way to disk. A write that fails, fails alone; a commit that fails, fails all its writes.
/// Safe for many callers.
/// </remarks>
public sealed class WriteQueue<TSession> : IAsyncDisposable
    where TSession : IWriteSession
{
    private static readonly TimeSpan Gathering = TimeSpan.FromMicroseconds(100);
    private static readonly TimeSpan IdleAfter = TimeSpan.FromSeconds(1);
    private readonly TSession _session;
    private readonly WriteQueueOptions _options;
    private readonly TimeProvider _time;
    private readonly object _gate = new();
    private readonly Queue<QueuedWrite<TSession>> _waiting = new();
    private readonly List<QueuedWrite<TSession>> _applied = [];
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _joinedBefore;
    private bool _isFull;
    private int _appliedRows;
    private long _appliedBytes;
    private long _waitingBytes;
    private bool _isClosed;
    private long _commits;
    private long _writes;
    private long _rows;
    private long _refused;

    /// <summary>Starts the writing thread. The session belongs to it until the queue is disposed.</summary>
    public WriteQueue(TSession session, WriteQueueOptions options, TimeProvider time)
    {
        options.Check();
        (_session, _options, _time) = (session, options, time);
        new Thread(Run) { IsBackground = true, Name = "Hansa writer" }.Start();
    }

    /// <summary>Figures since start; overwritten entries are counted by the stores.</summary>
    public StorageMetrics Metrics
    {
        get
        {
            lock (_gate)
                return new(_waiting.Count, _options.MaxWrites, Read(ref _commits), Read(ref _writes), Read(ref _rows), OverwrittenEntries: 0, _refused);
        }
    }

    /// <summary>Queues a write. The task ends when its commit is on disk, or with the reason why there will be none.</summary>
    /// <param name="rows">Rows it touches, for the limit of a commit.</param>
    /// <param name="bytes">Roughly its content.</param>
    /// <param name="apply">The write itself, run on the writing thread inside a transaction.</param>
    /// <param name="cancellationToken">Gives up the wait; the write may still happen.</param>
    /// <exception cref="PlatformException">Unavailable: the queue is full or closed, nothing was taken.</exception>
    public Task<TResult> RunAsync<TResult>(int rows, long bytes, Func<TSession, TResult> apply, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var write = new QueuedWrite<TSession, TResult>(rows, bytes, apply);
        lock (_gate)
        {
            if (_isClosed)
                throw new PlatformException(ErrorCode.Unavailable, "The storage is closing; nothing was written.");
            if (_waiting.Count >= _options.MaxWrites || (_waiting.Count > 0 && _waitingBytes + bytes > _options.MaxBytes))
            {
                _refused++;
                throw new PlatformException(ErrorCode.Unavailable,
                    $"The write queue is full: {_waiting.Count} of {_options.MaxWrites} writes, {_waitingBytes >> 10} of {_options.MaxBytes >> 10} KiB wait. Nothing was written; try again later.");
            }

            _waiting.Enqueue(write);
            _waitingBytes += bytes;
            Monitor.Pulse(_gate);
        }

        return cancellationToken.CanBeCanceled ? write.Task.WaitAsync(cancellationToken) : write.Task;
    }

    /// <summary>Refuses new writes, commits those that wait, and ends the thread.</summary>
    public ValueTask DisposeAsync()
    {
        lock (_gate)
        {
            _isClosed = true;
            Monitor.Pulse(_gate);
        }

        return new(_ended.Task);
    }

    private void Run()
    {
        var isUntidy = true;
        while (WaitForWrites(ref isUntidy))
        {
            CommitWaiting();
            isUntidy = _session.Tidy(isIdle: false);
        }

        _ended.SetResult();
    }

    private bool WaitForWrites(ref bool isUntidy)
    {
        while (true)
        {
            lock (_gate)
            {
                if (_waiting.Count > 0)
                    return true;
                if (_isClosed)
                    return false;
                if (!isUntidy)
                    Monitor.Wait(_gate);
                else if (Monitor.Wait(_gate, IdleAfter))
                    continue;
                if (!isUntidy || _waiting.Count > 0)
                    continue;
            }

            isUntidy = _session.Tidy(isIdle: true);
        }
    }

    private void CommitWaiting()
    {
        var began = _time.GetTimestamp();
        do
        {
            while (TryTake() is { } write && TryApply(write))
            {
                if (_time.GetElapsedTime(began) >= _options.MaxCommitTime)
                    break;
            }
        }
        while (AreMoreComing(began));
        if (_applied.Count > 0)
            Commit();
    }

    // Callers of the commit before come back one by one with their next write. Without a moment for them the first
    // would have a commit alone and all others wait behind it, so that every second commit would be of one write.
    private bool AreMoreComing(long began)
    {
        if (_isFull || _applied.Count == 0 || _applied.Count >= _joinedBefore || _time.GetElapsedTime(began) >= Gathering)
            return false;
        Thread.Yield();
        return true;
    }

    // The next write that this commit has room for. The first always fits.
    private QueuedWrite<TSession>? TryTake()
    {
        lock (_gate)
        {
            if (!_waiting.TryPeek(out var write))
                return null;
            _isFull = _applied.Count > 0
                && (_appliedRows + write.Rows > _options.MaxCommitRows || _appliedBytes + write.Bytes > _options.MaxCommitBytes);
            if (_isFull)
                return null;
            _waitingBytes -= write.Bytes;
            return _waiting.Dequeue();
        }
    }

    // False where the transaction is gone and another has to begin.
    private bool TryApply(QueuedWrite<TSession> write)
    {
        // The first write needs no savepoint: nothing is there to be kept if it fails.
        var isFirst = _applied.Count == 0;
        try
        {
            if (isFirst)
                _session.Begin();
            else
                _session.Savepoint();
            write.Apply(_session);
            if (!isFirst)
                _session.ReleaseSavepoint();
            _applied.Add(write);
            _appliedRows += write.Rows;
            _appliedBytes += write.Bytes;
            return true;
        }
        catch (Exception e)
        {
            return TryUndo(isFirst, e, write);
        }
    }

    private bool TryUndo(bool isFirst, Exception reason, QueuedWrite<TSession> write)
    {
        try
        {
            if (!isFirst && _session.InTransaction)
            {
                _session.RollbackToSavepoint();
                write.Fail(reason);
                return true;
            }
        }
        catch (Exception e)
        {
            // The whole commit goes, for this reason.
            reason = e;
        }

        write.Fail(reason);
        Abandon(reason);
        return false;
    }

    private void Commit()
    {
        try
        {
            _session.Commit();
        }
        catch (Exception e)
        {
            Abandon(e);
            return;
        }

        _joinedBefore = _applied.Count;
        Interlocked.Increment(ref _commits);
        Interlocked.Add(ref _writes, _applied.Count);
        Interlocked.Add(ref _rows, _appliedRows);
        foreach (var write in _applied)
            write.Complete();
        Forget();
    }

    private void Abandon(Exception reason)
    {
        _session.Rollback();
        foreach (var write in _applied)
            write.Fail(reason);
        Forget();
    }

    private void Forget()
    {
        _applied.Clear();
        (_appliedRows, _appliedBytes, _isFull) = (0, 0, false);
    }

    private static long Read(ref long figure) => Interlocked.Read(ref figure);
}
