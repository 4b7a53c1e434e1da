using System.Security.Cryptography;
using System.Text;
using Hansa.Model;

namespace Hansa.Runtime.Scripts.Globals;

/// <summary>
/// Functions that encrypt. With a key of the script's own: AES-GCM with a key derived by PBKDF2 (SHA-256); without, by the keys of the
/// data folder, and no script can open that again.
/// </summary>
internal static class SecretFunctions
{
    private const byte Version = 1;
    private const int SaltBytes = 16;
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int HeadBytes = 1 + SaltBytes + NonceBytes + TagBytes;
    private const int Rounds = 100_000;

    public static IReadOnlyList<GlobalFunction> All { get; } =
    [
        new("encryptString", call => Value.String(call.Host.Protect(call.Text(0, "data")))),
        new("encryptPropertyValue", call => Value.Text(call.Host.Protect(call.Text(0, "data")), BaseType.STRING)),
        new("encryptStringWithKey", call => Value.String(Encrypt(call.Text(0, "data"), Key(call)))),
        new("decryptStringWithkey", call => Value.String(Decrypt(call, call.Text(0, "data"), Key(call)))),
    ];

    private static string Key(GlobalCall call) => call.Text(1, "key") is { Length: > 0 } key ? key : throw call.Refuse("needs a key that is not empty");

    private static string Encrypt(string text, string key)
    {
        var plain = Encoding.UTF8.GetBytes(text);
        var bytes = new byte[HeadBytes + plain.Length];
        bytes[0] = Version;
        RandomNumberGenerator.Fill(bytes.AsSpan(1, SaltBytes + NonceBytes));
        using var cipher = Cipher(key, bytes);
        cipher.Encrypt(Nonce(bytes), plain, bytes.AsSpan(HeadBytes), Tag(bytes));
        return Convert.ToBase64String(bytes);
    }

    private static string Decrypt(GlobalCall call, string text, string key)
    {
        try
        {
            var bytes = Convert.FromBase64String(text);
            if (bytes.Length < HeadBytes || bytes[0] != Version)
                throw call.Refuse("was given a text that encryptStringWithKey did not make");
            var plain = new byte[bytes.Length - HeadBytes];
            using var cipher = Cipher(key, bytes);
            cipher.Decrypt(Nonce(bytes), bytes.AsSpan(HeadBytes), Tag(bytes), plain);
            return Encoding.UTF8.GetString(plain);
        }
        catch (FormatException)
        {
            throw call.Refuse("was given a text that encryptStringWithKey did not make");
        }
        catch (CryptographicException)
        {
            throw call.Refuse("cannot open the text: the key is another one, or the text was changed");
        }
    }

    private static AesGcm Cipher(string key, ReadOnlySpan<byte> text) =>
        new(Rfc2898DeriveBytes.Pbkdf2(Encoding.UTF8.GetBytes(key), text.Slice(1, SaltBytes), Rounds, HashAlgorithmName.SHA256, 32), TagBytes);

    private static Span<byte> Nonce(byte[] text) => text.AsSpan(1 + SaltBytes, NonceBytes);

    private static Span<byte> Tag(byte[] text) => text.AsSpan(1 + SaltBytes + NonceBytes, TagBytes);
}
