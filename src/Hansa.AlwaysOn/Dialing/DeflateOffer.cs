using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Dialing;

/// <summary>The words of <c>Sec-WebSocket-Extensions</c> that are understood here (RFC 7692, 7.1).</summary>
internal static class DeflateOffer
{
    private const string Name = "permessage-deflate";
    private const string NoTakeover = Name + "; server_no_context_takeover; client_no_context_takeover";

    /// <summary>The header that offers, or accepts, this; null for none.</summary>
    public static string? Header(Deflate deflate) => deflate switch
    {
        Deflate.WithTakeover => Name,
        Deflate.WithoutTakeover => NoTakeover,
        _ => null,
    };

    /// <summary>What a server takes of a client's offers: the first that it can meet.</summary>
    public static Deflate Accept(string? offers)
    {
        foreach (var offer in (offers ?? "").Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var parameters = Parameters(offer);
            // client_max_window_bits is a hint that need not be taken; a smaller window of ours is not to be had.
            if (parameters is null || parameters.Exists(parameter => parameter is not
                ("client_max_window_bits" or "client_no_context_takeover" or "server_no_context_takeover")))
                continue;
            if (!parameters.Contains("server_no_context_takeover"))
                return Deflate.WithTakeover;
            if (parameters.Contains("client_no_context_takeover"))
                return Deflate.WithoutTakeover;
        }

        return Deflate.Off;
    }

    /// <summary>What a server's answer to our offer means; null if it is no answer to that offer.</summary>
    public static Deflate? Agree(Deflate offered, string? answer)
    {
        if (string.IsNullOrWhiteSpace(answer))
            return Deflate.Off;
        if (offered == Deflate.Off || Parameters(answer.Trim()) is not { } parameters)
            return null;
        parameters.Sort(StringComparer.Ordinal);
        return string.Join(' ', parameters) switch
        {
            "client_no_context_takeover server_no_context_takeover" => Deflate.WithoutTakeover,
            // Whether the server keeps its window makes no difference to who inflates.
            "" or "server_no_context_takeover" when offered == Deflate.WithTakeover => Deflate.WithTakeover,
            _ => null,
        };
    }

    private static List<string>? Parameters(string offer)
    {
        var words = offer.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return words.Length > 0 && string.Equals(words[0], Name, StringComparison.OrdinalIgnoreCase)
            ? [.. words.Skip(1).Select(word => word.StartsWith("client_max_window_bits", StringComparison.OrdinalIgnoreCase)
                ? "client_max_window_bits"
                : word.ToLowerInvariant())]
            : null;
    }
}
