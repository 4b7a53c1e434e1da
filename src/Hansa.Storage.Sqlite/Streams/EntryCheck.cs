using System.Text;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Looks entries over on the caller's thread: each value of its field's type, and how much there is.</summary>
internal static class EntryCheck
{
    private const int EntryBytes = 64;

    /// <summary>The entries with every value of its field's type, the same list where nothing had to be converted; and their rough size.</summary>
    /// <exception cref="PlatformException">BadRequest: a value does not fit its field.</exception>
    public static (IReadOnlyList<StreamEntry> Entries, long Bytes) Check(DataShape shape, IReadOnlyList<StreamEntry> entries)
    {
        var bytes = (long)EntryBytes * entries.Count;
        StreamEntry[]? converted = null;
        for (var i = 0; i < entries.Count; i++)
        {
            var entry = entries[i];
            bytes += entry.Source.Length + entry.SourceType.Length + (entry.Tags?.Length ?? 0) + Bytes(entry.Values.Span);
            if (Fits(shape, entry.Values.Span))
                continue;
            converted ??= [.. entries];
            converted[i] = entry with { Values = Convert(shape, entry.Values.Span) };
        }

        return (converted ?? entries, bytes);
    }

    /// <summary>The values with each of its field's type.</summary>
    public static ReadOnlyMemory<Value> Check(DataShape shape, ReadOnlyMemory<Value> values) =>
        Fits(shape, values.Span) ? values : Convert(shape, values.Span);

    /// <summary>Roughly the room that values take.</summary>
    public static long Bytes(ReadOnlySpan<Value> values)
    {
        var bytes = 0L;
        foreach (var value in values)
            bytes += 16 + Bytes(value);
        return bytes;
    }

    private static long Bytes(Value value)
    {
        if (value.AsText() is { } text)
            return text.Length;
        if (value.AsBytes() is { } blob)
            return blob.Length;
        var bytes = 0L;
        if (value.AsTable() is { } table)
        {
            for (var i = 0; i < table.RowCount; i++)
                bytes += Bytes(table.Row(i));
        }

        return bytes;
    }

    private static bool Fits(DataShape shape, ReadOnlySpan<Value> values)
    {
        if (values.Length != shape.Fields.Length)
        {
            throw new PlatformException(ErrorCode.BadRequest,
                $"An entry has {values.Length} values, and its Data Shape '{shape.Name}' has {shape.Fields.Length} fields.");
        }

        for (var i = 0; i < values.Length; i++)
        {
            if (!Fits(values[i], shape.Fields[i].BaseType))
                return false;
            if (values[i].AsTable() is { } table && shape.Fields[i].BaseType == BaseType.INFOTABLE)
                CheckReadable(table);
        }

        return true;
    }

    // A table lies there as JSON. One whose cells are not of their fields' types, or that is nested too deep, could never be read again.
    private static void CheckReadable(InfoTable table) => InfoTableJson.Parse(Encoding.UTF8.GetBytes(InfoTableJson.ToText(table)));

    private static bool Fits(Value value, BaseType type) => value.BaseType == type || value.IsNull || type == BaseType.VARIANT;

    private static Value[] Convert(DataShape shape, ReadOnlySpan<Value> values)
    {
        var converted = values.ToArray();
        for (var i = 0; i < converted.Length; i++)
            converted[i] = Coercion.To(converted[i], shape.Fields[i].BaseType, shape.Fields[i].Name);
        _ = Fits(shape, converted);
        return converted;
    }
}
