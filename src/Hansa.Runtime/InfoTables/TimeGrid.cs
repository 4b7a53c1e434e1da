using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Named values at times, put into one row for each time and one column for each name. Of two values in one place the later counts.</summary>
internal sealed class TimeGrid(FieldDefinition time, InfoTableOptions options)
{
    private readonly Dictionary<Value, int> _rows = new(ValueEquality.Instance);
    private readonly Dictionary<string, int> _columns = new(StringComparer.Ordinal);
    private readonly List<Value> _times = [];
    private readonly List<FieldDefinition> _fields = [time];
    private readonly List<(int Row, int Column, Value Value)> _cells = [];

    /// <summary>The column of that name, made where there is none.</summary>
    /// <exception cref="PlatformException">BadRequest: the name is that of the time or no name of a field; TooLarge: there are too many.</exception>
    public int Column(string name, FieldDefinition like)
    {
        if (_columns.TryGetValue(name, out var column))
            return column;
        MemberNames.Check(name, "field");
        if (name == time.Name)
            throw Errors.Bad($"A series is called '{name}', as the column of times is; rename one of them.");
        ResultTable.Check(_times.Count, _fields.Count + 1, options);
        _columns.Add(name, column = _fields.Count);
        _fields.Add(like with { Name = name, Aspects = like.Aspects.With("isPrimaryKey", default) });
        return column;
    }

    /// <summary>Puts a value at a time into a column.</summary>
    /// <exception cref="PlatformException">TooLarge: the result passes the limits.</exception>
    public void Add(Value at, int column, Value value)
    {
        if (!_rows.TryGetValue(at, out var row))
        {
            ResultTable.Check(_times.Count + 1, _fields.Count, options);
            _rows.Add(at, row = _times.Count);
            _times.Add(at);
        }

        _cells.Add((row, column, value));
    }

    /// <summary>The table, rows in the order in which their times came.</summary>
    public InfoTable Build()
    {
        var shape = Columns.Shape(_fields);
        var width = _fields.Count;
        var grid = new Value[_times.Count * width];
        for (var row = 0; row < _times.Count; row++)
            grid[row * width] = _times[row];
        foreach (var (row, column, value) in _cells)
            grid[(row * width) + column] = value;
        var result = new InfoTable.Builder(shape);
        for (var row = 0; row < _times.Count; row++)
            result.Add(grid.AsSpan(row * width, width));
        return result.Build();
    }
}
