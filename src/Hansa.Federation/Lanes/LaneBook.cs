using System.Collections.Concurrent;
using System.Globalization;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>All lanes of this server, and which proxy stands for which Thing.</summary>
internal sealed partial class LaneBook : IDisposable
{
    private readonly ConcurrentDictionary<LaneKey, Lane> _lanes = new();
    private readonly ConcurrentDictionary<Guid, OutboxPin> _pins = new();
    private readonly LaneParts _parts;

    public LaneBook(IStorage storage, LaneNumbers numbers, LinkRequests requests, EntityDirectory directory, FederationOptions options, TimeProvider time, ILogger<LaneBook> logger)
    {
        _parts = new(storage.Outbox, numbers, requests, directory, options, time, logger);
        foreach (var pin in storage.Outbox.Pins)
            _pins[pin.Proxy] = pin;
        foreach (var kept in storage.Outbox.Lanes)
            _lanes[kept.Lane] = new(kept.Lane, _pins.Values.FirstOrDefault(pin => pin.Lane.Server == kept.Lane.Server)?.ServerName ?? kept.Lane.Server, kept, _parts);
    }

    /// <summary>How all lanes stand.</summary>
    public IEnumerable<LaneStanding> Standings => _lanes.Values.Select(lane => lane.Standing);

    /// <summary>The Things here that stand for what a lane goes to.</summary>
    public IEnumerable<Thing> ProxiesOf(LaneKey lane) => _pins.Values.Where(pin => pin.Lane == lane).Select(pin => _parts.FindProxy(pin.Proxy)).OfType<Thing>();

    /// <summary>The lane to a Thing of a server that keeps a ledger; null for others.</summary>
    public Lane? Find(Binding binding) => binding is { Owner.ServerId: { } server, Contract: { } contract } ? Get(new(server, contract.ThingId), binding.Owner.Name) : null;

    /// <summary>The lane to what a proxy stood for when it was bound last; null where it never was.</summary>
    public Lane? FindPinned(Thing proxy) => _pins.TryGetValue(proxy.Definition.Id, out var pin) ? Get(pin.Lane, pin.ServerName) : null;

    /// <summary>How the lane stands to what a proxy stood for when it was bound last; null where it never was.</summary>
    public LaneStanding? StandingOf(Thing proxy) => _pins.TryGetValue(proxy.Definition.Id, out var pin) && _lanes.TryGetValue(pin.Lane, out var lane) ? lane.Standing : null;

    /// <summary>What a proxy stands for has been bound, bound otherwise, or is away.</summary>
    /// <param name="proxy">The proxy.</param>
    /// <param name="binding">Where its other end is bound; null where it is not, or cannot be worked with.</param>
    /// <param name="why">Why it cannot be worked with; "" where it is not there.</param>
    public void Note(Thing proxy, Binding? binding, string why)
    {
        var lane = binding is null ? null : Find(binding);
        if (_pins.TryGetValue(proxy.Definition.Id, out var pin) && lane?.Key != pin.Lane && _lanes.TryGetValue(pin.Lane, out var before))
            before.Use(null, why);
        if (lane is null)
            return;
        var now = new OutboxPin(proxy.Definition.Id, lane.Key, binding!.Owner.Name);
        if (now != pin)
            _ = PinAsync(now);
        lane.Use(binding);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var lane in _lanes.Values)
            lane.Dispose();
    }

    /// <summary>The oldest of what waits for a proxy.</summary>
    public async Task<IReadOnlyList<(string Id, RemoteCall Write, long Accepted)>> WaitingAsync(Thing proxy, int maxItems, CancellationToken cancellationToken) => FindPinned(proxy) is not { Waiting: > 0 } lane ? []
        : [.. from entry in await _parts.Outbox.ReadAsync(lane.Key, 0, maxItems, cancellationToken)
              where entry.Proxy == proxy.Definition.Id
              let write = OutboxCall.TryRead(proxy, entry)
              where write is not null
              select (entry.Number.ToString(CultureInfo.InvariantCulture), write, entry.Accepted)];

    /// <summary>Refused entries; of one proxy, or of all.</summary>
    public Task<IReadOnlyList<(LaneKey Lane, OutboxEntry Entry)>> ReadParkedAsync(Thing? proxy, int maxItems, CancellationToken cancellationToken) =>
        _parts.Outbox.ReadParkedAsync(proxy?.Definition.Id, maxItems, cancellationToken);

    /// <summary>Takes a refused entry up again, at the end of what waits for its proxy now.</summary>
    public async Task ReplayAsync(Thing proxy, long number, CancellationToken cancellationToken)
    {
        var lane = FindPinned(proxy) ?? throw NoEntry(proxy, number);
        var parked = (await _parts.Outbox.ReadParkedAsync(proxy.Definition.Id, int.MaxValue, cancellationToken)).FirstOrDefault(one => one.Entry.Number == number);
        if (parked.Entry is not { IsDamaged: false } entry)
            throw NoEntry(proxy, number);
        await lane.AddAsync(OutboxCall.Read(proxy, entry.Call.Span));
        await DropParkedAsync(proxy, number, CancellationToken.None);
    }

    /// <summary>Drops a refused entry.</summary>
    public async Task DropParkedAsync(Thing proxy, long number, CancellationToken cancellationToken)
    {
        var parked = (await _parts.Outbox.ReadParkedAsync(proxy.Definition.Id, int.MaxValue, cancellationToken)).FirstOrDefault(one => one.Entry.Number == number);
        if (await _parts.Outbox.TakeParkedAsync(proxy.Definition.Id, number, cancellationToken) is null)
            throw NoEntry(proxy, number);
        if (_lanes.TryGetValue(parked.Lane, out var lane))
            lane.Unpark();
        LogDropped(_parts.Logger, proxy.Name, number);
    }

    private Lane Get(LaneKey key, string serverName) => _lanes.GetOrAdd(key, static (at, made) => new(at, made.serverName, null, made._parts), (serverName, _parts));

    // Writes are taken meanwhile all the same; what is not on disk is asked anew at the next binding.
    private async Task PinAsync(OutboxPin pin)
    {
        _pins[pin.Proxy] = pin;
        try
        {
            await _parts.Outbox.PinAsync(pin, CancellationToken.None);
        }
        catch (PlatformException e)
        {
            LogPinFailed(_parts.Logger, pin.ServerName, e);
        }
    }

    private static PlatformException NoEntry(Thing proxy, long number) => new(ErrorCode.NotFound, $"Thing [{proxy.Name}] has no parked entry {number} that could be read.");

    [LoggerMessage(2403, LogLevel.Warning, "A parked write of Thing {Thing} was dropped by a person: entry {Number}.")]
    private static partial void LogDropped(ILogger logger, string thing, long number);

    [LoggerMessage(2404, LogLevel.Error, "What a proxy stands for at {Server} could not be kept.")]
    private static partial void LogPinFailed(ILogger logger, string server, Exception exception);
}
