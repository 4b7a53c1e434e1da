using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>
/// The folder of one repository on disk. Files are written aside and moved into place, so a reader sees an old or a new one, never half of one; a call
/// returns when all is on disk. Links are neither followed nor shown, as they could lead out. All of it is synchronous: see <see cref="FileRepositories"/>.
/// </summary>
/// <param name="repository">The Thing's name, for messages.</param>
/// <param name="root">The folder.</param>
/// <param name="unfinished">The folder, on the same disk, for what is not in place yet.</param>
/// <param name="options">Limits.</param>
internal sealed partial class RepositoryFolder(string repository, string root, string unfinished, FileRepositoryOptions options)
{
    private const int BlockSize = 1 << 16;

    // Held while names change and while a file grows, never while a file is copied.
    private readonly Lock _changing = new();
    private bool _isGone;

    /// <summary>A file's bytes.</summary>
    /// <exception cref="PlatformException">NotFound; TooLarge beyond what a service gives.</exception>
    public byte[] Load(RepositoryPath path)
    {
        using var file = Open(path);
        if (file.Length > options.MaxLoadSize)
            throw new PlatformException(ErrorCode.TooLarge, $"{At(path)} has {file.Length:N0} bytes; a service gives {options.MaxLoadSize:N0}. Download it at {LinkTo(path)}.");
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    /// <summary>Opens a file to be read. It stays what it is, whoever replaces or deletes it meanwhile.</summary>
    public FileStream Open(RepositoryPath path)
    {
        var place = PlaceOf(path);
        if (Directory.Exists(place))
            throw IsDirectory(path);
        return File.Exists(place)
            ? new(place, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, BlockSize, useAsync: true)
            : throw NoFile(path);
    }

    /// <summary>Writes a whole file, and the directories that it needs.</summary>
    /// <exception cref="PlatformException">Conflict where it is there and must not be replaced; TooLarge.</exception>
    public void Write(RepositoryPath path, Stream content, bool overwrite, CancellationToken cancellationToken)
    {
        using var aside = new Aside(unfinished);
        using (var file = aside.Create())
        {
            Copy(content, file, options.MaxFileSize, () => FileTooLarge(path), cancellationToken);
            file.Flush(flushToDisk: true);
        }

        lock (_changing)
            Place(aside.Path, path, overwrite);
    }

    /// <summary>Adds bytes at a file's end; makes the file where there is none.</summary>
    /// <exception cref="PlatformException">TooLarge; the file is as it was then.</exception>
    public void Append(RepositoryPath path, ReadOnlySpan<byte> content)
    {
        lock (_changing)
        {
            var place = TargetOf(path);
            var isNew = !File.Exists(place);
            using var file = new FileStream(place, PrivateFile(FileMode.OpenOrCreate));
            var before = file.Length;
            if (before + content.Length > options.MaxFileSize)
                throw FileTooLarge(path);
            try
            {
                file.Position = before;
                file.Write(content);
                file.Flush(flushToDisk: true);
            }
            catch (IOException)
            {
                file.SetLength(before);
                throw;
            }

            if (isNew)
                FolderSync.Flush(Path.GetDirectoryName(place)!);
        }
    }

    /// <summary>Deletes a file.</summary>
    public void DeleteFile(RepositoryPath path)
    {
        lock (_changing)
        {
            var place = ExistingFile(path);
            File.Delete(place);
            FolderSync.Flush(Path.GetDirectoryName(place)!);
        }
    }

    /// <summary>Moves a file, and makes the directories that it needs.</summary>
    public void Move(RepositoryPath source, RepositoryPath target, bool overwrite)
    {
        lock (_changing)
        {
            var place = ExistingFile(source);
            Place(place, target, overwrite);
            FolderSync.Flush(Path.GetDirectoryName(place)!);
        }
    }

    /// <summary>Makes a directory, and those that it needs.</summary>
    /// <exception cref="PlatformException">Conflict where it is there.</exception>
    public void CreateDirectory(RepositoryPath path)
    {
        lock (_changing)
        {
            if (path.IsTop || Path.Exists(PlaceOf(path)))
                throw Exists(path);
            MakeDirectories(path);
        }
    }

    /// <summary>Deletes a directory with all that it holds: first it is out of sight, then it goes piece by piece.</summary>
    public void DeleteDirectory(RepositoryPath path)
    {
        if (path.IsTop)
            throw Errors.Bad($"The top directory of FileRepository [{repository}] cannot be deleted; delete what is in it.");
        using var aside = new Aside(unfinished);
        lock (_changing)
        {
            var place = ExistingDirectory(path);
            Directory.Move(place, aside.Path);
            FolderSync.Flush(Path.GetDirectoryName(place)!);
        }
    }

    /// <summary>Moves the whole folder away, as its Thing was deleted; whoever still works on it finds nothing.</summary>
    /// <returns>Whether there was one.</returns>
    public bool Leave(string target)
    {
        lock (_changing)
        {
            _isGone = true;
            if (!Directory.Exists(root))
                return false;
            MakeFolder(Path.GetDirectoryName(target)!);
            Directory.Move(root, target);
            FolderSync.Flush(Path.GetDirectoryName(root)!);
            return true;
        }
    }

    private static void Copy(Stream from, Stream to, long limit, Func<PlatformException> beyond, CancellationToken cancellationToken)
    {
        var buffer = new byte[BlockSize];
        for (var total = 0L; from.Read(buffer) is var read and > 0;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if ((total += read) > limit)
                throw beyond();
            to.Write(buffer, 0, read);
        }
    }

    // Moves a file to its place; the caller holds the lock.
    private void Place(string from, RepositoryPath path, bool overwrite)
    {
        var place = TargetOf(path);
        if (!overwrite && File.Exists(place))
            throw Exists(path);
        File.Move(from, place, overwrite: true);
        FolderSync.Flush(Path.GetDirectoryName(place)!);
    }

    // Where a file may be written: its directories are there, and it is none itself.
    private string TargetOf(RepositoryPath path)
    {
        var place = PlaceOf(path);
        if (path.IsTop || Directory.Exists(place))
            throw IsDirectory(path);
        MakeDirectories(path.Parent);
        return place;
    }

    private void MakeDirectories(RepositoryPath path)
    {
        MakeFolder(root);
        var folder = root;
        var shown = RepositoryPath.Top;
        foreach (var name in path.Names)
        {
            (folder, shown) = (Path.Combine(folder, name), shown.Add(name));
            if (File.Exists(folder))
                throw new PlatformException(ErrorCode.Conflict, $"{At(shown)} is a file, no directory.");
            MakeFolder(folder);
        }
    }
}
