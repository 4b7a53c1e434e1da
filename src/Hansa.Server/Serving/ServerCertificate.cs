using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hansa.Model;

namespace Hansa.Server;

/// <summary>The certificate that this server shows, with the chain behind it: PEM files, read again when they change, so that a renewed one needs no restart.</summary>
internal sealed class ServerCertificate
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(10);

    private readonly string _file;
    private readonly string _keyFile;
    private readonly TimeProvider _time;
    private readonly Action<string> _warn;
    private readonly Lock _lock = new();
    private SslStreamCertificateContext _shown;
    private (DateTime Certificate, DateTime Key) _stamp;
    private long _looked;

    private ServerCertificate(string file, string keyFile, TimeProvider time, Action<string> warn)
    {
        (_file, _keyFile, _time, _warn) = (file, keyFile, time, warn);
        (_stamp, _looked) = (Stamp(), time.GetTimestamp());
        _shown = Read();
    }

    /// <summary>Reads the files.</summary>
    /// <param name="file">The certificate, and the chain behind it, as PEM.</param>
    /// <param name="keyFile">The private key as PEM; null where it stands in the same file.</param>
    /// <param name="time">The clock.</param>
    /// <param name="warn">Told why a changed file is not used.</param>
    /// <exception cref="PlatformException">A file is missing, is no PEM, or the key is of another certificate.</exception>
    public static ServerCertificate Open(string file, string? keyFile, TimeProvider time, Action<string> warn) => new(file, keyFile ?? file, time, warn);

    /// <summary>What a handshake that begins now shows.</summary>
    public SslStreamCertificateContext Shown
    {
        get
        {
            lock (_lock)
            {
                if (_time.GetElapsedTime(_looked) < LookEvery)
                    return _shown;
                _looked = _time.GetTimestamp();
                var stamp = Stamp();
                if (stamp == _stamp)
                    return _shown;
                try
                {
                    _shown = Read();
                    _stamp = stamp;
                }
                catch (PlatformException e)
                {
                    _warn($"The changed certificate is not used, the one before is shown on: {e.Message}");
                }

                return _shown;
            }
        }
    }

    private (DateTime, DateTime) Stamp() => (File.GetLastWriteTimeUtc(_file), File.GetLastWriteTimeUtc(_keyFile));

    private SslStreamCertificateContext Read()
    {
        try
        {
            using var pem = X509Certificate2.CreateFromPemFile(_file, _keyFile);
            var chain = new X509Certificate2Collection();
            chain.ImportFromPemFile(_file);
            // The leaf stands in the file as well; the context wants what is behind it.
            var behind = new X509Certificate2Collection(chain.Where(one => !one.RawDataMemory.Span.SequenceEqual(pem.RawDataMemory.Span)).ToArray());
            // A key that was only read has no store; TLS wants one that has.
            var own = X509CertificateLoader.LoadPkcs12(pem.Export(X509ContentType.Pkcs12), password: null);
            return SslStreamCertificateContext.Create(own, behind, offline: true);
        }
        catch (Exception e) when (e is CryptographicException or IOException or UnauthorizedAccessException or ArgumentException)
        {
            throw new PlatformException(ErrorCode.BadRequest, $"The certificate {_file} with the key {_keyFile} cannot be used; both are PEM, and the key is the certificate's: {e.Message}", e);
        }
    }
}
