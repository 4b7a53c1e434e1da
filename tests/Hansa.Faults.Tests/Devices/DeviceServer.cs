using System.Text.Json.Nodes;
using Hansa.Testing;
using Xunit;

namespace Hansa.Faults.Tests.Devices;

/// <summary>A server that devices connect to.</summary>
public sealed class DeviceServer : IAsyncLifetime
{
    private int _number;

    public ServerUnderTest Server { get; private set; } = null!;

    public RestClient Rest { get; private set; } = null!;

    /// <summary>The key of a user without rights of its own.</summary>
    public string Key { get; private set; } = "";

    /// <summary>The key of another device.</summary>
    public string OtherKey { get; private set; } = "";

    /// <summary>A name that no other test uses.</summary>
    public string Fresh(string stem) => $"{stem}{Interlocked.Increment(ref _number)}";

    /// <summary>Makes a Thing that every user may see and use.</summary>
    public async Task<string> MakeAsync(string stem, string template, string? identifier = null, params (string Name, string Type)[] properties)
    {
        var name = Fresh(stem);
        await Rest.MakeThingAsync(name, template, identifier: identifier);
        await Rest.OpenAsync(name);
        foreach (var (property, type) in properties)
            await Rest.CallAsync($"Things/{name}", "AddPropertyDefinition", new() { ["name"] = property, ["type"] = type });
        return name;
    }

    /// <summary>Binds a service of a Thing to one of its device.</summary>
    public Task MakeRemoteServiceAsync(string thing, string service, string remoteName, string resultType, params (string Name, string Type)[] parameters) =>
        Rest.CallAsync($"Things/{thing}", "AddServiceDefinition", new()
        {
            ["name"] = service, ["remote"] = true, ["remoteServiceName"] = remoteName,
            ["resultType"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")], new JsonObject { ["name"] = "result", ["baseType"] = resultType }),
            ["parameters"] = Tables.Of([("name", "STRING"), ("baseType", "STRING")],
                [.. parameters.Select(parameter => new JsonObject { ["name"] = parameter.Name, ["baseType"] = parameter.Type })]),
        });

    public async Task<bool> IsConnectedAsync(string thing) => (await Rest.ReadAsync(thing, "isConnected"))!.GetValue<bool>();

    public Task UntilConnectedAsync(string thing, bool isConnected = true) =>
        Tables.UntilAsync(async () => await IsConnectedAsync(thing) == isConnected, $"{thing} {(isConnected ? "bound" : "unbound")}");

    public async ValueTask InitializeAsync()
    {
        Server = await ServerUnderTest.StartAsync("Server");
        Rest = Server.Client();
        await Rest.MakeUserAsync("edge");
        Key = await Rest.MakeKeyAsync("EdgeKey", "edge");
        await Rest.MakeUserAsync("otherEdge");
        OtherKey = await Rest.MakeKeyAsync("OtherEdgeKey", "otherEdge");
    }

    public async ValueTask DisposeAsync()
    {
        Rest.Dispose();
        await Server.DisposeAsync();
    }
}
