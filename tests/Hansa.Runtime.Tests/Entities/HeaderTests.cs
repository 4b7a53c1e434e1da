using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Entities;

/// <summary>What stands at the head of every entity, its metadata, its dependencies (spec thing-services).</summary>
public sealed class HeaderTests : IAsyncLifetime
{
    private const string Entities = "Resources/EntityServices";
    private const string Pump = "Things/Pump";

    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 1, 2, 3];

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Pump");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Description_tags_owner_and_mashup_are_set_and_read()
    {
        await _platform.CallAsync(Pump, "SetDescription", ("description", "the big one"));
        (await _platform.CallAsync(Pump, "GetDescription")).ToString().ShouldBe("the big one");
        await _platform.CallAsync(Pump, "SetTags", ("tags", "Line:One"));
        await _platform.CallAsync(Pump, "AddTags", ("tags", "Line:Two;Line:One"));
        (await _platform.CallAsync(Pump, "GetTags")).ToString().ShouldBe("Line:One;Line:Two");
        await _platform.CallAsync(Pump, "RemoveTags", ("tags", "Line:One"));
        var tags = (await _platform.CallAsync(Pump, "GetTagsAsInfoTable")).AsTable()!;
        (tags[0, "vocabulary"].ToString(), tags[0, "vocabularyTerm"].ToString()).ShouldBe(("Line", "Two"));
        await _platform.MakeUserAsync("bob");
        await _platform.CallAsync(Pump, "SetOwner", ("name", "bob"));
        (await _platform.CallAsync(Pump, "GetOwner")).ToString().ShouldBe("bob");
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "SetOwner", ("name", "nobody"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.CallAsync(Pump, "SetHomeMashup", ("name", "Overview"));
        (await _platform.CallAsync(Pump, "GetHomeMashup")).ToString().ShouldBe("Overview");
        (await _platform.CallAsync(Pump, "GetMashups")).Column("name").ShouldBe(["Overview"]);
        var summary = (await _platform.CallAsync(Pump, "GetSummaryInformation")).AsTable()!;
        (summary[0, "name"].ToString(), summary[0, "description"].ToString()).ShouldBe(("Pump", "the big one"));
        var more = (await _platform.CallAsync(Pump, "GetThingSummaryInformation")).AsTable()!;
        (more[0, "thingTemplate"].ToString(), more[0, "isRunning"].AsBoolean()).ShouldBe(("GenericThing", true));
        (await _platform.CallAsync(Pump, "GetLastModifiedDate")).AsDateTime()!.Value.ToUnixTimeMilliseconds().ShouldBe(_platform.Thing("Pump").Definition.LastModified);
        (await _platform.CallAsync(Pump, "ListDeprecatedUsage")).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task Who_changed_the_definition_is_told()
    {
        await _platform.CallAsync(Pump, "SetDescription", ("description", "the big one"));
        var changes = (await _platform.CallAsync(Pump, "GetConfigurationChangeHistory")).AsTable()!;
        changes.Column("changeAction").ShouldBe(["MODIFY", "MODIFY", "CREATE"]);
        changes[0, "changeReason"].ToString().ShouldContain("description");
        changes[0, "user"].ToString().ShouldBe(TestPlatform.Administrator);
    }

    [Fact]
    public async Task A_picture_is_kept_and_what_is_none_refused()
    {
        (await _platform.CallAsync(Pump, "GetAvatar")).IsNull.ShouldBeTrue();
        await _platform.CallAsync(Pump, "SetAvatar", ("content", Value.Bytes(Png, BaseType.IMAGE)));
        await _platform.RestartAsync();
        (await _platform.CallAsync(Pump, "GetAvatar")).AsBytes().ShouldBe(Png);
        (await _platform.CallAsync(Pump, "GetAvatarURL")).ToString().ShouldBe("/Thingworx/Things/Pump/Avatar");
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "SetAvatar", ("content", Value.Bytes([1, 2, 3], BaseType.IMAGE)))).Message.ShouldContain("PNG");
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "SetAvatar", ("content", Value.Bytes([.. Png, .. new byte[HeaderServices.MaxAvatar]], BaseType.IMAGE)))).Code.ShouldBe(ErrorCode.TooLarge);
        await _platform.CallAsync(Pump, "SetAvatar");
        (await _platform.CallAsync(Pump, "GetAvatar")).IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task Terms_come_into_being_in_a_dynamic_vocabulary_and_are_refused_in_a_static_one()
    {
        await _platform.CallAsync(Entities, "CreateModelTagVocabulary", ("name", "Line"), ("dynamic", true));
        await _platform.CallAsync(Pump, "SetTags", ("tags", "Line:One"));
        (await _platform.CallAsync("ModelTags/Line", "GetVocabularyTerms")).Column("name").ShouldBe(["One"]);
        (await _platform.CallAsync("ModelTags/Line", "GetTaggedEntities", ("term", "One"))).Column("name").ShouldBe(["Pump"]);
        await _platform.CallAsync(Entities, "CreateModelTagVocabulary", ("name", "Kind"), ("vocabularyTerms", Tables.Of([("name", BaseType.STRING)], ["Dry"])));
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "AddTags", ("tags", "Kind:Wet"))).Message.ShouldContain("has no term [Wet]");
        await _platform.CallAsync("ModelTags/Kind", "AddVocabularyTerm", ("name", "Wet"));
        await _platform.CallAsync(Pump, "AddTags", ("tags", "Kind:Wet"));
        (await _platform.CallAsync("ModelTags/Kind", "IsDynamic")).AsBoolean().ShouldBeFalse();
        await _platform.CallAsync("ModelTags/Kind", "DeleteVocabularyTerm", ("name", "Wet"));
        await _platform.CallAsync(Entities, "CreateDataTagVocabulary", ("name", "Shift"));
        await _platform.CallAsync(Entities, "DeleteDataTagVocabulary", ("name", "Shift"));
        await _platform.CallAsync(Entities, "DeleteModelTagVocabulary", ("name", "Kind"));
    }

    [Fact]
    public async Task Projects_hold_entities_and_learn_what_they_need()
    {
        await _platform.CallAsync(Entities, "CreateProject", ("name", "Plant"));
        await _platform.CallAsync(Entities, "CreateProject", ("name", "Shared"));
        await _platform.CallAsync(Entities, "CreateThingTemplate", ("name", "Machine"), ("projectName", "Shared"));
        await _platform.MakeThingAsync("Press", "Machine");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Press", "UpdateProjectDependencies")).Message.ShouldContain("no project");
        await _platform.CallAsync("Things/Press", "SetProjectName", ("projectName", "Plant"));
        (await _platform.CallAsync("Things/Press", "GetProjectName")).ToString().ShouldBe("Plant");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Press", "SetProjectName", ("projectName", "Nope"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.CallAsync("Things/Press", "UpdateProjectDependencies");
        ((ProjectDefinition)_platform.Entities.Find(new(EntityKind.Projects, "Plant"))!.Definition).DependsOn.ShouldBe(["Shared"]);
    }

    [Fact]
    public async Task Who_names_whom_is_told_both_ways()
    {
        await _platform.MakeDataShapeAsync("Reading", ("temp", BaseType.NUMBER));
        await _platform.CallAsync(Entities, "CreateThingTemplate", ("name", "Machine"));
        await _platform.CallAsync("ThingTemplates/Machine", "AddEventDefinition", ("name", "Read"), ("dataShape", "Reading"));
        await _platform.MakeThingAsync("Press", "Machine");
        (await _platform.CallAsync("Things/Press", "GetOutgoingDependencies")).Column("name").ShouldBe(["Machine"]);
        (await _platform.CallAsync("ThingTemplates/Machine", "GetIncomingDependencies")).Column("name").ShouldBe(["Press"]);
        (await _platform.CallAsync("DataShapes/Reading", "HasIncomingDependencies")).AsBoolean().ShouldBeTrue();
        (await _platform.CallAsync("DataShapes/Reading", "HasOutgoingDependencies")).AsBoolean().ShouldBeFalse();
        (await _platform.CallAsync("Things/Press", "HasIncomingDependencies")).AsBoolean().ShouldBeFalse();
        (await _platform.CallAsync("Things/Press", "GetOutgoingDependenciesAsNetwork", ("maxDepth", 2))).Column("to").ShouldBe(["Machine", "GenericThing", "Reading"]);
        (await _platform.CallAsync("DataShapes/Reading", "GetIncomingDependenciesAsNetwork", ("maxDepth", 5))).Column("from").ShouldBe(["Machine", "Press"]);
        (await _platform.CallAsync("DataShapes/Reading", "GetIncomingDependenciesAsNetwork", ("maxDepth", 5), ("maxItems", 1))).AsTable()!.RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task Relationships_uses_and_differences_are_told()
    {
        await _platform.MakeThingAsync("Press");
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Press", "speed", BaseType.NUMBER, ("units", null), ("logged", true));
        await _platform.CallAsync("Things/Press", "SetLocalPropertyBinding", ("propertyName", "speed"), ("sourceThingName", "Pump"), ("sourcePropertyName", "speed"));
        await _platform.AddServiceAsync("Press", "Fast", "result = Things['Pump'].speed > 3;");
        await _platform.MakeThingAsync("Bystander");
        var relations = (await _platform.CallAsync("Things/Press", "GetThingRelationships", ("maxDepth", 2))).AsTable()!;
        (relations.RowCount, relations[0, "to"].ToString(), relations[0, "relationship"].ToString()).ShouldBe((1, "Pump", "binding"));
        var used = (await _platform.CallAsync(Pump, "GetWhereUsed", ("characteristicType", "Properties"), ("characteristicName", "speed"))).ToString();
        used.ShouldContain("service Fast");
        used.ShouldContain("binding");
        used.ShouldNotContain("Bystander");
        (await _platform.CallAsync(Pump, "GetWhereUsed")).ToString().ShouldContain("Press");
        (await _platform.CallAsync(Pump, "GetDifferences", ("otherEntity", "Press"))).Column("path").ShouldContain("properties.speed.field.aspects.isLogged");
        (await _platform.CallAsync(Pump, "GetDifferencesAsJSON", ("otherEntity", "Press"))).ToString().ShouldContain("services.Fast");
        (await _platform.CallAsync(Pump, "GetDifferences", ("otherEntity", "Pump"))).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task Definitions_are_told_as_rows_and_as_JSON()
    {
        await _platform.MakeDataShapeAsync("Reading", ("temp", BaseType.NUMBER));
        await _platform.CallAsync(Pump, "AddEventDefinition", ("name", "Read"), ("dataShape", "Reading"), ("category", "own"));
        await _platform.AddServiceAsync("Pump", "Own", "result = x;", ("x", BaseType.STRING));
        var service = (await _platform.CallAsync(Pump, "GetServiceDefinition", ("name", "Own"))).AsTable()!;
        (service[0, "parameterDefinitions"].AsTable()![0, "name"].ToString(), service[0, "resultType"].AsTable()![0, "baseType"].ToString()).ShouldBe(("x", "STRING"));
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "GetServiceDefinition", ("name", "Nope"))).Code.ShouldBe(ErrorCode.NotFound);
        (await _platform.CallAsync(Pump, "GetServiceDefinitions", ("category", "Lifecycle"))).Column("name").ShouldBe(["DisableThing", "EnableThing", "IsEnabled", "RestartThing"]);
        (await _platform.CallAsync(Pump, "GetEventDefinition", ("name", "Read"))).Column("dataShape").ShouldBe(["Reading"]);
        (await _platform.CallAsync(Pump, "GetEventDefinitions", ("category", "own"))).Column("name").ShouldBe(["Read"]);
        (await _platform.CallAsync(Pump, "GetInstanceMetadataAsJSON")).ToString().ShouldBe((await _platform.CallAsync(Pump, "GetMetadataAsJSON")).ToString());
        await _platform.ShowAsync(Pump);
        (await _platform.CallAsync(Pump, "GetMetadataWithPermissionsAsJSON")).ToString().ShouldContain("\"visibilityPermissions\":{\"Visibility\":[{\"name\":\"Everyone\"");
        (await _platform.CallAsync(Pump, "GetInstanceMetadataWithPermissionsAsJSON")).ToString().ShouldContain("Everyone");
    }

    [Fact]
    public async Task Events_call_services_that_were_subscribed_at_run_time_and_an_event_is_queued()
    {
        await _platform.MakeThingAsync("Press");
        await _platform.AddPropertyAsync("Press", "seen", BaseType.STRING);
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.CallAsync(Pump, "AddEventDefinition", ("name", "Done"));
        await _platform.AddServiceAsync("Press", "Heard", "me.seen = me.seen + source + '.' + eventName + ';';", ("source", BaseType.STRING), ("eventName", BaseType.STRING));
        (string, object?)[] change = [("thingName", "Pump"), ("eventName", "DataChange"), ("propertyName", "speed"), ("serviceName", "Heard")];
        await _platform.CallAsync("Things/Press", "AddDynamicSubscription", change);
        (await _platform.CallAsync("Things/Press", "IsDynamicSubscriptionCreated", change)).AsBoolean().ShouldBeTrue();
        await _platform.RestartAsync();
        await _platform.WriteAsync("Press", "seen", "");
        await _platform.WriteAsync("Pump", "speed", 1);
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Press", "seen")).ToString() == "Pump.DataChange;", "the service is called");
        await _platform.CallAsync("Things/Press", "RemoveDynamicSubscription", change);
        await _platform.CallAsync("Things/Press", "AddDynamicSubscription", ("thingName", "Pump"), ("eventName", "Done"), ("serviceName", "Heard"));
        await _platform.WriteAsync("Pump", "speed", 2);
        await _platform.CallAsync(Pump, "QueuePostCommitEvent", ("eventName", "Done"));
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Press", "seen")).ToString() == "Pump.DataChange;Pump.Done;", "the queued event, and no other");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Press", "AddDynamicSubscription", ("thingName", "Pump"), ("eventName", "Nope"), ("serviceName", "Heard"))).Message.ShouldContain("[Nope]");

        // The Thing that is listened to goes: the listener is told, by the System user.
        await _platform.ShowAsync("Things/Press");
        await _platform.CallAsync("Groups/Users", "AddMember", ("member", Principals.SystemName));
        await _platform.AllowAsync("Things/Press", Principals.SystemName, Permission.PropertyWrite);
        await _platform.CallAsync("Things/Press", "AddSubscriptionDefinition", ("name", "Gone"), ("eventName", "DynamicSubscriptionInvalidated"), ("code", "me.seen = eventData.thingName + ' is gone';"));
        await _platform.CallAsync(Entities, "DeleteThing", ("name", "Pump"));
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Press", "seen")).ToString() == "Pump is gone", "the listener is told");
    }

    [Fact]
    public async Task Who_may_not_hear_or_read_something_neither_subscribes_to_it_nor_learns_of_its_scripts()
    {
        await _platform.MakeThingAsync("Press");
        await _platform.CallAsync("Things/Press", "AddEventDefinition", ("name", "Done"));
        await _platform.AddServiceAsync("Press", "Secretly", "result = Things['Pump'].speed;");
        await _platform.MakeUserAsync("bob");
        foreach (var thing in new[] { "Pump", "Press" })
            await _platform.ShowAsync($"Things/{thing}");
        await _platform.AllowAsync(Pump, "bob", Permission.Update);
        await _platform.AllowAsync(Pump, "bob", Permission.Read);
        (string, object?)[] listen = [("name", "Listen"), ("eventName", "Done"), ("source", "Press"), ("code", "")];
        (await _platform.RefusedAsync("bob", Pump, "AddSubscriptionDefinition", listen)).Message.ShouldContain("EventSubscribe");
        (await _platform.InvokeAsync("bob", Pump, "GetWhereUsed", ("characteristicName", "speed"))).ToString().ShouldNotContain("Secretly");
        await _platform.AllowAsync("Things/Press", "bob", Permission.EventSubscribe);
        await _platform.AllowAsync("Things/Press", "bob", Permission.Read);
        await _platform.InvokeAsync("bob", Pump, "AddSubscriptionDefinition", listen);
        (await _platform.InvokeAsync("bob", Pump, "GetWhereUsed", ("characteristicName", "speed"))).ToString().ShouldContain("Secretly");
    }

    [Fact]
    public async Task Configuration_tables_are_added_filled_and_taken_away()
    {
        await _platform.CallAsync(Entities, "CreateDataShape", ("name", "Rates"), ("fields", Tables.Of(
            [("name", BaseType.STRING), ("baseType", BaseType.STRING), ("isPrimaryKey", BaseType.BOOLEAN)], ["zone", "STRING", true], ["rate", "NUMBER", false])));
        await _platform.CallAsync(Pump, "AddConfigurationTableDefinition", ("name", "Zones"), ("description", "by zone"), ("isMultiRow", true), ("dataShapeName", "Rates"));
        await _platform.CallAsync(Pump, "SetConfigurationTableRows", ("tableName", "Zones"), ("values", Tables.Of([("zone", BaseType.STRING), ("rate", BaseType.NUMBER)], ["a", 1.0], ["b", 2.0])));
        (await _platform.CallAsync(Pump, "GetConfigurationTableRow", ("tableName", "Zones"), ("key", "b"))).Column("rate").ShouldBe(["2"]);
        (await _platform.CallAsync(Pump, "GetConfigurationTables")).Column("name").ShouldContain("Zones");
        (await _platform.CallAsync(Pump, "GetConfigurationTableDefinition", ("tableName", "Zones"))).AsTable()![0, "dataShape"].AsTable()!.Column("name").ShouldBe(["zone", "rate"]);
        await _platform.RestartAsync();
        (await _platform.CallAsync(Pump, "GetConfigurationTable", ("tableName", "Zones"))).AsTable()!.RowCount.ShouldBe(2);
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "AddConfigurationTableDefinition", ("name", "Zones"), ("dataShapeName", "Rates"))).Code.ShouldBe(ErrorCode.Conflict);
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "AddConfigurationTableDefinition", ("name", "More"), ("dataShapeName", "Nope"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.CallAsync(Pump, "DeleteConfigurationTable", ("tableName", "Zones"));
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "GetConfigurationTable", ("tableName", "Zones"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Networks_are_trees_of_Things()
    {
        foreach (var name in new[] { "Hall", "Line", "Cell" })
            await _platform.MakeThingAsync(name);
        var connections = Tables.Of([("from", BaseType.STRING), ("to", BaseType.STRING), ("connectionType", BaseType.STRING)], ["", "Hall", ""], ["Hall", "Line", "holds"], ["Line", "Cell", "holds"]);
        await _platform.CallAsync(Entities, "CreateNetwork", ("name", "Site"), ("connections", connections));
        (await _platform.CallAsync("Networks/Site", "GetNetworkConnections")).Column("to").ShouldBe(["Hall", "Line", "Cell"]);
        (await _platform.CallAsync("Networks/Site", "GetNetworkConnections", ("maxDepth", 1))).Column("to").ShouldBe(["Hall"]);
        (await _platform.CallAsync("Networks/Site", "GetSubNetworkConnections", ("start", "Hall"))).Column("to").ShouldBe(["Line", "Cell"]);
        (await _platform.CallAsync("Networks/Site", "GetChildConnections", ("name", "Hall"))).Column("to").ShouldBe(["Line"]);
        (await _platform.CallAsync("Networks/Site", "GetParentConnection", ("name", "Cell"))).Column("from").ShouldBe(["Line"]);
        (await _platform.CallAsync("Things/Line", "GetNetworks")).Column("name").ShouldBe(["Site"]);
        (await _platform.CallAsync("Things/Line", "IsInNetwork", ("network", "Site"))).AsBoolean().ShouldBeTrue();
        (await _platform.CallAsync(Pump, "IsInNetwork", ("network", "Site"))).AsBoolean().ShouldBeFalse();
        await _platform.CallAsync("Networks/Site", "AddConnection", ("from", "Hall"), ("to", "Pump"));
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Networks/Site", "AddConnection", ("from", "Line"), ("to", "Pump"))).Message.ShouldContain("[Pump]");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Networks/Site", "AddConnection", ("from", "Cell"), ("to", "Hall"))).Code.ShouldBe(ErrorCode.BadRequest);
        await _platform.CallAsync("Networks/Site", "DeleteConnection", ("to", "Line"));
        (await _platform.CallAsync("Networks/Site", "GetNetworkConnections")).Column("to").ShouldBe(["Hall", "Pump"]);
    }

    [Fact]
    public async Task What_is_not_carried_says_so() =>
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "AddPropertyTransformDefinition", ("name", "t"))).Code.ShouldBe(ErrorCode.NotSupported);

    [Theory]
    [InlineData("Boolean", true)]
    [InlineData("DateTime", "2030-01-01T00:00:00.000Z")]
    [InlineData("Image", "AAEC")]
    [InlineData("Integer", 7)]
    [InlineData("Location", "52.5,13.4,0")]
    [InlineData("Long", 7)]
    [InlineData("Number", 7.5)]
    [InlineData("String", "seven")]
    [InlineData("ThingCode", "1:2")]
    [InlineData("Vec2", "1,2")]
    [InlineData("Vec3", "1,2,3")]
    [InlineData("Vec4", "1,2,3,4")]
    public async Task A_property_of_each_kind_is_read_by_the_service_of_its_kind(string kind, object value)
    {
        var type = BaseTypes.Parse(kind.ToUpperInvariant());
        await _platform.AddPropertyAsync("Pump", "p", type);
        await _platform.WriteAsync("Pump", "p", value);
        (await _platform.CallAsync(Pump, $"Get{kind}PropertyValue", ("propertyName", "p"))).ShouldBe(Coercion.To(Values.Of(value), type, "p"));
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, $"Get{kind}PropertyValue", ("propertyName", "nope"))).Code.ShouldBe(ErrorCode.NotFound);
    }
}
