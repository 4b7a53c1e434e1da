namespace Hansa.Storage;

/// <summary>Limits of the write queue. Every bound is here, none elsewhere.</summary>
public sealed record WriteQueueOptions
{
    /// <summary>Writes that may wait; one more is refused. Default 10,000.</summary>
    public int MaxWrites { get; init; } = 10_000;

    /// <summary>Bytes of content that may wait, roughly counted. Default 64 MiB; a single larger write is taken when nothing else waits.</summary>
    public long MaxBytes { get; init; } = 64 << 20;

    /// <summary>Rows that a commit joins. Default 1,000; a single larger write has a commit of its own.</summary>
    public int MaxCommitRows { get; init; } = 1_000;

    /// <summary>Bytes of content that a commit joins. Default 1 MiB; a single larger write has a commit of its own.</summary>
    public long MaxCommitBytes { get; init; } = 1 << 20;

    /// <summary>How long a commit goes on joining writes that are there. A lone caller waits for nobody. Default 50 ms.</summary>
    public TimeSpan MaxCommitTime { get; init; } = TimeSpan.FromMilliseconds(50);

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxWrites);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxBytes);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCommitRows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MaxCommitBytes);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(MaxCommitTime, TimeSpan.Zero);
    }
}
