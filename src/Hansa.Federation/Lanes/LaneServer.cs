using System.Collections.Concurrent;
using Hansa.AlwaysOn;
using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Federation;

/// <summary>
/// Serves kept writes of other servers: each has its effect once and in its place, and who asks again gets the same answer (design
/// federation 5, I1 to I4).
/// </summary>
internal sealed class LaneServer(IStorage storage)
{
    private readonly ConcurrentDictionary<(string Sender, Guid Thing), SemaphoreSlim> _turns = new();

    private ILedger Ledger => storage.Ledger;

    /// <summary>Runs a write as the one of that place in its lane.</summary>
    /// <param name="sender">Id of the server that sends.</param>
    /// <param name="header">The place.</param>
    /// <param name="run">The write itself.</param>
    /// <param name="cancellationToken">Ends the wait; the write may still happen, and then counts.</param>
    public async ValueTask<ResponseMessage> ServeAsync(string sender, LaneHeader header, Func<CancellationToken, ValueTask<ResponseMessage>> run, CancellationToken cancellationToken)
    {
        var mark = new LaneMark(sender, header.Thing, header.Number, header.Previous, header.Settled);
        ValueTask<ResponseMessage> running;
        // Writes of a lane begin in the order in which they came: what one of them waits for first must not let the next overtake it.
        var turn = _turns.GetOrAdd((sender, header.Thing), static _ => new(1, 1));
        await turn.WaitAsync(cancellationToken);
        try
        {
            if (header.IsAgain && await Ledger.FindAsync(sender, header.Thing, header.Number, cancellationToken) is { } outcome)
                return AnswerOf(outcome);
            mark.Attach();
            running = run(cancellationToken);
        }
        finally
        {
            LaneMark.Detach();
            turn.Release();
        }

        try
        {
            return await CountAsync(mark, await AnswerAsync(running));
        }
        catch (LaneException e) when (e.Outcome is { } outcome)
        {
            return AnswerOf(outcome);
        }
        catch (LaneException e)
        {
            return LaneHeader.WithStanding(ResponseMessage.Failure(Status.ServiceUnavailable, e.Message), LaneHeader.Gap);
        }
    }

    // What has had its effect is counted whatever becomes of the connection: the sender will ask again.
    private async Task<ResponseMessage> CountAsync(LaneMark mark, ResponseMessage answer)
    {
        if (answer.IsSuccess)
        {
            var done = LaneOutcome.Done with { Result = answer.Content };
            if (!mark.IsTaken)
                await Ledger.NoteAsync(mark, done, CancellationToken.None);
            else if (!done.IsPlain)
                await Ledger.KeepAsync(mark, done, CancellationToken.None);
            return answer;
        }

        if (!IsOfEntry(answer.Status))
            return answer;
        await Ledger.NoteAsync(mark, new((byte)answer.Status, answer.FailureText ?? ""), CancellationToken.None);
        return LaneHeader.WithStanding(answer, LaneHeader.Applied);
    }

    private static async ValueTask<ResponseMessage> AnswerAsync(ValueTask<ResponseMessage> running)
    {
        try
        {
            return await running;
        }
        catch (PlatformException e)
        {
            return ResponseMessage.Failure(e);
        }
    }

    private static ResponseMessage AnswerOf(LaneOutcome outcome) => outcome.Text is { } text
        ? LaneHeader.WithStanding(ResponseMessage.Failure((Status)outcome.Code, text), LaneHeader.Applied)
        : ResponseMessage.Of(outcome.Result);

    // The entry itself is at fault and will never do better. Rights, the store and the state of the Thing may.
    private static bool IsOfEntry(Status status) => status is Status.BadRequest or Status.BadOption or Status.NotFound or Status.NotAcceptable
        or Status.PreconditionFailed or Status.EntityTooLarge or Status.UnsupportedContentFormat or Status.NotImplemented;
}
