using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hansa.Web;

/// <summary>
/// Answers a TLS hello on a plain port at once. The vendor's C client waits for the handshake without any time-out, and an HTTP
/// server that waits for a line hangs it (spec alwayson 1.1).
/// </summary>
public static class PlainPortGuard
{
    private const byte TlsHandshake = 0x16;

    // The server's own limits begin only behind this guard.
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(2);

    private static readonly byte[] Answer = Encoding.ASCII.GetBytes(
        "HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Type: text/plain\r\nContent-Length: 36\r\n\r\nThis port is plain; use ws: or http:");

    /// <summary>Looks at the first byte of each connection.</summary>
    public static ListenOptions UsePlainPortGuard(this ListenOptions options)
    {
        options.Use(next => connection => GuardAsync(connection, next));
        return options;
    }

    internal static async Task GuardAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var input = connection.Transport.Input;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(connection.ConnectionClosed);
        limit.CancelAfter(Silence);
        ReadResult read;
        try
        {
            read = await input.ReadAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            return;
        }

        var isTls = !read.Buffer.IsEmpty && read.Buffer.FirstSpan[0] == TlsHandshake;
        input.AdvanceTo(read.Buffer.Start);
        if (isTls)
            await connection.Transport.Output.WriteAsync(Answer, connection.ConnectionClosed);
        else
            await next(connection);
    }
}
