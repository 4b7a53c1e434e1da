using System.Text.Json;

namespace Hansa.AlwaysOn.Fuzz;

/// <summary>Where mutation begins: all vectors as messages, and the frames of two real connections.</summary>
internal sealed record Seeds(byte[][] Messages, byte[][] Frames)
{
    // A response with content, and a POST with parameters, up to where the InfoTable begins.
    private static readonly byte[] ResponseHead = Convert.FromHexString("01400000000100000000112233440000" + "05");
    private static readonly byte[] PostHead = Convert.FromHexString("01030000000100000000112233440" + "00a01540201530005");

    // A table with one field and one row, up to its value.
    private static readonly byte[] OneCell = Convert.FromHexString("0106726573756c740012000000010001");

    public static Seeds Load()
    {
        var messages = new List<byte[]>();
        foreach (var vector in Read("alwayson-vectors.json").EnumerateArray())
        {
            var bytes = Convert.FromHexString(vector.GetProperty("hex").GetString()!);
            switch (vector.GetProperty("kind").GetString())
            {
                case "primitive":
                    messages.Add([.. ResponseHead, .. OneCell, .. bytes, 0]);
                    break;
                case "infotable":
                    messages.Add([.. PostHead, .. bytes]);
                    break;
                default:
                    messages.Add(bytes);
                    break;
            }
        }

        var frames = Read("alwayson-frames.json").EnumerateArray()
            .SelectMany(connection => connection.GetProperty("frames").EnumerateArray())
            .Select(frame => Convert.FromHexString(frame.GetProperty("hex").GetString()!));
        return new([.. messages], [.. frames]);
    }

    private static JsonElement Read(string name)
    {
        using var stream = typeof(Seeds).Assembly.GetManifestResourceStream(name)!;
        return JsonSerializer.Deserialize<JsonElement>(stream);
    }
}
