using System.Text.Json.Nodes;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Things;

/// <summary>Definitions of properties that are changed in place.</summary>
public sealed class PropertyChangeTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Pump");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_property_is_added_then_changed_and_keeps_its_value()
    {
        await ChangeAsync(("type", "NUMBER"), ("units", "rpm"), ("minimumValue", 0.0), ("maximumValue", 10.0));
        await _platform.AddPropertyAsync("Pump", "other", BaseType.STRING);
        await _platform.WriteAsync("Pump", "speed", 7);
        await ChangeAsync(("type", "NUMBER"), ("description", "of the shaft"), ("maximumValue", 20.0), ("persistent", true));
        (await _platform.ReadAsync("Pump", "speed")).ShouldBe(Value.Number(7));
        await _platform.WriteAsync("Pump", "speed", 15);
        (await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "speed", 21))).Message.ShouldContain("20 or less");
        // Nothing is said of the minimum any more.
        await _platform.WriteAsync("Pump", "speed", -1);
        var speed = _platform.Thing("Pump").Shape.FindProperty("speed")!;
        (speed.Field.Description, speed.IsPersistent, speed.Field.Ordinal, speed.Field.Aspects["units"].IsNull).ShouldBe(("of the shaft", true, 0, true));
    }

    [Theory]
    [InlineData("STRING", "units", "m", "NUMBER, INTEGER and LONG")]
    [InlineData("NUMBER", "dataChangeType", "SOMETIMES", "VALUE, ALWAYS")]
    [InlineData("NUMBER", "defaultValue", "fast", "speed")]
    public async Task What_makes_no_sense_is_refused_with_what_would(string type, string parameter, string value, string word) =>
        (await Should.ThrowAsync<PlatformException>(() => ChangeAsync(("type", type), (parameter, value)))).Message.ShouldContain(word);

    [Fact]
    public async Task A_range_that_is_empty_is_refused() =>
        (await Should.ThrowAsync<PlatformException>(() => ChangeAsync(("type", "NUMBER"), ("minimumValue", 5.0), ("maximumValue", 4.0)))).Message.ShouldContain("minimumValue 5 is above maximumValue 4");

    [Fact]
    public async Task The_type_of_a_property_stays()
    {
        await ChangeAsync(("type", "NUMBER"));
        var refusal = await Should.ThrowAsync<PlatformException>(() => ChangeAsync(("type", "STRING")));
        (refusal.Code, refusal.Message.Contains("NUMBER", StringComparison.Ordinal)).ShouldBe((ErrorCode.Conflict, true));
    }

    [Fact]
    public async Task An_inherited_property_is_changed_where_it_is_defined()
    {
        var refusal = await Should.ThrowAsync<PlatformException>(() => _platform.CallAsync("Things/Pump", "AddOrUpdatePropertyDefinition", ("name", "description"), ("type", "STRING")));
        refusal.Code.ShouldBe(ErrorCode.Conflict);
    }

    [Fact]
    public async Task The_document_tells_who_defines_each_member()
    {
        await _platform.CallAsync("Resources/EntityServices", "CreateThingShape", ("name", "Movable"));
        await _platform.CallAsync("ThingShapes/Movable", "AddPropertyDefinition", ("name", "place"), ("type", "LOCATION"));
        await _platform.CallAsync("ThingShapes/Movable", "AddSubscriptionDefinition", ("name", "OnPlace"), ("eventName", "DataChange"), ("sourceProperty", "place"), ("code", ""));
        await _platform.CallAsync("Things/Pump", "AddImplementedShape", ("thingShapeName", "Movable"));
        await ChangeAsync(("type", "NUMBER"));
        var shape = JsonNode.Parse(_platform.Get<EntityPages>().Show("Administrator", EntityKey.Thing("Pump")))!["effectiveShape"]!;
        string Source(string part, string name) => shape[part]![name]!["sourceName"]!.ToString();
        (Source("propertyDefinitions", "speed"), Source("propertyDefinitions", "place"), Source("subscriptions", "OnPlace"), Source("serviceDefinitions", "GetPropertyValues"))
            .ShouldBe(("Pump", "Movable", "Movable", "ConfiguredThing"));
    }

    [Fact]
    public async Task The_document_tells_what_the_caller_may_not_do_and_which_right_is_missing()
    {
        await ChangeAsync(("type", "NUMBER"));
        await _platform.MakeUserAsync("ann");
        foreach (var right in new[] { "Read", "Update" })
            await _platform.CallAsync("Things/Pump", "AddDesignTimePermission", ("type", right), ("principal", "ann"), ("principalType", "User"), ("allow", right == "Read"));
        await _platform.CallAsync("Things/Pump", "AddVisibilityPermission", ("principal", "Everyone"), ("principalType", "Organization"));
        await _platform.CallAsync("Things/Pump", "AddRunTimePermission", ("type", "ServiceInvoke"), ("resource", "GetPropertyValues"), ("principal", "ann"), ("principalType", "User"), ("allow", true));
        JsonNode Refused(string user) => JsonNode.Parse(_platform.Get<EntityPages>().Show(user, EntityKey.Thing("Pump")))!["refused"]!;
        Refused("Administrator").ToJsonString().ShouldBe("""{"services":{},"properties":[]}""");
        var refused = Refused("ann");
        (refused["services"]!["QueuePostCommitEvent"]?.ToString(), refused["services"]!["SetDescription"]?.ToString(), refused["services"]!["GetPropertyValues"]?.ToString()).ShouldBe(("ServiceInvoke", "Update", null));
        refused["properties"]!.AsArray().Select(name => name!.ToString()).ShouldContain("speed");
        await _platform.CallAsync("Things/Pump", "AddRunTimePermission", ("type", "PropertyWrite"), ("resource", "speed"), ("principal", "ann"), ("principalType", "User"), ("allow", true));
        Refused("ann")["properties"]!.AsArray().Select(name => name!.ToString()).ShouldNotContain("speed");
    }

    private Task ChangeAsync(params (string Name, object? Value)[] arguments) => _platform.CallAsync("Things/Pump", "AddOrUpdatePropertyDefinition", [("name", "speed"), .. arguments]);
}
