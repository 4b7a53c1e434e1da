using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Hansa.Runtime.Tests.Support;
using Hansa.Web.Tests.Support;
using Shouldly;

namespace Hansa.Web.Tests.Live;

/// <summary>A page that watches, with a real WebSocket.</summary>
internal sealed class LiveClient : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly ClientWebSocket _socket = new();
    private readonly byte[] _buffer = new byte[1 << 20];

    public string Session { get; private set; } = "";

    public long Last { get; private set; }

    public static async Task<LiveClient> OpenAsync(ServedPlatform server, string user = TestPlatform.Administrator, string password = TestPlatform.Password, string? origin = null)
    {
        var client = new LiveClient();
        client._socket.Options.SetRequestHeader("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
        if (origin is not null)
            client._socket.Options.SetRequestHeader("Origin", origin);
        await client._socket.ConnectAsync(new UriBuilder(server.Address) { Scheme = "ws", Path = "/Thingworx/Live" }.Uri, CancellationToken.None);
        var hello = await client.ReceiveAsync(CancellationToken.None);
        client.Session = hello["hello"]!["session"]!.GetValue<string>();
        return client;
    }

    public Task SendAsync(JsonObject message) => _socket.SendAsync(Encoding.UTF8.GetBytes(message.ToJsonString()), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task SendAsync(string text) => _socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    public Task SubscribeAsync(int id, JsonObject topic) => SendAsync(new JsonObject { ["id"] = id, ["subscribe"] = topic });

    public Task ResumeAsync(string session, long after) => SendAsync(new JsonObject { ["resume"] = new JsonObject { ["session"] = session, ["after"] = after } });

    /// <summary>The next event, as it comes; an error fails the test.</summary>
    public async Task<JsonNode> EventAsync(int id)
    {
        var message = await NextAsync();
        message["error"].ShouldBeNull();
        message["id"]!.GetValue<int>().ShouldBe(id);
        return message["event"]!;
    }

    /// <summary>The next message but the beats.</summary>
    public async Task<JsonNode> NextAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        while (true)
        {
            var message = await ReceiveAsync(limit.Token);
            if (message["time"] is not null)
                continue;
            if (message["seq"] is { } number)
            {
                number.GetValue<long>().ShouldBe(Last + 1);
                Last++;
            }

            return message;
        }
    }

    /// <summary>Takes numbers up where another page left off.</summary>
    public void GoOnAfter(long last) => Last = last;

    public async Task<bool> IsClosedAsync()
    {
        using var limit = new CancellationTokenSource(Limit);
        try
        {
            while (true)
            {
                if ((await _socket.ReceiveAsync(_buffer, limit.Token)).MessageType == WebSocketMessageType.Close)
                    return true;
            }
        }
        catch (WebSocketException)
        {
            return true;
        }
    }

    /// <summary>Breaks the connection without a word.</summary>
    public void Break() => _socket.Abort();

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private async Task<JsonNode> ReceiveAsync(CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var received = await _socket.ReceiveAsync(_buffer.AsMemory(length), cancellationToken);
            received.MessageType.ShouldBe(WebSocketMessageType.Text);
            length += received.Count;
            if (received.EndOfMessage)
                return JsonNode.Parse(_buffer.AsSpan(0, length))!;
        }
    }
}
