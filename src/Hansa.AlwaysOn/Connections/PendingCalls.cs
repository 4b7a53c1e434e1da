namespace Hansa.AlwaysOn.Connections;

/// <summary>The requests of this end that have no answer yet, by request id.</summary>
internal sealed class PendingCalls(uint firstId = 1)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<uint, PendingCall> _calls = [];
    private uint _nextId = firstId;
    private Exception? _ended;
    private TaskCompletionSource? _none;

    public int Count
    {
        get
        {
            lock (_lock)
                return _calls.Count;
        }
    }

    /// <summary>Begins a call under an id that no other call has: ids count up, wrap around and are never 0.</summary>
    /// <exception cref="ConnectionLostException">The connection has ended.</exception>
    public PendingCall Begin(bool isAuth)
    {
        lock (_lock)
        {
            if (_ended is not null)
                throw new ConnectionLostException("The connection has ended.", sent: false, _ended);
            while (true)
            {
                var id = _nextId++;
                if (id == 0 || _calls.ContainsKey(id))
                    continue;
                var call = new PendingCall(id, isAuth);
                _calls.Add(id, call);
                return call;
            }
        }
    }

    /// <summary>Forgets a call, whatever became of it.</summary>
    public void End(PendingCall call)
    {
        lock (_lock)
        {
            _calls.Remove(call.RequestId);
            if (_calls.Count == 0)
                _none?.TrySetResult();
        }
    }

    /// <summary>Completes when no call is left.</summary>
    public Task WhenNone()
    {
        lock (_lock)
        {
            _none ??= new(TaskCreationOptions.RunContinuationsAsynchronously);
            if (_calls.Count == 0)
                _none.TrySetResult();
            return _none.Task;
        }
    }

    /// <summary>The call of that id; null if it is not waited for, as when its answer comes too late.</summary>
    public PendingCall? Find(uint requestId)
    {
        lock (_lock)
            return _calls.GetValueOrDefault(requestId);
    }

    /// <summary>Fails all calls, and all that begin later.</summary>
    public void FailAll(Exception reason)
    {
        PendingCall[] calls;
        lock (_lock)
        {
            _ended = reason;
            calls = [.. _calls.Values];
            _calls.Clear();
            _none?.TrySetResult();
        }

        foreach (var call in calls)
            call.Fail(new ConnectionLostException("The connection ended before the answer came.", call.GiveUp(), reason));
    }
}
