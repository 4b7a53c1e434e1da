using System.Collections.Concurrent;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.Wire;
using Hansa.AlwaysOn.WebSockets;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Connections;

public class CallTests
{
    [Fact]
    public async Task A_client_authenticates_binds_and_calls()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        var bound = new List<string>();
        pair.ServerHandler.Bind = bind =>
        {
            bound.AddRange(bind.Names);
            return new(ResponseMessage.Success);
        };
        pair.Client.SessionId.ShouldBe(0x11223344u);
        pair.Server.IsAuthenticated.ShouldBeTrue();
        (await pair.Client.BindAsync(["A", "*B"], new("gw", "Gateway"), Pair.Soon, default)).ShouldBe(ResponseMessage.Success);
        bound.ShouldBe(["A", "*B"]);
        (await pair.Client.SendAsync(Requests.Echo("hi"), Pair.Soon, default)).Text().ShouldBe("hi");
        (await pair.Server.SendAsync(Requests.Echo("back"), Pair.Soon, default)).Text().ShouldBe("back");
    }

    [Theory]
    [InlineData(Deflate.Off)]
    [InlineData(Deflate.WithTakeover)]
    [InlineData(Deflate.WithoutTakeover)]
    public async Task Answers_find_their_requests_in_any_order_and_size(Deflate deflate)
    {
        await using var pair = await Pair.DeflatedAsync(deflate);
        var random = new Random(3);
        pair.ServerHandler.Request = async (request, _) =>
        {
            await Task.Delay(random.Next(5), CancellationToken.None);
            return ResponseMessage.Of(request.Parameters);
        };
        await Task.WhenAll(Enumerable.Range(0, 400).Select(async i =>
        {
            var text = new string((char)('a' + (i % 26)), i * i % 30_000) + i;
            var end = i % 2 == 0 ? pair.Client : pair.Server;
            (await end.SendAsync(Requests.Echo(text), Pair.Soon, default)).Text().ShouldBe(text);
        }));
        pair.Client.PendingRequests.ShouldBe(0);
        pair.Server.InFlight.ShouldBe(0);
        pair.Client.BytesSent.ShouldBe(pair.Server.BytesReceived);
        pair.Client.MessagesSent.ShouldBe(pair.Server.MessagesReceived);
    }

    [Fact]
    public async Task Ids_wrap_around_and_are_never_0()
    {
        await using var pair = await Pair.AuthenticatedAsync(client: ConnectionOptions.Client with { FirstRequestId = uint.MaxValue - 2 });
        for (var i = 0; i < 8; i++)
            (await pair.Client.SendAsync(Requests.Echo($"{i}"), Pair.Soon, default)).Text().ShouldBe($"{i}");

        var calls = new Hansa.AlwaysOn.Connections.PendingCalls(uint.MaxValue);
        var first = calls.Begin(isAuth: false);
        first.RequestId.ShouldBe(uint.MaxValue);
        calls.Begin(isAuth: false).RequestId.ShouldBe(1u);
    }

    [Fact]
    public async Task Requests_are_started_in_the_order_they_were_sent()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        var started = new List<string>();
        pair.ServerHandler.Request = async (request, _) =>
        {
            started.Add(request.Target);
            await Task.Yield();
            return ResponseMessage.Success;
        };
        await Task.WhenAll(Enumerable.Range(0, 1000).Select(i =>
            pair.Client.SendAsync(Requests.Echo("", $"S{i:d4}"), Pair.Soon, default).AsTask()));
        started.SequenceEqual(started.Order(StringComparer.Ordinal)).ShouldBeTrue();
    }

    [Fact]
    public async Task A_handler_may_call_back_over_the_same_connection()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        pair.ServerHandler.Request = async (_, token) => await pair.Server.SendAsync(Requests.Echo("round"), Pair.Soon, token);
        (await pair.Client.SendAsync(Requests.Echo("x"), Pair.Soon, default)).Text().ShouldBe("round");
    }

    [Fact]
    public async Task Failures_keep_their_kind_and_sentence_and_faults_their_secrets()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        pair.ServerHandler.Request = (request, _) => request.Target switch
        {
            "told" => throw new PlatformException(ErrorCode.Forbidden, "You may not."),
            "later" => ValueTask.FromException<ResponseMessage>(new PlatformException(ErrorCode.Timeout, "Too late.")),
            _ => throw new InvalidOperationException("secret"),
        };
        var told = await pair.Client.SendAsync(Requests.Echo("", "told"), Pair.Soon, default);
        (told.Status, told.Reason, told.FailureText).ShouldBe((Status.Forbidden, "You may not.", "You may not."));
        (await pair.Client.SendAsync(Requests.Echo("", "later"), Pair.Soon, default)).Status.ShouldBe(Status.GatewayTimeout);
        var fault = await pair.Client.SendAsync(Requests.Echo("", "fault"), Pair.Soon, default);
        fault.ShouldBe(new ResponseMessage(Status.InternalServerError));
        pair.ServerHandler.Faults.ShouldHaveSingleItem().Message.ShouldBe("secret");
    }

    [Fact]
    public async Task A_call_without_answer_ends_in_time_and_a_late_answer_does_no_harm()
    {
        var time = new ManualTimeProvider();
        var release = new TaskCompletionSource();
        await using var pair = await Pair.AuthenticatedAsync(time: time);
        pair.ServerHandler.Request = async (request, _) =>
        {
            await release.Task;
            return ResponseMessage.Of(request.Parameters);
        };
        var call = pair.Client.SendAsync(Requests.Echo("x"), TimeSpan.FromSeconds(30), default).AsTask();
        await Until(() => pair.Server.InFlight == 1);
        time.Advance(TimeSpan.FromSeconds(29));
        call.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        (await Should.ThrowAsync<RequestTimeoutException>(call)).Sent.ShouldBeTrue();
        release.SetResult();
        (await pair.Client.SendAsync(Requests.Echo("y"), Pair.Soon, default)).Text().ShouldBe("y");
    }

    [Fact]
    public async Task A_cancelled_call_ends_at_once()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        pair.ServerHandler.Request = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return ResponseMessage.Success;
        };
        using var cancel = new CancellationTokenSource();
        var call = pair.Client.SendAsync(Requests.Echo("x"), Pair.Soon, cancel.Token).AsTask();
        await Until(() => pair.Server.InFlight == 1);
        await cancel.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(call);
        pair.Client.PendingRequests.ShouldBe(0);
    }

    [Fact]
    public async Task Calls_that_die_with_the_connection_say_whether_they_were_sent()
    {
        await using var pair = await Pair.AuthenticatedAsync(capacity: 16 << 10);
        var stuck = new TaskCompletionSource<ResponseMessage>();
        pair.ServerHandler.Request = (_, _) => new(stuck.Task);
        var sent = pair.Client.SendAsync(Requests.Echo("x"), Pair.Soon, default).AsTask();
        await Until(() => pair.Server.InFlight == 1);
        await pair.Server.DisposeAsync();
        (await Should.ThrowAsync<ConnectionLostException>(sent)).Sent.ShouldBeTrue();
        await pair.Client.Ended.WaitAsync(Pair.Soon);
        (await Should.ThrowAsync<ConnectionLostException>(async () =>
            await pair.Client.SendAsync(Requests.Echo("x"), Pair.Soon, default))).Sent.ShouldBeFalse();
    }

    [Fact]
    public async Task A_long_message_does_not_hold_back_short_ones()
    {
        await using var pair = await Pair.AuthenticatedAsync(capacity: 16 << 10);
        var order = new List<int>();
        pair.ServerHandler.Request = (request, _) =>
        {
            order.Add(request.Parameters![0, "result"].AsText()!.Length);
            return new(ResponseMessage.Success);
        };
        var big = pair.Client.SendAsync(Requests.Echo(4 << 20), Pair.Soon, default).AsTask();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(i => pair.Client.SendAsync(Requests.Echo(i), Pair.Soon, default).AsTask()));
        order.ShouldBe(Enumerable.Range(0, 20));
        await big;
        order[^1].ShouldBe(4 << 20);
    }

    [Fact]
    public async Task Requests_of_one_lane_arrive_in_order_whatever_their_length()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        var order = new List<string>();
        pair.ServerHandler.Request = (request, _) =>
        {
            order.Add(request.Target);
            return new(ResponseMessage.Success);
        };
        var random = new Random(5);
        var calls = new List<Task>();
        for (var i = 0; i < 200; i++)
        {
            var lane = $"L{i % 3}";
            var request = Requests.Echo(new string('x', random.Next(4) == 0 ? 100_000 : 10), $"{lane} {i:d3}") with { Lane = lane };
            var traffic = random.Next(2) == 0 ? TrafficClass.Call : TrafficClass.Queued;
            calls.Add(pair.Client.SendAsync(request, Pair.Soon, traffic, default).AsTask());
        }

        await Task.WhenAll(calls);
        foreach (var lane in order.GroupBy(target => target[..2]))
            lane.SequenceEqual(lane.Order(StringComparer.Ordinal)).ShouldBeTrue();
    }

    [Fact]
    public async Task What_was_told_as_unsent_never_arrives()
    {
        var arrived = new ConcurrentDictionary<string, bool>();
        await using var pair = await Pair.AuthenticatedAsync();
        pair.ServerHandler.Request = (request, _) =>
        {
            arrived[request.Target] = true;
            return new(ResponseMessage.Success);
        };
        var unsent = new ConcurrentBag<string>();
        for (var round = 0; round < 200; round++)
        {
            await Task.WhenAll(Enumerable.Range(0, 20).Select(async i =>
            {
                var name = $"{round}.{i}";
                try
                {
                    await pair.Client.SendAsync(Requests.Echo("", name), TimeSpan.FromMilliseconds(i % 3), default);
                }
                catch (RequestTimeoutException e) when (!e.Sent)
                {
                    unsent.Add(name);
                }
                catch (RequestTimeoutException)
                {
                    // It may have arrived, and that is what its caller was told.
                }
            }));
        }

        await pair.Client.SendAsync(Requests.Echo("", "last"), Pair.Soon, default);
        unsent.ShouldNotBeEmpty();
        unsent.Where(arrived.ContainsKey).ShouldBeEmpty();
    }

    [Fact]
    public async Task Half_a_message_whose_caller_has_gone_is_not_sent_to_its_end()
    {
        var time = new ManualTimeProvider();
        var (one, other) = DuplexStream.Pair(16 << 10);
        await using var client = new AlwaysOnConnection(one, ConnectionOptions.Client, new TestHandler(), time);
        _ = client.RunAsync(default);
        var call = client.SendAsync(Requests.Echo(1 << 20), TimeSpan.FromSeconds(5), default).AsTask();
        await Until(() => client.QueuedBytes > 0);
        time.Advance(TimeSpan.FromSeconds(5));
        (await Should.ThrowAsync<RequestTimeoutException>(call)).Sent.ShouldBeFalse();
        await using var peer = new FrameSocket(other, new(), time);
        var chunks = 0;
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        await Should.ThrowAsync<OperationCanceledException>(async () =>
        {
            while (await peer.ReceiveAsync(soon.Token) is not null)
                chunks++;
        });
        chunks.ShouldBeInRange(1, 20);
        client.QueuedMessages.ShouldBe(0);
    }

    [Fact]
    public async Task While_the_peer_does_not_read_what_waits_holds_no_bytes()
    {
        var time = new ManualTimeProvider();
        var (one, other) = DuplexStream.Pair(8 << 10);
        await using var client = new AlwaysOnConnection(
            one, ConnectionOptions.Client with { MaxQueuedBytes = 300_000 }, new TestHandler(), time);
        _ = client.RunAsync(default);
        var calls = Enumerable.Range(0, 100).Select(_ => client.SendAsync(Requests.Echo(100_000), TimeSpan.FromSeconds(5), default).AsTask()).ToList();
        await Task.Delay(100);
        client.QueuedBytes.ShouldBeLessThan(450_000);
        client.QueuedMessages.ShouldBe(100);
        time.Advance(TimeSpan.FromSeconds(5));
        foreach (var call in calls)
            await Should.ThrowAsync<RequestTimeoutException>(call);
        GC.KeepAlive(other);
    }

    [Fact]
    public async Task A_peer_that_takes_no_answers_is_not_asked_for_more()
    {
        await using var raw = await RawPeer.StartAsync(new() { MaxInFlight = 8 });
        var handled = 0;
        raw.Handler.Request = (_, _) =>
        {
            handled++;
            return new(ResponseMessage.Of(Requests.Echo(7000).Parameters));
        };
        var sent = 0;
        for (; sent < 200; sent++)
            await raw.SendAsync("0101000000090000000011223344000a0a50726f62655468696e6701046e616d6500ff");
        await Task.Delay(100);
        handled.ShouldBeLessThan(40);
        for (var i = 0; i < sent; i++)
            (await raw.ReceiveAsync()).ShouldStartWith("014000000009");
        handled.ShouldBe(sent);
    }

    [Fact]
    public async Task Two_ends_that_both_ask_for_more_than_fits_do_not_lock_up()
    {
        await using var pair = await Pair.AuthenticatedAsync(capacity: 4 << 10);
        pair.ServerHandler.Request = pair.ClientHandler.Request = (_, _) => new(ResponseMessage.Of(Requests.Echo(20_000).Parameters));
        await Task.WhenAll(Enumerable.Range(0, 2000).Select(i =>
            (i % 2 == 0 ? pair.Server : pair.Client).SendAsync(Requests.Echo(5000), TimeSpan.FromSeconds(60), default).AsTask()));
    }

    [Fact]
    public async Task Nothing_is_read_above_the_limit_of_requests_under_way()
    {
        await using var pair = await Pair.AuthenticatedAsync(server: new() { MaxInFlight = 8 });
        var gate = new TaskCompletionSource();
        var running = 0;
        var most = 0;
        pair.ServerHandler.Request = async (request, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref running));
            await gate.Task;
            Interlocked.Decrement(ref running);
            return ResponseMessage.Of(request.Parameters);
        };
        var calls = Enumerable.Range(0, 50).Select(i => pair.Client.SendAsync(Requests.Echo($"{i}"), Pair.Soon, default).AsTask()).ToList();
        await Until(() => Volatile.Read(ref running) == 8);
        await Task.Delay(50);
        running.ShouldBe(8);
        gate.SetResult();
        await Task.WhenAll(calls);
        most.ShouldBe(8);
    }

    [Fact]
    public async Task An_answer_above_the_limit_becomes_a_sentence()
    {
        await using var pair = await Pair.AuthenticatedAsync(server: new() { MaxMessageSize = 100_000 });
        pair.ServerHandler.Request = (_, _) => new(ResponseMessage.Of(Requests.Echo(200_000).Parameters));
        var answer = await pair.Client.SendAsync(Requests.Echo("x"), Pair.Soon, default);
        answer.Status.ShouldBe(Status.EntityTooLarge);
        answer.FailureText!.ShouldContain("pages");
    }

    [Fact]
    public async Task A_request_above_the_limit_of_the_peer_is_refused_and_the_connection_goes_on()
    {
        await using var pair = await Pair.AuthenticatedAsync(server: new() { MaxMessageSize = 100_000 });
        (await pair.Client.SendAsync(Requests.Echo(500_000), Pair.Soon, default)).Status.ShouldBe(Status.EntityTooLarge);
        (await pair.Client.SendAsync(Requests.Echo("x"), Pair.Soon, default)).Text().ShouldBe("x");
        await Should.ThrowAsync<PlatformException>(async () => await pair.Server.SendAsync(Requests.Echo(500_000), Pair.Soon, default));
        (await pair.Server.SendAsync(Requests.Echo("y"), Pair.Soon, default)).Text().ShouldBe("y");
    }

    [Fact]
    public async Task Headers_travel_only_to_a_peer_that_reads_them_and_a_new_auth_ends_that()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        var request = Requests.Echo("x") with { Headers = [new("n", "17"), new("caller", "Ägir")] };
        RequestMessage? got = null;
        pair.ServerHandler.Request = (message, _) =>
        {
            got = message;
            return new(ResponseMessage.Success);
        };
        await pair.Client.SendAsync(request, Pair.Soon, default);
        got!.Headers.ShouldBeEmpty();
        pair.Client.Peer = PeerProfile.Hansa;
        await pair.Client.SendAsync(request, Pair.Soon, default);
        got.Header("caller").ShouldBe("Ägir");
        pair.Server.Peer = PeerProfile.Hansa;
        await pair.Client.AuthenticateAsync(AuthMessage.ApplicationKey("key"), Pair.Soon, default);
        (pair.Client.Peer, pair.Server.Peer).ShouldBe((PeerProfile.Device, PeerProfile.Device));
    }

    [Fact]
    public async Task More_names_than_one_message_counts_are_bound_in_several()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        var counts = new List<int>();
        pair.ServerHandler.Bind = bind =>
        {
            counts.Add(bind.Names.Length);
            return new(ResponseMessage.Success);
        };
        await pair.Client.BindAsync([.. Enumerable.Range(0, 70_000).Select(i => $"Thing-{i}")], null, Pair.Soon, default);
        await pair.Client.UnbindAsync(["x"], null, Pair.Soon, default);
        counts.ShouldBe([65_535, 4_465, 1]);
    }

    [Fact]
    public async Task What_is_sent_after_a_bind_comes_after_its_answer()
    {
        await using var raw = await RawPeer.StartAsync();
        raw.Handler.AfterBind = async (connection, _) =>
            await connection.SendAsync(new(Method.Post, EntityKind.Things, "A", Characteristic.Services, "NotifyPropertyUpdate"), Pair.Soon, default);
        await raw.SendAsync("010a00000005000000001122334400" + "00" + "0001" + "0141");
        (await raw.ReceiveAsync()).ShouldBe("01400000000500000000112233440000ff");
        (await raw.ReceiveAsync()).ShouldStartWith("0103");
    }

    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; i < 1000 && !condition(); i++)
            await Task.Delay(5);
        condition().ShouldBeTrue();
    }
}
