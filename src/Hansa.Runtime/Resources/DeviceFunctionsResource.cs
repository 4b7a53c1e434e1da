using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource DeviceFunctions: remote Things and their other ends (spec platform 1.6).</summary>
public sealed class DeviceFunctionsResource(EntityDirectory directory, IRemoteEndpoints endpoints) : Resource
{
    /// <inheritdoc/>
    public override string Name => "DeviceFunctions";

    /// <inheritdoc/>
    public override string Description => "Lists remote Things and what is bound to them.";

    [Service("Lists the remote Things that are bound now.", Category = "Devices", ResultShape = "DeviceStatus", Kind = CallKind.Read)]
    public InfoTable GetBoundRemoteThings(ServiceContext call, double maxItems = MaxItems.Default) =>
        Devices(Remote(call).Where(thing => endpoints.Find(thing) is not null).Take(MaxItems.Check(maxItems)));

    [Service("Lists names that a device or server has bound and that no Thing has.", Category = "Devices", ResultShape = "BoundName", Kind = CallKind.Read)]
    public InfoTable GetUnboundRemoteThings(ServiceContext call, double maxItems = MaxItems.Default)
    {
        var builder = new InfoTable.Builder(PlatformShapes.BoundName);
        foreach (var name in Unbound.Take(MaxItems.Check(maxItems)))
            builder.Add(Value.String(name.Name), Value.Boolean(name.IsIdentifier));
        return builder.Build();
    }

    [Service("Lists identifiers that a device or server has bound and that no Thing has.", Category = "Devices", ResultShape = "EntityList", Kind = CallKind.Read)]
    public InfoTable GetUnboundIdentifiers(ServiceContext call, double maxItems = MaxItems.Default)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var name in Unbound.Where(name => name.IsIdentifier).Take(MaxItems.Check(maxItems)))
            builder.Add(Value.String(name.Name), Value.String(""));
        return builder.Build();
    }

    [Service("Lists remote Things, bound or not.", Category = "Devices", ResultShape = "DeviceStatus", Kind = CallKind.Read)]
    public InfoTable SearchDevices(
        ServiceContext call, [Parameter(Description = "A pattern for names; * and ? are wildcards.")] string? nameMask,
        [Parameter(BaseType.THINGTEMPLATENAME)] string? thingTemplate, [Parameter(BaseType.QUERY, Description = "Over the columns of the result.")] string? query,
        double maxItems = MaxItems.Default)
    {
        var mask = string.IsNullOrEmpty(nameMask) ? null : TextPattern.Like(nameMask, isCaseSensitive: false);
        var things = Remote(call).Where(thing => (mask is null || mask.IsMatch(thing.Name)) && (string.IsNullOrEmpty(thingTemplate) || IsOf(thing, thingTemplate)));
        return Query.Parse(query).Bind(PlatformShapes.DeviceStatus).Run(Devices(things), MaxItems.Check(maxItems));
    }

    private IEnumerable<BoundName> Unbound => endpoints.WithoutThing.OrderBy(name => name.Name, StringComparer.Ordinal);

    private bool IsOf(Thing thing, string template) =>
        thing.Definition.ThingTemplate == template || directory.Catalogue.Lineage(thing.Definition.ThingTemplate).Any(part => part.Name == template);

    private IEnumerable<Thing> Remote(ServiceContext call) => directory.Things
        .Where(thing => directory.Catalogue.IsRemote(thing.Definition.ThingTemplate) && call.Invoker.Gate.IsVisible(call.Caller, thing, call.Call.Origin))
        .OrderBy(thing => thing.Name, StringComparer.Ordinal);

    private InfoTable Devices(IEnumerable<Thing> things)
    {
        var builder = new InfoTable.Builder(PlatformShapes.DeviceStatus);
        foreach (var thing in things)
        {
            var isBound = endpoints.Find(thing) is not null;
            builder.Add(
                Value.String(thing.Name), Value.String(thing.Definition.Description), Value.String(thing.Definition.Identifier),
                Value.Text(thing.Definition.ThingTemplate, BaseType.THINGTEMPLATENAME), Value.Boolean(isBound), Value.Boolean(isBound),
                Read(thing, RemoteThingTemplate.LastConnection), Coercion.To(Value.String(thing.Definition.Tags), BaseType.TAGS, "tags"));
        }

        return builder.Build();
    }

    private static Value Read(Thing thing, string property) => thing.Shape.FindProperty(property) is { } definition ? thing.Properties.Read(definition).Value : default;
}
