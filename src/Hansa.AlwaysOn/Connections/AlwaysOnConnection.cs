using System.Collections.Immutable;
using Hansa.AlwaysOn.Connections;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn;

/// <summary>One AlwaysOn connection, at either end: requests both ways over one upgraded stream (spec alwayson).</summary>
/// <remarks>
/// <para>One <see cref="RunAsync"/>, by whoever made it; everything else is safe for any number of callers at once.</para>
/// <para>
/// Back-pressure: a caller waits for his answer, and no more than <see cref="ConnectionOptions.MaxOutstanding"/>
/// requests are sent
/// without one. Nothing is read while <see cref="ConnectionOptions.MaxInFlight"/> requests of the peer are under way;
/// one is until
/// its answer is written. Requests of one class are begun in the order they were made; one
/// longer than a chunk may be overtaken by shorter ones, unless both are of one <see cref="RequestMessage.Lane"/>.
/// </para>
/// </remarks>
public sealed partial class AlwaysOnConnection : IAsyncDisposable
{
    private readonly ConnectionOptions _options;
    private readonly IConnectionHandler _handler;
    private readonly TimeProvider _time;
    private readonly FrameSocket _socket;
    private readonly SendQueue _queue;
    private readonly ConnectionWriter _writer;
    private readonly PendingCalls _calls;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource _aborted = new();
    private volatile PeerProfile _peer;
    private volatile bool _isAuthenticated;
    private volatile bool _isClosing;
    private uint _sessionId = MessageHeader.NoSession;
    private Exception? _reason;
    private int _started;
    private int _closing;

    /// <summary>Takes over a stream whose upgrade is done.</summary>
    public AlwaysOnConnection(Stream stream, ConnectionOptions options, IConnectionHandler handler, TimeProvider time)
    {
        (_options, _handler, _time, _peer) = (options, handler, time, options.Peer);
        _socket = new(stream, options.Socket, time);
        _queue = new(options.MaxQueuedMessages, options.MaxQueuedBytes, options.MaxOutstanding);
        _writer = new(_socket, _queue, new(options, () => _peer), time);
        _calls = new(options.FirstRequestId);
        _slots = new(options.MaxInFlight, options.MaxInFlight);
        _inbound = new(options, time);
    }

    /// <summary>What the ends have agreed on.</summary>
    public ConnectionOptions Options => _options;

    /// <summary>Which end this is.</summary>
    public ConnectionEnd End => _options.End;

    /// <summary>Whether AUTH has succeeded.</summary>
    public bool IsAuthenticated => _isAuthenticated;

    /// <summary>The session's id, all ones before AUTH.</summary>
    public uint SessionId => Volatile.Read(ref _sessionId);

    /// <summary>What the peer can read. Set it when the peer has said more; the next AUTH sets it back.</summary>
    public PeerProfile Peer
    {
        get => _peer;
        set => _peer = value;
    }

    /// <summary>Whatever the owner ties to the connection.</summary>
    public object? Tag { get; set; }

    /// <summary>Bytes from the peer.</summary>
    public long BytesReceived => _socket.BytesReceived;

    /// <summary>Bytes to the peer.</summary>
    public long BytesSent => _socket.BytesSent;

    /// <summary>Whole messages from the peer.</summary>
    public long MessagesReceived => Volatile.Read(ref _messagesReceived);

    /// <summary>Whole messages to the peer.</summary>
    public long MessagesSent => _writer.MessagesSent;

    /// <summary>How long ago the last byte came, by the monotonic clock.</summary>
    public TimeSpan Silence => _time.GetElapsedTime(_socket.LastReceived);

    /// <summary>Requests of this end without an answer.</summary>
    public int PendingRequests => _calls.Count;

    /// <summary>Requests of the peer under way, their answers not written yet.</summary>
    public int InFlight => _options.MaxInFlight - _slots.CurrentCount;

    /// <summary>Messages that wait to be written.</summary>
    public int QueuedMessages => _queue.Count;

    /// <summary>Bytes held of messages that are partly written.</summary>
    public long QueuedBytes => _queue.Bytes;

    /// <summary>
    /// Completes when the connection has ended and <see cref="IConnectionHandler.Closed"/> has been called.
    /// </summary>
    public Task Ended => _ended.Task;

    /// <summary>Works until the connection ends, whatever ends it; it does not throw. Once.</summary>
    /// <param name="cancellationToken">Closes in good order, with 1001.</param>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _started, 1) != 0)
            throw new InvalidOperationException("A connection runs once.");
        var writing = RunWriterAsync();
        var watchdog = new Watchdog(_options, _socket, _writer, _time, () => _isAuthenticated, GiveUp);
        var stop = cancellationToken.Register(() => _ = CloseAsync(CloseCode.GoingAway, "The server shuts down."));
        await ReadAllAsync();
        _isClosing = true;
        await LetWriterFinishAsync(writing);
        await watchdog.DisposeAsync();
        await stop.DisposeAsync();
        await AbortAsync();
        await writing;
        Clean();
    }

    /// <summary>Sends a request and waits for its answer, whatever its status.</summary>
    /// <inheritdoc cref="SendAsync(RequestMessage, TimeSpan, TrafficClass, CancellationToken)"/>
    public ValueTask<ResponseMessage> SendAsync(RequestMessage request, TimeSpan timeout, CancellationToken cancellationToken) =>
        SendAsync(request, timeout, TrafficClass.Call, cancellationToken);

    /// <summary>Sends a request and waits for its answer, whatever its status.</summary>
    /// <param name="request">What to ask.</param>
    /// <param name="timeout">From now to the answer, waiting in the queue included.</param>
    /// <param name="traffic">How urgent it is.</param>
    /// <param name="cancellationToken">Gives up the wait; the peer may act on the request all the same.</param>
    /// <exception cref="RequestTimeoutException">No answer in time.</exception>
    /// <exception cref="ConnectionLostException">The connection ended first, or is closing.</exception>
    /// <exception cref="WireFormatException">The answer cannot be read.</exception>
    /// <exception cref="PlatformException">
    /// TooLarge: the request is; Unavailable: too many wait already. Nothing was sent.
    /// </exception>
    public ValueTask<ResponseMessage> SendAsync(
        RequestMessage request, TimeSpan timeout, TrafficClass traffic, CancellationToken cancellationToken) =>
        CallAsync((byte)request.Method, request, traffic, timeout, cancellationToken);

    /// <summary>Client end: sends AUTH; on success the answer's session id becomes this connection's.</summary>
    /// <inheritdoc cref="SendAsync(RequestMessage, TimeSpan, TrafficClass, CancellationToken)"/>
    public ValueTask<ResponseMessage> AuthenticateAsync(AuthMessage message, TimeSpan timeout, CancellationToken cancellationToken)
    {
        _peer = _options.Peer;
        return CallAsync((byte)Method.Auth, message, TrafficClass.Call, timeout, cancellationToken);
    }

    /// <summary>
    /// Client end: binds names, in as few messages as they fit in; the first answer that is no success, or the last.
    /// </summary>
    /// <inheritdoc cref="SendAsync(RequestMessage, TimeSpan, TrafficClass, CancellationToken)"/>
    public ValueTask<ResponseMessage> BindAsync(
        ImmutableArray<string> names, Gateway? gateway, TimeSpan timeout, CancellationToken cancellationToken) =>
        BindAllAsync(new(names, gateway), timeout, cancellationToken);

    /// <summary>Client end: takes bindings back.</summary>
    /// <inheritdoc cref="SendAsync(RequestMessage, TimeSpan, TrafficClass, CancellationToken)"/>
    public ValueTask<ResponseMessage> UnbindAsync(
        ImmutableArray<string> names, Gateway? gateway, TimeSpan timeout, CancellationToken cancellationToken) =>
        BindAllAsync(new(names, gateway, IsUnbind: true), timeout, cancellationToken);

    /// <summary>
    /// Ends the connection in good order: takes no more requests, waits for what is under way up to the drain limit,
    /// sends a Close,
    /// and gives the peer the close limit to end. Completes when all is over; a second call waits for the first.
    /// </summary>
    public async Task CloseAsync(CloseCode code, string reason)
    {
        if (Volatile.Read(ref _started) == 0)
        {
            await DisposeAsync();
            return;
        }

        if (Interlocked.Exchange(ref _closing, 1) == 0)
        {
            _isClosing = true;
            await DrainAsync();
            await HangUpAsync(code, reason, afterQueue: true);
        }

        await _ended.Task;
    }

    /// <summary>Ends the connection at once, without a Close.</summary>
    public async ValueTask DisposeAsync()
    {
        _isClosing = true;
        await AbortAsync();
        if (Interlocked.Exchange(ref _started, 1) == 0)
            Clean();
        else
            await _ended.Task;
    }
}
