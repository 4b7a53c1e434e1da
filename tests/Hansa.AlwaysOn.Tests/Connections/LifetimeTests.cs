using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Tests.Connections;

public class LifetimeTests
{
    [Fact]
    public async Task Without_auth_in_15_seconds_the_server_closes_with_1008()
    {
        var time = new ManualTimeProvider();
        await using var raw = await RawPeer.StartAsync(time: time, authenticate: false);
        time.Advance(TimeSpan.FromSeconds(14));
        raw.Connection.Ended.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        (await raw.ReceiveAsync()).ShouldBe("Close 1008");
        await TurnUntil(time, raw.Handler.Closing);
        (await raw.Handler.Closing).ShouldBeOfType<TimeoutException>();
    }

    [Fact]
    public async Task A_device_may_be_silent_for_two_minutes_and_no_longer()
    {
        var time = new ManualTimeProvider();
        await using var raw = await RawPeer.StartAsync(time: time);
        await Task.Delay(50);
        for (var i = 0; i < 5; i++)
        {
            time.Advance(TimeSpan.FromSeconds(55));
            await raw.SendControlAsync(Opcode.Ping, [1]);
            (await raw.ReceiveAsync()).ShouldBe("Pong");
            await Task.Delay(20);
        }

        time.Advance(TimeSpan.FromSeconds(119));
        raw.Connection.Ended.IsCompleted.ShouldBeFalse();
        time.Advance(TimeSpan.FromSeconds(1));
        (await raw.ReceiveAsync()).ShouldBe("Close 1001");
        await TurnUntil(time, raw.Handler.Closing);
    }

    [Fact]
    public async Task Two_hansas_ping_each_second_and_stay()
    {
        var time = new ManualTimeProvider();
        await using var pair = await Pair.AuthenticatedAsync(
            new ConnectionOptions().BetweenHansas(), ConnectionOptions.Client.BetweenHansas(), time);
        var before = pair.Server.BytesReceived;
        for (var i = 0; i < 30; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        pair.Server.Ended.IsCompleted.ShouldBeFalse();
        pair.Client.Ended.IsCompleted.ShouldBeFalse();
        (pair.Server.BytesReceived - before).ShouldBeGreaterThan(25 * 10);
    }

    [Fact]
    public async Task A_dead_hansa_is_given_up_after_five_seconds()
    {
        var time = new ManualTimeProvider();
        await using var raw = await RawPeer.StartAsync(new ConnectionOptions().BetweenHansas(), time);
        await Task.Delay(50);
        time.Advance(TimeSpan.FromSeconds(5));
        await TurnUntil(time, raw.Handler.Closing);
        (await raw.Handler.Closing).ShouldBeOfType<TimeoutException>();
    }

    [Fact]
    public async Task A_peer_is_not_silent_while_nobody_reads()
    {
        var time = new ManualTimeProvider();
        await using var raw = await RawPeer.StartAsync(new() { MaxInFlight = 1 }, time);
        var gate = new TaskCompletionSource<ResponseMessage>();
        raw.Handler.Request = (_, _) => new(gate.Task);
        const string get = "0101000000090000000011223344000a0a50726f62655468696e6701046e616d6500ff";
        await raw.SendAsync(get);
        await raw.SendAsync(get);
        await Task.Delay(50);
        time.Advance(TimeSpan.FromMinutes(10));
        raw.Connection.Ended.IsCompleted.ShouldBeFalse();
        gate.SetResult(ResponseMessage.Success);
        (await raw.ReceiveAsync()).ShouldStartWith("0140");
        (await raw.ReceiveAsync()).ShouldStartWith("0140");
    }

    [Fact]
    public async Task A_peer_that_takes_nothing_is_given_up()
    {
        var time = new ManualTimeProvider();
        var (one, other) = DuplexStream.Pair(1024);
        var handler = new TestHandler();
        await using var client = new AlwaysOnConnection(
            one, ConnectionOptions.Client with { SilenceLimit = TimeSpan.FromHours(1), PingInterval = null }, handler, time);
        _ = client.RunAsync(default);
        var call = client.SendAsync(Requests.Echo(5000), TimeSpan.FromHours(1), default).AsTask();
        await Task.Delay(50);
        time.Advance(TimeSpan.FromSeconds(61));
        await TurnUntil(time, handler.Closing);
        await Should.ThrowAsync<ConnectionLostException>(call);
        GC.KeepAlive(other);
    }

    [Fact]
    public async Task A_stream_that_fails_in_one_direction_ends_the_connection_though_its_reader_waits_for_the_writer()
    {
        var (one, other) = DuplexStream.Pair();
        var handler = new TestHandler();
        await using var server = new AlwaysOnConnection(one, new(), handler, TimeProvider.System);
        var running = server.RunAsync(default);
        await using var peer = new FrameSocket(other, new() { IsClient = true }, TimeProvider.System);
        one.FailWrites = true;
        // Each gets 81, and reading goes on only when that is written.
        for (var i = 0; i < 5; i++)
            peer.Write(Opcode.Binary, Convert.FromHexString("0101000000090000000011223344000a0a50726f62655468696e6701046e616d6500ff"), compress: false);
        await peer.FlushAsync(default);
        await running.WaitAsync(Pair.Soon);
        (await handler.Closing).ShouldBeOfType<IOException>();
    }

    [Fact]
    public async Task An_orderly_close_lets_what_is_under_way_end()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        var gate = new TaskCompletionSource();
        pair.ServerHandler.Request = async (request, _) =>
        {
            await gate.Task;
            return ResponseMessage.Of(request.Parameters);
        };
        var call = pair.Client.SendAsync(Requests.Echo("last"), Pair.Soon, default).AsTask();
        while (pair.Server.InFlight == 0)
            await Task.Delay(1);
        var closing = pair.Server.CloseAsync(CloseCode.GoingAway, "bye");
        (await pair.Client.SendAsync(Requests.Echo("late"), Pair.Soon, default)).Status.ShouldBe(Status.ServiceUnavailable);
        gate.SetResult();
        (await call).Text().ShouldBe("last");
        await closing.WaitAsync(Pair.Soon);
        await pair.Client.Ended.WaitAsync(Pair.Soon);
        (await pair.ServerHandler.Closing).ShouldBeNull();
        (await pair.ClientHandler.Closing).ShouldBeNull();
    }

    [Fact]
    public async Task Draining_has_its_limit()
    {
        var time = new ManualTimeProvider();
        await using var pair = await Pair.AuthenticatedAsync(time: time);
        pair.ServerHandler.Request = (_, _) => new(new TaskCompletionSource<ResponseMessage>().Task);
        var call = pair.Client.SendAsync(Requests.Echo("x"), TimeSpan.FromHours(1), default).AsTask();
        while (pair.Server.InFlight == 0)
            await Task.Delay(1);
        var closing = pair.Server.CloseAsync(CloseCode.Normal, "");
        time.Advance(TimeSpan.FromSeconds(5));
        (await Should.ThrowAsync<ConnectionLostException>(call)).Sent.ShouldBeTrue();
        await TurnUntil(time, closing);
    }

    [Fact]
    public async Task Cancelling_the_run_closes_in_good_order()
    {
        var pair = new Pair(run: false);
        using var stop = new CancellationTokenSource();
        var running = pair.Server.RunAsync(stop.Token);
        var other = pair.Client.RunAsync(default);
        await stop.CancelAsync();
        await running.WaitAsync(Pair.Soon);
        await other.WaitAsync(Pair.Soon);
        (await pair.ClientHandler.Closing).ShouldBeNull();
    }

    [Fact]
    public async Task Disposing_twice_before_or_after_running_does_no_harm()
    {
        var idle = new Pair(run: false);
        await idle.DisposeAsync();
        await idle.DisposeAsync();
        idle.ServerHandler.Closes.ShouldBe(1);

        var pair = await Pair.AuthenticatedAsync();
        await Task.WhenAll(pair.DisposeAsync().AsTask(), pair.DisposeAsync().AsTask(), pair.Server.CloseAsync(CloseCode.Normal, ""));
        await pair.DisposeAsync();
        pair.ServerHandler.Closes.ShouldBe(1);
        pair.ClientHandler.Closes.ShouldBe(1);
    }

    [Fact]
    public async Task An_end_without_a_close_has_a_reason()
    {
        await using var raw = await RawPeer.StartAsync();
        var handler = raw.Handler;
        var (connection, ended) = (raw.Connection, raw.Handler.Closing);
        await raw.CutAsync();
        (await ended.WaitAsync(Pair.Soon)).ShouldBeAssignableTo<IOException>();
        connection.Ended.IsCompleted.ShouldBeTrue();
        handler.Closes.ShouldBe(1);
    }

    [Fact]
    public async Task Requests_under_way_see_their_token_cancelled_when_the_connection_ends()
    {
        await using var pair = await Pair.AuthenticatedAsync();
        var cancelled = new TaskCompletionSource();
        pair.ServerHandler.Request = async (_, token) =>
        {
            try
            {
                await Task.Delay(Timeout.Infinite, token);
            }
            finally
            {
                cancelled.SetResult();
            }

            return ResponseMessage.Success;
        };
        var call = pair.Client.SendAsync(Requests.Echo("x"), Pair.Soon, default).AsTask();
        while (pair.Server.InFlight == 0)
            await Task.Delay(1);
        await pair.Client.DisposeAsync();
        await cancelled.Task.WaitAsync(Pair.Soon);
        await Should.ThrowAsync<ConnectionLostException>(call);
        pair.ServerHandler.Faults.ShouldBeEmpty();
    }

    /// <summary>Turns the clock on until it is done.</summary>
    private static async Task TurnUntil(ManualTimeProvider time, Task done)
    {
        for (var i = 0; i < 200 && !done.IsCompleted; i++)
        {
            time.Advance(TimeSpan.FromSeconds(1));
            await Task.Delay(10);
        }

        await done.WaitAsync(Pair.Soon);
    }
}
