using System.Runtime.InteropServices;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Hansa.Runtime;

/// <summary>Puts the names in a folder on disk: what was made, renamed or deleted there survives a power cut from then on.</summary>
/// <remarks>The base library syncs files only. Windows keeps a journal of names itself.</remarks>
internal static class FolderSync
{
    private const int ReadOnly = 0;

    public static void Flush(string folder)
    {
        if (OperatingSystem.IsWindows())
            return;
        var descriptor = Open(Encoding.UTF8.GetBytes($"{folder}\0"), ReadOnly);
        if (descriptor < 0)
            throw new IOException($"A folder cannot be synced (error {Marshal.GetLastPInvokeError()}).", Marshal.GetLastPInvokeError());
        using var handle = new SafeFileHandle(descriptor, ownsHandle: true);
        RandomAccess.FlushToDisk(handle);
    }

    [DllImport("libc", EntryPoint = "open", SetLastError = true), DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Open(byte[] path, int flags);
}
