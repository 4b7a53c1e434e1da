using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>What writes one kind of rows. All kinds share one queue and its commits (design decisions 1), and each shows the figures of that queue.</summary>
public abstract class WriteSubsystem(IStorage storage) : PermanentSubsystem
{
    /// <inheritdoc/>
    public override IEnumerable<Metric> Metrics
    {
        get
        {
            var metrics = storage.Metrics;
            yield return new("queueSize", "Writes that wait, of all kinds of data.", metrics.QueuedWrites);
            yield return new("maximumQueueSize", "Writes that may wait; more are refused.", metrics.QueueLimit);
            yield return new("totalWritesPerformed", "Writes committed since start, of all kinds of data.", metrics.Writes, IsCount: true);
            yield return new("totalRowsWritten", "Rows in them.", metrics.Rows, IsCount: true);
            yield return new("totalCommits", "Commits since start; writes of many callers share one.", metrics.Commits, IsCount: true);
            yield return new("refusedWrites", "Writes refused because the queue was full.", metrics.RefusedWrites, IsCount: true);
        }
    }
}

/// <summary>StreamProcessingSubsystem: figures of the queue that stream entries are written through.</summary>
public sealed class StreamProcessingSubsystem(IStorage storage) : WriteSubsystem(storage)
{
    private readonly IStorage _storage = storage;

    /// <inheritdoc/>
    public override string Name => "StreamProcessingSubsystem";

    /// <inheritdoc/>
    public override string Description => "Writes entries of streams.";

    /// <inheritdoc/>
    public override IEnumerable<Metric> Metrics => base.Metrics.Append(
        new("overwrittenEntries", "Entries that replaced one of the same timestamp and source.", _storage.Metrics.OverwrittenEntries, IsCount: true));
}

/// <summary>ValueStreamProcessingSubsystem: figures of the queue that values of logged properties are written through.</summary>
public sealed class ValueStreamProcessingSubsystem(IStorage storage) : WriteSubsystem(storage)
{
    /// <inheritdoc/>
    public override string Name => "ValueStreamProcessingSubsystem";

    /// <inheritdoc/>
    public override string Description => "Writes values of logged properties.";
}

/// <summary>DataTableProcessingSubsystem: figures of the queue that rows of data tables are written through.</summary>
public sealed class DataTableProcessingSubsystem(IStorage storage) : WriteSubsystem(storage)
{
    /// <inheritdoc/>
    public override string Name => "DataTableProcessingSubsystem";

    /// <inheritdoc/>
    public override string Description => "Writes rows of data tables.";
}
