using System.Net;
using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>The page "Configuring a Federation", from its first to its last step, over REST on two real servers.</summary>
public sealed class ThePageTests
{
    private const string Federation = "Subsystems/FederationSubsystem";

    private static readonly (string Name, string Type)[] Reading =
    [
        ("cpu", "NUMBER"), ("memory", "NUMBER"), ("load", "NUMBER"), ("diskRead", "NUMBER"), ("diskWrite", "NUMBER"),
        ("netIn", "NUMBER"), ("netOut", "NUMBER"), ("processes", "INTEGER"), ("running", "BOOLEAN"), ("host", "STRING"),
    ];

    [Fact]
    public async Task Every_step_of_the_page_works_and_still_does_after_a_restart_of_both_servers()
    {
        await using var pair = await FederatedPair.StartAsync();
        var (a, b) = (pair.A, pair.B);

        // Configuring Server B: the key is never shown, and the name is what was entered.
        var shown = (await b.CallAsync(Federation, "GetConfigurationTable", new() { ["tableName"] = "FederationSubscribers" }))![0]!;
        shown.ToJsonString().ShouldNotContain(pair.Key);
        (await b.CallAsync(Federation, "GetServerName"))!.GetValue<string>().ShouldBe("ServerB");

        // A row saved with its masked key keeps the key.
        await pair.SubscribeAsync((JsonObject)shown.DeepClone());
        await b.CallAsync(Federation, "Restart");
        await pair.UntilConnectedAsync();

        await pair.MakeStreamAsync("MachineStream", Reading);
        await b.MakeThingAsync("HiddenStream", "Stream", "MachineStream.Shape", published: true);
        var offered = (await b.CallAsync(Federation, "GetPublishedThings", new() { ["subscriberName"] = "ServerA" }))!.AsArray().Select(row => row!["name"]!.GetValue<string>());
        offered.ShouldBe(["MachineStream"]);

        // Configuring Server A: both readings of "Thing Name@Logical Server Name" lead to the stream; what is hidden stays unbound.
        await a.MakeThingAsync("RemoteByRow", "RemoteStream", "MachineStream.Shape", "MachineStream@ServerA");
        await pair.UntilBoundAsync("RemoteByRow");
        await a.MakeThingAsync("RemoteHidden", "RemoteStream", "MachineStream.Shape", "HiddenStream@ServerB");
        (await a.ReadAsync("RemoteHidden", "isConnected"))!.GetValue<bool>().ShouldBeFalse();

        for (var i = 0; i < 10; i++)
            await AddAsync(a, Row(i), 1_700_000_000_000 + i * 5000);
        (await b.CallAsync("Things/MachineStream", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(10);
        await CompareAsync(pair);

        await pair.ServerA.StopAsync();
        await pair.ServerB.StopAsync();
        await pair.ServerA.StartAsync();
        await pair.ServerB.StartAsync();
        await pair.UntilBoundAsync("RemoteMachineStream");
        await AddAsync(a, Row(10), 1_700_000_050_000);
        (await a.CallAsync("Things/RemoteMachineStream", "GetStreamEntryCount"))!.GetValue<double>().ShouldBe(11);
        await CompareAsync(pair);
    }

    [Fact]
    public async Task The_steps_are_the_same_for_a_value_stream_a_data_table_a_wiki_and_a_blog()
    {
        await using var pair = await FederatedPair.StartAsync();
        var (a, b) = (pair.A, pair.B);
        await pair.MakeKindAsync("ValueStream", "History");
        await pair.MakeKindAsync("DataTable", "Parts", "id", ("id", "STRING"), ("amount", "NUMBER"));
        await pair.MakeKindAsync("Wiki", "Manual");
        await pair.MakeKindAsync("Blog", "News");

        foreach (var thing in new[] { "History", "Parts", "Manual", "News" })
        {
            (await b.CallAsync($"Things/{thing}", "GetPersistenceProvider"))!.GetValue<string>().ShouldBe("ThingworxPersistenceProvider");
            await b.CallAsync($"Things/{thing}", "SetPersistenceProvider", new() { ["name"] = "ThingworxPersistenceProvider" });
            (await a.TryAsync(HttpMethod.Post, $"Things/Remote{thing}/Services/GetPersistenceProvider", new JsonObject())).Status.ShouldBe(HttpStatusCode.NotFound);
        }

        // A Thing on A logs through the RemoteValueStream; its history is asked on A and lies on B.
        await a.MakeThingAsync("Machine", "GenericThing");
        await a.CallAsync("Things/Machine", "AddPropertyDefinition", new() { ["name"] = "speed", ["type"] = "NUMBER", ["logged"] = true });
        await a.CallAsync("Things/Machine", "SetValueStream", new() { ["name"] = "RemoteHistory" });
        foreach (var speed in new[] { 1, 2, 3 })
            await a.WriteAsync("Machine", "speed", speed);
        async Task<int> ValuesAsync(RestClient client, string thing, string service, JsonObject parameters) => (await client.CallAsync($"Things/{thing}", service, parameters))!.AsArray().Count;
        (await ValuesAsync(a, "Machine", "QueryNumberPropertyHistory", new() { ["propertyName"] = "speed" })).ShouldBe(3);
        (await ValuesAsync(b, "History", "QueryNumberStreamEntries", new() { ["name"] = "speed", ["source"] = "Machine" })).ShouldBe(3);

        var part = Tables.Of([("id", "STRING"), ("amount", "NUMBER")], new JsonObject { ["id"] = "p1", ["amount"] = 5 });
        (await a.CallAsync("Things/RemoteParts", "AddDataTableEntry", new() { ["values"] = part }))!.GetValue<string>().ShouldBe("p1");
        var page = (await a.CallAsync("Things/RemoteManual", "AddWikiPage", new() { ["title"] = "Start", ["content"] = "<p>Turn the key.</p>" }))!.GetValue<string>();
        var entry = (await a.CallAsync("Things/RemoteNews", "AddBlogEntry", new() { ["title"] = "New pump", ["content"] = "<p>It runs.</p>" }))!.GetValue<string>();
        await a.CallAsync("Things/RemoteNews", "AddComment", new() { ["blogEntryId"] = entry, ["content"] = "At last" });

        await pair.ServerA.StopAsync();
        await pair.ServerB.KillAsync();
        await pair.ServerA.StartAsync();
        await pair.ServerB.StartAsync();
        foreach (var proxy in new[] { "RemoteHistory", "RemoteParts", "RemoteManual", "RemoteNews" })
            await pair.UntilBoundAsync(proxy);
        (await ValuesAsync(a, "Machine", "QueryNumberPropertyHistory", new() { ["propertyName"] = "speed" })).ShouldBe(3);
        foreach (var (client, prefix) in new[] { (a, "Remote"), (b, "") })
        {
            (await client.CallAsync($"Things/{prefix}Parts", "GetDataTableEntryByKey", new() { ["key"] = "p1" }))![0]!["amount"]!.GetValue<double>().ShouldBe(5);
            (await client.CallAsync($"Things/{prefix}Manual", "SearchWikiPages", new() { ["searchExpression"] = "key" }))![0]!["id"]!.GetValue<string>().ShouldBe(page);
            (await client.CallAsync($"Things/{prefix}News", "GetBlogEntryWithComments", new() { ["blogEntryId"] = entry }))![0]!["comments"]!["rows"]!.AsArray().Count.ShouldBe(1);
        }
    }

    [Fact]
    public async Task The_machine_saves_itself_by_timer_subscription_and_service()
    {
        await using var pair = await FederatedPair.StartAsync();
        await pair.MakeStreamAsync("MachineStream", Reading);
        var (status, report) = await pair.A.ImportAsync(MachineXml());
        status.ShouldBe(HttpStatusCode.OK, report);
        foreach (var (name, value) in Row(7))
            await pair.A.WriteAsync("MachineThing", name, value!.DeepClone());
        await Tables.UntilAsync(
            async () => (await pair.B.CallAsync("Things/MachineStream", "GetStreamEntryCount"))!.GetValue<double>() >= 3, "three entries by the timer", 15);
        var last = (await pair.B.CallAsync("Things/MachineStream", "QueryStreamEntriesWithData", new() { ["maxItems"] = 1 }))![0]!;
        last["source"]!.GetValue<string>().ShouldBe("MachineThing");
        last["sourceType"]!.GetValue<string>().ShouldBe("Thing");
        last["processes"]!.GetValue<int>().ShouldBe(307);
        last["host"]!.GetValue<string>().ShouldBe("Maschine-Ü-7");
        await pair.A.CallAsync("Things/EveryHalfSecond", "DisableTimer");
    }

    [Fact]
    public async Task What_changes_on_B_acts_on_A_at_once()
    {
        await using var pair = await FederatedPair.StartAsync();
        await pair.MakeStreamAsync("S", ("v", "NUMBER"));
        await pair.B.CallAsync("Things/S", "SetPublished", new() { ["publish"] = false });
        await pair.UntilBoundAsync("RemoteS", isBound: false);
        await pair.B.CallAsync("Things/S", "SetPublished", new() { ["publish"] = true });
        await pair.UntilBoundAsync("RemoteS");

        // Lost visibility.
        await pair.B.CallAsync("Things/S", "DeleteVisibilityPermission", new() { ["principal"] = "Everyone", ["principalType"] = "Organization" });
        await pair.UntilBoundAsync("RemoteS", isBound: false);
        await pair.B.OpenAsync("S");
        await pair.UntilBoundAsync("RemoteS");

        // Configuration.
        var row = pair.Row();
        row["enabled"] = false;
        await pair.SubscribeAsync(row);
        await pair.UntilBoundAsync("RemoteS", isBound: false);
        (await pair.StatusAsync())["isConnected"]!.GetValue<bool>().ShouldBeFalse();
        row = pair.Row();
        row["applicationKey"] = "wrong-key-that-nobody-made";
        await pair.SubscribeAsync(row);
        await Tables.UntilAsync(async () => (await pair.StatusAsync())["reason"]!.GetValue<string>().Contains("not known", StringComparison.Ordinal), "the reason to be shown");
        (await pair.A.ReadAsync("RemoteS", "isConnected"))!.GetValue<bool>().ShouldBeFalse();
        await pair.SubscribeAsync(pair.Row());
        await pair.UntilBoundAsync("RemoteS");

        // The key is revoked on A: its connections end.
        await pair.A.CallAsync("Resources/EntityServices", "DeleteApplicationKey", new() { ["name"] = "KeyForB" });
        await pair.UntilBoundAsync("RemoteS", isBound: false);
    }

    private static JsonObject Row(int i) => new()
    {
        ["cpu"] = i + 0.25, ["memory"] = 50.5, ["load"] = 1.5, ["diskRead"] = 10, ["diskWrite"] = 20, ["netIn"] = 1e6, ["netOut"] = 2e6,
        ["processes"] = 300 + i, ["running"] = i % 2 == 0, ["host"] = $"Maschine-Ü-{i}",
    };

    private static Task AddAsync(RestClient a, JsonObject row, long timestamp) => a.CallAsync("Things/RemoteMachineStream", "AddStreamEntry", new()
    {
        ["values"] = Tables.Of(Reading, row), ["source"] = "MachineThing", ["timestamp"] = timestamp, ["tags"] = "", ["location"] = null,
    });

    private static async Task CompareAsync(FederatedPair pair)
    {
        var query = new JsonObject { ["maxItems"] = 100, ["oldestFirst"] = true };
        var (_, onA) = await pair.A.TryAsync(HttpMethod.Post, "Things/RemoteMachineStream/Services/QueryStreamEntriesWithData", query.DeepClone());
        var (_, onB) = await pair.B.TryAsync(HttpMethod.Post, "Things/MachineStream/Services/QueryStreamEntriesWithData", query.DeepClone());
        onA.ShouldBe(onB);
    }

    private static string MachineXml()
    {
        var properties = string.Concat(Reading.Select((field, i) => $"""<PropertyDefinition name="{field.Name}" baseType="{field.Type}" ordinal="{i}" aspect.isPersistent="false"/>"""));
        var row = string.Join(", ", Reading.Select(field => $"{field.Name}: me.{field.Name}"));
        return $$"""
            <Entities><Things>
            <Thing name="MachineThing" thingTemplate="GenericThing" enabled="true"><ThingShape>
              <PropertyDefinitions>{{properties}}</PropertyDefinitions>
              <ServiceDefinitions><ServiceDefinition name="Save"><ResultType baseType="NOTHING" name="result"/></ServiceDefinition></ServiceDefinitions>
              <ServiceImplementations><ServiceImplementation name="Save" handlerName="Script"><ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[
                var row = Things["RemoteMachineStream"].CreateValues();
                row.AddRow({ {{row}} });
                Things["RemoteMachineStream"].AddStreamEntry({ values: row, source: me.name, tags: undefined, timestamp: new Date(), location: undefined });
              ]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></ServiceImplementations>
              <Subscriptions><Subscription name="OnTimer" enabled="true" eventName="Timer" source="EveryHalfSecond"><ServiceImplementation name="OnTimer" handlerName="Script">
                <ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[me.Save();]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription></Subscriptions>
            </ThingShape></Thing>
            <Thing name="EveryHalfSecond" thingTemplate="Timer" enabled="true"><ConfigurationTables><ConfigurationTable name="Settings"><Rows>
              <Row><updateRate>500</updateRate><runAsUser>Administrator</runAsUser><enabled>true</enabled></Row></Rows></ConfigurationTable></ConfigurationTables></Thing>
            </Things></Entities>
            """;
    }
}
