using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>The parameters of what is pushed (spec alwayson 5.4, 5.5).</summary>
internal static class PushMessages
{
    /// <summary>Of UpdateSubscribedPropertyValues.</summary>
    public static InfoTable Values(IReadOnlyList<(PushRule Rule, Vtq Value)> values)
    {
        var builder = new InfoTable.Builder(PlatformShapes.NamedVtq);
        foreach (var (rule, value) in values)
            builder.Add(Value.String(rule.Property), value.Value, Value.DateTime(value.Time), Value.String(value.Quality));
        return Parameter(builder.Build());
    }

    /// <summary>Of ProcessRemoteEvents.</summary>
    public static InfoTable Events(Thing thing, IReadOnlyList<PendingEvent> events)
    {
        var builder = new InfoTable.Builder(PlatformShapes.RemoteEvent);
        foreach (var happened in events)
        {
            builder.Add(
                Value.String(happened.Name), Value.String(thing.Name), Value.String(happened.Name), Value.DateTime(happened.Happened), Value.Table(happened.Data));
        }

        return Parameter(builder.Build());
    }

    private static InfoTable Parameter(InfoTable rows) => InfoTable.Single(("values", BaseType.INFOTABLE, Value.Table(rows)));
}
