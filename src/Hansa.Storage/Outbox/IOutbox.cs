namespace Hansa.Storage;

/// <summary>
/// Writes to Things of other servers that were taken here and not yet there (design federation 5). What <see cref="AppendAsync"/> has
/// answered is on disk. Safe for many callers.
/// </summary>
public interface IOutbox
{
    /// <summary>Who this server is, on whatever name: made at the first start.</summary>
    string ServerId { get; }

    /// <summary>
    /// The number of this start, on disk before anything else: seconds since 2020, or one more than the last where that is higher. So a folder that is
    /// brought back from a copy gives no number again that it gave after the copy was made.
    /// </summary>
    long Boot { get; }

    /// <summary>What each proxy stands for, as it was bound last.</summary>
    IReadOnlyList<OutboxPin> Pins { get; }

    /// <summary>Lanes with entries, as they were at the start.</summary>
    IReadOnlyList<OutboxLane> Lanes { get; }

    /// <summary>Of each other server the highest number of this one that is known to be stored there, as it was noted last.</summary>
    IReadOnlyDictionary<string, long> Proved { get; }

    /// <summary>Notes the highest number that is known to be stored at another server.</summary>
    Task ProveAsync(string server, long number, CancellationToken cancellationToken);

    /// <summary>Remembers what a proxy stands for.</summary>
    Task PinAsync(OutboxPin pin, CancellationToken cancellationToken);

    /// <summary>Takes an entry.</summary>
    Task AppendAsync(LaneKey lane, OutboxEntry entry, CancellationToken cancellationToken);

    /// <summary>Waiting entries of a lane in their order.</summary>
    Task<IReadOnlyList<OutboxEntry>> ReadAsync(LaneKey lane, long after, int maxItems, CancellationToken cancellationToken);

    /// <summary>Deletes entries that were delivered, and parks those that were refused, in one commit.</summary>
    Task SettleAsync(LaneKey lane, IReadOnlyList<long> delivered, IReadOnlyList<(long Number, string Reason)> refused, CancellationToken cancellationToken);

    /// <summary>Parked entries, oldest first; of one proxy, or of all.</summary>
    Task<IReadOnlyList<(LaneKey Lane, OutboxEntry Entry)>> ReadParkedAsync(Guid? proxy, int maxItems, CancellationToken cancellationToken);

    /// <summary>Deletes a parked entry.</summary>
    /// <returns>What it was; null where there is none.</returns>
    Task<OutboxEntry?> TakeParkedAsync(Guid proxy, long number, CancellationToken cancellationToken);

    /// <summary>Drops all waiting entries of a lane.</summary>
    /// <returns>How many.</returns>
    Task<long> DropAsync(LaneKey lane, CancellationToken cancellationToken);
}

/// <summary>A lane: the writes of this server to one Thing of another.</summary>
/// <param name="Server">Id of the other server.</param>
/// <param name="Thing">Id of the Thing there.</param>
public readonly record struct LaneKey(string Server, Guid Thing);

/// <summary>What a proxy stands for.</summary>
/// <param name="Proxy">Id of the Thing here.</param>
/// <param name="Lane">The Thing there.</param>
/// <param name="ServerName">What the other server called itself.</param>
public sealed record OutboxPin(Guid Proxy, LaneKey Lane, string ServerName);

/// <summary>One write that waits, or was refused.</summary>
/// <param name="Number">Its number in the lane.</param>
/// <param name="Proxy">Id of the Thing here.</param>
/// <param name="Call">The call in bytes.</param>
/// <param name="Accepted">When it was taken, milliseconds since 1970.</param>
public sealed record OutboxEntry(long Number, Guid Proxy, ReadOnlyMemory<byte> Call, long Accepted)
{
    /// <summary>Why it was refused; "" while it waits.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Whether its bytes are not those that were written.</summary>
    public bool IsDamaged { get; init; }
}

/// <summary>What waits in a lane.</summary>
/// <param name="Lane">Which.</param>
/// <param name="Waiting">Entries that wait.</param>
/// <param name="Bytes">Of them.</param>
/// <param name="Oldest">When the oldest was taken, milliseconds since 1970.</param>
/// <param name="Parked">Entries that were refused.</param>
public sealed record OutboxLane(LaneKey Lane, long Waiting, long Bytes, long Oldest, long Parked);
