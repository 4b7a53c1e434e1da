using System.Globalization;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Writes a result that may be larger than what it is made of, and refuses it where it would pass the limits.</summary>
internal sealed class ResultTable(DataShape shape, InfoTableOptions options)
{
    private readonly InfoTable.Builder _rows = new(shape);
    private readonly int _maxRows = (int)Math.Min(options.MaxRows, options.MaxCells / Math.Max(1, shape.Fields.Length));

    /// <summary>Adds a row of nulls to be filled, until the next one is added.</summary>
    /// <exception cref="PlatformException">TooLarge that names the limit.</exception>
    public Span<Value> AddRow()
    {
        if (_rows.RowCount >= _maxRows)
            throw TooLarge(_maxRows, options);
        return _rows.AddRow();
    }

    /// <summary>The finished table.</summary>
    public InfoTable Build() => _rows.Build();

    /// <summary>Refuses a result of which it is known beforehand that it passes the limits.</summary>
    public static void Check(long rows, int fields, InfoTableOptions options)
    {
        var limit = Math.Min(options.MaxRows, options.MaxCells / Math.Max(1, fields));
        if (rows > limit)
            throw TooLarge(limit, options);
    }

    private static PlatformException TooLarge(int rows, InfoTableOptions options) => new(ErrorCode.TooLarge, string.Create(CultureInfo.InvariantCulture,
        $"The result would have more than {rows} rows; the limits are {options.MaxRows} rows and {options.MaxCells} cells. Choose fewer rows or columns."));
}
