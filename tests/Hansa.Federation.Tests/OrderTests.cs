using System.Collections.Concurrent;
using Hansa.AlwaysOn;
using Hansa.Federation.Tests.Support;
using Hansa.Model;
using Hansa.Runtime;
using Shouldly;
using Xunit;

namespace Hansa.Federation.Tests;

/// <summary>Kept writes of one Thing reach its owner in the order in which they were accepted.</summary>
public sealed class OrderTests
{
    private const int Pipes = 8;

    [Fact]
    public async Task Writes_of_any_size_over_eight_pipes_arrive_in_the_order_of_their_acceptance()
    {
        var arrived = new ConcurrentDictionary<string, ConcurrentQueue<long>>();
        await using var server = await ServerA.StartAsync();
        string[] streams = ["One", "Two", "Three"];
        var proxies = new List<Thing>();
        foreach (var stream in streams)
            proxies.Add(await server.MakeRemoteStreamAsync($"Remote{stream}", $"{stream}@ServerB"));
        var pipes = await Task.WhenAll(Enumerable.Range(0, Pipes).Select(_ => PublisherPipe.ConnectAsync(server, isHansa: true, streams.Select(stream => $"*{stream}@ServerB"), TakeAsync)));
        await Until.TrueAsync(() => proxies.TrueForAll(proxy => proxy.Properties.Read("isConnected").Value.AsBoolean()), "the streams to be bound");

        await Task.WhenAll(streams.Select((stream, seed) => Task.Run(() => WriteAsync(server, $"Remote{stream}", new Random(seed)))));

        foreach (var stream in streams)
            arrived[$"*{stream}@ServerB"].ShouldBe(Enumerable.Range(0, 2000).Select(i => (long)i));
        foreach (var pipe in pipes)
            await pipe.DisposeAsync();

        async ValueTask<ResponseMessage> TakeAsync(RequestMessage request, CancellationToken token)
        {
            // What a handler does before its first wait is done in the order of arrival.
            arrived.GetOrAdd(request.Entity, _ => []).Enqueue(request.Parameters![0, "values"].AsTable()![0, "n"].AsLong());
            await Task.Delay(Random.Shared.Next(4), token);
            return ResponseMessage.Success;
        }
    }

    // Bursts of calls that do not wait for one another; between two bursts the lane is empty and may change its pipe.
    private static async Task WriteAsync(ServerA server, string proxy, Random random)
    {
        for (var n = 0; n < 2000;)
        {
            var burst = new List<Task>();
            for (var end = Math.Min(2000, n + random.Next(1, 100)); n < end; n++)
            {
                var text = new string('x', random.Next(4) == 0 ? random.Next(8_000, 60_000) : random.Next(100));
                var values = InfoTable.Single(("n", BaseType.LONG, Value.Long(n)), ("text", BaseType.STRING, Value.String(text)));
                burst.Add(server.CallAsync(proxy, "AddStreamEntry", ("values", Value.Table(values)), ("source", Value.String("s"))).AsTask());
            }

            await Task.WhenAll(burst);
        }
    }
}
