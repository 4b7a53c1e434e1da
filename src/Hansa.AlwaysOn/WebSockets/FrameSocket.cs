using System.IO.Pipelines;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>WebSocket messages over a stream that has been upgraded already, at either end.</summary>
/// <remarks>
/// One reader and one writer at a time, beside each other. An idle socket holds no buffer. What is written waits for
/// <see cref="FlushAsync"/>, so that small messages travel together. Frame rules: spec alwayson 1.4 to 1.7.
/// </remarks>
public sealed class FrameSocket : IAsyncDisposable
{
    private readonly Stream _stream;
    private readonly TimeProvider _time;
    private readonly PipeReader _reader;
    private readonly PipeWriter _writer;
    private readonly FrameDecoder _decoder;
    private readonly FrameEncoder _encoder;
    private long _bytesReceived;
    private long _bytesSent;
    private long _lastReceived;
    private long _waitingSince;
    private int _disposed;

    /// <summary>Takes the stream over; disposing of the socket closes it.</summary>
    public FrameSocket(Stream stream, FrameSocketOptions options, TimeProvider time)
    {
        _stream = stream;
        _time = time;
        _reader = PipeReader.Create(stream, new(leaveOpen: true, useZeroByteReads: true));
        _writer = PipeWriter.Create(stream, new(leaveOpen: true));
        _decoder = new(options);
        _encoder = new(options);
        _lastReceived = time.GetTimestamp();
    }

    /// <summary>Bytes from the peer, frame heads included.</summary>
    public long BytesReceived => Volatile.Read(ref _bytesReceived);

    /// <summary>Bytes flushed to the peer, frame heads included.</summary>
    public long BytesSent => Volatile.Read(ref _bytesSent);

    /// <summary>When the last bytes came, as a timestamp of the time provider; the start where none came.</summary>
    public long LastReceived => Volatile.Read(ref _lastReceived);

    /// <summary>
    /// Since when a read has been waiting for bytes; null if none is. A peer is silent by this, not by
    /// <see cref="LastReceived"/>: it
    /// is not its fault if nobody reads.
    /// </summary>
    public long? WaitingSince => Volatile.Read(ref _waitingSince) is var since and not 0 ? since : null;

    /// <summary>Bytes written and not flushed yet.</summary>
    public long Unflushed => _writer.UnflushedBytes;

    /// <summary>Longest message taken from the peer, in bytes after inflating.</summary>
    public int MaxMessageSize
    {
        get => _decoder.MaxMessageSize;
        set => _decoder.MaxMessageSize = value;
    }

    /// <summary>The next message or control frame; null when the stream has ended.</summary>
    /// <exception cref="Wire.WireFormatException">The peer broke the rules; only a Close can follow.</exception>
    /// <exception cref="IOException">The stream failed.</exception>
    public async ValueTask<SocketMessage?> ReceiveAsync(CancellationToken cancellationToken)
    {
        _decoder.ReleaseDelivered();
        if (_reader.TryRead(out var result) && TryTake(result, out var message))
            return message;
        while (!result.IsCompleted)
        {
            Volatile.Write(ref _waitingSince, Math.Max(1, _time.GetTimestamp()));
            result = await _reader.ReadAsync(cancellationToken);
            Volatile.Write(ref _waitingSince, 0);
            Volatile.Write(ref _lastReceived, _time.GetTimestamp());
            if (TryTake(result, out message))
                return message;
        }

        return null;
    }

    /// <summary>Writes a text or binary message. It leaves with the next flush.</summary>
    public void Write(Opcode opcode, ReadOnlySpan<byte> payload, bool compress) => _encoder.WriteMessage(_writer, opcode, payload, compress);

    /// <summary>Writes a Ping or Pong; for a Pong the payload of the Ping. Device SDKs ignore an empty one.</summary>
    public void WriteControl(Opcode opcode, ReadOnlySpan<byte> payload) => _encoder.WriteControl(_writer, opcode, payload);

    /// <summary>Writes a Close; the reason is cut at 100 bytes. Nothing may be written after it.</summary>
    public void WriteClose(CloseCode code, string reason) => _encoder.WriteClose(_writer, code, reason);

    /// <summary>Sends what was written.</summary>
    /// <exception cref="IOException">The stream failed.</exception>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        var bytes = _writer.UnflushedBytes;
        if (bytes == 0)
            return;
        await _writer.FlushAsync(cancellationToken);
        Interlocked.Add(ref _bytesSent, bytes);
    }

    /// <summary>Closes the stream at once. A read or flush under way fails; no read or write may begin after it.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _disposed, 1) == 0)
            await _stream.DisposeAsync();
    }

    /// <summary>Gives buffers and compressors back. Only when neither reader nor writer runs any more.</summary>
    internal void ReleaseBuffers()
    {
        _reader.Complete();
        // With an exception the writer throws its bytes away instead of flushing them.
        _writer.Complete(new IOException("The socket is closed."));
        _decoder.Dispose();
        _encoder.Dispose();
    }

    private bool TryTake(in ReadResult result, out SocketMessage message)
    {
        var buffer = result.Buffer;
        var before = buffer.Length;
        message = default;
        try
        {
            return _decoder.TryRead(ref buffer, out message);
        }
        finally
        {
            Volatile.Write(ref _bytesReceived, _bytesReceived + before - buffer.Length);
            // What is left is part of a frame's head, or the messages behind this one.
            _reader.AdvanceTo(buffer.Start, message.Opcode == Opcode.Continuation ? buffer.End : buffer.Start);
        }
    }
}
