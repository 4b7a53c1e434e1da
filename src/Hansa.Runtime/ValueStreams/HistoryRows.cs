using Hansa.Model;
using Hansa.Storage;

namespace Hansa.Runtime;

/// <summary>Between values of properties, tables, and entries of a value stream.</summary>
internal static class HistoryRows
{
    /// <summary>A value as the kind of history that it belongs to has it.</summary>
    public static Value Fit(Value value, BaseType kind) => value.IsNull || value.BaseType == kind ? value : kind switch
    {
        BaseType.STRING => Value.String(value.AsText() ?? value.ToString()),
        BaseType.LONG when value.BaseType.Form() == ValueForm.Integer => Value.Long(value.AsLong()),
        BaseType.IMAGE when value.AsBytes() is { } bytes => Value.Bytes(bytes, BaseType.IMAGE),
        _ => Coercion.To(value, kind, "value"),
    };

    /// <summary>Entries as a table of ValueStreamEntry, and which of them a server has timed.</summary>
    public static (InfoTable Table, AssignedTimes Assigned) Table(IReadOnlyList<HistoryEntry> entries)
    {
        var builder = new InfoTable.Builder(PlatformShapes.ValueStreamEntry);
        var assigned = new bool[entries.Count];
        for (var i = 0; i < assigned.Length; i++)
        {
            var entry = entries[i];
            builder.Add(
                Value.String(entry.Property), Value.String(entry.Source), Value.Text(entry.Type.Name(), BaseType.BASETYPENAME), entry.Value,
                Value.DateTime(entry.Timestamp), Value.String(entry.Quality));
            assigned[i] = entry.IsAssigned;
        }

        return (builder.Build(), AssignedTimes.Of(assigned));
    }

    /// <summary>The entries of such a table; a time that nobody gave is now.</summary>
    /// <exception cref="PlatformException">BadRequest: a row says what cannot be; the text names it.</exception>
    public static HistoryEntry[] Entries(InfoTable table, AssignedTimes assigned, long now)
    {
        var entries = new HistoryEntry[table.RowCount];
        for (var i = 0; i < entries.Length; i++)
        {
            if (table[i, "name"].ToString() is not { Length: > 0 } name)
                throw Errors.Bad($"Row {i + 1} of parameter 'values' has no 'name' of a property; nothing was added.");
            MemberNames.Check(name, "property");
            var value = table[i, "value"];
            var kind = table[i, "baseType"].ToString() is { Length: > 0 } type ? Kind(type) : HistoryTypes.Of(value.BaseType)
                ?? throw Errors.Bad($"Row {i + 1} of parameter 'values' needs a 'baseType': its value does not tell it; nothing was added.");
            var time = Coercion.To(table[i, "timestamp"], BaseType.DATETIME, "timestamp");
            entries[i] = new(
                name, table[i, "source"].ToString(), time.IsNull ? now : time.AsLong(), time.IsNull || assigned[i], kind, Fit(value, kind), Quality(table[i, "quality"].ToString()));
        }

        return entries;
    }

    /// <summary>The kind that a base type's name stands for.</summary>
    /// <exception cref="PlatformException">BadRequest.</exception>
    public static BaseType Kind(string baseType) => HistoryTypes.Of(BaseTypes.Parse(baseType))
        ?? throw Errors.Bad($"There is no history of {baseType}; there is one of {string.Join(", ", HistoryTypes.All.Select(kind => kind.Type.Name()))}.");

    /// <summary>GOOD where nobody says otherwise.</summary>
    public static string Quality(string? quality) => string.IsNullOrEmpty(quality) ? Vtq.Good : quality;
}
