using System.Globalization;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Opens <c>hansa.db</c>: creates it, brings its schema up to date, and sets each connection up.</summary>
internal sealed class DatabaseFile(string folder, SqliteOptions options)
{
    public const string FileName = "hansa.db";
    private const int PageBytes = 8192;
    private static readonly IReadOnlyList<Migration> Migrations = Migration.FromResources(typeof(DatabaseFile).Assembly);

    public string FilePath { get; } = Path.Combine(folder, FileName);

    /// <summary>The connection that writes.</summary>
    /// <exception cref="PlatformException">The file is of a newer version, damaged, or cannot be opened; the text says which.</exception>
    public Database OpenWriter()
    {
        // SQLite gives its -wal and -shm files the rights of the database file, so this one decides for all.
        PrivateFile.Open(FilePath, FileShare.ReadWrite).Dispose();
        var database = Database.Open(FilePath, isReadOnly: false, options.BusyTimeout);
        try
        {
            // FULL: a commit that was answered has been on the disk. Checkpoints are made between commits, not inside of one.
            database.Execute($"""
                PRAGMA page_size = {PageBytes};
                PRAGMA journal_mode = WAL;
                PRAGMA synchronous = FULL;
                PRAGMA foreign_keys = OFF;
                PRAGMA wal_autocheckpoint = 0;
                PRAGMA journal_size_limit = {options.MaxLogBytes};
                PRAGMA cache_size = -16384;
                PRAGMA temp_store = MEMORY;
                """);
            // No memory map: a failing disk must be an error, not the end of the process.
            database.Execute("PRAGMA mmap_size = 0");
            Migrator.Run(database, FilePath, Migrations);
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
