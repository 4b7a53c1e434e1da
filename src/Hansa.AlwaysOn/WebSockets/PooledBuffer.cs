using System.Buffers;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>Bytes in an array of the shared pool that grows with what is written, never with what a peer claims.</summary>
/// <remarks>
/// Holds no array before the first byte and none after <see cref="Release"/>. One owner, one thread at a time.
/// </remarks>
internal sealed class PooledBuffer(int limit = int.MaxValue) : IBufferWriter<byte>, IDisposable
{
    private byte[] _array = [];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Span => _array.AsSpan(0, Length);

    public ReadOnlyMemory<byte> Memory => _array.AsMemory(0, Length);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        bytes.CopyTo(GetSpan(bytes.Length));
        Length += bytes.Length;
    }

    public void Advance(int count)
    {
        if (count > _array.Length - Length)
            throw new ArgumentOutOfRangeException(nameof(count), count, "beyond what was given");
        Length += count;
        if (Length > limit)
            throw TooLong();
    }

    public Span<byte> GetSpan(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _array.AsSpan(Length);
    }

    public Memory<byte> GetMemory(int sizeHint = 0)
    {
        Reserve(Math.Max(1, sizeHint));
        return _array.AsMemory(Length);
    }

    /// <summary>Takes bytes off the end.</summary>
    public void Shorten(int count) => Length -= count;

    /// <summary>Forgets the bytes and keeps the array.</summary>
    public void Clear() => Length = 0;

    /// <summary>Forgets the bytes and gives the array back.</summary>
    public void Release()
    {
        Length = 0;
        var array = _array;
        _array = [];
        if (array.Length > 0)
            ArrayPool<byte>.Shared.Return(array);
    }

    public void Dispose() => Release();

    private void Reserve(int count)
    {
        if (count <= _array.Length - Length)
            return;
        if ((long)Length + count > limit && Length + 1L > limit)
            throw TooLong();
        var wanted = Math.Max((long)Length + count, Math.Min(_array.Length * 2L, 1 << 30));
        var larger = ArrayPool<byte>.Shared.Rent(checked((int)Math.Max(256, wanted)));
        Span.CopyTo(larger);
        if (_array.Length > 0)
            ArrayPool<byte>.Shared.Return(_array);
        _array = larger;
    }

    private WireFormatException TooLong() => new($"A message is longer than the limit of {limit} bytes.", CloseCode.TooBig);
}
