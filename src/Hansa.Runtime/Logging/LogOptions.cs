using System.ComponentModel.DataAnnotations;

namespace Hansa.Runtime;

/// <summary>Limits of what is logged.</summary>
public sealed class LogOptions
{
    /// <summary>Lines that may wait to be written; more are dropped and counted. Default 10,000.</summary>
    [Range(100, 1_000_000)]
    public int QueueLimit { get; set; } = 10_000;

    /// <summary>Characters of a line; the rest is cut off. Default 16,384.</summary>
    [Range(100, 1_000_000)]
    public int MaxContentLength { get; set; } = 16_384;
}
