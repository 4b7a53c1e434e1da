using System.Globalization;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>What a commit that was answered survives.</summary>
internal enum Durability
{
    /// <summary>A power cut: it has been on the disk.</summary>
    Power,

    /// <summary>The end of the process; a power cut may take the last moments.</summary>
    Process,
}

/// <summary>Opens a database file: creates it, brings its schema up to date, and sets each connection up.</summary>
internal sealed class DatabaseFile(string path, IReadOnlyList<Migration> migrations, Durability durability, SqliteOptions options)
{
    private const int PageBytes = 8192;
    private const string Folder = "Migrations/";
    private static readonly IReadOnlyList<Migration> OfData = Migration.FromResources(typeof(DatabaseFile).Assembly, Folder);
    private static readonly IReadOnlyList<Migration> OfJournals = Migration.FromResources(typeof(DatabaseFile).Assembly, $"{Folder}Journals/");
    private static readonly IReadOnlyList<Migration> OfOutbox = Migration.FromResources(typeof(DatabaseFile).Assembly, $"{Folder}Outbox/");


    public string FilePath => path;

    /// <summary><c>hansa.db</c>: the model and all data.</summary>
    public static DatabaseFile Data(string folder, SqliteOptions options) => new(Path.Combine(folder, "hansa.db"), OfData, Durability.Power, options);

    /// <summary><c>log.db</c>: logs and the audit.</summary>
    public static DatabaseFile Journals(string folder, SqliteOptions options) => new(Path.Combine(folder, "log.db"), OfJournals, Durability.Process, options);

    /// <summary><c>outbox.db</c>: what waits for other servers.</summary>
    public static DatabaseFile Outbox(string folder, SqliteOptions options) => new(Path.Combine(folder, "outbox.db"), OfOutbox, Durability.Power, options);

    /// <summary>The connection that writes.</summary>
    /// <exception cref="PlatformException">The file is of a newer version, damaged, or cannot be opened; the text says which.</exception>
    public Database OpenWriter()
    {
        // SQLite gives its -wal and -shm files the rights of the database file, so this one decides for all.
        PrivateFile.Open(FilePath, FileShare.ReadWrite).Dispose();
        var database = Database.Open(FilePath, isReadOnly: false, options.BusyTimeout);
        try
        {
            // Checkpoints are made between commits, not inside of one.
            database.Execute($"""
                PRAGMA page_size = {PageBytes};
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = {(durability == Durability.Power ? "FULL" : "NORMAL")};
                PRAGMA foreign_keys = OFF;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA journal_size_limit = {options.MaxLogBytes};
                PRAGMA cache_size = -16384;
                PRAGMA temp_store = MEMORY;
                """);
            // No memory map: a failing disk must be an error, not the end of the process.
            database.Execute("PRAGMA mmap_size = 0");
            Migrator.Run(database, FilePath, migrations);
            if (options.MaxFileBytes is { } bytes)
                database.Execute(string.Create(CultureInfo.InvariantCulture, $"PRAGMA max_page_count = {Math.Max(1, bytes / database.Scalar("PRAGMA page_size"))}"));
            return database;
        }
        catch
        {
            database.Dispose();
            throw;
        }
    }

    /// <summary>A connection that only reads.</summary>
    public Database OpenReader()
    {
        var database = Database.Open(FilePath, isReadOnly: true, options.BusyTimeout);
        database.Execute("""
            PRAGMA query_only = ON;
            PRAGMA cache_size = -8192;
            PRAGMA temp_store = MEMORY;
            PRAGMA mmap_size = 0;
            """);
        return database;
    }
}
