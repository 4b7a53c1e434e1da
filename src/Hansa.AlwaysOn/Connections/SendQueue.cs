using System.Threading.Channels;

namespace Hansa.AlwaysOn.Connections;

/// <summary>What waits to be written, and whose chunk is next.</summary>
/// <remarks>
/// <para>
/// The most urgent class goes first, but none with work waits for more than ten turns. Within a class requests are begun in the order
/// they came, and so are answers; requests, answers and long messages under way take turns, so nothing long holds anything back.
/// </para>
/// <para>
/// No long message is begun while those under way hold <paramref name="maxBytes"/>, and no request while <paramref name="maxCalls"/> are
/// without an answer. The second keeps two ends from waiting for each other: neither gets more requests than it reads on with, so
/// both always read, and what is read makes room to write.
/// </para>
/// </remarks>
internal sealed class SendQueue(long maxBytes, int maxCalls)
{
    private const int MaxTurnsWaited = 10;
    private readonly Lock _lock = new();
    private readonly Lane[] _lanes = [new(), new(), new(), new(), new()];
    private readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private int _count;
    private int _calls;
    private long _bytes;
    private bool _isClosed;

    /// <summary>Messages that wait or are under way.</summary>
    public int Count => Volatile.Read(ref _count);

    /// <summary>Bytes of messages under way.</summary>
    public long Bytes => Volatile.Read(ref _bytes);

    /// <summary>Adds a message. On a closed queue it is thrown away.</summary>
    public void Add(OutgoingMessage message)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                _count++;
                var lane = _lanes[(int)message.Traffic];
                (message.IsCall ? lane.Calls : lane.Answers).Enqueue(message);
                Wake();
                return;
            }
        }

        message.Dispose();
    }

    /// <summary>A request has its answer, or is not waited for any more.</summary>
    public void EndCall(OutgoingMessage message)
    {
        lock (_lock)
        {
            if (message.HasBegun)
                _calls--;
        }

        Wake();
    }

    /// <summary>Makes the writer look.</summary>
    public void Wake() => _wake.Writer.TryWrite(true);

    /// <summary>Waits until there is something to look at.</summary>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _wake.Reader.ReadAsync(cancellationToken);

    /// <summary>The message whose next chunk is due, to be put back or finished; null if there is none.</summary>
    public OutgoingMessage? Take()
    {
        lock (_lock)
        {
            while (NextLane() is { } lane)
            {
                var message = TakeFrom(lane);
                if (message.IsAbandoned)
                {
                    Free(message);
                    continue;
                }

                if (message.IsCall && !message.HasBegun)
                    _calls++;
                message.HasBegun = true;
                message.OnlyShort = _bytes >= maxBytes;
                return message;
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
            {
                Free(message);
                return;
            }

            _lanes[(int)message.Traffic].Begun.Enqueue(message);
            _bytes += message.Length;
        }
    }

    /// <summary>Puts a message back that turned out to be too long for now.</summary>
    public void Defer(OutgoingMessage message)
    {
        lock (_lock)
        {
            if (message.IsCall)
                _calls--;
            message.HasBegun = false;
            if (_isClosed)
                Free(message);
            else
                _lanes[(int)message.Traffic].Long.Enqueue(message);
        }
    }

    /// <summary>Ends a message that was taken.</summary>
    public void Finish(OutgoingMessage message)
    {
        lock (_lock)
            Free(message);
    }

    /// <summary>Throws everything away.</summary>
    public void Close()
    {
        lock (_lock)
        {
            _isClosed = true;
            foreach (var queue in _lanes.SelectMany(lane => lane.Queues))
            {
                while (queue.TryDequeue(out var message))
                    Free(message);
            }
        }
    }

    private Lane? NextLane()
    {
        Lane? chosen = null;
        foreach (var lane in _lanes)
        {
            if (Next(lane) is null)
            {
                lane.Waited = 0;
                continue;
            }

            if (chosen is null || (lane.Waited >= MaxTurnsWaited && lane.Waited > chosen.Waited))
                chosen = lane;
            lane.Waited++;
        }

        if (chosen is not null)
            chosen.Waited = 0;
        return chosen;
    }

    private OutgoingMessage TakeFrom(Lane lane)
    {
        var queue = Next(lane)!;
        lane.Turn = Array.IndexOf(lane.Queues, queue) + 1;
        var message = queue.Dequeue();
        _bytes -= message.Length;
        return message;
    }

    /// <summary>The queue of a lane whose turn it is, of those that may go; null if none may.</summary>
    private Queue<OutgoingMessage>? Next(Lane lane)
    {
        for (var i = 0; i < lane.Queues.Length; i++)
        {
            var queue = lane.Queues[(lane.Turn + i) % lane.Queues.Length];
            if (queue.Count > 0 && (queue == lane.Begun || MayBegin(queue.Peek(), isLong: queue == lane.Long)))
                return queue;
        }

        return null;
    }

    private bool MayBegin(OutgoingMessage message, bool isLong) => message.IsAbandoned
        || ((!message.IsCall || _calls < maxCalls) && (!isLong || _bytes < maxBytes));

    private void Free(OutgoingMessage message)
    {
        _count--;
        message.Dispose();
    }

    private sealed class Lane
    {
        public Lane() => Queues = [Answers, Calls, Long, Begun];

        public Queue<OutgoingMessage> Answers { get; } = new();

        public Queue<OutgoingMessage> Calls { get; } = new();

        /// <summary>Not begun, and known to be long.</summary>
        public Queue<OutgoingMessage> Long { get; } = new();

        public Queue<OutgoingMessage> Begun { get; } = new();

        public Queue<OutgoingMessage>[] Queues { get; }

        public int Turn { get; set; }

        public int Waited { get; set; }
    }
}
