using System.Collections.Concurrent;
using System.Net;
using Hansa.AlwaysOn.Dialing;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>All connections that others have opened to this server.</summary>
internal sealed class SessionHost : ISocketGateway, IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(1);
    private readonly ConcurrentDictionary<ServerSession, bool> _sessions = new();
    private readonly EntityDirectory _directory;
    private readonly ServerIdentity _identity;
    private readonly IStorage _storage;
    private readonly ITimer _keyCheck;

    public SessionHost(
        BindTable binds, Presence presence, ContractKeeper contracts, WireDispatcher dispatcher, Authenticator authenticator, EntityDirectory directory, ServerIdentity identity, IStorage storage,
        FederationOptions options, TimeProvider time, ILogger<SessionHost> logger)
    {
        (Binds, Presence, Contracts, Dispatcher, Authenticator, Options, Time, Logger) =
            (binds, presence, contracts, dispatcher, authenticator, options, time, logger);
        (_directory, _identity, _storage) = (directory, identity, storage);
        directory.Changed += change =>
        {
            if (change.Kind is EntityKind.ApplicationKeys or EntityKind.Users)
                CheckKeys();
        };
        presence.Renewed += binding => _ = TellAsync(binding);
        _keyCheck = time.CreateTimer(_ => CheckKeys(), null, options.KeyCheckInterval, options.KeyCheckInterval);
    }

    public BindTable Binds { get; }

    public Presence Presence { get; }

    public ContractKeeper Contracts { get; }

    public WireDispatcher Dispatcher { get; }

    public Authenticator Authenticator { get; }

    public FederationOptions Options { get; }

    public TimeProvider Time { get; }

    public ILogger Logger { get; }

    public SocketOffer Offer(Func<string, string?> header, IPAddress? from) =>
        Upgrade.TryAccept(header, allowDeflate: true, out var agreement, out var refusal)
            ? new(null, agreement.ResponseHeaders, (stream, stopping) => new ServerSession(this, agreement, from).RunAsync(stream, stopping))
            : new(refusal, [], (_, _) => Task.CompletedTask);

    public void Dispose() => _keyCheck.Dispose();

    /// <summary>Who this server is, for a publisher that has signed in.</summary>
    internal PeerFacts Own => PeerFacts.Own(_identity, _storage);

    internal void Add(ServerSession session) => _sessions[session] = true;

    internal void Remove(ServerSession session) => _sessions.TryRemove(session, out _);

    /// <summary>Whether a key that let somebody in still would: it exists unchanged, has not expired, its user may sign in.</summary>
    internal bool IsStillGood(ApplicationKeyDefinition key) =>
        _directory.Find(key.Key)?.Definition is ApplicationKeyDefinition now && now.KeyHash == key.KeyHash && now.UserName == key.UserName && Authenticator.IsGood(now);

    // The newest connection of a device is the one that it listens on. A server listens on each, and must have heard it.
    private async Task TellAsync(Binding binding)
    {
        while (binding.Sessions is [.., var newest] && !await newest.NotifyAsync(binding.Name, CancellationToken.None) && binding.Owner.IsLink)
            await Task.Delay(RetryDelay, Time, CancellationToken.None);
    }

    private void CheckKeys()
    {
        foreach (var session in _sessions.Keys)
            session.CheckKey();
    }
}
