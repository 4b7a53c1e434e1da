using System.Security.Cryptography;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Services of application keys (spec platform 4.2). A key is shown once.</summary>
public sealed class ApplicationKeyServices(EntityDirectory directory, ISecretProtector protector, TimeProvider time) : KindServices
{
    /// <summary>How long after creation a key can be shown.</summary>
    public static readonly TimeSpan Shown = TimeSpan.FromHours(24);

    /// <summary>How long a new key lives where nobody says otherwise (spec platform 4.2).</summary>
    public static readonly TimeSpan DefaultLife = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.ApplicationKeys;

    /// <summary>A new key: 128 random bits as a GUID's text, like those that users know.</summary>
    public static string MakeKey() => new Guid(RandomNumberGenerator.GetBytes(16)).ToString();

    /// <summary>The definition with a key put in: hashed for good, protected until it was shown.</summary>
    internal static ApplicationKeyDefinition WithKey(ApplicationKeyDefinition definition, string key, ISecretProtector protector, long now) =>
        definition with { KeyHash = Authenticator.HashKey(key), ProtectedKey = protector.Protect(key), KeyMade = now };

    [Service("Gives the key, once, within a day of its creation.", Category = "Security", Requires = Permission.Update)]
    public async Task<string> GetKeyID(ServiceContext call, CancellationToken cancellationToken)
    {
        string? key = null;
        await directory.UpdateAsync(call.Target.Key, definition =>
        {
            var current = (ApplicationKeyDefinition)definition;
            if (current.ProtectedKey is null || current.KeyMade + (long)Shown.TotalMilliseconds < time.GetUtcNow().ToUnixTimeMilliseconds())
                throw new PlatformException(ErrorCode.Forbidden, $"The key of [{current.Name}] is shown once; rotate the key (RotateKey) to get a new one.");
            key = protector.Unprotect(current.ProtectedKey);
            return current with { ProtectedKey = null };
        }, cancellationToken);
        return key!;
    }

    [Service("Replaces the key by a new one and gives it; the old one ends at once.", Category = "Security", Requires = Permission.Update)]
    public async Task<string> RotateKey(ServiceContext call, CancellationToken cancellationToken)
    {
        var key = MakeKey();
        await Edit(call, current => WithKey(current, key, protector, time.GetUtcNow().ToUnixTimeMilliseconds()) with { ProtectedKey = null }, cancellationToken);
        return key;
    }

    [Service("Tells whether the key has expired.", Category = "Security", Kind = CallKind.Read)]
    public bool IsExpired(ServiceContext call) => Definition(call).ExpirationDate <= time.GetUtcNow().ToUnixTimeMilliseconds();

    [Service("Sets when the key ends.", Category = "Security", Requires = Permission.Update)]
    public Task SetExpirationDate(ServiceContext call, [Parameter(IsRequired = true)] DateTimeOffset expirationDate, CancellationToken cancellationToken) =>
        Edit(call, current => current with { ExpirationDate = expirationDate.ToUnixTimeMilliseconds() }, cancellationToken);

    [Service("Lets the key live a day from now.", Category = "Security", Requires = Permission.Update)]
    public Task ResetExpirationDateToDefault(ServiceContext call, CancellationToken cancellationToken) =>
        Edit(call, current => current with { ExpirationDate = (time.GetUtcNow() + DefaultLife).ToUnixTimeMilliseconds() }, cancellationToken);

    [Service("Sets the addresses that may use the key: IP addresses or networks, comma separated; blank for any.", Category = "Security", Requires = Permission.Update)]
    public Task SetIPWhitelist(ServiceContext call, string? ipWhitelist, CancellationToken cancellationToken) =>
        Edit(call, current => current with { IpWhitelist = ipWhitelist ?? "" }, cancellationToken);

    [Service("Sets the user that requests with the key run as.", Category = "Security", Requires = Permission.Update)]
    public Task SetUserName(ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string name, CancellationToken cancellationToken)
    {
        // Whoever points a key at a user can act as that user.
        call.Demand(call.Find(EntityKind.Users, name), Permission.Update);
        return Edit(call, current => current with { UserName = name }, cancellationToken);
    }

    [Service("Sets the client's name; it is not evaluated.", Category = "Security", Requires = Permission.Update)]
    public Task SetClientName(ServiceContext call, string? name, CancellationToken cancellationToken) =>
        Edit(call, current => current with { ClientName = name ?? "" }, cancellationToken);

    private static ApplicationKeyDefinition Definition(ServiceContext call) => (ApplicationKeyDefinition)call.Target.Definition;

    private Task Edit(ServiceContext call, Func<ApplicationKeyDefinition, ApplicationKeyDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => edit((ApplicationKeyDefinition)definition), cancellationToken);
}
