using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Bindings;

/// <summary>Properties, services and events of a RemoteThing, towards an other end that the test plays.</summary>
public sealed class RemoteBindingTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeThingAsync("Device", "RemoteThing");
        await _platform.AddPropertyAsync("Device", "speed", BaseType.NUMBER, ("remote", true), ("remotePropertyName", "v"), ("pushType", "DEADBAND"), ("pushThreshold", 0.5), ("timeout", 7));
        await _platform.AddPropertyAsync("Device", "own", BaseType.NUMBER);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_device_is_told_by_its_own_name_and_what_it_has_taken_stands_here()
    {
        var device = _platform.Endpoints.Bind("Device");
        device.TellsChanges = false;
        await _platform.WriteAsync("Device", "speed", 3.0);
        var call = device.Calls.ShouldHaveSingleItem();
        (call.Subject, call.Name, call.Kind, call.Timeout).ShouldBe((RemoteSubject.PropertyWrite, "v", CallKind.KeptWrite, TimeSpan.FromSeconds(7)));
        call.Parameters!.Shape.Fields.ShouldHaveSingleItem().Name.ShouldBe("v");
        (await _platform.ReadAsync("Device", "speed")).ShouldBe(Value.Number(3));
        await _platform.WriteAsync("Device", "own", 1.0);
        device.Calls.Count.ShouldBe(1, "what is not bound is nobody else's business");
    }

    [Fact]
    public async Task A_server_is_told_several_values_in_one_message_and_says_itself_when_they_change()
    {
        await _platform.AddPropertyAsync("Device", "label", BaseType.STRING, ("remote", true));
        var server = _platform.Endpoints.Bind("Device");
        await _platform.CallAsync("Things/Device", "SetPropertyValues", ("values", Tables.Row(("speed", 1.0), ("label", "x"), ("own", 2.0))));
        var call = server.Calls.ShouldHaveSingleItem();
        (call.Name, call.Parameters![0, "v"], call.Parameters[0, "label"]).ShouldBe(("*", Value.Number(1), Value.String("x")));
        (await _platform.ReadAsync("Device", "speed")).IsNull.ShouldBeTrue();
        (await _platform.ReadAsync("Device", "own")).ShouldBe(Value.Number(2));
        await _platform.CallAsync("Things/Device", "UpdateSubscribedPropertyValues", ("values", Tables.Of(
            [("name", BaseType.STRING), ("value", BaseType.VARIANT), ("time", BaseType.DATETIME), ("quality", BaseType.STRING)],
            ["v", 8.0, Value.DateTime(99), "BAD"], ["nobody", 1.0, Value.DateTime(99), ""], ["label", "y", Value.Null, Value.Null])));
        server.Calls.Count.ShouldBe(1, "what came from there does not go back");
        (await _platform.ReadVtqAsync("Device", "speed")).ShouldBe(new Vtq(Value.Number(8), 99, "BAD"));
        (await _platform.ReadVtqAsync("Device", "label")).ShouldBe(new Vtq(Value.String("y"), _time.GetUtcNow().ToUnixTimeMilliseconds(), Vtq.Good));
    }

    [Fact]
    public async Task Nothing_is_written_here_where_the_other_end_refuses_or_is_not_bound()
    {
        var refusal = await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Device", "speed", 3.0));
        (refusal.Code, refusal.Message).ShouldBe((ErrorCode.Unavailable, "Thing [Device] is not bound."));
        await Should.ThrowAsync<PlatformException>(() => _platform.CallAsync("Things/Device", "SetPropertyValues", ("values", Tables.Row(("speed", 1.0), ("own", 2.0)))));
        (await _platform.ReadAsync("Device", "own")).IsNull.ShouldBeTrue("neither is what is not bound");
    }

    [Fact]
    public async Task A_value_is_read_anew_when_it_is_older_than_its_cache_time()
    {
        await _platform.CallAsync("Things/Device", "SetRemotePropertyBinding", ("propertyName", "speed"), ("sourcePropertyName", "v"), ("cacheTime", 1000));
        var device = _platform.Endpoints.Bind("Device");
        device.Answer = Tables.Row(("v", 1.0));
        (await _platform.ReadAsync("Device", "speed")).ShouldBe(Value.Number(1));
        device.Answer = Tables.Row(("v", 2.0));
        _time.Advance(TimeSpan.FromMilliseconds(900));
        (await _platform.ReadAsync("Device", "speed")).ShouldBe(Value.Number(1));
        _time.Advance(TimeSpan.FromMilliseconds(200));
        (await _platform.ReadAsync("Device", "speed")).ShouldBe(Value.Number(2));
        device.Calls.Count.ShouldBe(2);
        device.Answer = null;
        _time.Advance(TimeSpan.FromSeconds(2));
        (await Should.ThrowAsync<PlatformException>(() => _platform.ReadAsync("Device", "speed"))).Code.ShouldBe(ErrorCode.BadGateway);
    }

    [Fact]
    public async Task The_other_end_is_told_what_to_push_and_only_what_it_knows()
    {
        var plain = (await _platform.CallAsync("Things/Device", "GetPropertySubscriptions")).AsTable()!;
        plain.Shape.Fields.Select(field => field.Name).ShouldBe(["edgeName", "pushType", "pushThreshold"]);
        (plain[0, 0].ToString(), plain[0, 1].ToString(), plain[0, 2].AsNumber()).ShouldBe(("v", "VALUE", 0.5));
        (await _platform.CallAsync("Things/Device", "GetPropertySubscriptions", ("options", Value.Text("""{"hasDeadband":true}""", BaseType.JSON)))).Column("pushType").ShouldBe(["DEADBAND"]);
        (await _platform.CallAsync("Things/Device", "GetPropertySubscriptions", ("options", Value.Text("""{"hasFold":true}""", BaseType.JSON)))).Column("isFolded").ShouldBe(["false"]);
    }

    [Fact]
    public async Task Bindings_come_with_an_entity_file()
    {
        const string xml = """
            <Entities><Things><Thing name="Imported" thingTemplate="RemoteThing" enabled="true">
              <ThingShape>
                <PropertyDefinitions><PropertyDefinition name="a" baseType="NUMBER" aspect.cacheTime="-1"/><PropertyDefinition name="b" baseType="NUMBER"/></PropertyDefinitions>
                <ServiceDefinitions><ServiceDefinition name="Reset"><ResultType baseType="NOTHING" name="result"/></ServiceDefinition></ServiceDefinitions>
                <EventDefinitions><EventDefinition name="Alarm" dataShape=""/></EventDefinitions>
              </ThingShape>
              <PropertyBindings><PropertyBinding name="b" sourceThingName="Device" sourceName="own"/></PropertyBindings>
              <RemotePropertyBindings><RemotePropertyBinding name="a" sourceName="edgeA" pushType="VALUE" pushThreshold="0.5" foldType="FOLD" timeout="30" aspect.startType="readEdgeValue"/></RemotePropertyBindings>
              <RemoteServiceBindings><RemoteServiceBinding name="Reset" sourceName="" timeout="0" enableQueue="false"/></RemoteServiceBindings>
              <RemoteEventBindings><RemoteEventBinding name="Alarm" sourceName="edgeAlarm"/></RemoteEventBindings>
            </Thing></Things></Entities>
            """;
        await _platform.Get<EntityImporter>().ImportAsync(TestPlatform.Administrator, new MemoryStream(System.Text.Encoding.UTF8.GetBytes(xml)), CancellationToken.None);
        await _platform.RestartAsync();
        var thing = _platform.Thing("Imported").Definition;
        thing.RemotePropertyBindings.ShouldHaveSingleItem().ShouldBe(new("a", "edgeA")
        {
            PushThreshold = 0.5, IsFolded = true, CacheTime = -1, Timeout = TimeSpan.FromSeconds(30), ReadsAtStart = true,
        });
        thing.PropertyBindings.ShouldHaveSingleItem().ShouldBe(new("b", "Device", "own"));
        thing.RemoteEventBindings.ShouldHaveSingleItem().ShouldBe(new("Alarm", "edgeAlarm"));
        var device = _platform.Endpoints.Bind("Imported");
        await _platform.CallAsync("Things/Imported", "Reset");
        device.Calls.Single(call => call.Subject == RemoteSubject.Service).Name.ShouldBe("Reset");
        var refusal = await Should.ThrowAsync<PlatformException>(() => _platform.Get<EntityImporter>().ImportAsync(
            TestPlatform.Administrator, new MemoryStream("""<Entities><Things><Thing name="X" thingTemplate="GenericThing"><RemotePropertyBindings><RemotePropertyBinding name="a"/></RemotePropertyBindings></Thing></Things></Entities>"""u8.ToArray()), CancellationToken.None));
        refusal.Message.ShouldContain("RemoteThing");
    }

    [Fact]
    public async Task Bindings_of_services_and_events_are_set_told_and_taken_away()
    {
        await _platform.MakeThingAsync("Bound", "RemoteThing");
        await _platform.AddServiceAsync("Bound", "Reset", "result = 'here';");
        await _platform.CallAsync("Things/Bound", "AddEventDefinition", ("name", "Alarm"));
        await _platform.CallAsync("Things/Bound", "SetRemoteServiceBinding", ("serviceName", "Reset"), ("sourceServiceName", "edgeReset"));
        await _platform.CallAsync("Things/Bound", "SetRemoteEventBinding", ("eventName", "Alarm"), ("sourceEventName", "edgeAlarm"));
        (await _platform.CallAsync("Things/Bound", "GetRemoteServiceBinding", ("serviceName", "Reset"))).Column("sourceName").ShouldBe(["edgeReset"]);
        (await _platform.CallAsync("Things/Bound", "GetRemoteEventBinding", ("eventName", "Alarm"))).Column("sourceName").ShouldBe(["edgeAlarm"]);
        (await _platform.CallAsync("Things/Bound", "GetEventSubscriptions")).Column("edgeName").ShouldBe(["edgeAlarm"]);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Bound", "Reset")).Code.ShouldBe(ErrorCode.Unavailable);
        await _platform.CallAsync("Things/Bound", "RemoveRemoteServiceBinding", ("serviceName", "Reset"));
        (await _platform.CallAsync("Things/Bound", "Reset")).ToString().ShouldBe("here");
        await _platform.CallAsync("Things/Bound", "RemoveRemoteEventBinding", ("eventName", "Alarm"));
        (await _platform.CallAsync("Things/Bound", "GetRemoteEventBinding", ("eventName", "Alarm"))).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task Events_of_the_other_end_fire_with_their_own_time_and_the_author_s_rights()
    {
        await _platform.MakeDataShapeAsync("Heat", ("degrees", BaseType.NUMBER));
        await _platform.CallAsync("Things/Device", "AddEventDefinition", ("name", "Hot"), ("dataShape", "Heat"), ("remote", true), ("remoteEventName", "edgeHot"));
        await _platform.AddPropertyAsync("Device", "seen", BaseType.STRING);
        await _platform.EditAsync("Device", thing => thing with { Subscriptions = [new("OnHot", "Hot", "", "", "me.seen = principal + ' ' + eventData.degrees + ' ' + eventTime.getTime();")] });
        await _platform.MakeUserAsync("edge");
        await _platform.ShowAsync("Things/Device");
        await _platform.AllowAsync("Things/Device", "edge", Permission.PropertyWrite);
        var row = Tables.Row(("name", "edgeHot"), ("eventTime", Value.DateTime(1234)), ("eventData", Tables.Row(("degrees", 99.5))));
        await _platform.Invoker.InvokeAsync(new(
            Principals.SystemName, EntityKey.Thing("Device"), "ProcessRemoteEvents", TableArguments.Of(("values", Value.Table(row))), CallOrigin.Platform) { Author = "edge" }, CancellationToken.None);
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Device", "seen")).ToString() == "edge 99.5 1234", "the subscription");
    }
}
