using System.Text.Json;
using System.Text.Json.Nodes;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.Http;

namespace Hansa.Web;

/// <summary><c>/Thingworx/Session</c>: POST signs in and gives a cookie, GET tells who is signed in and where, DELETE signs out.</summary>
internal sealed class SessionEndpoint(
    WebSessions sessions, Authenticator authenticator, RequestIdentity identity, ServiceInvoker invoker, EntityDirectory directory, TimeProvider time)
{
    private const int MostBytes = 16 << 10;

    private static readonly string Version = typeof(SessionEndpoint).Assembly.GetName().Version!.ToString(3);

    public Task ServeAsync(HttpContext http) => http.Request.Method switch
    {
        "GET" => ShowAsync(http),
        "POST" => BeginAsync(http),
        "DELETE" => EndAsync(http),
        var method => throw new PlatformException(ErrorCode.MethodNotAllowed, $"{method} is not for this address. A session is begun by POST, read by GET and ended by DELETE."),
    };

    // Nobody is no error: a page that asks first wants to know whether to sign in, and where.
    private Task ShowAsync(HttpContext http) => identity.SaysWho(http)
        ? WriteAsync(http, identity.UserOf(http), identity.SessionOf(http))
        : WriteAsync(http, null, null);

    private async Task BeginAsync(HttpContext http)
    {
        // Another site's form could sign a visitor in under a name of its own.
        RequestIdentity.DemandGuard(http);
        var (name, password) = await ReadAsync(http);
        var from = http.Connection.RemoteIpAddress;
        var user = authenticator.SignIn(name, password, from);
        var (token, session) = sessions.Begin(user, from);
        http.Response.Cookies.Append(RequestIdentity.CookieName, token, Cookie(http));
        await WriteAsync(http, user, session);
    }

    private Task EndAsync(HttpContext http)
    {
        RequestIdentity.DemandGuard(http);
        if (http.Request.Cookies.TryGetValue(RequestIdentity.CookieName, out var token))
            sessions.End(token);
        http.Response.Cookies.Delete(RequestIdentity.CookieName, Cookie(http));
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }

    private static CookieOptions Cookie(HttpContext http) =>
        new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = http.Request.IsHttps, Path = "/Thingworx", IsEssential = true };

    private static async Task<(string Name, string Password)> ReadAsync(HttpContext http)
    {
        if (http.Request.ContentLength is > MostBytes)
            throw new PlatformException(ErrorCode.TooLarge, "The body is no name and password.");
        try
        {
            using var body = await JsonDocument.ParseAsync(http.Request.Body, ValueJson.DocumentOptions, http.RequestAborted);
            if (body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("userName", out var name) && name.ValueKind == JsonValueKind.String
                && body.RootElement.TryGetProperty("password", out var password) && password.ValueKind == JsonValueKind.String)
                return (name.GetString()!, password.GetString()!);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            throw new PlatformException(ErrorCode.BadRequest, "The body is not JSON.", e);
        }

        throw new PlatformException(ErrorCode.BadRequest, "The body must be a JSON object with the texts 'userName' and 'password'.");
    }

    private async Task WriteAsync(HttpContext http, string? userName, WebSession? session)
    {
        var principal = userName is null ? null : invoker.FindPrincipal(userName);
        var now = time.GetUtcNow();
        var (server, description) = ServerIdentity();
        var shown = new JsonObject
        {
            ["user"] = userName,
            ["description"] = userName is null ? null : directory.Find(new(EntityKind.Users, userName))?.Definition.Description,
            ["groups"] = new JsonArray([.. (principal?.Groups ?? []).Order(StringComparer.Ordinal).Select(group => JsonValue.Create(group))]),
            ["isAdministrator"] = principal?.IsAdministrator ?? false,
            ["server"] = new JsonObject
            {
                ["name"] = server, ["description"] = description, ["version"] = userName is null ? null : Version, ["time"] = now.ToUnixTimeMilliseconds(), ["timeZone"] = TimeZoneInfo.Local.Id,
            },
            ["expires"] = session is null ? null : sessions.Expires(session).ToUnixTimeMilliseconds(),
        };
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.CacheControl = "no-store";
        await http.Response.WriteAsync(shown.ToJsonString(), http.RequestAborted);
    }

    private (string Name, string Description) ServerIdentity() =>
        directory.Find(new(EntityKind.Subsystems, "FederationSubsystem"))?.Configuration("ServerIdentification") is { RowCount: > 0 } table
            ? (table[0, "serverName"].ToString(), table[0, "serverDescription"].ToString()) : ("", "");
}
