using Hansa.Model;

namespace Hansa.AlwaysOn.Wire;

/// <summary>Recent Data Shapes by their bytes: the same service sends the same shape with every message.</summary>
/// <remarks>
/// A shape's bytes end themselves, so whatever begins with the bytes of a known shape is that shape. Shared by all
/// connections; two
/// that write one slot at once lose nothing but a hit. Holds at most 512 shapes of at most 1 KiB on the wire.
/// </remarks>
internal static class ShapeCache
{
    private const int KeyLength = 24;
    private const int MaxLength = 1024;
    private static readonly Entry?[] Slots = new Entry?[512];

    /// <summary>The shape that the bytes begin with, and its length, if it is known.</summary>
    public static DataShape? Find(ReadOnlySpan<byte> bytes, out int length)
    {
        if (Slot(bytes) is { } entry && bytes.StartsWith(entry.Bytes))
        {
            length = entry.Bytes.Length;
            return entry.Shape;
        }

        length = 0;
        return null;
    }

    /// <summary>Keeps a shape that was read from the start of <paramref name="bytes"/>.</summary>
    public static void Keep(ReadOnlySpan<byte> bytes, int length, DataShape shape)
    {
        if (length <= MaxLength)
            Slot(bytes) = new(bytes[..length].ToArray(), shape);
    }

    // What follows a short shape is part of the key, too: it costs a hit now and then, never a wrong one.
    private static ref Entry? Slot(ReadOnlySpan<byte> bytes)
    {
        var hash = 2166136261u;
        foreach (var b in bytes[..Math.Min(bytes.Length, KeyLength)])
            hash = (hash ^ b) * 16777619;
        return ref Slots[(hash ^ (hash >> 16)) % (uint)Slots.Length];
    }

    private sealed record Entry(byte[] Bytes, DataShape Shape);
}
