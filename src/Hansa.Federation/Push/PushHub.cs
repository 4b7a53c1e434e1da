using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>Hears of what happens on this server and hands it to the links whose subscribers asked for it.</summary>
internal sealed class PushHub : IPropertyObserver, IEventObserver
{
    private volatile LinkPush[] _links = [];

    /// <summary>The links that there are now.</summary>
    public void Use(IEnumerable<LinkPush> links) => _links = [.. links];

    ValueTask IPropertyObserver.WrittenAsync(string userName, Thing thing, IReadOnlyList<PropertyWrite> writes)
    {
        if (thing.Definition.IsPublished)
        {
            foreach (var link in _links)
                link.Written(thing, writes);
        }

        return ValueTask.CompletedTask;
    }

    bool IEventObserver.Wants(Thing source, string eventName)
    {
        if (!source.Definition.IsPublished)
            return false;
        foreach (var link in _links)
        {
            if (link.Wants(source, eventName))
                return true;
        }

        return false;
    }

    void IEventObserver.Fired(Thing source, string eventName, InfoTable? data, long happened)
    {
        foreach (var link in _links)
            link.Fired(source, new(eventName, data, happened));
    }
}
