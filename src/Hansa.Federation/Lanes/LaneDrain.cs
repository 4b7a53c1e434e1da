using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>Delivers what waits in a lane: in order, several at once, each until its outcome is known.</summary>
internal sealed partial class LaneDrain(Lane lane, LaneParts parts)
{
    private const int ReadAtOnce = 256;
    private const int SettleAtOnce = 64;
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(5);

    private readonly Lock _lock = new();
    private bool _isRunning;
    private volatile string _reason = "";
    private volatile bool _isRefused;

    // Numbers of other starts, and those up to the last that was sent in this one, may have come there before.
    private long _sentUpTo = parts.Numbers.First - 1;

    /// <summary>Why nothing goes at the moment; "" where it does.</summary>
    public string Reason => _reason;

    /// <summary>Whether the other end says no.</summary>
    public bool IsRefused => _isRefused;

    /// <summary>Something waits, or may go now.</summary>
    public void Wake()
    {
        lock (_lock)
        {
            if (_isRunning)
                return;
            _isRunning = true;
        }

        _ = Task.Run(RunAsync);
    }

    private async Task RunAsync()
    {
        var failures = 0;
        while (true)
        {
            var changed = lane.Changed;
            lock (_lock)
            {
                if (lane.Waiting == 0 || lane.Binding is null)
                {
                    (_isRunning, _reason, _isRefused) = (false, "", false);
                    return;
                }
            }

            var isGoing = false;
            try
            {
                isGoing = await PassAsync();
            }
            catch (Exception e) when (e is PlatformException or IOException or InvalidDataException)
            {
                _reason = e.Message;
            }
            catch (Exception e)
            {
                // A fault of this program must not end the delivery for good.
                LogFault(parts.Logger, lane.ServerName, e);
                _reason = "an internal fault; see the log";
            }

            failures = isGoing ? 0 : failures + 1;
            if (isGoing)
                continue;
            var delay = TimeSpan.FromTicks(Math.Min(LongestDelay.Ticks, FirstDelay.Ticks << Math.Min(failures - 1, 10)));
            await Task.WhenAny(changed, Task.Delay(delay, parts.Time));
        }
    }

    // From the first entry on, until nothing is left or something does not go. Gives whether to go on at once.
    private async Task<bool> PassAsync()
    {
        if (lane.Binding is not { } binding)
            return true;
        var pipe = LinkRequests.LeastBusy(binding);
        var reading = new Queue<OutboxEntry>();
        var underWay = new Queue<(OutboxEntry Entry, Task<ResponseMessage> Answer)>();
        var batch = new Batch();
        var proxies = new Dictionary<Guid, Thing?>();
        var (read, sent, isStopped, hasEnded) = (0L, 0L, false, false);
        var settled = 0L;
        while (true)
        {
            while (!isStopped && !hasEnded && underWay.Count < parts.Options.DrainWindow)
            {
                if (reading.Count == 0)
                {
                    foreach (var entry in await parts.Outbox.ReadAsync(lane.Key, read, ReadAtOnce, CancellationToken.None))
                        reading.Enqueue(entry);
                    if (reading.Count == 0)
                    {
                        hasEnded = true;
                        break;
                    }
                }

                var next = reading.Dequeue();
                read = next.Number;
                if (batch.First == 0 && underWay.Count == 0)
                    settled = next.Number;
                if (Refusal(next, proxies, out var call) is { } damaged)
                {
                    batch.Refuse(next, damaged);
                    continue;
                }

                var place = lane.PlaceOf(next.Number, sent, settled, next.Number <= _sentUpTo);
                underWay.Enqueue((next, SendAsync(binding, pipe, call!, place)));
                (sent, _sentUpTo) = (next.Number, Math.Max(_sentUpTo, next.Number));
            }

            if (underWay.Count == 0)
                break;
            var (oldest, answering) = underWay.Dequeue();
            var answer = await answering;
            if (answer.IsSuccess)
            {
                batch.Deliver(oldest);
            }
            else if (LaneHeader.StandingOf(answer) == LaneHeader.Applied)
            {
                batch.Refuse(oldest, answer.FailureText ?? answer.Status.ToString());
            }
            else
            {
                // A gap says nothing of why the one before did not go.
                if (!isStopped && LaneHeader.StandingOf(answer) != LaneHeader.Gap)
                    (_reason, _isRefused) = (answer.FailureText ?? answer.Status.ToString(), answer.Status < Status.InternalServerError);
                isStopped = true;
            }

            if (!isStopped)
                (_reason, _isRefused) = ("", false);
            if (batch.Count >= SettleAtOnce || underWay.Count == 0)
            {
                await SettleAsync(batch, underWay.Count > 0 ? underWay.Peek().Entry.Accepted : reading.Count > 0 ? reading.Peek().Accepted : 0);
                batch = new();
                settled = underWay.Count > 0 ? underWay.Peek().Entry.Number : 0;
            }
        }

        await SettleAsync(batch, oldest: 0);
        // At the end there may be one whose commit is still on its way: a moment.
        return !isStopped && (sent > 0 || lane.Waiting == 0);
    }

    private async Task<ResponseMessage> SendAsync(Binding binding, ServerSession pipe, RemoteCall call, LaneHeader place)
    {
        var path = parts.Requests.PathOf(call);
        try
        {
            using var limit = new CancellationTokenSource(parts.Options.ResendAfter, parts.Time);
            using var window = await pipe.Window.EnterAsync(TableSize.Of(call.Parameters), path.Count > 1, limit.Token);
            var sentAt = parts.Time.GetTimestamp();
            var answer = await pipe.Connection.SendAsync(
                parts.Requests.Make(binding, call, path, parts.Options.ResendAfter, place), parts.Options.ResendAfter, TrafficClass.Queued, CancellationToken.None);
            if (answer.IsSuccess)
                binding.Owner.Prove(sentAt, place.Number);
            return answer;
        }
        catch (PlatformException e) when (e.Code == ErrorCode.TooLarge)
        {
            return LaneHeader.WithStanding(ResponseMessage.Failure(e), LaneHeader.Applied);
        }
        catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException or WireFormatException or PlatformException)
        {
            return ResponseMessage.Failure(Status.GatewayTimeout, e.Message);
        }
    }

    private string? Refusal(OutboxEntry entry, Dictionary<Guid, Thing?> proxies, out RemoteCall? call)
    {
        call = null;
        if (entry.IsDamaged)
            return "The entry is damaged on this server's disk.";
        if (!proxies.TryGetValue(entry.Proxy, out var thing))
            proxies[entry.Proxy] = thing = parts.FindProxy(entry.Proxy);
        if (thing is null)
            return "The Thing that it was written to does not exist here any more.";
        try
        {
            call = OutboxCall.Read(thing, entry.Call.Span);
            return null;
        }
        catch (InvalidDataException e)
        {
            return e.Message;
        }
    }

    private async Task SettleAsync(Batch batch, long oldest)
    {
        if (batch.Count == 0)
            return;
        await parts.Outbox.SettleAsync(lane.Key, batch.Delivered, batch.Refused, CancellationToken.None);
        foreach (var (number, reason) in batch.Refused)
            LogParked(parts.Logger, lane.ServerName, number, reason);
        lane.Left([.. batch.Delivered, .. batch.Refused.Select(refused => refused.Number)], batch.Bytes, batch.Refused.Count, oldest);
    }

    /// <summary>Entries whose outcome is known and not yet on disk.</summary>
    private sealed class Batch
    {
        public List<long> Delivered { get; } = [];

        public List<(long Number, string Reason)> Refused { get; } = [];

        public long Bytes { get; private set; }

        public int Count => Delivered.Count + Refused.Count;

        /// <summary>The first of them; 0 where there is none.</summary>
        public long First { get; private set; }

        public void Deliver(OutboxEntry entry)
        {
            Delivered.Add(entry.Number);
            Note(entry);
        }

        public void Refuse(OutboxEntry entry, string reason)
        {
            Refused.Add((entry.Number, reason));
            Note(entry);
        }

        private void Note(OutboxEntry entry)
        {
            Bytes += entry.Call.Length;
            if (First == 0)
                First = entry.Number;
        }
    }

    [LoggerMessage(2401, LogLevel.Warning, "A write for {Server} was refused there and is parked: entry {Number}: {Reason}")]
    private static partial void LogParked(ILogger logger, string server, long number, string reason);

    [LoggerMessage(2402, LogLevel.Error, "Delivery to {Server}: a fault of this program.")]
    private static partial void LogFault(ILogger logger, string server, Exception exception);
}
