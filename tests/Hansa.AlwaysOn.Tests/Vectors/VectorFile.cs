using System.Globalization;
using System.Text.Json;

namespace Hansa.AlwaysOn.Tests.Vectors;

/// <summary>One test vector: bytes that the vendor's C SDK wrote or read, and what they mean.</summary>
public sealed record WireVector(string Name, string Kind, JsonElement Meaning, string Hex)
{
    public byte[] Bytes => Convert.FromHexString(Hex);

    /// <summary>Bytes that a correct writer does not write.</summary>
    public bool IsQuirk => Name.StartsWith("quirk-", StringComparison.Ordinal);

    public override string ToString() => Name;
}

/// <summary>The embedded files.</summary>
public static class VectorFile
{
    public static IReadOnlyList<WireVector> All { get; } =
    [
        .. Load("alwayson-vectors.json").EnumerateArray().Select(item => new WireVector(
            item.GetProperty("name").GetString()!,
            item.GetProperty("kind").GetString()!,
            item.GetProperty("value"),
            item.GetProperty("hex").GetString()!)),
    ];

    public static JsonElement Frames { get; } = Load("alwayson-frames.json");

    public static IEnumerable<WireVector> OfKind(string kind) => All.Where(vector => vector.Kind == kind);

    /// <summary>Long messages: their chunks in order.</summary>
    public static IEnumerable<IGrouping<string, WireVector>> Multiparts =>
        OfKind("multipart").GroupBy(vector => vector.Name.Split("/part-")[0]);

    private static JsonElement Load(string name)
    {
        using var stream = typeof(VectorFile).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}

/// <summary>Reads the meanings in the vector file.</summary>
internal static class Meaning
{
    public static string? Text(this JsonElement element, string name) =>
        element.TryGetProperty(name, out var property) && property.ValueKind == JsonValueKind.String ? property.GetString() : null;

    public static double Number(this JsonElement element, string name) => element.Text(name) switch
    {
        // C's NaN; .NET's has its sign bit set.
        "NaN" => BitConverter.Int64BitsToDouble(0x7ff8_0000_0000_0000),
        "Infinity" => double.PositiveInfinity,
        "-Infinity" => double.NegativeInfinity,
        var text => double.Parse(text!, CultureInfo.InvariantCulture),
    };
}
