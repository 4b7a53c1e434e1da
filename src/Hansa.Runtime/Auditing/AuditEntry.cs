using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The categories of the audit.</summary>
public static class AuditCategories
{
    /// <summary>Entities that were made, changed or deleted.</summary>
    public const string Entity = "Entity";

    /// <summary>Permissions that were given or taken back.</summary>
    public const string Permission = "Permission";

    /// <summary>Users who signed in or were refused.</summary>
    public const string SignIn = "SignIn";

    /// <summary>What was done to the audit itself.</summary>
    public const string Audit = "Audit";
}

/// <summary>One entry of the audit.</summary>
/// <param name="Category">One of <see cref="AuditCategories"/>.</param>
/// <param name="Message">What happened, in a sentence; names of what was changed, never values.</param>
/// <param name="Source">The entity that it happened to.</param>
/// <param name="SourceType">Its type: Thing, User …</param>
/// <param name="User">Whose doing it was.</param>
internal readonly record struct AuditEntry(string Category, string Message, string Source, string SourceType, string User)
{
    /// <summary>What a change of an entity is to the audit: one entry for the entity, one for each permission.</summary>
    public static IEnumerable<AuditEntry> Of(EntityChange change, string user)
    {
        var key = change.Entity.Key;
        var (type, what) = (key.Kind.Singular(), $"{key.Kind.Singular()} [{key.Name}]");
        // An heir whose template has changed has not been changed itself.
        if (ReferenceEquals(change.Before, change.After))
            yield break;
        if (change.Before is null || change.After is null)
        {
            yield return new(AuditCategories.Entity, $"{what} was {(change.After is null ? "deleted" : "created")}.", key.Name, type, user);
            yield break;
        }

        var members = EntityDocuments.Differences(change.Before, change.After).Where(member => member is not ("permissions" or "lastModified")).ToList();
        if (members.Count > 0)
            yield return new(AuditCategories.Entity, $"{what} was changed: {string.Join(", ", members)}.", key.Name, type, user);
        foreach (var entry in change.After.Permissions.Except(change.Before.Permissions))
            yield return new(AuditCategories.Permission, $"{Tell(entry)} was {(entry.IsAllowed ? "allowed" : "denied")} on {what}.", key.Name, type, user);
        foreach (var entry in change.Before.Permissions.Except(change.After.Permissions).Where(gone => !change.After.Permissions.Contains(gone with { IsAllowed = !gone.IsAllowed })))
            yield return new(AuditCategories.Permission, $"{Tell(entry)} was taken back on {what}.", key.Name, type, user);
    }

    private static string Tell(PermissionEntry entry)
    {
        var right = entry.Permission == Model.Permission.None ? "Visibility" : entry.Permission.ToString();
        return $"{right}{(entry.Resource.Length > 0 ? $" of {entry.Resource}" : "")} for {entry.PrincipalKind} [{entry.Principal}]";
    }
}
