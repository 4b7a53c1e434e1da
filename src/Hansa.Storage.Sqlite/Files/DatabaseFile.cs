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
            Migrate(database);
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

    private void Migrate(Database database)
    {
        var version = database.Scalar("PRAGMA user_version");
        if (version > Migrations.Count)
        {
            throw new PlatformException(ErrorCode.Unavailable,
                $"{FileName} in {folder} is of version {version}, made by a newer Hansa; this one knows versions up to {Migrations.Count}. "
                + "Start the newer Hansa, or bring back the copy that it made before its first start.");
        }

        if (version == Migrations.Count)
            return;
        if (version > 0)
            Copy(database, version);
        foreach (var migration in Migrations.Skip((int)version))
            Run(database, migration);
    }

    private void Copy(Database database, long version)
    {
        var path = $"{FilePath}.v{version}";
        File.Delete(path);
        PrivateFile.Open(path, FileShare.ReadWrite).Dispose();
        database.Execute($"VACUUM INTO '{path.Replace("'", "''", StringComparison.Ordinal)}'");
    }

    private static void Run(Database database, Migration migration)
    {
        database.Execute("BEGIN IMMEDIATE");
        try
        {
            database.Execute(migration.Sql);
            database.Execute($"PRAGMA user_version = {migration.Version}");
            database.Execute("COMMIT");
        }
        catch
        {
            if (database.InTransaction)
                database.Execute("ROLLBACK");
            throw;
        }
    }
}
