using System.Net;
using System.Security.Cryptography;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Dialing;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>The server end of one connection: a device, or one pipe of a federated server that publishes to this one.</summary>
internal sealed partial class ServerSession(SessionHost host, UpgradeAgreement agreement, IPAddress? from) : IConnectionHandler
{
    // What the other end may call on Things that it has bound, whatever rights its key's user has (design decisions 2).
    private static readonly HashSet<string> BindingServices = new(StringComparer.Ordinal)
    {
        "GetPropertySubscriptions", "GetEventSubscriptions", "UpdateSubscribedPropertyValues", "ProcessRemoteEvents",
    };

    private const int NotifiedAtOnce = 16;

    private volatile ApplicationKeyDefinition? _key;
    private volatile string? _userName;
    private Owner? _owner;
    private PeerFacts? _peer;

    /// <summary>The connection, once it is there.</summary>
    public AlwaysOnConnection Connection { get; private set; } = null!;

    /// <summary>Which server it is, as it has said; null for a device, and for a server that has not.</summary>
    public PeerFacts? Peer => _peer;

    /// <summary>How much may be under way.</summary>
    public PipeWindow Window { get; } = new(host.Time);

    /// <summary>Whether the peer is a Hansa server.</summary>
    public bool IsLink => agreement.IsHansa;

    /// <summary>Serves the connection until it ends.</summary>
    public async Task RunAsync(Stream stream, CancellationToken cancellationToken)
    {
        var options = agreement.Apply(new ConnectionOptions());
        // A window's worth of calls must never wait for a place in the queue: their order is settled before.
        options = options with { MaxQueuedMessages = 2048, MaxQueuedBytes = 32 << 20, MaxInFlight = 512 };
        Connection = new(stream, options, this, host.Time);
        host.Add(this);
        try
        {
            await Connection.RunAsync(cancellationToken);
        }
        finally
        {
            host.Remove(this);
            await Connection.DisposeAsync();
        }
    }

    /// <summary>Closes the connection if what let it in no longer would: its key, or its user's password.</summary>
    public void CheckKey()
    {
        if (_key is { } key && !host.IsStillGood(key))
        {
            LogKeyEnded(host.Logger, key.Name);
            _ = Connection.CloseAsync(AlwaysOn.WebSockets.CloseCode.PolicyViolation, "The application key is no longer good.");
        }
        else if (_key is null && _userName is { } user && !host.Authenticator.MaySignIn(user))
        {
            _ = Connection.CloseAsync(AlwaysOn.WebSockets.CloseCode.PolicyViolation, "The user may no longer sign in.");
        }
    }

    public ValueTask<AuthResult> AuthenticateAsync(AlwaysOnConnection connection, AuthMessage message, CancellationToken cancellationToken)
    {
        try
        {
            var key = message.Claim("appKey") is { Length: > 0 } text ? host.Authenticator.SignIn(text, from) : null;
            var userName = key?.UserName ?? host.Authenticator.SignIn(message.Claim("username") ?? "", message.Claim("password") ?? "", from);
            if (key?.Name != _key?.Name || userName != _userName)
                SignOut();
            (_key, _userName) = (key, userName);
        }
        catch (PlatformException e) when (e.Code == ErrorCode.Unauthorized)
        {
            SignOut();
            LogRefused(host.Logger, from, e.Message);
            return new(AuthResult.Refuse(e.Message));
        }

        return new(AuthResult.Accept(NewSessionId()));
    }

    public ValueTask<ResponseMessage> BindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken)
    {
        // The hello of a later version admits the link; until then the header of the upgrade does.
        if (IsLink)
            connection.Peer = PeerProfile.Hansa;
        var gateway = message.Gateway?.Name ?? "";
        _owner ??= _peer is { } peer
            ? host.Binds.Join(this, $"server\n{peer.ServerId}", isLink: true, gateway.Length > 0 ? gateway : peer.Name, peer.ServerId)
            : host.Binds.Join(this, $"{(IsLink ? "link" : "device")}\n{_key?.Name ?? _userName}\n{gateway}", IsLink, gateway.Length > 0 ? gateway : _key?.Name ?? "");
        if (message.IsUnbind)
        {
            host.Binds.Unbind(_owner, this, message.Names);
        }
        else
        {
            var again = host.Binds.Bind(_owner, this, message.Names);
            if (IsLink && again.Count > 0)
                host.Contracts.LookAgain(_owner, again);
        }

        return new(ResponseMessage.Success);
    }

    public async ValueTask AfterBindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken)
    {
        if (message.IsUnbind)
            return;
        // Some devices take half a second for each request: side by side, but not all at once.
        await Parallel.ForEachAsync(
            message.Names.Where(CountsFor), new ParallelOptions { MaxDegreeOfParallelism = NotifiedAtOnce, CancellationToken = cancellationToken },
            async (name, token) => await NotifyAsync(name, token));
    }

    /// <summary>Tells the other end to ask for its subscriptions (spec alwayson 5.4). What it answers does not matter.</summary>
    /// <returns>Whether it was told.</returns>
    public async Task<bool> NotifyAsync(string name, CancellationToken cancellationToken)
    {
        try
        {
            await Connection.SendAsync(
                new(Method.Post, EntityKind.Things, name, Characteristic.Services, "NotifyPropertyUpdate"), host.Options.LinkTimeout, cancellationToken);
            return true;
        }
        catch (Exception e) when (e is IOException or TimeoutException or OperationCanceledException or PlatformException or WireFormatException)
        {
            // An edge that has not registered its Thing yet, or is gone, learns it at its next BIND.
            return false;
        }
    }

    public ValueTask<ResponseMessage> RequestAsync(AlwaysOnConnection connection, RequestMessage message, CancellationToken cancellationToken)
    {
        var userName = _userName ?? throw new PlatformException(ErrorCode.Unauthorized, "AUTH comes first.");
        if (IsLink && LinkMessages.Is(message, LinkMessages.Hello))
            return new(Meet(message.Parameters));
        if (_peer is { } peer && LinkMessages.Is(message, LinkMessages.ProbeName))
            return host.Monitor.AnswerAsync(peer, LinkRole.Publisher, peer.ServerId, message, cancellationToken);
        var target = new EntityKey(message.Kind, message.Entity);
        var caller = new WireCaller(userName, IsLink);
        if (message.Kind == EntityKind.Things && host.Presence.ThingOf(message.Entity) is { } thing)
        {
            target = thing.Key;
            caller = caller with { IsRemoteEnd = HasBound(thing) };
            if (caller.IsRemoteEnd && message.Characteristic == Characteristic.Services && BindingServices.Contains(message.Target))
                caller = caller with { UserName = Principals.SystemName, Origin = CallOrigin.Platform, Author = userName };
        }

        return host.Dispatcher.AnswerAsync(caller, target, message, cancellationToken);
    }

    public void Faulted(AlwaysOnConnection connection, Exception exception) => LogFault(host.Logger, from, exception);

    public void Closed(AlwaysOnConnection connection, Exception? reason)
    {
        SignOut();
        LogClosed(host.Logger, from, reason?.Message ?? "in good order");
    }

    // A name that another device holds, or that no Thing has yet, is told of when that changes. Of a server each new connection may be
    // the first of a new life that has asked for nothing yet.
    private bool CountsFor(string name) => host.Presence.ThingOf(name) is { } thing && Presence.BoundName(thing.Definition) == name && HasBound(thing)
        && (!IsLink || host.Binds.Find(name) is { IsListening: true });

    private bool HasBound(Thing thing) => host.Binds.Find(Presence.BoundName(thing.Definition)) is { } binding && binding.Sessions.Contains(this);

    // What was bound with one key is not bound with another, and not without.
    private void SignOut()
    {
        if (_owner is { } owner)
            host.Binds.Leave(owner, this);
        (_owner, _key, _userName, _peer) = (null, null, null, null);
    }

    // A publisher says who it is; a person who only looks who answers says nothing.
    private ResponseMessage Meet(InfoTable? facts)
    {
        Connection.Peer = PeerProfile.Hansa;
        var own = host.Own;
        if (PeerFacts.Read(facts) is { } peer)
        {
            if (PeerFacts.Refusal(own, peer) is { } refusal)
                return ResponseMessage.Failure(Status.Forbidden, refusal);
            if (host.Binds.Servers.FirstOrDefault(owner => owner.ServerId == peer.ServerId) is { } here)
            {
                // An older life of a server is over, even where its sockets do not know it yet; a newer one means that a folder was copied and both run.
                if (here.Sessions.Any(session => session.Peer?.Boot > peer.Boot))
                    return ResponseMessage.Failure(Status.Forbidden, $"[{peer.Name}] has the id of a server that is linked to [{own.Name}] and was started later: a data folder was copied, and both run. Stop one of them.");
                foreach (var session in here.Sessions.Where(session => session.Peer?.Boot < peer.Boot))
                    _ = session.Connection.CloseAsync(AlwaysOn.WebSockets.CloseCode.PolicyViolation, "The server has been started again.");
            }

            _peer = peer;
        }

        return ResponseMessage.Of(own.ToTable(host.Time.GetUtcNow()));
    }

    private static uint NewSessionId()
    {
        while (true)
        {
            var id = BitConverter.ToUInt32(RandomNumberGenerator.GetBytes(4));
            if (id is not (0 or uint.MaxValue))
                return id;
        }
    }

    [LoggerMessage(2001, LogLevel.Warning, "AUTH from {From} was refused: {Reason}")]
    private static partial void LogRefused(ILogger logger, IPAddress? from, string reason);

    [LoggerMessage(2002, LogLevel.Information, "The connection from {From} ended: {Reason}")]
    private static partial void LogClosed(ILogger logger, IPAddress? from, string reason);

    [LoggerMessage(2003, LogLevel.Warning, "A message from {From} could not be served.")]
    private static partial void LogFault(ILogger logger, IPAddress? from, Exception exception);

    [LoggerMessage(2004, LogLevel.Warning, "A connection with application key {Key} is closed: the key is no longer good.")]
    private static partial void LogKeyEnded(ILogger logger, string key);
}
