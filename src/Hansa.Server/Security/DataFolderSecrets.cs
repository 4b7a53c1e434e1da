using System.Security.Cryptography;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.DataProtection;

namespace Hansa.Server;

/// <summary>Protects secrets with keys of their own in <c>keys/</c> of the data folder, readable by its owner only.</summary>
internal sealed class DataFolderSecrets : ISecretProtector
{
    private readonly IDataProtector _protector;

    public DataFolderSecrets(string dataFolder)
    {
        var folder = Directory.CreateDirectory(Path.Combine(dataFolder, "keys"));
        if (!OperatingSystem.IsWindows())
            folder.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        _protector = DataProtectionProvider.Create(folder, builder => builder
            .SetApplicationName("Hansa")
            .AddKeyManagementOptions(options => options.XmlRepository = new KeyFiles(folder))).CreateProtector("secrets");
    }

    public string Protect(string secret) => _protector.Protect(secret);

    public string Unprotect(string cipherText)
    {
        try
        {
            return _protector.Unprotect(cipherText);
        }
        catch (CryptographicException e)
        {
            throw new PlatformException(ErrorCode.Internal, "A stored secret cannot be opened: folder keys/ of the data folder is not the one it was made with. Enter the secret again.", e);
        }
    }
}
