using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>A connection that reads, with the functions that filters need.</summary>
internal sealed class SqliteReader : IDisposable
{
    public SqliteReader(Database database)
    {
        Database = database;
        QueryFunctions.Register(this);
    }

    public Database Database { get; }

    /// <summary>Filters that the running query asks for by number, because SQL cannot say them.</summary>
    public List<BoundField> Filters { get; } = [];

    public void Dispose() => Database.Dispose();
}
