using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Resources;

/// <summary>CollectionFunctions and SecurityServices: rights on all entities of a kind. What the gate makes of them is tested with it.</summary>
public sealed class CollectionTests : IAsyncLifetime
{
    private const string Functions = "Resources/CollectionFunctions";
    private const string Security = "Resources/SecurityServices";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeUserAsync("ann");
        await MakeAsync("Pump");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Rights_on_a_collection_are_rights_on_its_entities_also_on_those_that_come_later_and_after_a_restart()
    {
        await ShowAllAsync();
        await AllowAllAsync("ServiceInvoke", "*");
        await _platform.CallAsync(Functions, "AddCollectionDesignTimePermission", Args(("type", "Delete")));
        await MakeAsync("Late");
        await _platform.RestartAsync();
        await _platform.InvokeAsync("ann", "Things/Pump", "Go");
        await _platform.InvokeAsync("ann", "Things/Late", "Go");
        (await _platform.RefusedAsync("ann", "Things/Late", "DisableThing")).Code.ShouldBe(ErrorCode.Forbidden);
        (await _platform.RefusedAsync("ann", "Subsystems/PlatformSubsystem", "IsRunning")).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.Invoker.DeleteEntityAsync("ann", EntityKey.Thing("Late"), CallOrigin.Rest, CancellationToken.None);
    }

    [Fact]
    public async Task What_is_said_of_the_entity_itself_counts_more()
    {
        await ShowAllAsync();
        await AllowAllAsync("ServiceInvoke", "*");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke, "*", allow: false);
        (await _platform.RefusedAsync("ann", "Things/Pump", "Go")).Code.ShouldBe(ErrorCode.Forbidden);
        await _platform.CallAsync("Things/Pump", "DeleteRunTimePermission", ("type", "ServiceInvoke"), ("principal", "ann"), ("principalType", "User"));
        await _platform.InvokeAsync("ann", "Things/Pump", "Go");
    }

    [Fact]
    public async Task Permissions_are_listed_by_kind_and_taken_back()
    {
        await ShowAllAsync();
        await AllowAllAsync("PropertyRead", "speed");
        await _platform.CallAsync(Functions, "AddCollectionDesignTimePermission", Args(("type", "Read"), ("allow", false)));
        (await ListAsync("GetCollectionVisibilityPermissions")).ShouldBe("Everyone Visibility true ");
        (await ListAsync("GetCollectionRunTimePermissions")).ShouldBe("ann PropertyRead true speed");
        (await ListAsync("GetCollectionDesignTimePermissions")).ShouldBe("ann Read false ");
        await _platform.CallAsync(Functions, "DeleteCollectionVisibilityPermission", ("collectionName", "Things"), ("principal", "Everyone"), ("principalType", "Organization"));
        await _platform.CallAsync(Functions, "DeleteCollectionRunTimePermission", Args(("type", "PropertyRead"), ("resource", "speed")));
        await _platform.CallAsync(Functions, "DeleteCollectionDesignTimePermission", Args(("type", "Read")));
        foreach (var list in new[] { "GetCollectionVisibilityPermissions", "GetCollectionRunTimePermissions", "GetCollectionDesignTimePermissions" })
            (await ListAsync(list)).ShouldBe("");
    }

    [Fact]
    public async Task A_deleted_user_leaves_no_right_on_a_collection_behind()
    {
        await AllowAllAsync("ServiceInvoke", "*");
        await _platform.CallAsync("Resources/EntityServices", "DeleteUser", ("name", "ann"));
        (await ListAsync("GetCollectionRunTimePermissions")).ShouldBe("");
    }

    [Fact]
    public async Task What_is_not_there_is_refused_by_name()
    {
        (await _platform.RefusedAsync("Administrator", Functions, "GetCollectionRunTimePermissions", ("collectionName", "Thing"))).Message.ShouldContain("'Thing' is no collection");
        (await _platform.RefusedAsync("Administrator", Functions, "GetCollectionRunTimePermissions", ("collectionName", "Collections"))).Code.ShouldBe(ErrorCode.BadRequest);
        (await _platform.RefusedAsync("Administrator", Functions, "AddCollectionRunTimePermission", Args(("type", "Fly")))).Message.ShouldContain("ServiceInvoke");
        (await _platform.RefusedAsync("Administrator", Functions, "AddCollectionVisibilityPermission", ("collectionName", "Things"), ("principal", "Nope"), ("principalType", "Organization")))
            .Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Collections_are_administrators_business_whatever_they_give()
    {
        await ShowAllAsync();
        await _platform.CallAsync(Functions, "AddCollectionDesignTimePermission", Args(("type", "Update")));
        (await _platform.RefusedAsync("ann", Functions, "AddCollectionRunTimePermission", Args(("type", "ServiceInvoke")))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync("Collections/Things");
        await _platform.AllowAsync("Collections/Things", "ann", Permission.Update);
        (await _platform.RefusedAsync("ann", "Collections/Things", "AddDesignTimePermission", ("type", "Delete"), ("principal", "ann"), ("principalType", "User"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_user_can_ask_what_he_may_do()
    {
        await _platform.ShowAsync(Security);
        await _platform.AllowAsync(Security, "ann", Permission.ServiceInvoke);
        (await AskAsync("EvaluateVisibilityPermission")).ShouldBeFalse();
        (await AskAsync("EvaluateRuntimePermission", ("permission", "ServiceInvoke"), ("resource", "Go"))).ShouldBeFalse();
        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke, "Go");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.Read);
        (await AskAsync("EvaluateVisibilityPermission")).ShouldBeTrue();
        (await AskAsync("EvaluateRuntimePermission", ("permission", "ServiceInvoke"), ("resource", "Go"))).ShouldBeTrue();
        (await AskAsync("EvaluateRuntimePermission", ("permission", "ServiceInvoke"), ("resource", "Stop"))).ShouldBeFalse();
        (await AskAsync("EvaluateRuntimePermission", ("permission", "ServiceInvoke"))).ShouldBeFalse();
        (await AskAsync("EvaluateDesignTimePermission", ("permission", "Read"))).ShouldBeTrue();
        (await AskAsync("EvaluateDesignTimePermission", ("permission", "Delete"))).ShouldBeFalse();
        (await _platform.RefusedAsync("ann", Security, "EvaluateRuntimePermission", ("name", "Pump"), ("type", "Thing"), ("permission", "Update"))).Code.ShouldBe(ErrorCode.BadRequest);
        (await _platform.RefusedAsync("ann", Security, "EvaluateVisibilityPermission", ("name", "Pump"), ("type", "Machine"))).Message.ShouldContain("ThingTemplate");
    }

    private async Task MakeAsync(string name)
    {
        await _platform.MakeThingAsync(name);
        await _platform.AddServiceAsync(name, "Go", "result = 'gone';");
    }

    private static (string Name, object? Value)[] Args(params (string Name, object? Value)[] more) =>
        [("collectionName", "Things"), ("principal", "ann"), ("principalType", "User"), .. more];

    private async Task<bool> AskAsync(string service, params (string Name, object? Value)[] more) =>
        (await _platform.InvokeAsync("ann", Security, service, [("name", "Pump"), ("type", "Thing"), .. more])).AsBoolean();

    private Task ShowAllAsync() => _platform.CallAsync(
        Functions, "AddCollectionVisibilityPermission", ("collectionName", "Things"), ("principal", "Everyone"), ("principalType", "Organization"));

    private Task AllowAllAsync(string type, string resource) => _platform.CallAsync(Functions, "AddCollectionRunTimePermission", Args(("type", type), ("resource", resource)));

    private async Task<string> ListAsync(string service)
    {
        var rows = (await _platform.CallAsync(Functions, service, ("collectionName", "Things"))).AsTable()!;
        return string.Join(';', Enumerable.Range(0, rows.RowCount).Select(i => $"{rows[i, "name"]} {rows[i, "permissionName"]} {rows[i, "isPermitted"]} {rows[i, "resourceName"]}"));
    }
}
