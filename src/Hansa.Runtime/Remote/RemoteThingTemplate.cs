using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The root of all Things that live elsewhere; shapes Connectable and Reportable (spec platform 1.7).</summary>
public sealed class RemoteThingTemplate(IRemoteEndpoints endpoints, EntityDirectory directory) : BuiltInTemplate
{
    /// <summary>Its name.</summary>
    public const string TemplateName = "RemoteThing";

    private const int MaxQueuedTasks = 1_000;

    /// <summary>Whether the other end is bound now.</summary>
    public const string IsConnected = "isConnected";

    /// <summary>When it was last bound.</summary>
    public const string LastConnection = "lastConnection";

    /// <summary>The column and option of <see cref="GetPropertySubscriptions"/> that tells a server which values may be folded; devices do not know it.</summary>
    public const string FoldColumn = "isFolded", FoldOption = "hasFold";

    private static readonly FieldDefinition[] Subscriptions =
        [new("edgeName", BaseType.STRING), new("pushType", BaseType.STRING, Ordinal: 1), new("pushThreshold", BaseType.NUMBER, Ordinal: 2)];

    private static readonly DataShape PropertySubscriptions = new(Subscriptions);

    private static readonly DataShape FoldedSubscriptions = new([.. Subscriptions, new(FoldColumn, BaseType.BOOLEAN, Ordinal: 3)]);

    private static readonly DataShape EventSubscriptions = DataShape.Of(("edgeName", BaseType.STRING));

    /// <inheritdoc/>
    public override string Name => TemplateName;

    /// <inheritdoc/>
    public override string Description => "A Thing on another server or an edge device.";

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [RemoteDelivery.Table];

    /// <inheritdoc/>
    public override IEnumerable<PropertyDefinition> Properties =>
    [
        Presence(IsConnected, BaseType.BOOLEAN), Presence(LastConnection, BaseType.DATETIME),
        Presence("isReporting", BaseType.BOOLEAN), Presence("reportingLastEvaluation", BaseType.DATETIME), Presence("reportingLastChange", BaseType.DATETIME),
    ];

    /// <summary>The events that the remote end is asked for: those that were bound, and those that a twin of a data Thing has by its template.</summary>
    public IEnumerable<RemoteEventBinding> EventsOf(Thing thing) => thing.Bindings.RemoteEvents.Concat(
        directory.Catalogue.TwinEvents(thing.Definition.ThingTemplate).Where(twin => thing.Bindings.RemoteEvents.All(bound => bound.Event != twin.Name)).Select(twin => new RemoteEventBinding(twin.Name, "")));

    [Service("Tells what the other end has: properties, services, events.", Category = "Bindings", Requires = Permission.Read, Result = BaseType.JSON, Kind = CallKind.Read)]
    public async Task<string?> GetRemoteMetadata(ServiceContext call, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.Find(call.Thing)
            ?? throw new PlatformException(ErrorCode.Unavailable, $"Thing [{call.Target.Name}] is not bound, so nothing is known of its other end.");
        var answer = await endpoint.InvokeAsync(new(call.Thing, "GetMetadata", null, CallKind.Read) { Caller = call.Caller.UserName }, cancellationToken);
        return answer is { RowCount: > 0 } ? answer[0, "result"].AsText() : null;
    }

    [Service("Tells the other end which properties to push.", Category = "Bindings", ResultShape = "EdgeThingPropertyNotification", Kind = CallKind.Read)]
    public InfoTable GetPropertySubscriptions(ServiceContext call, [Parameter(BaseType.JSON)] string? options)
    {
        var (hasDeadband, hasFold) = (Has(options, "hasDeadband"), Has(options, FoldOption));
        var builder = new InfoTable.Builder(hasFold ? FoldedSubscriptions : PropertySubscriptions);
        foreach (var binding in call.Thing.Bindings.RemoteProperties)
        {
            var row = builder.AddRow();
            row[0] = Value.String(binding.RemoteName);
            row[1] = Value.String(binding.PushType == "DEADBAND" && !hasDeadband ? "VALUE" : binding.PushType);
            row[2] = Value.Number(binding.PushThreshold);
            if (hasFold)
                row[3] = Value.Boolean(binding.IsFolded);
        }

        return builder.Build();
    }

    [Service("Tells the other end which events to send.", Category = "Bindings", ResultShape = "EdgeThingEventNotification", Kind = CallKind.Read)]
    public InfoTable GetEventSubscriptions(ServiceContext call)
    {
        var builder = new InfoTable.Builder(EventSubscriptions);
        foreach (var binding in EventsOf(call.Thing))
            builder.Add(Value.String(binding.RemoteName));
        return builder.Build();
    }

    [Service("Takes property values that the other end pushes. Names that the Thing does not have are passed over.", Category = "Bindings")]
    public Task UpdateSubscribedPropertyValues(ServiceContext call, [Parameter(Shape = "NamedVTQ")] InfoTable? values, CancellationToken cancellationToken)
    {
        var told = new List<(string, Vtq)>(values?.RowCount ?? 0);
        for (var i = 0; i < (values?.RowCount ?? 0); i++)
        {
            var at = Coercion.To(values![i, "time"], BaseType.DATETIME, "time");
            var quality = values[i, "quality"].ToString();
            told.Add((values[i, "name"].ToString(), new(values[i, "value"], at.IsNull ? call.Invoker.Now : at.AsLong(), quality.Length == 0 ? Vtq.Good : quality)));
        }

        return call.Invoker.TakePropertiesAsync(call.Caller.UserName, call.Call.Author, call.Target.Key, told, call.Call.Origin, cancellationToken);
    }

    [Service("Takes events that the other end sends: rows of name (or eventName), eventTime (or timestamp), eventData. Names that nothing is bound to are passed over.", Category = "Bindings")]
    public async Task ProcessRemoteEvents(ServiceContext call, [Parameter(Shape = "RemoteEvent")] InfoTable? values, CancellationToken cancellationToken)
    {
        var bound = EventsOf(call.Thing).ToLookup(binding => binding.RemoteName, binding => binding.Event, StringComparer.Ordinal);
        for (var i = 0; i < (values?.RowCount ?? 0); i++)
        {
            var name = (values![i, "name"] is { IsNull: false } given ? given : values[i, "eventName"]).ToString();
            var at = Coercion.To(values[i, "eventTime"] is { IsNull: false } time ? time : values[i, "timestamp"], BaseType.DATETIME, "eventTime");
            var data = Coercion.To(values[i, "eventData"], BaseType.INFOTABLE, "eventData").AsTable();
            var fields = data is { RowCount: > 0 } ? data.Shape.Fields.Select((field, column) => KeyValuePair.Create(field.Name, data[0, column])).ToList() : [];
            foreach (var happening in bound[name])
            {
                if (call.Target.Shape.FindEvent(happening) is not null)
                {
                    await call.Invoker.FireEventAsync(
                        call.Caller.UserName, call.Target.Key, happening, fields, call.Call.Origin, cancellationToken, call.Call.Author, at.IsNull ? null : at.AsLong());
                }
            }
        }
    }

    [Service("Lists the oldest 1,000 of the writes that wait for the other end.", Category = "Queueing", ResultShape = "MessageStoreList", Kind = CallKind.Read)]
    public async Task<InfoTable> GetQueuedTasks(ServiceContext call, CancellationToken cancellationToken)
    {
        var builder = new InfoTable.Builder(PlatformShapes.MessageStoreList);
        foreach (var (id, write, accepted) in await endpoints.WaitingAsync(call.Thing, MaxQueuedTasks, cancellationToken))
        {
            builder.Add(
                Value.String(id), Value.String(write.Subject == RemoteSubject.PropertyWrite ? "PropertyWrite" : "ServiceInvoke"), Value.String(write.Name),
                write.Parameters is { } parameters ? Value.Table(parameters) : default, Value.Text(call.Thing.Name, BaseType.THINGNAME), Value.DateTime(accepted));
        }

        return builder.Build();
    }

    [Service("Has what waits for the other end sent now, which happens by itself, too.", Category = "Queueing")]
    public void SendQueuedTasks(ServiceContext call) => endpoints.Get(call.Thing);

    [Service("Sends at most so many of what waits for the other end, and gives how many were sent: all that waits goes by itself, so none is left to this.", Category = "Queueing")]
    public int SendMaxQueuedTasks(ServiceContext call, int? maxCount)
    {
        endpoints.Get(call.Thing);
        return 0;
    }

    [Service("Looks whether the other end reports, and says so in isReporting; for a Thing whose isReporting is bound the other end says it.", Category = "Reporting")]
    public Task EvaluateReporting(ServiceContext call, CancellationToken cancellationToken) => ReportAsync(call.Thing, call.Invoker.Now, cancellationToken);

    [Service("Gives how isReporting comes about: by the connection, or not at all here where the other end says it.", Category = "Reporting", Result = BaseType.THINGNAME, Kind = CallKind.Read)]
    public string GetReportingStrategy(ServiceContext call) => IsReportingBound(call.Thing) ? "NoOpStrategy" : "ReportingByConnection";

    /// <summary>Sets isReporting by the connection, unless the other end says it (spec platform 1.9).</summary>
    public static async Task ReportAsync(Thing thing, long now, CancellationToken cancellationToken)
    {
        if (IsReportingBound(thing))
            return;
        var isReporting = thing.Properties.Read(IsConnected).Value;
        var hasChanged = thing.Properties.Read("isReporting").Value.AsBoolean() != isReporting.AsBoolean();
        await thing.Properties.SetAsync("reportingLastEvaluation", Value.DateTime(now), cancellationToken);
        if (!hasChanged)
            return;
        await thing.Properties.SetAsync("isReporting", isReporting, cancellationToken);
        await thing.Properties.SetAsync("reportingLastChange", Value.DateTime(now), cancellationToken);
    }

    private static bool IsReportingBound(Thing thing) => thing.Bindings.Remote("isReporting") is not null || thing.Bindings.Local("isReporting") is not null;

    private static bool Has(string? options, string name)
    {
        if (string.IsNullOrWhiteSpace(options))
            return false;
        using var json = JsonDocument.Parse(options, ValueJson.DocumentOptions);
        return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty(name, out var flag) && flag.ValueKind == JsonValueKind.True;
    }

    private static PropertyDefinition Presence(string name, BaseType type) => new(new FieldDefinition(name, type)
    {
        Aspects = Aspects.Of(
            ("isReadOnly", Value.Boolean(true)), ("isBuiltIn", Value.Boolean(true)), ("isPersistent", Value.Boolean(type == BaseType.DATETIME)),
            ("defaultValue", type == BaseType.BOOLEAN ? Value.Boolean(false) : Value.DateTime(0))),
    });
}
