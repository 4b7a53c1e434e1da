using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Who may do what with an entity: services that every entity has (spec platform 4.3).</summary>
public sealed class PermissionServices(EntityDirectory directory) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => true;

    [Service("Lets an organization or unit see the entity.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddVisibilityPermission(
        ServiceContext call, [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Set(call, PermissionEntries.Visibility(call, principal, principalType), cancellationToken);

    [Service("Takes back that an organization or unit sees the entity.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteVisibilityPermission(
        ServiceContext call, [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, PermissionEntries.SomeVisibility(principal, principalType), cancellationToken);

    [Service("Allows or denies a user or group what happens at run time: PropertyRead, PropertyWrite, ServiceInvoke, EventInvoke, EventSubscribe.",
        Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddRunTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, string? resource, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken, bool allow = true) =>
        Set(call, PermissionEntries.RunTime(call, type, resource, principal, principalType, allow), cancellationToken);

    [Service("Takes back a run-time permission.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteRunTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, string? resource, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, PermissionEntries.SomeRunTime(type, resource, principal, principalType), cancellationToken);

    [Service("Allows or denies a user or group what happens at design time: Create, Read, Update, Delete.",
        Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken, bool allow = true) =>
        Set(call, PermissionEntries.DesignTime(call, type, principal, principalType, allow), cancellationToken);

    [Service("Takes back a design-time permission.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, PermissionEntries.SomeDesignTime(type, principal, principalType), cancellationToken);

    [Service("Lists all permissions that were given.", Category = "Permissions", Requires = Permission.Read, ResultShape = "RunTimePermissions", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetPermissions(ServiceContext call) => PermissionEntries.Table(call.Target.Definition.Permissions);

    private Task<Entity> Set(ServiceContext call, PermissionEntry entry, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => PermissionEntries.With(definition, entry), cancellationToken);

    private Task<Entity> Remove(ServiceContext call, PermissionEntry entry, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => PermissionEntries.Without(definition, entry), cancellationToken);
}
