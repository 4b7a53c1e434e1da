namespace Hansa.Faults.Tests.Load;

/// <summary>How a call ended for its caller.</summary>
internal enum Outcome
{
    /// <summary>Success was answered: each row stands exactly once.</summary>
    Succeeded,

    /// <summary>Refused, or never sent: no row stands.</summary>
    Refused,

    /// <summary>The caller was told that the outcome is not known, or its connection broke: all rows stand once, or none does.</summary>
    Unknown,
}

/// <summary>One call as its caller saw it.</summary>
/// <param name="First">The number of its first row; the others count up from it.</param>
/// <param name="Rows">How many rows it brought.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Text">What was answered, for a failure.</param>
internal sealed record Call(long First, int Rows, Outcome Outcome, string Text)
{
    /// <summary>Whether success meant that it was taken to be delivered later.</summary>
    public bool IsDeferred { get; init; }
}
