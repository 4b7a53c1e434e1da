using System.Buffers;
using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>Turns messages into WebSocket frames that the peer can take.</summary>
/// <remarks>
/// No frame is longer than the peer's Max-Frame-Size or uses the 64-bit length, no data frame is empty, RSV1 stands on the
/// first frame only (spec alwayson 1.5).
/// </remarks>
internal sealed class FrameEncoder(FrameSocketOptions options) : IDisposable
{
    private const int MaxReasonBytes = 100;
    private readonly int _maxFrame = Math.Clamp(options.MaxFrameSize, 1, ushort.MaxValue);
    private readonly MessageDeflater? _deflater = options.Deflate == Deflate.Off ? null : new(options.Deflate == Deflate.WithTakeover);
    private readonly PooledBuffer _deflated = new();
    private readonly byte[] _keys = new byte[options.IsClient ? 256 : 0];
    private int _keysUsed = options.IsClient ? 256 : 0;

    /// <summary>Writes a text or binary message, which must not be empty.</summary>
    /// <param name="compress">
    /// Whether it may be deflated; it is if that was negotiated and the message is long enough.
    /// </param>
    public void WriteMessage(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload, bool compress)
    {
        if (payload.IsEmpty)
            throw new ArgumentException("Device SDKs ignore empty frames; there is no empty message.", nameof(payload));
        if (!compress || _deflater is null || payload.Length < options.CompressFrom)
        {
            WriteFrames(output, opcode, payload, rsv1: false);
            return;
        }

        _deflater.Deflate(payload, _deflated);
        // With takeover the peer's window must see the message, gain or not.
        if (options.Deflate == Deflate.WithoutTakeover && _deflated.Length >= payload.Length)
            WriteFrames(output, opcode, payload, rsv1: false);
        else
            WriteFrames(output, opcode, _deflated.Span, rsv1: true);
        _deflated.Release();
    }

    /// <summary>Writes a Ping or Pong.</summary>
    public void WriteControl(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload) =>
        WriteFrame(output, opcode, payload, final: true, rsv1: false);

    /// <summary>Writes a Close; its code is always there, as an empty Close does not close a device's end.</summary>
    public void WriteClose(IBufferWriter<byte> output, CloseCode code, string reason)
    {
        Span<byte> payload = stackalloc byte[2 + MaxReasonBytes];
        BinaryPrimitives.WriteUInt16BigEndian(payload, (ushort)code);
        // Cut at a character, not inside one.
        Encoding.UTF8.GetEncoder().Convert(reason, payload[2..], flush: false, out _, out var bytes, out _);
        WriteControl(output, Opcode.Close, payload[..(2 + bytes)]);
    }

    public void Dispose()
    {
        _deflater?.Dispose();
        _deflated.Dispose();
    }

    private void WriteFrames(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload, bool rsv1)
    {
        while (payload.Length > _maxFrame)
        {
            WriteFrame(output, opcode, payload[.._maxFrame], final: false, rsv1);
            payload = payload[_maxFrame..];
            (opcode, rsv1) = (Opcode.Continuation, false);
        }

        WriteFrame(output, opcode, payload, final: true, rsv1);
    }

    private void WriteFrame(IBufferWriter<byte> output, Opcode opcode, ReadOnlySpan<byte> payload, bool final, bool rsv1)
    {
        uint? key = options.IsClient ? NextKey() : null;
        var span = output.GetSpan(FrameHeader.MaxSize + payload.Length);
        var head = FrameHeader.Write(span, final, rsv1, opcode, payload.Length, key);
        var body = span.Slice(head, payload.Length);
        payload.CopyTo(body);
        Masking.Apply(body, key ?? 0, 0);
        output.Advance(head + payload.Length);
    }

    // Keys must not be guessable; drawn in batches, as one draw costs more than masking a short message.
    private uint NextKey()
    {
        if (_keysUsed == _keys.Length)
        {
            RandomNumberGenerator.Fill(_keys);
            _keysUsed = 0;
        }

        var key = BinaryPrimitives.ReadUInt32LittleEndian(_keys.AsSpan(_keysUsed));
        _keysUsed += 4;
        return key;
    }
}
