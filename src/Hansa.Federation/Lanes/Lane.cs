using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Storage;

namespace Hansa.Federation;

/// <summary>
/// The writes of this server to one Thing of another, in their order: those under way, and those that wait in the outbox (design
/// federation 5). A write is sent at once where nothing waits; else, and where no answer comes, it is taken on disk if it may wait. A
/// number that was sent is sent again until its outcome is known, so what the link loses is neither lost nor done twice.
/// </summary>
internal sealed class Lane : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(100);

    private readonly LaneParts _parts;
    private readonly Lock _lock = new();
    private readonly SemaphoreSlim _turn = new(1, 1);
    private readonly LaneDrain _drain;

    // Numbers that hold a place in the lane and are not on disk: sent, or on their way to the disk.
    private readonly SortedSet<long> _held = [];

    // Of those on disk the ones that were sent before: only they can stand before a number that is held.
    private readonly SortedSet<long> _late = [];
    private ServerSession? _pipe;
    private Binding? _binding;
    private TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _waiting;
    private long _bytes;
    private long _oldest;
    private long _parked;

    public Lane(LaneKey key, string serverName, OutboxLane? kept, LaneParts parts)
    {
        (Key, ServerName, _parts) = (key, serverName, parts);
        if (kept is not null)
            (_waiting, _bytes, _oldest, _parked) = (kept.Waiting, kept.Bytes, kept.Oldest, kept.Parked);
        _drain = new(this, parts);
    }

    /// <summary>The Thing there.</summary>
    public LaneKey Key { get; }

    /// <summary>What the other server called itself when it was last here.</summary>
    public string ServerName { get; private set; }

    /// <summary>Where the Thing is bound now; null while it is not.</summary>
    public Binding? Binding => Volatile.Read(ref _binding);

    /// <summary>Entries on disk that are not known to be there.</summary>
    public long Waiting => Interlocked.Read(ref _waiting);

    /// <summary>How the lane stands.</summary>
    public LaneStanding Standing
    {
        get
        {
            lock (_lock)
            {
                var reason = _waiting == 0 ? "" : _binding is null ? $"[{ServerName}] is away" : _drain.Reason;
                return new(Key, ServerName, _waiting, _bytes, _waiting == 0 ? 0 : _oldest, _parked, reason, _waiting > 0 && _drain.IsRefused);
            }
        }
    }

    /// <summary>Completes when the binding changes, or the last waiting entry has gone.</summary>
    public Task Changed => Volatile.Read(ref _changed).Task;

    /// <summary>The Thing is bound there now, bound otherwise, or not any more.</summary>
    public void Use(Binding? binding)
    {
        lock (_lock)
        {
            if (binding is not null)
                ServerName = binding.Owner.Name;
            _binding = binding;
        }

        Tell();
        if (Waiting > 0)
            _drain.Wake();
    }

    /// <summary>Makes a write: there, or on this server's disk where it may wait.</summary>
    /// <returns>Its result; null where it has none, or waits.</returns>
    public async ValueTask<InfoTable?> WriteAsync(RemoteCall call, CancellationToken cancellationToken)
    {
        var path = _parts.Requests.PathOf(call);
        var timeout = call.Timeout > TimeSpan.Zero ? call.Timeout : _parts.Options.RequestTimeout;
        var patience = call.MayWait && _parts.Options.DeferAfter < timeout ? _parts.Options.DeferAfter : timeout;
        var attempt = new Attempt(this, call, path, new(_parts.Time.GetTimestamp(), patience));
        if (call.Timings is { } timings)
        {
            timings.Server = ServerName;
            timings.End(CallPart.Before);
        }

        using var limit = new CancellationTokenSource(patience, _parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            return await attempt.RunAsync(either.Token, cancellationToken);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            if (call.MayWait)
                return await DeferAsync(call, attempt.Number);
            throw attempt.Number == 0
                ? new PlatformException(ErrorCode.Unavailable, WhyBusy(timeout))
                : new PlatformException(ErrorCode.Timeout, $"[{ServerName}] did not answer within {timeout.TotalSeconds:0.#} s; whether [{call.Name}] was done there is not known.");
        }
        finally
        {
            call.Timings?.End(CallPart.Link);
            Let(attempt.Number);
        }
    }

    /// <summary>Ends with the server: what waits is on disk.</summary>
    public void Dispose() => _turn.Dispose();

    /// <summary>Takes a write at the lane's end, to be delivered when it can be.</summary>
    public Task AddAsync(RemoteCall call) => DeferAsync(call, number: 0).AsTask();

    /// <summary>A refused entry was dropped.</summary>
    public void Unpark() => Interlocked.Decrement(ref _parked);

    /// <summary>Entries have left the outbox: delivered, refused or dropped.</summary>
    /// <param name="numbers">Which.</param>
    /// <param name="bytes">Of them.</param>
    /// <param name="parked">Of these, refused.</param>
    /// <param name="oldest">When the oldest of those that are left was taken; 0 where that is not known.</param>
    public void Left(IReadOnlyCollection<long> numbers, long bytes, long parked, long oldest)
    {
        lock (_lock)
        {
            _late.ExceptWith(numbers);
            _waiting = Math.Max(0, _waiting - numbers.Count);
            _bytes = _waiting == 0 ? 0 : Math.Max(0, _bytes - bytes);
            _parked += parked;
            if (oldest != 0)
                _oldest = oldest;
            if (_waiting > 0)
                return;
        }

        Tell();
    }

    /// <summary>The place of an entry of the outbox: behind what was sent before it and what holds a place before it.</summary>
    public LaneHeader PlaceOf(long number, long sentBefore, long firstUnsettled, bool isAgain)
    {
        lock (_lock)
        {
            return new(Key.Thing, number, Math.Max(sentBefore, Before(number)), Math.Min(First(number), firstUnsettled) - 1, isAgain);
        }
    }

    private string WhyBusy(TimeSpan timeout) => Waiting is > 0 and var waiting
        ? $"{waiting} writes wait for [{ServerName}] before this one, and {timeout.TotalSeconds:0.#} s were not enough; nothing was done."
        : $"The link to [{ServerName}] is busy; the call was not sent within {timeout.TotalSeconds:0.#} s; nothing was done.";

    private async ValueTask<InfoTable?> DeferAsync(RemoteCall call, long number)
    {
        var bytes = OutboxCall.ToBytes(call);
        var wasSent = number != 0;
        Task taking;
        lock (_lock)
        {
            if (_bytes + bytes.Length > _parts.Options.OutboxBytes)
            {
                throw wasSent ? Unknown(call, $"no room is left for it in the outbox ({_parts.Options.OutboxBytes >> 20} MiB)") : new PlatformException(ErrorCode.Unavailable,
                    $"{_waiting} writes wait for [{ServerName}], and the outbox has no room for more ({_parts.Options.OutboxBytes >> 20} MiB); nothing was taken.");
            }

            if (!wasSent)
                number = _parts.Numbers.Next();
            _held.Add(number);
            if (wasSent)
                _late.Add(number);
            var now = _parts.Time.GetUtcNow().ToUnixTimeMilliseconds();
            if (_waiting++ == 0)
                _oldest = now;
            _bytes += bytes.Length;
            // Queued under the lock: the order of numbers is the order on disk.
            taking = _parts.Outbox.AppendAsync(Key, new(number, call.Thing.Definition.Id, bytes, now), CancellationToken.None);
        }

        try
        {
            await taking;
        }
        catch (PlatformException e)
        {
            Left([number], bytes.Length, parked: 0, oldest: 0);
            throw wasSent ? Unknown(call, e.Message) : e;
        }
        finally
        {
            Let(number);
        }

        _drain.Wake();
        if (call.Delivery is { } note)
            note.IsDeferred = true;
        return null;
    }

    private PlatformException Unknown(RemoteCall call, string reason) =>
        new(ErrorCode.Timeout, $"Whether [{call.Name}] was done at [{ServerName}] is not known, and it cannot be tried again: {reason}");

    private void Let(long number)
    {
        if (number == 0)
            return;
        lock (_lock)
            _held.Remove(number);
    }

    // The number that stands before another in the lane; 0 for none. An entry of the outbox that was never sent stands behind all that are held.
    private long Before(long number) => Math.Max(_held.GetViewBetween(long.MinValue, number - 1).Max, _late.GetViewBetween(long.MinValue, number - 1).Max);

    private long First(long number) => Math.Min(number, Math.Min(_held.Count > 0 ? _held.Min : number, _late.Count > 0 ? _late.Min : number));

    private void Tell() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).TrySetResult();

    /// <summary>One write on its way, which keeps its number over all tries.</summary>
    private sealed class Attempt(Lane lane, RemoteCall call, CallPath path, Deadline deadline)
    {
        private readonly int _size = TableSize.Of(call.Parameters);
        private bool _wasSent;

        /// <summary>Its number; 0 until it has one.</summary>
        public long Number { get; private set; }

        public async ValueTask<InfoTable?> RunAsync(CancellationToken waiting, CancellationToken cancellationToken)
        {
            while (true)
            {
                var changed = lane.Changed;
                if (lane.Waiting > 0 && Number == 0)
                {
                    if (call.MayWait)
                        return await lane.DeferAsync(call, Number);
                    await changed.WaitAsync(waiting);
                    continue;
                }

                if (lane.Binding is not { Sessions.IsEmpty: false } binding)
                {
                    if (call.MayWait)
                        return await lane.DeferAsync(call, Number);
                    if (!_wasSent)
                        throw new PlatformException(ErrorCode.Unavailable, $"The link to [{lane.ServerName}] is down; nothing was done.");
                    await Task.WhenAny(changed, Task.Delay(RetryDelay, lane._parts.Time, waiting));
                    waiting.ThrowIfCancellationRequested();
                    continue;
                }

                if (await TryAsync(binding, waiting, cancellationToken) is not { } answer)
                    continue;
                if (answer.IsSuccess)
                    return answer.Content;
                if (LaneHeader.StandingOf(answer) == LaneHeader.Applied)
                    throw Failed(binding, answer);
                if (LaneHeader.StandingOf(answer) == LaneHeader.Gap || (call.MayWait && answer.Status >= Status.InternalServerError))
                {
                    if (call.MayWait)
                        return await lane.DeferAsync(call, Number);
                    await Task.Delay(RetryDelay, lane._parts.Time, waiting);
                    continue;
                }

                throw Failed(binding, answer);
            }
        }

        // Null where it is to be tried again: nothing was sent, or what became of it is not known.
        private async ValueTask<ResponseMessage?> TryAsync(Binding binding, CancellationToken waiting, CancellationToken cancellationToken)
        {
            ValueTask<ResponseMessage> answering;
            PipeWindow.Place place;
            long sentAt;
            await lane._turn.WaitAsync(waiting);
            try
            {
                var pipe = lane.PipeFor(binding);
                if (pipe is null)
                    return null;
                place = await pipe.Window.EnterAsync(_size, path.Count > 1, waiting);
                if (TakePlace() is not { } header)
                {
                    place.Dispose();
                    return null;
                }

                call.Timings?.End(CallPart.Turn);
                var left = deadline.Left(lane._parts.Time);
                sentAt = lane._parts.Time.GetTimestamp();
                answering = pipe.Connection.SendAsync(lane._parts.Requests.Make(binding, call, path, left, header), left, cancellationToken);
            }
            finally
            {
                lane._turn.Release();
            }

            using (place)
            {
                try
                {
                    var answer = await answering;
                    if (answer.IsSuccess)
                        binding.Owner.Prove(sentAt, Number);
                    if (call.Timings is { } timings)
                        (timings.There, timings.Failed) = (CallTimings.ParseTook(answer.Reason), answer.IsSuccess ? null : CallHop.There);
                    return answer;
                }
                catch (ConnectionLostException e)
                {
                    _wasSent |= e.Sent;
                    return null;
                }
                catch (RequestTimeoutException e)
                {
                    _wasSent |= e.Sent;
                    throw new OperationCanceledException(e.Message, e);
                }
                catch (WireFormatException)
                {
                    _wasSent = true;
                    await Task.Delay(RetryDelay, lane._parts.Time, waiting);
                    return null;
                }
            }
        }

        // What came to wait meanwhile goes first, but for a number that has its place already.
        private LaneHeader? TakePlace()
        {
            lock (lane._lock)
            {
                if (lane._waiting > 0 && Number == 0)
                    return null;
                if (Number == 0)
                    Number = lane._parts.Numbers.Next();
                lane._held.Add(Number);
                return new(lane.Key.Thing, Number, lane.Before(Number), lane.First(Number) - 1, _wasSent);
            }
        }

        private PlatformException Failed(Binding binding, ResponseMessage answer) => LinkRequests.Failure(binding, answer);
    }

    // The same pipe while anything is under way, so that it arrives in order.
    private ServerSession? PipeFor(Binding binding)
    {
        lock (_lock)
        {
            if (_pipe is null || _held.Count == 0 || !binding.Sessions.Contains(_pipe))
                _pipe = binding.Sessions.IsEmpty ? null : LinkRequests.LeastBusy(binding);
            return _pipe;
        }
    }
}

/// <summary>When a call began and how long it may take.</summary>
internal readonly record struct Deadline(long Started, TimeSpan Timeout)
{
    /// <summary>What is left of it, never less than a millisecond.</summary>
    public TimeSpan Left(TimeProvider time)
    {
        var left = Timeout - time.GetElapsedTime(Started);
        return left > TimeSpan.Zero ? left : TimeSpan.FromMilliseconds(1);
    }
}
