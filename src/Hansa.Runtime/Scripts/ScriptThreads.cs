using System.Runtime.ExceptionServices;
using Hansa.Model;

namespace Hansa.Runtime.Scripts;

/// <summary>The threads of scripts: made when wanted, at most so many, each with a large stack; calls beyond wait in a bounded queue.</summary>
/// <remarks>Scripts never run on the thread pool: one that loops for its 30 seconds would starve every connection.</remarks>
internal sealed class ScriptThreads(ScriptOptions options) : IDisposable
{
    private static readonly TimeSpan Idle = TimeSpan.FromMinutes(1);

    private readonly Queue<Job> _jobs = new();
    private readonly object _gate = new();
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
            Monitor.PulseAll(_gate);
        }
    }

    private void Enqueue(Job job)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_isClosed, this);
            if (_jobs.Count < _idle)
            {
                _jobs.Enqueue(job);
                Monitor.Pulse(_gate);
                return;
            }

            if (_threads >= options.Threads)
            {
                if (_jobs.Count >= options.QueueLength + _idle)
                {
                    throw new PlatformException(
                        ErrorCode.Unavailable, $"All {options.Threads} script threads are busy and {options.QueueLength} calls wait; try again later.");
                }

                _jobs.Enqueue(job);
                return;
            }

            _jobs.Enqueue(job);
            _threads++;
            var thread = new Thread(Work, options.StackBytes) { IsBackground = true, Name = $"script {++_numbered}" };
            thread.Start();
        }
    }

    private void Work()
    {
        ScriptThread.Enter(options.StackBytes);
        while (Next() is { } job)
            job.Run();
    }

    private Job? Next()
    {
        lock (_gate)
        {
            while (true)
            {
                if (_jobs.TryDequeue(out var job))
                    return job;
                _idle++;
                var isCalled = !_isClosed && Monitor.Wait(_gate, Idle);
                _idle--;
                if (!isCalled && _jobs.Count == 0)
                {
                    _threads--;
                    return null;
                }
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
