namespace Hansa.Storage;

/// <summary>What a provider gives: everything that one data folder keeps. Safe for many callers.</summary>
/// <remarks>
/// A task of a write completes after its commit is on disk, never before; what fails to commit throws.
/// Writes of many callers share commits. Cancelling gives up the wait; a write already queued may still happen.
/// A full queue refuses at once with <see cref="Hansa.Model.ErrorCode.Unavailable"/>, and nothing is taken.
/// </remarks>
public interface IStorage : IAsyncDisposable
{
    /// <summary>Definitions of entities and values of persistent properties.</summary>
    IModelStore Model { get; }

    /// <summary>Rows of streams.</summary>
    IStreamStore Streams { get; }

    /// <summary>Rows of value streams.</summary>
    IValueStreamStore ValueStreams { get; }

    /// <summary>Rows of data tables.</summary>
    IDataTableStore DataTables { get; }

    /// <summary>Pages and entries of wikis and blogs.</summary>
    IPageStore Pages { get; }

    /// <summary>What was done of the writes of other servers.</summary>
    ILedger Ledger { get; }

    /// <summary>What waits for other servers.</summary>
    IOutbox Outbox { get; }

    /// <summary>Logs and the audit.</summary>
    IJournals Journals { get; }

    /// <summary>Figures of the write queue.</summary>
    StorageMetrics Metrics { get; }
}

/// <summary>Figures of the write queue since start.</summary>
/// <param name="QueuedWrites">Writes that wait now.</param>
/// <param name="QueueLimit">Writes that may wait.</param>
/// <param name="Commits">Commits done.</param>
/// <param name="Writes">Writes in them.</param>
/// <param name="Rows">Rows in them.</param>
/// <param name="OverwrittenEntries">Stream entries that replaced one of the same timestamp and source.</param>
/// <param name="RefusedWrites">Writes refused because the queue was full.</param>
public sealed record StorageMetrics(
    int QueuedWrites, int QueueLimit, long Commits, long Writes, long Rows, long OverwrittenEntries, long RefusedWrites);
