using Hansa.Runtime;
using Microsoft.Extensions.DependencyInjection;

namespace Hansa.Federation;

/// <summary>Puts the federation together.</summary>
public static class FederationServices
{
    /// <summary>Adds devices, links and the FederationSubsystem.</summary>
    public static IServiceCollection AddHansaFederation(this IServiceCollection services) => services
        .AddSingleton<FederationOptions>().AddSingleton<ServerIdentity>().AddSingleton<Publication>().AddSingleton<WireDispatcher>()
        .AddSingleton<LinkRequests>().AddSingleton<LaneNumbers>().AddSingleton<LaneBook>().AddSingleton<LaneServer>().AddSingleton<LinkMonitor>().AddSingleton<BindTable>().AddSingleton<RemoteCaller>().AddSingleton<Presence>().AddSingleton<ContractKeeper>().AddSingleton<Offers>().AddSingleton<BoundThings>()
        .AddSingleton<IRemoteEndpoints, LateEndpoints>()
        .AddSingleton<SessionHost>().AddSingleton<ISocketGateway>(p => p.GetRequiredService<SessionHost>())
        .AddSingleton<PushHub>().AddSingleton<IPropertyObserver>(p => p.GetRequiredService<PushHub>()).AddSingleton<IEventObserver>(p => p.GetRequiredService<PushHub>())
        .AddBuiltIn<FederationSubsystem>();

    // Templates of remote Things need the endpoints, which need the directory that these templates are part of.
    private sealed class LateEndpoints(IServiceProvider services) : IRemoteEndpoints
    {
        private readonly Lazy<Presence> _presence = new(services.GetRequiredService<Presence>);

        public IEnumerable<BoundName> WithoutThing => _presence.Value.WithoutThing;

        public IRemoteEndpoint? Find(Thing thing) => _presence.Value.Find(thing);

        public IRemoteEndpoint Get(Thing thing) => _presence.Value.Get(thing);

        public Task<IReadOnlyList<(string Id, RemoteCall Write, long Accepted)>> WaitingAsync(Thing thing, int maxItems, CancellationToken cancellationToken) =>
            _presence.Value.WaitingAsync(thing, maxItems, cancellationToken);

        public string WhyUnbound(Thing thing) => _presence.Value.WhyUnbound(thing);
    }
}
