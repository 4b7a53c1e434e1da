using System.Buffers.Binary;

namespace Hansa.AlwaysOn.Fuzz;

/// <summary>Changes a seed in a few random ways. The same seed number gives the same inputs.</summary>
internal sealed class Mutator(byte[][] seeds, int seed)
{
    private const int MaxLength = 16_000;
    private static readonly byte[] Bytes = [0, 1, 2, 5, 0x0a, 0x12, 0x7f, 0x80, 0x81, 0xfe, 0xff];
    private static readonly uint[] Words = [0, 1, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0xffff, 0x10000, 0x7fffffff, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff];
    private readonly Random _random = new(seed);
    private readonly byte[] _buffer = new byte[4 * MaxLength];
    private int _length;

    /// <summary>The next input, valid until the one after it.</summary>
    public ReadOnlySpan<byte> Next(bool keepHeader)
    {
        var from = Pick();
        _length = Math.Min(from.Length, MaxLength);
        from.AsSpan(0, _length).CopyTo(_buffer);
        for (var i = _random.Next(1, 7); i > 0 && _length > 0; i--)
            Mutate();
        if (keepHeader && _random.Next(1000) != 0)
        {
            // Otherwise most inputs, and connections, would end where the header is checked.
            _length = Math.Max(_length, 15);
            _buffer[0] = 1;
            _buffer[14] &= 1;
        }

        return _buffer.AsSpan(0, _length);
    }

    private byte[] Pick() => seeds[_random.Next(seeds.Length)];

    private void Mutate()
    {
        var at = _random.Next(_length);
        switch (_random.Next(9))
        {
            case 0:
                _buffer[at] ^= (byte)(1 << _random.Next(8));
                break;
            case 1:
                _buffer[at] = (byte)_random.Next(256);
                break;
            case 2:
                _buffer[at] = Bytes[_random.Next(Bytes.Length)];
                break;
            case 3:
                BinaryPrimitives.WriteUInt16BigEndian(_buffer.AsSpan(at), (ushort)Words[_random.Next(Words.Length)]);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32BigEndian(_buffer.AsSpan(at), Words[_random.Next(Words.Length)]);
                break;
            case 5:
                _length = at;
                break;
            case 6:
                Remove(at, Math.Min(_random.Next(1, 20), _length - at));
                break;
            case 7:
                var start = _random.Next(_length);
                Insert(at, _buffer.AsSpan(start, Math.Min(_random.Next(1, 200), _length - start)).ToArray());
                break;
            default:
                var other = Pick();
                var cut = _random.Next(other.Length);
                Insert(at, other.AsSpan(cut, Math.Min(_random.Next(1, 200), other.Length - cut)));
                break;
        }
    }

    private void Remove(int at, int count)
    {
        _buffer.AsSpan(at + count, _length - at - count).CopyTo(_buffer.AsSpan(at));
        _length -= count;
    }

    private void Insert(int at, ReadOnlySpan<byte> bytes)
    {
        if (_length + bytes.Length > MaxLength)
            return;
        _buffer.AsSpan(at, _length - at).CopyTo(_buffer.AsSpan(at + bytes.Length));
        bytes.CopyTo(_buffer.AsSpan(at));
        _length += bytes.Length;
    }
}
