using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Server.Demo;

/// <summary>The page "Configuring a Federation", step by step over REST, and the MachineThing that lives on it.</summary>
internal sealed class FederationStory(RestClient a, RestClient b, Uri addressOfA, Action<string> tell, TimeProvider time)
{
    public const string Machine = "MachineThing";
    public const string Stream = "MachineStream";
    public const string Remote = "RemoteMachineStream";
    private const string Shape = "MachineReading";
    private const string Publisher = "Publisher";
    private const string Timer = "EveryFiveSeconds";
    private const string Entities = "Resources/EntityServices";
    private const string Federation = "Subsystems/FederationSubsystem";

    /// <summary>Walks the page's steps up to a bound RemoteStream and a MachineThing that saves itself into it.</summary>
    public async Task WalkAsync(JsonObject firstReading, CancellationToken cancellationToken)
    {
        await ConfigureBAsync(cancellationToken);
        var key = await MakeKeyAsync(cancellationToken);
        await SubscribeAsync(key, cancellationToken);
        await ConfigureAAsync(cancellationToken);
        await a.ImportAsync(MachineXml(), cancellationToken);
        await a.WriteAsync(Machine, firstReading, cancellationToken);
        await WaitAsync(async () => (await a.ReadAsync(Remote, "isConnected", cancellationToken))?.GetValue<bool>() is true, "the RemoteStream to be bound", cancellationToken);
        await a.CallAsync($"Things/{Timer}", "EnableTimer", null, cancellationToken);
        await a.CallAsync($"Things/{Machine}", "Save", null, cancellationToken);
        tell($"A: {Machine} has ten properties; a Timer saves them to {Remote} every 5 seconds");
    }

    /// <summary>Whether B says that its subscriber A is connected.</summary>
    public async Task<(bool IsConnected, string Reason)> LinkAsync(CancellationToken cancellationToken)
    {
        var row = (await b.CallAsync(Federation, "GetSubscriberStatus", null, cancellationToken))?[0];
        return (row?["isConnected"]?.GetValue<bool>() is true, row?["reason"]?.GetValue<string>() ?? "");
    }

    private async Task ConfigureBAsync(CancellationToken cancellationToken)
    {
        await MakeShapeAsync(b, cancellationToken);
        await MakeThingAsync(b, Stream, "Stream", cancellationToken);
        await b.CallAsync($"Things/{Stream}", "SetPublished", new() { ["publish"] = true }, cancellationToken);
        await b.CallAsync(Entities, "CreateUser", new() { ["name"] = Publisher, ["description"] = "What this user sees is published to A." }, cancellationToken);
        await b.CallAsync($"Things/{Stream}", "AddVisibilityPermission", new() { ["principal"] = "Everyone", ["principalType"] = "Organization" }, cancellationToken);
        await b.CallAsync($"Things/{Stream}", "AddRunTimePermission", new()
        {
            ["type"] = "ServiceInvoke", ["resource"] = "*", ["principal"] = Publisher, ["principalType"] = "User", ["allow"] = true,
        }, cancellationToken);
        tell($"B: Stream {Stream} with Data Shape {Shape}, Published");
    }

    private async Task<string> MakeKeyAsync(CancellationToken cancellationToken)
    {
        await a.CallAsync(Entities, "CreateUser", new() { ["name"] = "ServerB", ["description"] = "Server B signs in as this user." }, cancellationToken);
        await a.CallAsync(Entities, "CreateApplicationKey", new()
        {
            ["name"] = "KeyForServerB", ["user"] = "ServerB", ["expirationDate"] = (time.GetUtcNow() + TimeSpan.FromDays(30)).ToUnixTimeMilliseconds(),
        }, cancellationToken);
        var key = (await a.CallAsync("ApplicationKeys/KeyForServerB", "GetKeyID", null, cancellationToken))!.GetValue<string>();
        tell("A: an Application Key for the access of server B");
        return key;
    }

    private async Task SubscribeAsync(string key, CancellationToken cancellationToken)
    {
        var uri = new UriBuilder(addressOfA) { Scheme = "ws", Path = "/Thingworx/WS" }.Uri;
        await b.CallAsync(Federation, "SetConfigurationTable", new()
        {
            ["tableName"] = "FederationSubscribers",
            ["persistent"] = true,
            ["configurationTable"] = Table(
                [("name", "STRING"), ("enabled", "BOOLEAN"), ("serverURI", "STRING"), ("applicationKey", "PASSWORD"), ("publishAsUser", "USERNAME"), ("pipeCount", "INTEGER")],
                new JsonObject
                {
                    ["name"] = "ServerA", ["enabled"] = true, ["serverURI"] = uri.ToString(), ["applicationKey"] = key, ["publishAsUser"] = Publisher, ["pipeCount"] = 4,
                }),
        }, cancellationToken);
        await WaitAsync(async () => (await LinkAsync(cancellationToken)).IsConnected, "the link from B to A", cancellationToken);
        tell($"B: FederationSubsystem publishes to ServerA at {uri}, as user {Publisher}: connected");
    }

    private async Task ConfigureAAsync(CancellationToken cancellationToken)
    {
        await MakeShapeAsync(a, cancellationToken);
        await MakeThingAsync(a, Remote, "RemoteStream", cancellationToken);
        await a.CallAsync($"Things/{Remote}", "SetIdentifier", new() { ["identifier"] = $"{Stream}@ServerB" }, cancellationToken);
        tell($"A: RemoteStream {Remote} with Identifier {Stream}@ServerB");
    }

    private static async Task MakeShapeAsync(RestClient server, CancellationToken cancellationToken)
    {
        var rows = MachineReadings.Fields.Select((field, i) => new JsonObject
        {
            ["name"] = field.Name, ["description"] = field.Meaning, ["baseType"] = field.BaseType, ["ordinal"] = i,
        });
        await server.CallAsync(Entities, "CreateDataShape", new()
        {
            ["name"] = Shape,
            ["description"] = "One reading of a machine.",
            ["fields"] = Table([("name", "STRING"), ("description", "STRING"), ("baseType", "STRING"), ("ordinal", "INTEGER")], [.. rows]),
        }, cancellationToken);
    }

    private static async Task MakeThingAsync(RestClient server, string name, string template, CancellationToken cancellationToken)
    {
        await server.CallAsync(Entities, "CreateThing", new() { ["name"] = name, ["thingTemplateName"] = template }, cancellationToken);
        await server.CallAsync($"Things/{name}", "SetDataShape", new() { ["name"] = Shape }, cancellationToken);
        await server.CallAsync($"Things/{name}", "EnableThing", null, cancellationToken);
    }

    private async Task WaitAsync(Func<Task<bool>> condition, string what, CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        while (!await condition())
        {
            if (time.GetElapsedTime(started) > TimeSpan.FromSeconds(30))
                throw new PlatformException(ErrorCode.Timeout, $"Waited 30 s for {what}. {(await LinkAsync(cancellationToken)).Reason}");
            await Task.Delay(TimeSpan.FromMilliseconds(50), time, cancellationToken);
        }
    }

    private static JsonObject Table(IReadOnlyList<(string Name, string Type)> fields, params JsonObject[] rows)
    {
        var definitions = new JsonObject();
        foreach (var (name, type) in fields)
            definitions[name] = new JsonObject { ["name"] = name, ["description"] = "", ["baseType"] = type, ["ordinal"] = definitions.Count, ["aspects"] = new JsonObject() };
        return new() { ["dataShape"] = new JsonObject { ["fieldDefinitions"] = definitions }, ["rows"] = new JsonArray([.. rows]) };
    }

    private static string MachineXml()
    {
        var properties = string.Concat(MachineReadings.Fields.Select((field, i) =>
            $"""<PropertyDefinition name="{field.Name}" baseType="{field.BaseType}" description="{field.Meaning}" category="" isLocalOnly="false" ordinal="{i}" aspect.dataChangeType="VALUE"/>"""));
        var row = string.Join(", ", MachineReadings.Fields.Select(field => $"{field.Name}: me.{field.Name}"));
        return $$"""
            <Entities majorVersion="9" minorVersion="6" universal=""><Things>
            <Thing name="{{Machine}}" description="The very machine that this demo runs on." thingTemplate="GenericThing" enabled="true" published="false" identifier="">
              <ThingShape>
                <PropertyDefinitions>{{properties}}</PropertyDefinitions>
                <ServiceDefinitions><ServiceDefinition name="Save" description="Saves the properties to the stream on B."><ResultType baseType="NOTHING" name="result"/><ParameterDefinitions/></ServiceDefinition></ServiceDefinitions>
                <ServiceImplementations><ServiceImplementation name="Save" handlerName="Script"><ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[
            var values = Things["{{Remote}}"].CreateValues();
            values.AddRow({ {{row}} });
            Things["{{Remote}}"].AddStreamEntry({ values: values, source: me.name });
            ]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></ServiceImplementations>
                <Subscriptions><Subscription name="OnTimer" enabled="true" eventName="Timer" source="{{Timer}}" sourceProperty="" sourceType="Thing"><ServiceImplementation name="OnTimer" handlerName="Script">
                  <ConfigurationTables><ConfigurationTable name="Script"><Rows><Row><code><![CDATA[me.Save();]]></code></Row></Rows></ConfigurationTable></ConfigurationTables></ServiceImplementation></Subscription></Subscriptions>
              </ThingShape>
            </Thing>
            <Thing name="{{Timer}}" thingTemplate="Timer" enabled="true" published="false" identifier=""><ConfigurationTables><ConfigurationTable name="Settings"><Rows>
              <Row><updateRate>5000</updateRate><runAsUser>Administrator</runAsUser><enabled>false</enabled></Row></Rows></ConfigurationTable></ConfigurationTables></Thing>
            </Things></Entities>
            """;
    }
}
