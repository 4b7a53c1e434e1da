using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>
/// Tells one subscriber what changes here: values and events that its proxies asked for, gathered for an Update Interval, one message
/// a Thing (design federation 8, spec platform 1.8).
/// </summary>
internal sealed partial class LinkPush(SubscriberLink link, LinkParts parts)
{
    private static readonly InfoTable Options = InfoTable.Single(
        ("options", BaseType.JSON, Value.Text($$"""{"hasDeadband":true,"{{RemoteThingTemplate.FoldOption}}":true}""", BaseType.JSON)));

    private readonly ConcurrentDictionary<string, PushTarget> _targets = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Thing, ImmutableArray<PushTarget>> _byThing = new();
    private readonly ConcurrentDictionary<string, bool> _asking = new(StringComparer.Ordinal);
    private readonly Channel<bool> _due = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _values;
    private long _events;
    private long _dropped;

    /// <summary>Values told since start.</summary>
    public long Values => Interlocked.Read(ref _values);

    /// <summary>Events told since start.</summary>
    public long Events => Interlocked.Read(ref _events);

    /// <summary>Values and events dropped because too many waited.</summary>
    public long Dropped => Interlocked.Read(ref _dropped) + _targets.Values.Sum(target => target.Dropped);

    /// <summary>The subscriber's proxy asks to be asked what it wants to be told (NotifyPropertyUpdate).</summary>
    public void Ask(string name, CancellationToken stopping)
    {
        // Who is being asked is asked once more: the answer under way may be older than this request.
        if (_asking.TryAdd(name, false))
            _ = AskAsync(name, stopping);
        else
            _asking[name] = true;
    }

    /// <summary>Notes what was written to a Thing.</summary>
    public void Written(Thing thing, IReadOnlyList<PropertyWrite> writes)
    {
        foreach (var target in TargetsOf(thing))
        {
            if (target.Note(writes))
                Wake();
        }
    }

    /// <summary>Whether any proxy asked for that event.</summary>
    public bool Wants(Thing thing, string eventName) => TargetsOf(thing).Any(target => target.Wants(eventName));

    /// <summary>Notes an event of a Thing.</summary>
    public void Fired(Thing thing, PendingEvent happened)
    {
        foreach (var target in TargetsOf(thing).Where(target => target.Wants(happened.Name)))
        {
            target.Note(happened);
            Wake();
        }
    }

    /// <summary>Tells what waits, until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (await _due.Reader.WaitToReadAsync(stopping))
            {
                _due.Reader.TryRead(out _);
                await Task.Delay(parts.Identity.UpdateInterval, parts.Time, stopping);
                foreach (var target in _targets.Values.Where(target => target.IsDue))
                {
                    // What falls due while its proxy is still being told goes as soon as that is done, not an interval later.
                    target.IsOverdue = target.IsSending;
                    if (target.IsSending)
                        continue;
                    target.IsSending = true;
                    _ = TellAllAsync(target, stopping);
                }
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The link ends; its proxies ask anew when there is another.
        }
    }

    private ImmutableArray<PushTarget> TargetsOf(Thing thing) => _byThing.TryGetValue(thing, out var targets) ? targets : [];

    private void Wake() => _due.Writer.TryWrite(true);

    private async Task AskAsync(string name, CancellationToken stopping)
    {
        try
        {
            do
            {
                _asking[name] = false;
                await SubscribeAsync(name, stopping);
            }
            while (!_asking.TryRemove(KeyValuePair.Create(name, false)));
        }
        catch (Exception e) when (e is IOException or TimeoutException or PlatformException or WireFormatException or OperationCanceledException)
        {
            // The proxy's server tells again when it has a connection again.
            _asking.TryRemove(name, out _);
            LogNotAsked(parts.Logger, name, link.Row.Name, e.Message);
        }
    }

    private async Task SubscribeAsync(string name, CancellationToken stopping)
    {
        if (parts.Publication.Resolve(link.Row, name) is not { } thing)
        {
            Forget(name);
            return;
        }

        var properties = await CallAsync(name, "GetPropertySubscriptions", Options, stopping);
        var events = await CallAsync(name, "GetEventSubscriptions", null, stopping);
        var rules = Rows(properties, row => new PushRule(
            properties![row, "edgeName"].ToString(), properties[row, "pushType"].ToString(), Coercion.To(properties[row, "pushThreshold"], BaseType.NUMBER, "pushThreshold").AsNumber(),
            properties[row, RemoteThingTemplate.FoldColumn].AsBoolean())).DistinctBy(rule => rule.Property).ToList();
        var names = Rows(events, row => events![row, "edgeName"].ToString()).ToList();
        if (rules.Count == 0 && names.Count == 0)
        {
            Forget(name);
            return;
        }

        var target = new PushTarget(name, thing, rules, names, parts.Options.PushLimit);
        if (_targets.TryGetValue(name, out var older))
        {
            // What waits for the same proxy is not lost by its asking anew.
            var (values, happened) = older.Thing == thing ? older.Take() : ([], []);
            target.PutBack([.. values.Where(value => rules.Exists(rule => rule.Property == value.Rule.Property))
                .Select(value => (rules.First(rule => rule.Property == value.Rule.Property), value.Value))], happened);
        }

        Forget(name);
        _targets[name] = target;
        _byThing.AddOrUpdate(thing, _ => [target], (_, targets) => targets.Add(target));
        target.NoteCurrent(parts.Time.GetUtcNow().ToUnixTimeMilliseconds());
        Wake();
    }

    private void Forget(string name)
    {
        if (!_targets.TryRemove(name, out var gone))
            return;
        Interlocked.Add(ref _dropped, gone.Dropped);
        var rest = _byThing.AddOrUpdate(gone.Thing, _ => [], (_, targets) => targets.Remove(gone));
        if (rest.IsEmpty)
            _byThing.TryRemove(KeyValuePair.Create(gone.Thing, rest));
    }

    private async Task TellAllAsync(PushTarget target, CancellationToken stopping)
    {
        try
        {
            bool isTold;
            do
            {
                target.IsOverdue = false;
                isTold = await TellAsync(target, stopping);
            }
            while (isTold && target is { IsOverdue: true, IsDue: true });
        }
        finally
        {
            target.IsSending = false;
            if (target.IsDue)
                Wake();
        }
    }

    // False where it was not told, so that it waits for the next interval.
    private async Task<bool> TellAsync(PushTarget target, CancellationToken stopping)
    {
        var (values, events) = target.Take();
        try
        {
            if (parts.Publication.Resolve(link.Row, target.Name) != target.Thing)
            {
                Forget(target.Name);
                return false;
            }

            var user = parts.Principals.Find(link.Row.PublishAsUser);
            var readable = values.Where(value => parts.Gate.Allows(user, target.Thing, Permission.PropertyRead, value.Rule.Property, CallOrigin.Wire)).ToList();
            if (readable.Count > 0)
            {
                await CallAsync(target.Name, "UpdateSubscribedPropertyValues", PushMessages.Values(readable), stopping);
                Interlocked.Add(ref _values, readable.Count);
                values = [];
            }

            var open = events.Where(happened => parts.Gate.Allows(user, target.Thing, Permission.EventSubscribe, happened.Name, CallOrigin.Wire)).ToList();
            if (open.Count > 0)
            {
                await CallAsync(target.Name, "ProcessRemoteEvents", PushMessages.Events(target.Thing, open), stopping);
                Interlocked.Add(ref _events, open.Count);
            }

            return true;
        }
        catch (PlatformException e) when (e.Code is ErrorCode.NotFound or ErrorCode.Forbidden or ErrorCode.BadRequest)
        {
            // The proxy is gone or refuses them; when it is there again it asks anew and gets the current values.
            LogRefused(parts.Logger, target.Name, link.Row.Name, e.Message);
            return false;
        }
        catch (Exception e) when (e is IOException or TimeoutException or PlatformException or WireFormatException or OperationCanceledException)
        {
            target.PutBack(values, events);
            await RestAsync(stopping);
            return false;
        }
    }

    // Until a pipe comes up, or a moment where one is up and yet did not carry it.
    private async Task RestAsync(CancellationToken stopping)
    {
        var sign = link.SignOfLife;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        await Task.WhenAny(Task.Delay(TimeSpan.FromSeconds(1), parts.Time, enough.Token), sign);
        await enough.CancelAsync();
    }

    private async Task<InfoTable?> CallAsync(string name, string service, InfoTable? parameters, CancellationToken stopping)
    {
        var connection = link.FindConnection(name) ?? throw new PlatformException(ErrorCode.Internal, $"The link to {link.Row.Name} is down.");
        var answer = await connection.SendAsync(
            new(Method.Post, EntityKind.Things, name, Characteristic.Services, service, parameters) { Lane = name }, parts.Options.LinkTimeout, TrafficClass.Push, stopping);
        return answer.IsSuccess ? answer.Content : throw new PlatformException(ErrorCodes.FromWire((byte)answer.Status), answer.FailureText ?? answer.Status.ToString());
    }

    private static IEnumerable<T> Rows<T>(InfoTable? table, Func<int, T> read) => Enumerable.Range(0, table?.RowCount ?? 0).Select(read);

    [LoggerMessage(2311, LogLevel.Warning, "Proxy {Name} of {Subscriber} could not be asked what it wants to be told: {Reason}")]
    private static partial void LogNotAsked(ILogger logger, string name, string subscriber, string reason);

    [LoggerMessage(2312, LogLevel.Warning, "Proxy {Name} of {Subscriber} does not take what it is told: {Reason}")]
    private static partial void LogRefused(ILogger logger, string name, string subscriber, string reason);
}
