using System.Diagnostics;
using Hansa.Faults.Tests.Load;
using Hansa.Testing;

namespace Hansa.Faults.Tests.Links;

/// <summary>A linked pair whose line from B to A goes through a proxy that can break it, with one stream.</summary>
internal sealed class FaultyPair : IAsyncDisposable
{
    public const string Stream = "Shaken";
    public const string Proxy = "RemoteShaken";

    private FaultyPair(FederatedPair pair, FaultProxy line) => (Pair, Line) = (pair, line);

    public FederatedPair Pair { get; }

    public FaultProxy Line { get; }

    public static async Task<FaultyPair> StartAsync(int pipes = 8)
    {
        var pair = await FederatedPair.StartAsync();
        var line = new FaultProxy(pair.ServerA.Address);
        var row = pair.Row(pipes);
        row["serverURI"] = line.ServerUri;
        await pair.SubscribeAsync(row);
        await Tables.UntilAsync(() => Task.FromResult(line.Count == pipes), "all pipes through the proxy");
        await pair.UntilConnectedAsync();
        await pair.MakeStreamAsync(Stream, StreamLoad.Fields);
        return new(pair, line);
    }

    /// <summary>How long it takes until the proxy on A says so.</summary>
    public async Task<TimeSpan> UntilBoundAsync(bool isBound)
    {
        var clock = Stopwatch.StartNew();
        await Pair.UntilBoundAsync(Proxy, isBound);
        return clock.Elapsed;
    }

    public async ValueTask DisposeAsync()
    {
        await Line.DisposeAsync();
        await Pair.DisposeAsync();
    }
}
