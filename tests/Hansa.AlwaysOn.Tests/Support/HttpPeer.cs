using System.Collections.Concurrent;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hansa.AlwaysOn.Dialing;

namespace Hansa.AlwaysOn.Tests.Support;

/// <summary>
/// A small HTTP server on a loopback socket: for each connection it reads the request's head and does what the test
/// says.
/// </summary>
internal sealed class HttpPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly X509Certificate2? _certificate;
    private readonly ConcurrentBag<TcpClient> _clients = [];
    private readonly Func<IReadOnlyDictionary<string, string>, Stream, Task> _serve;

    public HttpPeer(Func<IReadOnlyDictionary<string, string>, Stream, Task> serve, X509Certificate2? certificate = null)
    {
        (_serve, _certificate) = (serve, certificate);
        _listener.Start();
        _ = AcceptAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public Uri Address => new($"{(_certificate is null ? "ws" : "wss")}://localhost:{Port}{Upgrade.Path}");

    /// <summary>Upgrades by our own rules and runs a server end.</summary>
    public static HttpPeer Server(IConnectionHandler handler, ConnectionOptions? options = null, X509Certificate2? certificate = null) => new(
        async (headers, stream) =>
        {
            if (!Upgrade.TryAccept(headers.GetValueOrDefault, allowDeflate: true, out var agreement, out var refusal))
            {
                await AnswerAsync(stream, "400 Bad Request", refusal);
                return;
            }

            var head = new StringBuilder("HTTP/1.1 101 Switching Protocols\r\n");
            foreach (var (name, value) in agreement.ResponseHeaders)
                head.Append($"{name}: {value}\r\n");
            await stream.WriteAsync(Encoding.ASCII.GetBytes(head.Append("\r\n").ToString()));
            await new AlwaysOnConnection(stream, agreement.Apply(options ?? new()), handler, TimeProvider.System).RunAsync(default);
        },
        certificate);

    public static HttpPeer Answering(string status, string text) => new((_, stream) => AnswerAsync(stream, status, text));

    public static async Task AnswerAsync(Stream stream, string status, string text)
    {
        var answer = $"HTTP/1.1 {status}\r\nContent-Length: {text.Length}\r\nConnection: close\r\n\r\n{text}";
        await stream.WriteAsync(Encoding.ASCII.GetBytes(answer));
        await stream.DisposeAsync();
    }

    public ValueTask DisposeAsync()
    {
        _listener.Dispose();
        foreach (var client in _clients)
            client.Dispose();
        return default;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
                _ = ServeAsync(await _listener.AcceptTcpClientAsync());
        }
        catch (Exception e) when (e is ObjectDisposedException or SocketException)
        {
            // The test is over.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        try
        {
            client.NoDelay = true;
            _clients.Add(client);
            Stream stream = client.GetStream();
            if (_certificate is not null)
            {
                var tls = new SslStream(stream);
                await tls.AuthenticateAsServerAsync(_certificate);
                stream = tls;
            }

            await _serve(await ReadHeadAsync(stream), stream);
        }
        catch (Exception e) when (e is IOException or System.Security.Authentication.AuthenticationException)
        {
            // The client did not like what it saw.
            client.Dispose();
        }
    }

    private static async Task<IReadOnlyDictionary<string, string>> ReadHeadAsync(Stream stream)
    {
        var head = new StringBuilder();
        var one = new byte[1];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal) && await stream.ReadAsync(one) == 1)
            head.Append((char)one[0]);
        var lines = head.ToString().Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase) { [":request"] = lines[0] };
        foreach (var line in lines.Skip(1))
            headers[line.Split(':')[0]] = line[(line.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim();
        return headers;
    }
}
