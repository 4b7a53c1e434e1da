using System.Text;
using Hansa.Model;
using SQLitePCL;

namespace Hansa.Storage.Sqlite;

/// <summary>Where cells are read from: a result row, or the arguments of a function that SQL calls.</summary>
internal interface ICells
{
    /// <summary>SQLite's type of the cell.</summary>
    int Type(int index);

    long Integer(int index);

    double Number(int index);

    /// <summary>The bytes of a BLOB, or of a TEXT in UTF-8.</summary>
    ReadOnlySpan<byte> Bytes(int index);
}

/// <summary>The columns of the row on which a statement stands.</summary>
internal readonly struct RowCells(sqlite3_stmt statement) : ICells
{
    public int Type(int index) => raw.sqlite3_column_type(statement, index);

    public long Integer(int index) => raw.sqlite3_column_int64(statement, index);

    public double Number(int index) => raw.sqlite3_column_double(statement, index);

    public ReadOnlySpan<byte> Bytes(int index) => raw.sqlite3_column_blob(statement, index);
}

/// <summary>The arguments of a function.</summary>
internal readonly struct ArgumentCells(sqlite3_value[] arguments) : ICells
{
    public int Type(int index) => raw.sqlite3_value_type(arguments[index]);

    public long Integer(int index) => raw.sqlite3_value_int64(arguments[index]);

    public double Number(int index) => raw.sqlite3_value_double(arguments[index]);

    public ReadOnlySpan<byte> Bytes(int index) => raw.sqlite3_value_blob(arguments[index]);
}

/// <summary>Reads values back as <see cref="CellWriter"/> wrote them.</summary>
internal static class CellReader
{
    /// <summary>The value of a base type whose first column is at the index.</summary>
    public static Value Read<TCells>(TCells cells, int index, BaseType type)
        where TCells : struct, ICells
    {
        var form = type.Form();
        if (form == ValueForm.None || cells.Type(index) == raw.SQLITE_NULL)
            return default;
        switch (form)
        {
            case ValueForm.Number:
                return Value.Number(Number(cells, index));
            case ValueForm.Boolean:
                return Value.Boolean(cells.Integer(index) != 0);
            case ValueForm.Integer:
                return Value.FromBits(cells.Integer(index), type);
            case ValueForm.Location:
                return Value.Location(new(Longitude: Number(cells, index + 1), Latitude: Number(cells, index), Elevation: Number(cells, index + 2)));
            case ValueForm.Vector:
                return Value.Vector(ReadVector(cells, index, type.Dimensions()), type);
            case ValueForm.Bytes:
                return Value.Bytes(cells.Bytes(index).ToArray(), type);
            case ValueForm.Table:
                return Value.Table(InfoTableJson.Parse(cells.Bytes(index)));
            case ValueForm.Any:
                return ValueEncoding.Read(cells.Bytes(index));
            default:
                return Value.Text(Encoding.UTF8.GetString(cells.Bytes(index)), type);
        }
    }

    private static double Number<TCells>(TCells cells, int index)
        where TCells : struct, ICells =>
        cells.Type(index) == raw.SQLITE_TEXT ? double.NaN : cells.Number(index);

    private static Vector ReadVector<TCells>(TCells cells, int index, int dimensions)
        where TCells : struct, ICells
    {
        Span<double> parts = stackalloc double[4];
        for (var i = 0; i < dimensions; i++)
            parts[i] = Number(cells, index + i);
        return new(parts[0], parts[1], parts[2], parts[3]);
    }
}
