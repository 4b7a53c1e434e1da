namespace Hansa.AlwaysOn;

/// <summary>
/// How urgent a message is. Chunks of a more urgent class go first, save that each class with work gets at least a
/// tenth of the
/// chunks; within a class messages take turns, chunk by chunk.
/// </summary>
public enum TrafficClass
{
    /// <summary>Whether the link lives, and what became of calls.</summary>
    Probe,

    /// <summary>Calls that somebody waits for, and their answers.</summary>
    Call,

    /// <summary>Events and current values.</summary>
    Push,

    /// <summary>Calls that were queued.</summary>
    Queued,

    /// <summary>History.</summary>
    History,
}
