using System.Collections.Concurrent;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>
/// What Timer and Scheduler share (spec platform 3.5): a table of Settings, an event that fires as Run As User, and one clock a running
/// Thing that is enabled. A tick whose predecessor still waits to be queued is left out.
/// </summary>
/// <param name="eventName">What fires; its data is the time.</param>
/// <param name="rate">The setting that says when.</param>
public abstract partial class ClockTemplate(
    string eventName, FieldDefinition rate, Action<InfoTable> check, EntityDirectory directory, EventProcessor events, ILogger logger) : BuiltInTemplate
{
    private const string Table = "Settings";

    private readonly ConfigurationTableDefinition _settings = new(Table, "When it fires, and as whom.", new(
    [
        rate,
        new("runAsUser", BaseType.USERNAME, "Whose rights subscriptions have.", 1),
        new("enabled", BaseType.BOOLEAN, "Whether it fires once the Thing has started.", 2) { Aspects = Aspects.Of(("defaultValue", Value.Boolean(true))) },
    ]), Check: check);

    private readonly ConcurrentDictionary<Guid, Clock> _clocks = new();

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [_settings];

    /// <inheritdoc/>
    public override Task StartAsync(Thing thing, CancellationToken cancellationToken)
    {
        var (when, user, enabled) = (Rate(thing), thing.Setting(Table, "runAsUser").ToString(), thing.Setting(Table, "enabled").AsBoolean());
        if (enabled && _clocks.TryGetValue(thing.Definition.Id, out var clock) && clock.When == when && clock.User == user)
            return Task.CompletedTask;
        End(thing);
        if (enabled)
            _clocks[thing.Definition.Id] = new(this, thing, when, user);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task StopAsync(Thing thing, CancellationToken cancellationToken)
    {
        End(thing);
        return Task.CompletedTask;
    }

    /// <summary>The setting that says when.</summary>
    protected Value Rate(Thing thing) => thing.Setting(Table, rate.Name);

    /// <summary>Begins to tick: calls with the time of each tick until it is disposed of. Null where it never does.</summary>
    protected abstract IDisposable? Begin(Value rate, Action<DateTimeOffset> tick);

    /// <summary>Lets it fire or not, beyond a restart.</summary>
    protected Task EnableAsync(ServiceContext call, bool enabled, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => ((ThingDefinition)definition).WithSetting(_settings, "enabled", Value.Boolean(enabled)), cancellationToken);

    private void End(Thing thing)
    {
        if (_clocks.TryRemove(thing.Definition.Id, out var clock))
            clock.Dispose();
    }

    /// <summary>One running clock.</summary>
    private sealed class Clock : IDisposable
    {
        private readonly ClockTemplate _owner;
        private readonly Thing _thing;
        private readonly IDisposable? _ticking;
        private int _busy;

        public Clock(ClockTemplate owner, Thing thing, Value when, string user)
        {
            (_owner, _thing, When, User) = (owner, thing, when, user);
            // Each tick begins anew, also where a subscription has started the clock.
            using (ExecutionContext.SuppressFlow())
                _ticking = owner.Begin(when, Tick);
        }

        public Value When { get; }

        public string User { get; }

        public void Dispose() => _ticking?.Dispose();

        private void Tick(DateTimeOffset now)
        {
            if (Interlocked.Exchange(ref _busy, 1) == 0)
                _ = FireAsync(now);
        }

        private async Task FireAsync(DateTimeOffset now)
        {
            try
            {
                await _owner.Processor.FireAsync(
                    new(User, _thing, _owner.EventName, "", () => InfoTable.Single(("timestamp", BaseType.DATETIME, Value.DateTime(now)))), CancellationToken.None);
            }
            catch (Exception e)
            {
                _owner.LogTickFailed(_owner.Name, _thing.Name, e);
            }
            finally
            {
                Volatile.Write(ref _busy, 0);
            }
        }
    }

    private string EventName => eventName;

    private EventProcessor Processor => events;

    [LoggerMessage(1401, LogLevel.Error, "{Kind} {Thing} could not fire.")]
    private partial void LogTickFailed(string kind, string thing, Exception exception);
}
