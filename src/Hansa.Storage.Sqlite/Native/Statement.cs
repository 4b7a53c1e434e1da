using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Hansa.Storage.Sqlite;

/// <summary>A prepared statement: bind, step, read, reset. Parameters count from 1, columns from 0.</summary>
internal sealed class Statement(Database database, sqlite3_stmt handle) : IDisposable
{
    private const int StackBytes = 512;

    /// <summary>Whether a caller is between its first bind and its reset.</summary>
    public bool IsInUse { get; set; }

    public sqlite3_stmt Handle => handle;

    public void Bind(int index, long value) => database.Check(raw.sqlite3_bind_int64(handle, index, value));

    public void Bind(int index, double value) => database.Check(raw.sqlite3_bind_double(handle, index, value));

    public void BindNull(int index) => database.Check(raw.sqlite3_bind_null(handle, index));

    public void Bind(int index, ReadOnlySpan<byte> blob) => database.Check(raw.sqlite3_bind_blob(handle, index, blob));

    public void Bind(int index, string text)
    {
        if (text.Length == 0)
        {
            // An empty span would be taken for null.
            database.Check(raw.sqlite3_bind_text(handle, index, ""));
            return;
        }

        var most = Encoding.UTF8.GetMaxByteCount(text.Length);
        if (most <= StackBytes)
        {
            Span<byte> stack = stackalloc byte[StackBytes];
            database.Check(raw.sqlite3_bind_text(handle, index, stack[..Encoding.UTF8.GetBytes(text, stack)]));
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(most);
        var length = Encoding.UTF8.GetBytes(text, rented);
        var code = raw.sqlite3_bind_text(handle, index, rented.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(rented);
        database.Check(code);
    }

    /// <summary>True on a row; false at the end, where the statement resets itself.</summary>
    public bool Step()
    {
        var code = raw.sqlite3_step(handle);
        if (code == raw.SQLITE_ROW)
            return true;
        // The reset repeats the code of a failed step, and is needed after it.
        raw.sqlite3_reset(handle);
        if (code != raw.SQLITE_DONE)
            throw database.Failure(code);
        return false;
    }

    /// <summary>Runs to the end, from parameters bound before.</summary>
    public void Run()
    {
        try
        {
            while (Step())
            {
            }
        }
        finally
        {
            IsInUse = false;
        }
    }

    public int Type(int column) => raw.sqlite3_column_type(handle, column);

    public long Integer(int column) => raw.sqlite3_column_int64(handle, column);

    public double Number(int column) => raw.sqlite3_column_double(handle, column);

    /// <summary>The bytes of a BLOB or of a TEXT in UTF-8, NULs included; until the next step.</summary>
    public ReadOnlySpan<byte> Bytes(int column) => raw.sqlite3_column_blob(handle, column);

    public string Text(int column) => Encoding.UTF8.GetString(Bytes(column));

    /// <summary>Ends the use: lets go of the read's snapshot and of the parameters.</summary>
    public void Reset()
    {
        raw.sqlite3_reset(handle);
        raw.sqlite3_clear_bindings(handle);
        IsInUse = false;
    }

    public void Dispose() => handle.Dispose();
}
