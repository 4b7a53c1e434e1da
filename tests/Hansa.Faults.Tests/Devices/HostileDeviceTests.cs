using System.Diagnostics;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.WebSockets;
using Hansa.Testing;
using Shouldly;
using Xunit;

namespace Hansa.Faults.Tests.Devices;

/// <summary>Devices that behave badly, or very much: the server and the other devices go on.</summary>
public sealed class HostileDeviceTests(DeviceServer fixture) : IClassFixture<DeviceServer>
{
    [Fact]
    public async Task Garbage_after_the_upgrade_ends_that_connection_only()
    {
        var thing = await fixture.MakeAsync("Calm", "RemoteThing");
        await using var calm = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        var random = new Random(1);
        for (var i = 0; i < 50; i++)
        {
            using var device = await RawDevice.UpgradeAsync(fixture.Server, fixture.Key);
            if (i % 2 == 0)
                await device.SignInAsync(fixture.Key);
            var garbage = new byte[random.Next(1, 3000)];
            random.NextBytes(garbage);
            await device.SendAsync(garbage);
            // A frame that says it is longer than what comes is a fault only when there is time for no more.
            await device.SendAsync([0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]);
        }

        (await calm.GetAsync(thing, "isConnected")).ShouldBeSuccess();
        await fixture.UntilConnectedAsync(thing);
    }

    [Fact]
    public async Task A_frame_of_a_reserved_kind_or_length_ends_the_connection()
    {
        foreach (var bytes in new byte[][]
        {
            [0x83, 0x80, 0, 0, 0, 0], // An opcode that does not exist.
            [0x82, 0x01, 0x00], // Not masked.
            [0x82, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], // Longer than anything.
            [0x80, 0x81, 0, 0, 0, 0, 0], // A continuation of nothing.
        })
        {
            using var device = await RawDevice.UpgradeAsync(fixture.Server, fixture.Key);
            await device.SignInAsync(fixture.Key);
            await device.SendAsync(bytes);
            await device.UntilEndedAsync();
        }
    }

    [Fact]
    public async Task Ten_thousand_names_in_one_BIND_are_bound_and_their_Things_connected()
    {
        var stem = fixture.Fresh("Fleet");
        var things = string.Concat(Enumerable.Range(0, 200).Select(i => $"""<Thing name="{stem}.{i * 50}" thingTemplate="RemoteThing" enabled="true"/>"""));
        (await fixture.Rest.ImportAsync($"<Entities><Things>{things}</Things></Entities>")).Status.ShouldBe(System.Net.HttpStatusCode.OK);
        var names = Enumerable.Range(0, 10_000).Select(i => $"{stem}.{i}").ToArray();
        await using (var gateway = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, names))
        {
            await Tables.UntilAsync(() => Task.FromResult(gateway.Received.Count == 200), "each Thing's device to be told");
            gateway.Received.Select(request => request.Entity).Distinct().Count().ShouldBe(200);
            await fixture.UntilConnectedAsync($"{stem}.9950");
            // The same again is nothing new, and one that is made now is bound at once.
            await gateway.BindAsync(names);
            await fixture.Rest.MakeThingAsync($"{stem}.7", "RemoteThing");
            (await fixture.IsConnectedAsync($"{stem}.7")).ShouldBeTrue();
        }

        await fixture.UntilConnectedAsync($"{stem}.0", isConnected: false);
        await fixture.UntilConnectedAsync($"{stem}.9950", isConnected: false);
        await fixture.UntilConnectedAsync($"{stem}.7", isConnected: false);
    }

    [Fact]
    public async Task A_gateway_may_bind_sixty_thousand_names()
    {
        var stem = fixture.Fresh("Crowd");
        await using var gateway = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key);
        await gateway.BindAsync([.. Enumerable.Range(0, 60_000).Select(i => $"{stem}.{i}")]);
        await fixture.Rest.MakeThingAsync($"{stem}.59999", "RemoteThing");
        (await fixture.IsConnectedAsync($"{stem}.59999")).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_hundred_connections_that_come_and_go_leave_nothing_behind()
    {
        var thing = await fixture.MakeAsync("Churned", "RemoteThing");
        await ChurnAsync(20, thing);
        var before = OpenFiles();
        await ChurnAsync(200, thing);
        await fixture.UntilConnectedAsync(thing, isConnected: false);
        await Tables.UntilAsync(() => Task.FromResult(OpenFiles() <= before + 20), $"the sockets to be closed; {before} files were open before");
        await using var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing);
        await fixture.UntilConnectedAsync(thing);
    }

    [Fact]
    public async Task A_device_that_does_not_read_holds_back_nobody_and_not_much_memory()
    {
        var thing = await fixture.MakeAsync("Heavy", "GenericThing", null, ("text", "STRING"), ("light", "NUMBER"));
        await fixture.Rest.WriteAsync(thing, "text", new string('x', 1 << 20));
        await fixture.Rest.WriteAsync(thing, "light", 1);
        var before = WorkingSet();
        using var greedy = await RawDevice.UpgradeAsync(fixture.Server, fixture.Key);
        await greedy.SignInAsync(fixture.Key);
        var asking = AskAsync(greedy);
        await using var other = await EdgeDevice.ConnectAsync(fixture.Server, fixture.OtherKey);
        var slowest = TimeSpan.Zero;
        for (var i = 0; i < 100; i++)
        {
            var clock = Stopwatch.StartNew();
            (await other.GetAsync(thing, "light")).ShouldBeSuccess();
            slowest = clock.Elapsed > slowest ? clock.Elapsed : slowest;
        }

        slowest.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        (WorkingSet() - before).ShouldBeLessThan(100 << 20);
        greedy.Dispose();
        await asking;

        async Task AskAsync(RawDevice device)
        {
            try
            {
                // A gigabyte of answers, if the server made them.
                for (var i = 1; i <= 1000; i++)
                    await device.GetAsync(i + 1, thing, "text");
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException or OperationCanceledException)
            {
                // The server has stopped to read, or the test has ended.
            }
        }
    }

    [Fact]
    public async Task A_device_that_stops_reading_is_no_burden_to_who_calls_another()
    {
        var (stuck, well) = (await fixture.MakeAsync("Stuck", "RemoteThing"), await fixture.MakeAsync("Well", "RemoteThing"));
        foreach (var thing in new[] { stuck, well })
            await fixture.MakeRemoteServiceAsync(thing, "Echo", "", "STRING", ("text", "STRING"));
        await using var deaf = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, stuck);
        deaf.Answer = async (_, token) =>
        {
            await Task.Delay(Timeout.Infinite, token);
            return ResponseMessage.Success;
        };
        await using var ready = await EdgeDevice.ConnectAsync(fixture.Server, fixture.OtherKey, well);
        ready.Answer = (request, _) => new(ResponseMessage.Of(Model.InfoTable.Result(request.Parameters![0, "text"], Model.BaseType.STRING)));
        await fixture.UntilConnectedAsync(stuck);
        await fixture.UntilConnectedAsync(well);
        var waiting = Enumerable.Range(0, 40).Select(i => fixture.Rest.TryAsync(HttpMethod.Post, $"Things/{stuck}/Services/Echo", new System.Text.Json.Nodes.JsonObject { ["text"] = $"{i}" })).ToList();
        for (var i = 0; i < 50; i++)
            (await fixture.Rest.CallAsync($"Things/{well}", "Echo", new() { ["text"] = $"{i}" }))!.GetValue<string>().ShouldBe($"{i}");
        await deaf.DisposeAsync();
        // Those that were sent are in doubt; those that waited behind them were not sent.
        foreach (var (status, text) in await Task.WhenAll(waiting))
            ((int)status).ShouldBeOneOf([503, 504], text);
    }

    private Task ChurnAsync(int connections, string thing) =>
        Parallel.ForEachAsync(Enumerable.Range(0, connections), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, token) =>
        {
            switch (i % 4)
            {
                case 0:
                    (await RawDevice.ConnectAsync(fixture.Server)).Dispose();
                    break;
                case 1:
                    (await RawDevice.UpgradeAsync(fixture.Server, fixture.Key)).Dispose();
                    break;
                case 2:
                    await (await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing, $"Nobody{i}")).DisposeAsync();
                    break;
                default:
                    await using (var device = await EdgeDevice.ConnectAsync(fixture.Server, fixture.Key, thing))
                        await device.Connection.CloseAsync(CloseCode.Normal, "Normal Close");
                    break;
            }
        });

    private int OpenFiles() => Directory.GetFiles($"/proc/{fixture.Server.Process.Id}/fd").Length;

    private long WorkingSet()
    {
        fixture.Server.Process.Refresh();
        return fixture.Server.Process.WorkingSet64;
    }
}
