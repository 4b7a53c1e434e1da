using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Alerts as rows: of events, of the summary and of the history (spec platform 3.5).</summary>
internal static class AlertRows
{
    /// <summary>The Data Shape of the AlertHistoryStream.</summary>
    public static DataShape Shape => PlatformShapes.AlertHistory;

    /// <summary>The data of an alert's event.</summary>
    public static InfoTable Event(AlertState state, string message)
    {
        var builder = new InfoTable.Builder(PlatformShapes.AlertEvent);
        builder.Add(
            Value.String(state.Name), Value.String(state.AlertType), Value.String(state.Property), Value.Integer(state.Priority), Value.String(message), Value.String(state.Description),
            Value.Boolean(state.IsAcknowledged), Value.Text(state.AckBy, BaseType.USERNAME), state.AckTime == 0 ? default : Value.DateTime(state.AckTime));
        return builder.Build();
    }

    /// <summary>A line of the history.</summary>
    public static StreamEntry Entry(Thing thing, AlertState state, string eventName, string message, long now) => new(
        now, IsAssigned: true, thing.Name, "Thing", null, null, new[]
        {
            Value.String(eventName), Value.String(state.Name), Value.String(state.AlertType), Value.String(state.Property), Value.Integer(state.Priority), Value.String(message),
            Value.String(state.Description), Value.Boolean(state.IsAcknowledged), Value.Text(state.AckBy, BaseType.USERNAME), state.AckTime == 0 ? default : Value.DateTime(state.AckTime),
        });

    /// <summary>How alerts stand.</summary>
    public static InfoTable Summary(IEnumerable<(string Thing, AlertState State)> states)
    {
        var builder = new InfoTable.Builder(PlatformShapes.AlertSummary);
        foreach (var (thing, state) in states.OrderBy(pair => pair.State.Priority).ThenByDescending(pair => pair.State.Since))
        {
            builder.Add(
                Value.String(state.Name), Value.String(state.AlertType), Value.Text(thing, BaseType.THINGNAME), Value.String(state.Property), Value.Integer(state.Priority),
                Value.String(state.Message), Value.String(state.Description), Value.DateTime(state.Since), Value.Boolean(state.IsActive), Value.Boolean(state.IsAcknowledged),
                Value.Text(state.AckBy, BaseType.USERNAME), state.AckTime == 0 ? default : Value.DateTime(state.AckTime));
        }

        return builder.Build();
    }

    /// <summary>Definitions of alerts.</summary>
    public static InfoTable Definitions(IEnumerable<AlertDefinition> alerts)
    {
        var builder = new InfoTable.Builder(PlatformShapes.AlertDefinition);
        foreach (var alert in alerts)
        {
            builder.Add(
                Value.String(alert.Name), Value.String(alert.Description), Value.String(alert.Property), Value.String(alert.AlertType), Value.Boolean(alert.IsEnabled),
                Value.Integer(alert.Priority), Value.Table(alert.Attributes));
        }

        return builder.Build();
    }
}
