using System.Text;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Import;

/// <summary>Entity files: what is read, what is refused, and that a refusal changes nothing.</summary>
public sealed class ImporterTests : IAsyncLifetime
{
    private const string Plant = """
        <Entities majorVersion="9" universal="">
         <Things>
          <Thing name="Log" thingTemplate="Stream" enabled="true" published="true" tags="Plant:North" projectName="Demo" documentationContent="doc" homeMashup="m" description="all readings">
           <Owner name="Administrator" type="User"/>
           <DesignTimePermissions><Create/><Update><Principal name="edge" type="User" isPermitted="true"/></Update></DesignTimePermissions>
           <RunTimePermissions><Permissions resourceName="*"><ServiceInvoke><Principal name="Users" type="Group" isPermitted="false"/></ServiceInvoke></Permissions></RunTimePermissions>
           <VisibilityPermissions><Visibility><Principal name="Everyone" type="Organization" isPermitted="true"/></Visibility></VisibilityPermissions>
           <ConfigurationTables><ConfigurationTable name="Settings" isMultiRow="false"><DataShape><FieldDefinitions>
             <FieldDefinition name="dataShape" baseType="DATASHAPENAME"/></FieldDefinitions></DataShape><Rows><Row><dataShape><![CDATA[Reading]]></dataShape></Row></Rows></ConfigurationTable></ConfigurationTables>
          </Thing>
          <Thing name="Far" thingTemplate="RemoteStream" identifier="Log@B" valueStream="VS" enabled="false">
           <ConfigurationTables><ConfigurationTable name="Settings"><Rows><Row><dataShape>Reading</dataShape></Row></Rows></ConfigurationTable></ConfigurationTables></Thing>
          <Thing name="Pump" thingTemplate="GenericThing">
           <ThingShape>
            <PropertyDefinitions>
             <PropertyDefinition name="speed" baseType="NUMBER" category="c" description="d" isLocalOnly="true" ordinal="1" aspect.isPersistent="true" aspect.dataChangeType="ALWAYS" aspect.dataChangeThreshold="0.5" aspect.defaultValue="3" aspect.minimumValue="0" aspect.units="rpm"/>
             <PropertyDefinition name="table" baseType="INFOTABLE" aspect.isPersistent="true"/>
             <PropertyDefinition name="plan" baseType="JSON" aspect.isPersistent="true"/>
             <PropertyDefinition name="unset" baseType="STRING"/>
            </PropertyDefinitions>
            <ServiceDefinitions><ServiceDefinition name="Twice" description="doubles" category="k" isAllowOverride="true" isLocalOnly="true" isPrivate="false" aspect.isAsync="false">
             <ResultType name="result" baseType="NUMBER"/>
             <ParameterDefinitions><FieldDefinition name="x" baseType="NUMBER" aspect.isRequired="true" aspect.defaultValue="4"/></ParameterDefinitions></ServiceDefinition></ServiceDefinitions>
            <EventDefinitions><EventDefinition name="Burst" dataShape="Reading" description="e"/></EventDefinitions>
            <ServiceImplementations><ServiceImplementation name="Twice" handlerName="Script"><ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[result = x * 2;]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></ServiceImplementations>
            <Subscriptions><Subscription eventName="DataChange" source="" sourceProperty="speed" enabled="true"><ServiceImplementation name="Type.Thing:DataChange" handlerName="Script">
             <ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code>me.unset = "heard";</code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription></Subscriptions>
           </ThingShape>
           <ThingProperties>
            <speed><Value>20.5</Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp><Quality>BAD</Quality></speed>
            <table><Value><infoTable><DataShape><FieldDefinitions><FieldDefinition name="a" baseType="INTEGER"/></FieldDefinitions></DataShape><Rows><Row><a>7</a></Row></Rows></infoTable></Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp><Quality>GOOD</Quality></table>
            <plan><Value><json><![CDATA[{"a":1}]]></json></Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp><Quality>GOOD</Quality></plan>
            <unset><Value/><Timestamp>1970-01-01T00:00:00.000Z</Timestamp><Quality>UNKNOWN</Quality></unset>
            <foreign><Value>1</Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp></foreign>
           </ThingProperties>
          </Thing>
         </Things>
         <Users><User name="edge" enabled="true" locked="false" projectName="Demo"/></Users>
         <ApplicationKeys><ApplicationKey name="PlantKey" userNameReference="edge" clientName="c" ipWhitelist="10.0.0.0/8" expirationDate="2999-01-01T00:00:00.000Z" keyId="00000000-1111-2222-3333-444444444444"/></ApplicationKeys>
         <DataShapes><DataShape name="Reading" baseDataShape="Root"><FieldDefinitions><FieldDefinition name="temp" baseType="NUMBER" ordinal="0" aspect.isPrimaryKey="true"/></FieldDefinitions></DataShape>
          <DataShape name="Root"><FieldDefinitions><FieldDefinition name="unit" baseType="STRING"/></FieldDefinitions></DataShape></DataShapes>
         <Mashups><Mashup name="Home"/></Mashups>
        </Entities>
        """;

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task A_file_is_read_with_all_that_it_holds_whatever_the_order()
    {
        var report = (await ImportAsync(Plant)).Lines.Select(line => line.ToString()).ToList();
        report.ShouldContain("Thing [Log] imported.");
        report.ShouldContain("Mashups [Home] was passed over: this server does not keep Mashups yet.");

        var log = _platform.Thing("Log").Definition;
        (log.IsEnabled, log.IsPublished, log.Tags, log.ProjectName, log.DocumentationContent, log.HomeMashup, log.Description, log.Owner)
            .ShouldBe((true, true, "Plant:North", "Demo", "doc", "m", "all readings", "Administrator"));
        log.Permissions.ShouldBe(
        [
            new(Permission.None, "", "Everyone", PrincipalKind.Organization, true), new(Permission.Update, "", "edge", PrincipalKind.User, true),
            new(Permission.ServiceInvoke, "*", "Users", PrincipalKind.Group, false),
        ]);
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("temp", 1.0), ("unit", "C"))));
        (await _platform.CallAsync("Things/Log", "GetFieldNames")).Column("name").ShouldBe(["unit", "temp"]);

        var far = _platform.Thing("Far");
        (far.Definition.Identifier, far.Definition.ValueStream, far.IsRunning).ShouldBe(("Log@B", "VS", false));

        var pump = _platform.Thing("Pump");
        var speed = pump.Shape.FindProperty("speed")!;
        (speed.Category, speed.IsLocalOnly, speed.IsPersistent, speed.DataChangeType, speed.DataChangeThreshold, speed.DefaultValue.AsNumber(), speed.Field.Aspects.Text("units"))
            .ShouldBe(("c", true, true, "ALWAYS", 0.5, 3, "rpm"));
        (await _platform.ReadVtqAsync("Pump", "speed")).ShouldBe(new(Value.Number(20.5), 1704164645000, "BAD"));
        (await _platform.ReadAsync("Pump", "table")).AsTable()![0, "a"].ShouldBe(Value.Integer(7));
        (await _platform.ReadAsync("Pump", "plan")).ToString().ShouldBe("""{"a":1}""");
        await Until.TrueAsync(async () => (await _platform.ReadAsync("Pump", "unset")).ToString() == "heard", "the subscription has heard the imported value");
        var twice = pump.Shape.FindService("Twice")!.Definition;
        (twice.Description, twice.Category, twice.IsAllowOverride, twice.IsLocalOnly).ShouldBe(("doubles", "k", true, true));
        (await _platform.CallAsync("Things/Pump", "Twice")).AsNumber().ShouldBe(8);
        pump.Shape.FindEvent("Burst")!.DataShapeName.ShouldBe("Reading");
        var subscription = pump.Definition.Subscriptions.Single();
        subscription.Name.ShouldBe("Type.Thing:DataChange");
        subscription.Code.ShouldBe("me.unset = \"heard\";");
        subscription.IsEnabled.ShouldBeTrue();
        subscription.Events.ShouldHaveSingleItem().ShouldBe(new("DataChange", "", "speed"));

        _platform.Get<Principals>().Find("edge").Groups.ShouldBe([Principals.UsersName]);
        var key = (ApplicationKeyDefinition)_platform.Entities.Find(TestPlatform.Key("ApplicationKeys/PlantKey"))!.Definition;
        (key.UserName, key.ClientName, key.IpWhitelist, key.KeyHash).ShouldBe(("edge", "c", "10.0.0.0/8", Authenticator.HashKey("00000000-1111-2222-3333-444444444444")));
        EntityDocuments.Write(key).ShouldNotContain("1111-2222");
        await _platform.RestartAsync();
        (await _platform.ReadVtqAsync("Pump", "speed")).Quality.ShouldBe("BAD");
    }

    [Fact]
    public async Task A_second_import_keeps_ids_passwords_rows_and_keys()
    {
        await ImportAsync(Plant);
        await _platform.CallAsync("Users/edge", "SetPassword", ("newPassword", "edge-password"));
        await _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(("temp", 1.0))));
        var id = _platform.Thing("Log").Definition.Id;
        await ImportAsync(Plant.Replace(" keyId=\"00000000-1111-2222-3333-444444444444\"", "", StringComparison.Ordinal));
        _platform.Thing("Log").Definition.Id.ShouldBe(id);
        (await _platform.CallAsync("Things/Log", "GetStreamEntryCount")).AsNumber().ShouldBe(1);
        _platform.Get<Authenticator>().SignIn("edge", "edge-password").ShouldBe("edge");
        _platform.Get<Authenticator>().SignIn("00000000-1111-2222-3333-444444444444", System.Net.IPAddress.Parse("10.1.1.1")).Name.ShouldBe("PlantKey");
        _platform.Get<Principals>().Find("edge").Groups.ShouldBe([Principals.UsersName]);
    }

    [Fact]
    public async Task Every_fault_is_listed_by_line_and_nothing_is_changed()
    {
        var faults = await FaultsAsync("""
            <Entities>
             <Things>
              <Thing name="Good"/>
              <Thing name="a/b"/>
              <Thing/>
              <Thing name="Tags" tags="nonsense"/>
              <Thing name="Twice"><ThingShape><PropertyDefinitions><PropertyDefinition name="p" baseType="NUMBER"/><PropertyDefinition name="p" baseType="NUMBER"/></PropertyDefinitions></ThingShape></Thing>
              <Thing name="Type"><ThingShape><PropertyDefinitions><PropertyDefinition name="p" baseType="FLOAT"/></PropertyDefinitions></ThingShape></Thing>
              <Thing name="Sql"><ThingShape><ServiceDefinitions><ServiceDefinition name="s"/></ServiceDefinitions><ServiceImplementations><ServiceImplementation name="s" handlerName="SQLQuery"/></ServiceImplementations></ThingShape></Thing>
              <Thing name="Bare"><ThingShape><ServiceDefinitions><ServiceDefinition name="s"/></ServiceDefinitions></ThingShape></Thing>
              <Thing name="Secret"><ThingShape><PropertyDefinitions><PropertyDefinition name="p" baseType="PASSWORD" aspect.defaultValue="hush"/></PropertyDefinitions></ThingShape></Thing>
              <Thing name="Good"/>
             </Things>
             <ApplicationKeys><ApplicationKey name="K" userNameReference="Administrator" expirationDate="soon"/><ApplicationKey name="L" userNameReference="Administrator" ipWhitelist="everywhere"/></ApplicationKeys>
            </Entities>
            """);
        faults.Select(fault => fault.Split(':')[0]).ShouldBe(["Line 4", "Line 5", "Line 6", "Line 7", "Line 8", "Line 9", "Line 10", "Line 11", "Line 12", "Line 14", "Line 14"]);
        string.Join('\n', faults).ShouldNotContain("hush");
        faults[9].ShouldContain("'soon'");
        _platform.Entities.FindThing("Good").ShouldBeNull();
    }

    [Theory]
    [InlineData("""<Thing name="T" thingTemplate="Nope"/>""", "there is no ThingTemplate [Nope]")]
    [InlineData("""<Thing name="T" thingTemplate="Stream"><ConfigurationTables><ConfigurationTable name="Settings"><Rows><Row><dataShape>Nope</dataShape></Row></Rows></ConfigurationTable></ConfigurationTables></Thing>""", "there is no DataShape [Nope]")]
    [InlineData("""<Thing name="T" thingTemplate="Stream"><ConfigurationTables><ConfigurationTable name="Settings"><Rows><Row><dataShape>EntityList</dataShape></Row><Row><dataShape>EntityList</dataShape></Row></Rows></ConfigurationTable></ConfigurationTables></Thing>""", "holds one row, not 2")]
    [InlineData("""<Thing name="T" thingTemplate="Timer"><ConfigurationTables><ConfigurationTable name="Settings"><Rows><Row><updateRate>1</updateRate></Row></Rows></ConfigurationTable></ConfigurationTables></Thing>""", "updateRate must be 10 ms or more")]
    [InlineData("""<Thing name="T" thingTemplate="RemoteThing"><ThingShape><PropertyDefinitions><PropertyDefinition name="isConnected" baseType="BOOLEAN"/></PropertyDefinitions></ThingShape></Thing>""", "Property [isConnected] is that of ThingTemplate [RemoteThing]")]
    [InlineData("""<Thing name="T"><ThingShape><ServiceDefinitions><ServiceDefinition name="AddRunTimePermission"/></ServiceDefinitions><ServiceImplementations><ServiceImplementation name="AddRunTimePermission"/></ServiceImplementations></ThingShape></Thing>""", "Service [AddRunTimePermission] is that of ThingPackage [ConfiguredThing]")]
    [InlineData("""<Thing name="T"><ThingShape><ServiceDefinitions><ServiceDefinition name="s"/></ServiceDefinitions><ServiceImplementations><ServiceImplementation name="s"><code>var = ;</code></ServiceImplementation></ServiceImplementations></ThingShape></Thing>""", "T.s")]
    [InlineData("""<Thing name="T"><ThingShape><Subscriptions><Subscription eventName="ThingStart"><ServiceImplementation name="sub"><code>var = ;</code></ServiceImplementation></Subscription></Subscriptions></ThingShape></Thing>""", "T.sub")]
    [InlineData("""<Thing name="T"><ThingShape><PropertyDefinitions><PropertyDefinition name="p" baseType="NUMBER" aspect.maximumValue="5"/></PropertyDefinitions></ThingShape><ThingProperties><p><Value>6</Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp></p></ThingProperties></Thing>""", "Property [p] must be 5 or less")]
    public async Task What_cannot_work_is_refused_before_anything_is_changed(string thing, string reason)
    {
        var faults = await FaultsAsync($"<Entities>\n<Things>\n{thing}<Thing name=\"Other\"/></Things></Entities>");
        faults.Single().ShouldStartWith("Line 3: Thing [T]: ");
        faults.Single().ShouldContain(reason);
        _platform.Entities.FindThing("Other").ShouldBeNull();
    }

    [Fact]
    public async Task A_key_of_an_unknown_user_and_a_shape_of_an_unknown_base_are_refused()
    {
        var faults = await FaultsAsync("""<Entities><ApplicationKeys><ApplicationKey name="K" userNameReference="nobody"/><ApplicationKey name="S" userNameReference="System"/></ApplicationKeys><DataShapes><DataShape name="D" baseDataShape="Nope"/></DataShapes></Entities>""");
        faults.ShouldBe(
        [
            "Line 1: ApplicationKey [S]: User [System] cannot sign in, also not by a key.", "Line 1: ApplicationKey [K]: there is no User [nobody].", "Line 1: DataShape [D]: there is no DataShape [Nope].",
        ]);
    }

    [Theory]
    [InlineData("<Entities><Things>", "not XML")]
    [InlineData("<Things/>", "not <Entities>")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM \"file:///etc/hostname\">]><Entities>&e;</Entities>", "not XML")]
    public async Task What_is_no_entity_file_is_refused(string text, string reason) =>
        (await Should.ThrowAsync<PlatformException>(() => ImportAsync(text))).Message.ShouldContain(reason);

    [Fact]
    public async Task Making_asks_for_Create_and_replacing_for_Update()
    {
        await _platform.MakeUserAsync("ann");
        const string one = """<Entities><Things><Thing name="Pump" description="by ann"/></Things></Entities>""";
        (await RefusedAsync("ann", one)).Code.ShouldBe(ErrorCode.Forbidden);
        await _platform.AllowAsync("Resources/EntityServices", "ann", Permission.Create);
        await ImportAsync(one, "ann");
        (await RefusedAsync("ann", one)).Message.ShouldContain("authorized for Update in Thing [Pump]");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.Update);
        await ImportAsync(one, "ann");
    }

    [Fact]
    public async Task A_file_lends_nobody_the_rights_of_another_user()
    {
        await _platform.MakeUserAsync("ann");
        await _platform.AllowAsync("Resources/EntityServices", "ann", Permission.Create);
        const string key = """<Entities><ApplicationKeys><ApplicationKey name="K" userNameReference="Administrator" keyId="x"/></ApplicationKeys></Entities>""";
        const string timer = """<Entities><Things><Thing name="T" thingTemplate="Timer"><ConfigurationTables><ConfigurationTable name="Settings"><Rows><Row><runAsUser>Administrator</runAsUser></Row></Rows></ConfigurationTable></ConfigurationTables></Thing></Things></Entities>""";
        (await RefusedAsync("ann", key)).Message.ShouldContain("Update in User [Administrator]");
        (await RefusedAsync("ann", timer)).Message.ShouldContain("Update in User [Administrator]");
        await ImportAsync(key);
        await ImportAsync(timer);
    }

    [Fact]
    public async Task Secrets_in_a_table_that_no_template_has_are_protected_too()
    {
        await ImportAsync("""
            <Entities><Things><Thing name="T"><ConfigurationTables><ConfigurationTable name="Mail"><DataShape><FieldDefinitions><FieldDefinition name="pin" baseType="PASSWORD"/></FieldDefinitions></DataShape>
            <Rows><Row><pin>swordfish</pin></Row></Rows></ConfigurationTable></ConfigurationTables></Thing></Things></Entities>
            """);
        var document = EntityDocuments.Write(_platform.Thing("T").Definition);
        document.ShouldNotContain("swordfish");
        document.ShouldContain(MarkedSecrets.Mark);
        _platform.Get<EntityPages>().Show("Administrator", EntityKey.Thing("T")).ShouldNotContain(MarkedSecrets.Mark);
    }

    [Fact]
    public async Task A_key_without_an_end_lives_a_day()
    {
        await ImportAsync("""<Entities><ApplicationKeys><ApplicationKey name="K" userNameReference="Administrator" keyId="some-key"/></ApplicationKeys></Entities>""");
        _platform.Get<Authenticator>().SignIn("some-key", System.Net.IPAddress.Loopback);
    }

    private Task<ImportReport> ImportAsync(string xml, string user = "Administrator") =>
        _platform.Get<EntityImporter>().ImportAsync(user, new MemoryStream(Encoding.UTF8.GetBytes(xml)), CancellationToken.None);

    private async Task<PlatformException> RefusedAsync(string user, string xml) => await Should.ThrowAsync<PlatformException>(() => ImportAsync(xml, user));

    private async Task<string[]> FaultsAsync(string xml)
    {
        var refusal = await RefusedAsync("Administrator", xml);
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        var lines = refusal.Message.Split('\n');
        lines[0].ShouldBe("The file cannot be imported; nothing was changed.");
        return lines[1..];
    }
}
