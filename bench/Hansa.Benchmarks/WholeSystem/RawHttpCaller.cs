using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>One keep-alive HTTP/1.1 connection that sends a ready-made request again and again: a client that costs next to nothing.</summary>
internal sealed class RawHttpCaller : IDisposable
{
    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
    private byte[] _buffer = new byte[64 * 1024];

    public RawHttpCaller(Uri server) => _socket.Connect(server.Host, server.Port);

    /// <summary>The bytes of a service call.</summary>
    public static byte[] Request(Uri server, string key, string path, string body)
    {
        var head = $"POST /Thingworx/{path} HTTP/1.1\r\nHost: {server.Authority}\r\nappKey: {key}\r\nAccept: application/json\r\n"
            + $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n";
        return Encoding.UTF8.GetBytes(head + body);
    }

    /// <summary>Sends a request and reads its answer to the end; the number of bytes of the answer.</summary>
    public async ValueTask<long> CallAsync(byte[] request, CancellationToken cancellationToken)
    {
        await _socket.SendAsync(request, cancellationToken);
        var have = 0;
        int headEnd;
        while ((headEnd = _buffer.AsSpan(0, have).IndexOf("\r\n\r\n"u8)) < 0)
            have += await FillAsync(have, cancellationToken);
        var head = Encoding.ASCII.GetString(_buffer, 0, headEnd);
        if (!head.StartsWith("HTTP/1.1 200", StringComparison.Ordinal))
            throw new InvalidOperationException($"The server answered: {Encoding.UTF8.GetString(_buffer, 0, have)}");
        return head.Contains("chunked", StringComparison.OrdinalIgnoreCase)
            ? await ReadChunksAsync(headEnd + 4, have, cancellationToken)
            : await ReadLengthAsync(head, headEnd + 4, have, cancellationToken);
    }

    public void Dispose() => _socket.Dispose();

    private async ValueTask<long> ReadLengthAsync(string head, int bodyStart, int have, CancellationToken cancellationToken)
    {
        var at = head.IndexOf("Content-Length:", StringComparison.OrdinalIgnoreCase) + "Content-Length:".Length;
        var length = int.Parse(head[at..].Split('\r')[0], CultureInfo.InvariantCulture);
        long rest = length - (have - bodyStart);
        while (rest > 0)
            rest -= await FillAsync(0, cancellationToken);
        return length;
    }

    // Only the end is looked for: the terminating chunk is the last thing on the connection until the next request.
    private async ValueTask<long> ReadChunksAsync(int bodyStart, int have, CancellationToken cancellationToken)
    {
        long total = have - bodyStart;
        while (!_buffer.AsSpan(0, have).EndsWith("0\r\n\r\n"u8))
        {
            var keep = Math.Min(have, 8);
            _buffer.AsSpan(have - keep, keep).CopyTo(_buffer);
            var read = await FillAsync(keep, cancellationToken);
            have = keep + read;
            total += read;
        }

        return total;
    }

    private async ValueTask<int> FillAsync(int from, CancellationToken cancellationToken)
    {
        if (from == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);
        var read = await _socket.ReceiveAsync(_buffer.AsMemory(from), cancellationToken);
        return read > 0 ? read : throw new IOException("The server closed the connection.");
    }
}
