using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What a Thing Template says of the rights of all its Things; what is said of a Thing itself counts first (spec platform 4.3).</summary>
public sealed class InstancePermissionServices(EntityDirectory directory) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.ThingTemplates;

    [Service("Lets an organization or unit see the Things of the template.", Category = "Permissions", Requires = Permission.Update)]
    public Task AddInstanceVisibilityPermission(
        ServiceContext call, [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Set(call, PermissionEntries.Visibility(call, principal, principalType), cancellationToken);

    [Service("Takes back that an organization or unit sees the Things of the template.", Category = "Permissions", Requires = Permission.Update)]
    public Task DeleteInstanceVisibilityPermission(
        ServiceContext call, [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, PermissionEntries.SomeVisibility(principal, principalType), cancellationToken);

    [Service("Allows or denies a user or group what happens at run time with the Things of the template.", Category = "Permissions", Requires = Permission.Update)]
    public Task AddInstanceRunTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, string? resource, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken, bool allow = true) =>
        Set(call, PermissionEntries.RunTime(call, type, resource, principal, principalType, allow), cancellationToken);

    [Service("Takes back a run-time permission for the Things of the template.", Category = "Permissions", Requires = Permission.Update)]
    public Task DeleteInstanceRunTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, string? resource, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, PermissionEntries.SomeRunTime(type, resource, principal, principalType), cancellationToken);

    [Service("Allows or denies a user or group what happens at design time with the Things of the template.", Category = "Permissions", Requires = Permission.Update)]
    public Task AddInstanceDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken, bool allow = true) =>
        Set(call, PermissionEntries.DesignTime(call, type, principal, principalType, allow), cancellationToken);

    [Service("Takes back a design-time permission for the Things of the template.", Category = "Permissions", Requires = Permission.Update)]
    public Task DeleteInstanceDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, PermissionEntries.SomeDesignTime(type, principal, principalType), cancellationToken);

    [Service("Lists the permissions that the template gives for its Things.", Category = "Permissions", Requires = Permission.Read, ResultShape = "RunTimePermissions", Kind = CallKind.Read)]
    public InfoTable GetInstancePermissions(ServiceContext call) => PermissionEntries.Table(((ThingTemplateDefinition)call.Target.Definition).InstancePermissions);

    private Task<Entity> Set(ServiceContext call, PermissionEntry entry, CancellationToken cancellationToken) =>
        Edit(call, entries => PermissionEntries.With(entries, entry), cancellationToken);

    private Task<Entity> Remove(ServiceContext call, PermissionEntry entry, CancellationToken cancellationToken) =>
        Edit(call, entries => PermissionEntries.Without(entries, entry), cancellationToken);

    private Task<Entity> Edit(ServiceContext call, Func<ImmutableArray<PermissionEntry>, ImmutableArray<PermissionEntry>> edit, CancellationToken cancellationToken) =>
        directory.EditMembersAsync(call, current => current is ThingTemplateDefinition template ? template with { InstancePermissions = edit(template.InstancePermissions) } : current, cancellationToken);
}
