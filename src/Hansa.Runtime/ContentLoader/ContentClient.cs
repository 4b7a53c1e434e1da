using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Authentication;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>Asks web servers elsewhere on behalf of scripts: within limits, and only those that may be reached.</summary>
/// <remarks>Keeps connections open between calls, but nothing of a call itself: no cookie, no credential.</remarks>
public sealed class ContentClient : IDisposable
{
    private static readonly TimeSpan ConnectionLife = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(15);

    private readonly ContentLoaderOptions _options;
    private readonly TimeProvider _time;
    private readonly AddressRules _rules;
    private readonly HttpMessageInvoker _shared;
    private int _running;

    /// <summary>Makes the client; connections come with the first call.</summary>
    public ContentClient(ContentLoaderOptions options, TimeProvider time)
    {
        (_options, _time, _rules) = (options, time, new(options));
        _shared = Invoker(null, takesAnyCertificate: false);
    }

    /// <summary>Gives the addresses of a name, when a connection is made.</summary>
    internal Func<string, CancellationToken, Task<IPAddress[]>> Resolve { get; init; } = Dns.GetHostAddressesAsync;

    /// <summary>Asks, follows redirects, and reads the answer to its end.</summary>
    /// <exception cref="PlatformException">
    /// Forbidden: the address may not be reached; TooLarge; Timeout; Unavailable: too many calls at a time; BadGateway: the server is not
    /// there, does not speak HTTP, or has no certificate that is trusted.
    /// </exception>
    internal async Task<ContentAnswer> SendAsync(ContentRequest request, HttpMethod method, ContentBody? body, string accept, CancellationToken cancellationToken)
    {
        if (body?.Bytes.Length > _options.MaxContentBytes)
            throw new PlatformException(ErrorCode.TooLarge, $"The content has {body.Bytes.Length} bytes; the limit is {_options.MaxContentBytes}.");
        var timeout = TimeSpan.FromTicks(Math.Min((request.Timeout ?? _options.Timeout).Ticks, _options.MaxTimeout.Ticks));
        using var late = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, late.Token);
        // Proxy and certificates belong to connections, so a call that wants its own has connections of its own.
        using var own = request.Proxy is not null || request.TakesAnyCertificate ? Invoker(request.Proxy, request.TakesAnyCertificate) : null;
        var origin = ContentRequest.Origin(request.Url);
        try
        {
            if (Interlocked.Increment(ref _running) > _options.MaxCalls)
                throw new PlatformException(ErrorCode.Unavailable, $"{_options.MaxCalls} calls of ContentLoaderFunctions are under way; try again later.");
            return await FollowAsync(own ?? _shared, request, method, body, accept, either.Token);
        }
        catch (Exception e) when (e is HttpRequestException or IOException or InvalidDataException or OperationCanceledException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw late.IsCancellationRequested
                ? new PlatformException(ErrorCode.Timeout, $"[{origin}] did not answer within {timeout.TotalSeconds:0.###} s.", e)
                : Describe(e, origin);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _shared.Dispose();

    private async Task<ContentAnswer> FollowAsync(
        HttpMessageInvoker invoker, ContentRequest request, HttpMethod method, ContentBody? body, string accept, CancellationToken cancellationToken)
    {
        var (url, cookies) = (request.Url, new CookieContainer());
        for (var redirects = 0; ; redirects++)
        {
            using var message = request.MessageTo(url, method, body, accept, cookies.GetCookieHeader(url));
            using var response = await invoker.SendAsync(message, cancellationToken);
            Keep(cookies, url, response.Headers);
            if (response.Headers.Location is not { } location || (int)response.StatusCode is not (301 or 302 or 303 or 307 or 308))
                return await ContentAnswer.ReadAsync(url, response, cookies, _options.MaxAnswerBytes, cancellationToken);
            if (redirects == _options.MaxRedirects)
                throw new PlatformException(ErrorCode.BadGateway, $"[{ContentRequest.Origin(request.Url)}] redirects more than {_options.MaxRedirects} times.");
            url = Next(url, location);
            if ((int)response.StatusCode == 303 || ((int)response.StatusCode is 301 or 302 && method == HttpMethod.Post))
                (method, body) = (HttpMethod.Get, null);
        }
    }

    private static Uri Next(Uri url, Uri location)
    {
        if (!Uri.TryCreate(url, location, out var next) || !ContentRequest.IsWeb(next) || next.UserInfo.Length > 0)
            throw new PlatformException(ErrorCode.BadGateway, $"[{ContentRequest.Origin(url)}] redirects to what is no address of http or https.");
        return url.Scheme != Uri.UriSchemeHttps || next.Scheme == Uri.UriSchemeHttps ? next
            : throw new PlatformException(ErrorCode.BadGateway, $"[{ContentRequest.Origin(url)}] redirects from https to http, which is not followed.");
    }

    private static void Keep(CookieContainer cookies, Uri url, HttpResponseHeaders headers)
    {
        foreach (var cookie in headers.TryGetValues("Set-Cookie", out var values) ? values : [])
        {
            try
            {
                cookies.SetCookies(url, cookie);
            }
            catch (CookieException)
            {
                // A cookie that is none, or is for another server, is passed over, as browsers do.
            }
        }
    }

    private HttpMessageInvoker Invoker(Uri? proxy, bool takesAnyCertificate)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            // A proxy of the process's environment would connect in our place, without asking the rules.
            UseProxy = proxy is not null,
            Proxy = proxy is null ? null : new WebProxy(proxy),
            AutomaticDecompression = DecompressionMethods.All,
            ConnectCallback = ConnectAsync,
            ConnectTimeout = ConnectTimeout,
            PooledConnectionLifetime = ConnectionLife,
        };
        if (takesAnyCertificate)
        {
#pragma warning disable CA5359 // The caller asks for it, by name.
            handler.SslOptions.RemoteCertificateValidationCallback = (_, _, _, _) => true;
#pragma warning restore CA5359
        }

        return new(handler);
    }

    // What was checked is what is connected to: the name is not looked up again.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = IPAddress.TryParse(host, out var literal) ? [literal] : await Resolve(host, cancellationToken);
        if (!_rules.AllowsHost(host, port))
            addresses = [.. addresses.Where(address => _rules.Allows(address, port))];
        if (addresses.Length == 0)
        {
            // Without the address: what names of a network inside lead to is nothing for scripts to learn.
            throw new PlatformException(ErrorCode.Forbidden,
                $"Host [{host}], port {port}, has no address that ContentLoaderFunctions may reach; the operator can list it in ContentLoader:Allow.");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, port, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static PlatformException Describe(Exception e, string origin)
    {
        for (var inner = e; inner is not null; inner = inner.InnerException)
        {
            switch (inner)
            {
                case PlatformException refusal:
                    return refusal;
                case SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain }:
                    return new(ErrorCode.BadGateway, $"The host of [{origin}] is not known.", e);
                case SocketException { SocketErrorCode: not (SocketError.ConnectionReset or SocketError.Shutdown) } socket:
                    return new(ErrorCode.BadGateway, $"[{origin}] could not be reached: {socket.Message}.", e);
                case AuthenticationException:
                    return new(ErrorCode.BadGateway, $"[{origin}] has no certificate that is trusted here, or cannot agree on TLS.", e);
                case OperationCanceledException:
                    return new(ErrorCode.BadGateway, $"[{origin}] could not be reached: it does not take the connection.", e);
            }
        }

        return new(ErrorCode.BadGateway, $"[{origin}] broke off, or does not speak HTTP as it should.", e);
    }
}
