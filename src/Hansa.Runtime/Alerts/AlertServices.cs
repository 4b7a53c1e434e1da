using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>How alerts of a Thing stand, and what happened to them (spec thing-services, Alerts).</summary>
public sealed class AlertServices(AlertMonitor monitor, EntityDirectory directory, IStorage storage) : KindServices
{
    private static readonly DataShape StatusRows = DataShape.Of(
        ("property", BaseType.STRING), ("name", BaseType.STRING), ("alertType", BaseType.STRING), ("status", BaseType.STRING), ("enabled", BaseType.BOOLEAN),
        ("priority", BaseType.INTEGER), ("acknowledged", BaseType.BOOLEAN), ("timestamp", BaseType.DATETIME), ("message", BaseType.STRING));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Takes note of the alerts of a property.", Category = "Alerts")]
    public async Task AcknowledgeAlert(ServiceContext call, [Parameter(IsRequired = true)] string property, string? message, CancellationToken cancellationToken)
    {
        if (call.Target.Shape.FindProperty(property) is null)
            throw Errors.NoSuchProperty(property, call.Target.Key);
        await Acknowledge(call, property, message, cancellationToken);
    }

    [Service("Takes note of all alerts of the Thing.", Category = "Alerts")]
    public Task AcknowledgeAllAlerts(ServiceContext call, string? message, CancellationToken cancellationToken) => Acknowledge(call, null, message, cancellationToken);

    [Service("Tells how an alert stands: active, unacknowledged (it is over, and nobody has taken note), inactive, or disabled.", Category = "Alerts", Kind = CallKind.Read)]
    public string GetAlertStatus(ServiceContext call, [Parameter(IsRequired = true)] string property, [Parameter(IsRequired = true)] string alertName)
    {
        var alerts = monitor.Of(call.Thing);
        return alerts.Definitions(call.Target.Shape).FirstOrDefault(alert => alert.Property == property && alert.Name == alertName) is { } alert
            ? Status(alert, alerts.Find(property, alertName))
            : throw new PlatformException(ErrorCode.NotFound, $"Property [{property}] of Thing [{call.Target.Name}] has no alert [{alertName}].");
    }

    [Service("Lists how all alerts stand.", Category = "Alerts", Kind = CallKind.Read)]
    public InfoTable GetAlertStatuses(ServiceContext call) => Statuses(call, null);

    [Service("Lists how the alerts of a property stand.", Category = "Alerts", Kind = CallKind.Read)]
    public InfoTable GetAlertStatusesForProperty(ServiceContext call, [Parameter(IsRequired = true)] string property) => call.Target.Shape.FindProperty(property) is null
        ? throw Errors.NoSuchProperty(property, call.Target.Key) : Statuses(call, property);

    [Service("Lists alerts that hold, or that nobody has taken note of, the most important first.", Category = "Alerts", ResultShape = "AlertSummary", Kind = CallKind.Read)]
    public InfoTable GetAlertSummary(ServiceContext call, bool? onlyAcknowledged, bool? onlyUnacknowledged, double maxItems = MaxItems.Default) =>
        First(Summary(call, null, onlyAcknowledged, onlyUnacknowledged), maxItems);

    [Service("Lists alerts of a property that hold, or that nobody has taken note of.", Category = "Alerts", ResultShape = "AlertSummary", Kind = CallKind.Read)]
    public InfoTable GetAlertSummaryForProperty(
        ServiceContext call, [Parameter(IsRequired = true)] string property, bool? onlyAcknowledged, bool? onlyUnacknowledged, double maxItems = MaxItems.Default) =>
        call.Target.Shape.FindProperty(property) is null
            ? throw Errors.NoSuchProperty(property, call.Target.Key) : First(Summary(call, property, onlyAcknowledged, onlyUnacknowledged), maxItems);

    [Service("Lists alerts as GetAlertSummary does, those that a query asks for.", Category = "Alerts", ResultShape = "AlertSummary", Kind = CallKind.Read)]
    public InfoTable QueryAlertSummary(
        ServiceContext call, [Parameter(BaseType.QUERY)] string? query, bool? onlyAcknowledged, bool? onlyUnacknowledged, double maxItems = MaxItems.Default) =>
        First(Query.Parse(query).Bind(PlatformShapes.AlertSummary).Run(Summary(call, null, onlyAcknowledged, onlyUnacknowledged)), maxItems);

    [Service("Lists what happened to the Thing's alerts: fired, reset, acknowledged.", Category = "Alerts", Kind = CallKind.Read)]
    public async Task<InfoTable> QueryAlertHistory(
        ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, bool? oldestFirst, [Parameter(BaseType.QUERY)] string? query, CancellationToken cancellationToken,
        double maxItems = MaxItems.Default)
    {
        var stream = directory.FindThing(AlertMonitor.HistoryStream) ?? throw new PlatformException(ErrorCode.Unavailable, $"Thing [{AlertMonitor.HistoryStream}] is missing.");
        await monitor.SettleAsync().WaitAsync(cancellationToken);
        return await storage.Streams.QueryAsync(stream.Definition.Id, new(PlatformShapes.AlertHistory, StreamColumns.EntriesWithData, MaxItems.Check(maxItems))
        {
            Sources = [call.Target.Name], Start = startDate?.ToUnixTimeMilliseconds(), End = endDate?.ToUnixTimeMilliseconds(), OldestFirst = oldestFirst is true, Query = Query.Parse(query),
        }, cancellationToken);
    }

    private async Task Acknowledge(ServiceContext call, string? property, string? message, CancellationToken cancellationToken)
    {
        foreach (var state in monitor.Of(call.Thing).States.Where(state => (property is null || state.Property == property) && !state.IsAcknowledged))
            await monitor.AcknowledgeAsync(call.Call.Author, call.Thing, state.Property, state.Name, message ?? "", cancellationToken);
    }

    private InfoTable Statuses(ServiceContext call, string? property)
    {
        var alerts = monitor.Of(call.Thing);
        var builder = new InfoTable.Builder(StatusRows);
        foreach (var alert in alerts.Definitions(call.Target.Shape).Where(alert => property is null || alert.Property == property))
        {
            var state = alerts.Find(alert.Property, alert.Name);
            builder.Add(
                Value.String(alert.Property), Value.String(alert.Name), Value.String(alert.AlertType), Value.String(Status(alert, state)), Value.Boolean(alert.IsEnabled),
                Value.Integer(alert.Priority), Value.Boolean(state?.IsAcknowledged ?? false), state is null ? default : Value.DateTime(state.Since), Value.String(state?.Message ?? ""));
        }

        return builder.Build();
    }

    private InfoTable Summary(ServiceContext call, string? property, bool? onlyAcknowledged, bool? onlyUnacknowledged) => AlertRows.Summary(monitor.Of(call.Thing).States
        .Where(state => (property is null || state.Property == property) && (onlyAcknowledged is not true || state.IsAcknowledged) && (onlyUnacknowledged is not true || !state.IsAcknowledged))
        .Select(state => (call.Target.Name, state)));

    private static string Status(AlertDefinition alert, AlertState? state) => state switch
    {
        { IsActive: true } => "active",
        not null => "unacknowledged",
        null => alert.IsEnabled ? "inactive" : "disabled",
    };

    /// <summary>So many of the rows.</summary>
    internal static InfoTable First(InfoTable rows, double maxItems)
    {
        var count = MaxItems.Check(maxItems);
        if (rows.RowCount <= count)
            return rows;
        var builder = new InfoTable.Builder(rows.Shape);
        for (var i = 0; i < count; i++)
            builder.Add(rows.Row(i));
        return builder.Build();
    }
}

/// <summary>Services of anomaly detection, which this server does not carry: each says so (docs/compatibility.md).</summary>
public sealed class AnomalyServices : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Not supported: anomaly detection does not run here.", Category = "Alerts", Requires = Permission.Read, Kind = CallKind.Read)]
    public InfoTable GetAllAnomalyAlertTrainingStatistics(ServiceContext call) => throw NotSupported();

    [Service("Not supported: anomaly detection does not run here.", Category = "Alerts", Requires = Permission.Read, Kind = CallKind.Read)]
    public InfoTable GetAnomalyAlertTrainingStatisticsForAlert(ServiceContext call, string? property, string? alertName) => throw NotSupported();

    [Service("Not supported: anomaly detection does not run here.", Category = "Alerts", Requires = Permission.Read, Kind = CallKind.Read)]
    public InfoTable GetAnomalyAlertTrainingStatisticsForProperty(ServiceContext call, string? property) => throw NotSupported();

    [Service("Not supported: anomaly detection does not run here.", Category = "Alerts", Requires = Permission.Update)]
    public void PromoteAlert(ServiceContext call, string? propertyName, string? alertName) => throw NotSupported();

    [Service("Not supported: anomaly detection does not run here.", Category = "Alerts", Requires = Permission.Update)]
    public void RetrainAlert(ServiceContext call, string? propertyName, string? alertName) => throw NotSupported();

    internal static PlatformException NotSupported() => new(ErrorCode.NotSupported, "Anomaly detection does not run on this server. Use an alert of another type, or a subscription that computes what is unusual.");
}
