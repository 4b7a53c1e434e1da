using System.Text.Json;
using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Permissions read, checked, and set as a whole (spec platform 4.3).</summary>
public sealed class PermissionTableServices(EntityDirectory directory, Principals principals, Gate gate) : KindServices
{
    private static readonly Permission[] All =
    [
        Permission.PropertyRead, Permission.PropertyWrite, Permission.ServiceInvoke, Permission.EventInvoke, Permission.EventSubscribe,
        Permission.Create, Permission.Read, Permission.Update, Permission.Delete,
    ];

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => true;

    [Service("Lists who sees the entity.", Category = "Permissions", Requires = Permission.Read, ResultShape = "Permissions", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetVisibilityPermissions(ServiceContext call) => Rows(call, entry => entry.Permission == Permission.None);

    [Service("Lists design-time permissions.", Category = "Permissions", Requires = Permission.Read, ResultShape = "Permissions", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetDesignTimePermissions(ServiceContext call) => Rows(call, entry => PermissionEntries.IsDesignTime(entry.Permission));

    [Service("Lists run-time permissions.", Category = "Permissions", Requires = Permission.Read, ResultShape = "RunTimePermissions", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetRunTimePermissions(ServiceContext call)
    {
        var builder = new InfoTable.Builder(PlatformShapes.RunTimePermissions);
        foreach (var entry in call.Target.Definition.Permissions.Where(entry => PermissionEntries.IsRunTime(entry.Permission)))
            Add(builder, entry.Principal, entry.PrincipalKind.ToString(), entry.Permission.ToString(), entry.IsAllowed, entry.Resource);
        return builder.Build();
    }

    [Service("Lists visibility that Thing groups give; there are no Thing groups here, so there is no row.", Category = "Permissions", Requires = Permission.Read, ResultShape = "Permissions",
        RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetThingGroupDelegatedVisibilityPermissions(ServiceContext call) => new InfoTable.Builder(PlatformShapes.Permissions).Build();

    [Service("Gives who sees the entity as JSON.", Category = "Permissions", Requires = Permission.Read, Result = BaseType.JSON, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetVisibilityPermissionsAsJSON(ServiceContext call) => PermissionJson.OfVisibility(call.Target.Definition.Permissions).ToJsonString();

    [Service("Gives design-time permissions as JSON.", Category = "Permissions", Requires = Permission.Read, Result = BaseType.JSON, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetDesignTimePermissionsAsJSON(ServiceContext call) => PermissionJson.OfDesignTime(call.Target.Definition.Permissions).ToJsonString();

    [Service("Gives run-time permissions as JSON.", Category = "Permissions", Requires = Permission.Read, Result = BaseType.JSON, RunsWhenStopped = true, Kind = CallKind.Read)]
    public string GetRunTimePermissionsAsJSON(ServiceContext call) => PermissionJson.OfRunTime(call.Target.Definition.Permissions).ToJsonString();

    [Service("Sets who sees the entity, in the form of GetVisibilityPermissionsAsJSON.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetVisibilityPermissionsAsJSON(ServiceContext call, [Parameter(BaseType.JSON, IsRequired = true)] string permissions, CancellationToken cancellationToken) =>
        Replace(call, entry => entry.Permission == Permission.None, PermissionJson.ReadVisibility(call, Parse(permissions)), cancellationToken);

    [Service("Sets design-time permissions, in the form of GetDesignTimePermissionsAsJSON.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetDesignTimePermissionsAsJSON(ServiceContext call, [Parameter(BaseType.JSON, IsRequired = true)] string permissions, CancellationToken cancellationToken) =>
        Replace(call, entry => PermissionEntries.IsDesignTime(entry.Permission), PermissionJson.ReadDesignTime(call, Parse(permissions)), cancellationToken);

    [Service("Sets run-time permissions, in the form of GetRunTimePermissionsAsJSON.", Category = "Permissions", Requires = Permission.Update, RunsWhenStopped = true)]
    public Task SetRunTimePermissionsAsJSON(ServiceContext call, [Parameter(BaseType.JSON, IsRequired = true)] string permissions, CancellationToken cancellationToken) =>
        Replace(call, entry => PermissionEntries.IsRunTime(entry.Permission), PermissionJson.ReadRunTime(call, Parse(permissions)), cancellationToken);

    [Service("Tells whether the caller may do this at run time; name is a property, service or event.", Category = "Permissions", Requires = Permission.None, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool CheckPermission(ServiceContext call, [Parameter(IsRequired = true)] string type, string? name) => May(call, call.Caller, type, name);

    [Service("Tells whether a user may do this at run time.", Category = "Permissions", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool CheckPermissionForUser(
        ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string user, [Parameter(IsRequired = true)] string type, string? name) => May(call, User(call, user), type, name);

    [Service("Tells whether members of a group may do this at run time.", Category = "Permissions", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool CheckPermissionForGroup(
        ServiceContext call, [Parameter(BaseType.GROUPNAME, IsRequired = true)] string group, [Parameter(IsRequired = true)] string type, string? name) => May(call, Group(call, group), type, name);

    [Service("Tells whether the caller may do this at design time.", Category = "Permissions", Requires = Permission.None, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool CheckDesignTimePermission(ServiceContext call, [Parameter(IsRequired = true)] string type) => May(call, call.Caller, type, "");

    [Service("Tells whether a user may do this at design time.", Category = "Permissions", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool CheckDesignTimePermissionForUser(
        ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string user, [Parameter(IsRequired = true)] string type) => May(call, User(call, user), type, "");

    [Service("Tells whether members of a group may do this at design time.", Category = "Permissions", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public bool CheckDesignTimePermissionForGroup(
        ServiceContext call, [Parameter(BaseType.GROUPNAME, IsRequired = true)] string group, [Parameter(IsRequired = true)] string type) => May(call, Group(call, group), type, "");

    [Service("Tells what the caller may do, of one permission or of all, with one member or with those that nothing is said of.", Category = "Permissions",
        Requires = Permission.None, ResultShape = "RunTimePermissions", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetPermissionsForCurrentUser(ServiceContext call, string? permissionName, string? name) =>
        Decisions(call, call.Caller, call.Caller.UserName, PrincipalKind.User, permissionName, name);

    [Service("Tells what a user may do.", Category = "Permissions", Requires = Permission.Read, ResultShape = "RunTimePermissions", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetPermissionsForUser(ServiceContext call, [Parameter(IsRequired = true)] string user, string? permissionName, string? name) =>
        Decisions(call, User(call, user), user, PrincipalKind.User, permissionName, name);

    [Service("Tells what members of a group may do.", Category = "Permissions", Requires = Permission.Read, ResultShape = "RunTimePermissions", RunsWhenStopped = true, Kind = CallKind.Read)]
    public InfoTable GetPermissionsForGroup(ServiceContext call, [Parameter(IsRequired = true)] string group, string? permissionName, string? name) =>
        Decisions(call, Group(call, group), group, PrincipalKind.Group, permissionName, name);

    private static InfoTable Rows(ServiceContext call, Func<PermissionEntry, bool> isWanted)
    {
        var builder = new InfoTable.Builder(PlatformShapes.Permissions);
        foreach (var entry in call.Target.Definition.Permissions.Where(isWanted))
        {
            builder.Add(
                Value.String(entry.Principal), Value.String(entry.PrincipalKind.ToString()),
                Value.String(entry.Permission == Permission.None ? "Visibility" : entry.Permission.ToString()), Value.Boolean(entry.IsAllowed));
        }

        return builder.Build();
    }

    private InfoTable Decisions(ServiceContext call, Principal who, string principal, PrincipalKind kind, string? permissionName, string? name)
    {
        var builder = new InfoTable.Builder(PlatformShapes.RunTimePermissions);
        foreach (var permission in string.IsNullOrEmpty(permissionName) ? All : [PermissionOf(permissionName)])
        {
            var resource = !PermissionEntries.IsRunTime(permission) ? "" : string.IsNullOrEmpty(name) ? "*" : name;
            Add(builder, principal, kind.ToString(), permission.ToString(), IsVisibleAnd(who, call.Target, permission, resource), resource);
        }

        return builder.Build();
    }

    private static void Add(InfoTable.Builder builder, string name, string type, string permission, bool isPermitted, string resource) =>
        builder.Add(Value.String(name), Value.String(type), Value.String(permission), Value.Boolean(isPermitted), Value.String(resource));

    private bool May(ServiceContext call, Principal who, string type, string? name)
    {
        var permission = PermissionOf(type);
        return IsVisibleAnd(who, call.Target, permission, PermissionEntries.IsRunTime(permission) ? (string.IsNullOrEmpty(name) ? "*" : name) : "");
    }

    private bool IsVisibleAnd(Principal who, Entity entity, Permission permission, string resource) =>
        gate.IsVisible(who, entity) && gate.Allows(who, entity, permission, resource, CallOrigin.Rest);

    private Principal User(ServiceContext call, string user) => principals.Find(call.Find(EntityKind.Users, user).Name);

    private Principal Group(ServiceContext call, string group) => principals.OfGroup(call.Find(EntityKind.Groups, group).Name);

    private Task Replace(ServiceContext call, Predicate<PermissionEntry> isReplaced, IReadOnlyCollection<PermissionEntry> entries, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => definition with { Permissions = [.. definition.Permissions.RemoveAll(isReplaced), .. entries] }, cancellationToken);

    private static JsonObject Parse(string json)
    {
        try
        {
            return JsonNode.Parse(json) as JsonObject ?? throw Errors.Bad("permissions must be a JSON object.");
        }
        catch (JsonException e)
        {
            throw Errors.Bad($"permissions is no JSON: {e.Message}");
        }
    }

    private static Permission PermissionOf(string name) => Enum.TryParse<Permission>(name, ignoreCase: false, out var value) && Array.IndexOf(All, value) >= 0
        ? value : throw Errors.Bad($"'{name}' is none of {string.Join(", ", All)}.");
}
