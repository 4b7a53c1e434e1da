using System.Net;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Dialing;

/// <summary>How to dial a server.</summary>
public sealed record DialOptions
{
    /// <summary>
    /// What this end calls itself, such as <c>Hansa/0.1.0</c>. It must not be the C SDK's name, which restricts
    /// types.
    /// </summary>
    public required string UserAgent { get; init; }

    /// <summary>The application key, sent in the request; AUTH needs it again. Null for none.</summary>
    public string? ApplicationKey { get; init; }

    /// <summary>
    /// The proxy, with its credentials; null to dial straight. What the environment says is not looked at.
    /// </summary>
    public IWebProxy? Proxy { get; init; }

    /// <summary>Whom to trust but the machine's authorities; null for nobody.</summary>
    public TrustedCertificate? Trusted { get; init; }

    /// <summary>Longest frame taken from the server, in bytes. Default 8192.</summary>
    public int MaxFrameSize { get; init; } = 8192;

    /// <summary>The compression to offer. Default with takeover, which every server knows.</summary>
    public Deflate Deflate { get; init; } = Deflate.WithTakeover;

    /// <summary>Whether to say that this end is a Hansa server.</summary>
    public bool IsHansa { get; init; }

    /// <summary>More headers of the request.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Headers { get; init; } = [];

    /// <summary>From the first packet to the 101. Default 10 s.</summary>
    public TimeSpan Limit { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>The clock of the limit.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
