using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>For how long a data Thing keeps its rows: configuration table Retention. What goes is gone for good.</summary>
/// <param name="MaxAge">Older rows go; null to keep them for ever.</param>
/// <param name="MaxEntries">Of more rows the oldest go; null for any number.</param>
internal readonly record struct RetentionRule(TimeSpan? MaxAge, long? MaxEntries)
{
    private const string TableName = "Retention";

    /// <summary>The table.</summary>
    public static ConfigurationTableDefinition Table { get; } = new(TableName, "For how long rows are kept; blank for ever.", new(
    [
        new("maxAgeDays", BaseType.NUMBER, "Rows that are older, in days, are deleted."),
        new("maxEntries", BaseType.LONG, "Of more rows the oldest are deleted.", 1),
    ]), Check: Check);

    /// <summary>Whether everything is kept.</summary>
    public bool IsEmpty => MaxAge is null && MaxEntries is null;

    /// <summary>The rule of a definition.</summary>
    public static RetentionRule Of(EntityDefinition definition)
    {
        if (definition.ConfigurationTables.GetValueOrDefault(TableName) is not { RowCount: > 0 } rows)
            return default;
        var (days, entries) = (Coercion.To(rows[0, "maxAgeDays"], BaseType.NUMBER, "maxAgeDays"), Coercion.To(rows[0, "maxEntries"], BaseType.LONG, "maxEntries"));
        return new(days.IsNull ? null : TimeSpan.FromDays(days.AsNumber()), entries.IsNull ? null : entries.AsLong());
    }

    private static void Check(InfoTable rows)
    {
        if (rows.RowCount == 0)
            return;
        var (days, entries) = (rows[0, "maxAgeDays"], rows[0, "maxEntries"]);
        if (!days.IsNull && !(days.AsNumber() is > 0 and <= 1_000_000))
            throw Errors.Bad($"maxAgeDays must be above 0 and at most 1000000, not {days}; leave it blank to keep rows for ever.");
        if (!entries.IsNull && entries.AsLong() < 1)
            throw Errors.Bad($"maxEntries must be 1 or more, not {entries}; leave it blank to keep any number.");
    }
}
