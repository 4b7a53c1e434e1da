using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Things;

/// <summary>Values of properties: types, limits, time and quality, and what survives.</summary>
public sealed class PropertyTests : IAsyncLifetime
{
    private TroubledStorage _storage = null!;
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(wrap: storage => _storage = new(storage));
        await _platform.MakeThingAsync("Pump");
    }

    public ValueTask DisposeAsync()
    {
        _storage.Heal();
        return _platform.DisposeAsync();
    }

    [Fact]
    public async Task A_value_becomes_the_type_of_its_property_or_is_refused_by_name()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.WriteAsync("Pump", "speed", "12.5");
        (await _platform.ReadAsync("Pump", "speed")).ShouldBe(Value.Number(12.5));
        var refusal = await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "speed", "fast"));
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldContain("'speed'");
        (await _platform.ReadAsync("Pump", "speed")).ShouldBe(Value.Number(12.5));
    }

    [Theory]
    [InlineData(-0.1, false)]
    [InlineData(0.0, true)]
    [InlineData(10.0, true)]
    [InlineData(10.1, false)]
    [InlineData(double.NaN, false)]
    [InlineData(double.PositiveInfinity, false)]
    public async Task A_number_outside_the_range_is_refused(double value, bool isTaken)
    {
        await _platform.EditAsync("Pump", thing => thing with
        {
            Properties = [new(new FieldDefinition("level", BaseType.NUMBER) { Aspects = Aspects.Of(("minimumValue", Value.Number(0)), ("maximumValue", Value.Number(10))) })],
        });
        if (isTaken)
            await _platform.WriteAsync("Pump", "level", value);
        else
            (await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "level", value))).Message.ShouldStartWith("Property [level] must be ");
    }

    [Fact]
    public async Task A_read_only_property_keeps_its_default_and_users_cannot_set_it()
    {
        await _platform.AddPropertyAsync("Pump", "model", BaseType.STRING, ("readOnly", true), ("defaultValue", "P-7"));
        (await _platform.ReadAsync("Pump", "model")).ToString().ShouldBe("P-7");
        (await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "model", "X"))).Code.ShouldBe(ErrorCode.MethodNotAllowed);
        (await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "name", "X"))).Code.ShouldBe(ErrorCode.MethodNotAllowed);
    }

    [Fact]
    public async Task Before_the_first_write_time_is_zero_and_quality_unknown()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.INTEGER, ("defaultValue", "3"));
        (await _platform.ReadVtqAsync("Pump", "speed")).ShouldBe(new(Value.Integer(3), 0, "UNKNOWN"));
    }

    [Fact]
    public async Task Time_and_quality_are_kept_as_given()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER, ("persistent", true));
        await _platform.CallAsync("Things/Pump", "UpdatePropertyValues", ("values", Tables.Of(
            [("name", BaseType.STRING), ("value", BaseType.VARIANT), ("time", BaseType.DATETIME), ("quality", BaseType.STRING)], ["speed", 4.0, Value.DateTime(1234), "BAD"])));
        var expected = new Vtq(Value.Number(4), 1234, "BAD");
        (await _platform.ReadVtqAsync("Pump", "speed")).ShouldBe(expected);
        (await _platform.CallAsync("Things/Pump", "GetPropertyTime", ("propertyName", "speed"))).ShouldBe(Value.DateTime(1234));
        (await _platform.CallAsync("Things/Pump", "GetPropertyQuality", ("propertyName", "speed"))).ToString().ShouldBe("BAD");
        var rows = (await _platform.CallAsync("Things/Pump", "GetPropertyValuesVTQ")).AsTable()!;
        rows.Column("name").Last().ShouldBe("speed");
        rows[rows.RowCount - 1, "time"].ShouldBe(Value.DateTime(1234));
        await _platform.RestartAsync();
        (await _platform.ReadVtqAsync("Pump", "speed")).ShouldBe(expected);
    }

    [Fact]
    public async Task A_time_beyond_the_calendar_is_told_as_it_is()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.CallAsync("Things/Pump", "UpdatePropertyValues", ("values", Tables.Row(("name", "speed"), ("value", 1.0), ("time", Value.DateTime(long.MaxValue)))));
        (await _platform.CallAsync("Things/Pump", "GetPropertyTime", ("propertyName", "speed"))).ShouldBe(Value.DateTime(long.MaxValue));
    }

    [Fact]
    public async Task A_persistent_value_survives_a_restart_and_another_does_not()
    {
        await _platform.AddPropertyAsync("Pump", "kept", BaseType.STRING, ("persistent", true));
        await _platform.AddPropertyAsync("Pump", "lost", BaseType.STRING, ("defaultValue", "first"));
        await _platform.WriteAsync("Pump", "kept", "a");
        await _platform.WriteAsync("Pump", "lost", "b");
        await _platform.RestartAsync();
        (await _platform.ReadAsync("Pump", "kept")).ToString().ShouldBe("a");
        (await _platform.ReadAsync("Pump", "lost")).ToString().ShouldBe("first");
    }

    [Fact]
    public async Task A_property_made_anew_does_not_find_the_value_of_the_one_that_is_gone()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER, ("persistent", true));
        await _platform.WriteAsync("Pump", "speed", 5);
        await _platform.CallAsync("Things/Pump", "RemovePropertyDefinition", ("name", "speed"));
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER, ("persistent", true));
        await _platform.RestartAsync();
        (await _platform.ReadVtqAsync("Pump", "speed")).Time.ShouldBe(0);
    }

    [Fact]
    public async Task Other_edits_keep_values()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.WriteAsync("Pump", "speed", 5);
        await _platform.AddPropertyAsync("Pump", "other", BaseType.NUMBER);
        await _platform.CallAsync("Things/Pump", "RemovePropertyDefinition", ("name", "other"));
        await _platform.CallAsync("Things/Pump", "SetDescription", ("description", "x"));
        await _platform.CallAsync("Things/Pump", "RestartThing");
        (await _platform.ReadAsync("Pump", "speed")).AsNumber().ShouldBe(5);
    }

    [Fact]
    public async Task Of_several_values_all_are_checked_before_the_first_is_set()
    {
        await _platform.AddPropertyAsync("Pump", "a", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Pump", "b", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Pump", "fixed", BaseType.NUMBER, ("readOnly", true));
        foreach (var wrong in new (string, object?)[] { ("b", "no number"), ("fixed", 1.0), ("missing", 1.0) })
            await _platform.RefusedAsync("Administrator", "Things/Pump", "SetPropertyValues", ("values", Tables.Row(("a", 1.0), wrong)));
        (await _platform.ReadVtqAsync("Pump", "a")).Time.ShouldBe(0);
        await _platform.CallAsync("Things/Pump", "SetPropertyValues", ("values", Tables.Row(("a", 1.0), ("b", 2.0))));
        (await _platform.ReadAsync("Pump", "b")).AsNumber().ShouldBe(2);
    }

    [Fact]
    public async Task Each_member_of_a_batch_asks_for_its_own_right()
    {
        await _platform.AddPropertyAsync("Pump", "a", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Pump", "b", BaseType.NUMBER);
        await _platform.MakeUserAsync("ann");
        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.PropertyWrite, "a");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.PropertyRead, "a");
        (await _platform.RefusedAsync("ann", "Things/Pump", "SetPropertyValues", ("values", Tables.Row(("a", 1.0), ("b", 2.0))))).Message.ShouldContain("PropertyWrite on b");
        await _platform.InvokeAsync("ann", "Things/Pump", "SetPropertyValues", ("values", Tables.Row(("a", 1.0))));
        var seen = (await _platform.InvokeAsync("ann", "Things/Pump", "GetPropertyValues")).AsTable()!;
        seen.Shape.Fields.Select(f => f.Name).ShouldBe(["a"]);
        (await _platform.RefusedAsync("ann", "Things/Pump", "GetNumberPropertyValue", ("propertyName", "b"))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task A_remote_Things_pushed_values_ask_a_user_for_PropertyWrite()
    {
        await _platform.MakeThingAsync("Far", "RemoteThing");
        await _platform.AddPropertyAsync("Far", "speed", BaseType.NUMBER);
        await _platform.MakeUserAsync("ann");
        await _platform.ShowAsync("Things/Far");
        await _platform.AllowAsync("Things/Far", "ann", Permission.ServiceInvoke);
        (string, object?) values = ("values", Tables.Row(("name", "speed"), ("value", 3.0), ("time", Value.DateTime(5)), ("quality", "GOOD")));
        (await _platform.RefusedAsync("ann", "Things/Far", "UpdateSubscribedPropertyValues", values)).Message.ShouldContain("PropertyWrite on speed");
        await _platform.AllowAsync("Things/Far", "ann", Permission.PropertyWrite);
        await _platform.InvokeAsync("ann", "Things/Far", "UpdateSubscribedPropertyValues", values);
        (await _platform.ReadVtqAsync("Far", "speed")).ShouldBe(new(Value.Number(3), 5, "GOOD"));
    }

    [Fact]
    public async Task A_value_that_could_not_be_kept_is_taken_back()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER, ("persistent", true));
        await _platform.WriteAsync("Pump", "speed", 1);
        var gate = new TaskCompletionSource();
        _storage.BeforeCommit = async () =>
        {
            await gate.Task;
            throw new PlatformException(ErrorCode.Unavailable, "The disk is full.");
        };
        var writes = new[] { _platform.WriteAsync("Pump", "speed", 2), _platform.WriteAsync("Pump", "speed", 3) };
        gate.SetResult();
        foreach (var write in writes)
            (await Should.ThrowAsync<PlatformException>(() => write)).Message.ShouldBe("The disk is full.");
        (await _platform.ReadAsync("Pump", "speed")).AsNumber().ShouldBe(1);
    }

    [Fact]
    public async Task A_secret_is_cipher_text_on_disk_masked_when_read_and_kept_when_the_mask_comes_back()
    {
        await _platform.AddPropertyAsync("Pump", "pin", BaseType.PASSWORD, ("persistent", true));
        (await _platform.ReadAsync("Pump", "pin")).IsNull.ShouldBeTrue();
        await _platform.WriteAsync("Pump", "pin", "open sesame");
        (await _platform.ReadAsync("Pump", "pin")).ToString().ShouldBe(ConfigurationSecrets.MaskText);
        var stored = (await _storage.LoadPropertiesAsync(CancellationToken.None)).Single().Value.Value;
        stored.ToString().ShouldStartWith(MarkedSecrets.Mark);
        await _platform.WriteAsync("Pump", "pin", ConfigurationSecrets.MaskText);
        (await _storage.LoadPropertiesAsync(CancellationToken.None)).Single().Value.Value.ShouldBe(stored);
        await _platform.RestartAsync();
        (await _platform.CallAsync("Things/Pump", "GetPropertyValues")).AsTable()![0, "pin"].ToString().ShouldBe(ConfigurationSecrets.MaskText);
    }

    [Fact]
    public async Task A_secret_has_no_default_value_that_all_could_read() =>
        (await _platform.RefusedAsync("Administrator", "Things/Pump", "AddPropertyDefinition", ("name", "pin"), ("type", "PASSWORD"), ("defaultValue", "1234"))).Message.ShouldNotContain("1234");

    [Theory]
    [InlineData("a/b", "STRING", null)]
    [InlineData("", "STRING", null)]
    [InlineData("p", "NOTHING", null)]
    [InlineData("p", "NONSENSE", null)]
    [InlineData("name", "STRING", null)]
    [InlineData("p", "STRING", "SOMETIMES")]
    public async Task A_definition_that_makes_no_sense_is_refused(string name, string type, string? dataChangeType)
    {
        await _platform.RefusedAsync("Administrator", "Things/Pump", "AddPropertyDefinition", ("name", name), ("type", type), ("dataChangeType", dataChangeType));
        _platform.Thing("Pump").Definition.Properties.ShouldBeEmpty();
    }

    [Fact]
    public async Task While_the_Thing_is_disabled_its_values_are_not_to_be_had()
    {
        await _platform.AddPropertyAsync("Pump", "speed", BaseType.NUMBER);
        await _platform.CallAsync("Things/Pump", "DisableThing");
        var refusal = await Should.ThrowAsync<PlatformException>(() => _platform.ReadAsync("Pump", "speed"));
        refusal.Code.ShouldBe(ErrorCode.Unavailable);
        refusal.Message.ShouldBe("Thing [Pump] is not running.");
        (await _platform.RefusedAsync("Administrator", "Things/Pump", "GetPropertyValues")).Code.ShouldBe(ErrorCode.Unavailable);
        await _platform.CallAsync("Things/Pump", "GetPropertyDefinitions");
    }

    [Fact]
    public async Task Readers_never_meet_a_property_without_a_value()
    {
        using var ends = new CancellationTokenSource();
        var reading = Task.Run(async () =>
        {
            while (!ends.IsCancellationRequested)
                await _platform.CallAsync("Things/Pump", "GetPropertyValues");
        });
        for (var i = 0; i < 50; i++)
        {
            await _platform.AddPropertyAsync("Pump", "p", BaseType.NUMBER);
            await _platform.CallAsync("Things/Pump", "RemovePropertyDefinition", ("name", "p"));
        }

        await ends.CancelAsync();
        await reading;
    }
}
