using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hansa.Model;

namespace Hansa.AlwaysOn.Dialing;

/// <summary>
/// A certificate that a person has decided to trust: PEM text, or the SHA-256 fingerprint of the server's own
/// certificate.
/// </summary>
/// <remarks>
/// With a fingerprint nothing else is trusted; PEM is trusted beside the machine's authorities. The server's own
/// certificate is trusted whatever name and dates it bears: it was meant. One that PEM authorities have issued
/// must bear the name that was dialled and be valid today.
/// </remarks>
public sealed class TrustedCertificate
{
    private readonly X509Certificate2Collection _certificates = [];
    private readonly byte[]? _fingerprint;

    private TrustedCertificate(byte[]? fingerprint) => _fingerprint = fingerprint;

    /// <summary>Reads PEM text with one or more certificates, or 64 hexadecimal digits with or without colons.</summary>
    /// <exception cref="PlatformException">BadRequest: it is neither.</exception>
    public static TrustedCertificate Parse(string text)
    {
        var digits = text.Trim().Replace(":", "", StringComparison.Ordinal);
        if (digits.Length == 64 && digits.All(char.IsAsciiHexDigit))
            return new(Convert.FromHexString(digits));
        var trusted = new TrustedCertificate(fingerprint: null);
        try
        {
            trusted._certificates.ImportFromPem(text);
        }
        catch (CryptographicException e)
        {
            throw new PlatformException(ErrorCode.BadRequest, "The trusted certificate cannot be read as PEM.", e);
        }

        return trusted._certificates.Count > 0
            ? trusted
            : throw new PlatformException(ErrorCode.BadRequest, "A trusted certificate is PEM text or a SHA-256 fingerprint of 64 hexadecimal digits.");
    }

    /// <summary>Whether a server that shows this certificate is trusted.</summary>
    /// <param name="certificate">The server's own.</param>
    /// <param name="chain">What it sent along.</param>
    /// <param name="errors">What the machine's authorities say.</param>
    public bool Trusts(X509Certificate2 certificate, X509Chain? chain, SslPolicyErrors errors)
    {
        if (_fingerprint is not null)
            return CryptographicOperations.FixedTimeEquals(certificate.GetCertHash(HashAlgorithmName.SHA256), _fingerprint);
        if (errors == SslPolicyErrors.None)
            return true;
        if (_certificates.Any(own => own.RawDataMemory.Span.SequenceEqual(certificate.RawDataMemory.Span)))
            return true;
        if (errors != SslPolicyErrors.RemoteCertificateChainErrors)
            return false;
        using var own = new X509Chain();
        own.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        own.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        own.ChainPolicy.CustomTrustStore.AddRange(_certificates);
        foreach (var element in chain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            own.ChainPolicy.ExtraStore.Add(element.Certificate);
        return own.Build(certificate);
    }
}
