using System.Runtime.CompilerServices;

namespace Hansa.Runtime.Scripts;

/// <summary>A thread that runs scripts. Whoever must know whether to wait or to run at once asks <see cref="Current"/>.</summary>
public sealed class ScriptThread
{
    // What the engine's own code may need below the last check: its deepest helper, and the unwinding of an exception.
    private const int Reserve = 2 << 20;

    [ThreadStatic]
    private static ScriptThread? current;

    private readonly nint _lowest;

    private ScriptThread(nint top, int stackBytes) => _lowest = top - stackBytes + Reserve;

    /// <summary>The thread this code runs on, null where it is no script thread.</summary>
    public static ScriptThread? Current => current;

    /// <summary>Services running on this thread, one within the other; 0 between calls.</summary>
    public int Depth { get; internal set; }

    /// <summary>When the outermost call must be done, as a timestamp of the engine's <see cref="TimeProvider"/>.</summary>
    public long Deadline => Budget?.Deadline ?? 0;

    /// <summary>The limits of the outermost call, shared by all calls within it; null between calls.</summary>
    internal ScriptBudget? Budget { get; set; }

    /// <summary>Whether the stack has room for more script.</summary>
    internal bool HasStack
    {
        get
        {
            byte here = 0;
            return Address(ref here) > _lowest;
        }
    }

    /// <summary>Makes the calling thread a script thread, until it ends.</summary>
    internal static ScriptThread Enter(int stackBytes)
    {
        byte here = 0;
        return current = new(Address(ref here), stackBytes);
    }

    private static nint Address(ref byte place) => Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref place);
}
