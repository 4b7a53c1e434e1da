using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Joins rows of two tables whose join columns are equal. A missing value is equal to nothing.</summary>
/// <remarks>Rows come in the order of the first table, their partners in that of the second; second rows without a partner stand last.</remarks>
internal sealed class TableJoin
{
    private readonly InfoTable _left;
    private readonly InfoTable _right;
    private readonly int[] _leftOutput;
    private readonly List<int> _rightOutput = [];

    // Of each output column that both tables have as their join column, the column of the second table; −1 for the others.
    private readonly int[] _shared;

    private TableJoin(InfoTable left, InfoTable right, int[] leftOutput, int[] rightOutput, int[] leftKey, int[] rightKey)
    {
        (_left, _right, _leftOutput) = (left, right, leftOutput);
        _shared = [.. leftOutput.Select(_ => -1)];
        foreach (var column in rightOutput)
        {
            var name = right.Shape.Fields[column].Name;
            var twin = Array.FindIndex(leftOutput, output => left.Shape.Fields[output].Name == name);
            if (twin < 0)
                _rightOutput.Add(column);
            else if (leftKey.Zip(rightKey).Contains((leftOutput[twin], column)))
                _shared[twin] = column;
            else
                throw Errors.Bad($"Both tables have a column '{name}' in the result, and it is no join column of both; leave it out of columns1 or columns2, or rename one with RenameField.");
        }
    }

    /// <summary>Joins; <paramref name="joinType"/> is INNER, LEFT, RIGHT or FULL.</summary>
    /// <exception cref="PlatformException">BadRequest: names or types are wrong; TooLarge: the result passes the limits.</exception>
    public static InfoTable Run(
        InfoTable left, InfoTable right, int[] leftOutput, int[] rightOutput, int[] leftKey, int[] rightKey, string joinType, InfoTableOptions options)
    {
        var (keepsLeft, keepsRight) = joinType.ToUpperInvariant() switch
        {
            "INNER" => (false, false),
            "LEFT" => (true, false),
            "RIGHT" => (false, true),
            "FULL" => (true, true),
            _ => throw Errors.Bad($"'{joinType}' is no join type; there are INNER, LEFT, RIGHT and FULL."),
        };
        if (leftKey.Length == 0 || leftKey.Length != rightKey.Length)
            throw Errors.Bad($"joinColumns1 names {leftKey.Length} columns and joinColumns2 {rightKey.Length}; both must name as many, at least one.");
        return new TableJoin(left, right, leftOutput, rightOutput, leftKey, rightKey).Run(leftKey, rightKey, keepsLeft, keepsRight, options);
    }

    private InfoTable Run(int[] leftKey, int[] rightKey, bool keepsLeft, bool keepsRight, InfoTableOptions options)
    {
        var (keys, first, next) = Index(rightKey);
        var isMatched = new bool[_right.RowCount];
        var result = new ResultTable(Shape(), options);
        for (var row = 0; row < _left.RowCount; row++)
        {
            var cells = _left.Row(row);
            var key = HasNull(cells, leftKey) ? -1 : keys.Find(cells, leftKey);
            for (var partner = key < 0 ? -1 : first[key]; partner >= 0; partner = next[partner])
            {
                isMatched[partner] = true;
                Write(result.AddRow(), cells, _right.Row(partner));
            }

            if (key < 0 && keepsLeft)
                Write(result.AddRow(), cells, []);
        }

        for (var row = 0; row < _right.RowCount && keepsRight; row++)
        {
            if (!isMatched[row])
                Write(result.AddRow(), [], _right.Row(row));
        }

        return result.Build();
    }

    // The first row of each key, and of each row the next with its key.
    private (RowKeys Keys, List<int> First, int[] Next) Index(int[] rightKey)
    {
        var keys = new RowKeys(rightKey);
        var (first, last, next) = (new List<int>(), new List<int>(), new int[_right.RowCount]);
        for (var row = 0; row < next.Length; row++)
        {
            next[row] = -1;
            if (HasNull(_right.Row(row), rightKey))
                continue;
            var key = keys.Number(_right.Row(row), out var isNew);
            if (isNew)
            {
                first.Add(row);
                last.Add(row);
            }
            else
            {
                next[last[key]] = row;
                last[key] = row;
            }
        }

        return (keys, first, next);
    }

    private DataShape Shape() => Columns.Shape(
        _leftOutput.Select(column => _left.Shape.Fields[column]).Concat(_rightOutput.Select(column => _right.Shape.Fields[column])));

    private void Write(Span<Value> cells, ReadOnlySpan<Value> left, ReadOnlySpan<Value> right)
    {
        for (var i = 0; i < _leftOutput.Length; i++)
            cells[i] = left.Length > 0 ? left[_leftOutput[i]] : _shared[i] >= 0 ? right[_shared[i]] : default;
        for (var i = 0; i < _rightOutput.Count && right.Length > 0; i++)
            cells[_leftOutput.Length + i] = right[_rightOutput[i]];
    }

    private static bool HasNull(ReadOnlySpan<Value> row, int[] columns)
    {
        foreach (var column in columns)
        {
            if (row[column].IsNull)
                return true;
        }

        return false;
    }
}
