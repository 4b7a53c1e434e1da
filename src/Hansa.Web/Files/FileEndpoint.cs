using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;

namespace Hansa.Web;

/// <summary>
/// Files of repositories (spec platform 5.6): <c>GET FileRepositories/X/path</c> and <c>GET FileRepositoryDownloader</c> for one who may invoke LoadBinary,
/// <c>POST FileRepositoryUploader</c> for one who may invoke SaveBinary.
/// </summary>
/// <remarks>What others have written is sent to browsers: only types that run nothing are shown there, all else is saved, and none is guessed at.</remarks>
internal sealed class FileEndpoint(FileRepositories repositories, RequestIdentity identity)
{
    public const string Root = "FileRepositories/";

    private const string AnyType = "application/octet-stream";

    private static readonly FileExtensionContentTypeProvider Types = new(new FileExtensionContentTypeProvider().Mappings) { Mappings = { [".log"] = "text/plain", [".md"] = "text/markdown" } };

    private static readonly HashSet<string> Harmless = new(StringComparer.OrdinalIgnoreCase)
    {
        "text/plain", "text/csv", "text/markdown", "application/json", "image/png", "image/jpeg", "image/gif", "image/webp", "image/bmp",
    };

    /// <summary>Sends the file that an address below <c>FileRepositories/</c> names.</summary>
    public Task DownloadAsync(HttpContext http, string path)
    {
        var slash = path.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 ? SendAsync(http, path[..slash], path[(slash + 1)..])
            : throw new PlatformException(ErrorCode.NotFound, "A file's address is /Thingworx/FileRepositories/<repository>/<path>.");
    }

    /// <summary>Sends the file that the query names.</summary>
    public Task DownloadAsync(HttpContext http) => SendAsync(http, Given(http.Request.Query["download-repository"], "download-repository"), Given(http.Request.Query["download-path"], "download-path"));

    /// <summary>Writes the files of a form; those that are there are replaced.</summary>
    public async Task UploadAsync(HttpContext http)
    {
        var user = identity.UserOf(http);
        if (!HttpMethods.IsPost(http.Request.Method) || !http.Request.HasFormContentType)
            throw new PlatformException(ErrorCode.MethodNotAllowed, "Files are sent by POST as multipart/form-data with upload-repository, upload-path and upload-files.");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var repository = Given(form["upload-repository"], "upload-repository");
        if (form.Files.Count == 0)
            throw new PlatformException(ErrorCode.BadRequest, "The upload holds no file.");
        foreach (var file in form.Files)
        {
            await using var content = file.OpenReadStream();
            await repositories.SaveAsync(user, repository, form["upload-path"].ToString(), file.FileName, content, http.RequestAborted);
        }

        http.Response.ContentLength = 0;
    }

    private static string Given(string? value, string name) =>
        string.IsNullOrEmpty(value) ? throw new PlatformException(ErrorCode.BadRequest, $"The request needs '{name}'.") : value;

    private async Task SendAsync(HttpContext http, string repository, string path)
    {
        var user = identity.UserOf(http);
        if (!HttpMethods.IsGet(http.Request.Method) && !HttpMethods.IsHead(http.Request.Method))
            throw new PlatformException(ErrorCode.MethodNotAllowed, "A file is read by GET; services of the repository change it.");
        var file = await repositories.OpenAsync(user, repository, path, http.RequestAborted);
        var type = Types.TryGetContentType(file.Name, out var known) ? known : AnyType;
        http.Response.Headers.XContentTypeOptions = "nosniff";
        http.Response.Headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        // The framework answers ranges and conditions, and disposes of the stream.
        await Results.File(
            file.Content, type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type, Harmless.Contains(type) ? null : file.Name,
            file.LastModified, enableRangeProcessing: true).ExecuteAsync(http);
    }
}
