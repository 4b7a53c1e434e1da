using Hansa.AlwaysOn.Dialing;
using Hansa.AlwaysOn.Tests.Vectors;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Tests.Dialing;

public class UpgradeTests
{
    private static readonly Dictionary<string, string> Plain = new(StringComparer.OrdinalIgnoreCase)
    {
        ["Upgrade"] = "websocket",
        ["Connection"] = "keep-alive, Upgrade",
        ["Sec-WebSocket-Version"] = "13",
        ["Sec-WebSocket-Key"] = "dGhlIHNhbXBsZSBub25jZQ==",
    };

    [Fact]
    public void The_accept_key_is_that_of_the_rfc() =>
        Upgrade.AcceptKey("dGhlIHNhbXBsZSBub25jZQ==").ShouldBe("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=");

    [Fact]
    public void The_requests_of_the_c_sdk_are_understood()
    {
        foreach (var connection in VectorFile.Frames.EnumerateArray())
        {
            var headers = connection.Text("handshake")!.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Skip(1)
                .ToDictionary(line => line.Split(": ")[0], line => line.Split(": ")[1], StringComparer.OrdinalIgnoreCase);
            Upgrade.TryAccept(headers.GetValueOrDefault, allowDeflate: true, out var agreement, out _).ShouldBeTrue();
            agreement.IsCSdk.ShouldBeTrue();
            agreement.IsHansa.ShouldBeFalse();
            agreement.MaxFrameSize.ShouldBe(8192);
            agreement.ApplicationKey.ShouldStartWith("abf");
            agreement.Deflate.ShouldBe(connection.Text("name") == "comp_calls" ? Deflate.WithTakeover : Deflate.Off);
            agreement.ResponseHeaders.ShouldContain(new KeyValuePair<string, string>("Connection", "Upgrade"));
            agreement.ResponseHeaders.ShouldNotContain(header => header.Key == "Hansa-Link");
            agreement.ToString().ShouldNotContain("abf");
        }
    }

    [Theory]
    [InlineData(null, Deflate.Off, null)]
    [InlineData("permessage-deflate", Deflate.WithTakeover, "permessage-deflate")]
    [InlineData("permessage-deflate; client_max_window_bits", Deflate.WithTakeover, "permessage-deflate")]
    [InlineData("x-webkit, permessage-deflate; client_no_context_takeover", Deflate.WithTakeover, "permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=10, permessage-deflate", Deflate.WithTakeover, "permessage-deflate")]
    [InlineData("permessage-deflate; server_max_window_bits=10", Deflate.Off, null)]
    [InlineData("permessage-deflate; server_no_context_takeover", Deflate.Off, null)]
    [InlineData(
        "permessage-deflate; client_no_context_takeover; server_no_context_takeover",
        Deflate.WithoutTakeover,
        "permessage-deflate; server_no_context_takeover; client_no_context_takeover")]
    public void Offers_of_compression_are_answered_with_what_we_can_do(string? offers, Deflate deflate, string? answer)
    {
        var headers = new Dictionary<string, string>(Plain, StringComparer.OrdinalIgnoreCase);
        if (offers is not null)
            headers["Sec-WebSocket-Extensions"] = offers;
        Upgrade.TryAccept(headers.GetValueOrDefault, allowDeflate: true, out var agreement, out _).ShouldBeTrue();
        agreement.Deflate.ShouldBe(deflate);
        agreement.ResponseHeaders.FirstOrDefault(header => header.Key == "Sec-WebSocket-Extensions").Value.ShouldBe(answer);
        Upgrade.TryAccept(headers.GetValueOrDefault, allowDeflate: false, out agreement, out _).ShouldBeTrue();
        agreement.Deflate.ShouldBe(Deflate.Off);
    }

    [Theory]
    [InlineData(null, 8192)]
    [InlineData("10922", 10922)]
    [InlineData("10", 256)]
    [InlineData("9999999", 65535)]
    [InlineData("-1", 8192)]
    [InlineData("many", 8192)]
    public void The_longest_frame_is_the_peers_within_reason(string? said, int expected)
    {
        var headers = new Dictionary<string, string>(Plain, StringComparer.OrdinalIgnoreCase);
        if (said is not null)
            headers["Max-Frame-Size"] = said;
        Upgrade.TryAccept(headers.GetValueOrDefault, allowDeflate: true, out var agreement, out _).ShouldBeTrue();
        agreement.MaxFrameSize.ShouldBe(expected);
    }

    [Theory]
    [InlineData("Upgrade", "h2c")]
    [InlineData("Connection", "keep-alive")]
    [InlineData("Sec-WebSocket-Version", "8")]
    [InlineData("Sec-WebSocket-Key", "")]
    public void What_is_no_upgrade_is_refused_with_a_sentence(string name, string value)
    {
        var headers = new Dictionary<string, string>(Plain, StringComparer.OrdinalIgnoreCase) { [name] = value };
        Upgrade.TryAccept(headers.GetValueOrDefault, allowDeflate: true, out _, out var refusal).ShouldBeFalse();
        refusal.ShouldNotBeNullOrEmpty();
    }

    [Fact]
    public void A_hansa_gets_the_header_back_and_the_options_of_two_hansas_but_not_yet_its_types()
    {
        var headers = new Dictionary<string, string>(Plain, StringComparer.OrdinalIgnoreCase) { ["hansa-link"] = "1" };
        Upgrade.TryAccept(headers.GetValueOrDefault, allowDeflate: true, out var agreement, out _).ShouldBeTrue();
        agreement.ResponseHeaders.ShouldContain(new KeyValuePair<string, string>("Hansa-Link", "1"));
        var options = agreement.Apply(new());
        options.PingInterval.ShouldBe(TimeSpan.FromSeconds(1.5));
        options.Peer.ShouldBe(AlwaysOn.Wire.PeerProfile.Device);
    }
}
