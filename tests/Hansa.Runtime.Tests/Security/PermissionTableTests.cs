using System.Text.Json.Nodes;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Security;

/// <summary>Permissions read, checked and set as a whole (spec platform 4.3).</summary>
public sealed class PermissionTableTests : IAsyncLifetime
{
    private const string Pump = "Things/Pump";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Pump");
        await _platform.MakeUserAsync("bob");
        await _platform.CallAsync("Resources/EntityServices", "CreateGroup", ("name", "Fitters"));
        await _platform.ShowAsync(Pump);
        await _platform.AllowAsync(Pump, "bob", Permission.ServiceInvoke, "GetPropertyValues");
        await _platform.CallAsync(Pump, "AddRunTimePermission", ("type", "PropertyRead"), ("resource", "*"), ("principal", "Fitters"), ("principalType", "Group"), ("allow", true));
        await _platform.CallAsync(Pump, "AddDesignTimePermission", ("type", "Read"), ("principal", "Fitters"), ("principalType", "Group"), ("allow", true));
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Permissions_are_listed_by_kind()
    {
        (await _platform.CallAsync(Pump, "GetVisibilityPermissions")).Column("name").ShouldBe(["Everyone"]);
        (await _platform.CallAsync(Pump, "GetDesignTimePermissions")).Column("permissionName").ShouldBe(["Read"]);
        (await _platform.CallAsync(Pump, "GetRunTimePermissions")).Column("resourceName").ShouldBe(["GetPropertyValues", "*"]);
        (await _platform.CallAsync(Pump, "GetThingGroupDelegatedVisibilityPermissions")).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task Permissions_as_JSON_set_on_another_Thing_are_the_same_there()
    {
        await _platform.MakeThingAsync("Press");
        foreach (var kind in new[] { "Visibility", "DesignTime", "RunTime" })
        {
            var json = (await _platform.CallAsync(Pump, $"Get{kind}PermissionsAsJSON")).ToString();
            await _platform.CallAsync("Things/Press", $"Set{kind}PermissionsAsJSON", ("permissions", json));
            (await _platform.CallAsync("Things/Press", $"Get{kind}PermissionsAsJSON")).ToString().ShouldBe(json);
        }

        (await _platform.CallAsync(Pump, "GetVisibilityPermissionsAsJSON")).ToString().ShouldContain("Everyone");
        (await _platform.CallAsync(Pump, "GetDesignTimePermissionsAsJSON")).ToString().ShouldContain("Fitters");
        JsonNode.Parse((await _platform.CallAsync(Pump, "GetRunTimePermissionsAsJSON")).ToString())!["permissions"]![0]!["ServiceInvoke"]![0]!["name"]!.ToString().ShouldBe("bob");
        _platform.Thing("Press").Definition.Permissions.Order(Comparer<PermissionEntry>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString())))
            .ShouldBe(_platform.Thing("Pump").Definition.Permissions.Order(Comparer<PermissionEntry>.Create((a, b) => string.CompareOrdinal(a.ToString(), b.ToString()))));
    }

    [Theory]
    [InlineData("SetRunTimePermissionsAsJSON", """{"permissions":[{"resourceName":"*","PropertyRead":[{"name":"nobody","type":"User"}]}]}""", "nobody")]
    [InlineData("SetDesignTimePermissionsAsJSON", """{"Read":[{"name":"bob","type":"Robot"}]}""", "Robot")]
    [InlineData("SetVisibilityPermissionsAsJSON", "[]", "JSON object")]
    [InlineData("SetVisibilityPermissionsAsJSON", """{"Visibility":[{"name":"bob","type":"User"}]}""", "cannot be given visibility")]
    [InlineData("SetVisibilityPermissionsAsJSON", """{"Visibility":[{"name":"Everyone:Nowhere","type":"OrganizationalUnit"}]}""", "Nowhere")]
    [InlineData("SetRunTimePermissionsAsJSON", """{"permissions":[{"resourceName":"*","PropertyRead":[{"name":"Everyone","type":"Organization"}]}]}""", "Organization")]
    public async Task What_names_nobody_or_is_no_permission_is_refused_and_changes_nothing(string service, string json, string reason)
    {
        var before = _platform.Thing("Pump").Definition.Permissions;
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, service, ("permissions", json))).Message.ShouldContain(reason);
        _platform.Thing("Pump").Definition.Permissions.ShouldBe(before);
    }

    [Fact]
    public async Task Checks_answer_as_the_gate_decides()
    {
        (await CheckAsync("CheckPermissionForUser", ("user", "bob"), ("type", "ServiceInvoke"), ("name", "GetPropertyValues"))).ShouldBeTrue();
        (await CheckAsync("CheckPermissionForUser", ("user", "bob"), ("type", "ServiceInvoke"), ("name", "Other"))).ShouldBeFalse();
        (await CheckAsync("CheckPermissionForGroup", ("group", "Fitters"), ("type", "PropertyRead"), ("name", "heat"))).ShouldBeFalse("the group sees the Thing only by way of Everyone");
        await _platform.CallAsync("Groups/Users", "AddMember", ("member", "Fitters"), ("type", "Group"));
        (await CheckAsync("CheckPermissionForGroup", ("group", "Fitters"), ("type", "PropertyRead"), ("name", "heat"))).ShouldBeTrue();
        (await CheckAsync("CheckDesignTimePermissionForGroup", ("group", "Fitters"), ("type", "Read"))).ShouldBeTrue();
        (await CheckAsync("CheckDesignTimePermissionForUser", ("user", "bob"), ("type", "Read"))).ShouldBeFalse();
        (await CheckAsync("CheckPermission", ("type", "PropertyWrite"), ("name", "heat"))).ShouldBeTrue();
        (await CheckAsync("CheckDesignTimePermission", ("type", "Delete"))).ShouldBeTrue();
        (await _platform.InvokeAsync("bob", Pump, "CheckPermission", ("type", "PropertyRead"), ("name", "heat"))).AsBoolean().ShouldBeFalse();
        (await _platform.InvokeAsync("bob", Pump, "CheckDesignTimePermission", ("type", "Update"))).AsBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task What_somebody_may_do_is_listed()
    {
        var mine = (await _platform.InvokeAsync("bob", Pump, "GetPermissionsForCurrentUser", ("permissionName", "ServiceInvoke"), ("name", "GetPropertyValues"))).AsTable()!;
        (mine.RowCount, mine[0, "isPermitted"].AsBoolean(), mine[0, "resourceName"].ToString()).ShouldBe((1, true, "GetPropertyValues"));
        (await _platform.CallAsync(Pump, "GetPermissionsForUser", ("user", "bob"))).Column("isPermitted").Count(one => one == "true").ShouldBe(0);
        await _platform.CallAsync("Groups/Users", "AddMember", ("member", "Fitters"), ("type", "Group"));
        (await _platform.CallAsync(Pump, "GetPermissionsForGroup", ("group", "Fitters"), ("permissionName", "Read"))).Column("isPermitted").ShouldBe(["true"]);
    }

    private async Task<bool> CheckAsync(string service, params (string, object?)[] arguments) => (await _platform.CallAsync(Pump, service, arguments)).AsBoolean();
}
