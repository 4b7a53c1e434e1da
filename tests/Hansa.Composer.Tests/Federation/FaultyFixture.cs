using System.Text.Json.Nodes;
using Hansa.Testing;
using Xunit;

namespace Hansa.Composer.Tests.Federation;

/// <summary>A linked pair whose line from B to A can be broken while pages are open; each test leaves it whole.</summary>
public sealed class FaultyFixture : IAsyncLifetime
{
    public const string SubsystemName = "Subsystems/FederationSubsystem";

    public FederatedPair Pair { get; private set; } = null!;

    public FaultProxy Line { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        Pair = await FederatedPair.StartAsync();
        Line = new(Pair.ServerA.Address);
        var row = Pair.Row();
        row["serverURI"] = Line.ServerUri;
        await Pair.SubscribeAsync(row);
        await Tables.UntilAsync(() => Task.FromResult(Line.Count == 4), "all pipes through the line");
        await MendAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await Pair.DisposeAsync();
    }

    /// <summary>Connections end at once, and no new ones come up.</summary>
    public void Break()
    {
        Line.Refuses = true;
        Line.Cut();
    }

    /// <summary>Makes the line whole and waits until both servers say LIVE.</summary>
    public async Task MendAsync()
    {
        Line.Refuses = false;
        Line.Release();
        foreach (var client in new[] { Pair.A, Pair.B })
            await Tables.UntilAsync(async () => (await client.CallAsync(SubsystemName, "GetLinks"))!.AsArray() is [{ } link] && link["state"]!.ToString() == "LIVE", "the link to be LIVE on both servers", 30);
    }

    /// <summary>What a server says of its link now.</summary>
    public static async Task<JsonNode> LinkAsync(RestClient client) => (await client.CallAsync(SubsystemName, "GetLinks"))![0]!;

    /// <summary>What A says of a Thing that stands for one of B.</summary>
    public async Task<JsonNode> BoundAsync(string proxy) => (await Pair.A.CallAsync(SubsystemName, "GetBoundThings", new() { ["thingName"] = proxy }))![0]!;

    /// <summary>Writes rows of <c>n</c> to a proxy on A.</summary>
    public async Task WriteAsync(string proxy, int rows)
    {
        for (var n = 0; n < rows; n++)
            await Pair.A.CallAsync($"Things/{proxy}", "AddStreamEntry", new() { ["values"] = Tables.Of([("n", "INTEGER")], new JsonObject { ["n"] = n }) });
    }
}

/// <summary>Tests that share the pair whose line can be broken.</summary>
[CollectionDefinition(nameof(FaultyCollection))]
public sealed class FaultyCollection : ICollectionFixture<FaultyFixture>;
