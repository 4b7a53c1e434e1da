using System.IO.Compression;
using Hansa.Model;

namespace Hansa.Runtime;

/// <content>Zip archives. One that is made or extracted comes into place only when all of it was good.</content>
internal sealed partial class RepositoryFolder
{
    private const int UnixTypeShift = 16;
    private const int UnixTypeMask = 0xF000;
    private const int UnixLink = 0xA000;

    /// <summary>Packs files, and directories with all that they hold; an archive of that name is replaced.</summary>
    /// <param name="target">The archive.</param>
    /// <param name="top">The directory from which on names in the archive count.</param>
    /// <param name="files">What is packed, from there on.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public void Pack(RepositoryPath target, RepositoryPath top, IEnumerable<string> files, CancellationToken cancellationToken)
    {
        ExistingDirectory(top);
        var entries = new SortedDictionary<string, FileSystemInfo>(StringComparer.Ordinal);
        var size = 0L;
        foreach (var (info, path) in files.SelectMany(file => Whole(top.Add(file))).Where(entry => entry.Path.ToString() != target.ToString()))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (!entries.TryAdd(string.Join('/', path.Names[top.Names.Length..]), info))
                continue;
            size += info is FileInfo file ? file.Length : 0;
            CheckArchive(target, entries.Count, size);
        }

        using var aside = new Aside(unfinished);
        using (var file = aside.Create())
        {
            using (var archive = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
            {
                foreach (var (name, info) in entries)
                {
                    cancellationToken.ThrowIfCancellationRequested();
                    if (info is FileInfo)
                        archive.CreateEntryFromFile(info.FullName, name);
                    else
                        archive.CreateEntry($"{name}/");
                }
            }

            if (file.Length > options.MaxFileSize)
                throw FileTooLarge(target);
            file.Flush(flushToDisk: true);
        }

        lock (_changing)
            Place(aside.Path, target, overwrite: true);
    }

    /// <summary>Extracts an archive into a directory; files that are there are replaced.</summary>
    /// <exception cref="PlatformException">BadRequest where it is none, or names what leads out; TooLarge. Nothing was changed then.</exception>
    public void Unpack(RepositoryPath source, RepositoryPath target, CancellationToken cancellationToken)
    {
        using var file = Open(source);
        // Its list of entries is held in memory.
        if (file.Length > options.MaxLoadSize)
            throw new PlatformException(ErrorCode.TooLarge, $"{At(source)} has {file.Length:N0} bytes; archives of up to {options.MaxLoadSize:N0} are extracted (FileRepositories:MaxLoadSize).");
        try
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            Unpack(archive, source, target, cancellationToken);
        }
        catch (InvalidDataException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"{At(source)} is no zip archive that can be read: {e.Message}", e);
        }
    }

    private void Unpack(ZipArchive archive, RepositoryPath source, RepositoryPath target, CancellationToken cancellationToken)
    {
        CheckArchive(source, archive.Entries.Count, 0);
        var entries = archive.Entries.Select(entry => (Entry: entry, Path: PathOf(entry, source, target), IsDirectory: entry.FullName[^1] is '/' or '\\')).ToList();
        if (entries.Where(entry => !entry.IsDirectory).CountBy(entry => entry.Path.ToString(), StringComparer.Ordinal).FirstOrDefault(count => count.Value > 1) is { Value: > 1 } twice)
            throw Errors.Bad($"{At(source)} holds '{twice.Key}' {twice.Value} times.");

        using var aside = new Aside(unfinished);
        MakeFolder(aside.Path);
        var size = 0L;
        var ready = new List<(string From, RepositoryPath To)>();
        foreach (var (entry, path, _) in entries.Where(entry => !entry.IsDirectory))
        {
            var place = Path.Combine(aside.Path, ready.Count.ToString(System.Globalization.CultureInfo.InvariantCulture));
            using var content = entry.Open();
            using var copy = new FileStream(place, PrivateFile(FileMode.CreateNew));
            // What the archive says of sizes may be a lie, so bytes are counted as they come.
            Copy(content, copy, Math.Min(options.MaxFileSize, options.MaxArchiveSize - size), () => ArchiveTooLarge(source), cancellationToken);
            if (copy.Length != entry.Length)
                throw Errors.Bad($"{At(source)} is damaged: '{entry.FullName}' has {copy.Length:N0} bytes instead of {entry.Length:N0}.");
            size += copy.Length;
            copy.Flush(flushToDisk: true);
            ready.Add((place, path));
        }

        lock (_changing)
        {
            // Looked at before the first is moved, so that a name in the way leaves all as it was.
            foreach (var (_, path, isDirectory) in entries)
                CheckTarget(path, isDirectory);
            foreach (var (_, path, _) in entries.Where(entry => entry.IsDirectory))
                MakeDirectories(path);
            foreach (var (from, to) in ready)
                Place(from, to, overwrite: true);
        }
    }

    private RepositoryPath PathOf(ZipArchiveEntry entry, RepositoryPath source, RepositoryPath target)
    {
        if (entry.FullName is "" or ['/' or '\\', ..])
            throw Errors.Bad($"{At(source)} holds the name '{entry.FullName}', which does not begin in the archive.");
        if (((entry.ExternalAttributes >> UnixTypeShift) & UnixTypeMask) == UnixLink)
            throw Errors.Bad($"{At(source)} holds the link '{entry.FullName}'; links could lead out of the repository.");
        return target.Add(entry.FullName);
    }

    private void CheckTarget(RepositoryPath path, bool isDirectory)
    {
        for (var above = isDirectory ? path : path.Parent; !above.IsTop; above = above.Parent)
        {
            if (File.Exists(PlaceOf(above)))
                throw new PlatformException(ErrorCode.Conflict, $"{At(above)} is a file, no directory.");
        }

        if (!isDirectory && (path.IsTop || Directory.Exists(PlaceOf(path))))
            throw IsDirectory(path);
    }

    // A file is itself, a directory all that it holds.
    private IEnumerable<(FileSystemInfo Info, RepositoryPath Path)> Whole(RepositoryPath path)
    {
        var place = PlaceOf(path);
        if (path.IsTop || Directory.Exists(place))
            return path.IsTop ? Below(path) : Below(path).Prepend((new DirectoryInfo(place), path));
        return [(new FileInfo(ExistingFile(path)), path)];
    }

    private void CheckArchive(RepositoryPath archive, int entries, long size)
    {
        if (entries > options.MaxArchiveEntries)
            throw new PlatformException(ErrorCode.TooLarge, $"{At(archive)}: more than {options.MaxArchiveEntries:N0} files and directories, the limit of one archive (FileRepositories:MaxArchiveEntries).");
        if (size > options.MaxArchiveSize)
            throw ArchiveTooLarge(archive);
    }

    private PlatformException ArchiveTooLarge(RepositoryPath archive) => new(ErrorCode.TooLarge,
        $"{At(archive)}: a file or all files together are larger unpacked than an archive's may be, {options.MaxArchiveSize:N0} bytes (FileRepositories:MaxArchiveSize, MaxFileSize).");
}
