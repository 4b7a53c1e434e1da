using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Connections;

/// <summary>
/// Sends pings and gives up a connection that is silent, stalled or never authenticated (spec alwayson 1.7, 9).
/// </summary>
/// <remarks>One timer, set to the next moment at which something may be due.</remarks>
internal sealed class Watchdog : IAsyncDisposable
{
    private static readonly TimeSpan LongestSleep = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestSleep = TimeSpan.FromMilliseconds(10);
    private readonly ConnectionOptions _options;
    private readonly FrameSocket _socket;
    private readonly ConnectionWriter _writer;
    private readonly TimeProvider _time;
    private readonly Func<bool> _isAuthenticated;
    private readonly Action<CloseCode, string> _giveUp;
    private readonly long _start;
    private readonly ITimer _timer;
    private long _lastPing;

    /// <summary>Begins to watch.</summary>
    /// <param name="giveUp">Called when the connection must end; may be called again.</param>
    public Watchdog(
        ConnectionOptions options, FrameSocket socket, ConnectionWriter writer, TimeProvider time, Func<bool> isAuthenticated,
        Action<CloseCode, string> giveUp)
    {
        (_options, _socket, _writer, _time, _isAuthenticated, _giveUp) = (options, socket, writer, time, isAuthenticated, giveUp);
        _start = _lastPing = time.GetTimestamp();
        _timer = time.CreateTimer(static state => ((Watchdog)state!).Look(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        Look();
    }

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    private void Look()
    {
        var left = LongestSleep;
        if (_options.End == ConnectionEnd.Server && !_isAuthenticated() && IsDue(_start, _options.AuthLimit, ref left))
            _giveUp(CloseCode.PolicyViolation, $"No AUTH came within {_options.AuthLimit.TotalSeconds:0.###} s.");
        else if (_socket.WaitingSince is { } quiet && IsDue(quiet, _options.SilenceLimit, ref left))
            _giveUp(CloseCode.GoingAway, $"Nothing came for {_options.SilenceLimit.TotalSeconds:0.###} s.");
        else if (_writer.StalledSince is { } stalled && IsDue(stalled, _options.WriteLimit, ref left))
            _giveUp(CloseCode.GoingAway, $"The peer took nothing for {_options.WriteLimit.TotalSeconds:0.###} s.");
        Ping(ref left);
        // Timers cut fractions of a millisecond off: rounded up, a look is made once and not also a moment too early.
        left = TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds));
        _timer.Change(left < ShortestSleep ? ShortestSleep : left, Timeout.InfiniteTimeSpan);
    }

    private void Ping(ref TimeSpan left)
    {
        if (_options.PingInterval is not { } interval)
            return;
        var quietSince = Math.Max(_lastPing, Math.Min(_socket.LastReceived, _writer.LastSent));
        if (!IsDue(quietSince, interval, ref left))
            return;
        _lastPing = _time.GetTimestamp();
        IsDue(_lastPing, interval, ref left);
        _writer.SendPing();
    }

    private bool IsDue(long since, TimeSpan limit, ref TimeSpan left)
    {
        var until = limit - _time.GetElapsedTime(since);
        if (until <= TimeSpan.Zero)
            return true;
        if (until < left)
            left = until;
        return false;
    }
}
