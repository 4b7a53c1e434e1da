using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using Hansa.Model;

namespace Hansa.Runtime.Scripts;

/// <summary>The threads of scripts: made when wanted, at most so many, each with a large stack; calls beyond wait in a bounded queue.</summary>
/// <remarks>Scripts never run on the thread pool: one that loops for its 30 seconds would starve every connection.</remarks>
internal sealed class ScriptThreads(ScriptOptions options) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly ConcurrentQueue<Job> _jobs = new();

    // It spins for a moment before it lets a thread sleep: to wake one costs more than most scripts do.
    private readonly SemaphoreSlim _ready = new(0);
    private readonly Lock _gate = new();
    private int _threads;
    private int _idle;
    private int _numbered;
    private bool _isClosed;

    /// <summary>Runs the work on a script thread; on one already, there and then.</summary>
    public ValueTask<T> RunAsync<T>(Func<T> work, CancellationToken cancellationToken)
    {
        if (ScriptThread.Current is not null)
            return new(work());
        cancellationToken.ThrowIfCancellationRequested();
        var job = new Job<T>(work, cancellationToken);
        Enqueue(job);
        return new(job.Task);
    }

    /// <summary>Lets idle threads end; busy ones end with their call.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _isClosed = true;
            if (_threads > 0)
                _ready.Release(_threads);
        }
    }

    private void Enqueue(Job job)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            var waiting = _jobs.Count;
            var isThreadWanted = waiting >= _idle;
            if (isThreadWanted && _threads >= options.Threads && waiting >= options.QueueLength + _idle)
            {
                throw new PlatformException(
                    ErrorCode.Unavailable, $"All {options.Threads} script threads are busy and {options.QueueLength} calls wait; try again later.");
            }

            _jobs.Enqueue(job);
            if (isThreadWanted && _threads < options.Threads)
            {
                _threads++;
                var thread = new Thread(Work, options.StackBytes) { IsBackground = true, Name = $"script {++_numbered}" };
                thread.Start();
            }

            _ready.Release();
        }
    }

    private void Work()
    {
        ScriptThread.Enter(options.StackBytes);
        while (Next() is { } job)
            job.Run();
    }

    // A thread is counted as busy before it takes its call: whoever asks in between makes a thread too many rather than one too few.
    private Job? Next()
    {
        while (true)
        {
            Interlocked.Increment(ref _idle);
            var isCalled = _ready.Wait(Idle);
            Interlocked.Decrement(ref _idle);
            if (isCalled && _jobs.TryDequeue(out var job))
                return job;
            lock (_gate)
            {
                if (!_jobs.IsEmpty)
                    continue;
                _threads--;
                return null;
            }
        }
    }

    private abstract class Job
    {
        public abstract void Run();
    }

    private sealed class Job<T>(Func<T> work, CancellationToken cancellationToken) : Job
    {
        private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

        // What follows the caller from step to step, such as the chain of events, follows the script, too.
        private readonly ExecutionContext? _context = ExecutionContext.Capture();

        public Task<T> Task => _done.Task;

        public override void Run()
        {
            if (_context is null)
                RunHere();
            else
                ExecutionContext.Run(_context, static job => ((Job<T>)job!).RunHere(), this);
        }

        private void RunHere()
        {
            if (cancellationToken.IsCancellationRequested)
            {
                _done.SetCanceled(cancellationToken);
                return;
            }

            try
            {
                _done.SetResult(work());
            }
            catch (OperationCanceledException e)
            {
                _done.SetCanceled(e.CancellationToken);
            }
            catch (Exception e)
            {
                _done.SetException(ExceptionDispatchInfo.Capture(e).SourceException);
            }
        }
    }
}
