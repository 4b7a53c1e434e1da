namespace Hansa.AlwaysOn.WebSockets;

/// <summary>How deflate is used on a WebSocket (permessage-deflate, RFC 7692).</summary>
public enum Deflate
{
    /// <summary>Not at all.</summary>
    Off,

    /// <summary>
    /// Each direction keeps its window from message to message, as devices want it (spec alwayson 1.6): about 290 kB
    /// a connection.
    /// </summary>
    WithTakeover,

    /// <summary>Each message by itself, so that an idle connection holds no state. Between Hansa servers.</summary>
    WithoutTakeover,
}

/// <summary>What the two ends of a WebSocket have agreed on, and the limits of this one.</summary>
public sealed record FrameSocketOptions
{
    /// <summary>
    /// Whether this end is the client: it masks what it sends and takes nothing masked. The server does the reverse.
    /// </summary>
    public bool IsClient { get; init; }

    /// <summary>
    /// Longest payload of a frame to the peer, in bytes: its Max-Frame-Size. Default 8192; at most 65,535 is used.
    /// </summary>
    public int MaxFrameSize { get; init; } = 8192;

    /// <summary>Longest message from the peer after inflating, in bytes. Default 1 MiB.</summary>
    public int MaxMessageSize { get; init; } = 1 << 20;

    /// <summary>What was negotiated. Default off.</summary>
    public Deflate Deflate { get; init; }

    /// <summary>Messages shorter than this go out plain, in bytes. Default 64, as deflate gains nothing on less.</summary>
    public int CompressFrom { get; init; } = 64;
}
