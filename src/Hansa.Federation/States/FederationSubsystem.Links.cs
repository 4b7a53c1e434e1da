using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <content>How the links stand.</content>
internal sealed partial class FederationSubsystem
{
    [Service("Tells how each link stands in its direction: LIVE is proved by commits on the other server's disk, not by open sockets.", Category = "Federation", ResultShape = "LinkStatus", Kind = CallKind.Read)]
    public InfoTable GetLinks(ServiceContext call)
    {
        var waiting = _lanes.Standings.ToLookup(lane => lane.Key.Server, StringComparer.Ordinal);
        var builder = new InfoTable.Builder(PlatformShapes.LinkStatus);
        foreach (var watch in _monitor.Watches)
        {
            var now = watch.Now;
            var lanes = watch.Role == LinkRole.Publisher ? [.. waiting[watch.ServerId]] : new List<LaneStanding>();
            var oldest = lanes.Where(lane => lane.Waiting > 0).Select(lane => lane.Oldest).DefaultIfEmpty().Min();
            var trip = watch.RoundTrip;
            var facts = _monitor.FactsOf(watch);
            builder.Add(
                Value.String(watch.Name), Value.String(watch.Role.ToString()), Value.String(now.State.ToString().ToUpperInvariant()), Value.String(now.Reason), Value.DateTime(now.Time),
                Value.String(watch.OtherView), Value.Integer(facts.Pipes), watch.LastProof == 0 ? default : Value.DateTime(watch.LastProof),
                trip is { } median ? Value.Number(median.Median.TotalMilliseconds) : default, trip is { } longest ? Value.Number(longest.Longest.TotalMilliseconds) : default,
                Value.Integer(facts.Things), Value.Long(lanes.Sum(lane => lane.Waiting)), Value.Long(lanes.Sum(lane => lane.Bytes)), oldest == 0 ? default : Value.DateTime(oldest),
                Value.Long(lanes.Sum(lane => lane.Parked)), Value.String(watch.Loss), Value.String(facts.Version), Value.String(watch.ServerId));
        }

        return builder.Build();
    }

    [Service("Lists how the state of links has changed since the start, newest first; of one server, or of all.", Category = "Federation", ResultShape = "LinkChange", Kind = CallKind.Read)]
    public InfoTable GetLinkChanges(ServiceContext call, string? serverName, double maxItems = 500)
    {
        var builder = new InfoTable.Builder(PlatformShapes.LinkChange);
        var changes = _monitor.Watches.Where(watch => string.IsNullOrEmpty(serverName) || watch.Name == serverName)
            .SelectMany(watch => watch.Changes.Select(change => (watch, change))).OrderByDescending(one => one.change.Time).Take(Limit(maxItems));
        foreach (var (watch, change) in changes)
        {
            builder.Add(
                Value.DateTime(change.Time), Value.String(watch.Name), Value.String(watch.Role.ToString()), Value.String(change.State.ToString().ToUpperInvariant()), Value.String(change.Reason));
        }

        return builder.Build();
    }

    [Service("Tells how the Things here stand that stand for Things of other servers: as their link does, unless a Thing's own binding or what waits for it is worse off; one of them, or all.",
        Category = "Federation", ResultShape = "BoundThing", Kind = CallKind.Read)]
    public InfoTable GetBoundThings(ServiceContext call, [Parameter(BaseType.THINGNAME)] string? thingName, double maxItems = 500)
    {
        IEnumerable<Thing> things = string.IsNullOrEmpty(thingName) ? _bound.All.OrderBy(thing => thing.Name, StringComparer.Ordinal) : [Proxy(thingName)];
        var builder = new InfoTable.Builder(PlatformShapes.BoundThing);
        foreach (var (thing, server, now, lane) in _bound.Look(things.Where(thing => call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin)).Take(Limit(maxItems))))
        {
            builder.Add(
                Value.Text(thing.Name, BaseType.THINGNAME), Value.Text(thing.Definition.ThingTemplate, BaseType.THINGTEMPLATENAME), Value.String(thing.Definition.Identifier), Value.String(server),
                now is null ? default : Value.String(now.State.ToString().ToUpperInvariant()), now is null ? default : Value.String(now.Reason), now is null or { Time: 0 } ? default : Value.DateTime(now.Time),
                Value.Long(lane?.Waiting ?? 0), lane is null or { Oldest: 0 } ? default : Value.DateTime(lane.Oldest), Value.Long(lane?.Parked ?? 0));
        }

        return builder.Build();
    }
}
