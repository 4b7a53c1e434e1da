using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Something that happened to a Thing.</summary>
/// <param name="UserName">Whose doing it was: subscriptions run with these rights.</param>
/// <param name="Source">The Thing.</param>
/// <param name="EventName">The event.</param>
/// <param name="Property">For changes of a property its name, else "".</param>
/// <param name="Data">Makes the event's data row; asked only where somebody has subscribed.</param>
public sealed record ThingEvent(string UserName, Thing Source, string EventName, string Property, Func<InfoTable?> Data)
{
    /// <summary>When it happened, milliseconds since 1970; null for now.</summary>
    public long? Happened { get; init; }
}

/// <summary>Hears of events for those who tell them elsewhere. Quick, and must not throw.</summary>
public interface IEventObserver
{
    /// <summary>Whether anybody elsewhere has asked for that event.</summary>
    bool Wants(Thing source, string eventName);

    /// <summary>It has happened.</summary>
    void Fired(Thing source, string eventName, InfoTable? data, long happened);
}
