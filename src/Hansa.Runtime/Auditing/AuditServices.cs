using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What the audit says of a Thing. Who may read the Thing's definition may read who changed it.</summary>
public sealed class AuditServices(AuditTrail trail) : KindServices
{
    private static readonly DataShape ChangeRows = DataShape.Of(
        ("timestamp", BaseType.DATETIME), ("user", BaseType.USERNAME), ("changeAction", BaseType.STRING), ("changeReason", BaseType.STRING));

    /// <inheritdoc/>
    public override bool AppliesTo(EntityKind kind) => kind == EntityKind.Things;

    [Service("Gives entries of the audit about the Thing, newest first.", Category = "Queries", Requires = Permission.Read, ResultShape = "AuditEntry", RunsWhenStopped = true, Kind = CallKind.Read)]
    public Task<InfoTable> QueryAuditHistory(
        ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query,
        [Parameter(Description = "Not needed: messages are in English.")] string? locale, CancellationToken cancellationToken, double maxItems = MaxItems.Default) =>
        QueryAsync(call, startDate, endDate, maxItems, query, cancellationToken);

    [Service("Gives entries of the audit about the Thing, newest first, archived ones included; there is no archive here.", Category = "Queries", Requires = Permission.Read,
        ResultShape = "AuditEntry", RunsWhenStopped = true, Kind = CallKind.Read)]
    public Task<InfoTable> QueryAllAuditHistory(
        ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query,
        [Parameter(Description = "Not needed: messages are in English.")] string? locale, CancellationToken cancellationToken, double maxItems = MaxItems.Default) =>
        QueryAsync(call, startDate, endDate, maxItems, query, cancellationToken);

    [Service("Lists who changed the Thing's definition and when, newest first; as far back as the audit goes.", Category = "Editing", Requires = Permission.Read, RunsWhenStopped = true, Kind = CallKind.Read)]
    public async Task<InfoTable> GetConfigurationChangeHistory(ServiceContext call, CancellationToken cancellationToken)
    {
        var entries = await trail.QueryAsync(
            [("source", call.Target.Name), ("sourceType", EntityKind.Things.Singular()), ("auditCategory", AuditCategories.Entity)], null, null, MaxItems.Default, null, cancellationToken);
        var builder = new InfoTable.Builder(ChangeRows);
        for (var i = 0; i < entries.RowCount; i++)
        {
            var message = entries[i, "message"].ToString();
            builder.Add(
                entries[i, "timestamp"], Value.Text(entries[i, "user"].ToString(), BaseType.USERNAME),
                Value.String(message.EndsWith("was created.", StringComparison.Ordinal) ? "CREATE" : "MODIFY"), Value.String(message));
        }

        return builder.Build();
    }

    private Task<InfoTable> QueryAsync(
        ServiceContext call, DateTimeOffset? startDate, DateTimeOffset? endDate, double maxItems, string? query, CancellationToken cancellationToken) =>
        trail.QueryAsync([("source", call.Target.Name), ("sourceType", EntityKind.Things.Singular())], startDate, endDate, maxItems, query, cancellationToken);
}
