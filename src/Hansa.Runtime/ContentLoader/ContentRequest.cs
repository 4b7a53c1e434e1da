using System.Net.Http.Headers;
using System.Text;

namespace Hansa.Runtime;

/// <summary>A request to a server elsewhere, as far as it does not depend on the service.</summary>
/// <param name="Url">Where to.</param>
/// <param name="Headers">Headers of the caller's own.</param>
/// <param name="Authorization">Who asks; null for nobody.</param>
internal sealed record ContentRequest(Uri Url, IReadOnlyList<KeyValuePair<string, string>> Headers, AuthenticationHeaderValue? Authorization)
{
    /// <summary>Time for all of it; null for the default.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Whether certificates are not looked at.</summary>
    public bool TakesAnyCertificate { get; init; }

    /// <summary>The proxy, null for none.</summary>
    public Uri? Proxy { get; init; }

    /// <summary>Whether an address is one of the web.</summary>
    public static bool IsWeb(Uri url) => url.Scheme == Uri.UriSchemeHttp || url.Scheme == Uri.UriSchemeHttps;

    /// <summary>Scheme, host and port: all of an address that an error may show.</summary>
    public static string Origin(Uri url) => url.GetLeftPart(UriPartial.Authority);

    /// <summary>A message of it to an address, which may be one that it was redirected to.</summary>
    /// <param name="url">Where to.</param>
    /// <param name="method">What is asked.</param>
    /// <param name="body">What is sent; null for nothing.</param>
    /// <param name="accept">What is hoped for, where the caller does not say it himself.</param>
    /// <param name="cookies">Those that the server set on the way here.</param>
    public HttpRequestMessage MessageTo(Uri url, HttpMethod method, ContentBody? body, string accept, string cookies)
    {
        var message = new HttpRequestMessage(method, url);
        if (body is not null)
        {
            message.Content = new ByteArrayContent(body.Bytes);
            message.Content.Headers.TryAddWithoutValidation("Content-Type", body.ContentType);
        }

        message.Headers.TryAddWithoutValidation("User-Agent", "Hansa");
        message.Headers.TryAddWithoutValidation("Accept", accept);
        // Whoever the caller's server sends us on to gets nothing of what was meant for that server.
        if (Origin(url) == Origin(Url))
        {
            message.Headers.Authorization = Authorization;
            foreach (var (name, value) in Headers)
                Set(message, name, value);
        }

        if (cookies.Length > 0)
            message.Headers.TryAddWithoutValidation("Cookie", cookies);
        return message;
    }

    private static void Set(HttpRequestMessage message, string name, string value)
    {
        if (!name.StartsWith("Content-", StringComparison.OrdinalIgnoreCase))
        {
            message.Headers.Remove(name);
            message.Headers.TryAddWithoutValidation(name, value);
        }
        else if (message.Content is { } content)
        {
            // What describes a body is left out where there is none.
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }
}

/// <summary>What a request sends.</summary>
internal sealed record ContentBody(byte[] Bytes, string ContentType)
{
    /// <summary>A text in UTF-8.</summary>
    public static ContentBody OfText(string? text, string mediaType) => new(Encoding.UTF8.GetBytes(text ?? ""),
        mediaType.Contains("charset", StringComparison.OrdinalIgnoreCase) ? mediaType : $"{mediaType}; charset=utf-8");
}
