using System.Diagnostics;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>Closed-loop callers: each sends its next request when it has the answer to the one before.</summary>
internal static class Load
{
    /// <summary>Calls a second over the measured time, after a warm-up that does not count.</summary>
    public static async Task<double> RateAsync(Uri server, int callers, Func<int, byte[]> requestOf, TimeSpan warmUp, TimeSpan measured)
    {
        using var stop = new CancellationTokenSource();
        long done = 0;
        var tasks = Enumerable.Range(0, callers).Select(number => Task.Run(async () =>
        {
            using var caller = new RawHttpCaller(server);
            var request = requestOf(number);
            while (!stop.IsCancellationRequested)
            {
                await caller.CallAsync(request, CancellationToken.None);
                Interlocked.Increment(ref done);
            }
        })).ToList();
        await Task.WhenAny(Task.Delay(warmUp), Task.WhenAll(tasks));
        var before = Interlocked.Read(ref done);
        var clock = Stopwatch.StartNew();
        await Task.WhenAny(Task.Delay(measured), Task.WhenAll(tasks));
        var rate = (Interlocked.Read(ref done) - before) / clock.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await Task.WhenAll(tasks);
        return rate;
    }
}
