using Hansa.Model;

namespace Hansa.Runtime;

/// <content>From paths to places on disk.</content>
internal sealed partial class RepositoryFolder
{
    /// <summary>Where a file is downloaded (spec platform 5.6).</summary>
    public string LinkTo(RepositoryPath path) =>
        $"/Thingworx/FileRepositories/{Uri.EscapeDataString(repository)}/{string.Join('/', path.Names.Select(Uri.EscapeDataString))}";

    private static FileStreamOptions PrivateFile(FileMode mode)
    {
        var options = new FileStreamOptions { Mode = mode, Access = FileAccess.Write, Share = FileShare.Read | FileShare.Delete, BufferSize = 0 };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        return options;
    }

    // Each new folder's name is on disk before anything is put into it.
    private static void MakeFolder(string folder)
    {
        if (Directory.Exists(folder))
            return;
        var parent = Path.GetDirectoryName(folder)!;
        MakeFolder(parent);
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        FolderSync.Flush(parent);
    }

    private static bool IsLink(string place) => new FileInfo(place) is { Attributes: var attributes } && (int)attributes != -1 && attributes.HasFlag(FileAttributes.ReparsePoint);

    // The path itself cannot lead out; what was put on the disk beside the server's back could.
    private string PlaceOf(RepositoryPath path)
    {
        if (_isGone)
            throw new PlatformException(ErrorCode.NotFound, $"FileRepository [{repository}] was deleted.");
        var place = root;
        foreach (var name in path.Names)
        {
            place = Path.Combine(place, name);
            if (IsLink(place))
                throw Errors.Bad($"{At(path)} goes through '{name}', which is a link; links could lead out of the repository and are not followed.");
        }

        return place;
    }

    private string ExistingFile(RepositoryPath path)
    {
        var place = PlaceOf(path);
        return File.Exists(place) ? place : throw (Directory.Exists(place) ? IsDirectory(path) : NoFile(path));
    }

    // The top is always there, also before the first file.
    private string ExistingDirectory(RepositoryPath path)
    {
        var place = PlaceOf(path);
        return path.IsTop || Directory.Exists(place) ? place
            : throw new PlatformException(ErrorCode.NotFound, File.Exists(place) ? $"{At(path)} is a file, no directory." : $"Directory does not exist: {At(path)}.");
    }

    private string At(RepositoryPath path) => $"[{path}] of FileRepository [{repository}]";

    private PlatformException NoFile(RepositoryPath path) => new(ErrorCode.NotFound, $"File does not exist: {At(path)}.");

    private PlatformException Exists(RepositoryPath path) => new(ErrorCode.Conflict, $"File already exists: {At(path)}.");

    private PlatformException IsDirectory(RepositoryPath path) => new(ErrorCode.Conflict, $"{At(path)} is a directory, no file.");

    private PlatformException FileTooLarge(RepositoryPath path) =>
        new(ErrorCode.TooLarge, $"{At(path)} would have more than {options.MaxFileSize:N0} bytes, the limit of one file (FileRepositories:MaxFileSize).");

    /// <summary>A place for what is not finished; what is still there in the end is deleted.</summary>
    private sealed class Aside : IDisposable
    {
        public Aside(string unfinished)
        {
            MakeFolder(unfinished);
            Path = System.IO.Path.Combine(unfinished, Guid.NewGuid().ToString("N"));
        }

        public string Path { get; }

        public FileStream Create() => new(Path, PrivateFile(FileMode.CreateNew));

        public void Dispose()
        {
            if (Directory.Exists(Path))
                Directory.Delete(Path, recursive: true);
            else
                File.Delete(Path);
        }
    }
}
