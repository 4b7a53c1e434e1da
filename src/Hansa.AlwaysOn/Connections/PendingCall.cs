namespace Hansa.AlwaysOn.Connections;

/// <summary>A request of this end that waits for its answer, its time limit or the end of the connection.</summary>
internal sealed class PendingCall(uint requestId, bool isAuth)
{
    private const int Waits = 0, IsSent = 1, IsGivenUp = 2;

    // Continuations never run on the reader or under a timer.
    private readonly TaskCompletionSource<ResponseMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // What its caller is told of a call that ends, and whether the writer may still send it, is decided by one exchange.
    private int _state = Waits;

    public uint RequestId => requestId;

    public bool IsAuth => isAuth;

    /// <summary>Marks it as a request that the peer may have as a whole, before its last byte goes.</summary>
    /// <returns>Whether it may go: nobody has been told that it was not sent.</returns>
    public bool TrySend() => Interlocked.CompareExchange(ref _state, IsSent, Waits) == Waits;

    /// <summary>Ends the wait for its turn: a request that was not sent never will be.</summary>
    /// <returns>Whether the peer may have the whole request.</returns>
    public bool GiveUp() => Interlocked.CompareExchange(ref _state, IsGivenUp, Waits) == IsSent;

    public bool IsOver => Volatile.Read(ref _state) == IsGivenUp || _answer.Task.IsCompleted;

    public void Answer(ResponseMessage response) => _answer.TrySetResult(response);

    public void Fail(Exception exception) => _answer.TrySetException(exception);

    /// <summary>Waits for the answer.</summary>
    public async Task<ResponseMessage> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var timer = time.CreateTimer(_ => Fail(new RequestTimeoutException(limit, GiveUp())), null, limit, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.Register(() =>
        {
            GiveUp();
            _answer.TrySetCanceled(cancellationToken);
        });
        return await _answer.Task;
    }
}
