using Hansa.Storage;

namespace Hansa.Federation;

/// <summary>Numbers of kept writes: never given twice, and rising over restarts, as the number of the start stands in front (design federation 1).</summary>
internal sealed class LaneNumbers(IStorage storage)
{
    private const int CounterBits = 32;
    private long _last = storage.Outbox.Boot << CounterBits;

    /// <summary>The first number of this start.</summary>
    public long First { get; } = (storage.Outbox.Boot << CounterBits) + 1;

    /// <summary>The next number.</summary>
    public long Next() => Interlocked.Increment(ref _last);
}
