using System.Collections.Concurrent;

namespace Hansa.Runtime.Scripts;

/// <summary>Watches how much memory one call holds. Used by the call's thread.</summary>
/// <remarks>
/// Bytes allocated are exact for a thread, but most of them are let go at once: a loop over numbers allocates 100 bytes a turn.
/// So allocation only says when to look at the heap; a heap that grew by more than the limit is collected once, to see whether
/// it is held; and it is laid to whoever of those running allocated most.
/// </remarks>
internal sealed class MemoryWatch(long limit) : IDisposable
{
    private const long Step = 32L << 20;

    private static readonly ConcurrentDictionary<MemoryWatch, byte> Large = new();
    private static readonly Lock Collecting = new();

    private readonly long _start = GC.GetAllocatedBytesForCurrentThread();
    private long _next = Step;
    private long _allocated;
    private long _heapBefore;

    public bool IsExceeded()
    {
        var allocated = GC.GetAllocatedBytesForCurrentThread() - _start;
        if (allocated < _next)
            return false;
        _allocated = allocated;
        _next = allocated + Step;
        if (Large.TryAdd(this, 0))
            _heapBefore = GC.GetTotalMemory(forceFullCollection: false) - allocated;
        return IsGrown() && IsLargest() && IsHeld();
    }

    public void Dispose() => Large.TryRemove(this, out _);

    private bool IsGrown() => GC.GetTotalMemory(forceFullCollection: false) - _heapBefore > limit;

    private bool IsLargest()
    {
        foreach (var (other, _) in Large)
        {
            if (other._allocated > _allocated)
                return false;
        }

        return true;
    }

    private bool IsHeld()
    {
        lock (Collecting)
        {
            if (!IsGrown())
                return false;
            GC.Collect(GC.MaxGeneration, GCCollectionMode.Forced, blocking: true, compacting: false);
            return IsGrown();
        }
    }
}
