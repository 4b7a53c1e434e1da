using Hansa.AlwaysOn;
using Hansa.Federation.Tests.Support;
using Hansa.Model;
using Hansa.Runtime;
using Shouldly;
using Xunit;

namespace Hansa.Federation.Tests;

/// <summary>What a caller is told when a call to the other end does not end well: never that nothing was done when something may have been.</summary>
public sealed class OutcomeTests
{
    private static readonly ScriptService Wait = new(new("Wait", [], new("result", BaseType.STRING)), "");

    [Fact]
    public async Task A_call_that_was_sent_and_not_answered_in_time_is_told_as_unknown_and_not_as_unsent()
    {
        await using var server = await ServerA.StartAsync(new() { RequestTimeout = TimeSpan.FromMilliseconds(200), ServicesPerThing = 64 });
        var thing = await server.MakeAsync(new("Device", "RemoteThing") { Services = [Wait], RemoteServiceBindings = [new("Wait", "")] });
        await using var pipe = await PublisherPipe.ConnectAsync(server, isHansa: false, ["Device"], NeverAsync);
        await Until.TrueAsync(() => IsConnected(thing), "the device to be bound");
        var failures = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => Assert.ThrowsAsync<PlatformException>(() => server.CallAsync("Device", "Wait").AsTask())));
        failures.Select(failure => (failure.Code, failure.Message.Contains("not known", StringComparison.Ordinal))).Distinct().ShouldHaveSingleItem().ShouldBe((ErrorCode.Timeout, true));
    }

    [Fact]
    public async Task A_kept_write_that_was_sent_and_not_answered_in_time_is_told_as_unknown()
    {
        await using var server = await ServerA.StartAsync(new() { RequestTimeout = TimeSpan.FromMilliseconds(200) });
        var thing = await server.MakeRemoteStreamAsync("RemoteS", "S@ServerB");
        await using var pipe = await PublisherPipe.ConnectAsync(server, isHansa: true, ["*S@ServerB"], NeverAsync);
        await Until.TrueAsync(() => IsConnected(thing), "the stream to be bound");
        var values = Value.Table(InfoTable.Single(("n", BaseType.LONG, Value.Long(1))));
        var failures = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ =>
            Assert.ThrowsAsync<PlatformException>(() => server.CallAsync("RemoteS", "AddStreamEntry", ("values", values)).AsTask())));
        failures.Select(failure => (failure.Code, failure.Message.Contains("not known", StringComparison.Ordinal))).Distinct().ShouldHaveSingleItem().ShouldBe((ErrorCode.Timeout, true));
    }

    [Fact]
    public async Task A_call_that_got_no_turn_in_time_is_told_as_unsent()
    {
        var asked = 0;
        await using var server = await ServerA.StartAsync(new() { RequestTimeout = TimeSpan.FromMilliseconds(200), ServicesPerThing = 1 });
        var thing = await server.MakeAsync(new("Device", "RemoteThing") { Services = [Wait], RemoteServiceBindings = [new("Wait", "")] });
        await using var pipe = await PublisherPipe.ConnectAsync(server, isHansa: false, ["Device"], (request, token) =>
        {
            Interlocked.Increment(ref asked);
            return NeverAsync(request, token);
        });
        await Until.TrueAsync(() => IsConnected(thing), "the device to be bound");
        var failures = await Task.WhenAll(Enumerable.Range(0, 10).Select(_ => Assert.ThrowsAsync<PlatformException>(() => server.CallAsync("Device", "Wait").AsTask())));
        var unknown = failures.Count(failure => failure.Code == ErrorCode.Timeout);
        failures.Count(failure => failure.Code == ErrorCode.Unavailable).ShouldBe(10 - unknown);
        // One that left at its last moment may still be on its way.
        await Until.TrueAsync(() => Volatile.Read(ref asked) >= unknown, "what was sent to arrive");
        await pipe.DisposeAsync();
        asked.ShouldBe(unknown);
    }

    [Fact]
    public async Task A_device_that_answers_81_does_not_make_the_caller_sign_in_again()
    {
        await using var server = await ServerA.StartAsync();
        var thing = await server.MakeAsync(new("Device", "RemoteThing") { Services = [Wait], RemoteServiceBindings = [new("Wait", "")] });
        await using var pipe = await PublisherPipe.ConnectAsync(server, isHansa: false, ["Device"], (_, _) => new(new ResponseMessage(Status.Unauthorized)));
        await Until.TrueAsync(() => IsConnected(thing), "the device to be bound");
        (await Assert.ThrowsAsync<PlatformException>(() => server.CallAsync("Device", "Wait").AsTask())).Code.ShouldBe(ErrorCode.BadGateway);
    }

    [Fact]
    public async Task A_caller_who_goes_away_leaves_its_place_to_others()
    {
        await using var server = await ServerA.StartAsync(new() { ServicesPerThing = 1 });
        var thing = await server.MakeAsync(new("Device", "RemoteThing") { Services = [Wait], RemoteServiceBindings = [new("Wait", "")] });
        var calls = 0;
        await using var pipe = await PublisherPipe.ConnectAsync(server, isHansa: false, ["Device"], (request, token) =>
            Interlocked.Increment(ref calls) == 1 ? NeverAsync(request, token) : new(ResponseMessage.Of(InfoTable.Result(Value.String("done"), BaseType.STRING))));
        await Until.TrueAsync(() => IsConnected(thing), "the device to be bound");
        using var leaving = new CancellationTokenSource();
        var first = server.Invoker.InvokeAsSystemAsync(EntityKey.Thing("Device"), "Wait", TableArguments.None, leaving.Token).AsTask();
        await Until.TrueAsync(() => Volatile.Read(ref calls) == 1, "the first call to be under way");
        var second = server.CallAsync("Device", "Wait").AsTask();
        await leaving.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => first);
        (await second).Value.AsText().ShouldBe("done");
    }

    private static bool IsConnected(Thing thing) => thing.Properties.Read("isConnected").Value.AsBoolean();

    private static async ValueTask<ResponseMessage> NeverAsync(RequestMessage request, CancellationToken token)
    {
        await Task.Delay(Timeout.Infinite, token);
        return ResponseMessage.Success;
    }
}
