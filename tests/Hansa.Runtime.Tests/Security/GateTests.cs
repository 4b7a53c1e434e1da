using System.Collections.Immutable;
using FsCheck;
using FsCheck.Fluent;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Security;

/// <summary>The gate against a reference that is written from the rules alone, over worlds made by chance.</summary>
public sealed class GateTests : IAsyncLifetime
{
    private static readonly string[] UserNames = ["ann", "bob", "cat", Principals.SystemName];
    private static readonly string[] GroupNames = ["g0", "g1", "g2", Principals.AdministratorsName];
    private static readonly string[] UnitNames = ["top", "left", "right", "deep"];
    private static readonly string[] Resources = ["start", "stop", "*"];
    private static readonly Permission[] Permissions = [Permission.ServiceInvoke, Permission.PropertyRead, Permission.Update];

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Pump");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public void The_gate_decides_as_the_rules_say() =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(150), Prop.ForAll(World.Any.ToArbitrary(), world =>
        {
            Build(world).GetAwaiter().GetResult();
            var gate = _platform.Get<Gate>();
            var thing = _platform.Thing("Pump");
            foreach (var user in UserNames)
            {
                var caller = _platform.Get<Principals>().Find(user);
                foreach (var origin in Enum.GetValues<CallOrigin>())
                {
                    gate.IsVisible(caller, thing, origin).ShouldBe(world.Sees(user, origin), $"{user} by {origin} sees, in {world}");
                    foreach (var permission in Permissions)
                    {
                        foreach (var resource in permission == Permission.Update ? [""] : new[] { "start", "stop", "other" })
                            gate.Allows(caller, thing, permission, resource, origin).ShouldBe(world.Allows(user, permission, resource, origin), $"{user} by {origin} {permission} {resource}, in {world}");
                    }
                }
            }
        }));

    [Fact]
    public async Task A_hidden_entity_and_one_that_is_not_there_are_refused_in_the_same_words()
    {
        await _platform.MakeUserAsync("dan");
        var hidden = await _platform.RefusedAsync("dan", "Things/Pump", "GetMetadataAsJSON");
        var missing = await _platform.RefusedAsync("dan", "Things/Nope", "GetMetadataAsJSON");
        hidden.Code.ShouldBe(ErrorCode.NotFound);
        missing.Code.ShouldBe(ErrorCode.NotFound);
        hidden.Message.Replace("Pump", "Nope", StringComparison.Ordinal).ShouldBe(missing.Message);
    }

    [Fact]
    public async Task A_refusal_names_user_right_member_and_entity()
    {
        await _platform.MakeUserAsync("dan");
        await _platform.ShowAsync("Things/Pump");
        (await _platform.RefusedAsync("dan", "Things/Pump", "DisableThing")).Message.ShouldBe("User [dan] is not authorized for Update in Thing [Pump].");
        var read = await Should.ThrowAsync<PlatformException>(() => _platform.ReadVtqAsync("Pump", "name", "dan"));
        read.Message.ShouldBe("User [dan] is not authorized for PropertyRead on name in Thing [Pump].");
    }

    private async Task Build(World world)
    {
        var token = CancellationToken.None;
        var definitions = new List<EntityDefinition>();
        foreach (var name in UserNames)
            definitions.Add(new UserDefinition(name) { IsEnabled = !world.Disabled.Contains(name), IsLocked = world.Locked.Contains(name) });
        foreach (var name in GroupNames)
            definitions.Add(new GroupDefinition(name) { Members = [.. world.Members.Where(m => m.Group == name).Select(m => m.Member)] });
        definitions.Add(new OrganizationDefinition("Works")
        {
            Units = [.. UnitNames.Select(unit => new OrganizationalUnit(unit, "", World.Parent(unit), [.. world.UnitMembers.Where(m => m.Group == unit).Select(m => m.Member)]))],
        });
        await _platform.Entities.ImportAsync(definitions, token);
        await _platform.EditAsync("Pump", thing => thing with { Permissions = [.. world.Entries] });
        await _platform.Entities.UpdateAsync(new(EntityKind.Collections, "Things"), collection => collection with { Permissions = [.. world.OfCollection] }, token);
    }

    /// <summary>Who is in what, and what was given on one Thing and on all Things; the rules of spec platform 4.3 in their plainest form.</summary>
    private sealed record World(
        IReadOnlyList<string> Disabled, IReadOnlyList<string> Locked, IReadOnlyList<(string Group, Member Member)> Members,
        IReadOnlyList<(string Group, Member Member)> UnitMembers, IReadOnlyList<PermissionEntry> Entries, IReadOnlyList<PermissionEntry> OfCollection)
    {
        public static Gen<World> Any { get; } = Make();

        public static string Parent(string unit) => unit switch { "top" => "", "deep" => "left", _ => "top" };

        public bool Sees(string user, CallOrigin origin) => PassesAll(user, origin) || SeesByUnit(user) || (origin == CallOrigin.Script && SeesByUnit(Principals.SystemName));

        public bool Allows(string user, Permission permission, string resource, CallOrigin origin) =>
            PassesAll(user, origin) || IsGiven(user, permission, resource)
            || (origin == CallOrigin.Script && permission != Permission.Update && IsGiven(Principals.SystemName, permission, resource));

        private bool PassesAll(string user, CallOrigin origin) => IsIn(user, Principals.AdministratorsName) || (user == Principals.SystemName && origin == CallOrigin.Platform);

        private bool IsActive(string user) => !Disabled.Contains(user) && !Locked.Contains(user);

        private bool IsIn(string user, string group) => IsActive(user) && Reaches(user, group, []);

        private bool Reaches(string user, string group, ImmutableHashSet<string> seen) => !seen.Contains(group) && Members.Any(m => m.Group == group
            && (m.Member.Kind == PrincipalKind.User ? m.Member.Name == user : Reaches(user, m.Member.Name, seen.Add(group))));

        private bool IsInUnit(string user, string unit) => IsActive(user) && (UnitMembers.Any(m => m.Group == unit
            && (m.Member.Kind == PrincipalKind.User ? m.Member.Name == user : IsIn(user, m.Member.Name))) || UnitNames.Any(below => Parent(below) == unit && IsInUnit(user, below)));

        private bool SeesByUnit(string user) => Entries.Concat(OfCollection).Any(entry => entry.IsAllowed && (
            (entry.PrincipalKind == PrincipalKind.Organization && UnitNames.Any(unit => IsInUnit(user, unit)))
            || (entry.PrincipalKind == PrincipalKind.OrganizationalUnit && IsInUnit(user, entry.Principal["Works:".Length..]))));

        private bool IsGiven(string user, Permission permission, string resource) =>
            IsSaid(Entries, user, permission, resource) ?? IsSaid(OfCollection, user, permission, resource) ?? false;

        private bool? IsSaid(IReadOnlyList<PermissionEntry> entries, string user, Permission permission, string resource)
        {
            var mine = entries.Where(entry => entry.Permission == permission && (
                (entry.PrincipalKind == PrincipalKind.User && entry.Principal == user && IsActive(user)) || (entry.PrincipalKind == PrincipalKind.Group && IsIn(user, entry.Principal)))).ToList();
            var named = mine.Where(entry => entry.Resource == resource).ToList();
            var decisive = named.Count > 0 ? named : mine.Where(entry => entry.Resource == "*").ToList();
            return decisive.Count > 0 ? decisive.All(entry => entry.IsAllowed) : null;
        }

        private static Gen<World> Make()
        {
            var member = Gen.OneOf(
                Gen.Elements(UserNames).Select(name => new Member(name, PrincipalKind.User)), Gen.Elements("g0", "g1", "g2").Select(name => new Member(name, PrincipalKind.Group)));
            // Administrators are rare, or nothing else would be tested.
            var anyGroup = Gen.Frequency((9, Gen.Elements("g0", "g1", "g2")), (1, Gen.Constant(Principals.AdministratorsName)));
            var visibility = Gen.Elements(true, false).SelectMany(isAllowed => Gen.OneOf(
                Gen.Constant(new PermissionEntry(Permission.None, "", "Works", PrincipalKind.Organization, isAllowed)),
                Gen.Elements(UnitNames).Select(unit => new PermissionEntry(Permission.None, "", $"Works:{unit}", PrincipalKind.OrganizationalUnit, isAllowed))));
            var right =
                from permission in Gen.Elements(Permissions)
                from resource in Gen.Elements(Resources)
                from who in Gen.OneOf(Gen.Elements(UserNames).Select(name => (Name: name, Kind: PrincipalKind.User)), Gen.Elements("g0", "g1", "g2").Select(name => (Name: name, Kind: PrincipalKind.Group)))
                from isAllowed in Gen.Frequency((3, Gen.Constant(true)), (1, Gen.Constant(false)))
                select new PermissionEntry(permission, permission == Permission.Update ? "" : resource, who.Name, who.Kind, isAllowed);
            return
                from disabled in Few(Gen.Elements(UserNames), 1)
                from locked in Few(Gen.Elements(UserNames), 1)
                from members in Few(anyGroup.SelectMany(g => member.Select(m => (g, m))), 6)
                from units in Few(Gen.Elements(UnitNames).SelectMany(u => member.Select(m => (u, m))), 4)
                from seen in Few(visibility, 2)
                from rights in Few(right, 8)
                from ofCollection in Few(Gen.Frequency((1, visibility), (5, right)), 6)
                select new World(disabled, locked, members, units, [.. seen, .. rights], ofCollection);
        }

        private static Gen<IReadOnlyList<T>> Few<T>(Gen<T> item, int most) =>
            Gen.Choose(0, most).SelectMany(count => Gen.ListOf(item, count)).Select(items => (IReadOnlyList<T>)[.. items]);

        public override string ToString() =>
            $"disabled {string.Join(' ', Disabled)}; locked {string.Join(' ', Locked)}; groups {string.Join(' ', Members)}; units {string.Join(' ', UnitMembers)}; entries {string.Join(' ', Entries)}; of all Things {string.Join(' ', OfCollection)}";
    }
}
