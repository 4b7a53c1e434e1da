using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Security;

/// <summary>Organizations and groups by their services.</summary>
public sealed class OrganizationTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.CallAsync("Resources/EntityServices", "CreateOrganization", ("name", "Works"), ("topOUName", "Top"));
        await _platform.MakeUserAsync("ann");
        await _platform.MakeThingAsync("Pump");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_member_of_a_unit_sees_what_the_units_above_see_and_not_those_beside()
    {
        await AddUnitAsync("Left");
        await AddUnitAsync("Right");
        await _platform.CallAsync("Organizations/Works", "AddMember", ("member", "ann"), ("unitName", "Left"));
        await _platform.CallAsync("Things/Pump", "AddVisibilityPermission", ("principal", "Works:Right"), ("principalType", "OrganizationalUnit"));
        (await _platform.RefusedAsync("ann", "Things/Pump", "GetMetadataAsJSON")).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.CallAsync("Things/Pump", "AddVisibilityPermission", ("principal", "Works:Top"), ("principalType", "OrganizationalUnit"));
        await _platform.InvokeAsync("ann", "Things/Pump", "GetMetadataAsJSON");
        await _platform.CallAsync("Organizations/Works", "DeleteMember", ("member", "ann"), ("unitName", "Left"));
        (await _platform.RefusedAsync("ann", "Things/Pump", "GetMetadataAsJSON")).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_unit_that_goes_takes_its_rights_along_and_those_below_move_up()
    {
        await AddUnitAsync("Left");
        await _platform.CallAsync("Organizations/Works", "AddOrganizationalUnit", ("name", "Below"), ("parentName", "Left"));
        await _platform.CallAsync("Organizations/Works", "AddMember", ("member", "ann"), ("unitName", "Below"));
        await _platform.CallAsync("Things/Pump", "AddVisibilityPermission", ("principal", "Works:Left"), ("principalType", "OrganizationalUnit"));
        await _platform.InvokeAsync("ann", "Things/Pump", "GetMetadataAsJSON");
        await _platform.CallAsync("Organizations/Works", "DeleteOrganizationalUnit", ("name", "Left"));
        await AddUnitAsync("Left");
        await _platform.CallAsync("Organizations/Works", "AddMember", ("member", "ann"), ("unitName", "Left"));
        (await _platform.RefusedAsync("ann", "Things/Pump", "GetMetadataAsJSON")).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.CallAsync("Things/Pump", "AddVisibilityPermission", ("principal", "Works:Top"), ("principalType", "OrganizationalUnit"));
        await _platform.CallAsync("Organizations/Works", "DeleteMember", ("member", "ann"), ("unitName", "Left"));
        await _platform.InvokeAsync("ann", "Things/Pump", "GetMetadataAsJSON");
        (await _platform.RefusedAsync("Administrator", "Organizations/Works", "DeleteOrganizationalUnit", ("name", "Top"))).Code.ShouldBe(ErrorCode.BadRequest);
        (await _platform.RefusedAsync("Administrator", "Organizations/Works", "DeleteOrganizationalUnit", ("name", "Nope"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Visibility_is_given_to_what_is_there_only()
    {
        foreach (var (principal, type) in new[] { ("Nope", "Organization"), ("Works:Nope", "OrganizationalUnit"), ("Works", "OrganizationalUnit"), ("Works:Top", "Organization") })
            (await _platform.RefusedAsync("Administrator", "Things/Pump", "AddVisibilityPermission", ("principal", principal), ("principalType", type))).Code.ShouldBe(ErrorCode.NotFound, principal);
        (await _platform.RefusedAsync("Administrator", "Things/Pump", "AddVisibilityPermission", ("principal", "ann"), ("principalType", "User"))).Code.ShouldBe(ErrorCode.BadRequest);
        (await _platform.RefusedAsync("Administrator", "Things/Pump", "AddRunTimePermission", ("type", "ServiceInvoke"), ("principal", "nobody"), ("principalType", "User"))).Code.ShouldBe(ErrorCode.NotFound);
        (await _platform.RefusedAsync("Administrator", "Things/Pump", "AddRunTimePermission", ("type", "Update"), ("principal", "ann"), ("principalType", "User"))).Code.ShouldBe(ErrorCode.BadRequest);
    }

    [Theory]
    [InlineData("")]
    [InlineData("a:b")]
    [InlineData(" a")]
    public async Task A_unit_needs_a_name_that_can_be_told_from_others(string name) =>
        (await _platform.RefusedAsync("Administrator", "Organizations/Works", "AddOrganizationalUnit", ("name", name), ("parentName", "Top"))).Code.ShouldBe(ErrorCode.BadRequest);

    [Fact]
    public async Task An_organization_is_not_called_like_a_unit_of_another() =>
        (await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateOrganization", ("name", "Works:Top"))).Code.ShouldBe(ErrorCode.BadRequest);

    [Fact]
    public async Task Permissions_are_listed_replaced_and_taken_back()
    {
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke, "Go");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke, "Go", allow: false);
        await _platform.AllowAsync("Things/Pump", "ann", Permission.Update);
        var rows = (await _platform.CallAsync("Things/Pump", "GetPermissions")).AsTable()!;
        rows.Column("permissionName").ShouldBe(["ServiceInvoke", "Update"]);
        rows.Column("isPermitted").ShouldBe(["false", "true"]);
        await _platform.CallAsync("Things/Pump", "DeleteRunTimePermission", ("type", "ServiceInvoke"), ("resource", "Go"), ("principal", "ann"), ("principalType", "User"));
        await _platform.CallAsync("Things/Pump", "DeleteDesignTimePermission", ("type", "Update"), ("principal", "ann"), ("principalType", "User"));
        (await _platform.CallAsync("Things/Pump", "GetPermissions")).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task Groups_hold_users_and_groups_also_in_a_circle()
    {
        foreach (var group in new[] { "Inner", "Outer" })
            await _platform.CallAsync("Resources/EntityServices", "CreateGroup", ("name", group));
        await _platform.CallAsync("Groups/Inner", "AddMember", ("member", "ann"));
        await _platform.CallAsync("Groups/Outer", "AddMember", ("member", "Inner"), ("type", "Group"));
        await _platform.CallAsync("Groups/Inner", "AddMember", ("member", "Outer"), ("type", "Group"));
        _platform.Get<Principals>().Find("ann").Groups.ShouldBe(["Inner", "Outer", "Users"], ignoreOrder: true);
        (await _platform.CallAsync("Groups/Inner", "GetMembers")).Column("name").ShouldBe(["ann", "Outer"]);
        (await _platform.RefusedAsync("Administrator", "Groups/Inner", "AddMember", ("member", "nobody"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.CallAsync("Groups/Inner", "DeleteMember", ("member", "ann"));
        _platform.Get<Principals>().Find("ann").Groups.ShouldBe(["Users"]);
    }

    private Task AddUnitAsync(string name) => _platform.CallAsync("Organizations/Works", "AddOrganizationalUnit", ("name", name), ("parentName", "Top"));
}
