using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Hansa.Storage;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Things;

/// <summary>Configuration tables, on a subsystem of the test's own with one table of each sort.</summary>
public sealed class ConfigurationTests : IAsyncLifetime
{
    private const string Harbour = "Subsystems/Harbour";
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync(configure: services => services.AddBuiltIn<HarbourSubsystem>());

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_table_of_one_row_gives_its_defaults_until_it_is_saved()
    {
        var table = await GetAsync("Master");
        table.RowCount.ShouldBe(1);
        table[0, "berths"].ShouldBe(Value.Integer(12));
        table[0, "name"].IsNull.ShouldBeTrue();
        (await GetAsync("Ships")).RowCount.ShouldBe(0);
        await SetAsync("Master", Tables.Row(("name", "Lübeck")));
        (await GetAsync("Master"))[0, "berths"].ShouldBe(Value.Integer(12));
        (await GetAsync("Master"))[0, "name"].ToString().ShouldBe("Lübeck");
    }

    [Fact]
    public async Task Secrets_are_masked_in_answers_and_cipher_text_on_disk()
    {
        await SetAsync("Ships", Ships(("Kogge", "sail-away")));
        (await GetAsync("Ships"))[0, "code"].ToString().ShouldBe(ConfigurationSecrets.MaskText);
        _platform.Get<EntityPages>().Show("Administrator", TestPlatform.Key(Harbour)).ShouldNotContain(MarkedSecrets.Mark);
        _platform.Get<EntityPages>().Show("Administrator", TestPlatform.Key(Harbour)).ShouldContain(ConfigurationSecrets.MaskText);
        var document = await DocumentAsync();
        document.ShouldContain(MarkedSecrets.Mark);
        document.ShouldNotContain("sail-away");
        Secret("Kogge").ShouldBe("sail-away");
        _platform.Log.Lines.ShouldAllBe(line => !line.Contains("sail-away", StringComparison.Ordinal));
        await _platform.RestartAsync();
        Secret("Kogge").ShouldBe("sail-away");
    }

    [Fact]
    public async Task A_masked_secret_keeps_that_of_the_row_with_the_same_key()
    {
        await SetAsync("Ships", Ships(("Kogge", "one-one-1"), ("Holk", "two-two-2")));
        await SetAsync("Ships", Ships(("Holk", ConfigurationSecrets.MaskText), ("Kogge", "new-new-3")));
        Secret("Holk").ShouldBe("two-two-2");
        Secret("Kogge").ShouldBe("new-new-3");
        (await RefusedAsync("SetConfigurationTable", "Ships", "configurationTable", Ships(("Kraweel", ConfigurationSecrets.MaskText)))).Message.ShouldContain("row 1: code is masked and none is stored");
    }

    [Fact]
    public async Task Without_a_key_a_masked_secret_keeps_that_of_its_own_row()
    {
        InfoTable Rows(params string[] codes) => Tables.Of([("code", BaseType.STRING)], [.. codes.Select(code => new object?[] { code })]);
        await SetAsync("Pilots", Rows("first-1", "second-2"));
        await SetAsync("Pilots", Rows(ConfigurationSecrets.MaskText, ConfigurationSecrets.MaskText));
        var stored = Entity.Configuration("Pilots");
        new[] { 0, 1 }.Select(row => Secrets.Open(stored[row, "code"])).ShouldBe(["first-1", "second-2"]);
        (await RefusedAsync("SetConfigurationTable", "Pilots", "configurationTable", Rows("a", "b", ConfigurationSecrets.MaskText))).Message.ShouldContain("row 3");
    }

    [Fact]
    public async Task Rows_are_added_replaced_and_deleted_by_their_key()
    {
        await SetAsync("Ships", Ships(("Kogge", "one-one-1"), ("Holk", "two-two-2")));
        await _platform.CallAsync(Harbour, "SetConfigurationTableRows", ("tableName", "Ships"), ("values", Ships(("Holk", "new-new-3"), ("Kraweel", "third-3"))));
        (await GetAsync("Ships")).Column("name").ShouldBe(["Kogge", "Holk", "Kraweel"]);
        Secret("Holk").ShouldBe("new-new-3");
        await _platform.CallAsync(Harbour, "DeleteConfigurationTableRows", ("tableName", "Ships"), ("values", Tables.Row(("name", "Kogge"))));
        (await GetAsync("Ships")).Column("name").ShouldBe(["Holk", "Kraweel"]);
        await _platform.CallAsync(Harbour, "DeleteAllConfigurationTableRows", ("tableName", "Ships"));
        (await GetAsync("Ships")).RowCount.ShouldBe(0);
        (await _platform.CallAsync(Harbour, "IsMultiRowTable", ("tableName", "Ships"))).AsBoolean().ShouldBeTrue();
        (await _platform.CallAsync(Harbour, "IsMultiRowTable", ("tableName", "Master"))).AsBoolean().ShouldBeFalse();
    }

    [Fact]
    public async Task What_is_wrong_is_named_and_nothing_is_changed()
    {
        await SetAsync("Ships", Ships(("Kogge", "one-one-1")));
        var before = await DocumentAsync();
        (await RefusedAsync("SetConfigurationTable", "Ships", "configurationTable", Ships(("", "x")))).Message.ShouldContain("row 1: '' as name is missing");
        (await RefusedAsync("SetConfigurationTable", "Ships", "configurationTable", Ships(("A", "x"), ("A", "y")))).Message.ShouldContain("row 2: 'A' as name is there twice");
        var unknown = await RefusedAsync("SetConfigurationTable", "Boats", "configurationTable", Ships());
        unknown.Code.ShouldBe(ErrorCode.NotFound);
        unknown.Message.ShouldContain("it has Master, Ships, Pilots");
        (await RefusedAsync("SetConfigurationTable", "Master", "configurationTable", Tables.Of([("name", BaseType.STRING)], ["a"], ["b"]))).Message.ShouldContain("holds one row, not 2");
        (await RefusedAsync("SetConfigurationTable", "Master", "configurationTable", Tables.Row(("berths", "many")))).Message.ShouldContain("'berths'");
        (await RefusedAsync("SetConfigurationTable", "Master", "configurationTable", Tables.Row(("berths", -1)))).Message.ShouldBe("A harbour has berths.");
        (await RefusedAsync("SetConfigurationTableRows", "Pilots", "values", Tables.Row(("code", "x")))).Message.ShouldContain("has no key");
        (await DocumentAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Changes_at_the_same_time_are_all_kept()
    {
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => Task.Run(() =>
            _platform.CallAsync(Harbour, "SetConfigurationTableRows", ("tableName", "Ships"), ("values", Ships(($"S{i}", $"code-{i}")))))));
        (await GetAsync("Ships")).RowCount.ShouldBe(20);
        Secret("S7").ShouldBe("code-7");
    }

    [Fact]
    public async Task Reading_asks_for_Read_and_changing_for_Update()
    {
        await _platform.MakeUserAsync("ann");
        await _platform.ShowAsync(Harbour);
        await _platform.AllowAsync(Harbour, "ann", Permission.ServiceInvoke);
        (await _platform.RefusedAsync("ann", Harbour, "GetConfigurationTable", ("tableName", "Master"))).Message.ShouldContain("authorized for Read");
        Should.Throw<PlatformException>(() => _platform.Get<EntityPages>().Show("ann", TestPlatform.Key(Harbour))).Message.ShouldContain("authorized for Read");
        await _platform.AllowAsync(Harbour, "ann", Permission.Read);
        await _platform.InvokeAsync("ann", Harbour, "GetConfigurationTable", ("tableName", "Master"));
        _platform.Get<EntityPages>().Show("ann", TestPlatform.Key(Harbour)).ShouldContain("\"name\":\"Harbour\"");
        (await _platform.RefusedAsync("ann", Harbour, "SetConfigurationTable", ("tableName", "Master"), ("configurationTable", Tables.Row(("name", "x"))))).Message.ShouldContain("authorized for Update");
    }

    private Entity Entity => _platform.Entities.Find(TestPlatform.Key(Harbour))!;

    private ConfigurationSecrets Secrets => _platform.Get<ConfigurationSecrets>();

    private static InfoTable Ships(params (string Name, string Code)[] ships) =>
        Tables.Of([("name", BaseType.STRING), ("code", BaseType.STRING)], [.. ships.Select(ship => new object?[] { ship.Name, ship.Code })]);

    private string Secret(string ship)
    {
        var rows = Entity.Configuration("Ships");
        return Secrets.Open(rows[Enumerable.Range(0, rows.RowCount).Single(row => rows[row, "name"].ToString() == ship), "code"]);
    }

    private async Task<InfoTable> GetAsync(string table) => (await _platform.CallAsync(Harbour, "GetConfigurationTable", ("tableName", table))).AsTable()!;

    private Task SetAsync(string table, InfoTable rows) => _platform.CallAsync(Harbour, "SetConfigurationTable", ("tableName", table), ("configurationTable", rows));

    private Task<PlatformException> RefusedAsync(string service, string table, string parameter, InfoTable rows) =>
        _platform.RefusedAsync("Administrator", Harbour, service, ("tableName", table), (parameter, rows));

    private async Task<string> DocumentAsync() =>
        (await _platform.Get<IStorage>().Model.LoadEntitiesAsync(CancellationToken.None)).Single(record => record.Name == "Harbour").Document;

    private sealed class HarbourSubsystem : Subsystem
    {
        public override string Name => "Harbour";

        public override bool IsRunning => true;

        public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables =>
        [
            new("Master", "", new([new("name", BaseType.STRING), new("berths", BaseType.INTEGER, "", 1) { Aspects = Aspects.Of(("defaultValue", Value.Integer(12))) }]), Check: CheckMaster),
            new("Ships", "", DataShape.Of(("name", BaseType.STRING), ("code", BaseType.PASSWORD)), IsMultiRow: true, Key: "name"),
            new("Pilots", "", DataShape.Of(("code", BaseType.PASSWORD)), IsMultiRow: true),
        ];

        public override Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public override Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        private static void CheckMaster(InfoTable table)
        {
            if (table[0, "berths"].AsLong() < 0)
                throw new PlatformException(ErrorCode.BadRequest, "A harbour has berths.");
        }
    }
}
