using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>UserManagementSubsystem: application keys of users (spec platform 4.1).</summary>
public sealed class UserManagementSubsystem(EntityDirectory directory, TimeProvider time) : PermanentSubsystem
{
    /// <inheritdoc/>
    public override string Name => "UserManagementSubsystem";

    /// <inheritdoc/>
    public override string Description => "Lets users in.";

    /// <inheritdoc/>
    public override IEnumerable<Metric> Metrics =>
    [
        new("users", "Users.", directory.All(EntityKind.Users).Count()),
        new("applicationKeys", "Application keys.", Keys("").Count()),
        new("expiredApplicationKeys", "Of these, expired.", Keys("").Count(IsExpired)),
    ];

    [Service("Lists when application keys end, the next first; of one user where one is named.", Category = "ApplicationKeys", Requires = Permission.Read, Kind = CallKind.Read,
        ResultShape = "ApplicationKeyExpirationInfo")]
    public InfoTable GetApplicationKeyExpirationInfo(ServiceContext call, [Parameter(BaseType.USERNAME)] string? userName, double maxItems = MaxItems.Default)
    {
        var builder = new InfoTable.Builder(PlatformShapes.ApplicationKeyExpirationInfo);
        foreach (var key in Keys(userName).OrderBy(key => key.ExpirationDate).ThenBy(key => key.Name, StringComparer.Ordinal).Take(MaxItems.Check(maxItems)))
            builder.Add(Value.String(key.Name), Value.Text(key.UserName, BaseType.USERNAME), Value.DateTime(key.ExpirationDate), Value.Boolean(IsExpired(key)));
        return builder.Build();
    }

    [Service("Deletes application keys of a user: those that have expired, those that have not, or both. Their connections end.", Category = "ApplicationKeys", Requires = Permission.Delete)]
    public async Task DeleteApplicationKeys(
        ServiceContext call, [Parameter(BaseType.USERNAME, IsRequired = true)] string userName, CancellationToken cancellationToken,
        bool deleteExpiredKeys = true, bool deleteUnexpiredKeys = false)
    {
        call.Find(EntityKind.Users, userName);
        foreach (var key in Keys(userName).Where(key => IsExpired(key) ? deleteExpiredKeys : deleteUnexpiredKeys).ToList())
            await call.Invoker.DeleteEntityAsync(call.Caller.UserName, key.Key, call.Call.Origin, cancellationToken);
    }

    private IEnumerable<ApplicationKeyDefinition> Keys(string? userName) => directory.All(EntityKind.ApplicationKeys).Select(key => (ApplicationKeyDefinition)key.Definition)
        .Where(key => string.IsNullOrEmpty(userName) || key.UserName == userName);

    private bool IsExpired(ApplicationKeyDefinition key) => key.ExpirationDate <= time.GetUtcNow().ToUnixTimeMilliseconds();
}
