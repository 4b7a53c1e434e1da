using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>Tells how each Thing stands that stands for one of another server: as its link does, unless its own binding or lane is worse off.</summary>
internal sealed class BoundThings(EntityDirectory directory, Presence presence, LaneBook lanes, LinkMonitor monitor, TimeProvider time)
{
    /// <summary>The Things here whose Identifier names a Thing of a server.</summary>
    public IEnumerable<Thing> All => directory.Things.Where(IsOne);

    /// <summary>How Things stand, in the order given; those that stand for nothing of a server are left out.</summary>
    public IEnumerable<BoundThing> Look(IEnumerable<Thing> things)
    {
        var links = monitor.Watches.Where(watch => watch.Role == LinkRole.Publisher && watch.ServerId.Length > 0).ToLookup(watch => watch.ServerId, StringComparer.Ordinal);
        return things.Where(IsOne).Select(thing =>
        {
            var binding = presence.BindingOf(thing);
            var lane = lanes.StandingOf(thing);
            var link = links[binding?.Owner.ServerId ?? lane?.Key.Server ?? ""].FirstOrDefault();
            var identifier = thing.Definition.Identifier;
            var server = binding?.Owner.Name ?? lane?.ServerName ?? identifier[(identifier.LastIndexOf('@') + 1)..];
            return new BoundThing(thing, server, Judge(thing, binding, lane, link), lane);
        });
    }

    private bool IsOne(Thing thing) => thing.Definition.Identifier.Contains('@', StringComparison.Ordinal) && directory.Catalogue.IsRemote(thing.Definition.ThingTemplate);

    private LinkChange? Judge(Thing thing, Binding? binding, LaneStanding? lane, LinkWatch? link)
    {
        if (lane is { IsRefused: true })
            return new(lane.Oldest, LinkState.Refused, lane.Reason);
        if (binding is null)
        {
            return presence.IsRefused(thing) ? new(0, LinkState.Refused, presence.WhyUnbound(thing))
                : link?.Now is { State: LinkState.Down or LinkState.Refused, Reason.Length: > 0 } away && !link.IsProved ? away
                : new(0, LinkState.Down, presence.WhyUnbound(thing));
        }

        // A server that keeps no ledger proves nothing.
        if (link is null)
            return null;
        var now = link.Now;
        if (now.State is LinkState.Down or LinkState.Stale)
            return now;
        if (!link.IsProved)
            return new(now.Time, LinkState.Stale, "nothing has been stored there for 3 s");
        return lane is { Waiting: > 0 } && LinkWatch.WhyDelayed(time, lane.Oldest) is { } reason
            ? new(lane.Oldest, LinkState.Delayed, reason) : new(now.Time, LinkState.Live, "");
    }
}

/// <summary>How a Thing stands that stands for one of another server.</summary>
/// <param name="Thing">The Thing here.</param>
/// <param name="Server">What the other server calls itself.</param>
/// <param name="Now">Its state, why, and since when, 0 where that is not known; null where the other server cannot prove anything.</param>
/// <param name="Lane">What waits for it; null where nothing ever did.</param>
internal sealed record BoundThing(Thing Thing, string Server, LinkChange? Now, LaneStanding? Lane);
