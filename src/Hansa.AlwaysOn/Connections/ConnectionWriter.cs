using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Connections;

/// <summary>
/// The one writer of a connection: control frames first, then chunks as <see cref="SendQueue"/> gives them.
/// </summary>
/// <remarks>Small messages that are there together leave in one write.</remarks>
internal sealed class ConnectionWriter(FrameSocket socket, SendQueue queue, MessageEncoder encoder, TimeProvider time) : IDisposable
{
    private const int FlushFrom = 32 << 10;
    private readonly Lock _lock = new();
    private readonly PooledBuffer _scratch = new();
    private readonly List<OutgoingMessage> _written = [];
    private byte[]? _pong;
    private byte[]? _ping;
    private CloseFrame? _close;
    private long _messagesSent;
    private long _lastSent = time.GetTimestamp();
    private long _flushing;

    /// <summary>Whether messages may be deflated.</summary>
    public bool Compress { get; set; }

    /// <summary>Messages written whole.</summary>
    public long MessagesSent => Volatile.Read(ref _messagesSent);

    /// <summary>When bytes last left.</summary>
    public long LastSent => Volatile.Read(ref _lastSent);

    /// <summary>Since when the stream has not taken what it was given; null if nothing waits.</summary>
    public long? StalledSince => Volatile.Read(ref _flushing) is var since and not 0 ? since : null;

    /// <summary>Answers a Ping; of several that wait, the last.</summary>
    public void SendPong(ReadOnlySpan<byte> payload)
    {
        lock (_lock)
            _pong = payload.ToArray();
        queue.Wake();
    }

    /// <summary>Sends a Ping; its payload is not empty, as empty frames are ignored by some.</summary>
    public void SendPing()
    {
        lock (_lock)
            _ping = "ping"u8.ToArray();
        queue.Wake();
    }

    /// <summary>Sends a Close, the first one asked for, and nothing after it.</summary>
    /// <param name="afterQueue">Whether what is queued goes first.</param>
    public void SendClose(CloseCode code, string reason, bool afterQueue)
    {
        lock (_lock)
            _close ??= new(code, reason, afterQueue);
        queue.Wake();
    }

    /// <summary>Writes until a Close is written or the token is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        try
        {
            var goesOn = true;
            while (goesOn)
            {
                await queue.WaitAsync(cancellationToken);
                do
                {
                    goesOn = WriteSome();
                    await FlushAsync(cancellationToken);
                }
                while (goesOn && queue.Count > 0);
            }
        }
        finally
        {
            FinishWritten();
        }
    }

    public void Dispose() => _scratch.Dispose();

    /// <summary>Writes about a buffer full; false once a Close was written.</summary>
    private bool WriteSome()
    {
        while (socket.Unflushed < FlushFrom)
        {
            if (WriteControls())
                return false;
            if (queue.Take() is not { } message)
                break;
            switch (WriteNext(message))
            {
                case Progress.Done:
                    Volatile.Write(ref _messagesSent, _messagesSent + 1);
                    queue.LeaveLane(message);
                    _written.Add(message);
                    break;
                case Progress.More:
                    queue.PutBack(message);
                    break;
                case Progress.TooLong:
                    queue.Defer(message);
                    break;
            }
        }

        _scratch.Release();
        return !WriteControls();
    }

    private Progress WriteNext(OutgoingMessage message)
    {
        try
        {
            return message.WriteNext(socket, encoder, _scratch, Compress);
        }
        catch
        {
            queue.Finish(message);
            throw;
        }
    }

    /// <summary>Writes control frames that are due; true if a Close was among them.</summary>
    private bool WriteControls()
    {
        byte[]? pong, ping;
        CloseFrame? close;
        lock (_lock)
        {
            (pong, ping, _pong, _ping) = (_pong, _ping, null, null);
            close = _close is { AfterQueue: true } && queue.Count > _written.Count ? null : _close;
        }

        if (pong is not null)
            socket.WriteControl(Opcode.Pong, pong);
        if (ping is not null)
            socket.WriteControl(Opcode.Ping, ping);
        if (close is null)
            return false;
        socket.WriteClose(close.Code, close.Reason);
        return true;
    }

    private async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (socket.Unflushed > 0)
        {
            Volatile.Write(ref _flushing, Math.Max(1, time.GetTimestamp()));
            await socket.FlushAsync(cancellationToken);
            Volatile.Write(ref _lastSent, time.GetTimestamp());
            Volatile.Write(ref _flushing, 0);
        }

        FinishWritten();
    }

    private void FinishWritten()
    {
        foreach (var message in _written)
            queue.Finish(message);
        _written.Clear();
    }

    private sealed record CloseFrame(CloseCode Code, string Reason, bool AfterQueue);
}
