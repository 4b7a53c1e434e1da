using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Fires the events of entries on the Thing that keeps them, after the commit (spec platform 2.6 to 2.8).</summary>
public sealed class EntryEvents(EventProcessor events)
{
    /// <summary>Fires an event with the entry's id and what it is. Called when the change is on disk, so nobody's giving up ends it.</summary>
    public ValueTask FireAsync(ServiceContext call, string eventName, string id, string type) => events.FireAsync(
        new(call.Caller.UserName, call.Thing, eventName, "", () => new InfoTable.Builder(PlatformShapes.EntryChangeEvent).Add(Value.String(id), Value.String(type)).Build()),
        CancellationToken.None);
}
