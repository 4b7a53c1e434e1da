using Hansa.Model;

namespace Hansa.Runtime.Tests;

/// <summary>Stands before what runs subscriptions: does something first, then lets it go on.</summary>
internal sealed class WatchedRunner(Func<SubscriptionDefinition, InfoTable?, Task> before, IEventRunner? then = null) : IEventRunner
{
    public async ValueTask RunAsync(Thing thing, SubscriptionDefinition subscription, ThingEvent happening, InfoTable? data, long at, CancellationToken cancellationToken)
    {
        await before(subscription, data);
        if (then is not null)
            await then.RunAsync(thing, subscription, happening, data, at, cancellationToken);
    }

    public ValueTask CallAsync(Thing thing, string service, ThingEvent happening, InfoTable? data, long at, CancellationToken cancellationToken) =>
        then?.CallAsync(thing, service, happening, data, at, cancellationToken) ?? ValueTask.CompletedTask;

    /// <summary>Tells when the first subscription runs, and holds each until it is let go.</summary>
    public static WatchedRunner Holding(TaskCompletionSource started, Task gate) => new((_, _) =>
    {
        started.TrySetResult();
        return gate;
    });
}
