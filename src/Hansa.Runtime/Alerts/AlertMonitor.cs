using System.Collections.Concurrent;
using System.Threading.Channels;
using Hansa.Model;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>
/// Watches properties for alerts (spec platform 3.5): an alert fires once and not again until it was reset. How an alert stands is written behind,
/// the latest of each; what happened to it is a row of the AlertHistoryStream.
/// </summary>
public sealed partial class AlertMonitor : IPropertyObserver
{
    /// <summary>The Thing that keeps the history of all alerts.</summary>
    public const string HistoryStream = "AlertHistoryStream";

    private const int Batch = 1_000;

    private readonly EntityDirectory _directory;
    private readonly IStorage _storage;
    private readonly EventProcessor _events;
    private readonly AlertOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<AlertMonitor> _logger;
    private readonly ConcurrentDictionary<Guid, ThingAlerts> _things = [];
    private readonly ConcurrentDictionary<(Guid Thing, string Property, string Name), AlertState> _unwritten = [];
    private readonly Channel<StreamEntry> _history;
    private readonly Channel<bool> _woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Lock _writing = new();
    private Task _settled = Task.CompletedTask;
    private long _dropped;
    private long _fired;

    /// <summary>Watches starts and changes of Things.</summary>
    public AlertMonitor(
        EntityDirectory directory, LifeCycle lifeCycle, IStorage storage, EventProcessor events, AlertOptions options, TimeProvider time, ILogger<AlertMonitor> logger)
    {
        (_directory, _storage, _events, _options, _time, _logger) = (directory, storage, events, options, time, logger);
        _history = Channel.CreateBounded<StreamEntry>(options.QueueLimit);
        lifeCycle.Started += thing =>
        {
            if (IsWatched(thing))
                _ = LookAtAllAsync(thing);
        };
        directory.Changing += change =>
        {
            if (change is { Kind: EntityKind.Things, After: null, Before: { } gone })
                _things.TryRemove(gone.Id, out _);
        };
    }

    /// <summary>Lines of history that wait.</summary>
    public int Waiting => _history.Reader.Count;

    /// <summary>Lines of history that were dropped because the queue stayed full.</summary>
    public long Dropped => Interlocked.Read(ref _dropped);

    /// <summary>Alerts fired since start.</summary>
    public long Fired => Interlocked.Read(ref _fired);

    /// <summary>Alerts that hold.</summary>
    public int Active => _things.Values.Sum(alerts => alerts.States.Count(state => state.IsActive));

    ValueTask IPropertyObserver.WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes) =>
        IsWatched(thing) ? LookAsync(userName, thing, [.. writes.Select(write => (write.Property.Name, write.After.Value))]) : ValueTask.CompletedTask;

    /// <summary>Writes behind until told to stop; whoever made the token awaits this task.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        try
        {
            while (true)
            {
                await _woken.Reader.ReadAsync(stopping);
                await SettleAsync();
            }
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            await SettleAsync();
        }
    }

    /// <summary>Done when all that has happened so far is on disk: a reader expects what he has just caused.</summary>
    internal Task SettleAsync()
    {
        lock (_writing)
            return _settled = After(_settled);

        async Task After(Task before)
        {
            await before.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
            await FlushAsync(CancellationToken.None);
        }
    }

    /// <summary>The alerts of a Thing.</summary>
    internal ThingAlerts Of(Thing thing) => _things.GetOrAdd(thing.Definition.Id, _ => new(thing.Kept));

    /// <summary>Whether a Thing has alerts, or has had one that is not done with.</summary>
    internal bool IsWatched(Thing thing) => thing.Shape.Alerts.Count > 0 || thing.Kept.Count > 0 || _things.ContainsKey(thing.Definition.Id);

    /// <summary>Takes note of an alert, on disk when the task is done.</summary>
    /// <returns>Whether there was one to take note of.</returns>
    internal async Task<bool> AcknowledgeAsync(string userName, Thing thing, string property, string name, string message, CancellationToken cancellationToken)
    {
        if (Of(thing).Acknowledge(property, name, userName, Now) is not { } state)
            return false;
        await AcknowledgedAsync(thing.Definition.Id, state).WaitAsync(cancellationToken);
        await TellAsync(userName, thing, state, "AlertAck", message.Length > 0 ? message : state.Message);
        return true;
    }

    /// <summary>Looks at all properties of a Thing anew, after its alerts have changed.</summary>
    internal async Task LookAtAllAsync(Thing thing)
    {
        try
        {
            var alerts = Of(thing);
            foreach (var state in alerts.EndUnwatched(thing.Shape))
                await ChangedAsync(Principals.SystemName, thing, state);
            var values = alerts.Definitions(thing.Shape).Select(alert => alert.Property).Distinct(StringComparer.Ordinal).Where(name => thing.Shape.FindProperty(name) is not null)
                .Select(name => (name, thing.Properties.Read(name))).Where(pair => pair.Item2.Time != 0).Select(pair => (pair.name, pair.Item2.Value)).ToList();
            await LookAsync(Principals.SystemName, thing, values);
        }
        catch (Exception e)
        {
            LogFailed(thing.Name, e is PlatformException ? e.Message : e.ToString());
        }
    }

    private long Now => _time.GetUtcNow().ToUnixTimeMilliseconds();

    private async ValueTask LookAsync(string userName, Thing thing, IReadOnlyList<(string Property, Value Value)> values)
    {
        var alerts = Of(thing);
        foreach (var (property, value) in values)
        {
            foreach (var state in alerts.Look(thing.Shape, property, value, Now))
                await ChangedAsync(userName, thing, state);
        }
    }

    private async ValueTask ChangedAsync(string userName, Thing thing, AlertState state)
    {
        _unwritten[(thing.Definition.Id, state.Property, state.Name)] = state;
        if (state.IsActive)
            Interlocked.Increment(ref _fired);
        await TellAsync(userName, thing, state, state.IsActive ? PropertyEvents.Alert : PropertyEvents.AlertReset, state.Message);
    }

    private async ValueTask TellAsync(string userName, Thing thing, AlertState state, string eventName, string message)
    {
        await KeepAsync(AlertRows.Entry(thing, state, eventName, message, Now));
        await _events.FireAsync(new(userName, thing, eventName, state.Property, () => AlertRows.Event(state, message)), CancellationToken.None);
        await _events.FireAsync(new(userName, thing, $"Any{eventName}", "", () => AlertRows.Event(state, message)), CancellationToken.None);
    }

    private async ValueTask KeepAsync(StreamEntry entry)
    {
        if (!_history.Writer.TryWrite(entry) && !await WaitAsync(entry))
        {
            Interlocked.Increment(ref _dropped);
            LogDropped(entry.Source);
        }

        Wake();
    }

    private async Task<bool> WaitAsync(StreamEntry entry)
    {
        Wake();
        using var limit = new CancellationTokenSource(_options.FullQueueWait, _time);
        try
        {
            await _history.Writer.WriteAsync(entry, limit.Token);
            return true;
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private void Wake() => _woken.Writer.TryWrite(true);

    private async Task FlushAsync(CancellationToken cancellationToken)
    {
        try
        {
            while (!_unwritten.IsEmpty || _history.Reader.Count > 0)
            {
                await FlushStatesAsync(cancellationToken);
                await FlushHistoryAsync(cancellationToken);
            }
        }
        catch (Exception e)
        {
            // What could not be written stays in memory and is tried again with the next change.
            LogFailed(HistoryStream, e is PlatformException ? e.Message : e.ToString());
        }
    }

    private async Task FlushStatesAsync(CancellationToken cancellationToken)
    {
        List<KeyValuePair<(Guid Thing, string Property, string Name), AlertState>> batch;
        Task written;
        lock (_writing)
        {
            batch = [.. _unwritten.Take(Batch)];
            written = batch.Count == 0 ? Task.CompletedTask
                : _storage.Model.PutPropertiesAsync([.. batch.Select(pair => pair.Value.ToRecord(pair.Key.Thing))], cancellationToken);
        }

        await written;
        foreach (var pair in batch)
            _unwritten.TryRemove(pair);
    }

    // In its place among what is written behind: an older state must not come after it.
    private Task AcknowledgedAsync(Guid thing, AlertState state)
    {
        lock (_writing)
        {
            _unwritten.TryRemove((thing, state.Property, state.Name), out _);
            return _storage.Model.PutPropertiesAsync([state.ToRecord(thing)], CancellationToken.None);
        }
    }

    private async Task FlushHistoryAsync(CancellationToken cancellationToken)
    {
        var batch = new List<StreamEntry>();
        while (batch.Count < Batch && _history.Reader.TryRead(out var entry))
            batch.Add(entry);
        if (batch.Count > 0 && _directory.FindThing(HistoryStream) is { } stream)
            await _storage.Streams.AppendAsync(stream.Definition.Id, AlertRows.Shape, batch, cancellationToken);
    }

    [LoggerMessage(1701, LogLevel.Warning, "A line of the alert history of {Thing} was dropped: the queue is full.")]
    private partial void LogDropped(string thing);

    [LoggerMessage(1702, LogLevel.Error, "Alerts of {Thing}: {Reason}")]
    private partial void LogFailed(string thing, string reason);
}
