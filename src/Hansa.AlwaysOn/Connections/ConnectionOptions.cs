using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn;

/// <summary>Which end of a connection this is.</summary>
public enum ConnectionEnd
{
    /// <summary>The end that was dialled: it takes AUTH and BIND.</summary>
    Server,

    /// <summary>The end that dialled: it sends AUTH and BIND.</summary>
    Client,
}

/// <summary>
/// What the ends have agreed on, and the limits of this one. The defaults are those of the server end towards a
/// device.
/// </summary>
public sealed record ConnectionOptions
{
    /// <summary>Which end this is. Default server.</summary>
    public ConnectionEnd End { get; init; }

    /// <summary>What the peer can read until it has said more; each AUTH goes back to it. Default a device.</summary>
    public PeerProfile Peer { get; init; } = PeerProfile.Device;

    /// <summary>The peer's Max-Frame-Size in bytes. Default 8192; what is above 65,535 is not used.</summary>
    public int MaxFrameSize { get; init; } = 8192;

    /// <summary>
    /// Longest chunk sent, headers included, in bytes. Default 8192; never more than the peer's Max-Frame-Size.
    /// </summary>
    public int ChunkSize { get; init; } = 8192;

    /// <summary>
    /// Whether and how messages are deflated. Nothing is deflated by this end before AUTH has succeeded. Default off.
    /// </summary>
    public Deflate Deflate { get; init; }

    /// <summary>Longest WebSocket message taken, in bytes after inflating. Default 1 MiB.</summary>
    public int MaxSocketMessage { get; init; } = 1 << 20;

    /// <summary>The same before AUTH. Default 16 KiB.</summary>
    public int MaxSocketMessageBeforeAuth { get; init; } = 16 << 10;

    /// <summary>
    /// Longest message taken or sent once its chunks are put together, in bytes. Default 16 MiB; between Hansa
    /// servers 64 MiB.
    /// </summary>
    public int MaxMessageSize { get; init; } = 16 << 20;

    /// <summary>Bytes of unfinished long messages held at most. Default 32 MiB; between Hansa servers 128 MiB.</summary>
    public long MaxAssemblyBytes { get; init; } = 32 << 20;

    /// <summary>Unfinished long messages at most. Default 500.</summary>
    public int MaxAssemblies { get; init; } = 500;

    /// <summary>How long the next chunk of a message may take. Default 50 s.</summary>
    public TimeSpan AssemblyLimit { get; init; } = TimeSpan.FromSeconds(50);

    /// <summary>Requests of the peer under way at once; above it nothing is read. Default 256.</summary>
    public int MaxInFlight { get; init; } = 256;

    /// <summary>
    /// Requests of this end without an answer; above it requests wait in the queue. Default 256: it must not be above
    /// the peer's <see cref="MaxInFlight"/>.
    /// </summary>
    public int MaxOutstanding { get; init; } = 256;

    /// <summary>Messages that wait to be sent; above it a request is refused and nothing taken. Default 4096.</summary>
    public int MaxQueuedMessages { get; init; } = 4096;

    /// <summary>
    /// Bytes held to be sent; while there are more, no message longer than a chunk is begun. Default 4 MiB, and one
    /// message more.
    /// </summary>
    public long MaxQueuedBytes { get; init; } = 4 << 20;

    /// <summary>Server end: time to the first AUTH that succeeds. Default 15 s.</summary>
    public TimeSpan AuthLimit { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>
    /// The connection is given up when not a byte has come for this long. Default 120 s: devices ping each 55 s.
    /// </summary>
    public TimeSpan SilenceLimit { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>
    /// A Ping goes out when either direction has been silent for this long; null for none, as devices do not answer.
    /// Default none.
    /// </summary>
    public TimeSpan? PingInterval { get; init; }

    /// <summary>The connection is given up when the peer takes nothing for this long. Default 60 s.</summary>
    public TimeSpan WriteLimit { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long an orderly close waits for what is under way. Default 5 s.</summary>
    public TimeSpan DrainLimit { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long the peer has to end the connection after a Close. Default 1 s.</summary>
    public TimeSpan CloseLimit { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>The first id of requests of this end. Default 1.</summary>
    public uint FirstRequestId { get; init; } = 1;

    /// <summary>The client end towards a plain server: a Ping each 55 s, an answer within 10 s.</summary>
    public static ConnectionOptions Client { get; } = new()
    {
        End = ConnectionEnd.Client,
        PingInterval = TimeSpan.FromSeconds(55),
        SilenceLimit = TimeSpan.FromSeconds(65),
    };

    /// <summary>
    /// These options between two Hansa servers: a Ping after each second of silence, given up after five, and their
    /// larger limits.
    /// </summary>
    /// <remarks>What the peer can read stays as it is until the hello is done.</remarks>
    public ConnectionOptions BetweenHansas() => this with
    {
        // The end that dialled pings first, and its ping and the answer keep both directions awake.
        PingInterval = End == ConnectionEnd.Client ? TimeSpan.FromSeconds(1) : TimeSpan.FromSeconds(1.5),
        SilenceLimit = TimeSpan.FromSeconds(5),
        MaxMessageSize = 64 << 20,
        MaxAssemblyBytes = 128 << 20,
    };

    internal FrameSocketOptions Socket => new()
    {
        IsClient = End == ConnectionEnd.Client,
        MaxFrameSize = MaxFrameSize,
        MaxMessageSize = End == ConnectionEnd.Client ? MaxSocketMessage : MaxSocketMessageBeforeAuth,
        Deflate = Deflate,
    };
}
