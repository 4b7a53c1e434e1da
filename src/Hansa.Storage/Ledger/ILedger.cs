using Hansa.Model;

namespace Hansa.Storage;

/// <summary>
/// What this server has done of the writes of others: of each lane the last number that was applied, and how those ended that did not
/// end in plain success. Safe for many callers.
/// </summary>
public interface ILedger
{
    /// <summary>The answer to a number that may have been here before; null where it was not.</summary>
    Task<LaneOutcome?> FindAsync(string sender, Guid thing, long number, CancellationToken cancellationToken);

    /// <summary>Counts a write as applied that changed no data: it failed, or had nothing to do.</summary>
    /// <exception cref="LaneException">It was applied before, or one before it is missing.</exception>
    Task NoteAsync(LaneMark mark, LaneOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Keeps the result of a write that was applied, for a sender who asks again.</summary>
    Task KeepAsync(LaneMark mark, LaneOutcome outcome, CancellationToken cancellationToken);

    /// <summary>Commits a number of a sender: who gets the answer knows that this store takes writes.</summary>
    Task ProbeAsync(string sender, long number, CancellationToken cancellationToken);

    /// <summary>The highest number of that sender that is stored here; 0 for none.</summary>
    Task<long> HighestAsync(string sender, CancellationToken cancellationToken);
}

/// <summary>How a write ended, as it is answered to a sender who asks again.</summary>
/// <param name="Code">The AlwaysOn status.</param>
/// <param name="Text">What failed; null where nothing did.</param>
/// <param name="Result">What was answered; null where that was nothing, or too large to be kept.</param>
public sealed record LaneOutcome(byte Code, string? Text = null, InfoTable? Result = null)
{
    /// <summary>Bytes of the largest result that is kept.</summary>
    public const int MaxResultBytes = 4096;

    private const byte Succeeded = 0x40;

    /// <summary>Done.</summary>
    public static LaneOutcome Done { get; } = new(Succeeded);

    /// <summary>Whether nothing needs to be kept: a number without an outcome was done.</summary>
    public bool IsPlain => Code == Succeeded && Result is null;
}

/// <summary>A write that is not to be done now because of its place in the lane. Nothing was changed.</summary>
public sealed class LaneException : Exception
{
    private LaneException(string message, LaneOutcome? outcome, long applied) : base(message) => (Outcome, Applied) = (outcome, applied);

    /// <summary>How it ended when it was applied before; null where one before it is missing.</summary>
    public LaneOutcome? Outcome { get; }

    /// <summary>The last number of the lane that was applied.</summary>
    public long Applied { get; }

    /// <summary>It was applied before.</summary>
    public static LaneException Copy(LaneOutcome outcome, long applied) => new("The write was done before.", outcome, applied);

    /// <summary>One before it is missing.</summary>
    public static LaneException Gap(long previous, long applied) =>
        new($"A write before this one is missing: {previous} comes before it, and {applied} is the last that was done.", null, applied);
}
