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

    /// <summary>The rule of a definition. Never throws: a table that is no rule, as one that was imported for a Thing without rows, keeps everything.</summary>
    public static RetentionRule Of(EntityDefinition definition)
    {
        if (definition.ConfigurationTables.GetValueOrDefault(TableName) is not { RowCount: > 0 } rows)
            return default;
        try
        {
            var (days, entries) = (Coercion.To(rows[0, "maxAgeDays"], BaseType.NUMBER, "maxAgeDays"), Coercion.To(rows[0, "maxEntries"], BaseType.LONG, "maxEntries"));
            Check(days, entries);
            return new(days.IsNull ? null : TimeSpan.FromDays(days.AsNumber()), entries.IsNull ? null : entries.AsLong());
        }
        catch (PlatformException)
        {
            return default;
        }
    }

    /// <summary>Milliseconds since 1970 before which rows go; null where age does not matter. It may lie before year 1.</summary>
    public long? Before(DateTimeOffset now) => MaxAge is { } age ? now.ToUnixTimeMilliseconds() - (age.Ticks / TimeSpan.TicksPerMillisecond) : null;

    private static void Check(InfoTable rows)
    {
        if (rows.RowCount > 0)
            Check(rows[0, "maxAgeDays"], rows[0, "maxEntries"]);
    }

    private static void Check(Value days, Value entries)
    {
        if (!days.IsNull && !(days.AsNumber() is > 0 and <= 1_000_000))
            throw Errors.Bad($"maxAgeDays must be above 0 and at most 1000000, not {days}; leave it blank to keep rows for ever.");
        if (!entries.IsNull && entries.AsLong() < 1)
            throw Errors.Bad($"maxEntries must be 1 or more, not {entries}; leave it blank to keep any number.");
    }
}
