using System.Globalization;
using System.Net;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Dialing;

/// <summary>The client's half of the upgrade: TCP, proxy, TLS and HTTP, until there is a stream for frames.</summary>
public static class AlwaysOnDialer
{
    private const int MaxErrorText = 500;

    /// <summary>Dials a server.</summary>
    /// <param name="address">
    /// A <c>ws:</c> or <c>wss:</c> address, <see cref="Upgrade.Path"/> included; <c>http:</c> and <c>https:</c> mean
    /// the same.
    /// </param>
    /// <param name="options">How.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="DialException">It failed.</exception>
    public static async Task<DialResult> DialAsync(Uri address, DialOptions options, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(options.Limit, options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        // Disposing of the handler leaves a stream alone that has been upgraded.
        using var handler = Handler(options);
        using var invoker = new HttpMessageInvoker(handler);
        try
        {
            return await DialAsync(invoker, WebSocketAddress(address), options, either.Token);
        }
        catch (Exception e) when (either.IsCancellationRequested && e is not DialException)
        {
            // A cancelled connect may show as any failure.
            cancellationToken.ThrowIfCancellationRequested();
            throw new DialException(
                DialFailure.Timeout, $"{address.Authority} did not answer within {options.Limit.TotalSeconds:0.###} s.", inner: e);
        }
        catch (HttpRequestException e)
        {
            throw Explain(address, options, e);
        }
        catch (IOException e) when (e is not DialException)
        {
            throw new DialException(DialFailure.Unreachable, $"{address.Authority} broke off: {e.Message}", inner: e);
        }
    }

    private static async Task<DialResult> DialAsync(
        HttpMessageInvoker invoker, Uri address, DialOptions options, CancellationToken cancellationToken)
    {
        var key = Convert.ToBase64String(RandomNumberGenerator.GetBytes(16));
        using var request = Request(address, options, key);
        var response = await invoker.SendAsync(request, cancellationToken);
        try
        {
            if (response.StatusCode != HttpStatusCode.SwitchingProtocols)
                throw await RefusalAsync(address, response, cancellationToken);
            var headers = response.Headers.ToDictionary(
                header => header.Key, header => string.Join(", ", header.Value), StringComparer.OrdinalIgnoreCase);
            var deflate = Check(headers, key, options);
            var isHansa = headers.GetValueOrDefault(Upgrade.HansaHeader) == "1";
            return new(await response.Content.ReadAsStreamAsync(cancellationToken), isHansa, deflate, headers);
        }
        catch
        {
            response.Dispose();
            throw;
        }
    }

    private static SocketsHttpHandler Handler(DialOptions options)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            UseProxy = options.Proxy is not null,
            Proxy = options.Proxy,
        };
        if (options.Trusted is { } trusted)
        {
            handler.SslOptions.RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                certificate is X509Certificate2 own && trusted.Trusts(own, chain, errors);
        }

        return handler;
    }

    private static HttpRequestMessage Request(Uri address, DialOptions options, string key)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, address)
        {
            Version = HttpVersion.Version11,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
        };
        Add("User-Agent", options.UserAgent);
        Add("Upgrade", "websocket");
        Add("Connection", "Upgrade");
        Add("Sec-WebSocket-Version", "13");
        Add("Sec-WebSocket-Key", key);
        Add("Sec-WebSocket-Extensions", DeflateOffer.Header(options.Deflate));
        Add("Max-Frame-Size", options.MaxFrameSize.ToString(CultureInfo.InvariantCulture));
        Add("appKey", options.ApplicationKey);
        Add(Upgrade.HansaHeader, options.IsHansa ? "1" : null);
        foreach (var (name, value) in options.Headers)
            Add(name, value);
        return request;

        void Add(string name, string? value)
        {
            if (value is not null)
                request.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static Uri WebSocketAddress(Uri address) => address.Scheme switch
    {
        "ws" or "wss" => address,
        "http" => new UriBuilder(address) { Scheme = "ws", Port = address.Port }.Uri,
        "https" => new UriBuilder(address) { Scheme = "wss", Port = address.Port }.Uri,
        var other => throw new DialException(DialFailure.Unreachable, $"'{other}:' is no address of a server; use wss: or ws:."),
    };

    private static Deflate Check(Dictionary<string, string> headers, string key, DialOptions options)
    {
        if (headers.GetValueOrDefault("Sec-WebSocket-Accept") != Upgrade.AcceptKey(key))
            throw new DialException(DialFailure.NotWebSocket, "The server's 101 is not the answer to this request: a cache or proxy stands between.");
        var extensions = headers.GetValueOrDefault("Sec-WebSocket-Extensions");
        return DeflateOffer.Agree(options.Deflate, extensions)
            ?? throw new DialException(DialFailure.NotWebSocket, $"The server agrees to '{extensions}', which was not offered.");
    }

    private static async Task<DialException> RefusalAsync(Uri address, HttpResponseMessage response, CancellationToken cancellationToken)
    {
        var status = (int)response.StatusCode;
        var text = await ShortTextAsync(response.Content, cancellationToken);
        return response.StatusCode == HttpStatusCode.ProxyAuthenticationRequired
            ? new(DialFailure.Proxy, "The proxy wants other credentials (407).", status)
            : new(DialFailure.Refused, $"{address.Authority} answered {status} {response.ReasonPhrase} instead of 101. {text}".TrimEnd(), status);
    }

    private static async Task<string> ShortTextAsync(HttpContent content, CancellationToken cancellationToken)
    {
        await using var stream = await content.ReadAsStreamAsync(cancellationToken);
        using var reader = new StreamReader(stream);
        var text = new char[MaxErrorText];
        var length = await reader.ReadBlockAsync(text, cancellationToken);
        return new string(text, 0, length).Trim();
    }

    private static DialException Explain(Uri address, DialOptions options, HttpRequestException e)
    {
        var status = e.StatusCode is { } code ? (int)code : (int?)null;
        var detail = (e.InnerException ?? e).Message;
        return e.HttpRequestError switch
        {
            HttpRequestError.ProxyTunnelError when status == 407 || detail.Contains("407", StringComparison.Ordinal) =>
                new(DialFailure.Proxy, "The proxy wants other credentials (407).", 407, e),
            HttpRequestError.ProxyTunnelError => new(DialFailure.Proxy, $"The proxy did not open a way to {address.Authority}: {detail}", status, e),
            HttpRequestError.SecureConnectionError => new(DialFailure.Tls, $"TLS with {address.Authority} failed: {detail}", status, e),
            _ when e.InnerException is AuthenticationException => new(DialFailure.Tls, $"TLS with {address.Authority} failed: {detail}", status, e),
            _ => new(
                DialFailure.Unreachable,
                $"{address.Authority} cannot be reached{(options.Proxy is null ? "" : " through the proxy")}: {detail}",
                status,
                e),
        };
    }
}
