namespace Hansa.Runtime;

/// <summary>Keeps secrets unreadable on disk.</summary>
public interface ISecretProtector
{
    /// <summary>Cipher text that only this data folder's keys open.</summary>
    string Protect(string secret);

    /// <summary>The secret again.</summary>
    /// <exception cref="Hansa.Model.PlatformException">The keys of the data folder are not those that protected it.</exception>
    string Unprotect(string cipherText);
}
