using Hansa.Model;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Hansa.Web;

/// <summary>Serves Composer, as it was built: any address of it is its one page, whose script shows what the address names.</summary>
internal sealed class ComposerFiles(string folder)
{
    /// <summary>Where Composer is below <c>/Thingworx/</c>.</summary>
    public const string Path = "Composer/";

    // The page runs no script but its own; components write their styles into the page.
    private const string Policy =
        "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; worker-src 'self' blob:; frame-ancestors 'none'; base-uri 'self'; object-src 'none'";

    private static readonly (string Coding, string Suffix)[] Codings = [("br", ".br"), ("gzip", ".gz")];

    private static readonly FileExtensionContentTypeProvider Types = new();

    private readonly string _root = System.IO.Path.GetFullPath(folder) + System.IO.Path.DirectorySeparatorChar;

    /// <summary>Whether Composer was built.</summary>
    public bool IsThere => File.Exists(_root + "index.html");

    public Task ServeAsync(HttpContext http, string path)
    {
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            throw new PlatformException(ErrorCode.MethodNotAllowed, "Composer's files are read by GET.");
        // Built files carry their content's digest in their name.
        var isAsset = path.StartsWith("assets/", StringComparison.Ordinal);
        var file = Find(path);
        if (file is null && isAsset)
            throw new PlatformException(ErrorCode.NotFound, $"Composer has no file {path}; reload the page if the server was updated.");
        file ??= Find("index.html") ?? throw new PlatformException(ErrorCode.NotFound, "This server was built without Composer.");
        var headers = http.Response.Headers;
        headers.CacheControl = isAsset ? "public, max-age=31536000, immutable" : "no-cache";
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = Policy;
        headers["Referrer-Policy"] = "same-origin";
        headers.Vary = "Accept-Encoding";
        http.Response.ContentType = Types.TryGetContentType(file, out var type) ? type : "application/octet-stream";
        var accepted = http.Request.Headers.AcceptEncoding.ToString();
        foreach (var (coding, suffix) in Codings)
        {
            if (!accepted.Contains(coding, StringComparison.OrdinalIgnoreCase) || !File.Exists(file + suffix))
                continue;
            headers.ContentEncoding = coding;
            file += suffix;
            break;
        }

        http.Response.ContentLength = new FileInfo(file).Length;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.SendFileAsync(file, http.RequestAborted);
    }

    private string? Find(string path)
    {
        var file = System.IO.Path.GetFullPath(_root + path);
        return file.StartsWith(_root, StringComparison.Ordinal) && File.Exists(file) ? file : null;
    }
}
