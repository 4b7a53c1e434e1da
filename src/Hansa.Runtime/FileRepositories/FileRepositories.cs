using System.Collections.Concurrent;
using Hansa.Model;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime;

/// <summary>
/// The folders of all file repositories. Disks have no asynchronous interface for most of what is done here, so each operation is synchronous, on a thread
/// of the pool, at most some at once.
/// </summary>
public sealed partial class FileRepositories(FileRepositoryOptions options, EntityDirectory directory, Principals principals, Gate gate, ILogger<FileRepositories> logger) : IAsyncDisposable
{
    /// <summary>The repository that every server has.</summary>
    public const string SystemRepository = "SystemRepository";

    // Names that no Thing's id is.
    private const string UnfinishedName = "unfinished";
    private const string DeletedName = "deleted";
    private const int NoSpace = 28, NoQuota = 122, DiskFull = 112;

    private readonly string _root = Path.GetFullPath(options.Root);
    private readonly ConcurrentDictionary<Guid, RepositoryFolder> _folders = [];
    private readonly SemaphoreSlim _slots = new(options.MaxOperations);
    private readonly Lock _clearing = new();
    private Task _cleared = Task.CompletedTask;
    private bool _hasStarted;

    private string Unfinished => Path.Combine(_root, UnfinishedName);

    private string Deleted => Path.Combine(_root, DeletedName);

    /// <summary>Opens a file to be sent, for a caller who may invoke LoadBinary. The stream is the receiver's to dispose.</summary>
    /// <exception cref="PlatformException">NotFound, Forbidden, or Unavailable where the repository does not run.</exception>
    public Task<RepositoryFile> OpenAsync(string userName, string repository, string path, CancellationToken cancellationToken)
    {
        var thing = Admit(userName, repository, nameof(FileRepositoryTemplate.LoadBinary));
        var at = RepositoryPath.Parse(path);
        return RunAsync(thing, folder =>
        {
            var stream = folder.Open(at);
            return new RepositoryFile(stream, at.Name, new(File.GetLastWriteTimeUtc(stream.SafeFileHandle)));
        }, cancellationToken);
    }

    /// <summary>Writes a file that was sent, for a caller who may invoke SaveBinary; one that is there is replaced.</summary>
    /// <exception cref="PlatformException">As of <see cref="OpenAsync"/>; TooLarge.</exception>
    public Task SaveAsync(string userName, string repository, string directoryPath, string fileName, Stream content, CancellationToken cancellationToken)
    {
        var thing = Admit(userName, repository, nameof(FileRepositoryTemplate.SaveBinary));
        var at = RepositoryPath.Parse(directoryPath).Add(fileName);
        return RunAsync(thing, folder =>
        {
            folder.Write(at, content, overwrite: true, cancellationToken);
            return true;
        }, cancellationToken);
    }

    /// <summary>Runs an operation on a repository's folder.</summary>
    internal async Task<T> RunAsync<T>(Thing thing, Func<RepositoryFolder, T> operation, CancellationToken cancellationToken)
    {
        await _slots.WaitAsync(cancellationToken);
        try
        {
            return await Task.Run(() => operation(FolderOf(thing)), cancellationToken);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Explain(thing.Name, e);
        }
        finally
        {
            _slots.Release();
        }
    }

    /// <summary>Clears away what the last run left unfinished; once, before the first repository is used.</summary>
    internal void Start()
    {
        lock (_clearing)
        {
            if (_hasStarted)
                return;
            _hasStarted = true;
            _cleared = Task.WhenAll(ClearAsync([.. Below(Unfinished)]), ClearAsync([.. Below(Deleted)]));
        }
    }

    /// <summary>Gives a deleted Thing's folder up: it is gone from its place when this returns, from the disk soon after.</summary>
    internal async Task DropAsync(Thing thing, CancellationToken cancellationToken)
    {
        var away = Path.Combine(Deleted, Guid.NewGuid().ToString("N"));
        if (!await RunAsync(thing, folder => folder.Leave(away), cancellationToken))
            return;
        lock (_clearing)
            _cleared = Task.WhenAll(_cleared, ClearAsync([away]));
    }

    /// <summary>Waits for what is being deleted.</summary>
    public async ValueTask DisposeAsync()
    {
        Task cleared;
        lock (_clearing)
            cleared = _cleared;
        await cleared;
        _slots.Dispose();
    }

    private static IEnumerable<string> Below(string folder) => Directory.Exists(folder) ? Directory.EnumerateFileSystemEntries(folder) : [];

    private RepositoryFolder FolderOf(Thing thing) => _folders.GetOrAdd(thing.Definition.Id, id => new(thing.Name, Path.Combine(_root, id.ToString("N")), Unfinished, options));

    private Thing Admit(string userName, string repository, string service)
    {
        var caller = principals.Find(userName);
        var entity = gate.Find(caller, new(EntityKind.Things, repository), CallOrigin.Rest);
        gate.Demand(caller, entity, Permission.ServiceInvoke, service, CallOrigin.Rest);
        if (!directory.Catalogue.Lineage(((Thing)entity).Definition.ThingTemplate).OfType<FileRepositoryTemplate>().Any())
            throw new PlatformException(ErrorCode.NotFound, $"Thing [{repository}] is no FileRepository.");
        return entity is Thing { IsRunning: true } thing ? thing : throw Errors.NotRunning(entity);
    }

    private Task ClearAsync(IReadOnlyList<string> places) => Task.Run(() =>
    {
        foreach (var place in places)
        {
            try
            {
                if (Directory.Exists(place))
                    Directory.Delete(place, recursive: true);
                else
                    File.Delete(place);
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                LogNotCleared(place, e);
            }
        }
    });

    // The system's own words name places on the server's disk, so they go to the log.
    private PlatformException Explain(string repository, Exception e)
    {
        if (e is FileNotFoundException or DirectoryNotFoundException)
            return new(ErrorCode.NotFound, $"A file or directory of FileRepository [{repository}] went away meanwhile.", e);
        if (e is PathTooLongException)
            return Errors.Bad($"The path is longer than the disk of FileRepository [{repository}] takes.");
        LogDiskFailed(repository, e);
        return (e.HResult & 0xffff) is NoSpace or NoQuota or DiskFull
            ? new(ErrorCode.Unavailable, $"There is no room left on the disk of FileRepository [{repository}]. Nothing was written.", e)
            : new(ErrorCode.Unavailable, $"The disk of FileRepository [{repository}] cannot be read or written just now; the server's log tells why.", e);
    }

    [LoggerMessage(1811, LogLevel.Error, "The disk of FileRepository {Repository} failed.")]
    private partial void LogDiskFailed(string repository, Exception exception);

    [LoggerMessage(1812, LogLevel.Warning, "{Place} of a deleted repository could not be removed; it is tried again at the next start.")]
    private partial void LogNotCleared(string place, Exception exception);
}

/// <summary>A file that is to be sent.</summary>
/// <param name="Content">Its bytes.</param>
/// <param name="Name">Its name without directories.</param>
/// <param name="LastModified">When it was last written, UTC.</param>
public sealed record RepositoryFile(Stream Content, string Name, DateTimeOffset LastModified);
