using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Brings a file's schema up to date by its <c>PRAGMA user_version</c>: forward only, a transaction a step, after a copy.</summary>
internal static class Migrator
{
    /// <summary>Runs the steps that the file lacks.</summary>
    /// <exception cref="PlatformException">Unavailable: the file is of a newer version; nothing was touched.</exception>
    public static void Run(Database database, string path, IReadOnlyList<Migration> migrations)
    {
        var version = database.Scalar("PRAGMA user_version");
        if (version > migrations.Count)
        {
            throw new PlatformException(ErrorCode.Unavailable,
                $"{path} is of version {version}, made by a newer Hansa; this one knows versions up to {migrations.Count}. "
                + "Start the newer Hansa, or bring back the copy that it made before its first start.");
        }

        if (version == migrations.Count)
            return;
        if (version > 0)
            Copy(database, $"{path}.v{version}");
        foreach (var migration in migrations.Skip((int)version))
            Run(database, migration);
    }

    private static void Copy(Database database, string path)
    {
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
