using System.Globalization;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>AuditSubsystem: who changed what, and who signed in (spec platform 4.3).</summary>
public sealed class AuditSubsystem : PermanentSubsystem
{
    /// <summary>The table with how long entries are kept.</summary>
    public const string SettingsTable = "AuditSettings";

    private const string SubsystemName = "AuditSubsystem";

    private readonly AuditTrail _trail;

    /// <summary>Follows its settings.</summary>
    public AuditSubsystem(EntityDirectory directory, AuditTrail trail)
    {
        _trail = trail;
        directory.Changing += change =>
        {
            if (change.Kind == EntityKind.Subsystems && change.Entity.Name == SubsystemName && change.After is not null)
                trail.Writer.Retention = JournalSettings.Read(change.Entity, SettingsTable);
        };
    }

    /// <summary>What is kept where nobody says otherwise.</summary>
    internal static JournalRetention DefaultRetention { get; } = new(TimeSpan.FromDays(365), 1_000_000);

    /// <inheritdoc/>
    public override string Name => SubsystemName;

    /// <inheritdoc/>
    public override string Description => "Notes who changed what, and who signed in.";

    /// <inheritdoc/>
    public override IEnumerable<ConfigurationTableDefinition> ConfigurationTables =>
        [JournalSettings.Table(SettingsTable, "How long entries of the audit are kept.", DefaultRetention)];

    /// <inheritdoc/>
    public override IEnumerable<Metric> Metrics => _trail.Writer.Metrics;

    [Service("Gives entries of the audit, newest first.", Category = "Audit", ResultShape = "AuditEntry", Kind = CallKind.Read)]
    public Task<InfoTable> QueryAuditHistory(
        ServiceContext call, [Parameter(Description = "Entity, Permission, SignIn or Audit; all where it is empty.")] string? auditCategory, DateTimeOffset? startDate,
        DateTimeOffset? endDate, [Parameter(BaseType.QUERY)] string? query, [Parameter(Description = "Not needed: messages are in English.")] string? locale,
        CancellationToken cancellationToken, double maxItems = MaxItems.Default) =>
        _trail.QueryAsync([("auditCategory", auditCategory ?? "")], startDate, endDate, maxItems, query, cancellationToken);

    [Service("Deletes entries of the audit from a time to a time, both inclusive; that it was done is an entry, too.", Category = "Audit", Requires = Permission.Delete)]
    public async Task PurgeAuditData(
        ServiceContext call, DateTimeOffset? startDate, [Parameter(IsRequired = true)] DateTimeOffset endDate, CancellationToken cancellationToken)
    {
        await _trail.Writer.FlushAsync(cancellationToken);
        var purged = await _trail.Journal.PurgeAsync(startDate?.ToUnixTimeMilliseconds(), endDate.ToUnixTimeMilliseconds(), cancellationToken);
        var span = startDate is { } start ? string.Create(CultureInfo.InvariantCulture, $"from {start:O} to {endDate:O}") : string.Create(CultureInfo.InvariantCulture, $"up to {endDate:O}");
        _trail.Note(
            new(AuditCategories.Audit, string.Create(CultureInfo.InvariantCulture, $"{purged} entries of the audit {span} were deleted."), Name, "Subsystem", call.Caller.UserName),
            LogNames.Security, LogLevel.Warning);
    }
}
