using System.ComponentModel.DataAnnotations;

namespace Hansa.Federation;

/// <summary>Limits of links and sessions.</summary>
public sealed class FederationOptions
{
    /// <summary>How long a call to the other end may take. Default 60 s (spec platform 1.3).</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>A write that may wait and has no answer after so long is taken on this server's disk. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:05:00")]
    public TimeSpan DeferAfter { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>A write from the outbox that has no answer after so long is sent again. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan ResendAfter { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Bytes of writes to one Thing that may wait for its server; more are refused. Default 1 GiB.</summary>
    [Range(1 << 16, long.MaxValue)]
    public long OutboxBytes { get; set; } = 1L << 30;

    /// <summary>Writes from the outbox to one Thing that are under way at once. Default 64.</summary>
    [Range(1, 256)]
    public int DrainWindow { get; set; } = 64;

    /// <summary>Services of one Thing that may be under way at once over a link; more wait. Default 32.</summary>
    [Range(1, 1024)]
    public int ServicesPerThing { get; set; } = 32;

    /// <summary>Values, and events, of one Thing that may wait to be told to a subscriber; beyond it the oldest are dropped and counted. Default 100,000.</summary>
    [Range(100, 10_000_000)]
    public int PushLimit { get; set; } = 100_000;

    /// <summary>How long messages of the link itself (AUTH, BIND, contracts) may take. Default 10 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "00:05:00")]
    public TimeSpan LinkTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How often sessions are looked at for keys that have expired. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.05", "00:01:00")]
    public TimeSpan KeyCheckInterval { get; set; } = TimeSpan.FromSeconds(1);
}
