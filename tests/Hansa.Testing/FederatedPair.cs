using System.Text.Json.Nodes;

namespace Hansa.Testing;

/// <summary>Two real servers, A and B, where B publishes to A as the page "Configuring a Federation" has it.</summary>
public sealed class FederatedPair : IAsyncDisposable
{
    /// <summary>The row of A in B's table.</summary>
    public const string SubscriberName = "ServerA";

    private FederatedPair(ServerUnderTest a, ServerUnderTest b)
    {
        (ServerA, ServerB) = (a, b);
        (A, B) = (a.Client(), b.Client());
    }

    /// <summary>The local server of the page.</summary>
    public ServerUnderTest ServerA { get; }

    /// <summary>The remote server of the page.</summary>
    public ServerUnderTest ServerB { get; }

    /// <summary>A's Administrator.</summary>
    public RestClient A { get; }

    /// <summary>B's Administrator.</summary>
    public RestClient B { get; }

    /// <summary>The key that B signs in with.</summary>
    public string Key { get; private set; } = "";

    /// <summary>Starts both and links them.</summary>
    public static async Task<FederatedPair> StartAsync(int pipes = 4, IReadOnlyDictionary<string, string>? environmentOfB = null, ServerPlace? placeOfA = null, ServerPlace? placeOfB = null, Action<JsonObject>? editRow = null)
    {
        var pair = new FederatedPair(await ServerUnderTest.StartAsync("ServerA", place: placeOfA), await ServerUnderTest.StartAsync("ServerB", environment: environmentOfB, place: placeOfB));
        await pair.A.MakeUserAsync("serverB");
        pair.Key = await pair.A.MakeKeyAsync("KeyForB", "serverB");
        await pair.B.MakeUserAsync("publisher");
        var row = pair.Row(pipes);
        editRow?.Invoke(row);
        await pair.SubscribeAsync(row);
        await pair.UntilConnectedAsync();
        return pair;
    }

    /// <summary>The row of A.</summary>
    public JsonObject Row(int pipes = 4) => new()
    {
        ["name"] = SubscriberName, ["enabled"] = true, ["serverURI"] = ServerA.ServerUri, ["applicationKey"] = Key, ["publishAsUser"] = "publisher",
        ["pipeCount"] = pipes, ["reconnectInterval"] = 2, ["requestTimeout"] = 10_000,
    };

    /// <summary>Saves B's table of subscribers.</summary>
    public Task SubscribeAsync(params JsonObject[] rows) => B.CallAsync("Subsystems/FederationSubsystem", "SetConfigurationTable", new()
    {
        ["tableName"] = "FederationSubscribers",
        ["persistent"] = true,
        ["configurationTable"] = Tables.Of(
            [("name", "STRING"), ("enabled", "BOOLEAN"), ("serverURI", "STRING"), ("applicationKey", "PASSWORD"), ("publishAsUser", "USERNAME"),
                ("pipeCount", "INTEGER"), ("reconnectInterval", "INTEGER"), ("requestTimeout", "NUMBER"),
                ("proxyHost", "STRING"), ("proxyPort", "INTEGER"), ("proxyUserName", "STRING"), ("proxyPassword", "PASSWORD"), ("trustedCertificate", "TEXT")], [.. rows.Select(row => (JsonObject)row.DeepClone())]),
    });

    /// <summary>What B says of its link to A.</summary>
    public async Task<JsonNode> StatusAsync() => (await B.CallAsync("Subsystems/FederationSubsystem", "GetSubscriberStatus"))![0]!;

    /// <summary>Waits until B says that the link is up.</summary>
    public Task UntilConnectedAsync() => Tables.UntilAsync(async () => (await StatusAsync())["isConnected"]!.GetValue<bool>(), "the link from B to A");

    /// <summary>Makes a stream on B, published, and its RemoteStream on A, bound.</summary>
    public Task MakeStreamAsync(string name, params (string Name, string Type)[] fields) => MakeKindAsync("Stream", name, null, fields);

    /// <summary>Makes a data Thing of any kind on B, published and open to all, and its twin on A, bound; with a Data Shape on both where there are fields.</summary>
    public async Task MakeKindAsync(string kind, string name, string? key = null, params (string Name, string Type)[] fields)
    {
        var shape = fields.Length == 0 ? null : $"{name}.Shape";
        foreach (var client in shape is null ? [] : new[] { A, B })
            await client.MakeShapeAsync(shape!, key, fields);
        await B.MakeThingAsync(name, kind, shape, published: true);
        await B.OpenAsync(name);
        await A.MakeThingAsync($"Remote{name}", $"Remote{kind}", shape, $"{name}@ServerB");
        await UntilBoundAsync($"Remote{name}");
    }

    /// <summary>Waits until a proxy on A is bound, or no longer.</summary>
    public Task UntilBoundAsync(string proxy, bool isBound = true) =>
        Tables.UntilAsync(async () => (await A.ReadAsync(proxy, "isConnected"))!.GetValue<bool>() == isBound, $"{proxy} {(isBound ? "bound" : "unbound")}");

    /// <summary>Waits until nothing waits on A for B any more.</summary>
    public Task UntilDrainedAsync(double seconds = 60) => Tables.UntilAsync(
        async () => (await A.CallAsync("Subsystems/FederationSubsystem", "GetOutboxStatus"))!.AsArray().All(lane => lane!["waiting"]!.GetValue<long>() == 0), "all that waits on A to be delivered", seconds);

    /// <summary>Says whether writes to a proxy on A may wait: StoreAndForward or Fail.</summary>
    public Task DeliverAsync(string proxy, string whenLinkIsDown) => A.CallAsync($"Things/{proxy}", "SetConfigurationTable", new()
    {
        ["tableName"] = "Delivery", ["persistent"] = true, ["configurationTable"] = Tables.Of([("whenLinkIsDown", "STRING")], new JsonObject { ["whenLinkIsDown"] = whenLinkIsDown }),
    });

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        A.Dispose();
        B.Dispose();
        await ServerA.DisposeAsync();
        await ServerB.DisposeAsync();
    }
}
