using System.Buffers;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>Turns bytes into WebSocket messages: unmasks, joins fragments, inflates.</summary>
/// <remarks>
/// Takes what devices do (spec alwayson 1.4): a mask of zero, RSV1 on continuations, control frames between fragments, empty
/// frames. Takes bytes as they come and holds no more than the message that is under way.
/// </remarks>
internal sealed class FrameDecoder(FrameSocketOptions options) : IDisposable
{
    private const int MaxControlPayload = 125;
    private readonly PooledBuffer _message = new();
    private readonly PooledBuffer _inflated = new();
    private readonly MessageInflater? _inflater = options.Deflate == Deflate.Off ? null : new(options.Deflate == Deflate.WithTakeover);
    private FrameHeader _frame;
    private bool _inFrame;
    private ulong _taken;
    private byte[] _control = [];
    private Opcode _opcode;
    private bool _compressed;
    private bool _delivered;

    /// <summary>The longest message taken, inflated; may be raised once the peer is known.</summary>
    public int MaxMessageSize { get; set; } = options.MaxMessageSize;

    /// <summary>
    /// Takes the next message off the input; false when it is not whole yet, with all input taken that could be.
    /// </summary>
    /// <exception cref="WireFormatException">The peer broke the rules; the decoder must not be used again.</exception>
    public bool TryRead(ref ReadOnlySequence<byte> input, out SocketMessage message)
    {
        ReleaseDelivered();
        message = default;
        while (true)
        {
            if (!_inFrame)
            {
                if (!FrameHeader.TryRead(input, out _frame))
                    return false;
                Begin();
                input = input.Slice(_frame.Size);
            }

            TakePayload(ref input);
            if (_taken < _frame.Length)
                return false;
            _inFrame = false;
            if (_frame.IsControl)
            {
                message = new(_frame.Opcode, _control);
                return true;
            }

            if (_frame.Final)
            {
                message = Finish();
                return true;
            }
        }
    }

    /// <summary>Gives the memory of the message that was delivered last back to the pool.</summary>
    public void ReleaseDelivered()
    {
        if (!_delivered)
            return;
        _delivered = false;
        _message.Release();
        _inflated.Release();
    }

    public void Dispose()
    {
        _message.Dispose();
        _inflated.Dispose();
        _inflater?.Dispose();
    }

    private void Begin()
    {
        if (_frame.Masked == options.IsClient)
            throw new WireFormatException(options.IsClient ? "A frame from the server is masked." : "A frame from the client is not masked.");
        if ((_frame.Reserved & 3) != 0 || (_frame.Rsv1 && (_inflater is null || _frame.IsControl)))
            throw new WireFormatException($"A frame has reserved bits {_frame.Reserved:b3} that were not negotiated.");
        if (_frame.IsControl)
            BeginControl();
        else
            BeginData();
        _taken = 0;
        _inFrame = true;
    }

    private void BeginControl()
    {
        if (_frame.Opcode > Opcode.Pong)
            throw new WireFormatException($"A frame has opcode {(int)_frame.Opcode}, which means nothing.");
        if (!_frame.Final || _frame.Length > MaxControlPayload)
            throw new WireFormatException($"A control frame is fragmented or longer than {MaxControlPayload} bytes.");
        _control = _frame.Length == 0 ? [] : new byte[_frame.Length];
    }

    private void BeginData()
    {
        if (_frame.Opcode == Opcode.Continuation)
        {
            if (_opcode == Opcode.Continuation)
                throw new WireFormatException("A continuation frame continues no message.");
        }
        else
        {
            if (_frame.Opcode > Opcode.Binary)
                throw new WireFormatException($"A frame has opcode {(int)_frame.Opcode}, which means nothing.");
            if (_opcode != Opcode.Continuation)
                throw new WireFormatException("A new message begins before the last one has ended.");
            _opcode = _frame.Opcode;
            _compressed = _frame.Rsv1;
        }

        if (_frame.Length > (ulong)(MaxMessageSize - Math.Min(_message.Length, MaxMessageSize)))
            throw new WireFormatException($"A message is longer than the limit of {MaxMessageSize} bytes.", CloseCode.TooBig);
    }

    private void TakePayload(ref ReadOnlySequence<byte> input)
    {
        var part = input.Slice(0, (long)Math.Min((ulong)input.Length, _frame.Length - _taken));
        input = input.Slice(part.End);
        foreach (var segment in part)
        {
            if (segment.IsEmpty)
                continue;
            Span<byte> target;
            if (_frame.IsControl)
            {
                target = _control.AsSpan((int)_taken, segment.Length);
                segment.Span.CopyTo(target);
            }
            else
            {
                target = _message.GetSpan(segment.Length)[..segment.Length];
                segment.Span.CopyTo(target);
                _message.Advance(segment.Length);
            }

            Masking.Apply(target, _frame.MaskKey, (long)_taken);
            _taken += (ulong)segment.Length;
        }
    }

    private SocketMessage Finish()
    {
        var opcode = _opcode;
        _opcode = Opcode.Continuation;
        _delivered = true;
        if (!_compressed)
            return new(opcode, _message.Memory);
        _inflater!.Inflate(_message.Memory, _inflated, MaxMessageSize);
        return new(opcode, _inflated.Memory);
    }
}
