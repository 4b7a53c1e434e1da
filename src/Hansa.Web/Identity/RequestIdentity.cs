using System.Text;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.Http;

namespace Hansa.Web;

/// <summary>Finds out who makes a request: application key (header or query) or Basic (spec platform 5.3).</summary>
internal sealed class RequestIdentity(Authenticator authenticator)
{
    /// <summary>The user whose rights the request has.</summary>
    /// <exception cref="PlatformException">Unauthorized.</exception>
    public string UserOf(HttpContext http)
    {
        var key = http.Request.Headers["appKey"].FirstOrDefault() ?? http.Request.Query["appKey"].FirstOrDefault();
        if (!string.IsNullOrEmpty(key))
            return authenticator.SignIn(key, http.Connection.RemoteIpAddress).UserName;
        var (name, password) = Basic(http.Request.Headers.Authorization.ToString());
        return authenticator.SignIn(name, password, http.Connection.RemoteIpAddress);
    }

    private static (string Name, string Password) Basic(string header)
    {
        const string scheme = "Basic ";
        if (!header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
            throw new PlatformException(ErrorCode.Unauthorized, "Sign in with an application key (header appKey) or with user name and password (Basic).");
        var bytes = new byte[header.Length];
        var text = Convert.TryFromBase64String(header[scheme.Length..].Trim(), bytes, out var length) ? Encoding.UTF8.GetString(bytes, 0, length) : "";
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        return colon >= 0
            ? (text[..colon], text[(colon + 1)..])
            : throw new PlatformException(ErrorCode.Unauthorized, "The Basic credentials are not base64 of name:password.");
    }
}
