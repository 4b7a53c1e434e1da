using System.ComponentModel.DataAnnotations;

namespace Hansa.Runtime;

/// <summary>How many events wait and how many run at once.</summary>
public sealed class EventOptions
{
    /// <summary>Events that may wait for their subscriptions. Default 200,000 (spec platform 8.1); beyond it writers wait, then events are dropped and counted.</summary>
    [Range(1, int.MaxValue)]
    public int QueueLimit { get; set; } = 200_000;

    /// <summary>Events that may wait for one ordered subscription. Default 100,000 (spec platform 3.5).</summary>
    [Range(1, int.MaxValue)]
    public int OrderedQueueLimit { get; set; } = 100_000;

    /// <summary>Subscriptions that run at once. Default 16.</summary>
    [Range(1, 500)]
    public int Workers { get; set; } = 16;

    /// <summary>How long a writer waits for room in a full queue. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan FullQueueWait { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>How many subscriptions may set each other off, one after the other, before it is taken for a loop and ended. Default 100.</summary>
    [Range(1, 10_000)]
    public int MaxChain { get; set; } = 100;
}
