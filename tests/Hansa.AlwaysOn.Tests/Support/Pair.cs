using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Tests.Support;

/// <summary>A server end and a client end over memory, both running.</summary>
internal sealed class Pair : IAsyncDisposable
{
    public static readonly TimeSpan Soon = TimeSpan.FromSeconds(10);

    public Pair(
        ConnectionOptions? server = null, ConnectionOptions? client = null, TimeProvider? time = null, int capacity = 64 << 10, bool run = true)
    {
        (var one, var other) = DuplexStream.Pair(capacity);
        Server = new(one, server ?? new(), ServerHandler, time ?? TimeProvider.System);
        Client = new(other, client ?? ConnectionOptions.Client, ClientHandler, time ?? TimeProvider.System);
        if (run)
            (ServerRun, ClientRun) = (Server.RunAsync(default), Client.RunAsync(default));
    }

    public AlwaysOnConnection Server { get; }

    public AlwaysOnConnection Client { get; }

    public TestHandler ServerHandler { get; } = new();

    public TestHandler ClientHandler { get; } = new();

    public Task ServerRun { get; } = Task.CompletedTask;

    public Task ClientRun { get; } = Task.CompletedTask;

    public static async Task<Pair> AuthenticatedAsync(
        ConnectionOptions? server = null, ConnectionOptions? client = null, TimeProvider? time = null, int capacity = 64 << 10)
    {
        var pair = new Pair(server, client, time, capacity);
        (await pair.Client.AuthenticateAsync(AuthMessage.ApplicationKey("key"), Soon, default)).IsSuccess.ShouldBeTrue();
        return pair;
    }

    public static Task<Pair> DeflatedAsync(Deflate deflate) =>
        AuthenticatedAsync(new() { Deflate = deflate }, ConnectionOptions.Client with { Deflate = deflate });

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        await Server.DisposeAsync();
    }
}

/// <summary>A peer made of bare frames, for what our own end would never send.</summary>
internal sealed class RawPeer : IAsyncDisposable
{
    private readonly FrameSocket _socket;

    private RawPeer(FrameSocket socket, AlwaysOnConnection connection, TestHandler handler) =>
        (_socket, Connection, Handler) = (socket, connection, handler);

    public AlwaysOnConnection Connection { get; }

    public TestHandler Handler { get; }

    /// <summary>A server end with a bare client before it; authenticated unless told otherwise.</summary>
    public static async Task<RawPeer> StartAsync(ConnectionOptions? options = null, TimeProvider? time = null, bool authenticate = true)
    {
        var (one, other) = DuplexStream.Pair();
        var handler = new TestHandler();
        var connection = new AlwaysOnConnection(one, options ?? new(), handler, time ?? TimeProvider.System);
        _ = connection.RunAsync(default);
        var peer = new RawPeer(new(other, new() { IsClient = true, Deflate = connection.Options.Deflate, MaxFrameSize = 65535 }, TimeProvider.System), connection, handler);
        if (!authenticate)
            return peer;
        await peer.SendAsync("01140000000200000000ffffffff0001066170704b6579016b");
        (await peer.ReceiveAsync()).ShouldBe("01400000000200000000112233440000ff");
        return peer;
    }

    public Task SendAsync(string hex) => SendAsync(Convert.FromHexString(hex));

    public async Task SendAsync(byte[] message, bool compress = false)
    {
        _socket.Write(Opcode.Binary, message, compress);
        await _socket.FlushAsync(default);
    }

    public async Task SendControlAsync(Opcode opcode, byte[] payload)
    {
        _socket.WriteControl(opcode, payload);
        await _socket.FlushAsync(default);
    }

    public async Task<SocketMessage?> ReceiveSocketMessageAsync()
    {
        using var limit = new CancellationTokenSource(Pair.Soon);
        return await _socket.ReceiveAsync(limit.Token);
    }

    public async Task<string> ReceiveAsync()
    {
        var message = (await ReceiveSocketMessageAsync()).ShouldNotBeNull();
        return message.Opcode == Opcode.Binary
            ? Convert.ToHexStringLower(message.Payload.Span)
            : $"{message.Opcode} {(message.Opcode == Opcode.Close ? $"{(int)message.CloseCode}" : "")}".Trim();
    }

    /// <summary>Ends the connection without a Close.</summary>
    public ValueTask CutAsync() => _socket.DisposeAsync();

    public async ValueTask DisposeAsync()
    {
        await _socket.DisposeAsync();
        await Connection.DisposeAsync();
    }
}
