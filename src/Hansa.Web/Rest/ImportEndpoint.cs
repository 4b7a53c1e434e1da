using System.Text.Json;
using System.Text.Json.Serialization;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.AspNetCore.Http;

namespace Hansa.Web;

/// <summary>
/// <c>POST /Thingworx/Importer?purpose=import</c>: entity XML as an upload or as the body itself (spec platform 5.6). With <c>purpose=check</c> it tells what
/// an import would do and changes nothing. The report is text, or JSON for who accepts that.
/// </summary>
internal sealed class ImportEndpoint(EntityImporter importer, RequestIdentity identity)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    public async Task ServeAsync(HttpContext http)
    {
        var user = identity.UserOf(http);
        if (http.Request.Method != "POST")
            throw new PlatformException(ErrorCode.MethodNotAllowed, "A file is imported by POST.");
        Func<string, Stream, CancellationToken, Task<ImportReport>> run = http.Request.Query["purpose"].ToString() switch
        {
            "" or "import" => importer.ImportAsync,
            "check" => importer.CheckAsync,
            var purpose => throw new PlatformException(ErrorCode.BadRequest, $"'{purpose}' is no purpose; there are import and check."),
        };
        var lines = new List<ImportLine>();
        if (http.Request.HasFormContentType)
        {
            var form = await http.Request.ReadFormAsync(http.RequestAborted);
            if (form.Files.Count == 0)
                throw new PlatformException(ErrorCode.BadRequest, "The upload holds no file.");
            foreach (var file in form.Files)
            {
                await using var stream = file.OpenReadStream();
                lines.AddRange((await run(user, stream, http.RequestAborted)).Lines);
            }
        }
        else
        {
            // The XML reader is synchronous, so the body is read first; its size is limited by the server.
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            body.Position = 0;
            lines.AddRange((await run(user, body, http.RequestAborted)).Lines);
        }

        if (http.Request.Headers.Accept.ToString().Contains("application/json", StringComparison.OrdinalIgnoreCase))
        {
            await http.Response.WriteAsJsonAsync(new ImportReport(lines), Json, http.RequestAborted);
            return;
        }

        http.Response.ContentType = "text/plain; charset=utf-8";
        await http.Response.WriteAsync(string.Join('\n', lines), http.RequestAborted);
    }
}
