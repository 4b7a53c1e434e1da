using System.Globalization;

namespace Hansa.Runtime.Scripts;

/// <summary>What is left of one outermost call's time and memory; calls within it draw on the same. Used by one thread.</summary>
internal sealed class ScriptBudget : IDisposable
{
    private readonly ScriptOptions _options;
    private readonly TimeProvider _time;
    private readonly CancellationToken _cancellationToken;
    private readonly MemoryWatch _memory;
    private CancellationTokenSource? _late;
    private CancellationTokenSource? _ending;

    public ScriptBudget(ScriptOptions options, TimeProvider time, CancellationToken cancellationToken)
    {
        (_options, _time, _cancellationToken) = (options, time, cancellationToken);
        Deadline = time.GetTimestamp() + (long)(options.Timeout.TotalSeconds * time.TimestampFrequency);
        _memory = new(options.MaxMemory);
    }

    public long Deadline { get; }

    /// <summary>Cancelled when the call is, or when its time is over: for all that its thread waits for.</summary>
    public CancellationToken Ending
    {
        get
        {
            if (_ending is null)
            {
                var left = Math.Max(0, Deadline - _time.GetTimestamp());
                _late = new(TimeSpan.FromSeconds((double)left / _time.TimestampFrequency), _time);
                _ending = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, _late.Token);
            }

            return _ending.Token;
        }
    }

    /// <summary>The limit that ended the call, once one has: from then on every check fails with it.</summary>
    public ScriptLimitException? Exceeded { get; private set; }

    /// <summary>Looks at clock, memory and cancellation. Some ten nanoseconds.</summary>
    /// <exception cref="ScriptLimitException">A limit is reached.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Check()
    {
        if (Exceeded is not null)
            throw Exceeded;
        _cancellationToken.ThrowIfCancellationRequested();
        if (_time.GetTimestamp() > Deadline)
            throw Late();
        if (_memory.IsExceeded())
            throw Exceed($"it held more than {_options.MaxMemory >> 20} MB of memory");
    }

    /// <summary>Holds the call's thread for that long, or until its time is over or it is cancelled.</summary>
    /// <exception cref="ScriptLimitException">The time limit was reached.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void Pause(TimeSpan duration)
    {
        var end = _time.GetTimestamp() + (long)(duration.TotalSeconds * _time.TimestampFrequency);
        Check();
        for (long left; (left = Math.Min(end, Deadline) - _time.GetTimestamp()) > 0;)
        {
            _cancellationToken.WaitHandle.WaitOne(TimeSpan.FromSeconds(Math.Max(0.001, (double)left / _time.TimestampFrequency)));
            Check();
        }

        if (end > Deadline)
            throw Late();
    }

    /// <summary>Throws where a wait was given up because the call's time is over, or the call was cancelled.</summary>
    /// <exception cref="ScriptLimitException">The time limit was reached.</exception>
    /// <exception cref="OperationCanceledException">The call was cancelled.</exception>
    public void ThrowIfEnded()
    {
        _cancellationToken.ThrowIfCancellationRequested();
        if (_late is { IsCancellationRequested: true })
            throw Late();
    }

    /// <summary>Ends the call for a limit.</summary>
    public ScriptLimitException Exceed(string what) => Exceeded ??= new(what);

    private ScriptLimitException Late() => Exceed($"it ran longer than {_options.Timeout.TotalSeconds.ToString(CultureInfo.InvariantCulture)} s");

    public void Dispose()
    {
        _memory.Dispose();
        _ending?.Dispose();
        _late?.Dispose();
    }
}
