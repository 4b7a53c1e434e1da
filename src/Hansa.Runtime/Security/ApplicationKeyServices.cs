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

    /// <summary>Refuses unless the caller may point a key at that user, as whoever has the key can act as the user.</summary>
    internal static void DemandUser(ServiceContext call, string user)
    {
        call.Demand(call.Find(EntityKind.Users, user), Permission.Update);
        if (user == Principals.SystemName)
            throw Errors.Bad($"User [{user}] cannot sign in, also not by a key.");
    }

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
            key = current.ProtectedKey is null || IsOverdue(current) ? null : protector.Unprotect(current.ProtectedKey);
            return Erased(current);
        }, cancellationToken);
        return key ?? throw new PlatformException(ErrorCode.Forbidden, $"The key of [{call.Target.Name}] is shown once; rotate the key (RotateKey) to get a new one.");
    }

    /// <summary>Erases keys that nobody has fetched in time: called at start, so that idle servers need no timer for it.</summary>
    internal async Task EraseOverdueAsync(CancellationToken cancellationToken)
    {
        foreach (var key in directory.All(EntityKind.ApplicationKeys).Where(key => IsOverdue((ApplicationKeyDefinition)key.Definition)))
            await directory.UpdateAsync(key.Key, definition => Erased((ApplicationKeyDefinition)definition), cancellationToken);
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
        Edit(call, current => current with { IpWhitelist = Authenticator.CheckAddresses(ipWhitelist) }, cancellationToken);

    [Service("Sets the user that requests with the key run as.", Category = "Security", Requires = Permission.Update)]
    public Task SetUserName(ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string name, CancellationToken cancellationToken)
    {
        DemandUser(call, name);
        return Edit(call, current => current with { UserName = name }, cancellationToken);
    }

    [Service("Sets the client's name; it is not evaluated.", Category = "Security", Requires = Permission.Update)]
    public Task SetClientName(ServiceContext call, string? name, CancellationToken cancellationToken) =>
        Edit(call, current => current with { ClientName = name ?? "" }, cancellationToken);

    private bool IsOverdue(ApplicationKeyDefinition key) =>
        key.ProtectedKey is not null && key.KeyMade + (long)Shown.TotalMilliseconds < time.GetUtcNow().ToUnixTimeMilliseconds();

    private static ApplicationKeyDefinition Erased(ApplicationKeyDefinition key) => key.ProtectedKey is null ? key : key with { ProtectedKey = null };

    private static ApplicationKeyDefinition Definition(ServiceContext call) => (ApplicationKeyDefinition)call.Target.Definition;

    private Task Edit(ServiceContext call, Func<ApplicationKeyDefinition, ApplicationKeyDefinition> edit, CancellationToken cancellationToken) =>
        directory.UpdateAsync(call.Target.Key, definition => edit((ApplicationKeyDefinition)definition), cancellationToken);
}
