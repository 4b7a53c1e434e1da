using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Hansa.AlwaysOn.Dialing;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Tests.Dialing;

/// <summary>Over real sockets: TCP, TLS, a proxy.</summary>
public class DialerTests
{
    private static readonly DialOptions Options = new() { UserAgent = "Hansa/test" };

    [Theory]
    [InlineData(Deflate.Off, false)]
    [InlineData(Deflate.WithTakeover, false)]
    [InlineData(Deflate.WithoutTakeover, true)]
    public async Task A_dialled_connection_works(Deflate deflate, bool isHansa)
    {
        var handler = new TestHandler();
        await using var server = HttpPeer.Server(handler);
        var dialled = await AlwaysOnDialer.DialAsync(server.Address, Options with { Deflate = deflate, IsHansa = isHansa }, default);
        (dialled.Deflate, dialled.IsHansa).ShouldBe((deflate, isHansa));
        await CheckAsync(dialled);
    }

    [Fact]
    public async Task The_request_says_what_the_server_needs_to_know()
    {
        IReadOnlyDictionary<string, string>? seen = null;
        await using var server = new HttpPeer(async (headers, stream) =>
        {
            seen = headers;
            await HttpPeer.AnswerAsync(stream, "403 Forbidden", "no");
        });
        await Should.ThrowAsync<DialException>(AlwaysOnDialer.DialAsync(
            server.Address,
            Options with { ApplicationKey = "key", MaxFrameSize = 16384, IsHansa = true, Headers = [new("X-Trace", "1")] },
            default));
        seen![":request"].ShouldBe("GET /Thingworx/WS HTTP/1.1");
        foreach (var (name, value) in new[]
        {
            ("User-Agent", "Hansa/test"), ("Upgrade", "websocket"), ("Connection", "Upgrade"), ("Sec-WebSocket-Version", "13"),
            ("Sec-WebSocket-Extensions", "permessage-deflate"), ("Max-Frame-Size", "16384"), ("appKey", "key"), ("Hansa-Link", "1"), ("X-Trace", "1"),
        })
            seen[name].ShouldBe(value);
    }

    [Fact]
    public async Task Another_status_than_101_is_told_with_its_text()
    {
        await using var server = HttpPeer.Answering("401 Unauthorized", "This key is not known.");
        var failure = await Should.ThrowAsync<DialException>(AlwaysOnDialer.DialAsync(server.Address, Options, default));
        (failure.Failure, failure.Status).ShouldBe((DialFailure.Refused, 401));
        failure.Message.ShouldContain("This key is not known.");
    }

    [Theory]
    [InlineData("Sec-WebSocket-Accept: wrong")]
    [InlineData("Sec-WebSocket-Accept: KEY\r\nSec-WebSocket-Extensions: permessage-deflate; client_max_window_bits=9")]
    [InlineData("Sec-WebSocket-Accept: KEY\r\nSec-WebSocket-Extensions: x-other")]
    public async Task A_101_that_fits_no_offer_is_refused(string headers)
    {
        await using var server = new HttpPeer(async (request, stream) =>
        {
            var answer = headers.Replace("KEY", Upgrade.AcceptKey(request["Sec-WebSocket-Key"]), StringComparison.Ordinal);
            await stream.WriteAsync(Encoding.ASCII.GetBytes(
                $"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n{answer}\r\n\r\n"));
        });
        var failure = await Should.ThrowAsync<DialException>(AlwaysOnDialer.DialAsync(server.Address, Options, default));
        failure.Failure.ShouldBe(DialFailure.NotWebSocket);
    }

    [Fact]
    public async Task Nobody_there_nobody_answering_and_no_such_host_are_told_apart_from_each_other()
    {
        using var closed = new TcpListener(IPAddress.Loopback, 0);
        closed.Start();
        var port = ((IPEndPoint)closed.LocalEndpoint).Port;
        closed.Stop();
        (await FailAsync(new($"ws://localhost:{port}/"), Options)).Failure.ShouldBe(DialFailure.Unreachable);

        await using var mute = new HttpPeer((_, _) => Task.Delay(Timeout.Infinite));
        var late = await FailAsync(mute.Address, Options with { Limit = TimeSpan.FromMilliseconds(200) });
        late.Failure.ShouldBe(DialFailure.Timeout, late.ToString());
        (await FailAsync(new("ftp://localhost/"), Options)).Message.ShouldContain("wss:");

        using var cancel = new CancellationTokenSource(100);
        await Should.ThrowAsync<OperationCanceledException>(AlwaysOnDialer.DialAsync(mute.Address, Options, cancel.Token));
    }

    [Fact]
    public async Task A_certificate_is_trusted_by_pem_by_authority_or_by_fingerprint_and_not_otherwise()
    {
        using var authority = Certificate("CN=Authority", issuer: null, "authority");
        using var own = Certificate("CN=localhost", authority, "localhost");
        using var misnamed = Certificate("CN=elsewhere", authority, "elsewhere.test");
        await using var server = HttpPeer.Server(new TestHandler(), certificate: own);
        await using var other = HttpPeer.Server(new TestHandler(), certificate: misnamed);

        var failure = await FailAsync(server.Address, Options);
        failure.Failure.ShouldBe(DialFailure.Tls);
        foreach (var trusted in new[] { own.ExportCertificatePem(), authority.ExportCertificatePem(), Fingerprint(own) })
            await CheckAsync(await AlwaysOnDialer.DialAsync(server.Address, Options with { Trusted = TrustedCertificate.Parse(trusted) }, default));
        await CheckAsync(await AlwaysOnDialer.DialAsync(other.Address, Options with { Trusted = TrustedCertificate.Parse(Fingerprint(misnamed)) }, default));

        (await FailAsync(other.Address, Options with { Trusted = TrustedCertificate.Parse(authority.ExportCertificatePem()) })).Failure.ShouldBe(DialFailure.Tls);
        (await FailAsync(server.Address, Options with { Trusted = TrustedCertificate.Parse(Fingerprint(misnamed)) })).Failure.ShouldBe(DialFailure.Tls);
        Should.Throw<Model.PlatformException>(() => TrustedCertificate.Parse("what?"));
    }

    [Fact]
    public async Task A_proxy_is_asked_to_connect_with_its_credentials()
    {
        await using var server = HttpPeer.Server(new TestHandler());
        await using var proxy = Proxy(wants: "Basic " + Convert.ToBase64String("me:secret"u8));
        var address = new Uri($"http://localhost:{proxy.Port}");
        var right = Options with { Proxy = new WebProxy(address) { Credentials = new NetworkCredential("me", "secret") } };
        await CheckAsync(await AlwaysOnDialer.DialAsync(server.Address, right, default));

        var wrong = Options with { Proxy = new WebProxy(address) { Credentials = new NetworkCredential("me", "guess") } };
        var failure = await FailAsync(server.Address, wrong);
        (failure.Failure, failure.Status).ShouldBe((DialFailure.Proxy, 407));
    }

    private static Task<DialException> FailAsync(Uri address, DialOptions options) =>
        Should.ThrowAsync<DialException>(AlwaysOnDialer.DialAsync(address, options, default));

    private static async Task CheckAsync(DialResult dialled)
    {
        var handler = new TestHandler();
        await using var client = new AlwaysOnConnection(dialled.Stream, dialled.Apply(ConnectionOptions.Client), handler, TimeProvider.System);
        var running = client.RunAsync(default);
        (await client.AuthenticateAsync(AuthMessage.ApplicationKey("k"), Pair.Soon, default)).IsSuccess.ShouldBeTrue();
        foreach (var length in new[] { 1, 1000, 100_000, 1_000_000 })
            (await client.SendAsync(Requests.Echo(length), Pair.Soon, default)).Text()!.Length.ShouldBe(length);
        await client.CloseAsync(CloseCode.Normal, "done");
        await running.WaitAsync(Pair.Soon);
        (await handler.Closing).ShouldBeNull();
    }

    /// <summary>A proxy that opens a way for who knows the password.</summary>
    private static HttpPeer Proxy(string wants) => new(async (headers, stream) =>
    {
        if (headers.GetValueOrDefault("Proxy-Authorization") != wants)
        {
            await stream.WriteAsync("HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray());
            await stream.DisposeAsync();
            return;
        }

        var target = headers[":request"].Split(' ')[1].Split(':');
        using var onward = new TcpClient();
        await onward.ConnectAsync(target[0], int.Parse(target[1]));
        await stream.WriteAsync("HTTP/1.1 200 Connection established\r\n\r\n"u8.ToArray());
        await Task.WhenAny(stream.CopyToAsync(onward.GetStream()), onward.GetStream().CopyToAsync(stream));
        await stream.DisposeAsync();
    });

    private static X509Certificate2 Certificate(string subject, X509Certificate2? issuer, string name)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(issuer is null, hasPathLengthConstraint: false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName(name);
        request.CertificateExtensions.Add(names.Build());
        var days = issuer is null ? 2 : 1;
        var (from, to) = (DateTimeOffset.UtcNow.AddDays(-days), DateTimeOffset.UtcNow.AddDays(days));
        using var made = issuer is null
            ? request.CreateSelfSigned(from, to)
            : request.Create(issuer, from, to, RandomNumberGenerator.GetBytes(8)).CopyWithPrivateKey(key);
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pkcs12), null);
    }

    private static string Fingerprint(X509Certificate2 certificate) =>
        string.Join(':', certificate.GetCertHash(HashAlgorithmName.SHA256).Select(b => b.ToString("X2")));
}
