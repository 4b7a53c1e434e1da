using System.Diagnostics;
using System.Globalization;
using Hansa.Benchmarks.Codec;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>The codec on one thread: MB/s of wire bytes, and bytes allocated a table of 1,000 rows.</summary>
internal static class CodecSpeed
{
    public static void Print(int runs)
    {
        var codec = new InfoTableCodecBenchmark();
        codec.Setup();
        Measure("encode", runs, codec.Length, () => codec.Encode());
        Measure("decode", runs, codec.Length, () => codec.Decode());
    }

    private static void Measure(string name, int runs, int length, Action action)
    {
        var rates = new List<double>();
        long allocated = 0;
        for (var run = 0; run <= runs; run++)
        {
            var count = 0;
            var before = GC.GetAllocatedBytesForCurrentThread();
            var clock = Stopwatch.StartNew();
            for (; clock.ElapsedMilliseconds < 500; count++)
                action();
            allocated = (GC.GetAllocatedBytesForCurrentThread() - before) / count;
            // The first run is the warm-up.
            if (run > 0)
                rates.Add((double)length * count / clock.Elapsed.TotalSeconds / 1e6);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"codec {name}, 1,000 rows of ten readings: {rates.Order().ElementAt(runs / 2):0} MB/s ± {(rates.Max() - rates.Min()) / 2:0}, {allocated} bytes allocated"));
    }
}
