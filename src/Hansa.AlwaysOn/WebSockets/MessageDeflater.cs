using System.IO.Compression;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>Deflates messages, with or without the window of those before.</summary>
internal sealed class MessageDeflater(bool takeover) : IDisposable
{
    private readonly Sink _sink = new();
    private DeflateStream? _stream;

    /// <summary>
    /// Deflates one message, which must not be empty, into <paramref name="output"/>, without the four last bytes of
    /// the flush.
    /// </summary>
    public void Deflate(ReadOnlySpan<byte> message, PooledBuffer output)
    {
        var stream = _stream ??= new(_sink, CompressionLevel.Fastest, leaveOpen: true);
        _sink.Target = output;
        stream.Write(message);
        // Flush is zlib's sync flush: it ends on a byte with 00 00 ff ff and keeps the window.
        stream.Flush();
        output.Shorten(4);
        if (!takeover)
            Dispose();
        _sink.Target = null;
    }

    public void Dispose()
    {
        // Closing writes the stream's end, which nobody wants.
        _sink.Target = null;
        _stream?.Dispose();
        _stream = null;
    }

    private sealed class Sink : WriteOnlyStream
    {
        public PooledBuffer? Target { get; set; }

        public override void Write(ReadOnlySpan<byte> buffer) => Target?.Append(buffer);
    }
}
