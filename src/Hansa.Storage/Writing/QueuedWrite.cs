namespace Hansa.Storage;

/// <summary>One caller's write while it waits and while its commit is made.</summary>
internal abstract class QueuedWrite<TSession>(int rows, long bytes)
{
    public int Rows { get; } = rows;

    public long Bytes { get; } = bytes;

    /// <summary>Does the write inside the open transaction.</summary>
    public abstract void Apply(TSession session);

    /// <summary>Tells the caller that the commit is on disk.</summary>
    public abstract void Complete();

    /// <summary>Tells the caller that nothing of the write will be on disk.</summary>
    public abstract void Fail(Exception reason);
}

/// <inheritdoc/>
internal sealed class QueuedWrite<TSession, TResult>(int rows, long bytes, Func<TSession, TResult> apply) : QueuedWrite<TSession>(rows, bytes)
{
    // Callers go on elsewhere: the writing thread never runs their code.
    private readonly TaskCompletionSource<TResult> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private TResult? _result;

    public Task<TResult> Task => _done.Task;

    public override void Apply(TSession session) => _result = apply(session);

    public override void Complete() => _done.SetResult(_result!);

    public override void Fail(Exception reason) => _done.SetException(reason);
}
