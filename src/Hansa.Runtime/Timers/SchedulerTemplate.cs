using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>
/// The Scheduler (spec platform 3.5): fires event ScheduledEvent at the times of a <see cref="CronExpression"/> in UTC, as Run As User.
/// The event's timestamp is the time that was planned. Times that passed while the server or the Thing was down are not made up for.
/// </summary>
public sealed partial class SchedulerTemplate(EntityDirectory directory, EventProcessor events, TimeProvider time, ILogger<SchedulerTemplate> logger)
    : ClockTemplate("ScheduledEvent", Schedule, CheckSchedule, directory, events, logger)
{
    private static readonly FieldDefinition Schedule = new("schedule", BaseType.SCHEDULE, "A cron expression in UTC: second minute hour day-of-month month day-of-week [year].")
    {
        Aspects = Aspects.Of(("defaultValue", Value.String("0 0/1 * * * ?"))),
    };

    /// <inheritdoc/>
    public override string Name => "Scheduler";

    /// <inheritdoc/>
    public override string Description => "Fires an event at the times of a cron expression.";

    /// <inheritdoc/>
    public override IEnumerable<EventDefinition> Events => [new("ScheduledEvent", "ScheduledEvent", "The planned time has come.")];

    [Service("Lets the scheduler fire.", Category = "Scheduler", Requires = Permission.Update)]
    public Task EnableScheduler(ServiceContext call, CancellationToken cancellationToken) => EnableAsync(call, true, cancellationToken);

    [Service("Stops the scheduler.", Category = "Scheduler", Requires = Permission.Update)]
    public Task DisableScheduler(ServiceContext call, CancellationToken cancellationToken) => EnableAsync(call, false, cancellationToken);

    [Service("Gives the next time of the schedule, whether the scheduler is enabled or not; nothing where its years are over.", Category = "Scheduler", Kind = CallKind.Read)]
    public DateTimeOffset? GetNextScheduledTime(ServiceContext call) => CronExpression.Parse(Rate(call.Thing).ToString()).NextAfter(time.GetUtcNow());

    /// <inheritdoc/>
    protected override IDisposable? Begin(Value rate, Action<DateTimeOffset> tick)
    {
        try
        {
            return new Alarm(CronExpression.Parse(rate.ToString()), time, tick);
        }
        catch (PlatformException e)
        {
            // An imported table was not checked; the Thing runs all the same, so that it can be set right.
            LogWrongSchedule(e.Message);
            return null;
        }
    }

    private static void CheckSchedule(InfoTable table)
    {
        if (table.RowCount > 0)
            CronExpression.Parse(table[0, "schedule"].ToString());
    }

    [LoggerMessage(1402, LogLevel.Error, "A scheduler does not fire. {Reason}")]
    private partial void LogWrongSchedule(string reason);

    /// <summary>Rings at each time of an expression.</summary>
    private sealed class Alarm : IDisposable
    {
        // Timers count on when the clock is set; a look each hour finds the right time again, and no timer waits longer than it can.
        private static readonly TimeSpan Look = TimeSpan.FromHours(1);

        private readonly CronExpression _expression;
        private readonly TimeProvider _time;
        private readonly Action<DateTimeOffset> _ring;
        private readonly ITimer _timer;
        private DateTimeOffset? _next;

        public Alarm(CronExpression expression, TimeProvider time, Action<DateTimeOffset> ring)
        {
            (_expression, _time, _ring) = (expression, time, ring);
            _next = expression.NextAfter(time.GetUtcNow());
            _timer = time.CreateTimer(_ => Ring(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
            Wind();
        }

        public void Dispose() => _timer.Dispose();

        private void Ring()
        {
            var now = _time.GetUtcNow();
            if (_next <= now)
            {
                _ring(_next.Value);
                _next = _expression.NextAfter(now);
            }

            Wind();
        }

        private void Wind()
        {
            if (_next is not { } next)
                return;
            // Rounded up, as timers cut fractions of a millisecond off and would ring too early.
            var wait = TimeSpan.FromMilliseconds(Math.Ceiling(Math.Max(0, (next - _time.GetUtcNow()).TotalMilliseconds)));
            _timer.Change(wait < Look ? wait : Look, Timeout.InfiniteTimeSpan);
        }
    }
}
