using System.Text;
using Hansa.Model;
using SQLitePCL;

namespace Hansa.Storage.Sqlite;

/// <summary>Runs the statement of a <see cref="SelectBuilder"/> on a reading connection.</summary>
internal sealed class SelectRead(SqliteReader reader, SelectBuilder builder, string table, DataShape shape, IReadOnlyList<SelectColumn> output)
{
    private const int RowsPerCheck = 256;

    /// <summary>At most so many rows, in the builder's order.</summary>
    public InfoTable Rows(int maxItems, CancellationToken cancellationToken)
    {
        var statement = Begin(withOrder: false, maxItems);
        try
        {
            var rows = new InfoTable.Builder(shape);
            Read(statement, rows, int.MaxValue, cancellationToken);
            return rows.Build();
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>A page of so many rows behind a cursor; null for the first page.</summary>
    /// <exception cref="PlatformException">BadRequest: the cursor is not of this query.</exception>
    public QueryPage Page(int pageSize, string? cursor, CancellationToken cancellationToken)
    {
        var order = string.Join('\n', builder.Order);
        if (!string.IsNullOrEmpty(cursor))
            builder.After(PageCursor.Read(order, builder.Order.Count, cursor));
        // One row more than the page holds tells whether there is another page.
        var statement = Begin(withOrder: true, pageSize + 1);
        try
        {
            var rows = new InfoTable.Builder(shape);
            var last = new Value[builder.Order.Count];
            var isMore = Read(statement, rows, pageSize, cancellationToken, last);
            return new(rows.Build(), isMore ? PageCursor.Write(order, last) : null);
        }
        finally
        {
            statement.Reset();
        }
    }

    /// <summary>The statement's text.</summary>
    public string ToSql(int maxItems, bool withOrder = false) => builder.Build(table, output.SelectMany(column => column.Sql), withOrder, maxItems);

    private Statement Begin(bool withOrder, int maxItems)
    {
        var statement = reader.Database.Prepare(ToSql(maxItems, withOrder));
        reader.Filters.Clear();
        reader.Filters.AddRange(builder.Filters);
        for (var i = 0; i < builder.Parameters.Count; i++)
            CellWriter.BindScalar(statement, i + 1, builder.Parameters[i]);
        return statement;
    }

    // True where it stopped at the limit with a row still to come; the keys are those of the last row taken.
    private bool Read(Statement statement, InfoTable.Builder rows, int limit, CancellationToken cancellationToken, Value[]? keys = null)
    {
        var cells = new RowCells(statement.Handle);
        var types = new BaseType[output.Count];
        var widths = new int[output.Count];
        for (var i = 0; i < types.Length; i++)
            (types[i], widths[i]) = (output[i].Sql.Length == 0 ? BaseType.NOTHING : output[i].Field.BaseType, output[i].Sql.Length);
        var keysAt = widths.Sum();
        while (statement.Step())
        {
            if (rows.RowCount == limit)
                return true;
            if (rows.RowCount % RowsPerCheck == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var row = rows.AddRow();
            var index = 0;
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = CellReader.Read(cells, index, types[i]);
                index += widths[i];
            }

            if (keys is not null && rows.RowCount == limit)
                ReadKeys(statement, keysAt, keys);
        }

        return false;
    }

    private static void ReadKeys(Statement statement, int at, Value[] keys)
    {
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = statement.Type(at + i) switch
            {
                raw.SQLITE_INTEGER => Value.Long(statement.Integer(at + i)),
                raw.SQLITE_FLOAT => Value.Number(statement.Number(at + i)),
                raw.SQLITE_TEXT => Value.String(Encoding.UTF8.GetString(statement.Bytes(at + i))),
                raw.SQLITE_BLOB => Value.Bytes(statement.Bytes(at + i).ToArray()),
                _ => default,
            };
        }
    }
}
