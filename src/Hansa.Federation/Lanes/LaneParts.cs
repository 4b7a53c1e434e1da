using Hansa.Runtime;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>What lanes are made of.</summary>
internal sealed record LaneParts(
    IOutbox Outbox, LaneNumbers Numbers, LinkRequests Requests, EntityDirectory Directory, FederationOptions Options, TimeProvider Time, ILogger Logger)
{
    /// <summary>The Thing here that an entry was written to; null where it is gone.</summary>
    public Thing? FindProxy(Guid id) => Directory.Things.FirstOrDefault(thing => thing.Definition.Id == id);
}

/// <summary>How a lane stands.</summary>
/// <param name="Key">The Thing there.</param>
/// <param name="ServerName">What the other server calls itself.</param>
/// <param name="Waiting">Entries that are on this server's disk and not known to be there.</param>
/// <param name="Bytes">Of them.</param>
/// <param name="Oldest">When the oldest was taken, milliseconds since 1970; 0 where nothing waits.</param>
/// <param name="Parked">Entries that were refused and wait for a person.</param>
/// <param name="Reason">Why what waits does not go; "" where it does, or nothing waits.</param>
/// <param name="IsRefused">Whether the other end says no, which only a person can change.</param>
internal sealed record LaneStanding(LaneKey Key, string ServerName, long Waiting, long Bytes, long Oldest, long Parked, string Reason, bool IsRefused);
