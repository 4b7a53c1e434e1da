using System.Text;

namespace Hansa.AlwaysOn.Wire;

/// <summary>Recent short texts, so that names which come with every message are not allocated with every message.</summary>
/// <remarks>
/// Shared by all connections; two that write one slot at once lose nothing but a hit. Holds at most 2,048 short
/// strings.
/// </remarks>
internal static class NameCache
{
    private const int MaxLength = 32;
    private static readonly string?[] Slots = new string?[2048];

    /// <summary>The text of valid UTF-8 bytes.</summary>
    public static string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.IsEmpty)
            return "";
        if (utf8.Length > MaxLength)
            return Encoding.UTF8.GetString(utf8);
        var hash = 2166136261u;
        foreach (var b in utf8)
            hash = (hash ^ b) * 16777619;
        ref var slot = ref Slots[(hash ^ (hash >> 16)) % (uint)Slots.Length];
        // Equal only if every byte is ASCII, so a match is the same text.
        return slot is { } known && Ascii.Equals(utf8, known) ? known : slot = Encoding.UTF8.GetString(utf8);
    }
}
