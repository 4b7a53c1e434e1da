using System.Globalization;
using System.Text;
using Hansa.Model;

namespace Hansa.Storage.Sqlite;

/// <summary>Keeps a second process out of a data folder, for as long as it is not disposed. The system frees it if the process dies.</summary>
internal sealed class FolderLock : IDisposable
{
    private const string FileName = "hansa.lock";

    // Beside the lock, as a file that is locked cannot be read either.
    private const string OwnerFileName = "hansa.pid";
    private readonly FileStream _file;

    private FolderLock(FileStream file) => _file = file;

    /// <summary>Takes the folder for this process.</summary>
    /// <exception cref="PlatformException">Unavailable: another process has the folder; the text names both.</exception>
    public static FolderLock Take(string folder)
    {
        try
        {
            var file = PrivateFile.Open(Path.Combine(folder, FileName), FileShare.None);
            WriteOwner(Path.Combine(folder, OwnerFileName));
            return new(file);
        }
        catch (IOException e) when (e is not (DirectoryNotFoundException or FileNotFoundException))
        {
            throw new PlatformException(ErrorCode.Unavailable,
                $"The data folder {folder} is in use by process {Owner(Path.Combine(folder, OwnerFileName))}. A folder belongs to one server: stop that one, or choose another folder.", e);
        }
    }

    public void Dispose() => _file.Dispose();

    private static void WriteOwner(string path)
    {
        using var file = PrivateFile.Open(path, FileShare.ReadWrite);
        file.SetLength(0);
        file.Write(Encoding.ASCII.GetBytes(Environment.ProcessId.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Owner(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (IOException)
        {
            return "(unknown)";
        }
    }
}
