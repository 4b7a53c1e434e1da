using Hansa.Model;

namespace Hansa.AlwaysOn;

/// <summary>The answer to a request (spec alwayson 3.2).</summary>
/// <param name="Status">How it ended; numbers that are no status are kept as they came.</param>
/// <param name="Reason">A sentence for a log. The C SDK shows it nowhere else.</param>
/// <param name="Content">
/// The result; of a failed service a row with a STRING field <c>reason</c> (spec 5.2). Null for none.
/// </param>
public sealed record ResponseMessage(Status Status, string? Reason = null, InfoTable? Content = null)
{
    /// <summary>How urgent the answer is on its way back. It does not travel.</summary>
    public TrafficClass Traffic { get; init; } = TrafficClass.Call;

    /// <summary>Done, and nothing to tell.</summary>
    public static ResponseMessage Success { get; } = new(Status.Success);

    /// <summary>Whether it was done.</summary>
    public bool IsSuccess => Status == Status.Success;

    /// <summary>What went wrong, from the content where it says, else from the reason; null where neither says.</summary>
    public string? FailureText => IsSuccess ? null
        : Content is { RowCount: > 0 } table && table[0, "reason"].AsText() is { Length: > 0 } text ? text
        : string.IsNullOrEmpty(Reason) ? null : Reason;

    /// <summary>Done, with a result.</summary>
    public static ResponseMessage Of(InfoTable? content) => content is null ? Success : new(Status.Success, Content: content);

    /// <summary>A failure with its sentence as reason and as content, where clients look for it (spec 5.2).</summary>
    public static ResponseMessage Failure(Status status, string sentence) =>
        new(status, sentence, InfoTable.Single(("reason", BaseType.STRING, Value.String(sentence))));

    /// <summary>A failure that the caller may be shown.</summary>
    public static ResponseMessage Failure(PlatformException failure) => Failure((Status)failure.Code.ToWire(), failure.Message);
}
