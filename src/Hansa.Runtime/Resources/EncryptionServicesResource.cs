using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Resource EncryptionServices: texts that only this server can read again (spec platform 3.7).</summary>
public sealed class EncryptionServicesResource(ISecretProtector protector) : Resource
{
    // Inside of the cipher text: so no secret that the platform itself keeps can be opened here.
    private const string Mark = "EncryptionServices\n";

    /// <inheritdoc/>
    public override string Name => "EncryptionServices";

    /// <inheritdoc/>
    public override string Description => "Makes texts unreadable for all but this server.";

    [Service("Makes a text unreadable; only this server, with the keys of its data folder, opens it again.", Category = "Encryption", Kind = CallKind.Read)]
    public string EncryptPropertyValue(ServiceContext call, [Parameter(BaseType.PASSWORD, IsRequired = true)] string data) => protector.Protect(Mark + data);

    [Service("Gives the text that EncryptPropertyValue made unreadable.", Category = "Encryption", Requires = Permission.Update)]
    public string DecryptPropertyValue(ServiceContext call, [Parameter(IsRequired = true)] string data)
    {
        string text;
        try
        {
            text = protector.Unprotect(data);
        }
        catch (Exception e) when (e is PlatformException or FormatException or ArgumentException)
        {
            throw NotMine(e);
        }

        return text.StartsWith(Mark, StringComparison.Ordinal) ? text[Mark.Length..] : throw NotMine(null);
    }

    private static PlatformException NotMine(Exception? reason) =>
        new(ErrorCode.BadRequest, "The text was not encrypted by this server's EncryptPropertyValue, or the keys of its data folder have changed since.", reason);
}
