using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Inheritance;

/// <summary>What Things have of their templates and shapes, while these are edited (spec platform 3.1).</summary>
public sealed class InheritanceTests : IAsyncLifetime
{
    private const string Entities = "Resources/EntityServices";
    private const string Machine = "ThingTemplates/Machine";
    private const string Pump = "Things/Pump";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.CallAsync(Entities, "CreateThingTemplate", ("name", "Machine"), ("description", "turns"));
        await _platform.CallAsync(Machine, "AddPropertyDefinition", ("name", "speed"), ("type", "NUMBER"), ("persistent", true), ("defaultValue", "7"));
        await _platform.MakeThingAsync("Pump", "Machine");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_Thing_has_the_properties_of_its_template_and_values_of_its_own()
    {
        await _platform.MakeThingAsync("Press", "Machine");
        (await _platform.ReadAsync("Pump", "speed")).AsNumber().ShouldBe(7);
        await _platform.WriteAsync("Pump", "speed", 3);
        (await _platform.ReadAsync("Press", "speed")).AsNumber().ShouldBe(7);
        await _platform.RestartAsync();
        (await _platform.ReadAsync("Pump", "speed")).AsNumber().ShouldBe(3);
        (await _platform.ReadAsync("Pump", "thingTemplate")).ToString().ShouldBe("Machine");
    }

    [Fact]
    public async Task What_is_added_to_a_template_is_there_on_its_running_Things_and_what_is_taken_away_is_gone_with_its_value()
    {
        await _platform.WriteAsync("Pump", "speed", 3);
        await _platform.CallAsync(Machine, "AddPropertyDefinition", ("name", "load"), ("type", "INTEGER"));
        await _platform.WriteAsync("Pump", "load", 5);
        (await _platform.ReadAsync("Pump", "speed")).AsNumber().ShouldBe(3);
        await _platform.CallAsync(Machine, "RemovePropertyDefinition", ("name", "speed"));
        await Should.ThrowAsync<PlatformException>(() => _platform.ReadAsync("Pump", "speed"));
        (await _platform.ReadAsync("Pump", "load")).AsLong().ShouldBe(5);

        // A property of that name that is made later begins anew, also after a restart.
        await _platform.CallAsync(Machine, "AddPropertyDefinition", ("name", "speed"), ("type", "NUMBER"), ("persistent", true));
        await _platform.RestartAsync();
        (await _platform.ReadAsync("Pump", "speed")).AsNumber().ShouldBe(0);
    }

    [Fact]
    public async Task A_service_of_a_template_runs_on_each_of_its_Things()
    {
        await AddScriptAsync(Machine, "Double", "result = me.speed * 2;", isAllowOverride: true);
        (await _platform.CallAsync(Pump, "Double")).ToString().ShouldBe("14");
        await AddScriptAsync(Pump, "Double", "result = 'mine';");
        (await _platform.CallAsync(Pump, "Double")).ToString().ShouldBe("mine");
        await _platform.CallAsync(Pump, "RemoveServiceDefinition", ("name", "Double"));
        (await _platform.CallAsync(Pump, "Double")).ToString().ShouldBe("14");
    }

    [Fact]
    public async Task What_must_not_be_overridden_is_refused()
    {
        await AddScriptAsync(Machine, "Double", "result = 1;");
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "AddScriptServiceDefinition", ("name", "Double"), ("code", "result = 2;"))).Code.ShouldBe(ErrorCode.Conflict);
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "AddPropertyDefinition", ("name", "speed"), ("type", "NUMBER"))).Code.ShouldBe(ErrorCode.Conflict);
    }

    [Fact]
    public async Task Templates_extend_templates_and_shapes_bring_their_members()
    {
        await _platform.CallAsync(Entities, "CreateThingShape", ("name", "Heated"));
        await _platform.CallAsync("ThingShapes/Heated", "AddPropertyDefinition", ("name", "heat"), ("type", "NUMBER"), ("defaultValue", "20"));
        await AddScriptAsync("ThingShapes/Heated", "Warm", "result = me.heat + 1;");
        await _platform.CallAsync("ThingShapes/Heated", "AddEventDefinition", ("name", "TooHot"));
        await _platform.CallAsync(Entities, "CreateThingTemplate", ("name", "HotMachine"), ("baseThingTemplateName", "Machine"));
        await _platform.CallAsync("ThingTemplates/HotMachine", "AddImplementedShape", ("thingShapeName", "Heated"));
        await _platform.MakeThingAsync("Oven", "HotMachine");

        (await _platform.CallAsync("Things/Oven", "Warm")).ToString().ShouldBe("21");
        (await _platform.ReadAsync("Oven", "speed")).AsNumber().ShouldBe(7);
        (await _platform.CallAsync("Things/Oven", "ImplementsShape", ("thingShapeName", "Heated"))).AsBoolean().ShouldBeTrue();
        (await _platform.CallAsync(Pump, "ImplementsShape", ("thingShapeName", "Heated"))).AsBoolean().ShouldBeFalse();
        (await _platform.CallAsync("Things/Oven", "IsDerivedFromTemplate", ("thingTemplateName", "Machine"))).AsBoolean().ShouldBeTrue();
        (await _platform.CallAsync("Things/Oven", "IsDerivedFromTemplate", ("thingTemplateName", "Stream"))).AsBoolean().ShouldBeFalse();
        (await _platform.CallAsync("Things/Oven", "GetImplementedShapes")).Column("name").ShouldBe(["Heated"]);
        (await _platform.CallAsync("Things/Oven", "GetLocallyImplementedShapes")).Column("name").ShouldBeEmpty();
        (await _platform.CallAsync("Things/Oven", "GetThingTemplate")).Column("name").ShouldBe(["HotMachine"]);

        // The sources of members are told in their definitions.
        var metadata = (await _platform.CallAsync("Things/Oven", "GetMetadata")).AsTable()!;
        Sources(metadata[0, "propertyDefinitions"].AsTable()!)["heat"].ShouldBe("ThingShape Heated");
        Sources(metadata[0, "propertyDefinitions"].AsTable()!)["speed"].ShouldBe("ThingTemplate Machine");
        Sources(metadata[0, "serviceDefinitions"].AsTable()!)["Warm"].ShouldBe("ThingShape Heated");
        Sources(metadata[0, "eventDefinitions"].AsTable()!)["TooHot"].ShouldBe("ThingShape Heated");

        await _platform.CallAsync("ThingTemplates/HotMachine", "RemoveImplementedShape", ("thingShapeName", "Heated"));
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Oven", "Warm")).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task A_shape_on_a_Thing_that_brings_what_is_there_already_is_refused()
    {
        await _platform.CallAsync(Entities, "CreateThingShape", ("name", "Turning"));
        await _platform.CallAsync("ThingShapes/Turning", "AddPropertyDefinition", ("name", "speed"), ("type", "STRING"));
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "AddImplementedShape", ("thingShapeName", "Turning"))).Message.ShouldContain("[speed]");
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "AddImplementedShape", ("thingShapeName", "Nope"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task What_others_are_made_of_is_not_deleted_and_what_is_of_the_platform_not_edited()
    {
        (await _platform.RefusedAsync(TestPlatform.Administrator, Entities, "DeleteThingTemplate", ("name", "Machine"))).Message.ShouldContain("[Pump]");
        await _platform.CallAsync(Entities, "DeleteThing", ("name", "Pump"));
        await _platform.CallAsync(Entities, "DeleteThingTemplate", ("name", "Machine"));
        (await _platform.RefusedAsync(TestPlatform.Administrator, Entities, "CreateThing", ("name", "X"), ("thingTemplateName", "Machine"))).Message.ShouldContain("Machine");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "ThingTemplates/GenericThing", "AddPropertyDefinition", ("name", "p"), ("type", "NUMBER"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task A_template_that_would_extend_itself_is_refused()
    {
        await _platform.CallAsync(Entities, "CreateThingTemplate", ("name", "Other"), ("baseThingTemplateName", "Machine"));
        var refusal = await Should.ThrowAsync<PlatformException>(() => _platform.Entities.UpdateAsync(
            new(EntityKind.ThingTemplates, "Machine"), definition => (ThingTemplateDefinition)definition with { BaseThingTemplate = "Other" }, CancellationToken.None));
        refusal.Message.ShouldContain("extend itself");
        (await _platform.ReadAsync("Pump", "speed")).AsNumber().ShouldBe(7);
    }

    [Fact]
    public async Task A_template_of_streams_gives_its_Things_the_Data_Shape_that_is_set_on_it()
    {
        await _platform.MakeDataShapeAsync("Reading", ("temp", BaseType.NUMBER));
        await _platform.CallAsync(Entities, "CreateThingTemplate", ("name", "ReadingStream"), ("baseThingTemplateName", "Stream"));
        await _platform.CallAsync("ThingTemplates/ReadingStream", "SetConfigurationTable", ("tableName", "Settings"), ("configurationTable", Tables.Of([("dataShape", BaseType.STRING)], ["Reading"])));
        await _platform.MakeThingAsync("Log", "ReadingStream");
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Of([("temp", BaseType.NUMBER)], [21.5])));
        (await _platform.CallAsync("Things/Log", "QueryStreamData")).Column("temp").ShouldBe(["21.5"]);
    }

    [Fact]
    public async Task Subscriptions_of_a_template_run_on_its_Things_and_are_switched_off_for_one()
    {
        await _platform.CallAsync(Machine, "AddPropertyDefinition", ("name", "seen"), ("type", "STRING"));
        await _platform.CallAsync(Machine, "AddSubscriptionDefinition", ("name", "Follow"), ("eventName", "DataChange"), ("sourceProperty", "speed"), ("code", "me.seen = me.seen + eventData.newValue.rows[0].value + ';';"));
        await _platform.MakeThingAsync("Press", "Machine");
        await _platform.CallAsync("Things/Press", "DisableSubscription", ("subscriptionName", "Follow"));
        await _platform.WriteAsync("Press", "speed", 1);
        await _platform.WriteAsync("Pump", "speed", 2);
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Pump", "seen")).ToString() == "2;", "the subscription of the template");
        (await _platform.ReadAsync("Press", "seen")).ToString().ShouldBe("");
        (await _platform.CallAsync("Things/Press", "GetInstanceSubscriptions")).Column("enabled").ShouldBe(["false"]);
        await _platform.CallAsync("Things/Press", "EnableSubscription", ("subscriptionName", "Follow"));
        await _platform.WriteAsync("Press", "speed", 3);
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Press", "seen")).ToString() == "3;", "the subscription is on again");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Press", "DisableSubscription", ("subscriptionName", "Nope"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Rights_that_a_template_gives_for_its_Things_count_behind_those_of_the_Thing()
    {
        await _platform.MakeUserAsync("bob");
        await _platform.Entities.UpdateAsync(new(EntityKind.ThingTemplates, "Machine"), definition => (ThingTemplateDefinition)definition with
        {
            InstancePermissions =
            [
                new(Permission.None, "", Principals.EveryoneName, PrincipalKind.Organization, IsAllowed: true),
                new(Permission.PropertyRead, "*", "bob", PrincipalKind.User, IsAllowed: true),
            ],
        }, CancellationToken.None);
        (await _platform.ReadVtqAsync("Pump", "speed", "bob")).Value.AsNumber().ShouldBe(7);
        await _platform.AllowAsync(Pump, "bob", Permission.PropertyRead, allow: false);
        (await Should.ThrowAsync<PlatformException>(() => _platform.ReadVtqAsync("Pump", "speed", "bob"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task A_copy_has_what_its_author_said_and_nothing_of_its_life()
    {
        await AddScriptAsync(Pump, "Own", "result = 1;");
        await _platform.WriteAsync("Pump", "speed", 3);
        await _platform.CallAsync(Pump, "SetIdentifier", ("identifier", "serial-1"));
        await _platform.CallAsync(Entities, "CloneThing", ("sourceThingName", "Pump"), ("name", "Pump2"));
        (await _platform.CallAsync("Things/Pump2", "IsEnabled")).AsBoolean().ShouldBeFalse();
        await _platform.CallAsync("Things/Pump2", "EnableThing");
        (await _platform.CallAsync("Things/Pump2", "Own")).ToString().ShouldBe("1");
        (await _platform.ReadAsync("Pump2", "speed")).AsNumber().ShouldBe(7);
        (await _platform.CallAsync("Things/Pump2", "GetIdentifier")).ToString().ShouldBe("");
        await _platform.CallAsync(Entities, "CloneThingTemplate", ("sourceThingTemplateName", "Machine"), ("name", "Machine2"));
        await _platform.MakeThingAsync("Other", "Machine2");
        (await _platform.ReadAsync("Other", "speed")).AsNumber().ShouldBe(7);
    }

    [Fact]
    public async Task Things_are_found_by_their_template_and_what_their_properties_are()
    {
        await _platform.MakeThingAsync("Press", "Machine");
        await _platform.MakeThingAsync("Unrelated");
        await _platform.WriteAsync("Press", "speed", 50);
        await _platform.CallAsync("Things/Press", "SetTags", ("tags", "Line:One"));
        (await _platform.CallAsync(Machine, "GetImplementingThings")).Column("name").ShouldBe(["Press", "Pump"]);
        (await _platform.CallAsync(Machine, "GetImplementingThingsWithData")).Column("speed").ShouldBe(["50", "7"]);
        const string fast = """{"filters":{"type":"GT","fieldName":"speed","value":10}}""";
        (await _platform.CallAsync(Machine, "QueryImplementingThings", ("query", fast))).Column("name").ShouldBe(["Press"]);
        (await _platform.CallAsync(Machine, "QueryImplementingThings", ("nameMask", "Pu*"))).Column("name").ShouldBe(["Pump"]);
        (await _platform.CallAsync(Machine, "QueryImplementingThings", ("tags", "Line:One"))).Column("name").ShouldBe(["Press"]);
        var named = (await _platform.CallAsync(Machine, "QueryImplementingThingsWithNamedData", ("propertyNames", Tables.Of([("name", BaseType.STRING)], ["speed"])), ("maxItems", 1))).AsTable()!;
        (named.RowCount, named.Shape.Fields[^1].Name).ShouldBe((1, "speed"));
        var counted = (await _platform.CallAsync(Machine, "QueryImplementingThingsOptimizedWithTotalCount", ("maxItems", 1))).AsTable()!;
        (counted[0, "totalCount"].AsLong(), counted[0, "rows"].AsTable()!.RowCount).ShouldBe((2, 1));
        (await _platform.CallAsync("ThingTemplates/GenericThing", "GetImplementingThings")).Column("name").ShouldContain("Pump");
    }

    private static Dictionary<string, string> Sources(InfoTable rows) =>
        Enumerable.Range(0, rows.RowCount).ToDictionary(i => rows[i, "name"].ToString(), i => $"{rows[i, "sourceType"]} {rows[i, "sourceName"]}");

    private Task AddScriptAsync(string entity, string name, string code, bool isAllowOverride = false) => _platform.CallAsync(
        entity, "AddScriptServiceDefinition", ("name", name), ("code", code), ("isAllowOverride", isAllowOverride),
        ("resultType", Tables.Of([("name", BaseType.STRING), ("baseType", BaseType.STRING)], ["result", "STRING"])));
}
