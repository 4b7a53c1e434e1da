using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Resources;

/// <summary>Resources of few services: sessions, encryption, scripts, devices, monitoring.</summary>
public sealed class ResourceTests : IAsyncLifetime
{
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeUserAsync("ann");
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_session_keeps_values_of_one_user_until_half_an_hour_without_use()
    {
        const string session = "Resources/CurrentSessionInfo";
        (await _platform.InvokeAsync("ann", session, "GetCurrentUser")).ToString().ShouldBe("ann");
        (await _platform.InvokeAsync("ann", session, "GetCurrentUserGroups")).Column("name").ShouldBe(["Users"]);
        await _platform.InvokeAsync("ann", session, "SetGlobalSessionStringValue", ("name", "site"), ("value", "North"));
        await _platform.InvokeAsync("ann", session, "SetGlobalSessionNumberValue", ("name", "limit"), ("value", "2.5"));
        await _platform.InvokeAsync("ann", session, "SetGlobalSessionInfoTableValue", ("name", "rows"), ("value", Tables.Row(("a", 1))));
        var values = (await _platform.InvokeAsync("ann", session, "GetGlobalSessionValues")).AsTable()!;
        values[0, "site"].ToString().ShouldBe("North");
        values[0, "limit"].ShouldBe(Value.Number(2.5));
        values[0, "rows"].AsTable()![0, "a"].AsLong().ShouldBe(1);
        (await _platform.CallAsync(session, "GetGlobalSessionValues")).AsTable()!.Shape.Fields.ShouldBeEmpty();

        _time.Advance(TimeSpan.FromMinutes(29));
        (await _platform.InvokeAsync("ann", session, "GetGlobalSessionValues")).AsTable()!.Shape.Fields.Length.ShouldBe(3);
        _time.Advance(TimeSpan.FromMinutes(31));
        (await _platform.InvokeAsync("ann", session, "GetGlobalSessionValues")).AsTable()!.Shape.Fields.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_session_has_bounds()
    {
        const string session = "Resources/CurrentSessionInfo";
        (await _platform.RefusedAsync("ann", session, "SetGlobalSessionStringValue", ("name", "big"), ("value", new string('x', SessionValues.MostBytes)))).Message.ShouldContain("'big'");
        (await _platform.RefusedAsync("ann", session, "SetGlobalSessionNumberValue", ("name", "n"), ("value", "much"))).Code.ShouldBe(ErrorCode.BadRequest);
        for (var i = 0; i < SessionValues.MostValues; i++)
            await _platform.InvokeAsync("ann", session, "SetGlobalSessionIntegerValue", ("name", $"v{i}"), ("value", i));
        (await _platform.RefusedAsync("ann", session, "SetGlobalSessionIntegerValue", ("name", "more"), ("value", 1))).Message.ShouldContain("100 values");
        await _platform.InvokeAsync("ann", session, "SetGlobalSessionIntegerValue", ("name", "v0"), ("value", 7));
    }

    [Fact]
    public async Task An_encrypted_text_is_opened_again_by_administrators_and_no_other_secret_is()
    {
        const string encryption = "Resources/EncryptionServices";
        var cipher = (await _platform.CallAsync(encryption, "EncryptPropertyValue", ("data", "anchor"))).ToString();
        cipher.ShouldNotContain("anchor");
        (await _platform.CallAsync(encryption, "DecryptPropertyValue", ("data", cipher))).ToString().ShouldBe("anchor");
        foreach (var other in new[] { _platform.Get<ISecretProtector>().Protect("a subscriber's key"), "sealed:no base64", "" })
            (await _platform.RefusedAsync("Administrator", encryption, "DecryptPropertyValue", ("data", other))).Code.ShouldBe(ErrorCode.BadRequest, other);
        await _platform.ShowAsync(encryption);
        await _platform.AllowAsync(encryption, "ann", Permission.ServiceInvoke);
        await _platform.InvokeAsync("ann", encryption, "EncryptPropertyValue", ("data", "mine"));
        (await _platform.RefusedAsync("ann", encryption, "DecryptPropertyValue", ("data", cipher))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    [Fact]
    public async Task A_script_is_checked_without_being_run()
    {
        (await CheckAsync("var a = 1; me.Nothing(); result = a;")).GetProperty("isValid").GetBoolean().ShouldBeTrue();
        var wrong = await CheckAsync("var a = 1;\nvar b = ;\n");
        wrong.GetProperty("isValid").GetBoolean().ShouldBeFalse();
        wrong.GetProperty("line").GetInt32().ShouldBe(2);
        wrong.GetProperty("message").GetString().ShouldNotBeNullOrEmpty();
        (await _platform.RefusedAsync("Administrator", "Resources/ScriptServices", "CheckScript")).Message.ShouldContain("script");

        async Task<JsonElement> CheckAsync(string script) =>
            JsonDocument.Parse((await _platform.CallAsync("Resources/ScriptServices", "CheckScript", ("script", script))).ToString()).RootElement;
    }

    [Fact]
    public async Task Devices_are_listed_with_what_is_bound_and_what_is_not()
    {
        const string devices = "Resources/DeviceFunctions";
        await _platform.MakeThingAsync("Crane", "RemoteThing");
        await _platform.CallAsync("Things/Crane", "SetIdentifier", ("identifier", "C1"));
        await _platform.MakeThingAsync("Gate", "RemoteStream");
        await _platform.MakeThingAsync("Pump");
        _platform.Endpoints.Bind("Crane");
        _platform.Endpoints.Loose.AddRange(["*X9", "Buoy"]);

        var bound = (await _platform.CallAsync(devices, "GetBoundRemoteThings")).AsTable()!;
        bound.Column("name").ShouldBe(["Crane"]);
        bound[0, "identifier"].ToString().ShouldBe("C1");
        bound[0, "thingTemplate"].ToString().ShouldBe("RemoteThing");
        bound[0, "isConnected"].AsBoolean().ShouldBeTrue();
        var loose = (await _platform.CallAsync(devices, "GetUnboundRemoteThings")).AsTable()!;
        loose.Column("name").ShouldBe(["Buoy", "X9"]);
        loose.Column("isIdentifier").ShouldBe(["false", "true"]);
        (await _platform.CallAsync(devices, "GetUnboundIdentifiers")).Column("name").ShouldBe(["X9"]);
        (await _platform.CallAsync(devices, "GetUnboundRemoteThings", ("maxItems", 1))).Column("name").ShouldBe(["Buoy"]);
        (await _platform.CallAsync(devices, "SearchDevices")).Column("name").ShouldBe(["Crane", "Gate"]);
        (await _platform.CallAsync(devices, "SearchDevices", ("nameMask", "c*"))).Column("name").ShouldBe(["Crane"]);
        (await _platform.CallAsync(devices, "SearchDevices", ("thingTemplate", "RemoteStream"))).Column("name").ShouldBe(["Gate"]);
        (await _platform.CallAsync(devices, "SearchDevices", ("query", """{"filters":{"type":"EQ","fieldName":"isConnected","value":false}}"""))).Column("name").ShouldBe(["Gate"]);
        (await _platform.RefusedAsync("ann", devices, "GetBoundRemoteThings")).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync(devices);
        await _platform.AllowAsync(devices, "ann", Permission.ServiceInvoke);
        (await _platform.InvokeAsync("ann", devices, "SearchDevices")).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task All_subsystems_are_told_with_their_state()
    {
        var status = (await _platform.CallAsync("Resources/SubsystemMonitoring", "GetSubsystemStatus")).AsTable()!;
        status.Column("name").ShouldBe(_platform.Entities.All(EntityKind.Subsystems).Select(subsystem => subsystem.Name));
        status.Column("status").ShouldAllBe(state => state == "running");
        Enumerable.Range(0, status.RowCount).ShouldAllBe(row => !status[row, "canStop"].AsBoolean(), "each is part of everything that this platform does");
    }

    [Fact]
    public async Task Out_of_the_box_users_see_three_resources_no_subsystem_and_no_log()
    {
        var ann = _platform.Get<Principals>().Find("ann");
        new[] { EntityKind.Resources, EntityKind.Subsystems, EntityKind.Logs, EntityKind.Collections }.SelectMany(_platform.Entities.All)
            .Where(entity => _platform.Get<Gate>().IsVisible(ann, entity)).Select(entity => entity.Name).ShouldBe(["CurrentSessionInfo", "InfoTableFunctions", "SearchFunctions"]);
        (await _platform.InvokeAsync("ann", "Resources/CurrentSessionInfo", "GetCurrentUser")).ToString().ShouldBe("ann");
    }
}
