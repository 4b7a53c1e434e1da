using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hansa.Web;

/// <summary>The door: everything below <c>/Thingworx</c>.</summary>
public static class HansaWeb
{
    /// <summary>Adds what the door is made of.</summary>
    public static IServiceCollection AddHansaWeb(this IServiceCollection services) =>
        services
        .AddSingleton<RequestIdentity>().AddSingleton<RestEndpoint>().AddSingleton<ImportEndpoint>().AddSingleton<FileEndpoint>()
        .AddSingleton<LiveOptions>().AddSingleton<LiveTopics>().AddSingleton<LiveEndpoint>()
        .AddSingleton<IPropertyObserver>(p => p.GetRequiredService<LiveTopics>())
        .AddSingleton<WebSessionOptions>().AddSingleton<WebSessions>().AddSingleton<SessionEndpoint>().AddBuiltIn<SessionFunctionsResource>()
        .AddSingleton(_ => new ComposerFiles(Path.Combine(AppContext.BaseDirectory, "composer"))).AddSingleton<ThingworxDoor>();

    /// <summary>Serves <c>/Thingworx</c>.</summary>
    public static void UseHansaWeb(this WebApplication app)
    {
        var door = app.Services.GetRequiredService<ThingworxDoor>();
        app.UseWebSockets();
        app.Run(door.ServeAsync);
    }
}

/// <summary>Finds the right endpoint, and turns failures into statuses with a text that says what is wrong.</summary>
internal sealed partial class ThingworxDoor(
    RestEndpoint rest, ImportEndpoint import, FileEndpoint files, SessionEndpoint session, LiveEndpoint live, ComposerFiles composer, EntityPages pages, RequestIdentity identity, ISocketGateway sockets, PlatformRuntime runtime,
    IHostApplicationLifetime lifetime, ILogger<ThingworxDoor> logger)
{
    private const string Root = "/Thingworx/";

    public async Task ServeAsync(HttpContext http)
    {
        try
        {
            await RouteAsync(http);
        }
        catch (PlatformException e)
        {
            await RefuseAsync(http, e.Code.ToHttp(), e.Message);
        }
        catch (BadHttpRequestException e)
        {
            await RefuseAsync(http, e.StatusCode, e.Message);
        }
        catch (InvalidDataException e)
        {
            // What the framework says of a form that is broken or beyond its limits.
            await RefuseAsync(http, StatusCodes.Status400BadRequest, e.Message);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
        }
        catch (Exception e)
        {
            LogFailed(http.Request.Method, http.Request.Path, http.TraceIdentifier, e);
            await RefuseAsync(http, StatusCodes.Status500InternalServerError, $"The server failed on this request; its log tells why under {http.TraceIdentifier}.");
        }
    }

    private Task RouteAsync(HttpContext http)
    {
        var path = http.Request.Path.Value ?? "/";
        if (path is "/" or "/Thingworx" or "/Thingworx/" or "/Composer" or "/Thingworx/Composer")
            return WelcomeAsync(http);
        if (!path.StartsWith(Root, StringComparison.Ordinal))
            throw NoSuchAddress(path);
        var below = path[Root.Length..];
        switch (below)
        {
            case "health":
                return TextAsync(http, "alive");
            case "ready":
                return runtime.IsReady ? TextAsync(http, "ready") : throw new PlatformException(ErrorCode.Unavailable, "The server is starting or stopping.");
            case "WS":
                return UpgradeAsync(http);
            case "Live":
                return live.ServeAsync(http);
            case "Importer":
                return import.ServeAsync(http);
            case "Session":
                return session.ServeAsync(http);
            case "FileRepositoryUploader":
                return files.UploadAsync(http);
            case "FileRepositoryDownloader":
                return files.DownloadAsync(http);
            case "openapi.json":
                http.Response.ContentType = "application/json; charset=utf-8";
                return http.Response.WriteAsync(pages.OpenApi(identity.UserOf(http)), http.RequestAborted);
        }

        if (below.StartsWith(FileEndpoint.Root, StringComparison.Ordinal))
            return files.DownloadAsync(http, below[FileEndpoint.Root.Length..]);
        if (below.StartsWith(ComposerFiles.Path, StringComparison.Ordinal))
            return composer.ServeAsync(http, below[ComposerFiles.Path.Length..]);
        if (RestAddress.Parse(below) is not { } address)
            throw NoSuchAddress(path);
        // Who types an entity's address into a browser wants to see it, not its JSON.
        if (address.Characteristics.Length == 0 && composer.IsThere && WantsPage(http.Request))
        {
            http.Response.Redirect($"{Root}{ComposerFiles.Path}{(address.Entity.Length == 0 ? "browse/" : "")}{http.Request.Path.ToUriComponent()[Root.Length..]}");
            return Task.CompletedTask;
        }

        return rest.ServeAsync(http, address);
    }

    private Task WelcomeAsync(HttpContext http)
    {
        if (!composer.IsThere)
            return TextAsync(http, "Hansa. The interface begins at /Thingworx; /Thingworx/openapi.json describes it.");
        http.Response.Redirect(Root + ComposerFiles.Path);
        return Task.CompletedTask;
    }

    private static bool WantsPage(HttpRequest request) => HttpMethods.IsGet(request.Method)
        && request.Headers.Accept.ToString().StartsWith("text/html", StringComparison.OrdinalIgnoreCase) && !request.Query.ContainsKey("Accept");

    private async Task UpgradeAsync(HttpContext http)
    {
        var offer = sockets.Offer(name => http.Request.Headers.TryGetValue(name, out var value) ? value.ToString() : null, http.Connection.RemoteIpAddress);
        var feature = http.Features.Get<IHttpUpgradeFeature>();
        if (offer.Refusal is not null || feature is not { IsUpgradableRequest: true })
            throw new PlatformException(ErrorCode.BadRequest, offer.Refusal ?? "This address is for WebSockets over HTTP/1.1.");
        foreach (var (name, value) in offer.Headers)
            http.Response.Headers[name] = value;
        await using var stream = await feature.UpgradeAsync();
        // Upgraded connections outlive their request's own end, so they are told when the server stops.
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(http.RequestAborted, lifetime.ApplicationStopping);
        await offer.ServeAsync(stream, ending.Token);
    }

    private static async Task RefuseAsync(HttpContext http, int status, string text)
    {
        if (http.Response.HasStarted)
        {
            // Half an answer is out: cutting it is the only way left to say that it is not whole.
            http.Abort();
            return;
        }

        http.Response.Clear();
        http.Response.StatusCode = status;
        // A browser would ask for name and password by itself, before the page that asked could do it better.
        var isFromPage = http.Request.Headers["Sec-Fetch-Mode"].ToString() is not ("" or "navigate");
        if (status == StatusCodes.Status401Unauthorized && !isFromPage)
            http.Response.Headers.WWWAuthenticate = "Basic realm=\"Hansa\", charset=\"UTF-8\"";
        await TextAsync(http, text);
    }

    private static Task TextAsync(HttpContext http, string text)
    {
        http.Response.ContentType = "text/plain; charset=utf-8";
        return http.Response.WriteAsync(text, http.RequestAborted);
    }

    private static PlatformException NoSuchAddress(string path) =>
        new(ErrorCode.NotFound, $"There is nothing at {path}; addresses are /Thingworx/<Collection>/<Entity>/<Services or Properties>/<Name>.");

    [LoggerMessage(3001, LogLevel.Error, "{Method} {Path} failed ({Trace}).")]
    private partial void LogFailed(string method, PathString path, string trace, Exception exception);
}
