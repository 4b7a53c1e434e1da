using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.Tests.Vectors;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.Tests.Connections;

/// <summary>What the server end does with messages as devices send them, good and bad.</summary>
public class ProtocolTests
{
    private const string Get = "0101000000090000000011223344000a0a50726f62655468696e6701046e616d6500ff";

    [Fact]
    public async Task Before_auth_every_request_gets_81_unread()
    {
        await using var raw = await RawPeer.StartAsync(authenticate: false);
        foreach (var request in new[] { Get, "010a00000009000000001122334400ff", "011f00000009000000001122334400", "010100000009000000001122334401" })
        {
            await raw.SendAsync(request);
            (await raw.ReceiveAsync()).ShouldStartWith("018100000009");
        }
    }

    [Fact]
    public async Task A_wrong_key_gets_81_and_the_right_one_on_the_same_socket_success()
    {
        await using var raw = await RawPeer.StartAsync(authenticate: false);
        raw.Handler.Authenticate = message =>
            new(message.Claim("APPKEY") == "k" ? AuthResult.Accept(7) : AuthResult.Refuse("No such key."));
        await raw.SendAsync("01140000000200000000ffffffff0001066170704b65790178");
        (await raw.ReceiveAsync()).ShouldStartWith("018100000002");
        raw.Connection.IsAuthenticated.ShouldBeFalse();
        await raw.SendAsync("01140000000300000000ffffffff0001066170704b6579016b");
        (await raw.ReceiveAsync()).ShouldBe("01400000000300000000000000070000ff");
        // A second AUTH is normal; one that fails ends the session.
        await raw.SendAsync("01140000000400000000ffffffff0001066170704b65790178");
        (await raw.ReceiveAsync()).ShouldStartWith("018100000004");
        raw.Connection.IsAuthenticated.ShouldBeFalse();
    }

    [Fact]
    public async Task A_session_id_of_an_earlier_connection_is_accepted()
    {
        await using var raw = await RawPeer.StartAsync();
        await raw.SendAsync(Get.Replace("11223344", "00000007", StringComparison.Ordinal));
        (await raw.ReceiveAsync()).ShouldBe("01400000000900000000112233440000ff");
    }

    [Theory]
    [InlineData("011f00000009000000001122334400", "0140")] // KEEP_ALIVE
    [InlineData("010500000009000000001122334400", "0185")] // unknown method
    [InlineData("013f00000009000000001122334400", "0185")]
    [InlineData("0101000000090000000011223344000a0141ee016100ff", "0180")] // characteristic
    [InlineData("010100000009000000001122334400", "0180")] // no body
    [InlineData("0101000000090000000011223344010002000101000a0141", "0180")] // chunk 2 of 1
    [InlineData("011400000009000000001122334400", "0180")] // AUTH without body
    public async Task A_message_gets_its_status_and_the_connection_goes_on(string message, string answer)
    {
        await using var raw = await RawPeer.StartAsync();
        await raw.SendAsync(message);
        var status = await raw.ReceiveAsync();
        status.ShouldStartWith(answer);
        status[4..12].ShouldBe("00000009");
        await raw.SendAsync(Get);
        (await raw.ReceiveAsync()).ShouldStartWith("0140");
    }

    [Theory]
    [InlineData("01")]
    [InlineData("0201000000090000000011223344000a")] // version 2
    [InlineData("0101000000090000000011223344020a")] // multipart 2
    public async Task A_broken_header_ends_the_connection_with_1002(string message)
    {
        await using var raw = await RawPeer.StartAsync();
        await raw.SendAsync(message);
        (await raw.ReceiveAsync()).ShouldBe("Close 1002");
        (await raw.Handler.Closing.WaitAsync(Pair.Soon)).ShouldBeOfType<WireFormatException>();
        raw.Handler.Closes.ShouldBe(1);
    }

    [Fact]
    public async Task Text_ends_it_with_1003_and_too_much_with_1009()
    {
        await using (var raw = await RawPeer.StartAsync())
        {
            await raw.SendControlAsync(Opcode.Text, [65]);
            (await raw.ReceiveAsync()).ShouldBe("Close 1003");
        }

        await using (var raw = await RawPeer.StartAsync(new() { MaxSocketMessage = 10_000 }))
        {
            await raw.SendAsync(new byte[10_001]);
            (await raw.ReceiveAsync()).ShouldBe("Close 1009");
        }

        await using (var raw = await RawPeer.StartAsync(authenticate: false))
        {
            await raw.SendAsync(new byte[20_000]);
            (await raw.ReceiveAsync()).ShouldBe("Close 1009");
        }
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_deflate_bomb_ends_it_with_1009_and_before_auth_a_small_one_does(bool authenticated)
    {
        await using var raw = await RawPeer.StartAsync(new() { Deflate = Deflate.WithTakeover }, authenticate: authenticated);
        await raw.SendAsync(new byte[authenticated ? 20 << 20 : 100_000], compress: true);
        (await raw.ReceiveAsync()).ShouldBe("Close 1009");
        (await raw.Handler.Closing.WaitAsync(Pair.Soon)).ShouldBeOfType<WireFormatException>();
    }

    [Fact]
    public async Task A_ping_is_answered_with_its_payload()
    {
        await using var raw = await RawPeer.StartAsync();
        await raw.SendControlAsync(Opcode.Ping, "08:38:12"u8.ToArray());
        var pong = (await raw.ReceiveSocketMessageAsync()).ShouldNotBeNull();
        pong.Opcode.ShouldBe(Opcode.Pong);
        pong.Payload.ToArray().ShouldBe("08:38:12"u8.ToArray());
    }

    [Fact]
    public async Task A_close_is_answered_and_no_reason_is_given()
    {
        await using var raw = await RawPeer.StartAsync();
        await raw.SendControlAsync(Opcode.Close, [0x03, 0xe8, 0x62, 0x79, 0x65]);
        (await raw.ReceiveAsync()).ShouldBe("Close 1000");
        (await raw.Handler.Closing.WaitAsync(Pair.Soon)).ShouldBeNull();
    }

    [Fact]
    public async Task An_unmarked_split_is_joined_and_a_message_between_is_answered_meanwhile()
    {
        await using var raw = await RawPeer.StartAsync();
        string? got = null;
        raw.Handler.Request = (request, _) =>
        {
            got ??= request.Parameters?[0, 0].AsText();
            return new(ResponseMessage.Success);
        };
        var parts = VectorFile.Multiparts.Single(group => group.Key == "quirk-unmarked-split").ToList();
        await raw.SendAsync(parts[0].Hex);
        await raw.SendAsync(Get);
        (await raw.ReceiveAsync()).ShouldStartWith("014000000009");
        await raw.SendAsync(parts[1].Hex);
        (await raw.ReceiveAsync()).ShouldStartWith("014000000300");
        got.ShouldBe(new string('g', 208));
    }

    [Fact]
    public async Task A_first_half_without_its_second_gets_80_in_the_end()
    {
        var time = new ManualTimeProvider();
        await using var raw = await RawPeer.StartAsync(time: time);
        await raw.SendAsync(VectorFile.Multiparts.Single(group => group.Key == "quirk-unmarked-split").First().Hex);
        await raw.SendAsync(VectorFile.Multiparts.Single(group => group.Key == "multipart-put-chunk256").First().Hex);
        await raw.SendAsync(Get);
        (await raw.ReceiveAsync()).ShouldStartWith("014000000009");
        time.Advance(TimeSpan.FromSeconds(51));
        await raw.SendControlAsync(Opcode.Ping, [1]);
        var answers = new List<string>();
        while (answers.Count < 3)
            answers.Add(await raw.ReceiveAsync());
        answers.Select(answer => answer[..Math.Min(12, answer.Length)]).Order().ShouldBe(["018000000077", "018000000300", "Pong"]);
    }

    [Fact]
    public async Task Chunks_of_two_messages_may_mix_and_come_in_any_order()
    {
        await using var raw = await RawPeer.StartAsync();
        var puts = VectorFile.Multiparts.Single(group => group.Key == "multipart-put-chunk256").ToList();
        var posts = VectorFile.Multiparts.Single(group => group.Key == "multipart-WriteToBinaryFile-chunk256").ToList();
        foreach (var part in new[] { posts[2], puts[1], posts[0], posts[0], puts[0], posts[1] })
            await raw.SendAsync(part.Hex);
        (await raw.ReceiveAsync()).ShouldStartWith("014000000077");
        (await raw.ReceiveAsync()).ShouldStartWith("014000000301");
    }

    [Fact]
    public async Task The_real_connections_of_the_file_run_from_end_to_end()
    {
        foreach (var connection in VectorFile.Frames.EnumerateArray())
        {
            var deflate = connection.Text("name")!.StartsWith("comp", StringComparison.Ordinal) ? Deflate.WithTakeover : Deflate.Off;
            var (one, other) = DuplexStream.Pair();
            var handler = new TestHandler();
            var requests = 0;
            handler.Request = (_, _) =>
            {
                requests++;
                return new(ResponseMessage.Success);
            };
            await using var server = new AlwaysOnConnection(one, new() { Deflate = deflate }, handler, TimeProvider.System);
            var running = server.RunAsync(default);
            foreach (var frame in connection.GetProperty("frames").EnumerateArray())
                await other.WriteAsync(Convert.FromHexString(frame.Text("hex")!));
            await running.WaitAsync(Pair.Soon);
            (await handler.Closing).ShouldBeNull();
            handler.Faults.ShouldBeEmpty();
            requests.ShouldBe(6);
        }
    }
}
