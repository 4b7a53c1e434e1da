using System.Diagnostics;

namespace Hansa.Federation.Tests.Support;

/// <summary>Waits until something is true.</summary>
internal static class Until
{
    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            if (clock.Elapsed > TimeSpan.FromSeconds(20))
                throw new TimeoutException($"Not within 20 s: {what}");
            await Task.Delay(5);
        }
    }
}
