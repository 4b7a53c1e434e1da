using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Alerts;

/// <summary>Alerts of properties (spec platform 3.5, thing-services).</summary>
public sealed class AlertTests : IAsyncLifetime
{
    private const string Pump = "Things/Pump";

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await _platform.MakeThingAsync("Pump");
        await _platform.AddPropertyAsync("Pump", "heat", BaseType.NUMBER, ("persistent", true));
        await _platform.AddPropertyAsync("Pump", "mode", BaseType.STRING);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("Above", "limit=90", 90, true)]
    [InlineData("Above", "limit=90", 89.9, false)]
    [InlineData("Above", "limit=90;limitIncluded=false", 90, false)]
    [InlineData("Below", "limit=10", 10, true)]
    [InlineData("Below", "limit=10;limitIncluded=false", 9.9, true)]
    [InlineData("Below", "limit=10", 10.1, false)]
    [InlineData("EqualTo", "value=5", 5, true)]
    [InlineData("EqualTo", "value=5", 5.1, false)]
    [InlineData("NotEqualTo", "value=5", 5.1, true)]
    [InlineData("NotEqualTo", "value=5", 5, false)]
    [InlineData("InRange", "minimum=1;maximum=3", 1, true)]
    [InlineData("InRange", "minimum=1;maximum=3;minimumIncluded=false", 1, false)]
    [InlineData("InRange", "minimum=1;maximum=3", 3.1, false)]
    [InlineData("OutofRange", "minimum=1;maximum=3", 3, false)]
    [InlineData("OutofRange", "minimum=1;maximum=3", 0.9, true)]
    [InlineData("OutofRange", "minimum=1;maximum=3;maximumIncluded=false", 3, true)]
    [InlineData("DeviationAbove", "value=100;limit=5", 105, true)]
    [InlineData("DeviationAbove", "value=100;limit=5", 104, false)]
    [InlineData("DeviationBelow", "value=100;limit=5", 95, true)]
    [InlineData("DeviationBelow", "value=100;limit=5;limitIncluded=false", 95, false)]
    public async Task An_alert_of_each_type_holds_where_its_limits_say_so(string type, string limits, double value, bool holds)
    {
        await AlertAsync("heat", type, "A", limits);
        await _platform.WriteAsync("Pump", "heat", value);
        (await StatusAsync()).ShouldBe(holds ? "active" : "inactive");
    }

    [Fact]
    public async Task An_alert_fires_once_and_again_only_after_it_was_reset()
    {
        await _platform.AddPropertyAsync("Pump", "seen", BaseType.STRING);
        await _platform.CallAsync(Pump, "AddSubscriptionDefinition", ("name", "Watch"), ("ordered", true), ("code", "me.seen = me.seen + eventName + ' ' + eventData.name + ' ' + eventData.sourceProperty + ';';"),
            ("events", Tables.Of([("eventName", BaseType.STRING), ("sourceProperty", BaseType.STRING)], ["Alert", "heat"], ["AlertReset", "heat"])));

        await _platform.WriteAsync("Pump", "seen", "");
        await AlertAsync("heat", "Above", "Hot", "limit=90");
        foreach (var value in new[] { 95, 96, 80, 70, 99 })
            await _platform.WriteAsync("Pump", "heat", value);
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Pump", "seen")).ToString() == "Alert Hot heat;AlertReset Hot heat;Alert Hot heat;", "two alerts and a reset, in order");
    }

    [Fact]
    public async Task An_alert_that_is_over_stays_in_the_summary_until_somebody_has_taken_note()
    {
        await AlertAsync("heat", "Above", "A", "limit=90", 2);
        await AlertAsync("mode", "EqualTo", "Manual", "value=manual", 1);
        await _platform.WriteAsync("Pump", "heat", 95);
        await _platform.WriteAsync("Pump", "mode", "manual");
        var summary = (await _platform.CallAsync(Pump, "GetAlertSummary")).AsTable()!;
        summary.Column("name").ShouldBe(["Manual", "A"]);
        summary[1, "message"].ToString().ShouldBe("heat is 95, at or above 90.");
        (await _platform.CallAsync(Pump, "GetAlertSummaryForProperty", ("property", "heat"))).Column("name").ShouldBe(["A"]);
        (await _platform.CallAsync(Pump, "QueryAlertSummary", ("query", """{"filters":{"type":"EQ","fieldName":"priority","value":2}}"""))).Column("name").ShouldBe(["A"]);

        await _platform.WriteAsync("Pump", "heat", 20);
        (await StatusAsync()).ShouldBe("unacknowledged");
        (await _platform.CallAsync(Pump, "GetAlertStatuses")).Column("status").Order().ShouldBe(["active", "unacknowledged"]);
        (await _platform.CallAsync(Pump, "GetAlertStatusesForProperty", ("property", "heat"))).Column("status").ShouldBe(["unacknowledged"]);
        (await _platform.CallAsync(Pump, "GetAlertSummary", ("onlyAcknowledged", true))).Column("name").ShouldBeEmpty();

        await _platform.CallAsync(Pump, "AcknowledgeAlert", ("property", "heat"), ("message", "seen"));
        (await StatusAsync()).ShouldBe("inactive");
        await _platform.CallAsync(Pump, "AcknowledgeAllAlerts", ("message", "seen too"));
        var rest = (await _platform.CallAsync(Pump, "GetAlertSummary", ("onlyAcknowledged", true))).AsTable()!;
        (rest[0, "name"].ToString(), rest[0, "ackBy"].ToString(), rest[0, "isActive"].AsBoolean()).ShouldBe(("Manual", TestPlatform.Administrator, true));
        (await _platform.CallAsync(Pump, "GetAlertSummary", ("onlyUnacknowledged", true))).Column("name").ShouldBeEmpty();

        await Until.TrueAsync(async () => (await _platform.CallAsync(Pump, "QueryAlertHistory", ("oldestFirst", true))).AsTable()!.RowCount == 5, "the history is written");
        (await _platform.CallAsync(Pump, "QueryAlertHistory", ("oldestFirst", true))).Column("eventName").ShouldBe(["Alert", "Alert", "AlertReset", "AlertAck", "AlertAck"]);
        (await _platform.CallAsync(Pump, "QueryAlertHistory", ("maxItems", 1))).Column("message").ShouldBe(["seen too"]);
    }

    [Fact]
    public async Task How_alerts_stand_survives_a_restart_with_who_took_note()
    {
        await AlertAsync("heat", "Above", "A", "limit=90");
        await _platform.WriteAsync("Pump", "heat", 95);
        await _platform.CallAsync(Pump, "AcknowledgeAlert", ("property", "heat"));
        await _platform.RestartAsync();
        var summary = (await _platform.CallAsync(Pump, "GetAlertSummary")).AsTable()!;
        (summary[0, "isActive"].AsBoolean(), summary[0, "ack"].AsBoolean(), summary[0, "ackBy"].ToString()).ShouldBe((true, true, TestPlatform.Administrator));
        await _platform.WriteAsync("Pump", "heat", 96);
        (await _platform.CallAsync(Pump, "QueryAlertHistory")).Column("eventName").Count(name => name == "Alert").ShouldBe(1);
        await _platform.WriteAsync("Pump", "heat", 10);
        (await StatusAsync()).ShouldBe("inactive");
    }

    [Fact]
    public async Task Alerts_are_changed_switched_and_taken_away_and_what_they_said_ends_with_them()
    {
        await AlertAsync("heat", "Above", "A", "limit=90");
        await _platform.WriteAsync("Pump", "heat", 95);
        await _platform.CallAsync(Pump, "DisableAlertsForProperty", ("property", "heat"), ("alertName", "A"));
        (await StatusAsync()).ShouldBe("unacknowledged");
        await _platform.CallAsync(Pump, "EnableAlertsForProperty", ("property", "heat"));
        (await StatusAsync()).ShouldBe("active");
        await _platform.CallAsync(Pump, "DisableAllAlerts");
        (await _platform.CallAsync(Pump, "GetAlertDefinitions")).Column("enabled").ShouldBe(["false"]);
        await _platform.CallAsync(Pump, "EnableAllAlerts");
        await AlertAsync("heat", "Above", "A", "limit=99");
        (await StatusAsync()).ShouldBe("unacknowledged");
        (await _platform.CallAsync(Pump, "GetAlertDefinition", ("property", "heat"), ("alertName", "A"))).AsTable()![0, "attributes"].AsTable()![0, "limit"].AsNumber().ShouldBe(99);
        (await _platform.CallAsync(Pump, "HasAlert", ("property", "heat"), ("alertName", "A"))).AsBoolean().ShouldBeTrue();
        await _platform.CallAsync(Pump, "RemoveAlert", ("property", "heat"), ("alertName", "A"));
        (await _platform.CallAsync(Pump, "HasAlert", ("property", "heat"))).AsBoolean().ShouldBeFalse();
        (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, "GetAlertStatus", ("property", "heat"), ("alertName", "A"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task What_is_not_persistent_lasts_until_the_next_restart()
    {
        await AlertAsync("heat", "Above", "A", "limit=90");
        await _platform.CallAsync(Pump, "DisableAlertsForProperty", ("property", "heat"), ("persistent", false));
        await _platform.WriteAsync("Pump", "heat", 95);
        (await StatusAsync()).ShouldBe("disabled");
        await _platform.RestartAsync();
        await Until.TrueAsync(async () => await StatusAsync() == "active", "the alert counts again");
    }

    [Fact]
    public async Task Alerts_of_a_template_watch_all_its_Things_and_one_of_the_Thing_takes_their_place()
    {
        await _platform.CallAsync("Resources/EntityServices", "CreateThingTemplate", ("name", "Machine"));
        await _platform.CallAsync("ThingTemplates/Machine", "AddPropertyDefinition", ("name", "heat"), ("type", "NUMBER"));
        await _platform.CallAsync("ThingTemplates/Machine", "AddOrUpdateAlert", ("property", "heat"), ("alertType", "Above"), ("alertName", "A"), ("attributes", Tables.Row(("limit", 90))));
        await _platform.MakeThingAsync("M1", "Machine");
        await _platform.MakeThingAsync("M2", "Machine");
        await _platform.CallAsync("Things/M2", "AddOrUpdateAlert", ("property", "heat"), ("alertType", "Above"), ("alertName", "A"), ("attributes", Tables.Row(("limit", 200))));
        await _platform.WriteAsync("M1", "heat", 100);
        await _platform.WriteAsync("M2", "heat", 100);
        (await StatusAsync("Things/M1")).ShouldBe("active");
        (await StatusAsync("Things/M2")).ShouldBe("inactive");
        (await _platform.CallAsync("Things/M1", "GetLocalAlertDefinitions")).Column("name").ShouldBeEmpty();
        (await _platform.CallAsync("Things/M2", "GetLocalAlertDefinitions", ("property", "heat"))).Column("name").ShouldBe(["A"]);
        (await _platform.RefusedAsync(TestPlatform.Administrator, "Things/M1", "RemoveAlert", ("property", "heat"), ("alertName", "A"))).Message.ShouldContain("inherited");
        await _platform.CallAsync("Things/M1", "DisableAllAlerts");
        (await StatusAsync("Things/M1")).ShouldBe("unacknowledged");
    }

    [Theory]
    [InlineData("Boolean", "EqualTo", true)]
    [InlineData("DateTime", "Above", "2030-01-01T00:00:00.000Z")]
    [InlineData("Integer", "Above", 5)]
    [InlineData("Number", "Above", 5.5)]
    [InlineData("String", "EqualTo", "x")]
    [InlineData("Location", "EqualTo", "52.5,13.4,0")]
    [InlineData("Long", "Above", 5)]
    public async Task Limits_of_each_type_are_set_and_read(string type, string alertType, object limit)
    {
        var baseType = BaseTypes.Parse(type.ToUpperInvariant());
        await _platform.AddPropertyAsync("Pump", "p", baseType);
        var name = alertType == "EqualTo" ? "value" : "limit";
        await _platform.CallAsync(Pump, "AddOrUpdateAlert", ("property", "p"), ("alertType", alertType), ("alertName", "A"), ("attributes", Tables.Row((name, limit))));
        if (type != "Long")
            await _platform.CallAsync(Pump, $"Set{type}AlertParameter", ("property", "p"), ("alertName", "A"), ("parameterName", name), ("value", limit));
        (await _platform.CallAsync(Pump, $"Get{type}AlertParameter", ("property", "p"), ("alertName", "A"), ("parameterName", name))).ShouldBe(Coercion.To(Values.Of(limit), baseType, "limit"));
        (await _platform.CallAsync(Pump, $"Get{type}AlertParameter", ("property", "p"), ("alertName", "A"), ("parameterName", "nothing"))).IsNull.ShouldBeTrue();
    }

    [Theory]
    [InlineData("heat", "Above", "", "needs the attribute 'limit'")]
    [InlineData("heat", "Sideways", "limit=1", "there are EqualTo")]
    [InlineData("heat", "InRange", "minimum=3;maximum=1", "is above maximum")]
    [InlineData("mode", "Above", "limit=1", "is STRING")]
    [InlineData("nope", "Above", "limit=1", "[nope]")]
    [InlineData("heat", "Anomaly", "", "Anomaly detection does not run")]
    public async Task An_alert_that_cannot_work_is_refused_with_the_reason(string property, string type, string limits, string reason) =>
        (await Should.ThrowAsync<PlatformException>(() => AlertAsync(property, type, "A", limits))).Message.ShouldContain(reason);

    [Fact]
    public async Task What_is_of_anomaly_detection_says_that_it_is_not_carried()
    {
        foreach (var service in new[] { "GetAllAnomalyAlertTrainingStatistics", "GetAnomalyAlertTrainingStatisticsForAlert", "GetAnomalyAlertTrainingStatisticsForProperty", "PromoteAlert", "RetrainAlert" })
            (await _platform.RefusedAsync(TestPlatform.Administrator, Pump, service)).Code.ShouldBe(ErrorCode.NotSupported);
    }

    [Fact]
    public async Task In_a_storm_no_alert_loses_its_state()
    {
        const int properties = 20;
        for (var i = 0; i < properties; i++)
        {
            await _platform.AddPropertyAsync("Pump", $"p{i}", BaseType.NUMBER);
            await AlertAsync($"p{i}", "Above", "A", "limit=50");
        }

        var random = new Random(4);
        var last = new double[properties];
        await Parallel.ForEachAsync(Enumerable.Range(0, properties), async (property, _) =>
        {
            for (var i = 0; i < 500; i++)
                await _platform.WriteAsync("Pump", $"p{property}", last[property] = (i * 37 + property) % 100);
        });
        for (var i = 0; i < properties; i++)
            (await _platform.CallAsync(Pump, "GetAlertStatus", ("property", $"p{i}"), ("alertName", "A"))).ToString().ShouldBe(last[i] >= 50 ? "active" : "unacknowledged");
        await _platform.RestartAsync();
        (await _platform.CallAsync(Pump, "GetAlertSummary")).AsTable()!.RowCount.ShouldBe(properties);
    }

    [Fact]
    public async Task Alerts_of_all_Things_are_told_at_once_to_whoever_may_ask_each()
    {
        const string functions = "Resources/AlertFunctions";
        await AlertAsync("heat", "Above", "A", "limit=90");
        await _platform.WriteAsync("Pump", "heat", 95);
        var summary = (await _platform.CallAsync(functions, "GetAlertSummary")).AsTable()!;
        (summary.RowCount, summary[0, "name"].ToString(), summary[0, "acknowledged"].AsBoolean()).ShouldBe((1, "A", false));
        await _platform.CallAsync(Pump, "AcknowledgeAlert", ("property", "heat"));
        (await _platform.CallAsync(functions, "GetAlertSummary", ("onlyUnacknowledged", true))).AsTable()!.RowCount.ShouldBe(0);
        (await _platform.CallAsync(functions, "QueryAlertHistory", ("oldestFirst", true))).AsTable()!.RowCount.ShouldBe(2);

        await _platform.MakeUserAsync("ann");
        await _platform.ShowAsync(functions);
        await _platform.AllowAsync(functions, "ann", Permission.ServiceInvoke);
        (await Rows("GetAlertSummary"), await Rows("QueryAlertHistory")).ShouldBe((0, 0));
        await _platform.ShowAsync(Pump);
        await _platform.AllowAsync(Pump, "ann", Permission.ServiceInvoke);
        (await Rows("GetAlertSummary"), await Rows("QueryAlertHistory")).ShouldBe((1, 2));

        async Task<int> Rows(string service) => (await _platform.InvokeAsync("ann", functions, service)).AsTable()!.RowCount;
    }

    private Task AlertAsync(string property, string type, string name, string limits, int priority = 1)
    {
        (string, object?)[] cells = [.. limits.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(part => part.Split('=')).Select(part => (part[0], (object?)part[1]))];
        return _platform.CallAsync(Pump, "AddOrUpdateAlert", ("property", property), ("alertType", type), ("alertName", name), ("priority", priority), ("attributes", cells.Length == 0 ? null : Tables.Row(cells)));
    }

    private async Task<string> StatusAsync(string thing = Pump) => (await _platform.CallAsync(thing, "GetAlertStatus", ("property", "heat"), ("alertName", "A"))).ToString();
}
