using System.Collections.Immutable;
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
        Set(call, new(Permission.None, "", principal, SeerOf(call, principal, principalType), IsAllowed: true), cancellationToken);

    [Service("Takes back that an organization or unit sees the entity.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteVisibilityPermission(
        ServiceContext call, [Parameter(IsRequired = true)] string principal, [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, Permission.None, "", principal, VisibilityKind(principalType), cancellationToken);

    [Service("Allows or denies a user or group what happens at run time: PropertyRead, PropertyWrite, ServiceInvoke, EventInvoke, EventSubscribe.",
        Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddRunTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, string? resource, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken, bool allow = true) =>
        Set(call, new(RunTime(type), string.IsNullOrEmpty(resource) ? "*" : resource, principal, PrincipalOf(call, principal, principalType), allow), cancellationToken);

    [Service("Takes back a run-time permission.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteRunTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, string? resource, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, RunTime(type), string.IsNullOrEmpty(resource) ? "*" : resource, principal, Kind(principalType), cancellationToken);

    [Service("Allows or denies a user or group what happens at design time: Create, Read, Update, Delete.",
        Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task AddDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken, bool allow = true) =>
        Set(call, new(DesignTime(type), "", principal, PrincipalOf(call, principal, principalType), allow), cancellationToken);

    [Service("Takes back a design-time permission.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task DeleteDesignTimePermission(
        ServiceContext call, [Parameter(IsRequired = true)] string type, [Parameter(IsRequired = true)] string principal,
        [Parameter(IsRequired = true)] string principalType, CancellationToken cancellationToken) =>
        Remove(call, DesignTime(type), "", principal, Kind(principalType), cancellationToken);

    [Service("Lists all permissions that were given.", Category = "Permissions", Requires = Permission.Read, ResultShape = "RunTimePermissions", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetPermissions(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.RunTimePermissions);
        foreach (var entry in call.Target.Definition.Permissions)
        {
            builder.Add(
                Value.String(entry.Principal), Value.String(entry.PrincipalKind.ToString()),
                Value.String(entry.Permission == Permission.None ? "Visibility" : entry.Permission.ToString()),
                Value.Boolean(entry.IsAllowed), Value.String(entry.Resource));
        }

        return builder.Build();
    }

    private Task<Entity> Set(ServiceContext call, PermissionEntry entry, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => definition with { Permissions = Without(definition, entry).Add(entry) }, cancellationToken);

    private Task<Entity> Remove(
        ServiceContext call, Permission permission, string resource, string principal, PrincipalKind kind, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition =>
            definition with { Permissions = Without(definition, new(permission, resource, principal, kind, IsAllowed: true)) }, cancellationToken);

    private static ImmutableArray<PermissionEntry> Without(EntityDefinition definition, PermissionEntry entry) =>
        definition.Permissions.RemoveAll(have => have with { IsAllowed = entry.IsAllowed } == entry);

    private static Permission RunTime(string type) => Enum.TryParse<Permission>(type, ignoreCase: false, out var permission) && permission
        is Permission.PropertyRead or Permission.PropertyWrite or Permission.ServiceInvoke or Permission.EventInvoke or Permission.EventSubscribe
        ? permission
        : throw Errors.Bad($"'{type}' is no run-time permission; there are PropertyRead, PropertyWrite, ServiceInvoke, EventInvoke and EventSubscribe.");

    private static Permission DesignTime(string type) => Enum.TryParse<Permission>(type, ignoreCase: false, out var permission) && permission
        is Permission.Create or Permission.Read or Permission.Update or Permission.Delete
        ? permission
        : throw Errors.Bad($"'{type}' is no design-time permission; there are Create, Read, Update and Delete.");

    private static PrincipalKind Kind(string type) => type switch
    {
        "User" => PrincipalKind.User,
        "Group" => PrincipalKind.Group,
        _ => throw Errors.Bad($"'{type}' is no type of principal here; there are User and Group."),
    };

    private static PrincipalKind PrincipalOf(ServiceContext call, string principal, string type)
    {
        var kind = Kind(type);
        call.Find(kind == PrincipalKind.User ? EntityKind.Users : EntityKind.Groups, principal);
        return kind;
    }

    private static PrincipalKind VisibilityKind(string type) => type switch
    {
        "Organization" => PrincipalKind.Organization,
        "OrganizationalUnit" => PrincipalKind.OrganizationalUnit,
        _ => throw Errors.Bad($"'{type}' cannot be given visibility; there are Organization and OrganizationalUnit."),
    };

    private static PrincipalKind SeerOf(ServiceContext call, string principal, string type)
    {
        var kind = VisibilityKind(type);
        var colon = kind == PrincipalKind.OrganizationalUnit ? principal.IndexOf(':', StringComparison.Ordinal) : -1;
        var organization = (OrganizationDefinition)call.Find(EntityKind.Organizations, colon < 0 ? principal : principal[..colon]).Definition;
        if (kind == PrincipalKind.OrganizationalUnit)
            OrganizationServices.Unit(organization, principal[(colon + 1)..]);
        return kind;
    }
}
