using System.Collections.Concurrent;
using System.Globalization;
using System.Net;

namespace Hansa.Runtime;

/// <summary>An attempt to sign in.</summary>
/// <param name="UserName">The user, as far as one is known.</param>
/// <param name="Key">The application key's name; null where none was used, "" where it is none of this server's.</param>
/// <param name="From">From where.</param>
/// <param name="Refusal">Why it was refused; null where it was not.</param>
public readonly record struct SignIn(string UserName, string? Key, IPAddress? From, string? Refusal);

/// <summary>
/// Makes entries of the audit of sign-ins. Every request signs in, so one that goes on with what was told already is told again only
/// after half an hour without any; a refusal that repeats itself is told once a minute, with how many there were.
/// </summary>
internal sealed class SignInRecord(TimeProvider time)
{
    private const int MostRemembered = 10_000;
    private const int MostNameLength = 127;
    private static readonly TimeSpan Session = TimeSpan.FromMinutes(30);
    private static readonly TimeSpan Repetition = TimeSpan.FromMinutes(1);

    private readonly ConcurrentDictionary<SignIn, Known> _known = new();

    /// <summary>The entry that an attempt is, null where it is told already.</summary>
    public AuditEntry? Note(SignIn attempt)
    {
        var now = time.GetUtcNow().ToUnixTimeMilliseconds();
        if (_known.Count >= MostRemembered)
            Forget(now);
        var known = _known.GetOrAdd(attempt, static _ => new());
        int untold;
        lock (known)
        {
            var isTold = known.Told != 0 && (attempt.Refusal is null ? now - known.Seen < Session.TotalMilliseconds : now - known.Told < Repetition.TotalMilliseconds);
            known.Seen = now;
            if (isTold)
            {
                known.Untold++;
                return null;
            }

            (known.Told, untold, known.Untold) = (now, known.Untold, 0);
        }

        return Entry(attempt, untold);
    }

    private static AuditEntry Entry(SignIn attempt, int untold)
    {
        var user = attempt.UserName.Length <= MostNameLength ? attempt.UserName : attempt.UserName[..MostNameLength];
        var (source, type) = attempt.Key is { } key ? (key, "ApplicationKey") : (user, "User");
        var what = attempt.Key switch
        {
            null => $"User [{user}]",
            "" => "An unknown application key",
            _ => $"Application key [{attempt.Key}] of user [{user}]",
        };
        var place = attempt.From is null ? "" : $" from {attempt.From}";
        var message = attempt.Refusal is null ? $"{what} signed in{place}." : $"{what} was refused{place}: {attempt.Refusal}";
        if (attempt.Refusal is not null && untold > 0)
            message = string.Create(CultureInfo.InvariantCulture, $"{message} ({untold} more times since the entry before.)");
        return new(AuditCategories.SignIn, message, source, type, user);
    }

    private void Forget(long now)
    {
        foreach (var known in _known.Where(known => now - known.Value.Seen >= Session.TotalMilliseconds).ToList())
            _known.TryRemove(known);
        // Many at once, as an attack has them: what is told twice does no harm, what fills the memory does.
        if (_known.Count >= MostRemembered)
            _known.Clear();
    }

    private sealed class Known
    {
        public long Told { get; set; }

        public long Seen { get; set; }

        public int Untold { get; set; }
    }
}
