using Hansa.Model;

namespace Hansa.Runtime.Scripts;

/// <summary>
/// An InfoTable that a script may change. It reads from the immutable table until a row or the shape is changed; that table stays as it is.
/// One thread.
/// </summary>
internal sealed class TableEdit(InfoTable source)
{
    // Null until a row is handed out or the order changes; then one entry a row, null for a row not handed out yet.
    private List<TableEditRow?>? _rows;
    private bool _isChanged;

    public DataShape Shape { get; private set; } = source.Shape;

    public int RowCount => _rows?.Count ?? source.RowCount;

    /// <summary>The row at that place; the same object each time, wherever the row moves.</summary>
    public TableEditRow Row(int index)
    {
        var rows = _rows ??= [.. Enumerable.Repeat<TableEditRow?>(null, source.RowCount)];
        return rows[index] ??= new(this, source, index);
    }

    /// <summary>One cell, without making a row of it.</summary>
    public Value Cell(int row, int column) => _rows?[row] is { } own ? own[column] : source[row, column];

    /// <summary>Adds a row of nulls at the end.</summary>
    public TableEditRow AddRow()
    {
        var row = new TableEditRow(this, new Value[Shape.Fields.Length]);
        Rows().Add(row);
        return row;
    }

    public void RemoveRow(int index) => Rows().RemoveAt(index);

    /// <summary>Keeps the rows that the test holds for; gives how many went.</summary>
    public int RemoveWhere(Predicate<TableEditRow> test) => Rows().RemoveAll(row => test(row!));

    /// <summary>Keeps the first rows.</summary>
    public void Truncate(int count)
    {
        if (count < RowCount)
            Rows().RemoveRange(count, RowCount - count);
    }

    /// <summary>Orders the rows; equal ones keep their order.</summary>
    public void Sort(Comparison<TableEditRow> compare)
    {
        var rows = Rows();
        var sorted = rows.Order(Comparer<TableEditRow?>.Create((a, b) => compare(a!, b!))).ToList();
        rows.Clear();
        rows.AddRange(sorted);
    }

    /// <summary>Adds a column at the right; rows have null there.</summary>
    public void AddField(FieldDefinition field)
    {
        _ = Rows();
        Shape = new(Shape.Fields.Add(field with { Ordinal = Shape.Fields.Length }), Shape.Name);
    }

    /// <summary>Takes a column away; false where there is none of that name.</summary>
    public bool RemoveField(string name)
    {
        if (Shape.IndexOf(name) is var column && column < 0)
            return false;
        foreach (var row in Rows())
            row!.RemoveColumn(column, Shape.Fields.Length);
        Shape = new(Shape.Fields.RemoveAt(column), Shape.Name);
        return true;
    }

    /// <summary>The table as it now is: the source itself where nothing changed.</summary>
    public InfoTable Build()
    {
        if (!_isChanged)
            return source;
        var builder = new InfoTable.Builder(Shape);
        for (var i = 0; i < RowCount; i++)
            Row(i).CopyTo(builder.AddRow());
        return builder.Build();
    }

    /// <summary>An independent copy.</summary>
    public TableEdit Copy() => new(Build());

    internal void MarkChanged() => _isChanged = true;

    // All rows as objects, and the promise that the table is about to change.
    private List<TableEditRow?> Rows()
    {
        _isChanged = true;
        for (var i = 0; i < RowCount; i++)
            Row(i);
        return _rows ??= [];
    }
}

/// <summary>A row of a <see cref="TableEdit"/>; it reads from the source until it is written.</summary>
internal sealed class TableEditRow
{
    private readonly TableEdit _table;
    private readonly InfoTable? _source;
    private readonly int _index;
    private Value[]? _own;

    public TableEditRow(TableEdit table, InfoTable source, int index) => (_table, _source, _index) = (table, source, index);

    public TableEditRow(TableEdit table, Value[] own) => (_table, _own) = (table, own);

    public DataShape Shape => _table.Shape;

    public Value this[int column]
    {
        get
        {
            if (_own is not null)
                return column < _own.Length ? _own[column] : default;
            return column < _source!.Shape.Fields.Length ? _source[_index, column] : default;
        }
        set
        {
            Own(_table.Shape.Fields.Length)[column] = value;
            _table.MarkChanged();
        }
    }

    public void CopyTo(Span<Value> cells)
    {
        for (var i = 0; i < cells.Length; i++)
            cells[i] = this[i];
    }

    public void RemoveColumn(int column, int width)
    {
        var cells = Own(width);
        _own = [.. cells[..column], .. cells[(column + 1)..]];
    }

    private Value[] Own(int width)
    {
        if (_own?.Length >= width)
            return _own;
        var cells = new Value[width];
        CopyTo(cells);
        return _own = cells;
    }
}
