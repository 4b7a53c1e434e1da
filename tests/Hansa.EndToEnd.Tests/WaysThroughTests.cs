using System.Text.Json.Nodes;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.EndToEnd.Tests;

/// <summary>The ways from B to A: TLS with an authority of one's own or a pinned certificate, and HTTP proxies that ask who comes.</summary>
[Trait("Category", "Slow")]
public sealed class WaysThroughTests
{
    private const string Federation = "Subsystems/FederationSubsystem";

    [Theory, InlineData(false), InlineData(true)]
    public async Task A_link_over_TLS_trusts_an_authority_or_a_pinned_certificate(bool isPinned)
    {
        using var certificate = TestCertificate.Make();
        await using var pair = await FederatedPair.StartAsync(
            placeOfA: new(certificate), placeOfB: new(certificate), editRow: row => row["trustedCertificate"] = isPinned ? certificate.Fingerprint : certificate.Authority.ExportCertificatePem());
        pair.ServerA.ServerUri.ShouldStartWith("wss://");
        await RowArrivesAsync(pair);

        // A renewed certificate is shown without a restart; a pin is of the old one.
        using var renewed = TestCertificate.Make();
        var row = pair.Row();
        row["trustedCertificate"] = renewed.Fingerprint;
        await pair.SubscribeAsync(row);
        await Tables.UntilAsync(async () => (await pair.StatusAsync())["reason"]!.GetValue<string>().Contains("TLS", StringComparison.Ordinal), "the other certificate to be refused", 20);
    }

    [Theory, InlineData("Basic"), InlineData("Digest")]
    public async Task A_link_goes_through_a_proxy_where_there_is_no_other_way(string scheme)
    {
        using var network = NetworkNamespace.TryMake();
        Assert.SkipWhen(network is null, "A network of its own needs root and the right to make one.");
        await using var squid = await SquidProxy.StartAsync(network.Outside, scheme);
        await using var pair = await FederatedPair.StartAsync(placeOfB: new(Namespace: network), editRow: row => Through(squid, row));
        await RowArrivesAsync(pair);

        var wrong = Through(squid, pair.Row());
        wrong["proxyPassword"] = "wrong";
        await pair.SubscribeAsync(wrong);
        await Tables.UntilAsync(async () => (await pair.StatusAsync())["reason"]!.GetValue<string>().Contains("407", StringComparison.Ordinal), "the proxy to refuse", 20);
        // A way is written down when it ends.
        await Tables.UntilAsync(() => Task.FromResult(squid.Log.Contains($"CONNECT {pair.ServerA.Address.Authority} {SquidProxy.User}", StringComparison.Ordinal)), "the way to be in the proxy's log");
        (await pair.B.CallAsync(Federation, "GetSubscriberStatus"))!.ToJsonString().ShouldNotContain(SquidProxy.Password);

        await pair.SubscribeAsync(pair.Row());
        await Tables.UntilAsync(async () => (await pair.StatusAsync())["reason"]!.GetValue<string>().Contains("cannot be reached", StringComparison.Ordinal), "the straight way to fail", 20);
    }

    private static JsonObject Through(SquidProxy squid, JsonObject row)
    {
        (row["proxyHost"], row["proxyPort"], row["proxyUserName"], row["proxyPassword"]) = (squid.Address, squid.Port, SquidProxy.User, SquidProxy.Password);
        return row;
    }

    private static async Task RowArrivesAsync(FederatedPair pair)
    {
        await pair.MakeStreamAsync("Way", ("n", "LONG"));
        await pair.A.CallAsync("Things/RemoteWay", "AddStreamEntry", new() { ["values"] = Tables.Of([("n", "LONG")], new JsonObject { ["n"] = 7 }) });
        (await pair.B.CallAsync("Things/Way", "GetStreamData"))!.AsArray().ShouldHaveSingleItem()!["n"]!.GetValue<int>().ShouldBe(7);
    }
}
