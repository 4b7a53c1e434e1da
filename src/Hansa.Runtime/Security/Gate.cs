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

    // Where the permissions of an entity are said, the nearest first.
    private IEnumerable<ImmutableArray<PermissionEntry>> Layers(Entity entity)
    {
        if (entity.Key.Kind == EntityKind.Collections)
            yield break;
        yield return entity.Definition.Permissions;
        if (directory.Find(Collections[entity.Key.Kind]) is { } collection)
            yield return collection.Definition.Permissions;
    }

    private bool Sees(Principal caller, Entity entity)
    {
        if (caller.IsActive && entity.Key == new EntityKey(EntityKind.Users, caller.UserName))
            return true;
        foreach (var layer in Layers(entity))
        {
            foreach (var entry in layer)
            {
                if (entry.PrincipalKind is PrincipalKind.Organization or PrincipalKind.OrganizationalUnit && entry.IsAllowed && caller.IsIn(entry.Principal))
                    return true;
            }
        }

        return false;
    }

    private bool Decides(Principal caller, Entity entity, Permission permission, string resource)
    {
        foreach (var layer in Layers(entity))
        {
            if (Said(layer, caller, permission, resource) is { } said)
                return said;
        }

        return false;
    }

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
