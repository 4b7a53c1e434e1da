using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The root of all Things that live elsewhere; shapes Connectable and Reportable (spec platform 1.7).</summary>
public sealed class RemoteThingTemplate(IRemoteEndpoints endpoints) : BuiltInTemplate
{
    /// <summary>Its name.</summary>
    public const string TemplateName = "RemoteThing";

    /// <summary>Whether the other end is bound now.</summary>
    public const string IsConnected = "isConnected";

    /// <summary>When it was last bound.</summary>
    public const string LastConnection = "lastConnection";

    private static readonly DataShape PropertySubscriptions = DataShape.Of(
        ("edgeName", BaseType.STRING), ("pushType", BaseType.STRING), ("pushThreshold", BaseType.NUMBER));

    private static readonly DataShape EventSubscriptions = DataShape.Of(("edgeName", BaseType.STRING));

    /// <inheritdoc/>
    public override string Name => TemplateName;

    /// <inheritdoc/>
    public override string Description => "A Thing on another server or an edge device.";

    /// <inheritdoc/>
    public override IEnumerable<PropertyDefinition> Properties =>
    [
        Presence(IsConnected, BaseType.BOOLEAN), Presence(LastConnection, BaseType.DATETIME),
        Presence("isReporting", BaseType.BOOLEAN), Presence("reportingLastEvaluation", BaseType.DATETIME), Presence("reportingLastChange", BaseType.DATETIME),
    ];

    [Service("Tells what the other end has: properties, services, events.", Category = "Bindings", Requires = Permission.Read, Result = BaseType.JSON, Kind = CallKind.Read)]
    public async Task<string?> GetRemoteMetadata(ServiceContext call, CancellationToken cancellationToken)
    {
        var endpoint = endpoints.Find(call.Thing)
            ?? throw new PlatformException(ErrorCode.Unavailable, $"Thing [{call.Target.Name}] is not bound, so nothing is known of its other end.");
        var answer = await endpoint.InvokeAsync(new(call.Thing, "GetMetadata", null, CallKind.Read) { Caller = call.Caller.UserName }, cancellationToken);
        return answer is { RowCount: > 0 } ? answer[0, "result"].AsText() : null;
    }

    [Service("Tells the other end which properties to push.", Category = "Bindings", ResultShape = "EdgeThingPropertyNotification", Kind = CallKind.Read)]
    public InfoTable GetPropertySubscriptions(ServiceContext call, [Parameter(BaseType.JSON)] string? options) =>
        new InfoTable.Builder(PropertySubscriptions).Build();

    [Service("Tells the other end which events to send.", Category = "Bindings", ResultShape = "EdgeThingEventNotification", Kind = CallKind.Read)]
    public InfoTable GetEventSubscriptions(ServiceContext call) => new InfoTable.Builder(EventSubscriptions).Build();

    [Service("Takes property values that the other end pushes. Names that the Thing does not have are passed over.", Category = "Bindings")]
    public Task UpdateSubscribedPropertyValues(ServiceContext call, [Parameter(Shape = "NamedVTQ")] InfoTable? values, CancellationToken cancellationToken)
    {
        var writes = new List<(string, Vtq)>();
        for (var i = 0; i < (values?.RowCount ?? 0); i++)
        {
            var name = values![i, "name"].ToString();
            if (call.Target.Shape.FindProperty(name) is not { IsReadOnly: false } definition)
                continue;
            var at = Coercion.To(values[i, "time"], BaseType.DATETIME, "time");
            var value = Coercion.To(values[i, "value"], definition.BaseType, name);
            var quality = values[i, "quality"].ToString();
            writes.Add((name, new(value, at.AsLong(), quality.Length == 0 ? Vtq.Good : quality)));
        }

        return call.Invoker.WritePropertiesAsync(call.Caller.UserName, call.Target.Key, writes, call.Call.Origin, cancellationToken);
    }

    private static PropertyDefinition Presence(string name, BaseType type) => new(new FieldDefinition(name, type)
    {
        Aspects = Aspects.Of(
            ("isReadOnly", Value.Boolean(true)), ("isBuiltIn", Value.Boolean(true)), ("isPersistent", Value.Boolean(type == BaseType.DATETIME)),
            ("defaultValue", type == BaseType.BOOLEAN ? Value.Boolean(false) : Value.DateTime(0))),
    });
}
