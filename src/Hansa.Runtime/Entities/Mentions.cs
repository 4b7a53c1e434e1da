using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Where definitions name principals: as members, and in permissions.</summary>
internal static class Mentions
{
    /// <summary>The definition without any mention of a principal; itself where there is none.</summary>
    public static EntityDefinition Without(EntityDefinition definition, EntityKey principal)
    {
        var kind = principal.Kind == EntityKind.Users ? PrincipalKind.User : PrincipalKind.Group;
        var member = new Member(principal.Name, kind);
        var isOrganization = principal.Kind == EntityKind.Organizations;
        var kept = definition.Permissions.RemoveAll(entry => isOrganization
            ? entry.PrincipalKind is PrincipalKind.Organization or PrincipalKind.OrganizationalUnit && entry.Principal.Split(':')[0] == principal.Name
            : entry.PrincipalKind == kind && entry.Principal == principal.Name);
        var after = kept.Length == definition.Permissions.Length ? definition : definition with { Permissions = kept };
        return after switch
        {
            GroupDefinition group when !isOrganization && group.Members.Contains(member) => group with { Members = group.Members.RemoveAll(have => have == member) },
            OrganizationDefinition organization when !isOrganization && organization.Units.Any(unit => unit.Members.Contains(member)) =>
                organization with { Units = [.. organization.Units.Select(unit => unit with { Members = unit.Members.RemoveAll(have => have == member) })] },
            _ => after,
        };
    }

    /// <summary>Whether an organization's unit was given something by the definition.</summary>
    public static bool OfUnit(EntityDefinition definition, string organization, string unit) => definition.Permissions.Any(entry => IsOf(entry, organization, unit));

    /// <summary>The definition without what it gave to an organization's unit.</summary>
    public static EntityDefinition WithoutUnit(EntityDefinition definition, string organization, string unit) =>
        definition with { Permissions = definition.Permissions.RemoveAll(entry => IsOf(entry, organization, unit)) };

    private static bool IsOf(PermissionEntry entry, string organization, string unit) =>
        entry.PrincipalKind == PrincipalKind.OrganizationalUnit && entry.Principal == $"{organization}:{unit}";
}
