using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource SecurityServices: what the caller may do (spec platform 3.7).</summary>
/// <remarks>An entity that the caller cannot see is answered like one that is not there: false.</remarks>
public sealed class SecurityServicesResource : Resource
{
    /// <inheritdoc/>
    public override string Name => "SecurityServices";

    /// <inheritdoc/>
    public override string Description => "Tells what the caller may do.";

    [Service("Tells whether the caller can see an entity.", Category = "Permissions", Kind = CallKind.Read)]
    public bool EvaluateVisibilityPermission(
        ServiceContext call, [Parameter(IsRequired = true, Description = "The entity.")] string name, [Parameter(IsRequired = true, Description = "Its type, such as Thing.")] string type) =>
        Find(call, type, name) is not null;

    [Service("Tells whether the caller may do something at run time with a property, service or event of an entity.", Category = "Permissions", Kind = CallKind.Read)]
    public bool EvaluateRuntimePermission(
        ServiceContext call, [Parameter(IsRequired = true, Description = "The entity.")] string name, [Parameter(IsRequired = true, Description = "Its type, such as Thing.")] string type,
        [Parameter(IsRequired = true, Description = "PropertyRead, PropertyWrite, ServiceInvoke, EventInvoke or EventSubscribe.")] string permission,
        [Parameter(Description = "The property, service or event; * asks for all.")] string? resource) =>
        Allows(call, type, name, PermissionEntries.RunTimeType(permission), string.IsNullOrEmpty(resource) ? "*" : resource);

    [Service("Tells whether the caller may do something at design time with an entity.", Category = "Permissions", Kind = CallKind.Read)]
    public bool EvaluateDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true, Description = "The entity.")] string name, [Parameter(IsRequired = true, Description = "Its type, such as Thing.")] string type,
        [Parameter(IsRequired = true, Description = "Create, Read, Update or Delete.")] string permission) =>
        Allows(call, type, name, PermissionEntries.DesignTimeType(permission), "");

    private static bool Allows(ServiceContext call, string type, string name, Permission permission, string resource) =>
        Find(call, type, name) is { } entity && call.Invoker.Gate.Allows(call.Caller, entity, permission, resource, call.Call.Origin);

    private static Entity? Find(ServiceContext call, string type, string name) =>
        call.Invoker.Directory.Find(new(EntityAddresses.Type(type), name)) is { } entity && call.Invoker.Gate.IsVisible(call.Caller, entity, call.Call.Origin) ? entity : null;
}
