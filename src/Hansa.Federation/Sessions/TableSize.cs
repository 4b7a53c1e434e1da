using Hansa.Model;

namespace Hansa.Federation;

/// <summary>About how many bytes a table takes on the wire; good enough for a window.</summary>
internal static class TableSize
{
    public static int Of(InfoTable? table) => (int)Math.Min(int.MaxValue, Sum(table));

    private static long Sum(InfoTable? table)
    {
        if (table is null)
            return 0;
        long bytes = table.Shape.Fields.Length * 16L;
        for (var i = 0; i < table.RowCount; i++)
        {
            foreach (var value in table.Row(i))
            {
                bytes += value.AsText()?.Length ?? value.AsBytes()?.Length ?? 9;
                if (value.AsTable() is { } nested)
                    bytes += Sum(nested);
            }
        }

        return bytes;
    }
}
