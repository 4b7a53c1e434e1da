namespace Hansa.Faults.Tests.Load;

/// <summary>How often the long tests do what they do: 3 times, or as HANSA_FAULT_ROUNDS says.</summary>
internal static class Rounds
{
    public static int Count { get; } = int.TryParse(Environment.GetEnvironmentVariable("HANSA_FAULT_ROUNDS"), out var rounds) && rounds > 0 ? rounds : 3;
}
