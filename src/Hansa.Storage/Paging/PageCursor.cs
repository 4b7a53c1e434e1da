using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hansa.Model;

namespace Hansa.Storage;

/// <summary>One page of a query's rows.</summary>
/// <param name="Rows">The rows.</param>
/// <param name="Next">Where the next page begins; null where this is the last one.</param>
public sealed record QueryPage(InfoTable Rows, string? Next);

/// <summary>The place behind a row: the values that the row is ordered by. A page that begins there is right also when rows have come or gone meanwhile.</summary>
/// <remarks>Text for callers, who give it back as it is: the encoded values and a mark of the order that they belong to.</remarks>
public static class PageCursor
{
    private const string Mark = "order";

    /// <summary>The cursor's text.</summary>
    /// <param name="order">What the rows are ordered by.</param>
    /// <param name="keys">The row's values of it.</param>
    public static string Write(string order, ReadOnlySpan<Value> keys)
    {
        var fields = new List<FieldDefinition> { new(Mark, BaseType.LONG) };
        for (var i = 0; i < keys.Length; i++)
            fields.Add(new($"{i}", BaseType.VARIANT));
        var builder = new InfoTable.Builder(new(fields));
        var row = builder.AddRow();
        row[0] = Value.Long(MarkOf(order));
        keys.CopyTo(row[1..]);
        return Base64Url.EncodeToString(ValueEncoding.ToBytes(Value.Table(builder.Build())));
    }

    /// <summary>The values that the cursor holds.</summary>
    /// <exception cref="PlatformException">BadRequest: it is no cursor, or one of another query.</exception>
    public static Value[] Read(string order, int count, string cursor)
    {
        try
        {
            if (ValueEncoding.Read(Base64Url.DecodeFromChars(cursor)).AsTable() is { RowCount: 1 } table && table.Shape.Fields.Length == count + 1
                && table[0, 0] == Value.Long(MarkOf(order)))
                return table.Row(0)[1..].ToArray();
        }
        catch (Exception e) when (e is FormatException or InvalidDataException)
        {
            throw Refuse(e);
        }

        throw Refuse(null);
    }

    private static long MarkOf(string order) => BitConverter.ToInt64(SHA256.HashData(Encoding.UTF8.GetBytes(order)));

    private static PlatformException Refuse(Exception? reason) => new(ErrorCode.BadRequest,
        "Parameter 'cursor' is none that this query gave: give back the cursor of the page before, with the same query and order; leave it out for the first page.", reason);
}
