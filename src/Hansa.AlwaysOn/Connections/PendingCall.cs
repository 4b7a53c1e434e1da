namespace Hansa.AlwaysOn.Connections;

/// <summary>A request of this end that waits for its answer, its time limit or the end of the connection.</summary>
internal sealed class PendingCall(uint requestId, bool isAuth)
{
    // Continuations never run on the reader or under a timer.
    private readonly TaskCompletionSource<ResponseMessage> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile bool _sent;

    public uint RequestId => requestId;

    public bool IsAuth => isAuth;

    /// <summary>Whether the peer may have the whole request.</summary>
    public bool Sent
    {
        get => _sent;
        set => _sent = value;
    }

    public bool IsOver => _answer.Task.IsCompleted;

    public void Answer(ResponseMessage response) => _answer.TrySetResult(response);

    public void Fail(Exception exception) => _answer.TrySetException(exception);

    /// <summary>Waits for the answer.</summary>
    public async Task<ResponseMessage> WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        await using var timer = time.CreateTimer(_ => Fail(new RequestTimeoutException(limit, Sent)), null, limit, Timeout.InfiniteTimeSpan);
        await using var registration = cancellationToken.Register(() => _answer.TrySetCanceled(cancellationToken));
        return await _answer.Task;
    }
}
