using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What an entity can do, told from the one definition; of a template or shape what its Things can.</summary>
public sealed class MetadataServices : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => true;

    [Service("Gives properties, services and events as JSON.", Category = "Metadata", Requires = Permission.None, Result = BaseType.JSON,
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetMetadataAsJSON(ServiceContext call) => MetadataJson.Of(call.Target, call.Members());

    [Service("Gives properties, services and events as JSON, with the permissions that were given.", Category = "Metadata", Requires = Permission.Read, Result = BaseType.JSON,
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetMetadataWithPermissionsAsJSON(ServiceContext call) => PermissionJson.Into(GetMetadataAsJSON(call), call.Target.Definition);

    [Service("Gives properties, services and events in one row, with tables of their definitions.", Category = "Metadata", Requires = Permission.None,
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetMetadata(ServiceContext call) => MetadataTables.Metadata(call.Target, call.Members());

    [Service("Lists the definitions of services, of a category, result type or Data Shape where one is named.", Category = "Metadata", Requires = Permission.Read,
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetServiceDefinitions(
        ServiceContext call, string? category, [Parameter(BaseType.BASETYPENAME)] string? type, [Parameter(BaseType.DATASHAPENAME)] string? dataShape) =>
        MetadataTables.Services(call.Members(), service => Is(service.Category, category) && Is(service.Result.BaseType.Name(), type) && Is(service.Result.DataShapeName, dataShape));

    [Service("Gives the definition of a service.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetServiceDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name) => call.Members().FindService(name) is not null
        ? MetadataTables.Services(call.Members(), service => service.Name == name)
        : throw Errors.NoSuchService(name, call.Target.Key);

    [Service("Lists the definitions of events, of a category or Data Shape where one is named.", Category = "Metadata", Requires = Permission.Read,
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetEventDefinitions(ServiceContext call, string? category, [Parameter(BaseType.DATASHAPENAME)] string? dataShape) =>
        MetadataTables.Events(call.Members(), happening => Is(happening.Category, category) && Is(happening.DataShapeName, dataShape));

    [Service("Gives the definition of an event.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetEventDefinition(ServiceContext call, [Parameter(IsRequired = true)] string name) => call.Members().FindEvent(name) is not null
        ? MetadataTables.Events(call.Members(), happening => happening.Name == name)
        : throw new PlatformException(ErrorCode.NotFound, $"Event [{name}] does not exist on {call.Target.Key.Kind.Singular()} [{call.Target.Name}].");

    private static bool Is(string? have, string? wanted) => string.IsNullOrEmpty(wanted) || have == wanted;
}

/// <summary>What Things and templates inherit, and from whom.</summary>
public sealed class InheritanceServices(EntityDirectory directory) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind is EntityKind.Things or EntityKind.ThingTemplates;

    [Service("Gives properties, services and events of the Thing itself as JSON.", Category = "Metadata", Requires = Permission.None, Result = BaseType.JSON,
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetInstanceMetadataAsJSON(ServiceContext call) => MetadataJson.Of(call.Target, call.Members());

    [Service("Gives properties, services and events of the Thing itself as JSON, with the permissions that were given.", Category = "Metadata", Requires = Permission.Read,
        Result = BaseType.JSON, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetInstanceMetadataWithPermissionsAsJSON(ServiceContext call) => PermissionJson.Into(GetInstanceMetadataAsJSON(call), call.Target.Definition);

    [Service("Lists the Thing Shapes that it has, by itself or by its templates.", Category = "Metadata", Requires = Permission.Read, ResultShape = "EntityList",
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetImplementedShapes(ServiceContext call) => Shapes(call, directory.Catalogue.ImplementedShapes(Of(call)));

    [Service("Lists the Thing Shapes that it has by itself.", Category = "Metadata", Requires = Permission.Read, ResultShape = "EntityList",
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetLocallyImplementedShapes(ServiceContext call) => Shapes(call, Of(call).ImplementedShapes);

    [Service("Tells whether it has a Thing Shape, by itself or by its templates.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool ImplementsShape(ServiceContext call, [Parameter(BaseType.THINGSHAPENAME, IsRequired = true)] string thingShapeName) =>
        directory.Catalogue.ImplementedShapes(Of(call)).Contains(thingShapeName);

    [Service("Tells whether a template is its own or one that this extends.", Category = "Metadata", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool IsDerivedFromTemplate(ServiceContext call, [Parameter(BaseType.THINGTEMPLATENAME, IsRequired = true)] string thingTemplateName) =>
        Of(call).Template.Length > 0 && directory.Catalogue.Ancestry(Of(call).Template).Contains(thingTemplateName);

    [Service("Lets it have the members of a Thing Shape.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddImplementedShape(ServiceContext call, [Parameter(BaseType.THINGSHAPENAME, IsRequired = true)] string thingShapeName, CancellationToken cancellationToken)
    {
        call.Find(EntityKind.ThingShapes, thingShapeName);
        return directory.EditInheritingAsync(call, heir =>
        {
            if (heir.ImplementedShapes.Contains(thingShapeName))
                return heir;
            var (members, added) = (call.Members(), directory.Catalogue.ShapeMembers(thingShapeName)!);
            if (added.Properties.FirstOrDefault(property => members.FindProperty(property.Name) is not null) is { } property)
                throw new PlatformException(ErrorCode.Conflict, $"Property [{property.Name}] of Thing Shape [{thingShapeName}] exists already on {heir.Kind.Singular()} [{heir.Name}].");
            if (added.Services.FirstOrDefault(service => members.FindService(service.Definition.Name) is { Definition.IsAllowOverride: false }) is { } service)
                throw new PlatformException(ErrorCode.Conflict, $"Service [{service.Definition.Name}] of Thing Shape [{thingShapeName}] exists already on {heir.Kind.Singular()} [{heir.Name}].");
            return heir with { ImplementedShapes = heir.ImplementedShapes.Add(thingShapeName) };
        }, cancellationToken);
    }

    [Service("Takes the members of a Thing Shape away again, with their values.", Category = "Metadata", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task RemoveImplementedShape(ServiceContext call, [Parameter(BaseType.THINGSHAPENAME, IsRequired = true)] string thingShapeName, CancellationToken cancellationToken) =>
        directory.EditInheritingAsync(call, heir => heir.ImplementedShapes.Contains(thingShapeName)
            ? heir with { ImplementedShapes = heir.ImplementedShapes.Remove(thingShapeName) }
            : throw new PlatformException(ErrorCode.NotFound, $"{heir.Kind.Singular()} [{heir.Name}] does not name Thing Shape [{thingShapeName}] itself."), cancellationToken);

    private static InheritingDefinition Of(ServiceContext call) => (InheritingDefinition)call.Target.Definition;

    private static InfoTable Shapes(ServiceContext call, IEnumerable<string> names)
    {
        var builder = new InfoTable.Builder(PlatformShapes.EntityList);
        foreach (var name in names)
        {
            if (call.Invoker.Directory.Find(new(EntityKind.ThingShapes, name)) is { } shape && call.Invoker.Gate.IsVisible(call.Caller, shape, call.Call.Origin))
                builder.Add(Value.String(name), Value.String(shape.Definition.Description));
        }

        return builder.Build();
    }
}
