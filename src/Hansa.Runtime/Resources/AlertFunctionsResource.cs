using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Resource AlertFunctions: alerts of all Things at once (spec platform 3.5). A Thing counts where the caller may run the same service of the Thing.</summary>
public sealed class AlertFunctionsResource(AlertMonitor monitor, EntityDirectory directory, IStorage storage) : Resource
{
    /// <inheritdoc/>
    public override string Name => "AlertFunctions";

    /// <inheritdoc/>
    public override string Description => "Tells how the alerts of all Things stand.";

    [Service("Lists alerts of all Things that hold, or that nobody has taken note of, the most important first.", Category = "Alerts", ResultShape = "AlertSummary", Kind = CallKind.Read)]
    public InfoTable GetAlertSummary(ServiceContext call, bool? onlyAcknowledged, bool? onlyUnacknowledged, double maxItems = MaxItems.Default) =>
        AlertServices.First(AlertRows.Summary(Watched(call, nameof(AlertServices.GetAlertSummary)).SelectMany(thing => monitor.Of(thing).States
            .Where(state => (onlyAcknowledged is not true || state.IsAcknowledged) && (onlyUnacknowledged is not true || !state.IsAcknowledged))
            .Select(state => (thing.Name, state)))), maxItems);

    [Service("Lists what happened to the alerts of all Things: fired, reset, acknowledged.", Category = "Alerts", Kind = CallKind.Read)]
    public async Task<InfoTable> QueryAlertHistory(
        ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, bool? oldestFirst, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double maxItems = MaxItems.Default)
    {
        var stream = directory.FindThing(AlertMonitor.HistoryStream) ?? throw new PlatformException(ErrorCode.Unavailable, $"Thing [{AlertMonitor.HistoryStream}] is missing.");
        await monitor.SettleAsync().WaitAsync(cancellationToken);
        var question = new StreamQuery(PlatformShapes.AlertHistory, StreamColumns.EntriesWithData, MaxItems.Check(maxItems))
        {
            Start = startDate?.ToUnixTimeMilliseconds(), End = endDate?.ToUnixTimeMilliseconds(), OldestFirst = oldestFirst is true, Query = Query.Parse(query),
        };
        // Administrators also see what happened to Things that are gone.
        return await storage.Streams.QueryAsync(
            stream.Definition.Id,
            call.Caller.IsAdministrator ? question : question with { Sources = [.. Watched(call, nameof(AlertServices.QueryAlertHistory)).Select(thing => thing.Name)] }, cancellationToken);
    }

    private IEnumerable<Thing> Watched(ServiceContext call, string service) => directory.Things.Where(thing => monitor.IsWatched(thing)
        && call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin)
        && call.Invoker.Gate.Allows(call.Caller, thing, Permission.ServiceInvoke, service, call.Call.Origin));
}
