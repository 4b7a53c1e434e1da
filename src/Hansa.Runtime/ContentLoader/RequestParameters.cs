using System.Buffers;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Hansa.Model;

namespace Hansa.Runtime;

/// <summary>What every service of ContentLoaderFunctions takes (spec platform 3.7).</summary>
[ParameterGroup]
public sealed class RequestParameters(
    [Parameter(IsRequired = true, Description = "Where to: http or https, without user and password in it.")] string url,
    [Parameter(BaseType.JSON, Description = "Headers: an object of texts.")] string? headers,
    [Parameter(Description = "With password: sent as Basic authentication.")] string? username,
    [Parameter(Description = "With username: sent as Basic authentication.")] string? password,
    [Parameter(Description = "Seconds for the whole call; what the server is set to where none are given, and never more than it is set to.")] double? timeout,
    [Parameter(Description = "Takes any certificate, also a forged one.")] bool ignoreSSLErrors,
    [Parameter(Description = "Goes through the proxy that is named.")] bool useProxy,
    [Parameter(Description = "The proxy's host, which must be one that may be reached.")] string? proxyHost,
    [Parameter(Description = "The proxy's port; 80 where none is given.")] int? proxyPort,
    [Parameter(Description = "http (default) or https: how the proxy itself is spoken to.")] string? proxyScheme,
    [Parameter(Description = "Refused: NTLM does not exist here.")] bool useNTLM,
    [Parameter(Description = "Of NTLM; without meaning here.")] string? domain,
    [Parameter(Description = "Of NTLM; without meaning here.")] string? workstation)
{
    private static readonly SearchValues<char> Token = SearchValues.Create("!#$%&'*+-.^_`|~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");

    // What the connection says of itself is not the caller's to say.
    private static readonly HashSet<string> Reserved = new(StringComparer.OrdinalIgnoreCase)
    {
        "Host", "Connection", "Content-Length", "Expect", "Keep-Alive", "Proxy-Authorization", "Proxy-Connection", "TE", "Trailer", "Transfer-Encoding", "Upgrade",
    };

    /// <summary>The request, as far as all services share it.</summary>
    /// <exception cref="PlatformException">BadRequest that names the parameter; NotSupported for NTLM.</exception>
    internal ContentRequest Read()
    {
        _ = (domain, workstation);
        if (useNTLM)
            throw new PlatformException(ErrorCode.NotSupported, "Parameter 'useNTLM': NTLM does not exist here; give username and password, or a header Authorization of your own.");
        if (timeout is not (null or (> 0 and < double.PositiveInfinity)))
            throw Errors.Bad("Parameter 'timeout' is a number of seconds above 0.");
        return new(Target(url), Headers(), Authorization())
        {
            Timeout = timeout is { } seconds ? TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(1).TotalSeconds)) : null,
            TakesAnyCertificate = ignoreSSLErrors,
            Proxy = useProxy ? Proxy() : null,
        };
    }

    // No part of the address but its origin is ever shown: paths and queries carry keys.
    private static Uri Target(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var target) || !ContentRequest.IsWeb(target))
            throw Errors.Bad("Parameter 'url' is no address that begins with http:// or https://.");
        return target.UserInfo.Length == 0 ? target
            : throw Errors.Bad("Parameter 'url' has a user or password in it; give them as 'username' and 'password'.");
    }

    private List<KeyValuePair<string, string>> Headers()
    {
        var result = new List<KeyValuePair<string, string>>();
        if (headers is null)
            return result;
        using var given = JsonDocument.Parse(headers);
        if (given.RootElement.ValueKind != JsonValueKind.Object)
            throw Errors.Bad("Parameter 'headers' is no object of names and texts.");
        foreach (var header in given.RootElement.EnumerateObject().Where(header => header.Value.ValueKind != JsonValueKind.Null))
        {
            if (header.Name.Length == 0 || header.Name.AsSpan().ContainsAnyExcept(Token))
                throw Errors.Bad("Parameter 'headers' has a name that is none of a header.");
            if (Reserved.Contains(header.Name))
                throw Errors.Bad($"Parameter 'headers': [{header.Name}] is set by the connection itself.");
            if (header.Value.ValueKind is JsonValueKind.Object or JsonValueKind.Array)
                throw Errors.Bad($"Parameter 'headers': the value of [{header.Name}] is no text.");
            var value = header.Value.ToString();
            if (value.AsSpan().ContainsAnyExceptInRange(' ', '~'))
                throw Errors.Bad($"Parameter 'headers': the value of [{header.Name}] has characters other than those of ASCII in one line.");
            result.Add(new(header.Name, value));
        }

        return result;
    }

    private AuthenticationHeaderValue? Authorization() => string.IsNullOrEmpty(username) ? null
        : password == ConfigurationSecrets.MaskText ? throw Errors.Bad("Parameter 'password' is the mask that is shown in place of a PASSWORD, not the password.")
        : username.Contains(':', StringComparison.Ordinal) ? throw Errors.Bad("Parameter 'username' has a colon, which Basic authentication cannot carry.")
        : new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{username}:{password}")));

    private Uri Proxy()
    {
        var scheme = string.IsNullOrEmpty(proxyScheme) ? "http" : proxyScheme.ToLowerInvariant();
        if (scheme is not ("http" or "https"))
            throw Errors.Bad("Parameter 'proxyScheme' is http or https.");
        if (string.IsNullOrEmpty(proxyHost) || Uri.CheckHostName(proxyHost) == UriHostNameType.Unknown)
            throw Errors.Bad("Parameter 'proxyHost' names no host; with useProxy it must.");
        return proxyPort is null or (> 0 and <= ushort.MaxValue) ? new UriBuilder(scheme, proxyHost, proxyPort ?? 80).Uri
            : throw Errors.Bad("Parameter 'proxyPort' is a number from 1 to 65535.");
    }
}
