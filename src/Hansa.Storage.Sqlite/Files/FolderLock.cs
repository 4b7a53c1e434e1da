using System.Globalization;
using System.Text;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Keeps a second process out of a data folder, for as long as it is not disposed. The system frees it if the process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    public const string FileName = "hansa.lock";
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder for this process.</summary>
    /// <exception cref="PlatformException">Unavailable: another process has the folder; the text names both.</exception>
    public static FolderLock Take(string folder)
    {
        var path = Path.Combine(folder, FileName);
        try
        {
            var file = PrivateFile.Open(path, FileShare.None);
            file.SetLength(0);
            file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
            file.Flush();
            return new(file);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new PlatformException(ErrorCode.Unavailable,
                $"The data folder {folder} is in use by process {Owner(path)}. A folder belongs to one server: stop that one, or choose another folder.", e);
        }
    }

    public void Dispose() => _file.Dispose();

    private static string Owner(string path)
    {
        try
        {
            using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
            using var reader = new StreamReader(file);
            return reader.ReadToEnd() is { Length: > 0 } pid ? pid : "(unknown)";
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }
}
