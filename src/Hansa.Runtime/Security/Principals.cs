using System.Collections.Concurrent;
using System.Collections.Frozen;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>A user with all that rights depend on, as it was at one moment.</summary>
/// <param name="UserName">The user.</param>
/// <param name="Groups">The groups that the user is in, directly or through others.</param>
/// <param name="Units">The organizational units, as <c>Organization:Unit</c>, with all units above them.</param>
/// <param name="IsAdministrator">Whether in Administrators: passes every gate.</param>
/// <param name="IsActive">Whether there is such a user, neither disabled nor locked; one who is not has no rights, not even those in the user's own name.</param>
public sealed record Principal(string UserName, FrozenSet<string> Groups, FrozenSet<string> Units, bool IsAdministrator, bool IsActive)
{
    /// <summary>Whether the user is in any unit of the organization.</summary>
    public bool IsIn(string organization) => Units.Contains(organization);
}

/// <summary>Works out principals from users, groups and organizations, and keeps them until one of these changes.</summary>
public sealed class Principals
{
    /// <summary>The user for calls that the platform makes of its own accord.</summary>
    public const string SystemName = "System";

    /// <summary>The first administrator.</summary>
    public const string AdministratorName = "Administrator";

    /// <summary>The group that passes every gate.</summary>
    public const string AdministratorsName = "Administrators";

    /// <summary>The group that every new user is in.</summary>
    public const string UsersName = "Users";

    /// <summary>The organization that the group Users is in.</summary>
    public const string EveryoneName = "Everyone";

    private readonly EntityDirectory _directory;
    private ConcurrentDictionary<string, Principal> _known = new(StringComparer.Ordinal);

    /// <summary>Watches the directory for changes.</summary>
    public Principals(EntityDirectory directory)
    {
        _directory = directory;
        directory.Changing += change =>
        {
            if (change.Kind is EntityKind.Users or EntityKind.Groups or EntityKind.Organizations)
                Volatile.Write(ref _known, new(StringComparer.Ordinal));
        };
    }

    /// <summary>The principal of that user as things stand now. An unknown, disabled or locked user is in nothing.</summary>
    public Principal Find(string userName)
    {
        var known = Volatile.Read(ref _known);
        return known.TryGetValue(userName, out var principal) ? principal : known.GetOrAdd(userName, Make);
    }

    /// <summary>What membership of a group alone gives: the rights that nobody's own name has a part in.</summary>
    public Principal OfGroup(string group)
    {
        var groups = new HashSet<string>([group], StringComparer.Ordinal);
        return Complete("", groups, isActive: false);
    }

    private Principal Make(string userName)
    {
        if (_directory.Find(new(EntityKind.Users, userName))?.Definition is not UserDefinition { IsEnabled: true, IsLocked: false })
            return new(userName, FrozenSet<string>.Empty, FrozenSet<string>.Empty, IsAdministrator: false, IsActive: false);
        return Complete(userName, new(StringComparer.Ordinal), isActive: true);
    }

    private Principal Complete(string userName, HashSet<string> groups, bool isActive)
    {
        var definitions = _directory.All(EntityKind.Groups).Select(entity => (GroupDefinition)entity.Definition).ToList();
        for (var grown = true; grown;)
        {
            grown = false;
            foreach (var group in definitions)
            {
                if (!groups.Contains(group.Name) && group.Members.Any(member => IsMember(member, userName, groups)))
                    grown = groups.Add(group.Name);
            }
        }

        var units = new HashSet<string>(StringComparer.Ordinal);
        foreach (var organization in _directory.All(EntityKind.Organizations).Select(entity => (OrganizationDefinition)entity.Definition))
        {
            var parents = organization.Units.ToDictionary(unit => unit.Name, unit => unit.Parent, StringComparer.Ordinal);
            foreach (var unit in organization.Units.Where(unit => unit.Members.Any(member => IsMember(member, userName, groups))))
            {
                units.Add(organization.Name);
                for (var at = unit.Name; !string.IsNullOrEmpty(at) && units.Add($"{organization.Name}:{at}"); at = parents.GetValueOrDefault(at, ""))
                {
                }
            }
        }

        return new(userName, groups.ToFrozenSet(StringComparer.Ordinal), units.ToFrozenSet(StringComparer.Ordinal), groups.Contains(AdministratorsName), isActive);
    }

    private static bool IsMember(Member member, string userName, HashSet<string> groups) =>
        member.Kind == PrincipalKind.User ? member.Name == userName : groups.Contains(member.Name);
}

/// <summary>What happens to every new user.</summary>
internal static class NewUsers
{
    /// <summary>Puts users into the group Users.</summary>
    public static async Task JoinUsersAsync(this EntityDirectory directory, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        if (names.Count == 0)
            return;
        await directory.UpdateAsync(new(EntityKind.Groups, Principals.UsersName), definition => (GroupDefinition)definition with
        {
            Members = [.. ((GroupDefinition)definition).Members.Union(names.Select(name => new Member(name, PrincipalKind.User)))],
        }, cancellationToken);
    }
}
