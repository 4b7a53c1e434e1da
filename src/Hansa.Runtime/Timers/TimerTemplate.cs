using System.Collections.Concurrent;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>The Timer (spec platform 3.5): fires event Timer at a steady rate, as Run As User.</summary>
public sealed partial class TimerTemplate(EntityDirectory directory, EventProcessor events, TimeProvider time, ILogger<TimerTemplate> logger) : BuiltInTemplate
{
    private const int MinRate = 10;

    private static readonly ConfigurationTableDefinition Settings = new("Settings", "When it fires, and as whom.", new(
    [
        new("updateRate", BaseType.INTEGER, "Milliseconds between two events.") { Aspects = Aspects.Of(("defaultValue", Value.Integer(60_000))) },
        new("runAsUser", BaseType.USERNAME, "Whose rights subscriptions have.", 1),
        new("enabled", BaseType.BOOLEAN, "Whether it fires once the Thing has started.", 2) { Aspects = Aspects.Of(("defaultValue", Value.Boolean(true))) },
    ]), Check: CheckSettings);

    private readonly ConcurrentDictionary<Guid, Clock> _clocks = new();

    /// <inheritdoc/>
    public override string Name => "Timer";

    /// <inheritdoc/>
    public override string Description => "Fires an event at a steady rate.";

    /// <inheritdoc/>
    public override IEnumerable<EventDefinition> Events => [new("Timer", "TimerEvent", "The time has come.")];

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables => [Settings];

    /// <inheritdoc/>
    public override Task StartAsync(Thing thing, CancellationToken cancellationToken)
    {
        var wanted = (Rate: (int)thing.Setting(Settings.Name, "updateRate").AsLong(), User: thing.Setting(Settings.Name, "runAsUser").ToString());
        if (_clocks.TryGetValue(thing.Definition.Id, out var clock) && clock.Rate == wanted.Rate && clock.User == wanted.User && thing.Setting(Settings.Name, "enabled").AsBoolean())
            return Task.CompletedTask;
        End(thing);
        if (thing.Setting(Settings.Name, "enabled").AsBoolean())
            _clocks[thing.Definition.Id] = new(this, thing, wanted.Rate, wanted.User);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public override Task StopAsync(Thing thing, CancellationToken cancellationToken)
    {
        End(thing);
        return Task.CompletedTask;
    }

    [Service("Lets the timer fire.", Category = "Timer", Requires = Permission.Update)]
    public Task EnableTimer(ServiceContext call, CancellationToken cancellationToken) => Enable(call, true, cancellationToken);

    [Service("Stops the timer.", Category = "Timer", Requires = Permission.Update)]
    public Task DisableTimer(ServiceContext call, CancellationToken cancellationToken) => Enable(call, false, cancellationToken);

    private static void CheckSettings(InfoTable table)
    {
        if (table.RowCount > 0 && table[0, "updateRate"].AsLong() < MinRate)
            throw Errors.Bad($"updateRate must be {MinRate} ms or more, not {table[0, "updateRate"]}.");
    }

    private Task<Entity> Enable(ServiceContext call, bool enabled, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition =>
            ((ThingDefinition)definition).WithSetting(Settings, "enabled", Value.Boolean(enabled)), cancellationToken);

    private void End(Thing thing)
    {
        if (_clocks.TryRemove(thing.Definition.Id, out var clock))
            clock.Dispose();
    }

    /// <summary>One running timer. A tick whose predecessor still waits to be queued is left out.</summary>
    private sealed class Clock : IDisposable
    {
        private readonly TimerTemplate _owner;
        private readonly Thing _thing;
        private readonly ITimer _timer;
        private int _busy;

        public Clock(TimerTemplate owner, Thing thing, int rate, string user)
        {
            (_owner, _thing, Rate, User) = (owner, thing, rate, user);
            var period = TimeSpan.FromMilliseconds(Math.Max(MinRate, rate));
            // Each tick begins anew, also where a subscription has started the timer.
            using (ExecutionContext.SuppressFlow())
                _timer = owner.Time.CreateTimer(_ => Tick(), null, period, period);
        }

        public int Rate { get; }

        public string User { get; }

        public void Dispose() => _timer.Dispose();

        private void Tick()
        {
            if (Interlocked.Exchange(ref _busy, 1) == 0)
                _ = TickAsync();
        }

        private async Task TickAsync()
        {
            try
            {
                var now = _owner.Time.GetUtcNow();
                await _owner.Processor.FireAsync(
                    new(User, _thing, "Timer", "", () => InfoTable.Single(("timestamp", BaseType.DATETIME, Value.DateTime(now)))), CancellationToken.None);
            }
            catch (Exception e)
            {
                _owner.LogTickFailed(_thing.Name, e);
            }
            finally
            {
                Volatile.Write(ref _busy, 0);
            }
        }
    }

    private TimeProvider Time => time;

    private EventProcessor Processor => events;

    [LoggerMessage(1401, LogLevel.Error, "Timer {Thing} could not fire.")]
    private partial void LogTickFailed(string thing, Exception exception);
}
