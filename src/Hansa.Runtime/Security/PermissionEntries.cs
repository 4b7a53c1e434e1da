using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Permissions as services name them. Those that are to be taken back (<c>Some…</c>) may name what is no longer there.</summary>
internal static class PermissionEntries
{
    public static PermissionEntry Visibility(ServiceContext call, string principal, string principalType)
    {
        var entry = SomeVisibility(principal, principalType);
        var isUnit = entry.PrincipalKind == PrincipalKind.OrganizationalUnit;
        var colon = isUnit ? principal.IndexOf(':', StringComparison.Ordinal) : -1;
        var organization = (OrganizationDefinition)call.Find(EntityKind.Organizations, colon < 0 ? principal : principal[..colon]).Definition;
        if (isUnit)
            OrganizationServices.Unit(organization, principal[(colon + 1)..]);
        return entry;
    }

    public static PermissionEntry RunTime(ServiceContext call, string type, string? resource, string principal, string principalType, bool allow) =>
        There(call, SomeRunTime(type, resource, principal, principalType)) with { IsAllowed = allow };

    public static PermissionEntry DesignTime(ServiceContext call, string type, string principal, string principalType, bool allow) =>
        There(call, SomeDesignTime(type, principal, principalType)) with { IsAllowed = allow };

    public static PermissionEntry SomeVisibility(string principal, string principalType) => new(Permission.None, "", principal, principalType switch
    {
        "Organization" => PrincipalKind.Organization,
        "OrganizationalUnit" => PrincipalKind.OrganizationalUnit,
        _ => throw Errors.Bad($"'{principalType}' cannot be given visibility; there are Organization and OrganizationalUnit."),
    }, IsAllowed: true);

    public static PermissionEntry SomeRunTime(string type, string? resource, string principal, string principalType) =>
        new(RunTimeType(type), string.IsNullOrEmpty(resource) ? "*" : resource, principal, Kind(principalType), IsAllowed: true);

    public static PermissionEntry SomeDesignTime(string type, string principal, string principalType) =>
        new(DesignTimeType(type), "", principal, Kind(principalType), IsAllowed: true);

    /// <summary>PropertyRead, PropertyWrite, ServiceInvoke, EventInvoke or EventSubscribe.</summary>
    public static Permission RunTimeType(string type) => Enum.TryParse<Permission>(type, ignoreCase: false, out var permission) && IsRunTime(permission)
        ? permission
        : throw Errors.Bad($"'{type}' is no run-time permission; there are PropertyRead, PropertyWrite, ServiceInvoke, EventInvoke and EventSubscribe.");

    /// <summary>Create, Read, Update or Delete.</summary>
    public static Permission DesignTimeType(string type) => Enum.TryParse<Permission>(type, ignoreCase: false, out var permission) && IsDesignTime(permission)
        ? permission
        : throw Errors.Bad($"'{type}' is no design-time permission; there are Create, Read, Update and Delete.");

    public static bool IsRunTime(Permission permission) => permission
        is Permission.PropertyRead or Permission.PropertyWrite or Permission.ServiceInvoke or Permission.EventInvoke or Permission.EventSubscribe;

    public static bool IsDesignTime(Permission permission) => permission is Permission.Create or Permission.Read or Permission.Update or Permission.Delete;

    /// <summary>The definition with the entry in place of one about the same.</summary>
    public static EntityDefinition With(EntityDefinition definition, PermissionEntry entry) =>
        definition with { Permissions = With(definition.Permissions, entry) };

    /// <summary>The definition without an entry about the same.</summary>
    public static EntityDefinition Without(EntityDefinition definition, PermissionEntry entry) =>
        definition with { Permissions = Without(definition.Permissions, entry) };

    /// <summary>The entries with one in place of that about the same.</summary>
    public static ImmutableArray<PermissionEntry> With(ImmutableArray<PermissionEntry> entries, PermissionEntry entry) => Without(entries, entry).Add(entry);

    /// <summary>The entries without one about the same.</summary>
    public static ImmutableArray<PermissionEntry> Without(ImmutableArray<PermissionEntry> entries, PermissionEntry entry) =>
        entries.RemoveAll(have => have with { IsAllowed = entry.IsAllowed } == entry);

    /// <summary>Entries as rows.</summary>
    public static InfoTable Table(IEnumerable<PermissionEntry> entries)
    {
        var builder = new InfoTable.Builder(PlatformShapes.RunTimePermissions);
        foreach (var entry in entries)
        {
            builder.Add(
                Value.String(entry.Principal), Value.String(entry.PrincipalKind.ToString()),
                Value.String(entry.Permission == Permission.None ? "Visibility" : entry.Permission.ToString()),
                Value.Boolean(entry.IsAllowed), Value.String(entry.Resource));
        }

        return builder.Build();
    }

    private static PermissionEntry There(ServiceContext call, PermissionEntry entry)
    {
        call.Find(entry.PrincipalKind == PrincipalKind.User ? EntityKind.Users : EntityKind.Groups, entry.Principal);
        return entry;
    }

    private static PrincipalKind Kind(string type) => type switch
    {
        "User" => PrincipalKind.User,
        "Group" => PrincipalKind.Group,
        _ => throw Errors.Bad($"'{type}' is no type of principal here; there are User and Group."),
    };
}
