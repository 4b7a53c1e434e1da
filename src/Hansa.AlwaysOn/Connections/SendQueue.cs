using System.Threading.Channels;
using Hansa.Model;

namespace Hansa.AlwaysOn.Connections;

/// <summary>What waits to be written, and whose chunk is next.</summary>
/// <remarks>
/// <para>
/// The most urgent class goes first, but none with work waits for more than ten turns. Within a class requests are
/// begun in the order
/// they came, and so are answers; requests, answers and long messages under way take turns, so nothing long holds
/// anything back but
/// the rest of its lane.
/// </para>
/// <para>
/// No long message is begun while those under way hold <paramref name="maxBytes"/>, and no request while <paramref
/// name="maxCalls"/> are
/// without an answer. The second keeps two ends from waiting for each other: neither gets more requests than it reads
/// on with, so
/// both always read, and what is read makes room to write.
/// </para>
/// </remarks>
internal sealed class SendQueue(int maxMessages, long maxBytes, int maxCalls)
{
    private const int MaxTurnsWaited = 10;
    private readonly Lock _lock = new();
    private readonly TrafficQueues[] _classes = [new(), new(), new(), new(), new()];

    // Of each lane one message is among its class; the rest wait here for their turn.
    private readonly Dictionary<string, Queue<OutgoingMessage>> _lanes = new(StringComparer.Ordinal);
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
    /// <exception cref="PlatformException">Unavailable: too many wait already. Answers are always taken.</exception>
    public void Add(OutgoingMessage message)
    {
        lock (_lock)
        {
            if (!_isClosed)
            {
                if (message.IsCall && _count >= maxMessages)
                    throw new PlatformException(ErrorCode.Unavailable, $"{_count} messages wait to be sent already; nothing was taken.");
                _count++;
                if (message.Lane is not { } lane || _lanes.TryAdd(lane, new()))
                    Admit(message);
                else
                    _lanes[lane].Enqueue(message);
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
            while (NextClass() is { } traffic)
            {
                var message = TakeFrom(traffic);
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

            _classes[(int)message.Traffic].Begun.Enqueue(message);
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
                _classes[(int)message.Traffic].Long.Enqueue(message);
        }
    }

    /// <summary>The message is written to its end: the next of its lane may go.</summary>
    public void LeaveLane(OutgoingMessage message)
    {
        if (message.Lane is null)
            return;
        lock (_lock)
            FreeLane(message);
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
            var held = _lanes.Values.ToList();
            _lanes.Clear();
            foreach (var queue in _classes.SelectMany(traffic => traffic.Queues).Concat(held))
            {
                while (queue.TryDequeue(out var message))
                    Free(message);
            }
        }
    }

    private TrafficQueues? NextClass()
    {
        TrafficQueues? chosen = null;
        foreach (var traffic in _classes)
        {
            if (Next(traffic) is null)
            {
                traffic.Waited = 0;
                continue;
            }

            if (chosen is null || (traffic.Waited >= MaxTurnsWaited && traffic.Waited > chosen.Waited))
                chosen = traffic;
            traffic.Waited++;
        }

        if (chosen is not null)
            chosen.Waited = 0;
        return chosen;
    }

    private OutgoingMessage TakeFrom(TrafficQueues traffic)
    {
        var queue = Next(traffic)!;
        traffic.Turn = Array.IndexOf(traffic.Queues, queue) + 1;
        var message = queue.Dequeue();
        _bytes -= message.Length;
        return message;
    }

    /// <summary>The queue of a class whose turn it is, of those that may go; null if none may.</summary>
    private Queue<OutgoingMessage>? Next(TrafficQueues traffic)
    {
        for (var i = 0; i < traffic.Queues.Length; i++)
        {
            var queue = traffic.Queues[(traffic.Turn + i) % traffic.Queues.Length];
            if (queue.Count > 0 && (queue == traffic.Begun || MayBegin(queue.Peek(), isLong: queue == traffic.Long)))
                return queue;
        }

        return null;
    }

    private bool MayBegin(OutgoingMessage message, bool isLong) => message.IsAbandoned
        || ((!message.IsCall || _calls < maxCalls) && (!isLong || _bytes < maxBytes));

    private void Free(OutgoingMessage message)
    {
        FreeLane(message);
        _count--;
        message.Dispose();
    }

    private void FreeLane(OutgoingMessage message)
    {
        if (message.Lane is not { } lane || message.HasLeftLane)
            return;
        message.HasLeftLane = true;
        if (!_lanes.TryGetValue(lane, out var waiting))
            return;
        if (waiting.TryDequeue(out var next))
            Admit(next);
        else
            _lanes.Remove(lane);
    }

    private void Admit(OutgoingMessage message)
    {
        var traffic = _classes[(int)message.Traffic];
        (message.IsCall ? traffic.Calls : traffic.Answers).Enqueue(message);
    }

    private sealed class TrafficQueues
    {
        public TrafficQueues() => Queues = [Answers, Calls, Long, Begun];

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
