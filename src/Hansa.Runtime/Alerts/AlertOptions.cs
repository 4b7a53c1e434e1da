using System.ComponentModel.DataAnnotations;

namespace Hansa.Runtime;

/// <summary>How much of alerts may wait for the disk.</summary>
public sealed class AlertOptions
{
    /// <summary>Lines of the alert history that may wait; beyond it writers wait, then lines are dropped and counted. How alerts stand is never lost. Default 100,000.</summary>
    [Range(1, int.MaxValue)]
    public int QueueLimit { get; set; } = 100_000;

    /// <summary>How long a writer waits for room in a full queue. Default 1 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "00:10:00")]
    public TimeSpan FullQueueWait { get; set; } = TimeSpan.FromSeconds(1);
}
