using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The entities that a new server begins with: users, groups, the organization Everyone (spec platform 4.1).</summary>
internal static class FirstEntities
{
    public static IEnumerable<EntityDefinition> Make(string? administratorPasswordHash)
    {
        yield return new UserDefinition(Principals.AdministratorName)
        {
            Description = "The first administrator.", PasswordHash = administratorPasswordHash, IsSystemObject = true, Owner = Principals.SystemName,
        };
        yield return new UserDefinition(Principals.SystemName)
        {
            Description = "Calls between services run with this user's rights beside the caller's. It cannot sign in.", IsSystemObject = true, Owner = Principals.SystemName,
        };
        yield return Group(Principals.AdministratorsName, "Pass every gate.", new Member(Principals.AdministratorName, PrincipalKind.User));
        yield return Group(Principals.UsersName, "Every user.", new Member(Principals.AdministratorName, PrincipalKind.User));
        yield return new OrganizationDefinition(Principals.EveryoneName)
        {
            Description = "Every user, by way of group Users.", IsSystemObject = true, Owner = Principals.SystemName,
            Units = [new(Principals.EveryoneName, "", "", [new(Principals.UsersName, PrincipalKind.Group)])],
        };
        yield return Open("InfoTableFunctions");
        yield return Open("CurrentSessionInfo");
        // What it finds is what the caller can see anyway.
        yield return Open("SearchFunctions");
    }

    /// <summary>Things that every server has.</summary>
    public static IEnumerable<EntityDefinition> Things()
    {
        yield return new ThingDefinition(AlertMonitor.HistoryStream, "Stream")
        {
            Description = "What happened to alerts: fired, reset, acknowledged.", IsEnabled = true, IsSystemObject = true, Owner = Principals.SystemName,
            ConfigurationTables = System.Collections.Immutable.ImmutableSortedDictionary.Create<string, InfoTable>(StringComparer.Ordinal)
                .Add("Settings", InfoTable.Single(("dataShape", BaseType.DATASHAPENAME, Value.Text("AlertHistory", BaseType.DATASHAPENAME)))),
        };
        yield return new ThingDefinition(FileRepositories.SystemRepository, "FileRepository")
        {
            Description = "Files of the platform's users.", IsEnabled = true, IsSystemObject = true, Owner = Principals.SystemName,
        };
    }

    private static GroupDefinition Group(string name, string description, params Member[] members) =>
        new(name) { Description = description, Members = [.. members], IsSystemObject = true, Owner = Principals.SystemName };

    private static PlainDefinition Open(string resource) => new(EntityKind.Resources, resource)
    {
        IsSystemObject = true,
        Owner = Principals.SystemName,
        Permissions =
        [
            new(Permission.None, "", Principals.EveryoneName, PrincipalKind.Organization, IsAllowed: true),
            new(Permission.ServiceInvoke, "*", Principals.UsersName, PrincipalKind.Group, IsAllowed: true),
        ],
    };
}
