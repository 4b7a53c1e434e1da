using Hansa.Model;

namespace Hansa.Runtime;

/// <content>What there is, as tables in the order of names.</content>
internal sealed partial class RepositoryFolder
{
    private const string FileType = "F";
    private const string DirectoryType = "D";

    private static readonly EnumerationOptions NoLinks = Options(recurse: false);

    private static readonly EnumerationOptions AllBelow = Options(recurse: true);

    /// <summary>Files and directories of a directory.</summary>
    public InfoTable Browse(RepositoryPath path) => Rows(PlatformShapes.FileSystemFile, path, null, folder => folder.EnumerateFileSystemInfos("*", NoLinks), Row);

    /// <summary>Files of a directory whose names fit a mask.</summary>
    public InfoTable Files(RepositoryPath path, string? mask) => Rows(PlatformShapes.FileSystemFile, path, mask, folder => folder.EnumerateFiles("*", NoLinks), Row);

    /// <summary>Files of a directory whose names fit a mask, with the addresses to download them.</summary>
    public InfoTable FilesWithLinks(RepositoryPath path, string? mask) => Rows(
        PlatformShapes.FileSystemFileWithLink, path, mask, folder => folder.EnumerateFiles("*", NoLinks), (entry, at) => [.. Row(entry, at), Value.Text(LinkTo(at), BaseType.HYPERLINK)]);

    /// <summary>Directories of a directory whose names fit a mask.</summary>
    public InfoTable Directories(RepositoryPath path, string? mask) =>
        Rows(PlatformShapes.FileSystemDirectory, path, mask, folder => folder.EnumerateDirectories("*", NoLinks), (_, at) => DirectoryRow(at));

    /// <summary>All directories, each after the one that it is in.</summary>
    public InfoTable Tree()
    {
        var builder = new InfoTable.Builder(PlatformShapes.FileSystemDirectory);
        foreach (var (_, path) in Below(RepositoryPath.Top).Where(entry => entry.Info is DirectoryInfo).OrderBy(entry => entry.Path.ToString(), StringComparer.Ordinal))
            builder.Add(DirectoryRow(path));
        return builder.Build();
    }

    /// <summary>One file or directory.</summary>
    public InfoTable Info(RepositoryPath path)
    {
        var place = PlaceOf(path);
        FileSystemInfo info = path.IsTop || Directory.Exists(place) ? new DirectoryInfo(place) : new FileInfo(place);
        var builder = new InfoTable.Builder(PlatformShapes.FileSystemFile);
        builder.Add(path.IsTop || info.Exists ? Row(info, path) : throw NoFile(path));
        return builder.Build();
    }

    // Everything below a directory, in no order.
    private IEnumerable<(FileSystemInfo Info, RepositoryPath Path)> Below(RepositoryPath path)
    {
        var folder = new DirectoryInfo(ExistingDirectory(path));
        return folder.Exists
            ? Limited(folder.EnumerateFileSystemInfos("*", AllBelow), path)
                .Select(entry => (entry, path.With(Path.GetRelativePath(folder.FullName, entry.FullName).Split(Path.DirectorySeparatorChar))))
            : [];
    }

    private InfoTable Rows(
        DataShape shape, RepositoryPath path, string? mask, Func<DirectoryInfo, IEnumerable<FileSystemInfo>> list, Func<FileSystemInfo, RepositoryPath, Value[]> row)
    {
        var pattern = string.IsNullOrEmpty(mask) ? null : TextPattern.Like(mask, isCaseSensitive: false);
        var folder = new DirectoryInfo(ExistingDirectory(path));
        var entries = folder.Exists ? list(folder).Where(entry => pattern is null || pattern.IsMatch(entry.Name)) : [];
        var builder = new InfoTable.Builder(shape);
        foreach (var entry in Limited(entries, path).OrderBy(entry => entry.Name, StringComparer.Ordinal))
            builder.Add(row(entry, path.With(entry.Name)));
        return builder.Build();
    }

    private IEnumerable<FileSystemInfo> Limited(IEnumerable<FileSystemInfo> entries, RepositoryPath path)
    {
        var count = 0;
        foreach (var entry in entries)
        {
            yield return ++count <= options.MaxListing ? entry
                : throw new PlatformException(ErrorCode.TooLarge, $"{At(path)} holds more than {options.MaxListing:N0} files or directories, the limit of one listing; use a mask, or a directory below.");
        }
    }

    private static Value[] Row(FileSystemInfo entry, RepositoryPath path) =>
    [
        Value.String(path.Name), Value.String(path.ToString()), Value.Number(entry is FileInfo file ? file.Length : 0),
        Value.String(entry is FileInfo ? FileType : DirectoryType), entry.Exists ? Value.DateTime(new DateTimeOffset(entry.LastWriteTimeUtc)) : Value.Null,
    ];

    private static Value[] DirectoryRow(RepositoryPath path) => [Value.String(path.Name), Value.String(path.ToString()), Value.String(path.Parent.ToString())];

    private static EnumerationOptions Options(bool recurse) =>
        new() { AttributesToSkip = FileAttributes.ReparsePoint, IgnoreInaccessible = false, RecurseSubdirectories = recurse };
}
