using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Services of users.</summary>
public sealed class UserAccountServices(EntityDirectory directory, Passwords passwords) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Users;

    [Service("Sets the user's password.", Category = "Security", Requires = Permission.Update)]
    public Task SetPassword(ServiceContext call, [Parameter(BaseType.PASSWORD, IsRequired = true)] string newPassword, [Parameter(BaseType.PASSWORD)] string? newPasswordConfirm, CancellationToken cancellationToken)
    {
        if (!string.IsNullOrEmpty(newPasswordConfirm) && newPasswordConfirm != newPassword)
            throw Errors.Bad("The two passwords differ.");
        var hash = passwords.Hash(PasswordRules.Check(newPassword));
        return Edit(call, user => user with { PasswordHash = hash }, cancellationToken);
    }

    [Service("Lets the user sign in.", Category = "Security", Requires = Permission.Update)]
    public Task EnableUser(ServiceContext call, CancellationToken cancellationToken) => Edit(call, user => user with { IsEnabled = true, IsLocked = false }, cancellationToken);

    [Service("Bars the user from signing in; keys and sessions of the user end.", Category = "Security", Requires = Permission.Update)]
    public Task DisableUser(ServiceContext call, CancellationToken cancellationToken) => Edit(call, user => user with { IsEnabled = false }, cancellationToken);

    private Task<Entity> Edit(ServiceContext call, Func<UserDefinition, UserDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => edit((UserDefinition)definition), cancellationToken);
}

/// <summary>Services of groups.</summary>
public sealed class GroupServices(EntityDirectory directory) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Groups;

    [Service("Adds a user or group to the group.", Category = "Members", Requires = Permission.Update)]
    public Task AddMember(ServiceContext call, [Parameter(IsRequired = true)] string member, CancellationToken cancellationToken, string type = "User")
    {
        var added = MemberOf(call, member, type);
        return directory.UpdateAsync(call.Target.Key, definition =>
            ((GroupDefinition)definition).Members.Contains(added) ? definition : (GroupDefinition)definition with { Members = ((GroupDefinition)definition).Members.Add(added) }, cancellationToken);
    }

    [Service("Takes a user or group out of the group.", Category = "Members", Requires = Permission.Update)]
    public Task DeleteMember(ServiceContext call, [Parameter(IsRequired = true)] string member, CancellationToken cancellationToken, string type = "User") =>
        directory.UpdateAsync(call.Target.Key, definition => (GroupDefinition)definition with
        {
            Members = ((GroupDefinition)definition).Members.RemoveAll(have => have.Name == member && have.Kind.ToString() == type),
        }, cancellationToken);

    [Service("Lists the members.", Category = "Members", Requires = Permission.Read, Kind = CallKind.Read)]
    public InfoTable GetMembers(ServiceContext call)
    {
        var builder = new InfoTable.Builder(DataShape.Of(("name", BaseType.STRING), ("type", BaseType.STRING)));
        foreach (var member in ((GroupDefinition)call.Target.Definition).Members)
            builder.Add(Value.String(member.Name), Value.String(member.Kind.ToString()));
        return builder.Build();
    }

    internal static Member MemberOf(ServiceContext call, string name, string type)
    {
        var kind = type switch
        {
            "User" => PrincipalKind.User,
            "Group" => PrincipalKind.Group,
            _ => throw Errors.Bad($"'{type}' is no type of member; there are User and Group."),
        };
        call.Find(kind == PrincipalKind.User ? EntityKind.Users : EntityKind.Groups, name);
        return new(name, kind);
    }
}

/// <summary>Services of organizations.</summary>
public sealed class OrganizationServices(EntityDirectory directory) : KindServices
{
    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Organizations;

    [Service("Adds a unit below another one.", Category = "Units", Requires = Permission.Update)]
    public Task AddOrganizationalUnit(
        ServiceContext call, [Parameter(IsRequired = true)] string name, string? description, [Parameter(IsRequired = true)] string parentName, CancellationToken cancellationToken) =>
        Edit(call, organization =>
        {
            EntityNames.Check(new(EntityKind.Organizations, name));
            Unit(organization, parentName);
            return organization.Units.Any(unit => unit.Name == name)
                ? throw new PlatformException(ErrorCode.Conflict, $"Unit [{name}] exists already in Organization [{organization.Name}].")
                : organization with { Units = organization.Units.Add(new(name, description ?? "", parentName, [])) };
        }, cancellationToken);

    [Service("Takes a unit away, with what it was given to see; units below it stand below its parent then. The topmost stays.", Category = "Units", Requires = Permission.Update)]
    public async Task DeleteOrganizationalUnit(ServiceContext call, [Parameter(IsRequired = true)] string name, CancellationToken cancellationToken)
    {
        if (Unit((OrganizationDefinition)call.Target.Definition, name).Parent.Length == 0)
            throw Errors.Bad($"Unit [{name}] is the topmost of Organization [{call.Target.Name}] and stays as long as the organization.");
        // First what it was given: a unit of that name made later shall find no rights waiting for it.
        foreach (var entity in Enum.GetValues<EntityKind>().SelectMany(directory.All).Where(entity => Mentions.OfUnit(entity.Definition, call.Target.Name, name)).ToList())
            await directory.UpdateAsync(entity.Key, definition => Mentions.WithoutUnit(definition, call.Target.Name, name), cancellationToken);
        await Edit(call, organization =>
        {
            var gone = Unit(organization, name);
            return organization with { Units = [.. organization.Units.Remove(gone).Select(unit => unit.Parent == name ? unit with { Parent = gone.Parent } : unit)] };
        }, cancellationToken);
    }

    [Service("Adds a user or group to a unit, the topmost where none is named.", Category = "Units", Requires = Permission.Update)]
    public Task AddMember(ServiceContext call, [Parameter(IsRequired = true)] string member, string? unitName, CancellationToken cancellationToken, string type = "User")
    {
        var added = GroupServices.MemberOf(call, member, type);
        return Members(call, unitName, members => members.Contains(added) ? members : members.Add(added), cancellationToken);
    }

    [Service("Takes a user or group out of a unit, the topmost where none is named.", Category = "Units", Requires = Permission.Update)]
    public Task DeleteMember(ServiceContext call, [Parameter(IsRequired = true)] string member, string? unitName, CancellationToken cancellationToken, string type = "User") =>
        Members(call, unitName, members => members.RemoveAll(have => have.Name == member && have.Kind.ToString() == type), cancellationToken);

    private Task<Entity> Members(
        ServiceContext call, string? unitName, Func<System.Collections.Immutable.ImmutableArray<Member>, System.Collections.Immutable.ImmutableArray<Member>> edit, CancellationToken cancellationToken) =>
        Edit(call, organization =>
        {
            var unit = string.IsNullOrEmpty(unitName) ? organization.Units.First(u => u.Parent.Length == 0) : Unit(organization, unitName);
            return organization with { Units = organization.Units.Replace(unit, unit with { Members = edit(unit.Members) }) };
        }, cancellationToken);

    internal static OrganizationalUnit Unit(OrganizationDefinition organization, string name) => organization.Units.FirstOrDefault(unit => unit.Name == name)
        ?? throw new PlatformException(ErrorCode.NotFound, $"Organization [{organization.Name}] has no unit [{name}].");

    private Task<Entity> Edit(ServiceContext call, Func<OrganizationDefinition, OrganizationDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => edit((OrganizationDefinition)definition), cancellationToken);
}

/// <summary>What a password must be.</summary>
internal static class PasswordRules
{
    private const int MinLength = 8;

    public static string Check(string password) => password.Length >= MinLength
        ? password
        : throw Errors.Bad($"A password needs {MinLength} characters or more.");
}
