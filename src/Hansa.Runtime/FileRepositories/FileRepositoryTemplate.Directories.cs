using Hansa.Model;

namespace Hansa.Runtime;

/// <content>Directories, listings, archives. Rows come in the order of names.</content>
public sealed partial class FileRepositoryTemplate
{
    private const string DirectoryParameter = "The directory; the top where none is given.";

    [Service("Deletes a file.", Category = "Files")]
    public Task DeleteFile(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return ChangeAsync(call, folder => folder.DeleteFile(at), cancellationToken);
    }

    [Service("Moves a file; one that is at the target is replaced if overwrite says so, else the call is refused.", Category = "Files")]
    public Task MoveFile(
        ServiceContext call, [Parameter(IsRequired = true)] string sourcePath, [Parameter(IsRequired = true)] string targetPath, CancellationToken cancellationToken, bool overwrite = false)
    {
        var (source, target) = (RepositoryPath.Parse(sourcePath), RepositoryPath.Parse(targetPath));
        return ChangeAsync(call, folder => folder.Move(source, target, overwrite), cancellationToken);
    }

    [Service("Gives a file another name or place, as MoveFile does.", Category = "Files")]
    public Task RenameFile(
        ServiceContext call, [Parameter(IsRequired = true)] string sourcePath, [Parameter(IsRequired = true)] string targetPath, CancellationToken cancellationToken, bool overwrite = false) =>
        MoveFile(call, sourcePath, targetPath, cancellationToken, overwrite);

    [Service("Makes a directory, and those that it needs.", Category = "Directories")]
    public Task CreateFolder(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return ChangeAsync(call, folder => folder.CreateDirectory(at), cancellationToken);
    }

    [Service("Deletes a directory with all that it holds.", Category = "Directories")]
    public Task DeleteFolder(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return ChangeAsync(call, folder => folder.DeleteDirectory(at), cancellationToken);
    }

    [Service("Tells of one file or directory.", Category = "Listings", Kind = CallKind.Read, ResultShape = "FileSystemFile")]
    public Task<InfoTable> GetFileInfo(ServiceContext call, [Parameter(IsRequired = true)] string path, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return repositories.RunAsync(call.Thing, folder => folder.Info(at), cancellationToken);
    }

    [Service("Lists the files of a directory whose names fit a mask with * and ?.", Category = "Listings", Kind = CallKind.Read, ResultShape = "FileSystemFile")]
    public Task<InfoTable> GetFileListing(ServiceContext call, [Parameter(Description = DirectoryParameter)] string? path, string? nameMask, CancellationToken cancellationToken) =>
        ListFiles(call, path, nameMask, cancellationToken);

    [Service("Lists the files of a directory whose names fit a mask with * and ?, with the addresses to download them.",
        Category = "Listings", Kind = CallKind.Read, ResultShape = "FileSystemFileWithLink")]
    public Task<InfoTable> GetFileListingWithLinks(ServiceContext call, [Parameter(Description = DirectoryParameter)] string? path, string? nameMask, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return repositories.RunAsync(call.Thing, folder => folder.FilesWithLinks(at, nameMask), cancellationToken);
    }

    [Service("Lists the files of a directory whose names fit a mask with * and ?.", Category = "Listings", Kind = CallKind.Read, ResultShape = "FileSystemFile")]
    public Task<InfoTable> ListFiles(ServiceContext call, [Parameter(Description = DirectoryParameter)] string? path, string? nameMask, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return repositories.RunAsync(call.Thing, folder => folder.Files(at, nameMask), cancellationToken);
    }

    [Service("Lists the directories of a directory whose names fit a mask with * and ?.", Category = "Listings", Kind = CallKind.Read, ResultShape = "FileSystemDirectory")]
    public Task<InfoTable> ListDirectories(ServiceContext call, [Parameter(Description = DirectoryParameter)] string? path, string? nameMask, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return repositories.RunAsync(call.Thing, folder => folder.Directories(at, nameMask), cancellationToken);
    }

    [Service("Lists the files and directories of a directory.", Category = "Listings", Kind = CallKind.Read, ResultShape = "FileSystemFile")]
    public Task<InfoTable> BrowseDirectory(ServiceContext call, [Parameter(Description = DirectoryParameter)] string? path, CancellationToken cancellationToken)
    {
        var at = RepositoryPath.Parse(path);
        return repositories.RunAsync(call.Thing, folder => folder.Browse(at), cancellationToken);
    }

    [Service("Lists the files and directories of a directory, as BrowseDirectory does.", Category = "Listings", Kind = CallKind.Read, ResultShape = "FileSystemFile")]
    public Task<InfoTable> BrowseFileSystem(ServiceContext call, [Parameter(Description = DirectoryParameter)] string? path, CancellationToken cancellationToken) => BrowseDirectory(call, path, cancellationToken);

    [Service("Lists all directories, each after the one that it is in.", Category = "Listings", Kind = CallKind.Read, ResultShape = "FileSystemDirectory")]
    public Task<InfoTable> GetDirectoryStructure(ServiceContext call, CancellationToken cancellationToken) =>
        repositories.RunAsync(call.Thing, folder => folder.Tree(), cancellationToken);

    [Service("Packs files and directories of a directory into a zip archive there; an archive of that name is replaced.", Category = "Archives")]
    public Task CreateZipArchive(
        ServiceContext call, [Parameter(IsRequired = true, Description = "The archive's name, from path on.")] string newFileName, [Parameter(Description = DirectoryParameter)] string? path,
        [Parameter(IsRequired = true, Description = "What is packed, from path on, with commas between; . is all of it.")] string files,
        CancellationToken cancellationToken)
    {
        var top = RepositoryPath.Parse(path);
        var target = top.Add(newFileName);
        var names = files.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        return names.Length > 0
            ? ChangeAsync(call, folder => folder.Pack(target, top, names, cancellationToken), cancellationToken)
            : throw Errors.Bad("Parameter 'files' names nothing; name files and directories with commas between, or . for all.");
    }

    [Service("Extracts a zip archive of a directory there; files that are there are replaced.", Category = "Archives")]
    public Task ExtractZipArchive(
        ServiceContext call, [Parameter(Description = DirectoryParameter)] string? path, [Parameter(IsRequired = true, Description = "The archive's name, from path on.")] string zipFileName,
        CancellationToken cancellationToken)
    {
        var top = RepositoryPath.Parse(path);
        var source = top.Add(zipFileName);
        return ChangeAsync(call, folder => folder.Unpack(source, top, cancellationToken), cancellationToken);
    }
}
