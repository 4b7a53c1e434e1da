using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Finds out who asks: by name and password or by application key.</summary>
public sealed class Authenticator
{
    private readonly EntityDirectory _directory;
    private readonly Passwords _passwords;
    private readonly TimeProvider _time;
    private readonly ConcurrentDictionary<string, string> _keysByHash = new(StringComparer.Ordinal);

    /// <summary>Watches the directory for keys.</summary>
    public Authenticator(EntityDirectory directory, Passwords passwords, TimeProvider time)
    {
        (_directory, _passwords, _time) = (directory, passwords, time);
        foreach (var key in directory.All(EntityKind.ApplicationKeys))
            Note(new(key, null, key.Definition));
        directory.Changing += Note;
    }

    /// <summary>Told of each attempt to sign in. Handlers must be quick and must not throw.</summary>
    public event Action<SignIn>? Tried;

    /// <summary>SHA-256 of a key, lower-case hex: all that is kept of it.</summary>
    public static string HashKey(string key) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(key)));

    /// <summary>The user of that name and password.</summary>
    /// <exception cref="PlatformException">Unauthorized; the text does not tell which of the two is wrong.</exception>
    public string SignIn(string userName, string password, IPAddress? from = null)
    {
        if (FindActive(userName) is not { } user || !_passwords.Verify(user, password))
            throw Refuse(new(userName, null, from, "The user name or the password is wrong, or the user may not sign in."));
        Tried?.Invoke(new(user.Name, null, from, null));
        return user.Name;
    }

    /// <summary>The key's definition, if it is good now and for that address.</summary>
    /// <exception cref="PlatformException">Unauthorized: unknown, expired, or not from there.</exception>
    public ApplicationKeyDefinition SignIn(string key, IPAddress? from)
    {
        if (!_keysByHash.TryGetValue(HashKey(key), out var name)
            || _directory.Find(new(EntityKind.ApplicationKeys, name))?.Definition is not ApplicationKeyDefinition definition)
            throw Refuse(new("", "", from, "The application key is not known here."));
        if (!IsGood(definition))
            throw Refuse(new(definition.UserName, name, from, $"The application key [{name}] has expired, or its user may not sign in."));
        if (!IsAllowedFrom(definition, from))
            throw Refuse(new(definition.UserName, name, from, $"The application key [{name}] may not be used from this address."));
        Tried?.Invoke(new(definition.UserName, name, from, null));
        return definition;
    }

    /// <summary>Whether the user exists and is neither disabled nor locked: asked again while a connection lives.</summary>
    public bool MaySignIn(string userName) => FindActive(userName) is not null;

    /// <summary>Whether the key has not expired and its user may sign in: asked again while a connection lives.</summary>
    public bool IsGood(ApplicationKeyDefinition key) =>
        key.ExpirationDate > _time.GetUtcNow().ToUnixTimeMilliseconds()
        && FindActive(key.UserName) is not null;

    /// <summary>Refuses a list of addresses of which an entry would never match.</summary>
    /// <exception cref="PlatformException">BadRequest that names the entry.</exception>
    public static string CheckAddresses(string? list)
    {
        foreach (var entry in Addresses(list ?? ""))
        {
            if (!IPNetwork.TryParse(entry, out _) && !IPAddress.TryParse(entry, out _))
                throw Errors.Bad($"'{entry}' is neither an IP address nor a network such as 10.0.0.0/8.");
        }

        return list ?? "";
    }

    private PlatformException Refuse(SignIn attempt)
    {
        Tried?.Invoke(attempt);
        return new(ErrorCode.Unauthorized, attempt.Refusal!);
    }

    // The System user lends its rights to calls between services and never signs in (spec platform 4.3).
    private UserDefinition? FindActive(string userName) => userName != Principals.SystemName
        && _directory.Find(new(EntityKind.Users, userName))?.Definition is UserDefinition { IsEnabled: true, IsLocked: false } user ? user : null;

    private static string[] Addresses(string list) => list.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);

    private static bool IsAllowedFrom(ApplicationKeyDefinition key, IPAddress? from)
    {
        if (string.IsNullOrWhiteSpace(key.IpWhitelist))
            return true;
        if (from is null)
            return false;
        var address = from.IsIPv4MappedToIPv6 ? from.MapToIPv4() : from;
        return Addresses(key.IpWhitelist)
            .Any(entry => IPNetwork.TryParse(entry, out var network) ? network.Contains(address) : IPAddress.TryParse(entry, out var one) && one.Equals(address));
    }

    private void Note(EntityChange change)
    {
        if (change.Kind != EntityKind.ApplicationKeys)
            return;
        if (change.Before is ApplicationKeyDefinition before)
            _keysByHash.TryRemove(KeyValuePair.Create(before.KeyHash, before.Name));
        if (change.After is ApplicationKeyDefinition after && after.KeyHash.Length > 0)
            _keysByHash[after.KeyHash] = after.Name;
    }
}
