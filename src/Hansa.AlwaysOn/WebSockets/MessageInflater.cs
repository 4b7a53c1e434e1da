using System.IO.Compression;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>Inflates messages, with or without the window of those before.</summary>
/// <remarks>
/// A message is a deflate stream cut at a sync flush whose last four bytes are not sent (RFC 7692, 7.2.2). They are put back
/// here; <see cref="DeflateStream"/> answers 0 once its source runs dry and goes on when there is more.
/// </remarks>
internal sealed class MessageInflater(bool takeover) : IDisposable
{
    private readonly Source _source = new();
    private DeflateStream? _stream;

    /// <summary>Inflates one message into <paramref name="output"/>.</summary>
    /// <exception cref="WireFormatException">
    /// It is no deflate stream, or longer than <paramref name="limit"/> once inflated.
    /// </exception>
    public void Inflate(ReadOnlyMemory<byte> compressed, PooledBuffer output, int limit)
    {
        var stream = _stream ??= new(_source, CompressionMode.Decompress, leaveOpen: true);
        _source.Feed(compressed);
        try
        {
            while (true)
            {
                // Short reads, so that a bomb is seen soon after the limit and the pool is not emptied for it.
                var span = output.GetSpan(4096);
                var read = stream.Read(span[..Math.Min(span.Length, 16384)]);
                if (read == 0)
                    break;
                output.Advance(read);
                if (output.Length > limit)
                    throw new WireFormatException($"A message inflates to more than {limit} bytes.", CloseCode.TooBig);
            }
        }
        catch (InvalidDataException e)
        {
            throw new WireFormatException("A compressed message is not a deflate stream.", CloseCode.BadData, e);
        }

        if (!_source.IsDry)
            throw new WireFormatException("A compressed message goes on after its deflate stream has ended.", CloseCode.BadData);
        if (!takeover)
            Dispose();
    }

    public void Dispose()
    {
        _stream?.Dispose();
        _stream = null;
    }

    /// <summary>The message and the four bytes that were cut off.</summary>
    private sealed class Source : ReadOnlyStream
    {
        private static readonly byte[] Tail = [0x00, 0x00, 0xff, 0xff];
        private ReadOnlyMemory<byte> _message;
        private ReadOnlyMemory<byte> _tail;

        public bool IsDry => _message.IsEmpty && _tail.IsEmpty;

        public void Feed(ReadOnlyMemory<byte> message) => (_message, _tail) = (message, Tail);

        public override int Read(Span<byte> buffer)
        {
            ref var from = ref _message;
            if (from.IsEmpty)
                from = ref _tail;
            var count = Math.Min(buffer.Length, from.Length);
            from.Span[..count].CopyTo(buffer);
            from = from[count..];
            return count;
        }
    }
}
