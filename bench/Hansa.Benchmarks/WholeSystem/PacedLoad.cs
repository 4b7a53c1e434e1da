using System.Diagnostics;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>An open loop: calls begin when they are due, whether those before have been answered or not, and a late start counts as waiting.</summary>
internal static class PacedLoad
{
    /// <summary>Milliseconds from when each call was due to its answer, in order of time.</summary>
    public static async Task<List<double>> RunAsync(Uri server, int connections, double callsPerSecond, TimeSpan measured, Func<int, byte[]> requestOf)
    {
        var count = (int)(callsPerSecond * measured.TotalSeconds);
        var waits = new double[count];
        var next = -1;
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            using var caller = new RawHttpCaller(server);
            for (int i; (i = Interlocked.Increment(ref next)) < count;)
            {
                var due = TimeSpan.FromSeconds(i / callsPerSecond);
                if (due - clock.Elapsed is var early && early > TimeSpan.Zero)
                    await Task.Delay(early);
                await caller.CallAsync(requestOf(i), CancellationToken.None);
                waits[i] = (clock.Elapsed - due).TotalMilliseconds;
            }
        })));
        return [.. waits];
    }

    /// <summary>A quantile.</summary>
    public static double Quantile(IEnumerable<double> values, double part)
    {
        var ordered = values.Order().ToList();
        return ordered[(int)Math.Min(ordered.Count - 1, ordered.Count * part)];
    }
}
