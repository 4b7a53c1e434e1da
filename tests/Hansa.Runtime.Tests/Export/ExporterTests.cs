using System.Text;
using System.Xml.Linq;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Export;

/// <summary>Entities as a file: another server reads the same back, and no secret is in it.</summary>
public sealed class ExporterTests : IAsyncLifetime
{
    private const string Resource = "Resources/EntityServices";

    // One of everything that a file can hold.
    private const string Everything = """
        <Entities>
         <Projects><Project name="Demo" dependsOn="Base" packageVersion="2.1.0"/><Project name="Base"/></Projects>
         <ModelTags><ModelTag name="Plant" isDynamic="true"><VocabularyTerms><VocabularyTerm name="North" description="by the sea"/></VocabularyTerms></ModelTag></ModelTags>
         <DataTags><DataTag name="Shift"><VocabularyTerms><VocabularyTerm name="Night"/></VocabularyTerms></DataTag></DataTags>
         <DataShapes><DataShape name="Reading" baseDataShape="Root" projectName="Demo"><FieldDefinitions><FieldDefinition name="temp" baseType="NUMBER" ordinal="1" aspect.isPrimaryKey="true" aspect.defaultValue="3.5"/></FieldDefinitions></DataShape>
          <DataShape name="Root"><FieldDefinitions><FieldDefinition name="unit" baseType="STRING"/></FieldDefinitions></DataShape></DataShapes>
         <ThingShapes><ThingShape name="Heated"><PropertyDefinitions><PropertyDefinition name="heat" baseType="NUMBER" aspect.isPersistent="true"/></PropertyDefinitions></ThingShape></ThingShapes>
         <ThingTemplates><ThingTemplate name="Machine" baseThingTemplate="RemoteThing" valueStream="VS">
          <ImplementedShapes><ImplementedShape name="Heated"/></ImplementedShapes>
          <ConfigurationTableDefinitions><ConfigurationTableDefinition name="Mail" isMultiRow="true" ordinal="2" category="c"><DataShape><FieldDefinitions>
           <FieldDefinition name="host" baseType="STRING" aspect.isPrimaryKey="true"/><FieldDefinition name="pin" baseType="PASSWORD" ordinal="1"/></FieldDefinitions></DataShape></ConfigurationTableDefinition></ConfigurationTableDefinitions>
          <InstanceVisibilityPermissions><Visibility><Principal name="Everyone" type="Organization" isPermitted="true"/></Visibility></InstanceVisibilityPermissions>
         </ThingTemplate></ThingTemplates>
         <Things>
          <Thing name="Press" thingTemplate="Machine" enabled="true" published="true" identifier="press-4" tags="Plant:North" projectName="Demo" documentationContent="doc" homeMashup="m" description="a &lt;b&gt; &amp; &quot;c&quot;">
           <Owner name="Administrator" type="User"/>
           <DesignTimePermissions><Update><Principal name="edge" type="User" isPermitted="true"/></Update></DesignTimePermissions>
           <RunTimePermissions><Permissions resourceName="*"><ServiceInvoke><Principal name="Crew" type="Group" isPermitted="false"/></ServiceInvoke></Permissions></RunTimePermissions>
           <VisibilityPermissions><Visibility><Principal name="Works:East" type="OrganizationalUnit" isPermitted="true"/></Visibility></VisibilityPermissions>
           <ConfigurationTables><ConfigurationTable name="Mail"><Rows><Row><host>mail</host><pin>swordfish</pin></Row></Rows></ConfigurationTable></ConfigurationTables>
           <PropertyBindings><PropertyBinding name="copy" sourceThingName="Far" sourceName="name"/></PropertyBindings>
           <RemotePropertyBindings><RemotePropertyBinding name="speed" sourceName="rpm" pushType="DEADBAND" pushThreshold="0.5" aspect.cacheTime="-1" foldType="FOLD" aspect.startType="readEdgeValue" timeout="7"/></RemotePropertyBindings>
           <RemoteServiceBindings><RemoteServiceBinding name="Stop" sourceName="halt" timeout="2"/></RemoteServiceBindings>
           <RemoteEventBindings><RemoteEventBinding name="Burst" sourceName="bang"/></RemoteEventBindings>
           <AlertConfigurations><AlertDefinitions name="speed"><AlertDefinition name="Fast" alertType="Above" priority="2" enabled="true" description="too fast"><AlertAttributes>
            <DataShape><FieldDefinitions><FieldDefinition name="limit" baseType="NUMBER"/></FieldDefinitions></DataShape><Rows><Row><limit>90</limit></Row></Rows></AlertAttributes></AlertDefinition></AlertDefinitions></AlertConfigurations>
           <ThingShape>
            <PropertyDefinitions>
             <PropertyDefinition name="speed" baseType="NUMBER" category="c" description="d" isLocalOnly="true" ordinal="1" aspect.isPersistent="true" aspect.dataChangeType="ALWAYS" aspect.defaultValue="3" aspect.minimumValue="0" aspect.units="rpm"/>
             <PropertyDefinition name="copy" baseType="STRING"/>
             <PropertyDefinition name="note" baseType="STRING" aspect.isPersistent="true"/>
             <PropertyDefinition name="secret" baseType="PASSWORD" aspect.isPersistent="true"/>
             <PropertyDefinition name="where" baseType="LOCATION" aspect.isPersistent="true"/>
             <PropertyDefinition name="since" baseType="DATETIME" aspect.isPersistent="true"/>
             <PropertyDefinition name="table" baseType="INFOTABLE" aspect.isPersistent="true"/>
            </PropertyDefinitions>
            <ServiceDefinitions>
             <ServiceDefinition name="Twice" description="doubles" category="k" isAllowOverride="true"><ResultType name="result" baseType="NUMBER"/><ParameterDefinitions><FieldDefinition name="x" baseType="NUMBER" aspect.isRequired="true"/></ParameterDefinitions></ServiceDefinition>
             <ServiceDefinition name="Stop"/>
            </ServiceDefinitions>
            <EventDefinitions><EventDefinition name="Burst" dataShape="Reading" description="e" category="x"/></EventDefinitions>
            <ServiceImplementations><ServiceImplementation name="Twice" handlerName="Script"><ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[
        // a < b && "c"
        result = x * 2;
        ]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></ServiceImplementations>
            <Subscriptions><Subscription name="Watch" ordered="true" enabled="false" description="w"><Events><Event eventName="DataChange" source="" sourceProperty="speed"/><Event eventName="Burst" source="Far"/></Events>
             <ServiceImplementation name="Watch" handlerName="Script"><ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code>me.note = "heard";</code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription></Subscriptions>
           </ThingShape>
           <ThingProperties>
            <speed><Value>20.5</Value><Timestamp>2024-01-02T03:04:05.678Z</Timestamp><Quality>BAD</Quality></speed>
            <note><Value> first
        second </Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp></note>
            <secret><Value>open sesame</Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp></secret>
            <where><Value>53.86,10.68,12</Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp></where>
            <since><Value>2023-01-02T03:04:05.000Z</Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp></since>
            <table><Value><infoTable><DataShape><FieldDefinitions><FieldDefinition name="a" baseType="INTEGER"/></FieldDefinitions></DataShape><Rows><Row><a>7</a></Row></Rows></infoTable></Value><Timestamp>2024-01-02T03:04:05.000Z</Timestamp></table>
           </ThingProperties>
          </Thing>
          <Thing name="Far" thingTemplate="GenericThing" enabled="false"/>
         </Things>
         <Networks><Network name="Line"><Connections><Connection from="" to="Press" connectionType="root"/><Connection from="Press" to="Far" connectionType="feeds"/></Connections></Network></Networks>
         <Users><User name="edge" enabled="true" locked="true" projectName="Demo"/></Users>
         <Groups><Group name="Crew"><Members><Members><Member name="edge" type="User"/></Members></Members></Group></Groups>
         <Organizations><Organization name="Works"><Connections><Connection from="" to="Works"/><Connection from="Works" to="East"/></Connections>
          <OrganizationalUnits><OrganizationalUnit name="Works"/><OrganizationalUnit name="East" description="e"><Members><Members><Member name="Crew" type="Group"/></Members></Members></OrganizationalUnit></OrganizationalUnits></Organization></Organizations>
         <ApplicationKeys><ApplicationKey name="PlantKey" userNameReference="edge" clientName="c" ipWhitelist="10.0.0.0/8" expirationDate="2999-01-01T00:00:00.000Z" keyId="00000000-1111-2222-3333-444444444444"/></ApplicationKeys>
        </Entities>
        """;

    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync();
        await ImportAsync(_platform, Everything);
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task Another_server_reads_the_same_back()
    {
        var file = await ExportAsync(_platform);
        await using var other = await TestPlatform.StartAsync();
        await ImportAsync(other, file);
        (await ExportAsync(other)).ShouldBe(file);
        foreach (var entity in EntityKinds.All.SelectMany(_platform.Entities.All).Where(entity => !entity.Definition.IsSystemObject && entity.Key.Kind != EntityKind.ApplicationKeys))
            EntityDocuments.Differences(WithoutSecrets(entity.Definition), WithoutSecrets(other.Entities.Find(entity.Key)!.Definition)).Where(member => member is not ("id" or "lastModified")).ShouldBeEmpty(entity.Name);
        other.Thing("Press").Properties.Read("speed").ShouldBe(new(Value.Number(20.5), 1704164645678, "BAD"));
        (await other.ReadAsync("Press", "note")).ToString().ShouldBe((await _platform.ReadAsync("Press", "note")).ToString());
        (await other.ReadAsync("Press", "table")).AsTable()![0, "a"].ShouldBe(Value.Integer(7));
    }

    [Fact]
    public async Task No_secret_is_in_a_file_and_an_import_keeps_those_that_are_there()
    {
        var file = await ExportAsync(_platform);
        foreach (var secret in new[] { "swordfish", "open sesame", "1111-2222", "********", MarkedSecrets.Mark })
            file.ShouldNotContain(secret);
        var stored = Pin();
        stored.ShouldNotBeEmpty();
        await ImportAsync(_platform, file);
        Pin().ShouldBe(stored);
        _platform.Thing("Press").Properties.Read("secret").Value.ToString().ShouldBe(ConfigurationSecrets.MaskText);

        string Pin() => _platform.Thing("Press").Definition.ConfigurationTables["Mail"][0, "pin"].ToString();
    }

    [Fact]
    public async Task A_project_a_collection_tags_or_rows_say_what_is_wanted()
    {
        (await NamesAsync(("projectName", "Demo"))).ShouldBe(["Demo", "Reading", "Press", "edge"]);
        (await NamesAsync(("collection", "DataShapes"))).ShouldBe(["Reading", "Root"]);
        (await NamesAsync(("tags", "Plant:North"))).ShouldBe(["Press"]);
        (await NamesAsync(("entities", Tables.Of([("type", BaseType.STRING), ("name", BaseType.STRING)], ["Thing", "Far"], ["DataShape", "Root"])))).ShouldBe(["Root", "Far"]);
    }

    [Fact]
    public async Task What_may_not_be_read_is_left_out_and_refused_by_name()
    {
        await _platform.MakeUserAsync("ann");
        await _platform.ShowAsync(Resource);
        await _platform.AllowAsync(Resource, "ann", Permission.ServiceInvoke);
        (await _platform.InvokeAsync("ann", Resource, "ExportEntities")).ToString().ShouldNotContain("Far");
        await _platform.ShowAsync("Things/Far");
        (await RefusedAsync("ann", "Thing", "Far")).Code.ShouldBe(ErrorCode.Forbidden);
        (await RefusedAsync("ann", "DataShape", "Root")).Code.ShouldBe(ErrorCode.NotFound);
        (await RefusedAsync(TestPlatform.Administrator, "User", "Administrator")).Message.ShouldContain("part of every server");
        (await RefusedAsync(TestPlatform.Administrator, "Subsystem", "LoggingSubsystem")).Message.ShouldContain("Files do not hold Subsystems");
    }

    [Fact]
    public async Task A_check_tells_what_an_import_would_do_and_changes_nothing()
    {
        const string file = """
            <Entities><Things>
             <Thing name="Far"/>
             <Thing name="New"/>
             <Thing name="Lost" thingTemplate="Stream"><ConfigurationTables><ConfigurationTable name="Settings"><Rows><Row><dataShape>Nope</dataShape></Row></Rows></ConfigurationTable></ConfigurationTables>
              <PropertyBindings><PropertyBinding name="none" sourceThingName="Far" sourceName="name"/></PropertyBindings></Thing>
            </Things><Mashups><Mashup name="Home"/></Mashups></Entities>
            """;
        var report = await _platform.Get<EntityImporter>().CheckAsync(TestPlatform.Administrator, Stream(file), CancellationToken.None);
        report.Lines.Select(line => (line.Line, line.Name, line.Outcome)).ShouldBe(
            [(4, "Lost", ImportOutcome.Failed), (4, "Lost", ImportOutcome.Failed), (2, "Far", ImportOutcome.Replaced), (3, "New", ImportOutcome.Created), (6, "Home", ImportOutcome.PassedOver)]);
        report.Lines[0].Reason.ShouldContain("Property [none] is bound and not defined");
        report.Lines[1].Reason.ShouldContain("there is no DataShape [Nope]");
        _platform.Entities.FindThing("New").ShouldBeNull();
    }

    private static Stream Stream(string xml) => new MemoryStream(Encoding.UTF8.GetBytes(xml));

    private static Task ImportAsync(TestPlatform platform, string xml) => platform.Get<EntityImporter>().ImportAsync(TestPlatform.Administrator, Stream(xml), CancellationToken.None);

    private static async Task<string> ExportAsync(TestPlatform platform, params (string, object?)[] what) => (await platform.CallAsync(Resource, "ExportEntities", what)).ToString();

    private static EntityDefinition WithoutSecrets(EntityDefinition definition) =>
        definition with { ConfigurationTables = definition.ConfigurationTables.SetItems(definition.ConfigurationTables.Select(table => KeyValuePair.Create(table.Key, ConfigurationSecrets.Without(table.Value)))) };

    private async Task<string[]> NamesAsync((string, object?) what) =>
        [.. XDocument.Parse(await ExportAsync(_platform, what)).Root!.Elements().Elements().Select(element => element.Attribute("name")!.Value)];

    private Task<PlatformException> RefusedAsync(string user, string type, string name) =>
        _platform.RefusedAsync(user, Resource, "ExportEntities", ("entities", Tables.Of([("type", BaseType.STRING), ("name", BaseType.STRING)], [type, name])));
}
