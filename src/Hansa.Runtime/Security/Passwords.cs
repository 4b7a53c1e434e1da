using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Hansa.Model;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;

namespace Hansa.Runtime;

/// <summary>Checks passwords. A hash costs about 100 ms, so a password that was right is remembered for five minutes as a keyed digest.</summary>
public sealed class Passwords
{
    private static readonly TimeSpan Remembered = TimeSpan.FromMinutes(5);
    private readonly PasswordHasher<string> _hasher = new(Options.Create(new PasswordHasherOptions { IterationCount = 210_000 }));
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);
    private readonly ConcurrentDictionary<string, (byte[] Digest, string Hash, long Until)> _known = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;

    /// <summary>Forgets a user's password at any change of that user.</summary>
    public Passwords(EntityDirectory directory, TimeProvider time)
    {
        _time = time;
        directory.Changing += change =>
        {
            if (change.Kind == EntityKind.Users)
                _known.TryRemove(change.Entity.Name, out _);
        };
    }

    /// <summary>The hash to keep, in the hasher's own versioned format.</summary>
    public string Hash(string password) => _hasher.HashPassword("", password);

    /// <summary>Whether this is the user's password. A user without one is let in by none.</summary>
    public bool Verify(UserDefinition user, string password)
    {
        var digest = HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{user.Name}\0{password}"));
        var now = _time.GetUtcNow().ToUnixTimeMilliseconds();
        if (_known.TryGetValue(user.Name, out var known) && known.Until > now && known.Hash == user.PasswordHash
            && CryptographicOperations.FixedTimeEquals(known.Digest, digest))
            return true;
        if (user.PasswordHash is null || _hasher.VerifyHashedPassword("", user.PasswordHash, password) == PasswordVerificationResult.Failed)
            return false;
        _known[user.Name] = (digest, user.PasswordHash, now + (long)Remembered.TotalMilliseconds);
        return true;
    }
}
