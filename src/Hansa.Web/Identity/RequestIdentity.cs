using System.Text;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.Http;

namespace Hansa.Web;

/// <summary>Finds out who makes a request: application key (header or query), Basic, or a session's cookie (spec platform 5.3).</summary>
internal sealed class RequestIdentity(Authenticator authenticator, WebSessions sessions)
{
    /// <summary>The cookie of a session.</summary>
    public const string CookieName = "hansa-session";

    private const string GuardName = "X-XSRF-TOKEN";
    private const string GuardValue = "TWX-XSRF-TOKEN-VALUE";

    /// <summary>The user whose rights the request has.</summary>
    /// <exception cref="PlatformException">Unauthorized; Forbidden where a cookie comes without the guard that other sites cannot send.</exception>
    public string UserOf(HttpContext http)
    {
        var key = http.Request.Headers["appKey"].FirstOrDefault() ?? http.Request.Query["appKey"].FirstOrDefault();
        if (!string.IsNullOrEmpty(key))
            return authenticator.SignIn(key, http.Connection.RemoteIpAddress).UserName;
        var authorization = http.Request.Headers.Authorization.ToString();
        if (authorization.Length == 0 && SessionOf(http) is { } session)
        {
            if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
                DemandGuard(http);
            return session.UserName;
        }

        var (name, password) = Basic(authorization);
        return authenticator.SignIn(name, password, http.Connection.RemoteIpAddress);
    }

    /// <summary>Whether the request names a user at all, by whatever means.</summary>
    public bool SaysWho(HttpContext http) => http.Request.Headers.ContainsKey("appKey") || http.Request.Query.ContainsKey("appKey")
        || http.Request.Headers.Authorization.Count > 0 || SessionOf(http) is not null;

    /// <summary>The session of the request's cookie, null where it has none that lives.</summary>
    public WebSession? SessionOf(HttpContext http) => http.Request.Cookies.TryGetValue(CookieName, out var token) ? sessions.Find(token) : null;

    /// <summary>Refuses a request that another site's page could have made the browser send (spec platform 5.3).</summary>
    /// <exception cref="PlatformException">Forbidden.</exception>
    public static void DemandGuard(HttpContext http)
    {
        if (http.Request.Headers[GuardName] != GuardValue)
            throw new PlatformException(ErrorCode.Forbidden, $"A request with a session's cookie that changes something needs the header {GuardName}: {GuardValue}.");
    }

    private static (string Name, string Password) Basic(string header)
    {
        const string scheme = "Basic ";
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            throw new PlatformException(ErrorCode.Unauthorized, "Sign in with an application key (header appKey), with user name and password (Basic), or in the browser.");
        var bytes = new byte[header.Length];
        var text = Convert.TryFromBase64String(header[scheme.Length..].Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0
            ? (text[..colon], text[(colon + 1)..])
            : throw new PlatformException(ErrorCode.Unauthorized, "The Basic credentials are not base64 of name:password.");
    }
}
