using System.Collections.Concurrent;
using Hansa.AlwaysOn;
using Hansa.Model;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>Keeps the truth about all links of this server, both those that it opened and those that others did.</summary>
internal sealed partial class LinkMonitor : IDisposable
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan NoteEvery = TimeSpan.FromSeconds(10);

    private readonly ConcurrentDictionary<string, LinkWatch> _watches = new(StringComparer.Ordinal);
    private readonly BindTable _binds;
    private readonly LaneBook _lanes;
    private readonly LaneNumbers _numbers;
    private readonly IStorage _storage;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly ITimer _timer;
    private readonly ConcurrentDictionary<string, long> _noted = new(StringComparer.Ordinal);
    private readonly ITimer _noting;
    private IReadOnlyList<SubscriberLink> _links = [];

    public LinkMonitor(BindTable binds, LaneBook lanes, LaneNumbers numbers, IStorage storage, TimeProvider time, ILogger<LinkMonitor> logger)
    {
        (_binds, _lanes, _numbers, _storage, _time, _logger) = (binds, lanes, numbers, storage, time, logger);
        // A server that was here before is missed from the start.
        foreach (var pin in storage.Outbox.Pins)
            _watches.TryAdd(KeyOf(LinkRole.Publisher, pin.Lane.Server), NewPublisher(pin.Lane.Server, pin.ServerName));
        _timer = time.CreateTimer(_ => Look(), null, LookEvery, LookEvery);
        _noting = time.CreateTimer(_ => _ = NoteAsync(), null, NoteEvery, NoteEvery);
    }

    /// <summary>Told of each change of a link's state.</summary>
    public event Action<LinkWatch, LinkChange>? Changed;

    /// <summary>All links.</summary>
    public IEnumerable<LinkWatch> Watches => _watches.Values.OrderBy(watch => watch.Role).ThenBy(watch => watch.Name, StringComparer.Ordinal);

    /// <summary>What is known of a link's other end: its pipes, the Things that are bound over it, its version.</summary>
    public (int Pipes, int Things, string Version) FactsOf(LinkWatch watch)
    {
        var (pipes, things) = (0, 0);
        string? version = null;
        if (watch.Role == LinkRole.Publisher && _binds.Servers.FirstOrDefault(owner => owner.ServerId == watch.ServerId) is { } owner)
        {
            (pipes, things) = (owner.Sessions.Length, owner.Names.Count(name => owner.Find(name) is { Contract: not null }));
            version = owner.Sessions.Select(session => session.Peer?.Version).FirstOrDefault();
        }
        else if (watch.Role == LinkRole.Subscriber && _links.FirstOrDefault(link => link.Row.Name == watch.Name) is { } subscriber)
        {
            (pipes, things, version) = (subscriber.Connections.Count, subscriber.Wanted.Count, subscriber.Peer?.Version);
        }

        if (version is { Length: > 0 })
            watch.Version = version;
        return (pipes, things, watch.Version);
    }

    /// <summary>These are the links to subscribers now.</summary>
    public void Use(IReadOnlyList<SubscriberLink> links)
    {
        _links = links;
        foreach (var (key, watch) in _watches)
        {
            if (watch.Role == LinkRole.Subscriber && !links.Any(link => KeyOf(LinkRole.Subscriber, link.Row.Name) == key))
                _watches.TryRemove(key, out _);
        }
    }

    /// <summary>Stores a number of the other end, and answers how the link is seen here.</summary>
    /// <param name="peer">Who asks.</param>
    /// <param name="role">What it is to this server.</param>
    /// <param name="key">The id of a publisher, the row of a subscriber.</param>
    /// <param name="request">The probe.</param>
    public async ValueTask<ResponseMessage> AnswerAsync(PeerFacts peer, LinkRole role, string key, RequestMessage request, CancellationToken cancellationToken)
    {
        var highest = await _storage.Ledger.HighestAsync(peer.ServerId, cancellationToken);
        await _storage.Ledger.ProbeAsync(peer.ServerId, LinkMessages.NumberOf(request), cancellationToken);
        var seen = _watches.GetValueOrDefault(KeyOf(role, key))?.Now;
        return ResponseMessage.Of(LinkMessages.View(seen, highest)) with { Traffic = TrafficClass.Probe };
    }

    /// <summary>
    /// The name under which a server of that id is linked already, started otherwise; null where it is not. One id with two lives means that a data folder was
    /// copied: their numbers would cross, and writes of one be taken for copies of the other's.
    /// </summary>
    public string? RunsTwice(string row, PeerFacts peer) => _links
        .FirstOrDefault(link => link.Row.Name != row && link.IsConnected && link.Peer is { } other && other.ServerId == peer.ServerId && other.Boot != peer.Boot)?.Row.Name;

    public void Dispose()
    {
        _timer.Dispose();
        _noting.Dispose();
    }

    private static string KeyOf(LinkRole role, string key) => $"{role} {key}";

    private void Look()
    {
        var standings = _lanes.Standings.Where(lane => lane.Waiting > 0).ToLookup(lane => lane.Key.Server, StringComparer.Ordinal);
        var owners = _binds.Servers.ToDictionary(owner => owner.ServerId!, StringComparer.Ordinal);
        foreach (var owner in owners.Values)
            _watches.GetOrAdd(KeyOf(LinkRole.Publisher, owner.ServerId!), _ => NewPublisher(owner.ServerId!, owner.Name)).Name = owner.Name;
        foreach (var watch in _watches.Values.Where(watch => watch.Role == LinkRole.Publisher))
        {
            var waiting = standings[watch.ServerId].ToList();
            if (owners.GetValueOrDefault(watch.ServerId) is { Proof: not 0 and var proof })
                watch.Prove(proof, owners[watch.ServerId].ProvedNumber);
            Look(watch, new(
                owners.GetValueOrDefault(watch.ServerId)?.Connections ?? [], $"no connection from [{watch.Name}]", IsRefused: false,
                waiting.FirstOrDefault(lane => lane.IsRefused)?.Reason ?? "", waiting.Count == 0 ? 0 : waiting.Min(lane => lane.Oldest)));
        }

        foreach (var link in _links)
        {
            var watch = _watches.GetOrAdd(KeyOf(LinkRole.Subscriber, link.Row.Name), _ => new(link.Row.Name, LinkRole.Subscriber, _time));
            watch.ServerId = link.Peer?.ServerId ?? watch.ServerId;
            Look(watch, new(link.Connections, link.Reason, link.IsRefused, "", Oldest: 0));
        }
    }

    private LinkWatch NewPublisher(string serverId, string name) => new(name, LinkRole.Publisher, _time)
    {
        ServerId = serverId, Acknowledged = _storage.Outbox.Proved.GetValueOrDefault(serverId),
    };

    // Now and then: after a restart a little less is known, never more.
    private async Task NoteAsync()
    {
        foreach (var watch in _watches.Values.Where(watch => watch.Role == LinkRole.Publisher && watch.Acknowledged > 0))
        {
            try
            {
                if (_noted.GetValueOrDefault(watch.ServerId) != watch.Acknowledged)
                    await _storage.Outbox.ProveAsync(watch.ServerId, _noted[watch.ServerId] = watch.Acknowledged, CancellationToken.None);
            }
            catch (PlatformException e)
            {
                LogNoteFailed(_logger, watch.Name, e);
            }
        }
    }

    private void Look(LinkWatch watch, LinkSight sight)
    {
        if (watch.Look(sight, _numbers.Next) is not { } change)
            return;
        LogState(_logger, watch.Role, watch.Name, change.State, change.Reason);
        Changed?.Invoke(watch, change);
    }

    [LoggerMessage(2502, LogLevel.Error, "What is known to be stored at {Server} could not be noted.")]
    private static partial void LogNoteFailed(ILogger logger, string server, Exception exception);

    [LoggerMessage(2501, LogLevel.Information, "Link with {Role} {Server} is {State} {Reason}")]
    private static partial void LogState(ILogger logger, LinkRole role, string server, LinkState state, string reason);
}
