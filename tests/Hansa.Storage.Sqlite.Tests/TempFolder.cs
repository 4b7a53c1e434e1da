namespace Hansa.Storage.Sqlite.Tests;

/// <summary>A data folder that is gone when the test is.</summary>
internal sealed class TempFolder : IAsyncDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("hansa-test-").FullName;

    public string Database => System.IO.Path.Combine(Path, "hansa.db");

    public async Task<IStorage> OpenAsync() => await OpenAsync(new SqliteOptions());

    public Task<SqliteStorage> OpenAsync(SqliteOptions options) => SqliteStorage.OpenAsync(Path, options, TimeProvider.System, CancellationToken.None);

    public static UnixFileMode ModeOf(string path) => OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path);

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Path, recursive: true);
        return default;
    }
}
