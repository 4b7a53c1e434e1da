using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Runs a stream's query on a reading connection.</summary>
internal static class StreamRead
{
    private const int RowsPerCheck = 256;

    public static InfoTable Run(SqliteReader reader, StreamTable table, StreamQuery query, CancellationToken cancellationToken)
    {
        var everything = StreamEntryShape.For(query.Shape, StreamColumns.EntriesWithData);
        var columns = SelectColumn.OfEntries(table, everything);
        var shape = StreamEntryShape.For(query.Shape, query.Columns);
        var output = query.Columns == StreamColumns.Data ? SelectColumn.OfData(table, shape) : columns[..shape.Fields.Length];
        var builder = new SelectBuilder(columns);
        var sql = builder.Build(table.Table, output, query, query.Query.Bind(everything));
        var statement = reader.Database.Prepare(sql);
        reader.Filters.Clear();
        reader.Filters.AddRange(builder.Filters);
        try
        {
            for (var i = 0; i < builder.Parameters.Count; i++)
                CellWriter.BindScalar(statement, i + 1, builder.Parameters[i]);
            return ReadRows(statement, shape, output, cancellationToken);
        }
        finally
        {
            statement.Reset();
        }
    }

    private static InfoTable ReadRows(Statement statement, DataShape shape, SelectColumn[] output, CancellationToken cancellationToken)
    {
        var rows = new InfoTable.Builder(shape);
        var cells = new RowCells(statement.Handle);
        var types = Array.ConvertAll(output, column => column.Sql.Length == 0 ? BaseType.NOTHING : column.Field.BaseType);
        while (statement.Step())
        {
            if (rows.RowCount % RowsPerCheck == 0)
                cancellationToken.ThrowIfCancellationRequested();
            var row = rows.AddRow();
            var index = 0;
            for (var i = 0; i < row.Length; i++)
            {
                row[i] = CellReader.Read(cells, index, types[i]);
                index += output[i].Sql.Length;
            }
        }

        return rows.Build();
    }
}
