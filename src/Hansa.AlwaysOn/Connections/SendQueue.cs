using System.Threading.Channels;

namespace Hansa.AlwaysOn.Connections;

/// <summary>What waits to be written, bounded in messages and bytes: when the peer reads slowly, senders wait.</summary>
/// <remarks>
/// A sender takes a place first, then encodes, then adds. The writer takes one chunk's worth at a time: the most urgent class, but
/// none with work waits for more than ten turns; within a class the messages take turns, save that those of one lane keep their order.
/// </remarks>
internal sealed class SendQueue(int maxMessages, long maxBytes)
{
    private const int MaxTurnsWaited = 10;
    private readonly Lock _lock = new();
    private readonly Queue<OutgoingMessage>[] _classes = [new(), new(), new(), new(), new()];
    private readonly int[] _waited = new int[5];
    private readonly Queue<TaskCompletionSource> _places = new();

    // Of each lane one message is in a class; the rest wait here for their turn.
    private readonly Dictionary<string, Queue<OutgoingMessage>> _lanes = new(StringComparer.Ordinal);
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _taken;
    private long _bytes;
    private bool _isClosed;

    /// <summary>Messages queued or about to be.</summary>
    public int Count => Volatile.Read(ref _taken);

    /// <summary>Bytes queued.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Whether a chunk waits to be written.</summary>
    public bool HasWork
    {
        get
        {
            lock (_lock)
                return Array.Exists(_classes, queue => queue.Count > 0);
        }
    }

    /// <summary>Takes a place if there is one.</summary>
    public bool TryTakePlace()
    {
        lock (_lock)
        {
            if (_isClosed || !HasRoom || _places.Count > 0)
                return false;
            _taken++;
            return true;
        }
    }

    /// <summary>Waits for a place; first come, first served. False once the queue is closed.</summary>
    public async ValueTask<bool> TakePlaceAsync(CancellationToken cancellationToken)
    {
        TaskCompletionSource place;
        lock (_lock)
        {
            if (_isClosed)
                return false;
            if (HasRoom && _places.Count == 0)
            {
                _taken++;
                return true;
            }

            place = new(TaskCreationOptions.RunContinuationsAsynchronously);
            _places.Enqueue(place);
        }

        await using (cancellationToken.Register(() => place.TrySetCanceled(cancellationToken)))
            await place.Task;
        return !_isClosed;
    }

    /// <summary>Adds a message under a place that was taken. On a closed queue it is thrown away, and false.</summary>
    public bool Add(OutgoingMessage message)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _bytes += message.Length;
                if (message.Lane is { } lane && !_lanes.TryAdd(lane, new()))
                    _lanes[lane].Enqueue(message);
                else
                    _classes[(int)message.Traffic].Enqueue(message);
                _wake.Writer.TryWrite(true);
                return true;
            }
        }

        message.Dispose();
        return false;
    }

    /// <summary>Gives back a place that nothing was added under.</summary>
    public void LeavePlace()
    {
        lock (_lock)
            FreePlace();
    }

    /// <summary>Makes the writer look.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Waits until there is something to look at.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _wake.Reader.ReadAsync(cancellationToken);

    /// <summary>The message whose next chunk is due, taken off the queue; null if there is none.</summary>
    public OutgoingMessage? Take()
    {
        lock (_lock)
        {
            while (NextClass() is var next and >= 0)
            {
                var message = _classes[next].Dequeue();
                if (!message.IsAbandoned)
                    return message;
                Free(message);
            }

            return null;
        }
    }

    /// <summary>Puts a message back that has more chunks.</summary>
    public void PutBack(OutgoingMessage message)
    {
        lock (_lock)
        {
            if (_isClosed)
                Free(message);
            else
                _classes[(int)message.Traffic].Enqueue(message);
        }
    }

    /// <summary>Ends a message that is written.</summary>
    public void Finish(OutgoingMessage message)
    {
        lock (_lock)
            Free(message);
    }

    /// <summary>Throws everything away; whoever waits for a place gets none.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            var held = _lanes.Values.ToList();
            _lanes.Clear();
            foreach (var queue in held.Concat(_classes))
            {
                while (queue.TryDequeue(out var message))
                    Free(message);
            }

            while (_places.TryDequeue(out var place))
                place.TrySetResult();
        }

        Wake();
    }

    private bool HasRoom => _taken < maxMessages && _bytes < maxBytes;

    private int NextClass()
    {
        var chosen = -1;
        for (var i = 0; i < _classes.Length; i++)
        {
            if (_classes[i].Count == 0)
            {
                _waited[i] = 0;
                continue;
            }

            if (chosen < 0 || (_waited[i] >= MaxTurnsWaited && _waited[i] > _waited[chosen]))
                chosen = i;
            _waited[i]++;
        }

        if (chosen >= 0)
            _waited[chosen] = 0;
        return chosen;
    }

    private void Free(OutgoingMessage message)
    {
        if (message.Lane is { } lane && _lanes.TryGetValue(lane, out var waiting))
        {
            if (waiting.TryDequeue(out var next))
                _classes[(int)next.Traffic].Enqueue(next);
            else
                _lanes.Remove(lane);
        }

        _bytes -= message.Length;
        message.Dispose();
        FreePlace();
    }

    private void FreePlace()
    {
        _taken--;
        while (HasRoom && _places.TryDequeue(out var place))
        {
            if (place.TrySetResult())
                _taken++;
        }
    }
}
