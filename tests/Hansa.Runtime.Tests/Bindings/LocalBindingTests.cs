using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Bindings;

/// <summary>A property whose value is that of another Thing's.</summary>
public sealed class LocalBindingTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        foreach (var thing in new[] { "Line", "Pump", "Panel" })
            await _platform.MakeThingAsync(thing);
        await _platform.AddPropertyAsync("Line", "speed", BaseType.NUMBER, ("persistent", true));
        await _platform.AddPropertyAsync("Pump", "lineSpeed", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Panel", "shown", BaseType.STRING);
        await _platform.WriteAsync("Line", "speed", 3.0);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task It_takes_the_source_s_value_at_once_and_follows_it_with_time_and_quality_over_several_bindings()
    {
        await BindAsync("Pump", "lineSpeed", "Line", "speed");
        await BindAsync("Panel", "shown", "Pump", "lineSpeed");
        await Until.TrueAsync(async () => await _platform.ReadAsync("Panel", "shown") == Value.String("3"), "the value that stood there");
        await _platform.CallAsync("Things/Line", "UpdatePropertyValues", ("values", Tables.Row(("name", "speed"), ("value", 4.5), ("time", Value.DateTime(77)), ("quality", "BAD"))));
        (await _platform.ReadVtqAsync("Pump", "lineSpeed")).ShouldBe(new Vtq(Value.Number(4.5), 77, "BAD"));
        (await _platform.ReadVtqAsync("Panel", "shown")).ShouldBe(new Vtq(Value.String("4.5"), 77, "BAD"));
    }

    [Fact]
    public async Task A_write_goes_to_the_source_with_the_writer_s_rights_there()
    {
        await BindAsync("Pump", "lineSpeed", "Line", "speed");
        await _platform.WriteAsync("Pump", "lineSpeed", 9.0);
        (await _platform.ReadAsync("Line", "speed")).ShouldBe(Value.Number(9));
        (await _platform.ReadAsync("Pump", "lineSpeed")).ShouldBe(Value.Number(9));
        await _platform.MakeUserAsync("bob");
        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "bob", Permission.PropertyWrite);
        (await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "lineSpeed", 10.0, "bob"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync("Things/Line");
        (await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "lineSpeed", 10.0, "bob"))).Code.ShouldBe(ErrorCode.Forbidden);
        (await _platform.ReadAsync("Line", "speed")).ShouldBe(Value.Number(9));
    }

    [Fact]
    public async Task It_is_there_again_after_a_restart_and_ends_when_it_is_taken_away()
    {
        await BindAsync("Pump", "lineSpeed", "Line", "speed");
        await _platform.RestartAsync();
        await Until.TrueAsync(async () => await _platform.ReadAsync("Pump", "lineSpeed") == Value.Number(3), "the persistent source's value");
        (await _platform.CallAsync("Things/Line", "GetIncomingLocalPropertyBindings")).Column("targetThingName").ShouldBe(["Pump"]);
        (await _platform.CallAsync("Things/Line", "GetIncomingLocalPropertyBinding", ("propertyName", "speed"))).Column("targetPropertyName").ShouldBe(["lineSpeed"]);
        (await _platform.CallAsync("Things/Pump", "GetLocalPropertyBinding", ("propertyName", "lineSpeed"))).Column("sourceThingName").ShouldBe(["Line"]);
        (await _platform.CallAsync("Things/Pump", "GetEffectiveLocalPropertyBindings")).Column("name").ShouldBe(["lineSpeed"]);
        (await _platform.CallAsync("Things/Pump", "GetEffectiveLocalPropertyBinding", ("propertyName", "lineSpeed"))).Column("sourcePropertyName").ShouldBe(["speed"]);
        await _platform.CallAsync("Things/Pump", "RemoveLocalPropertyBinding", ("propertyName", "lineSpeed"));
        await _platform.WriteAsync("Line", "speed", 20.0);
        (await _platform.ReadAsync("Pump", "lineSpeed")).ShouldBe(Value.Number(3));
        await _platform.WriteAsync("Pump", "lineSpeed", 1.0);
        (await _platform.ReadAsync("Line", "speed")).ShouldBe(Value.Number(20));
    }

    [Fact]
    public async Task A_circle_is_refused_and_one_that_came_by_import_ends()
    {
        await _platform.AddPropertyAsync("Line", "back", BaseType.NUMBER);
        await BindAsync("Pump", "lineSpeed", "Line", "back");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Line", "SetLocalPropertyBinding",
            ("propertyName", "back"), ("sourceThingName", "Pump"), ("sourcePropertyName", "lineSpeed"))).Code.ShouldBe(ErrorCode.Conflict);
        await _platform.EditAsync("Line", thing => thing with { PropertyBindings = [new("back", "Pump", "lineSpeed")] });
        await _platform.Thing("Line").Properties.WriteAsync(TestPlatform.Administrator, [("back", new(Value.Number(5), 1, Vtq.Good))], CancellationToken.None);
        (await _platform.ReadAsync("Pump", "lineSpeed")).ShouldBe(Value.Number(5));
    }

    [Fact]
    public async Task A_value_that_it_cannot_take_does_not_trouble_the_source_s_writer()
    {
        await _platform.AddPropertyAsync("Line", "label", BaseType.STRING);
        await BindAsync("Pump", "lineSpeed", "Line", "label");
        await _platform.WriteAsync("Line", "label", "fast");
        (await _platform.ReadAsync("Line", "label")).ShouldBe(Value.String("fast"));
        _platform.Log.Lines.ShouldContain(line => line.Contains("lineSpeed", StringComparison.Ordinal) && line.Contains("label", StringComparison.Ordinal));
    }

    private Task BindAsync(string thing, string property, string source, string sourceProperty) => _platform.CallAsync(
        $"Things/{thing}", "SetLocalPropertyBinding", ("propertyName", property), ("sourceThingName", source), ("sourcePropertyName", sourceProperty));
}
