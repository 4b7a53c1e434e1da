using Hansa.AlwaysOn;

namespace Hansa.Federation;

/// <summary>
/// This server's end of the link to one subscriber: <c>pipeCount</c> WebSockets that it opens and keeps open. The state it tells is
/// what is true now.
/// </summary>
internal sealed class SubscriberLink : IAsyncDisposable
{
    private readonly LinkParts _parts;
    private readonly CancellationTokenSource _stopping = new();
    private readonly LinkPipe[] _pipes;
    private readonly Task _running;
    private readonly Lock _lock = new();
    private readonly HashSet<string> _wanted = new(StringComparer.Ordinal);
    private TaskCompletionSource _signOfLife = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public SubscriberLink(SubscriberRow row, LinkParts parts)
    {
        (Row, _parts) = (row, parts);
        _pipes = [.. Enumerable.Range(0, row.PipeCount).Select(i => new LinkPipe(this, parts, i))];
        Push = new(this, parts);
        _running = Task.WhenAll([.. _pipes.Select(pipe => Task.Run(() => pipe.RunAsync(_stopping.Token))), Task.Run(() => Push.RunAsync(_stopping.Token))]);
    }

    /// <summary>The row that the link was made of.</summary>
    public SubscriberRow Row { get; }

    /// <summary>Tells the subscriber what changes here.</summary>
    public LinkPush Push { get; }

    /// <summary>Whether any pipe is up and has bound what is published.</summary>
    public bool IsConnected => Array.Exists(_pipes, pipe => pipe.IsUp);

    /// <summary>When a pipe last came up, milliseconds since 1970; 0 for never.</summary>
    public long LastConnection => _pipes.Max(pipe => pipe.LastUp);

    /// <summary>Why the link is not connected, "" where it is or has not been tried yet.</summary>
    public string Reason => IsConnected ? "" : _pipes.Select(pipe => pipe.Reason).FirstOrDefault(reason => reason.Length > 0) ?? "connecting";

    /// <summary>Names that the subscriber has asked the contract of: it has proxies for them.</summary>
    public IReadOnlyList<string> Wanted
    {
        get
        {
            lock (_lock)
                return [.. _wanted];
        }
    }

    /// <summary>Completes when any pipe comes up: the others need not wait for their turn to try.</summary>
    public Task SignOfLife => Volatile.Read(ref _signOfLife).Task;

    /// <summary>A connection that is up, for one proxy the same as long as it is; null where none is.</summary>
    public AlwaysOnConnection? FindConnection(string name)
    {
        var first = (int)((uint)name.GetHashCode(StringComparison.Ordinal) % (uint)_pipes.Length);
        for (var i = 0; i < _pipes.Length; i++)
        {
            if (_pipes[(first + i) % _pipes.Length].Connection is { } connection)
                return connection;
        }

        return null;
    }

    /// <summary>The subscriber's proxy asks to be asked what it wants to be told.</summary>
    public void Ask(string name) => Push.Ask(name, _stopping.Token);

    /// <summary>A pipe has come up.</summary>
    public void Lives()
    {
        var sign = Interlocked.Exchange(ref _signOfLife, new(TaskCreationOptions.RunContinuationsAsynchronously));
        sign.TrySetResult();
    }

    /// <summary>The subscriber has asked for the contract of that Thing.</summary>
    public void Note(string thing)
    {
        lock (_lock)
            _wanted.Add(thing);
    }

    /// <summary>What is published may have changed: each pipe binds and unbinds what is due.</summary>
    public void Look()
    {
        foreach (var pipe in _pipes)
            pipe.Look();
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        _stopping.Dispose();
    }
}
