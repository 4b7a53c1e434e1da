using System.Text.Json.Nodes;
using Hansa.Faults.Tests.Links;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests;

/// <summary>What a server says of the Things that stand for Things of others.</summary>
public sealed class BoundThingsTests
{
    private const string Subsystem = "Subsystems/FederationSubsystem";

    [Fact]
    public async Task A_Thing_stands_as_its_link_does_unless_its_own_binding_is_worse_off()
    {
        await using var faulty = await FaultyPair.StartAsync(pipes: 2);
        var (a, b) = (faulty.Pair.A, faulty.Pair.B);
        await Tables.UntilAsync(async () => (await BoundAsync(a))["state"]!.ToString() == "LIVE", "the Thing to be LIVE");
        (await BoundAsync(a))["server"]!.ToString().ShouldBe("ServerB");

        await b.CallAsync($"Things/{FaultyPair.Stream}", "SetPublished", new() { ["publish"] = false });
        await faulty.UntilBoundAsync(isBound: false);
        var unbound = await BoundAsync(a);
        unbound["state"]!.ToString().ShouldBe("DOWN");
        unbound["reason"]!.ToString().ShouldContain("no server or device offers");
        (await LinkAsync(a))["state"]!.ToString().ShouldBe("LIVE", "the link itself is well");
        await b.CallAsync($"Things/{FaultyPair.Stream}", "SetPublished", new() { ["publish"] = true });
        await faulty.UntilBoundAsync(isBound: true);

        var proof = (await LinkAsync(a))["lastProof"]!.GetValue<long>();
        faulty.Line.Refuses = true;
        faulty.Line.Cut();
        await Tables.UntilAsync(async () => (await LinkAsync(a))["state"]!.ToString() == "DOWN", "the link to be DOWN");
        await a.CallAsync($"Things/{FaultyPair.Proxy}", "AddStreamEntry", new() { ["values"] = Tables.Of([("n", "LONG")], new JsonObject { ["n"] = 1 }) });
        var away = await BoundAsync(a);
        (away["state"]!.ToString(), away["waiting"]!.GetValue<long>()).ShouldBe(("DOWN", 1));
        away["reason"]!.ToString().ShouldBe("no connection from [ServerB]");
        var down = await LinkAsync(a);
        down["lastProof"]!.GetValue<long>().ShouldBeGreaterThanOrEqualTo(proof, "what was proved once stays known");
        down["version"]!.ToString().ShouldNotBeEmpty();

        faulty.Line.Refuses = false;
        await faulty.Pair.UntilDrainedAsync();
        await Tables.UntilAsync(async () => (await BoundAsync(a)) is { } back && back["state"]!.ToString() == "LIVE" && back["waiting"]!.GetValue<long>() == 0, "the Thing to be LIVE again");
    }

    private static async Task<JsonNode> LinkAsync(RestClient client) => (await client.CallAsync(Subsystem, "GetLinks"))![0]!;

    private static async Task<JsonNode> BoundAsync(RestClient client) => (await client.CallAsync(Subsystem, "GetBoundThings", new() { ["thingName"] = FaultyPair.Proxy }))![0]!;
}
