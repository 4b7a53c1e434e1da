using Hansa.Model;
using SQLitePCL;

namespace Hansa.Storage.Sqlite;

/// <summary>Turns SQLite's result codes into failures with a way out.</summary>
internal static class SqliteFailure
{
    public static PlatformException From(int code, string? message, string file) => (code & 0xff) switch
    {
        raw.SQLITE_FULL => new(ErrorCode.Unavailable, $"There is no room left for {file}: the disk or its size limit is full. Nothing was written."),
        raw.SQLITE_BUSY or raw.SQLITE_LOCKED => new(ErrorCode.Unavailable, $"Another program has locked {file}. Nothing was written; close it and try again."),
        raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_READONLY or raw.SQLITE_NOMEM =>
            new(ErrorCode.Unavailable, $"{file} cannot be read or written just now: {message} (SQLite {code})."),
        raw.SQLITE_CORRUPT or raw.SQLITE_NOTADB =>
            new(ErrorCode.Internal, $"{file} is damaged: {message} (SQLite {code}). Stop the server and restore a backup."),
        raw.SQLITE_TOOBIG => new(ErrorCode.TooLarge, "A value or query is larger than the database takes."),
        _ => new(ErrorCode.Internal, $"{file}: {message} (SQLite {code})."),
    };
}
