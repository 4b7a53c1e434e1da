using Hansa.AlwaysOn;
using Hansa.Model;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests.Devices;

/// <summary>Properties, services and events as a device asks for them (spec alwayson 5.4, 5.5).</summary>
public sealed class PropertyTests(DeviceServer fixture) : IClassFixture<DeviceServer>
{
    [Fact]
    public async Task GET_gives_one_property_or_all_of_them_in_one_row()
    {
        var thing = await fixture.MakeAsync("Read", "RemoteThing", null, ("speed", "NUMBER"), ("label", "STRING"));
        await fixture.Rest.WriteAsync(thing, "speed", 12.5);
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key);
        var one = (await device.GetAsync(thing, "speed")).Content!;
        one.RowCount.ShouldBe(1);
        one.Shape.Fields.ShouldHaveSingleItem().Name.ShouldBe("speed");
        one[0, 0].ShouldBe(Value.Number(12.5));
        foreach (var all in new[] { "", "*" })
        {
            var row = (await device.GetAsync(thing, all)).Content!;
            row.RowCount.ShouldBe(1);
            row[0, "speed"].ShouldBe(Value.Number(12.5));
            row[0, "name"].AsText().ShouldBe(thing);
            row.Shape.IndexOf("isConnected").ShouldBeGreaterThanOrEqualTo(0);
        }
    }

    [Fact]
    public async Task PUT_sets_one_property_or_several_or_those_of_a_REST_body()
    {
        var thing = await fixture.MakeAsync("Written", "RemoteThing", null, ("speed", "NUMBER"), ("label", "STRING"), ("count", "INTEGER"), ("table", "INFOTABLE"));
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key);
        (await device.PutAsync(thing, "speed", InfoTable.Single(("speed", BaseType.NUMBER, Value.Number(1))))).ShouldBeSuccess();
        (await device.PutAsync(thing, "*", InfoTable.Single(("speed", BaseType.NUMBER, Value.Number(2)), ("label", BaseType.STRING, Value.String("two"))))).ShouldBeSuccess();
        (await fixture.Rest.ReadAsync(thing, "speed"))!.GetValue<double>().ShouldBe(2);
        (await fixture.Rest.ReadAsync(thing, "label"))!.GetValue<string>().ShouldBe("two");
        (await device.PutAsync(thing, "label", InfoTable.Single(("_content_", BaseType.JSON, Value.Text("""{"label":"three","count":"3"}""", BaseType.JSON))))).ShouldBeSuccess();
        (await fixture.Rest.ReadAsync(thing, "label"))!.GetValue<string>().ShouldBe("three");
        (await fixture.Rest.ReadAsync(thing, "count"))!.GetValue<int>().ShouldBe(3);
        (await device.PutAsync(thing, "count", InfoTable.Single(("count", BaseType.NUMBER, Value.Number(4.9))))).ShouldBeSuccess();
        (await fixture.Rest.ReadAsync(thing, "count"))!.GetValue<int>().ShouldBe(4, "a fraction is cut off");
        // A table comes wrapped: one row, one field that holds it.
        (await device.PutAsync(thing, "table", InfoTable.Single(("table", BaseType.INFOTABLE, Value.Table(InfoTable.Single(("x", BaseType.NUMBER, Value.Number(7)))))))).ShouldBeSuccess();
        (await fixture.Rest.ReadAsync(thing, "table"))!["rows"]![0]!["x"]!.GetValue<double>().ShouldBe(7);
    }

    [Fact]
    public async Task A_wrong_request_gets_its_status_and_the_session_goes_on()
    {
        var thing = await fixture.MakeAsync("Wrong", "RemoteThing", null, ("speed", "NUMBER"));
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        (await device.GetAsync("NoSuchThing", "p")).Status.ShouldBe(Status.NotFound);
        (await device.GetAsync(thing, "noSuchProperty")).Status.ShouldBe(Status.NotFound);
        (await device.PutAsync(thing, "noSuchProperty", InfoTable.Single(("noSuchProperty", BaseType.NUMBER, Value.Number(1))))).Status.ShouldBe(Status.NotFound);
        (await device.PutAsync(thing, "isConnected", InfoTable.Single(("isConnected", BaseType.BOOLEAN, Value.Boolean(false))))).Status.ShouldBe(Status.MethodNotAllowed);
        (await device.PutAsync(thing, "speed", InfoTable.Single(("speed", BaseType.STRING, Value.String("fast"))))).Status.ShouldBe(Status.BadRequest);
        (await device.PutAsync(thing, "speed", null)).Status.ShouldBe(Status.BadRequest);
        (await device.PutAsync(thing, "speed", InfoTable.Single(("_content_", BaseType.JSON, Value.Text("[1", BaseType.JSON))))).Status.ShouldBe(Status.BadRequest);
        (await device.CallAsync(thing, "NoSuchService")).Status.ShouldBe(Status.NotFound);
        (await device.FireAsync(thing, "NoSuchEvent")).Status.ShouldBe(Status.NotFound);
        (await device.SendAsync(new(Method.Delete, EntityKind.Things, thing, Characteristic.Properties, "speed"))).Status.ShouldBe(Status.MethodNotAllowed);
        (await device.SendAsync(new(Method.Get, (EntityKind)0xee, thing, Characteristic.Properties, "speed"))).Status.ShouldBe(Status.NotFound);
        (await device.GetAsync(thing, "speed")).ShouldBeSuccess();
    }

    [Fact]
    public async Task A_service_runs_with_its_parameters_and_its_failure_has_a_reason()
    {
        var thing = await fixture.MakeAsync("Asked", "GenericThing");
        await fixture.Rest.CallAsync($"Things/{thing}", "AddScriptServiceDefinition", new()
        {
            ["name"] = "Add", ["code"] = "if (a < 0) throw new Error('a is below zero'); var result = a + b;",
            ["resultType"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")], new System.Text.Json.Nodes.JsonObject { ["name"] = "result", ["baseType"] = "NUMBER" }),
            ["parameters"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")],
                new System.Text.Json.Nodes.JsonObject { ["name"] = "a", ["baseType"] = "NUMBER" }, new System.Text.Json.Nodes.JsonObject { ["name"] = "b", ["baseType"] = "NUMBER" }),
        });
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key);
        // In any order, of other types, with one that is not known.
        var answer = await device.CallAsync(thing, "Add", InfoTable.Single(
            ("b", BaseType.STRING, Value.String("2.5")), ("unknown", BaseType.STRING, Value.String("x")), ("a", BaseType.INTEGER, Value.Integer(1))));
        answer.ShouldBeSuccess();
        answer.Content![0, "result"].ShouldBe(Value.Number(3.5));
        var failed = await device.CallAsync(thing, "Add", InfoTable.Single(("a", BaseType.NUMBER, Value.Number(-1))));
        failed.Status.ShouldBe(Status.InternalServerError);
        failed.FailureText!.ShouldContain("a is below zero");
        failed.Content![0, "reason"].AsText()!.ShouldContain("a is below zero");
    }

    [Fact]
    public async Task An_event_runs_the_subscriptions_with_its_data()
    {
        var thing = fixture.Fresh("Fired");
        var (status, text) = await fixture.Rest.ImportAsync($$"""
            <Entities><DataShapes><DataShape name="{{thing}}.Data"><FieldDefinitions><FieldDefinition name="degrees" baseType="NUMBER"/></FieldDefinitions></DataShape></DataShapes>
            <Things><Thing name="{{thing}}" thingTemplate="RemoteThing" enabled="true"><ThingShape>
              <PropertyDefinitions><PropertyDefinition name="seen" baseType="NUMBER"/></PropertyDefinitions>
              <EventDefinitions><EventDefinition name="Overheated" dataShape="{{thing}}.Data"/></EventDefinitions>
              <Subscriptions><Subscription name="OnHeat" enabled="true" eventName="Overheated" source=""><ServiceImplementation name="OnHeat" handlerName="Script">
                <ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code>me.seen = eventData.degrees;</code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription></Subscriptions>
            </ThingShape></Thing></Things></Entities>
            """);
        status.ShouldBe(System.Net.HttpStatusCode.OK, text);
        await fixture.Rest.OpenAsync(thing);
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        (await device.FireAsync(thing, "Overheated", InfoTable.Single(("degrees", BaseType.NUMBER, Value.Number(99.5))))).ShouldBeSuccess();
        await Tables.UntilAsync(async () => (await fixture.Rest.ReadAsync(thing, "seen"))?.GetValue<double>() == 99.5, "the subscription to have run");
    }

    [Fact]
    public async Task Types_that_the_C_SDK_cannot_read_are_mapped_for_it()
    {
        var thing = await fixture.MakeAsync("Mapped", "GenericThing", null, ("small", "LONG"), ("large", "LONG"), ("huge", "LONG"), ("span", "TIMESPAN"), ("vector", "VEC3"), ("last", "STRING"));
        await fixture.Rest.WriteAsync(thing, "small", 42);
        await fixture.Rest.WriteAsync(thing, "large", 1L << 40);
        await fixture.Rest.WriteAsync(thing, "huge", long.MaxValue);
        await fixture.Rest.WriteAsync(thing, "span", 1234);
        await fixture.Rest.WriteAsync(thing, "vector", "1,2,3");
        await fixture.Rest.WriteAsync(thing, "last", "after them");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key);
        var row = (await device.GetAsync(thing, "*")).Content!;
        row[0, "small"].ShouldBe(Value.Integer(42));
        row[0, "large"].ShouldBe(Value.Number(1L << 40));
        row[0, "huge"].ShouldBe(Value.String(long.MaxValue.ToString(System.Globalization.CultureInfo.InvariantCulture)), "no float holds it");
        row[0, "span"].ShouldBe(Value.Number(1234));
        row[0, "vector"].BaseType.ShouldBe(BaseType.STRING);
        row[0, "last"].AsText().ShouldBe("after them");
        row.Shape.Fields.Select(field => field.BaseType).ShouldAllBe(type => (int)type >= 0 && (int)type <= 120 && type != BaseType.LONG && type != BaseType.TIMESPAN);
    }

    [Fact]
    public async Task Values_that_a_device_pushes_are_kept_with_time_and_quality_and_unknown_names_are_passed_over()
    {
        var thing = await fixture.MakeAsync("Pushed", "RemoteThing", null, ("speed", "NUMBER"), ("label", "STRING"), ("count", "LONG"));
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        await fixture.UntilConnectedAsync(thing);
        (await PushAsync(
            ("speed", Value.Number(1), 1000, "GOOD"), ("nobody", Value.Number(9), 1000, "GOOD"), ("speed", Value.Number(2), 2000, "BAD"),
            ("label", Value.String("pushed"), 3000, ""), ("count", Value.Number(5), 4000, "GOOD"))).ShouldBeSuccess();
        var rows = (await fixture.Rest.CallAsync($"Things/{thing}", "GetPropertyValuesVTQ"))!.AsArray();
        var speed = rows.Single(row => row!["name"]!.GetValue<string>() == "speed")!;
        speed["value"]!.GetValue<double>().ShouldBe(2);
        speed["time"]!.GetValue<long>().ShouldBe(2000);
        speed["quality"]!.GetValue<string>().ShouldBe("BAD");
        (await fixture.Rest.ReadAsync(thing, "label"))!.GetValue<string>().ShouldBe("pushed");
        (await fixture.Rest.ReadAsync(thing, "count"))!.GetValue<int>().ShouldBe(5);
        // Ten thousand rows in one message, of many chunks.
        (await PushAsync([.. Enumerable.Range(0, 10_000).Select(i => ("speed", Value.Number(i), 5000L + i, "GOOD"))])).ShouldBeSuccess();
        (await fixture.Rest.ReadAsync(thing, "speed"))!.GetValue<double>().ShouldBe(9999);

        Task<ResponseMessage> PushAsync(params (string Name, Value Value, long Time, string Quality)[] values)
        {
            var table = new InfoTable.Builder(DataShape.Of(("name", BaseType.STRING), ("value", BaseType.VARIANT), ("time", BaseType.DATETIME), ("quality", BaseType.STRING)));
            foreach (var (name, value, time, quality) in values)
                table.Add(Value.String(name), value, Value.FromBits(time, BaseType.DATETIME), Value.String(quality));
            return device.CallAsync(thing, "UpdateSubscribedPropertyValues", InfoTable.Single(("values", BaseType.INFOTABLE, Value.Table(table.Build()))));
        }
    }
}

/// <summary>Checks of answers.</summary>
internal static class Answers
{
    public static void ShouldBeSuccess(this ResponseMessage answer) => answer.Status.ShouldBe(Status.Success, answer.FailureText);
}
