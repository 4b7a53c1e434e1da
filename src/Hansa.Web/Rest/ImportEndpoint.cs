using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.Http;

namespace Hansa.Web;

/// <summary><c>POST /Thingworx/Importer?purpose=import</c>: entity XML as an upload or as the body itself (spec platform 5.6).</summary>
internal sealed class ImportEndpoint(EntityImporter importer, RequestIdentity identity)
{
    public async Task ServeAsync(HttpContext http)
    {
        var user = identity.UserOf(http);
        if (http.Request.Method != "POST")
            throw new PlatformException(ErrorCode.MethodNotAllowed, "A file is imported by POST.");
        var report = new List<string>();
        if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (form.Files.Count == 0)
                throw new PlatformException(ErrorCode.BadRequest, "The upload holds no file.");
            foreach (var file in form.Files)
            {
                await using var stream = file.OpenReadStream();
                report.AddRange(await importer.ImportAsync(user, stream, http.RequestAborted));
            }
        }
        else
        {
            // The XML reader is synchronous, so the body is read first; its size is limited by the server.
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            body.Position = 0;
            report.AddRange(await importer.ImportAsync(user, body, http.RequestAborted));
        }

        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(string.Join('\n', report), http.RequestAborted);
    }
}
