namespace Hansa.Storage.Sqlite;

/// <summary>Settings of the SQLite provider.</summary>
public sealed record SqliteOptions
{
    /// <summary>Limits of the write queue.</summary>
    public WriteQueueOptions Queue { get; init; } = new();

    /// <summary>Reads that run side by side; more wait. Default 8.</summary>
    public int Readers { get; init; } = 8;

    /// <summary>The longest read; a longer one ends with <see cref="Hansa.Model.ErrorCode.Timeout"/>, as it holds the write-ahead log back. Default 60 s.</summary>
    public TimeSpan ReadTimeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>How long to wait for another program that has the file locked, such as a SQL tool. Default 5 s.</summary>
    public TimeSpan BusyTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>The largest size of the database file in bytes; writes beyond it are refused. Default none.</summary>
    public long? MaxFileBytes { get; init; }

    /// <summary>The write-ahead log is brought into the file when it has grown by so many bytes. Default 8 MiB.</summary>
    public long CheckpointBytes { get; init; } = 8 << 20;

    /// <summary>At this size of the write-ahead log the writer waits shortly for readers, to begin the log anew. Default 128 MiB.</summary>
    public long MaxLogBytes { get; init; } = 128 << 20;

    internal void Check()
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(Readers);
        ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(ReadTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(BusyTimeout, TimeSpan.Zero);
        ArgumentOutOfRangeException.ThrowIfLessThan(CheckpointBytes, 1 << 20);
        ArgumentOutOfRangeException.ThrowIfLessThan(MaxLogBytes, CheckpointBytes);
    }
}
