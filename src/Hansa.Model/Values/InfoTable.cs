using System.Runtime.InteropServices;

namespace Hansa.Model;

/// <summary>A table of values: a Data Shape and rows in its order. Immutable once built, so it is shared without copying.</summary>
/// <remarks>
/// Rows lie in pages of plain <see cref="Value"/>s, so a cell costs 16 bytes and no object beyond its text or bytes.
/// A cell's value need not have the type that its field declares (spec alwayson 3.6 Q5).
/// </remarks>
public sealed class InfoTable : IEquatable<InfoTable>
{
    private readonly List<Value[]> _pages;
    private readonly int _rowsPerPage;

    private InfoTable(DataShape shape, List<Value[]> pages, int rowsPerPage, int rowCount)
    {
        Shape = shape;
        _pages = pages;
        _rowsPerPage = rowsPerPage;
        RowCount = rowCount;
    }

    /// <summary>No fields, no rows.</summary>
    public static InfoTable Empty { get; } = new Builder(DataShape.Empty).Build();

    /// <summary>The columns.</summary>
    public DataShape Shape { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>One row; its length is that of the shape.</summary>
    public ReadOnlySpan<Value> Row(int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)RowCount, nameof(index));
        var width = Shape.Fields.Length;
        return _pages.Count == 0 ? [] : _pages[index / _rowsPerPage].AsSpan(index % _rowsPerPage * width, width);
    }

    /// <summary>One cell.</summary>
    public Value this[int row, int column] => Row(row)[column];

    /// <summary>One cell by the field's name; null where there is no such field.</summary>
    public Value this[int row, string field] => Shape.IndexOf(field) is var column && column < 0 ? default : Row(row)[column];

    /// <summary>The same rows, not copied, under other field definitions.</summary>
    /// <exception cref="ArgumentException">The shape has more or fewer fields.</exception>
    public InfoTable WithShape(DataShape shape) => shape.Fields.Length == Shape.Fields.Length
        ? new(shape, _pages, _rowsPerPage, RowCount)
        : throw new ArgumentException("The number of fields must stay.", nameof(shape));

    /// <summary>One row of (name, base type, value).</summary>
    public static InfoTable Single(params ReadOnlySpan<(string Name, BaseType Type, Value Value)> cells)
    {
        var fields = new List<FieldDefinition>(cells.Length);
        foreach (var (name, type, _) in cells)
            fields.Add(new(name, type, Ordinal: fields.Count));
        var builder = new Builder(new(fields));
        var row = builder.AddRow();
        for (var i = 0; i < cells.Length; i++)
            row[i] = cells[i].Value;
        return builder.Build();
    }

    /// <summary>A scalar as services answer it: one row, one field called <c>result</c> (spec alwayson 3.2).</summary>
    public static InfoTable Result(Value value, BaseType type) => Single(("result", type, value));

    /// <summary>Same fields, same values.</summary>
    public bool Equals(InfoTable? other)
    {
        if (other is null || RowCount != other.RowCount || !Shape.Equals(other.Shape))
            return false;
        for (var i = 0; i < RowCount; i++)
        {
            if (!Row(i).SequenceEqual(other.Row(i)))
                return false;
        }

        return true;
    }

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as InfoTable);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Shape, RowCount);

    /// <summary>Writes rows, then gives the table; one use, one thread.</summary>
    public sealed class Builder
    {
        // Pages stay below the large object heap's 85,000 bytes; the first is small, as most tables have one row.
        private const int CellsPerPage = 4096;
        private readonly List<Value[]> _pages = [];
        private readonly int _width;
        private readonly int _rowsPerPage;
        private int _rows;

        /// <summary>Begins a table with these columns.</summary>
        public Builder(DataShape shape)
        {
            Shape = shape;
            _width = shape.Fields.Length;
            _rowsPerPage = Math.Max(1, CellsPerPage / Math.Max(1, _width));
        }

        /// <summary>The columns.</summary>
        public DataShape Shape { get; }

        /// <summary>Rows so far.</summary>
        public int RowCount => _rows;

        /// <summary>Adds a row of nulls and gives it to be filled, until the next row is added.</summary>
        public Span<Value> AddRow()
        {
            if (_width == 0)
            {
                _rows++;
                return [];
            }

            var at = _rows % _rowsPerPage * _width;
            if (at == 0)
                _pages.Add(new Value[_pages.Count == 0 ? _width : _rowsPerPage * _width]);
            var pages = CollectionsMarshal.AsSpan(_pages);
            ref var page = ref pages[^1];
            if (at + _width > page.Length)
                Array.Resize(ref page, Math.Min(_rowsPerPage * _width, Math.Max(page.Length * 4, at + _width)));
            _rows++;
            return page.AsSpan(at, _width);
        }

        /// <summary>Adds a row; missing values are null.</summary>
        /// <exception cref="ArgumentException">There are more values than fields.</exception>
        public Builder Add(params ReadOnlySpan<Value> values)
        {
            values.CopyTo(AddRow());
            return this;
        }

        /// <summary>The finished table. The builder must not be used after it.</summary>
        public InfoTable Build() => new(Shape, _pages, _rowsPerPage, _rows);
    }
}
