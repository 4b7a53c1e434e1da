using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Security;

/// <summary>What a Thing Template says of the rights of its Things, by service.</summary>
public sealed class InstancePermissionTests : IAsyncLifetime
{
    private const string Kettle = "ThingTemplates/Kettle";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.CallAsync("Resources/EntityServices", "CreateThingTemplate", ("name", "Kettle"), ("baseThingTemplate", "GenericThing"));
        await _platform.CallAsync(Kettle, "AddPropertyDefinition", ("name", "heat"), ("type", "NUMBER"));
        await _platform.CallAsync("Resources/EntityServices", "CreateThing", ("name", "One"), ("thingTemplateName", "Kettle"));
        await _platform.CallAsync("Things/One", "EnableThing");
        await _platform.MakeUserAsync("bob");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Its_Things_are_seen_and_read_until_it_is_taken_back()
    {
        await CannotReadAsync(ErrorCode.NotFound);
        await _platform.CallAsync(Kettle, "AddInstanceVisibilityPermission", ("principal", "Everyone"), ("principalType", "Organization"));
        await _platform.CallAsync(Kettle, "AddInstanceRunTimePermission", ("type", "ServiceInvoke"), ("resource", "GetPropertyValues"), ("principal", "bob"), ("principalType", "User"));
        await _platform.CallAsync(Kettle, "AddInstanceRunTimePermission", ("type", "PropertyRead"), ("resource", "heat"), ("principal", "bob"), ("principalType", "User"));
        await _platform.CallAsync(Kettle, "AddInstanceDesignTimePermission", ("type", "Read"), ("principal", "bob"), ("principalType", "User"), ("allow", false));
        (await _platform.InvokeAsync("bob", "Things/One", "GetPropertyValues")).AsTable()!.Shape.Fields.ShouldContain(field => field.Name == "heat");
        (await _platform.CallAsync(Kettle, "GetInstancePermissions")).Column("permissionName").ShouldBe(["Visibility", "ServiceInvoke", "PropertyRead", "Read"]);
        await _platform.CallAsync(Kettle, "DeleteInstanceRunTimePermission", ("type", "PropertyRead"), ("resource", "heat"), ("principal", "bob"), ("principalType", "User"));
        await _platform.CallAsync(Kettle, "DeleteInstanceDesignTimePermission", ("type", "Read"), ("principal", "bob"), ("principalType", "User"));
        (await _platform.CallAsync(Kettle, "GetInstancePermissions")).Column("permissionName").ShouldBe(["Visibility", "ServiceInvoke"]);
        await _platform.CallAsync(Kettle, "DeleteInstanceVisibilityPermission", ("principal", "Everyone"), ("principalType", "Organization"));
        await CannotReadAsync(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_template_of_the_platform_takes_none() => (await Should.ThrowAsync<PlatformException>(() => _platform.CallAsync(
        "ThingTemplates/GenericThing", "AddInstanceRunTimePermission", ("type", "PropertyRead"), ("principal", "bob"), ("principalType", "User")))).Code.ShouldBe(ErrorCode.Forbidden);

    private async Task CannotReadAsync(ErrorCode code) =>
        (await Should.ThrowAsync<PlatformException>(() => _platform.InvokeAsync("bob", "Things/One", "GetPropertyValues"))).Code.ShouldBe(code);
}
