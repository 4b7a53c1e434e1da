using System.Globalization;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <content>What waits for other servers, and what they refused.</content>
internal sealed partial class FederationSubsystem
{
    private const int MaxParked = 10_000;

    [Service("Tells what waits for other servers, by the Thing that it is for; what was refused there is parked.", Category = "Federation", ResultShape = "OutboxStatus", Kind = CallKind.Read)]
    public InfoTable GetOutboxStatus(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.OutboxStatus);
        foreach (var lane in _lanes.Standings.OrderBy(lane => lane.ServerName, StringComparer.Ordinal))
        {
            var proxies = _lanes.ProxiesOf(lane.Key).Where(thing => call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin)).Select(thing => thing.Name).ToList();
            if (proxies.Count == 0 && (lane.Waiting == 0 || !call.Caller.IsAdministrator))
                continue;
            builder.Add(
                Value.String(lane.ServerName), Value.String(string.Join(", ", proxies)), Value.Long(lane.Waiting), Value.Long(lane.Bytes),
                lane.Oldest == 0 ? default : Value.DateTime(lane.Oldest), Value.Long(lane.Parked), Value.String(lane.Reason), Value.Boolean(lane.IsRefused));
        }

        return builder.Build();
    }

    [Service("Lists writes that another server refused, oldest first; of one Thing, or of all.", Category = "Federation", ResultShape = "ParkedEntry", Kind = CallKind.Read)]
    public async Task<InfoTable> GetParkedEntries(ServiceContext call, [Parameter(BaseType.THINGNAME)] string? thingName, CancellationToken cancellationToken, double maxItems = 500)
    {
        var things = _directory.Things.Where(thing => call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin)).ToDictionary(thing => thing.Definition.Id);
        var builder = new InfoTable.Builder(PlatformShapes.ParkedEntry);
        foreach (var (_, entry) in await _lanes.ReadParkedAsync(string.IsNullOrEmpty(thingName) ? null : Proxy(thingName), Math.Min(MaxParked, Limit(maxItems)), cancellationToken))
        {
            // What was written to a Thing that is gone since is shown to those who see everything.
            if (!things.TryGetValue(entry.Proxy, out var thing) && !call.Caller.IsAdministrator)
                continue;
            var write = thing is null ? null : OutboxCall.TryRead(thing, entry);
            builder.Add(
                Value.String(entry.Number.ToString(CultureInfo.InvariantCulture)), Value.Text(thing?.Name ?? "", BaseType.THINGNAME), Value.String(write?.Name ?? ""), Value.String(write?.Caller ?? ""),
                Value.DateTime(entry.Accepted), Value.String(entry.Reason), write?.Parameters is { } parameters ? Value.Table(parameters) : default);
        }

        return builder.Build();
    }

    [Service("Takes a parked write up again, at the end of what waits.", Category = "Federation")]
    public Task DeliverParkedEntry(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string thingName, [Parameter(IsRequired = true)] string number, CancellationToken cancellationToken) =>
        _lanes.ReplayAsync(Proxy(thingName), Number(number), cancellationToken);

    [Service("Drops a parked write for good.", Category = "Federation")]
    public Task DropParkedEntry(ServiceContext call, [Parameter(BaseType.THINGNAME, IsRequired = true)] string thingName, [Parameter(IsRequired = true)] string number, CancellationToken cancellationToken) =>
        _lanes.DropParkedAsync(Proxy(thingName), Number(number), cancellationToken);

    private Thing Proxy(string name) => _directory.FindThing(name) ?? throw new PlatformException(ErrorCode.NotFound, $"Thing [{name}] does not exist.");

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw new PlatformException(ErrorCode.BadRequest, $"number is that of a parked entry, as GetParkedEntries gives it, not '{text}'.");
}
