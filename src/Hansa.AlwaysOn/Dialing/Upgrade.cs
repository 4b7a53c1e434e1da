using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Hansa.AlwaysOn.Connections;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Dialing;

/// <summary>The server's half of the HTTP upgrade (spec alwayson 1.2, 1.3), for whatever HTTP server carries it.</summary>
public static class Upgrade
{
    /// <summary>The path that every client uses.</summary>
    public const string Path = "/Thingworx/WS";

    /// <summary>The header, with value <c>1</c>, by which Hansa servers know each other.</summary>
    public const string HansaHeader = "Hansa-Link";

    /// <summary>Reads an upgrade request.</summary>
    /// <param name="header">
    /// Gives a request header by name in any case, values joined with commas; null where it is absent.
    /// </param>
    /// <param name="allowDeflate">Whether compression may be agreed on.</param>
    /// <param name="agreement">What is agreed; its headers are to be sent with status 101.</param>
    /// <param name="refusal">Why it is no upgrade, to be sent with status 400.</param>
    public static bool TryAccept(
        Func<string, string?> header,
        bool allowDeflate,
        [NotNullWhen(true)] out UpgradeAgreement? agreement,
        [NotNullWhen(false)] out string? refusal)
    {
        agreement = null;
        var key = header("Sec-WebSocket-Key");
        refusal = !Contains(header("Upgrade"), "websocket") || !Contains(header("Connection"), "Upgrade") ? "This address is for WebSockets."
            : header("Sec-WebSocket-Version")?.Trim() != "13" ? "Only version 13 of WebSocket is known."
            : string.IsNullOrWhiteSpace(key) ? "Sec-WebSocket-Key is missing."
            : null;
        if (refusal is not null)
            return false;

        var isHansa = header(HansaHeader)?.Trim() == "1";
        var deflate = allowDeflate ? DeflateOffer.Accept(header("Sec-WebSocket-Extensions")) : Deflate.Off;
        agreement = new(
            key!.Trim(),
            isHansa,
            deflate,
            MaxFrameSize(header("Max-Frame-Size")),
            header("appKey") is { Length: > 0 } applicationKey ? applicationKey : null,
            header("User-Agent") ?? "");
        return true;
    }

    /// <summary>The value of <c>Sec-WebSocket-Accept</c> for a key (RFC 6455, 4.2.2).</summary>
    public static string AcceptKey(string key) =>
        Convert.ToBase64String(SHA1.HashData(Encoding.ASCII.GetBytes(key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11")));

    private static bool Contains(string? list, string word) => list is not null
        && list.Split(',', StringSplitOptions.TrimEntries).Contains(word, StringComparer.OrdinalIgnoreCase);

    // A peer that cannot take a short message whole gets the shortest frames that we make.
    private static int MaxFrameSize(string? text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0
            ? Math.Clamp(size, MessageEncoder.MinFrameSize, ushort.MaxValue)
            : 8192;
}

/// <summary>What the two ends agree on by the upgrade.</summary>
/// <param name="Key">The client's Sec-WebSocket-Key.</param>
/// <param name="IsHansa">Whether the client says that it is a Hansa server. It proves that only by the hello.</param>
/// <param name="Deflate">How messages may be deflated.</param>
/// <param name="MaxFrameSize">The longest frame that the client takes, in bytes.</param>
/// <param name="ApplicationKey">The key in the request; it may be absent, as AUTH brings it too.</param>
/// <param name="UserAgent">What the client calls itself; empty where it does not.</param>
public sealed record UpgradeAgreement(string Key, bool IsHansa, Deflate Deflate, int MaxFrameSize, string? ApplicationKey, string UserAgent)
{
    /// <summary>Whether the client is the vendor's C SDK.</summary>
    public bool IsCSdk => UserAgent == "ThingWorx C SDK";

    /// <summary>The headers of the answer. <c>Connection</c> must be exactly this word; the C SDK refuses a list.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> ResponseHeaders
    {
        get
        {
            var headers = new List<KeyValuePair<string, string>>
            {
                new("Upgrade", "websocket"),
                new("Connection", "Upgrade"),
                new("Sec-WebSocket-Accept", Upgrade.AcceptKey(Key)),
            };
            if (DeflateOffer.Header(Deflate) is { } extensions)
                headers.Add(new("Sec-WebSocket-Extensions", extensions));
            if (IsHansa)
                headers.Add(new(Upgrade.HansaHeader, "1"));
            return headers;
        }
    }

    /// <summary>The options of the server end of this connection, from others.</summary>
    public ConnectionOptions Apply(ConnectionOptions options)
    {
        options = options with { End = ConnectionEnd.Server, MaxFrameSize = MaxFrameSize, Deflate = Deflate };
        return IsHansa ? options.BetweenHansas() : options;
    }

    /// <summary>Without the key of the application.</summary>
    public override string ToString() => $"{UserAgent}, frames of {MaxFrameSize}, {Deflate}{(IsHansa ? ", Hansa" : "")}";
}
