using System.Buffers;

namespace Hansa.AlwaysOn.Tests.Support;

/// <summary>The same bytes, arriving in different pieces.</summary>
internal static class ByteCutter
{
    /// <summary>Whole, cut in two at every byte (or at some, where there are many), and one byte at a time.</summary>
    public static IEnumerable<byte[][]> Cuts(byte[] bytes)
    {
        yield return [bytes];
        var step = Math.Max(1, bytes.Length / 500);
        for (var at = 1; at < bytes.Length; at += step)
            yield return [bytes[..at], bytes[at..]];
        yield return [.. bytes.Select(b => new[] { b })];
    }

    /// <summary>One sequence with a segment for each piece.</summary>
    public static ReadOnlySequence<byte> Join(IReadOnlyList<byte[]> pieces)
    {
        var first = new Segment(pieces[0], 0);
        var last = first;
        foreach (var piece in pieces.Skip(1))
            last = last.Append(piece);
        return new(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(byte[] bytes, long index)
        {
            Memory = bytes;
            RunningIndex = index;
        }

        public Segment Append(byte[] bytes)
        {
            var next = new Segment(bytes, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}
