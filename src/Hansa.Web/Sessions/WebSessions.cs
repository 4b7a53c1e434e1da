using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Web;

/// <summary>The sessions of browsers, in memory: a restart ends them. One ends with its user's password, or when the user may not sign in any more.</summary>
internal sealed class WebSessions
{
    // Only the digest of a token is kept, so that a picture of the memory opens no session.
    private readonly ConcurrentDictionary<string, WebSession> _sessions = new(StringComparer.Ordinal);
    private readonly Authenticator _authenticator;
    private readonly WebSessionOptions _options;
    private readonly TimeProvider _time;

    public WebSessions(Authenticator authenticator, EntityDirectory directory, WebSessionOptions options, TimeProvider time)
    {
        (_authenticator, _options, _time) = (authenticator, options, time);
        directory.Changing += change =>
        {
            if (change.Kind == EntityKind.Users && !IsSame(change.Before as UserDefinition, change.After as UserDefinition))
                End(session => session.UserName == change.Entity.Name);
        };
    }

    /// <summary>Those that live.</summary>
    public IEnumerable<WebSession> All => _sessions.Values.Where(session => !IsOver(session));

    /// <summary>Begins a session of a user who has signed in and gives its token.</summary>
    public (string Token, WebSession Session) Begin(string userName, IPAddress? from)
    {
        End(IsOver);
        var mine = _sessions.Values.Where(session => session.UserName == userName).OrderByDescending(session => session.Used).Skip(_options.MostPerUser - 1).ToHashSet();
        End(mine.Contains);
        var token = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        var session = new WebSession(userName, from, _time.GetUtcNow(), new());
        _sessions[Digest(token)] = session;
        return (token, session);
    }

    /// <summary>The session of a token, null where it is over; it lives on from now.</summary>
    public WebSession? Find(string token)
    {
        if (!_sessions.TryGetValue(Digest(token), out var session))
            return null;
        if (IsOver(session) || !_authenticator.MaySignIn(session.UserName))
        {
            End(token);
            return null;
        }

        session.Used = _time.GetUtcNow();
        return session;
    }

    /// <summary>When the session ends if nothing more is asked.</summary>
    public DateTimeOffset Expires(WebSession session) =>
        session.Used + _options.Idle is var idle && session.Started + _options.Longest is var longest && idle < longest ? idle : longest;

    /// <summary>Ends the session of a token.</summary>
    public void End(string token)
    {
        if (_sessions.TryRemove(Digest(token), out var session))
            session.End();
    }

    /// <summary>Ends a session by its id.</summary>
    /// <returns>Whether there was one.</returns>
    public bool End(Guid id)
    {
        var isThere = All.Any(session => session.Id == id);
        End(session => session.Id == id);
        return isThere;
    }

    private void End(Func<WebSession, bool> which)
    {
        foreach (var (digest, session) in _sessions)
        {
            if (which(session) && _sessions.TryRemove(digest, out _))
                session.End();
        }
    }

    private bool IsOver(WebSession session) => Expires(session) <= _time.GetUtcNow();

    private static bool IsSame(UserDefinition? before, UserDefinition? after) => before is null
        || (after is { IsEnabled: true, IsLocked: false } && before.PasswordHash == after.PasswordHash);

    private static string Digest(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
