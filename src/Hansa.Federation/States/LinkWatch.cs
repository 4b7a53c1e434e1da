using System.Globalization;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.Federation;

/// <summary>
/// Finds out how one link stands in one direction: by proofs, which are commits on the other server's disk whose number came from here
/// (design federation 9). A socket that is open proves nothing.
/// </summary>
internal sealed class LinkWatch(string name, LinkRole role, TimeProvider time)
{
    private const int KeptTimes = 64;
    private const int KeptChanges = 200;
    private static readonly TimeSpan ProbeEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan StaleAfter = TimeSpan.FromSeconds(3);
    private static readonly TimeSpan DelayedAfter = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly Queue<TimeSpan> _times = new();
    private readonly Queue<LinkChange> _changes = new();
    private LinkChange _now = new(time.GetUtcNow().ToUnixTimeMilliseconds(), LinkState.Down, "not connected yet");

    // Time stamps of the monotonic clock; null for never.
    private long? _proved;
    private long? _probed;
    private long? _connected;
    private long _lastProof;
    private int _turn;
    private string _lastFailure = "";

    /// <summary>The other server.</summary>
    public string Name { get; set; } = name;

    /// <summary>What it is to this one.</summary>
    public LinkRole Role => role;

    /// <summary>Its id, once it has said it.</summary>
    public string ServerId { get; set; } = "";

    /// <summary>How the link stands, why, and since when.</summary>
    public LinkChange Now
    {
        get
        {
            lock (_lock)
                return _now;
        }
    }

    /// <summary>How the other end sees the same link; "" while it has not said it.</summary>
    public string OtherView { get; private set; } = "";

    /// <summary>The last changes, oldest first.</summary>
    public IReadOnlyList<LinkChange> Changes
    {
        get
        {
            lock (_lock)
                return [.. _changes];
        }
    }

    /// <summary>When the newest proof was asked for, over whatever pipe, milliseconds since 1970; 0 for never.</summary>
    public long LastProof
    {
        get
        {
            lock (_lock)
                return _lastProof;
        }
    }

    /// <summary>The version of the other server when it was last here; "" while it has not said it.</summary>
    public string Version { get; set; } = "";

    /// <summary>Whether the newest proof was asked for less than 3 s ago.</summary>
    public bool IsProved
    {
        get
        {
            lock (_lock)
                return Age(_proved) < StaleAfter;
        }
    }

    /// <summary>Round trips of proofs: the median and the longest of the last minute or so; null while there is none.</summary>
    public (TimeSpan Median, TimeSpan Longest)? RoundTrip
    {
        get
        {
            lock (_lock)
            {
                if (_times.Count == 0)
                    return null;
                var sorted = _times.Order().ToList();
                return (sorted[sorted.Count / 2], sorted[^1]);
            }
        }
    }

    /// <summary>Why what was taken then and still waits is late; null while it is not.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="oldest">When it was taken, milliseconds since 1970.</param>
    public static string? WhyDelayed(TimeProvider time, long oldest)
    {
        var waits = time.GetUtcNow() - DateTimeOffset.FromUnixTimeMilliseconds(oldest);
        return waits > DelayedAfter ? string.Create(CultureInfo.InvariantCulture, $"the oldest of what waits is {waits.TotalSeconds:0} s old") : null;
    }

    /// <summary>The highest number of this server that is known to be stored there.</summary>
    public long Acknowledged { get; set; }

    /// <summary>What the other server has lost of what it had stored: it was brought back to an earlier state. "" where nothing is known of that.</summary>
    public string Loss { get; private set; } = "";

    /// <summary>Something that was sent then, under that number, is known to be stored there.</summary>
    public void Prove(long sentAt, long number)
    {
        lock (_lock)
        {
            Acknowledged = Math.Max(Acknowledged, number);
            if (_proved >= sentAt)
                return;
            (_proved, _lastFailure) = (sentAt, "");
            _lastProof = (time.GetUtcNow() - time.GetElapsedTime(sentAt)).ToUnixTimeMilliseconds();
        }
    }

    /// <summary>Looks at the link now: asks for a proof where the last one is a second old, and says whether the state has changed.</summary>
    /// <param name="sight">What there is to see.</param>
    /// <param name="number">Gives a number for a proof.</param>
    public LinkChange? Look(LinkSight sight, Func<long> number)
    {
        AlwaysOnConnection? toAsk = null;
        LinkChange? change = null;
        lock (_lock)
        {
            if (sight.Connections.Count == 0)
                (_connected, _proved, _probed, _lastFailure) = (null, null, null, "");
            else
                _connected ??= time.GetTimestamp();
            if (sight.Connections.Count > 0 && IsDue(_proved) && IsDue(_probed))
            {
                toAsk = sight.Connections[_turn++ % sight.Connections.Count];
                _probed = time.GetTimestamp();
            }

            var (state, reason) = Judge(sight);
            if (state != _now.State || reason != _now.Reason)
            {
                // The number in a delay's reason counts up: the state is the same since it began.
                var isNew = state != _now.State;
                _now = new(isNew ? time.GetUtcNow().ToUnixTimeMilliseconds() : _now.Time, state, reason);
                if (isNew)
                {
                    _changes.Enqueue(_now);
                    if (_changes.Count > KeptChanges)
                        _changes.Dequeue();
                    change = _now;
                }
            }
        }

        if (toAsk is not null)
            _ = ProbeAsync(toAsk, number());
        return change;
    }

    private (LinkState State, string Reason) Judge(LinkSight sight)
    {
        if (sight.Connections.Count == 0)
            return (sight.IsRefused ? LinkState.Refused : LinkState.Down, sight.WhyDown);
        if (sight.Refusal.Length > 0)
            return (LinkState.Refused, sight.Refusal);
        // Just connected: the first proof is on its way.
        if (_proved is null)
        {
            return Age(_connected) < StaleAfter ? (LinkState.Down, "connected, not proved yet") : (LinkState.Stale, WhyStale());
        }

        if (Age(_proved) >= StaleAfter)
            return (LinkState.Stale, WhyStale());
        return sight.Oldest != 0 && WhyDelayed(time, sight.Oldest) is { } reason ? (LinkState.Delayed, reason) : (LinkState.Live, "");
    }

    private bool IsDue(long? at) => at is not { } then || time.GetElapsedTime(then) >= ProbeEvery;

    private string WhyStale() => _lastFailure.Length > 0 ? _lastFailure : "the other server answers nothing that is stored";

    private TimeSpan? Age(long? at) => at is { } then ? time.GetElapsedTime(then) : null;

    private async Task ProbeAsync(AlwaysOnConnection connection, long number)
    {
        var sent = time.GetTimestamp();
        try
        {
            var (now, acknowledged) = (Now, Acknowledged);
            var answer = await connection.SendAsync(LinkMessages.Probe(number, now), StaleAfter, TrafficClass.Probe, CancellationToken.None);
            if (!answer.IsSuccess)
            {
                Fail(sent, answer.FailureText ?? answer.Status.ToString());
                return;
            }

            OtherView = LinkMessages.ViewOf(answer.Content);
            Compare(acknowledged, LinkMessages.HighestOf(answer.Content));
            Prove(sent, number);
            lock (_lock)
            {
                _times.Enqueue(time.GetElapsedTime(sent));
                if (_times.Count > KeptTimes)
                    _times.Dequeue();
            }
        }
        catch (ConnectionLostException)
        {
            // The pipe has gone, not the link: another one is asked at once.
            lock (_lock)
                _probed = null;
        }
        catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException or WireFormatException or PlatformException)
        {
            Fail(sent, e is TimeoutException ? "no answer that is stored has come for 3 s" : e.Message);
        }
    }

    // What was acknowledged is stored, and stays: a server that knows of less has lost it (design federation 9, I5).
    private void Compare(long acknowledged, long highest)
    {
        if (highest >= acknowledged)
            return;
        lock (_lock)
        {
            Acknowledged = highest;
            Loss = string.Create(CultureInfo.InvariantCulture,
                $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z: it had stored what was numbered up to {acknowledged}, and knows of nothing after {highest}; it seems to have been brought back to an earlier state. What it had acknowledged between is gone there.");
        }
    }

    // What failed on the pipes of before says nothing of those of now.
    private void Fail(long sent, string reason)
    {
        lock (_lock)
        {
            if (sent >= _connected)
                _lastFailure = reason;
        }
    }
}
