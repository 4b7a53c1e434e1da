using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using System.Threading.Channels;
using Hansa.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Hosting;

namespace Hansa.Web;

/// <summary><c>/Thingworx/Live</c>: one WebSocket for a page, on which it watches many topics.</summary>
/// <remarks>
/// The server begins with <c>{"hello":{"session","time"}}</c> and speaks every 5 s at least. The page sends <c>{"id","subscribe":{"topic",…}}</c>,
/// <c>{"id","unsubscribe":true}</c> and, first after a break, <c>{"resume":{"session","after"}}</c>; it gets <c>{"seq","id","event"}</c>,
/// <c>{"seq","id","error"}</c> and, where what it missed is gone, <c>{"reset":true}</c>.
/// </remarks>
// The ban is for AlwaysOn; what a browser speaks is the framework's.
#pragma warning disable RS0030
internal sealed class LiveEndpoint : IAsyncDisposable
{
    private const int MostBytes = 64 << 10;
    private const int WaitingMessages = 256;
    private static readonly TimeSpan Beat = TimeSpan.FromSeconds(4);

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, LivePage> _pages = new(StringComparer.Ordinal);
    private readonly RequestIdentity _identity;
    private readonly LiveTopics _topics;
    private readonly LiveOptions _options;
    private readonly TimeProvider _time;
    private readonly IHostApplicationLifetime _lifetime;
    private readonly ITimer _looking;

    public LiveEndpoint(RequestIdentity identity, LiveTopics topics, LiveOptions options, TimeProvider time, IHostApplicationLifetime lifetime)
    {
        (_identity, _topics, _options, _time, _lifetime) = (identity, topics, options, time, lifetime);
        _looking = time.CreateTimer(_ => Forget(), null, Look, Look);
    }

    public async ValueTask DisposeAsync()
    {
        await _looking.DisposeAsync();
        foreach (var page in _pages.Values)
            await page.DisposeAsync();
    }

    public async Task ServeAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest)
            throw new PlatformException(ErrorCode.BadRequest, "This address is for WebSockets.");
        var user = _identity.UserOf(http);
        DemandSameOrigin(http.Request);
        if (_pages.Count >= _options.MostPages)
            throw new PlatformException(ErrorCode.Unavailable, $"At most {_options.MostPages} pages are kept up to date.");
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, _lifetime.ApplicationStopping, _identity.SessionOf(http)?.Ended ?? CancellationToken.None);
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await TalkAsync(socket, new(user, _topics, _options, _time), ending.Token);
    }

    private async Task TalkAsync(WebSocket socket, LivePage page, CancellationToken cancellationToken)
    {
        var queue = Channel.CreateBounded<byte[]>(WaitingMessages);
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _pages[page.Id] = page;
        page.Start();
        page.Join(queue.Writer, after: 0);
        queue.Writer.TryWrite(LiveMessage.Write(writer =>
        {
            writer.WriteStartObject("hello");
            writer.WriteString("session", page.Id);
            writer.WriteNumber("time", Now);
            writer.WriteEndObject();
        }));
        await using var beat = _time.CreateTimer(
            _ => queue.Writer.TryWrite(LiveMessage.Write(writer => writer.WriteNumber("time", Now))), null, Beat, Beat);
        var sending = SendAsync(socket, queue.Reader, done);
        try
        {
            var buffer = new byte[MostBytes];
            while (await ReceiveAsync(socket, buffer, done.Token) is { } message)
                page = await HandleAsync(page, queue.Writer, message);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // The other end is gone, or this one stops.
        }
        finally
        {
            page.Leave(queue.Writer);
            queue.Writer.TryComplete();
            await done.CancelAsync();
            await sending;
        }
    }

    private async Task<LivePage> HandleAsync(LivePage page, ChannelWriter<byte[]> socket, JsonElement message)
    {
        if (message.TryGetProperty("resume", out var resume))
            return await ResumeAsync(page, socket, resume);
        if (!message.TryGetProperty("id", out var given) || !given.TryGetInt32(out var id))
            return page;
        if (message.TryGetProperty("subscribe", out var topic))
            page.Subscribe(id, topic);
        else
            page.Unsubscribe(id);
        return page;
    }

    private async Task<LivePage> ResumeAsync(LivePage page, ChannelWriter<byte[]> socket, JsonElement resume)
    {
        var id = resume.TryGetProperty("session", out var session) ? session.GetString() : null;
        var after = resume.TryGetProperty("after", out var number) && number.TryGetInt64(out var got) ? got : 0;
        if (id is not null && id != page.Id && _pages.TryGetValue(id, out var earlier) && earlier.UserName == page.UserName && earlier.Join(socket, after))
        {
            _pages.TryRemove(page.Id, out _);
            await page.DisposeAsync();
            return earlier;
        }

        socket.TryWrite(LiveMessage.Write(writer => writer.WriteBoolean("reset", true)));
        return page;
    }

    private static async Task SendAsync(WebSocket socket, ChannelReader<byte[]> messages, CancellationTokenSource done)
    {
        try
        {
            await foreach (var message in messages.ReadAllAsync(done.Token))
                await socket.SendAsync(message, WebSocketMessageType.Text, endOfMessage: true, done.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or WebSocketException)
        {
            // What was not sent is kept for the page that comes back.
        }

        await done.CancelAsync();
    }

    private static async Task<JsonElement?> ReceiveAsync(WebSocket socket, byte[] buffer, CancellationToken cancellationToken)
    {
        var length = 0;
        while (true)
        {
            var received = await socket.ReceiveAsync(buffer.AsMemory(length), cancellationToken);
            if (received.MessageType == WebSocketMessageType.Close)
                return null;
            length += received.Count;
            if (!received.EndOfMessage && length < buffer.Length)
                continue;
            try
            {
                using var message = JsonDocument.Parse(buffer.AsMemory(0, length), ValueJson.DocumentOptions);
                // What is no object is nothing that was agreed on, and neither is what is too long to be one.
                return received.EndOfMessage && message.RootElement.ValueKind == JsonValueKind.Object ? message.RootElement.Clone() : null;
            }
            catch (JsonException)
            {
                return null;
            }
        }
    }

    // Pages that did not come back in time.
    private void Forget()
    {
        foreach (var (id, page) in _pages)
        {
            if (page.Left is { } left && _time.GetUtcNow() - left > _options.KeptTime && _pages.TryRemove(id, out _))
                _ = page.DisposeAsync().AsTask();
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    // A browser sends the cookie with any site's WebSocket.
    private static void DemandSameOrigin(HttpRequest request)
    {
        var origin = request.Headers.Origin.ToString();
        if (origin.Length > 0 && (!Uri.TryCreate(origin, UriKind.Absolute, out var from) || from.Authority != request.Host.Value))
            throw new PlatformException(ErrorCode.Forbidden, $"Pages of {origin} may not watch this server.");
    }
}
