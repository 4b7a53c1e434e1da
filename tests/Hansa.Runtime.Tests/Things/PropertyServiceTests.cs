using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Things;

/// <summary>The services of every Thing on the values and definitions of properties (spec thing-services).</summary>
public sealed class PropertyServiceTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Pump");
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Pump", "label", BaseType.STRING);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Named_properties_come_as_one_row_or_a_row_each()
    {
        await _platform.WriteAsync("Pump", "speed", 2.0);
        await _platform.WriteAsync("Pump", "label", "x");
        foreach (var names in new[] { """["label","speed"]""", """{"rows":[{"name":"label"},{"name":"speed"}]}""" })
        {
            var row = (await CallAsync("GetNamedProperties", ("propertyNames", Value.Text(names, BaseType.JSON)))).AsTable()!;
            row.Shape.Fields.Select(field => field.Name).ShouldBe(["label", "speed"]);
            row.Row(0).ToArray().ShouldBe([Value.String("x"), Value.Number(2)]);
        }

        var list = Tables.Row(("name", "speed"));
        (await CallAsync("GetNamedPropertyValues", ("propertyNames", list))).AsTable()![0, "speed"].ShouldBe(Value.Number(2));
        (await CallAsync("GetNamedPropertyValuesVTQ", ("propertyNames", list))).Column("quality").ShouldBe(["GOOD"]);
        (await CallAsync("GetNamedPropertyValuesVTQA", ("propertyNames", list))).Column("aspects").Single().ShouldContain("dataChangeType");
        (await CallAsync("GetPropertyValuesVTQA")).Column("name").ShouldContain("thingTemplate");
        (await CallAsync("GetPropertyValuesAsMultiRowTable")).Column("baseType").ShouldContain("NUMBER");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "GetNamedProperties", ("propertyNames", Value.Text("""["nix"]""", BaseType.JSON)))).Message.ShouldContain("nix");
    }

    [Fact]
    public async Task Values_are_named_only_for_those_who_may_read_them()
    {
        await _platform.MakeUserAsync("bob");
        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "bob", Permission.PropertyRead, "speed");
        (await _platform.InvokeAsync("bob", "Things/Pump", "GetPropertyValuesAsMultiRowTable")).Column("name").ShouldBe(["speed"]);
        (await _platform.RefusedAsync("bob", "Things/Pump", "GetNamedPropertyValues", ("propertyNames", Tables.Row(("name", "label"))))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task Batches_are_written_to_this_Thing_and_to_others_by_the_caller_s_rights()
    {
        await _platform.MakeThingAsync("Valve");
        await _platform.AddPropertyAsync("Valve", "open", BaseType.BOOLEAN);
        var batches = Tables.Of([("thing", BaseType.STRING), ("values", BaseType.INFOTABLE)],
            ["", Tables.Of([("name", BaseType.STRING), ("value", BaseType.VARIANT)], ["speed", 1.0], ["label", "a"])], ["Valve", Tables.Row(("name", "open"), ("value", true))]);
        await CallAsync("UpdatePropertyValuesBatched", ("batches", batches));
        (await _platform.ReadAsync("Pump", "label")).ShouldBe(Value.String("a"));
        (await _platform.ReadAsync("Valve", "open")).ShouldBe(Value.Boolean(true));
        await _platform.MakeUserAsync("bob");
        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "bob", Permission.PropertyWrite);
        (await _platform.RefusedAsync("bob", "Things/Pump", "UpdatePropertyValuesBatched", ("batches", batches))).Message.ShouldContain("Valve");
    }

    [Fact]
    public async Task One_row_sets_several_properties_and_more_rows_are_refused()
    {
        await CallAsync("SetPropertyValues", ("values", Tables.Row(("speed", 4.0), ("label", "z"))));
        (await _platform.ReadAsync("Pump", "speed")).ShouldBe(Value.Number(4));
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "SetPropertyValues", ("values", Tables.Of([("speed", BaseType.NUMBER)], [1.0], [2.0])))).Message.ShouldContain("UpdatePropertyValues");
    }

    [Fact]
    public async Task Whether_anything_has_changed_since_is_told()
    {
        await CallAsync("UpdatePropertyValues", ("values", Tables.Row(("name", "speed"), ("value", 1.0), ("time", Value.DateTime(4_000_000_000_000)))));
        (await CallAsync("HavePropertiesChangedSince", ("timestamp", Value.DateTime(3_999_999_999_999)))).ShouldBe(Value.Boolean(true));
        (await CallAsync("HavePropertiesChangedSince", ("timestamp", Value.DateTime(4_000_000_000_000)))).ShouldBe(Value.Boolean(false));
    }

    [Fact]
    public async Task Properties_are_saved_to_a_stream_by_the_names_of_its_fields()
    {
        await _platform.MakeStreamAsync("Log", ("speed", BaseType.NUMBER), ("label", BaseType.STRING), ("other", BaseType.NUMBER));
        await _platform.WriteAsync("Pump", "speed", 2.5);
        await CallAsync("WritePropertiesToStream", ("name", "Log"), ("tags", Value.Text("V:T", BaseType.TAGS)));
        var entry = (await _platform.CallAsync("Things/Log", "GetStreamEntriesWithData")).AsTable()!;
        (entry.RowCount, entry[0, "speed"], entry[0, "source"].ToString(), entry[0, "sourceType"].ToString(), entry[0, "tags"].ToString()).ShouldBe((1, Value.Number(2.5), "Pump", "Thing", "V:T"));
    }

    [Fact]
    public async Task Definitions_are_added_all_or_none_unless_invalid_ones_are_to_be_ignored()
    {
        var rows = Tables.Of([("name", BaseType.STRING), ("type", BaseType.STRING), ("persistent", BaseType.BOOLEAN)], ["a", "NUMBER", true], ["speed", "NUMBER", false], ["b", "NONSENSE", false], ["c", "STRING", false]);
        var refusal = await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "AddPropertyDefinitions", ("values", rows));
        refusal.Message.ShouldContain("speed");
        refusal.Message.ShouldContain("NONSENSE");
        _platform.Thing("Pump").Shape.FindProperty("a").ShouldBeNull();
        (await CallAsync("AddPropertyDefinitions", ("values", rows), ("ignoreInvalidDefinitions", true))).Column("name").ShouldBe(["speed", "b"]);
        _platform.Thing("Pump").Shape.FindProperty("a")!.IsPersistent.ShouldBeTrue();
        _platform.Thing("Pump").Shape.FindProperty("c").ShouldNotBeNull();
        (await CallAsync("GetPropertyDefinition", ("name", "a"))).Column("isPersistent").ShouldBe(["true"]);
    }

    [Fact]
    public async Task Units_are_for_numbers()
    {
        await CallAsync("SetUnitsForNumericPropertyDefinition", ("propertyName", "speed"), ("units", "m/s"));
        _platform.Thing("Pump").Shape.FindProperty("speed")!.Field.Aspects.Text("units").ShouldBe("m/s");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "SetUnitsForNumericPropertyDefinition", ("propertyName", "label"), ("units", "m"))).Message.ShouldContain("STRING");
    }

    [Fact]
    public async Task Events_are_added_and_taken_away()
    {
        await CallAsync("AddEventDefinition", ("name", "Done"), ("dataShape", "VTQ"));
        _platform.Thing("Pump").Shape.FindEvent("Done")!.DataShapeName.ShouldBe("VTQ");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "AddEventDefinition", ("name", "Done"))).Code.ShouldBe(ErrorCode.Conflict);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "AddEventDefinition", ("name", "Else"), ("dataShape", "NoSuchShape"))).Message.ShouldContain("NoSuchShape");
        await CallAsync("RemoveEventDefinition", ("name", "Done"));
        _platform.Thing("Pump").Shape.FindEvent("Done").ShouldBeNull();
    }

    private Task<Value> CallAsync(string service, params (string Name, object? Value)[] arguments) => _platform.CallAsync("Things/Pump", service, arguments);
}
