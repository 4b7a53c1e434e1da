using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests.Devices;

/// <summary>The bytes that the vendor's C SDK sends and takes (spec alwayson 1.1 to 1.7).</summary>
public sealed class RawBytesTests(DeviceServer fixture) : IClassFixture<DeviceServer>
{
    public static TheoryData<string> Connections => ["nocomp_calls", "comp_calls"];

    [Fact]
    public async Task The_upgrade_is_answered_as_the_C_SDK_wants_it_and_then_the_server_is_silent()
    {
        using var device = await RawDevice.ConnectAsync(fixture.Server);
        await device.SendAsync(RawDevice.CSdkUpgrade(fixture.Key));
        var head = await device.ReadHeadAsync();
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        lines[0].ShouldStartWith("HTTP/1.1 101 ");
        var headers = lines.Skip(1).Select(line => line.Split(": ", 2)).ToLookup(pair => pair[0].ToLowerInvariant(), pair => pair[1]);
        headers["upgrade"].ShouldHaveSingleItem().ShouldBe("websocket");
        headers["connection"].ShouldHaveSingleItem().ShouldBe("Upgrade");
        headers["sec-websocket-accept"].ShouldHaveSingleItem().ShouldBe(AlwaysOn.Dialing.Upgrade.AcceptKey("l2BurSitcZLcMLcbFp4Lxw=="));
        headers["sec-websocket-protocol"].ShouldBeEmpty();
        headers["sec-websocket-extensions"].ShouldBeEmpty("none was offered");
        headers["hansa-link"].ShouldBeEmpty();
        head.Length.ShouldBeLessThan(8192);
        (await device.IsSilentAsync(TimeSpan.FromMilliseconds(500))).ShouldBeTrue("bytes that come with the end of the header are lost");
        await device.SignInAsync(fixture.Key);
    }

    [Theory, MemberData(nameof(Connections))]
    public async Task What_a_real_C_SDK_has_sent_is_understood(string name)
    {
        // The key and the Thing of the recording.
        (await fixture.Rest.ImportAsync("""
            <Entities><ApplicationKeys><ApplicationKey name="Recorded" keyId="abf036c2-7009-4462-8a96-6036ee7eba53" userNameReference="Administrator" expirationDate="2099-01-01T00:00:00.000Z"/></ApplicationKeys>
            <Things><Thing name="ProbeThing" thingTemplate="RemoteThing" enabled="true"/></Things></Entities>
            """)).Text.ShouldNotContain("passedOver");
        var (handshake, frames) = Recording(name);
        using var device = await RawDevice.ConnectAsync(fixture.Server);
        await device.SendAsync(handshake);
        (await device.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 101");
        // All but UNBIND and Close: eight requests, a ping, and a NotifyPropertyUpdate of the server's own.
        foreach (var frame in frames.SkipLast(2))
            await device.SendAsync(frame);
        var answers = new Dictionary<uint, byte>();
        var (messages, pongs) = (0, 0);
        await ReadUntilAsync(() => messages >= 9 && pongs >= 1);
        await device.SendAsync(frames[^2]);
        await ReadUntilAsync(() => messages >= 10);
        if (name == "nocomp_calls")
        {
            answers.ShouldBe(new Dictionary<uint, byte>
            {
                [2] = 0x40, [3] = 0x40, [5] = 0x40, [9] = 0x40, [10] = 0x84, [11] = 0x84, [12] = 0x84, [13] = 0x84, [14] = 0x40,
            }, ignoreOrder: true);
        }

        await device.SendAsync(frames[^1]);
        await device.UntilEndedAsync();

        async Task ReadUntilAsync(Func<bool> isEnough)
        {
            while (!isEnough())
                await ReadFrameAsync();
        }

        async Task ReadFrameAsync()
        {
            var frame = (await device.ReadFrameAsync()).ShouldNotBeNull();
            if (frame.Opcode == 10)
            {
                Encoding.ASCII.GetString(frame.Payload).ShouldMatch("^08:38:[0-9]{2}$", "the ping's payload comes back");
                pongs++;
                return;
            }

            frame.Opcode.ShouldBe(2);
            frame.IsFinal.ShouldBeTrue();
            messages++;
            if (frame is { IsDeflated: false, Payload: [1, >= 0x40, ..] })
                answers[BinaryPrimitives.ReadUInt32BigEndian(frame.Payload.AsSpan(2))] = frame.Payload[1];
        }
    }

    [Fact]
    public async Task A_TLS_hello_on_the_plain_port_is_answered_at_once()
    {
        using var device = await RawDevice.ConnectAsync(fixture.Server);
        await device.SendAsync([0x16, 0x03, 0x01]);
        (await device.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 400");
        await device.UntilEndedAsync();
    }

    [Theory]
    [InlineData("GET /Thingworx/WS HTTP/1.1\r\nHost: localhost\r\n\r\n")]
    [InlineData("GET /Thingworx/WS HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n\r\n")]
    [InlineData("GET /Thingworx/WS HTTP/1.1\r\nHost: localhost\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 8\r\nSec-WebSocket-Key: l2BurSitcZLcMLcbFp4Lxw==\r\n\r\n")]
    public async Task A_request_that_is_no_upgrade_is_refused(string request)
    {
        using var device = await RawDevice.ConnectAsync(fixture.Server);
        await device.SendAsync(request);
        (await device.ReadHeadAsync()).ShouldStartWith("HTTP/1.1 400");
    }

    private static (string Handshake, List<byte[]> Frames) Recording(string name)
    {
        using var file = typeof(RawBytesTests).Assembly.GetManifestResourceStream("alwayson-frames.json")!;
        using var document = JsonDocument.Parse(file);
        var connection = document.RootElement.EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        return (connection.GetProperty("handshake").GetString()!,
            [.. connection.GetProperty("frames").EnumerateArray().Select(frame => Convert.FromHexString(frame.GetProperty("hex").GetString()!))]);
    }
}
