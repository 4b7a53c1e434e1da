namespace Hansa.Runtime;

/// <summary>The subscriptions that set each other off, up to the one that runs now. It follows a script through all that it calls.</summary>
/// <param name="Subscription">The one that runs, as <c>Thing.Subscription</c>.</param>
/// <param name="Earlier">The one whose doing its event was; null where something else caused it.</param>
/// <param name="Length">The number of links.</param>
internal sealed record EventChain(string Subscription, EventChain? Earlier, int Length)
{
    private static readonly AsyncLocal<EventChain?> Flowing = new();

    /// <summary>That of the subscription in whose course this is asked; null outside of any.</summary>
    public static EventChain? Current
    {
        get => Flowing.Value;
        set => Flowing.Value = value;
    }

    /// <summary>The chain with one link more.</summary>
    public static EventChain Then(EventChain? chain, string subscription) => new(subscription, chain, (chain?.Length ?? 0) + 1);

    /// <summary>The subscriptions in it, each once, the latest first.</summary>
    public IEnumerable<string> Subscriptions
    {
        get
        {
            var seen = new HashSet<string>(StringComparer.Ordinal);
            for (var link = this; link is not null; link = link.Earlier)
            {
                if (seen.Add(link.Subscription))
                    yield return link.Subscription;
            }
        }
    }
}
