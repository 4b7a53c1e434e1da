using System.ComponentModel.DataAnnotations;

namespace Hansa.Runtime.Scripts;

/// <summary>Limits on scripts. Bound from <c>Hansa:Scripts</c> and checked at start-up.</summary>
public sealed class ScriptOptions
{
    /// <summary>Wall-clock time of one call from outside, calls within it included. Default 30 s.</summary>
    [Range(typeof(TimeSpan), "00:00:00.1", "01:00:00")]
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Bytes that one call may hold at a time; what it lets go again does not count. Default 256 MB, 16 MB to 8 GB.</summary>
    [Range(16L << 20, 8L << 30)]
    public long MaxMemory { get; set; } = 256L << 20;

    /// <summary>Characters of one text that a script builds. Default 16,777,216 (32 MB), 65,536 to 134,217,728.</summary>
    [Range(1 << 16, 1 << 27)]
    public int MaxTextLength { get; set; } = 1 << 24;

    /// <summary>Services that call services, the outermost included. Default 32, 1 to 100.</summary>
    [Range(1, 100)]
    public int MaxServiceDepth { get; set; } = 32;

    /// <summary>Functions of one service that call functions. Default 2,000, 100 to 10,000; a full stack ends a script earlier.</summary>
    [Range(100, 10_000)]
    public int MaxCallDepth { get; set; } = 2_000;

    /// <summary>Levels of brackets, and of syntax, in a source. Default 250, 50 to 400.</summary>
    [Range(50, 400)]
    public int MaxNesting { get; set; } = 250;

    /// <summary>Characters of a service's source. Default 262,144, 1,024 to 2,097,152.</summary>
    [Range(1 << 10, 1 << 21)]
    public int MaxSourceLength { get; set; } = 1 << 18;

    /// <summary>Threads that run scripts; idle ones end after a minute. Default 64, 1 to 1,024.</summary>
    [Range(1, 1024)]
    public int Threads { get; set; } = 64;

    /// <summary>Bytes of each thread's stack; only what is used takes memory. Default 16 MB, 4 to 256 MB.</summary>
    [Range(4 << 20, 256 << 20)]
    public int StackBytes { get; set; } = 16 << 20;

    /// <summary>Calls that wait for a thread; one more is refused. Default 10,000, 0 to 1,000,000.</summary>
    [Range(0, 1_000_000)]
    public int QueueLength { get; set; } = 10_000;

    /// <summary>Engines kept ready between calls, about 1 MB each. Default 32, 0 to 1,024.</summary>
    [Range(0, 1024)]
    public int PooledEngines { get; set; } = 32;

    /// <summary>Guarded sources kept in memory. Default 10,000, 16 to 1,000,000.</summary>
    [Range(16, 1_000_000)]
    public int CachedPrograms { get; set; } = 10_000;

    /// <summary>Guarded sources kept in memory that came with calls (DeriveFields). Default 256, 1 to 100,000.</summary>
    [Range(1, 100_000)]
    public int CachedExpressions { get; set; } = 256;
}
