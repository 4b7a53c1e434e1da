using SQLitePCL;

namespace Hansa.Storage.Sqlite;

/// <summary>One connection to a database file, used by one thread at a time. Prepared statements are kept by their SQL.</summary>
internal sealed class Database : IDisposable
{
    private const int KeptStatements = 128;
    private const int KeptSqlLength = 16 * 1024;
    private readonly Dictionary<string, LinkedListNode<(string Sql, Statement Statement)>> _statements = new(StringComparer.Ordinal);
    private readonly LinkedList<(string Sql, Statement Statement)> _recent = new();
    private readonly string _file;

    static Database() => Batteries_V2.Init();

    private Database(sqlite3 handle, string path)
    {
        Handle = handle;
        _file = Path.GetFileName(path);
    }

    public sqlite3 Handle { get; }

    public bool InTransaction => raw.sqlite3_get_autocommit(Handle) == 0;

    public long LastRowId => raw.sqlite3_last_insert_rowid(Handle);

    /// <summary>Rows that the last statement changed.</summary>
    public int Changes => raw.sqlite3_changes(Handle);

    /// <summary>A failure thrown inside a function that SQL called; it explains the failed step.</summary>
    public Exception? FunctionFailure { get; set; }

    public static Database Open(string path, bool isReadOnly, TimeSpan busyTimeout)
    {
        var flags = raw.SQLITE_OPEN_NOMUTEX | (isReadOnly ? raw.SQLITE_OPEN_READONLY : raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE);
        var code = raw.sqlite3_open_v2(path, out var handle, flags, null!);
        var database = new Database(handle, path);
        try
        {
            database.Check(code);
            database.Check(raw.sqlite3_busy_timeout(handle, (int)busyTimeout.TotalMilliseconds));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements that give no rows.</summary>
    public void Execute(string sql) => Check(raw.sqlite3_exec(Handle, sql));

    /// <summary>The one number that a statement gives.</summary>
    public long Scalar(string sql)
    {
        using var statement = Compile(sql);
        return statement.Step() ? statement.Integer(0) : 0;
    }

    /// <summary>A kept statement, prepared on first use; the caller resets it when done.</summary>
    public Statement Prepare(string sql)
    {
        if (_statements.TryGetValue(sql, out var node) && !node.Value.Statement.IsInUse)
        {
            _recent.Remove(node);
            _recent.AddFirst(node);
        }
        else
        {
            node = Keep(sql, Compile(sql));
        }

        node.Value.Statement.IsInUse = true;
        return node.Value.Statement;
    }

    public void Check(int code)
    {
        if (code != raw.SQLITE_OK)
            throw Failure(code);
    }

    public Exception Failure(int code)
    {
        var inner = FunctionFailure;
        FunctionFailure = null;
        return inner ?? SqliteFailure.From(code, raw.sqlite3_errmsg(Handle).utf8_to_string(), _file);
    }

    /// <summary>Ends the running statement of another thread soon, with SQLITE_INTERRUPT.</summary>
    public void Interrupt() => raw.sqlite3_interrupt(Handle);

    public void Dispose()
    {
        foreach (var (_, statement) in _recent)
            statement.Dispose();
        _recent.Clear();
        Handle.Dispose();
    }

    private Statement Compile(string sql)
    {
        Check(raw.sqlite3_prepare_v2(Handle, sql, out var handle));
        return new(this, handle);
    }

    private LinkedListNode<(string Sql, Statement Statement)> Keep(string sql, Statement statement)
    {
        for (var last = _recent.Last; _recent.Count >= KeptStatements && last is not null; last = _recent.Last)
        {
            if (last.Value.Statement.IsInUse)
                break;
            _recent.RemoveLast();
            if (_statements.TryGetValue(last.Value.Sql, out var known) && known == last)
                _statements.Remove(last.Value.Sql);
            last.Value.Statement.Dispose();
        }

        var node = _recent.AddFirst((sql, statement));
        // A very long one is a list of values that hardly comes again.
        if (sql.Length <= KeptSqlLength)
            _statements[sql] = node;
        return node;
    }
}
