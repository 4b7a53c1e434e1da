using System.Xml;
using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;

namespace Hansa.Server;

/// <summary>
/// The keys that protect secrets, a file each. A key is on disk before the first secret is protected with it: the framework's own
/// files are not synced, and a power cut soon after would leave secrets that nobody can open.
/// </summary>
internal sealed class KeyFiles(DirectoryInfo folder) : IXmlRepository
{
    public IReadOnlyCollection<XElement> GetAllElements() => [.. folder.EnumerateFiles("*.xml").Select(Read).OfType<XElement>()];

    public void StoreElement(XElement element, string friendlyName)
    {
        // Straight to its name: syncing a new file puts its name on disk, too, and a rename would need a sync of the folder.
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new FileStream(Path.Combine(folder.FullName, $"{friendlyName}.xml"), options);
        element.Save(file);
        file.Flush(flushToDisk: true);
    }

    private static XElement? Read(FileInfo file)
    {
        try
        {
            return XElement.Load(file.FullName);
        }
        catch (XmlException)
        {
            // Not whole: the server ended while it was written, so nothing was protected with it.
            return null;
        }
    }
}
