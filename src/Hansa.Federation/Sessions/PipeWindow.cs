namespace Hansa.Federation;

/// <summary>
/// How much may be under way on one pipe (design federation 7): 256 calls, a quarter of them kept for calls within calls, and
/// bytes that follow the measured answer time, so that a slow line is not filled for longer than about a second.
/// </summary>
internal sealed class PipeWindow(TimeProvider time)
{
    private const int MaxCalls = 256;
    private const int ReservedCalls = MaxCalls / 4;
    private const int MinBytes = 32 * 1024;
    private const int MaxBytes = 8 * 1024 * 1024;
    private static readonly TimeSpan Aim = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<Waiter> _outer = new();
    private readonly Queue<Waiter> _nested = new();
    private int _calls;
    private long _bytes;
    private long _limit = MinBytes;

    /// <summary>Calls under way.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Takes a place for a call of so many bytes; first come, first served.</summary>
    public async ValueTask<Place> EnterAsync(int bytes, bool isNested, CancellationToken cancellationToken)
    {
        Waiter waiter;
        lock (_lock)
        {
            var queue = isNested ? _nested : _outer;
            if (queue.Count == 0 && Fits(bytes, isNested))
                return Take(bytes);
            waiter = new(bytes);
            queue.Enqueue(waiter);
        }

        await using (cancellationToken.Register(() => waiter.Turn.TrySetCanceled(cancellationToken)))
            return await waiter.Turn.Task;
    }

    private bool Fits(int bytes, bool isNested) =>
        _calls < (isNested ? MaxCalls : MaxCalls - ReservedCalls) && (_calls == 0 || _bytes + bytes <= _limit);

    private Place Take(int bytes)
    {
        _calls++;
        _bytes += bytes;
        return new(this, bytes, time.GetTimestamp(), _bytes * 2 > _limit);
    }

    private void Leave(Place place)
    {
        lock (_lock)
        {
            _calls--;
            _bytes -= place.Bytes;
            var took = time.GetElapsedTime(place.Started);
            // A window that was hardly used says nothing about a wider one.
            if (took > Aim)
                _limit = Math.Max(MinBytes, _limit / 2);
            else if (took < Aim / 2 && place.WasTight)
                _limit = Math.Min(MaxBytes, _limit * 2);
            Admit(_nested, isNested: true);
            Admit(_outer, isNested: false);
        }
    }

    private void Admit(Queue<Waiter> queue, bool isNested)
    {
        while (queue.TryPeek(out var next) && (next.Turn.Task.IsCompleted || Fits(next.Bytes, isNested)))
        {
            queue.Dequeue();
            if (next.Turn.Task.IsCompleted)
                continue;
            var place = Take(next.Bytes);
            if (next.Turn.TrySetResult(place))
                continue;
            _calls--;
            _bytes -= next.Bytes;
        }
    }

    /// <summary>A place that is given back when the call has ended.</summary>
    internal readonly record struct Place(PipeWindow Window, int Bytes, long Started, bool WasTight) : IDisposable
    {
        public void Dispose() => Window.Leave(this);
    }

    private sealed class Waiter(int bytes)
    {
        public int Bytes { get; } = bytes;

        public TaskCompletionSource<Place> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
