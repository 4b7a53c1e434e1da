using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>The configuration table that says how long a journal is kept: <c>maxAgeDays</c>, <c>maxEntries</c>.</summary>
internal static class JournalSettings
{
    private const string MaxAgeDays = "maxAgeDays";
    private const string MaxEntries = "maxEntries";

    public static ConfigurationTableDefinition Table(string name, string description, JournalRetention standard, params ReadOnlySpan<FieldDefinition> more) => new(
        name, description, new(
        [
            Field(MaxAgeDays, BaseType.NUMBER, "Days after which entries are deleted.", Value.Number(standard.MaxAge.TotalDays)),
            Field(MaxEntries, BaseType.LONG, "How many of the newest entries stay.", Value.Long(standard.MaxEntries)),
            .. more,
        ]), Check: Check);

    public static FieldDefinition Field(string name, BaseType type, string description, Value standard) =>
        new(name, type, description) { Aspects = Aspects.Of(("defaultValue", standard)) };

    public static JournalRetention Read(Entity entity, string table) =>
        new(TimeSpan.FromDays(entity.Setting(table, MaxAgeDays).AsNumber()), entity.Setting(table, MaxEntries).AsLong());

    private static void Check(InfoTable rows)
    {
        if (rows.RowCount == 0)
            return;
        if (rows[0, MaxAgeDays].AsNumber() is not (> 0 and <= 36_500))
            throw Errors.Bad($"{MaxAgeDays} must be above 0 and at most 36500 days, not {rows[0, MaxAgeDays]}.");
        if (rows[0, MaxEntries].AsLong() is < 1 or > 1_000_000_000)
            throw Errors.Bad($"{MaxEntries} must be 1 to 1000000000, not {rows[0, MaxEntries]}.");
    }
}
