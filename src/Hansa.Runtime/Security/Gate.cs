using System.Collections.Frozen;
using System.Collections.Immutable;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The one place where rights are decided (spec platform 4.3): deny wins, no entry is deny, Administrators pass.</summary>
/// <remarks>
/// What is said of an entity itself decides; where it says nothing about the caller, what is said of its collection does. Visibility is
/// given by either. What is said of collections is for Administrators only, or whoever may update one could give himself the others.
/// </remarks>
public sealed class Gate(EntityDirectory directory, Principals principals)
{
    private static readonly FrozenDictionary<EntityKind, EntityKey> Collections =
        EntityKinds.All.ToFrozenDictionary(kind => kind, kind => new EntityKey(EntityKind.Collections, kind.ToString()));

    /// <summary>The entity, if the caller can see it.</summary>
    /// <exception cref="PlatformException">NotFound, in the same words whether it is hidden or not there.</exception>
    public Entity Find(Principal caller, EntityKey key, CallOrigin origin) =>
        directory.Find(key) is { } entity && IsVisible(caller, entity, origin) ? entity : throw Errors.NoSuchEntity(key);

    /// <summary>Whether the caller can see the entity.</summary>
    public bool IsVisible(Principal caller, Entity entity, CallOrigin origin = CallOrigin.Rest) =>
        PassesAll(caller, origin) || Sees(caller, entity) || (origin == CallOrigin.Script && Sees(System, entity));

    /// <summary>Whether the caller may do this; visibility is asked apart.</summary>
    /// <param name="caller">Who.</param>
    /// <param name="entity">With what.</param>
    /// <param name="permission">Does what.</param>
    /// <param name="resource">The property, service or event; "" for design-time rights.</param>
    /// <param name="origin">Calls between services pass where the System user may, too.</param>
    public bool Allows(Principal caller, Entity entity, Permission permission, string resource, CallOrigin origin) =>
        PassesAll(caller, origin) || Decides(caller, entity, permission, resource)
        || (origin == CallOrigin.Script && PermissionEntries.IsRunTime(permission) && Decides(System, entity, permission, resource));

    /// <summary>Refuses unless the caller may do this.</summary>
    /// <exception cref="PlatformException">Forbidden, with what is missing.</exception>
    public void Demand(Principal caller, Entity entity, Permission permission, string resource, CallOrigin origin)
    {
        if (Allows(caller, entity, permission, resource, origin))
            return;
        var what = resource.Length > 0 ? $" on {resource}" : "";
        throw new PlatformException(ErrorCode.Forbidden,
            $"User [{caller.UserName}] is not authorized for {permission}{what} in {entity.Key.Kind.Singular()} [{entity.Name}].");
    }

    private Principal System => principals.Find(Principals.SystemName);

    private static bool PassesAll(Principal caller, CallOrigin origin) =>
        caller.IsAdministrator || (origin == CallOrigin.Platform && caller.UserName == Principals.SystemName);

    // What is said of all entities of a kind; nothing is said of collections themselves.
    private ImmutableArray<PermissionEntry> OfCollection(Entity entity) =>
        entity.Key.Kind != EntityKind.Collections && directory.Find(Collections[entity.Key.Kind]) is { } collection ? collection.Definition.Permissions : [];

    private static ImmutableArray<PermissionEntry> OfItself(Entity entity) => entity.Key.Kind == EntityKind.Collections ? [] : entity.Definition.Permissions;

    private bool Sees(Principal caller, Entity entity)
    {
        if (caller.IsActive && entity.Key == new EntityKey(EntityKind.Users, caller.UserName))
            return true;
        return Sees(caller, OfItself(entity)) || Sees(caller, entity.Shape.InstancePermissions) || Sees(caller, OfCollection(entity));
    }

    private static bool Sees(Principal caller, ImmutableArray<PermissionEntry> permissions)
    {
        foreach (var entry in permissions)
        {
            if (entry.PrincipalKind is PrincipalKind.Organization or PrincipalKind.OrganizationalUnit && entry.IsAllowed && caller.IsIn(entry.Principal))
                return true;
        }

        return false;
    }

    // What is said of the entity counts before what its templates say of their Things, and that before what is said of its collection.
    private bool Decides(Principal caller, Entity entity, Permission permission, string resource) =>
        Said(OfItself(entity), caller, permission, resource) ?? Said(entity.Shape.InstancePermissions, caller, permission, resource)
        ?? Said(OfCollection(entity), caller, permission, resource) ?? false;

    private static bool? Said(ImmutableArray<PermissionEntry> layer, Principal caller, Permission permission, string resource)
    {
        // What is said of the member itself counts before what is said of all members.
        bool? all = null, named = null;
        foreach (var entry in layer)
        {
            if (entry.Permission != permission || !Concerns(entry, caller))
                continue;
            if (entry.Resource == resource)
                named = named is false ? false : entry.IsAllowed;
            else if (entry.Resource == "*")
                all = all is false ? false : entry.IsAllowed;
        }

        return named ?? all;
    }

    private static bool Concerns(PermissionEntry entry, Principal caller) => entry.PrincipalKind switch
    {
        PrincipalKind.User => caller.IsActive && entry.Principal == caller.UserName,
        PrincipalKind.Group => caller.Groups.Contains(entry.Principal),
        _ => false,
    };
}
