using System.Numerics;
using System.Runtime.InteropServices;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>The XOR that hides a client's payload from proxies (RFC 6455, 5.3). Doing it twice undoes it.</summary>
internal static class Masking
{
    /// <summary>
    /// Applies the key in place; <paramref name="offset"/> is the position of the first byte in its frame.
    /// </summary>
    public static void Apply(Span<byte> bytes, uint key, long offset)
    {
        // Device SDKs mask with zero.
        if (key == 0)
            return;
        key = BitOperations.RotateRight(key, (int)(offset & 3) * 8);
        var wide = key | ((ulong)key << 32);
        var words = MemoryMarshal.Cast<byte, ulong>(bytes);
        for (var i = 0; i < words.Length; i++)
            words[i] ^= wide;
        for (var i = words.Length * 8; i < bytes.Length; i++)
            bytes[i] ^= (byte)(key >> ((i & 3) * 8));
    }
}
