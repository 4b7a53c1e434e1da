using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.ValueStreams;

/// <summary>Which writes are logged, what the writer is told, and who may read, add and purge.</summary>
public sealed class PropertyLoggingTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Log", "ValueStream");
        await _platform.MakeThingAsync("Pump");
        await _platform.CallAsync("Things/Pump", "SetValueStream", ("name", "Log"));
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("VALUE", 1.0, "1,3,5")]
    [InlineData("VALUE", null, "1,1.5,3,5,4")]
    [InlineData("ALWAYS", null, "1,1.5,3,3,5,4")]
    [InlineData("NEVER", null, "")]
    public async Task The_rule_of_data_changes_says_what_is_logged(string rule, double? threshold, string logged)
    {
        await AddAsync("p", BaseType.NUMBER, ("dataChangeType", rule), ("dataChangeThreshold", threshold));

        foreach (var value in new[] { 1, 1.5, 3, 3, 5, 4 })
            await _platform.WriteAsync("Pump", "p", value);

        string.Join(',', await HistoryAsync("p")).ShouldBe(logged);
    }

    [Theory]
    [InlineData("p ")]
    [InlineData("../p")]
    public async Task Whichever_way_a_value_is_added_its_name_must_be_one_of_a_property(string name)
    {
        var one = await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Log", "AddNumberStreamEntry", ("name", name), ("value", 1.0));
        var many = await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Log", "AddValueStreamEntries", ("values", Tables.Row(("name", name), ("value", 1.0))));
        many.Message.ShouldBe(one.Message);
        (await _platform.CallAsync("Things/Log", "QueryNumberStreamEntries")).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task Without_logging_or_without_a_value_stream_nothing_is_kept()
    {
        await AddAsync("p", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Pump", "unlogged", BaseType.NUMBER);
        await _platform.WriteAsync("Pump", "unlogged", 1);
        (await HistoryAsync("unlogged")).ShouldBeEmpty();

        await _platform.CallAsync("Things/Pump", "SetValueStream", ("name", ""));
        await _platform.WriteAsync("Pump", "p", 2);

        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "QueryNumberPropertyHistory", ("propertyName", "p"))).Message.ShouldContain("SetValueStream");
        await _platform.CallAsync("Things/Pump", "SetValueStream", ("name", "Log"));
        (await HistoryAsync("p")).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_value_that_is_not_logged_stays_fires_its_event_and_the_writer_is_told_by_name()
    {
        await AddAsync("p", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Pump", "seen", BaseType.NUMBER);
        await _platform.EditAsync("Pump", thing => thing with { Subscriptions = [new("OnChange", "DataChange", "", "p", "me.seen = me.p;")] });
        await _platform.CallAsync("Things/Log", "DisableThing");

        var error = await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "p", 7));

        error.Code.ShouldBe(ErrorCode.Unavailable);
        error.Message.ShouldBe("Property [p] of Thing [Pump]: the value is set but was not logged. The value stream [Log] of Thing [Pump] is not running.");
        (await _platform.ReadAsync("Pump", "p")).ShouldBe(Value.Number(7));
        await Until.TrueAsync(async () => await _platform.ReadAsync("Pump", "seen") == Value.Number(7), "the subscription");
    }

    [Fact]
    public async Task What_was_not_logged_is_logged_when_it_is_written_again()
    {
        await AddAsync("p", BaseType.NUMBER);
        await _platform.CallAsync("Things/Log", "DisableThing");
        await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "p", 7));
        await _platform.CallAsync("Things/Log", "EnableThing");

        await _platform.WriteAsync("Pump", "p", 7);
        await _platform.WriteAsync("Pump", "p", 7);

        (await HistoryAsync("p")).ShouldBe(["7"]);
    }

    [Fact]
    public async Task A_value_stream_that_is_gone_is_told_to_the_writer()
    {
        await AddAsync("p", BaseType.NUMBER);
        await _platform.EditAsync("Pump", thing => thing with { ValueStream = "Gone" });

        (await Should.ThrowAsync<PlatformException>(() => _platform.WriteAsync("Pump", "p", 7))).Message.ShouldContain("[Gone]");
    }

    [Fact]
    public async Task A_secret_is_never_logged()
    {
        await AddAsync("secret", BaseType.PASSWORD);
        await _platform.WriteAsync("Pump", "secret", "hidden");

        (await _platform.CallAsync("Things/Log", "QueryStringStreamEntries")).AsTable()!.RowCount.ShouldBe(0);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "QueryStringPropertyHistory", ("propertyName", "secret"))).Message.ShouldContain("PASSWORD");
    }

    [Theory]
    [InlineData(BaseType.JSON, """{"a":1}""", "String")]
    [InlineData(BaseType.THINGNAME, "Pump", "String")]
    [InlineData(BaseType.TIMESPAN, 1234L, "Long")]
    [InlineData(BaseType.VARIANT, 5.5, "String")]
    public async Task A_type_without_services_of_its_own_is_kept_as_one_that_has_them(BaseType type, object value, string kept)
    {
        await AddAsync("p", type);
        await _platform.WriteAsync("Pump", "p", value);

        (await _platform.CallAsync("Things/Pump", $"Query{kept}PropertyHistory", ("propertyName", "p"))).Column("value").ShouldBe([Values.Of(value).ToString()]);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "QueryBooleanPropertyHistory", ("propertyName", "p"))).Message.ShouldContain($"Query{kept}PropertyHistory");
        var merged = (await _platform.CallAsync("Things/Pump", "QueryPropertyHistory")).AsTable()!;
        merged.Shape.Find("p")!.BaseType.ShouldBe(type);
        merged[0, "p"].ToString().ShouldBe(Values.Of(value).ToString());
    }

    [Fact]
    public async Task Several_values_of_one_property_in_one_write_are_all_kept_and_announced()
    {
        await AddAsync("p", BaseType.NUMBER);
        await _platform.AddPropertyAsync("Pump", "count", BaseType.INTEGER);
        await _platform.EditAsync("Pump", thing => thing with
        {
            Subscriptions = [new("OnBulk", GenericThingTemplate.HistoricalDataLogged, "", "", "me.count = eventData.count;")],
        });

        await _platform.CallAsync("Things/Pump", "UpdatePropertyValues", ("values", Tables.Of(
            [("name", BaseType.STRING), ("value", BaseType.VARIANT), ("time", BaseType.DATETIME)],
            ["p", 1.0, DateTimeOffset.FromUnixTimeMilliseconds(1)], ["p", 2.0, DateTimeOffset.FromUnixTimeMilliseconds(2)], ["p", 3.0, DateTimeOffset.FromUnixTimeMilliseconds(3)])));

        (await HistoryAsync("p")).ShouldBe(["1", "2", "3"]);
        await Until.TrueAsync(async () => await _platform.ReadAsync("Pump", "count") == Value.Integer(3), "the event");
    }

    [Fact]
    public async Task A_property_that_is_called_like_a_column_of_the_merged_history_has_one_of_its_own()
    {
        await AddAsync("timestamp", BaseType.NUMBER);
        await AddAsync("p", BaseType.NUMBER);
        await AddAsync("p_quality", BaseType.STRING);
        await _platform.WriteAsync("Pump", "timestamp", 7);
        var merged = (await _platform.CallAsync("Things/Pump", "QueryPropertyHistory", ("returnedMetadata", "QUALITY"))).AsTable()!;
        merged.Shape.Fields.Select(field => field.Name).ShouldBe(["timestamp", "timestamp_", "timestamp_quality", "p", "p_quality", "p_quality_", "p_quality_quality"]);
        merged[0, "timestamp_"].ShouldBe(Value.Number(7));
    }

    [Fact]
    public async Task A_time_that_was_given_replaces_and_one_that_was_assigned_does_not()
    {
        await AddAsync("p", BaseType.NUMBER, ("dataChangeType", "ALWAYS"));
        for (var i = 0; i < 2; i++)
        {
            await _platform.CallAsync("Things/Pump", "UpdatePropertyValues", ("values", Tables.Of(
                [("name", BaseType.STRING), ("value", BaseType.VARIANT), ("time", BaseType.DATETIME)], ["p", (double)i, DateTimeOffset.FromUnixTimeMilliseconds(5)])));
        }

        await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => _platform.WriteAsync("Pump", "p", 9)));

        (await HistoryAsync("p")).ShouldBe(["1", .. Enumerable.Repeat("9", 50)]);
    }

    [Fact]
    public async Task Who_may_read_a_property_may_read_its_history_and_who_may_write_it_may_add_to_it()
    {
        await AddAsync("p", BaseType.NUMBER);
        await AddAsync("q", BaseType.NUMBER);
        await _platform.WriteAsync("Pump", "p", 1);
        await _platform.MakeUserAsync("bob");
        await _platform.ShowAsync("Things/Pump");

        (await _platform.RefusedAsync("bob", "Things/Pump", "QueryNumberPropertyHistory", ("propertyName", "p"))).Code.ShouldBe(ErrorCode.Forbidden);
        await _platform.AllowAsync("Things/Pump", "bob", Permission.PropertyRead, "p");
        (await _platform.InvokeAsync("bob", "Things/Pump", "QueryNumberPropertyHistory", ("propertyName", "p"))).AsTable()!.RowCount.ShouldBe(1);
        (await _platform.InvokeAsync("bob", "Things/Pump", "QueryPropertyHistory")).AsTable()!.Shape.Fields.Select(field => field.Name).ShouldBe(["timestamp", "p"]);
        (await _platform.RefusedAsync("bob", "Things/Pump", "AddNumberValueStreamEntry", ("propertyName", "p"), ("value", 2.0))).Code.ShouldBe(ErrorCode.Forbidden);
        await _platform.AllowAsync("Things/Pump", "bob", Permission.PropertyWrite, "p");
        await _platform.InvokeAsync("bob", "Things/Pump", "AddNumberValueStreamEntry", ("propertyName", "p"), ("value", 2.0));
        await _platform.AllowAsync("Things/Pump", "bob", Permission.ServiceInvoke);
        (await _platform.RefusedAsync("bob", "Things/Pump", "PurgeAllPropertyHistory")).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task Only_a_value_stream_that_the_caller_can_see_is_set()
    {
        await _platform.MakeThingAsync("Plain");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "SetValueStream", ("name", "Plain"))).Message.ShouldContain("RemoteValueStream");
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "SetValueStream", ("name", "Nothing"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.MakeThingAsync("Far", "RemoteValueStream");
        await _platform.CallAsync("Things/Pump", "SetValueStream", ("name", "Far"));
        (await _platform.CallAsync("Things/Pump", "GetValueStream")).ToString().ShouldBe("Far");
        await _platform.RestartAsync();
        (await _platform.CallAsync("Things/Pump", "GetValueStream")).ToString().ShouldBe("Far");
    }

    [Fact]
    public async Task Logging_is_switched_and_listed()
    {
        await AddAsync("n", BaseType.NUMBER);
        await AddAsync("s", BaseType.STRING);
        await _platform.AddPropertyAsync("Pump", "off", BaseType.LONG);
        (await _platform.CallAsync("Things/Pump", "GetLoggedProperties")).Column("name").ShouldBe(["n", "s"], ignoreOrder: true);
        (await _platform.CallAsync("Things/Pump", "GetLoggedProperties", ("type", "STRING"))).Column("name").ShouldBe(["s"]);
        (await _platform.CallAsync("Things/Pump", "GetPropertyLogging", ("propertyName", "off"))).AsBoolean().ShouldBeFalse();

        await _platform.CallAsync("Things/Pump", "SetPropertyLogging", ("propertyName", "off"), ("enabled", true));

        (await _platform.CallAsync("Things/Pump", "GetPropertyLogging", ("propertyName", "off"))).AsBoolean().ShouldBeTrue();
        (await _platform.CallAsync("Things/Pump", "GetEffectivePropertyLogging", ("propertyName", "off"))).AsBoolean().ShouldBeTrue();
        (await _platform.CallAsync("Things/Pump", "GetNumericLoggedProperties")).Column("name").ShouldBe(["n", "off"], ignoreOrder: true);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "SetPropertyLogging", ("propertyName", "name"), ("enabled", true))).Code.ShouldBe(ErrorCode.NotFound);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/Pump", "GetPropertyLogging", ("propertyName", "nix"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    private Task AddAsync(string name, BaseType type, params (string, object?)[] more) => _platform.AddPropertyAsync("Pump", name, type, [("logged", true), .. more]);

    private async Task<IEnumerable<string>> HistoryAsync(string property) =>
        (await _platform.CallAsync("Things/Pump", "QueryNumberPropertyHistory", ("propertyName", property), ("oldestFirst", true), ("maxItems", 1000))).Column("value");
}
