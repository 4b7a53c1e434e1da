using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hansa.Testing;

/// <summary>A certificate for a server under test, and the authority that issued it, as PEM files.</summary>
public sealed class TestCertificate : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hansa-tls-").FullName;

    private TestCertificate()
    {
        using var rootKey = RSA.Create(2048);
        var root = new CertificateRequest("CN=Hansa test authority", rootKey, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        root.CertificateExtensions.Add(new X509BasicConstraintsExtension(certificateAuthority: true, hasPathLengthConstraint: false, 0, critical: true));
        var from = DateTimeOffset.UtcNow.AddDays(-1);
        Authority = root.CreateSelfSigned(from, from.AddDays(30));
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var own = request.Create(Authority, from, from.AddDays(20), RandomNumberGenerator.GetBytes(8));
        Fingerprint = own.GetCertHashString(HashAlgorithmName.SHA256);
        File.WriteAllText(CertificateFile, own.ExportCertificatePem());
        File.WriteAllText(KeyFile, key.ExportPkcs8PrivateKeyPem());
    }

    /// <summary>The authority.</summary>
    public X509Certificate2 Authority { get; }

    /// <summary>SHA-256 of the server's own certificate.</summary>
    public string Fingerprint { get; }

    /// <summary>The server's certificate as PEM.</summary>
    public string CertificateFile => Path.Combine(_folder, "server.pem");

    /// <summary>Its key as PEM.</summary>
    public string KeyFile => Path.Combine(_folder, "server.key");

    /// <summary>Makes both.</summary>
    public static TestCertificate Make() => new();

    /// <summary>Puts another certificate of another authority in the place of this one, as a renewal does.</summary>
    public void ReplaceBy(TestCertificate other)
    {
        File.Copy(other.KeyFile, KeyFile, overwrite: true);
        File.Copy(other.CertificateFile, CertificateFile, overwrite: true);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Authority.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
