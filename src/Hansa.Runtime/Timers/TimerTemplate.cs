using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>The Timer (spec platform 3.5): fires event Timer at a steady rate, as Run As User.</summary>
public sealed class TimerTemplate(EntityDirectory directory, EventProcessor events, TimeProvider time, ILogger<TimerTemplate> logger)
    : ClockTemplate("Timer", UpdateRate, CheckRate, directory, events, logger)
{
    private const int MinRate = 10;

    private static readonly FieldDefinition UpdateRate = new("updateRate", BaseType.INTEGER, "Milliseconds between two events.")
    {
        Aspects = Aspects.Of(("defaultValue", Value.Integer(60_000))),
    };

    /// <inheritdoc/>
    public override string Name => "Timer";

    /// <inheritdoc/>
    public override string Description => "Fires an event at a steady rate.";

    /// <inheritdoc/>
    public override IEnumerable<EventDefinition> Events => [new("Timer", "TimerEvent", "The time has come.")];

    [Service("Lets the timer fire.", Category = "Timer", Requires = Permission.Update)]
    public Task EnableTimer(ServiceContext call, CancellationToken cancellationToken) => EnableAsync(call, true, cancellationToken);

    [Service("Stops the timer.", Category = "Timer", Requires = Permission.Update)]
    public Task DisableTimer(ServiceContext call, CancellationToken cancellationToken) => EnableAsync(call, false, cancellationToken);

    /// <inheritdoc/>
    protected override IDisposable Begin(Value rate, Action<DateTimeOffset> tick)
    {
        var period = TimeSpan.FromMilliseconds(Math.Max(MinRate, rate.AsLong()));
        return time.CreateTimer(_ => tick(time.GetUtcNow()), null, period, period);
    }

    private static void CheckRate(InfoTable table)
    {
        if (table.RowCount > 0 && table[0, "updateRate"].AsLong() < MinRate)
            throw Errors.Bad($"updateRate must be {MinRate} ms or more, not {table[0, "updateRate"]}.");
    }
}
