using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Hansa.Testing;

/// <summary>A TCP line between two ends that can be cut, held, slowed and narrowed while it is in use.</summary>
public sealed class FaultProxy : IAsyncDisposable
{
    private const int LineBuffer = 8 << 10;

    private readonly Socket _listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly IPEndPoint _target;
    private readonly ConcurrentDictionary<Line, bool> _lines = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _accepting;
    private volatile TaskCompletionSource _goUp = Open();
    private volatile TaskCompletionSource _goDown = Open();

    /// <summary>Opens a line to a server.</summary>
    public FaultProxy(Uri server)
    {
        _target = new(IPAddress.Parse(server.Host), server.Port);
        _listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        _listener.Listen(512);
        _accepting = AcceptAsync();
    }

    /// <summary>The Server URI that goes through the line.</summary>
    public string ServerUri => $"ws://{_listener.LocalEndPoint}/Thingworx/WS";

    /// <summary>How long each byte takes, one way.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>Bytes a second, each way and for each connection; null for no limit.</summary>
    public int? Rate { get; set; }

    /// <summary>Whether new connections are ended at once.</summary>
    public bool Refuses { get; set; }

    /// <summary>Connections that are open now.</summary>
    public int Count => _lines.Count;

    /// <summary>Resets every connection.</summary>
    public void Cut()
    {
        foreach (var line in _lines.Keys)
            line.Reset();
    }

    /// <summary>Bytes go no further, and nobody is told: towards the server, away from it, or both. They are kept until <see cref="Release"/>.</summary>
    public void Hold(bool up = true, bool down = true)
    {
        if (up)
            _goUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
        if (down)
            _goDown = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    /// <summary>Bytes flow again, those that were held first.</summary>
    public void Release()
    {
        _goUp.TrySetResult();
        _goDown.TrySetResult();
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        _listener.Dispose();
        Release();
        Cut();
        await _accepting;
        _stopping.Dispose();
    }

    private static TaskCompletionSource Open()
    {
        var open = new TaskCompletionSource();
        open.SetResult();
        return open;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptAsync(_stopping.Token);
                if (Refuses)
                    client.Close(0);
                else
                    _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The line is taken down.
        }
    }

    private async Task ServeAsync(Socket client)
    {
        var server = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var line = new Line(client, server);
        _lines[line] = true;
        try
        {
            await server.ConnectAsync(_target, _stopping.Token);
            await Task.WhenAny(PumpAsync(client, server, () => _goUp.Task), PumpAsync(server, client, () => _goDown.Task));
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // The server is not there: its end shows as a reset.
        }
        finally
        {
            _lines.TryRemove(line, out _);
            line.Reset();
        }
    }

    private async Task PumpAsync(Socket from, Socket to, Func<Task> mayGo)
    {
        from.NoDelay = to.NoDelay = true;
        var buffer = new byte[LineBuffer];
        try
        {
            while (await from.ReceiveAsync(Rate is { } rate ? buffer.AsMemory(0, Math.Clamp(rate / 20, 1, LineBuffer)) : buffer) is > 0 and var count)
            {
                await mayGo();
                if (Delay > TimeSpan.Zero)
                    await Task.Delay(Delay);
                // What was received before a hold began is held, too.
                await mayGo();
                await to.SendAsync(buffer.AsMemory(0, count));
                if (Rate is { } perSecond)
                    await Task.Delay(TimeSpan.FromSeconds((double)count / perSecond));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // Whoever waits for this direction ends both.
        }
    }

    private sealed record Line(Socket Client, Socket Server)
    {
        public void Reset()
        {
            // No time to linger: the other end sees a reset, not an end.
            Client.Close(0);
            Server.Close(0);
        }
    }
}
