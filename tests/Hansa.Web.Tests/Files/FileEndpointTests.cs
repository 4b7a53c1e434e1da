using System.Net;
using System.Text;
using Hansa.Runtime;
using Hansa.Runtime.Tests.Support;
using Hansa.Web.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Files;

/// <summary>Files of repositories through the whole door, without a socket.</summary>
public sealed class FileEndpointTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(configure: services => services.AddHansaWeb()
            .AddSingleton<ISocketGateway, NoSockets>().AddSingleton<IHostApplicationLifetime, NoLifetime>());
        await _platform.MakeThingAsync("Docs", "FileRepository");
        await _platform.MakeThingAsync("Pump");
        await _platform.CallAsync("Things/Docs", "SaveText", ("path", "a b/x.txt"), ("content", "0123456789"));
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Theory]
    [InlineData("x.txt", "text/plain; charset=utf-8", true)]
    [InlineData("x.json", "application/json", true)]
    [InlineData("x.PNG", "image/png", true)]
    [InlineData("x.html", "text/html; charset=utf-8", false)]
    [InlineData("x.svg", "image/svg+xml", false)]
    [InlineData("x.js", "text/javascript; charset=utf-8", false)]
    [InlineData("x.zip", "application/x-zip-compressed", false)]
    [InlineData("x.unheard-of", "application/octet-stream", false)]
    [InlineData("x", "application/octet-stream", false)]
    public async Task A_file_is_sent_by_its_type_and_shown_in_a_browser_only_where_it_runs_nothing(string name, string type, bool isShown)
    {
        await _platform.CallAsync("Things/Docs", "SaveText", ("path", name), ("content", "content"));
        var (status, text, http) = await SendAsync("GET", $"/Thingworx/FileRepositories/Docs/{name}");
        (status, text).ShouldBe((200, "content"));
        http.Response.ContentType.ShouldBe(type);
        http.Response.Headers.XContentTypeOptions.ToString().ShouldBe("nosniff");
        http.Response.Headers.ContentSecurityPolicy.ToString().ShouldContain("sandbox");
        if (isShown)
            http.Response.Headers.ContentDisposition.ShouldBeEmpty();
        else
            http.Response.Headers.ContentDisposition.ToString().ShouldStartWith($"attachment; filename={name}");
    }

    [Fact]
    public async Task A_link_of_a_listing_leads_to_the_file()
    {
        var link = (await _platform.CallAsync("Things/Docs", "GetFileListingWithLinks", ("path", "a b"))).Column("downloadLink").Single();
        link.ShouldBe("/Thingworx/FileRepositories/Docs/a%20b/x.txt");
        (await SendAsync("GET", Uri.UnescapeDataString(link))).Text.ShouldBe("0123456789");
        var (status, text, _) = await SendAsync("GET", "/Thingworx/FileRepositoryDownloader", edit: http =>
            http.Request.QueryString = new QueryString("?download-repository=Docs&download-path=/a%20b/x.txt&directRender=true"));
        (status, text).ShouldBe((200, "0123456789"));
    }

    [Fact]
    public async Task A_part_of_a_file_is_sent_where_one_is_asked_for()
    {
        var (status, text, http) = await SendAsync("GET", "/Thingworx/FileRepositories/Docs/a b/x.txt", edit: http => http.Request.Headers.Range = "bytes=2-4");
        (status, text).ShouldBe((206, "234"));
        http.Response.Headers.ContentRange.ToString().ShouldBe("bytes 2-4/10");
        (await SendAsync("GET", "/Thingworx/FileRepositories/Docs/a b/x.txt", edit: http => http.Request.Headers.Range = "bytes=20-")).Status.ShouldBe(416);
        (status, text, http) = await SendAsync("HEAD", "/Thingworx/FileRepositories/Docs/a b/x.txt");
        (status, text, http.Response.ContentLength).ShouldBe((200, "", 10));
        var last = http.Response.Headers.LastModified;
        (await SendAsync("GET", "/Thingworx/FileRepositories/Docs/a b/x.txt", edit: http => http.Request.Headers.IfModifiedSince = last)).Status.ShouldBe(304);
    }

    [Theory]
    [InlineData("GET", "/Thingworx/FileRepositories/Docs/none.txt", 404, "File does not exist")]
    [InlineData("GET", "/Thingworx/FileRepositories/Docs/a b", 409, "is a directory")]
    [InlineData("GET", "/Thingworx/FileRepositories/Docs/", 409, "is a directory")]
    [InlineData("GET", "/Thingworx/FileRepositories/Docs", 404, "<repository>/<path>")]
    [InlineData("GET", "/Thingworx/FileRepositories/Docs/../../hansa.db", 400, "'..'")]
    [InlineData("GET", "/Thingworx/FileRepositories/Docs/..\\hansa.db", 400, "'..'")]
    [InlineData("GET", "/Thingworx/FileRepositories/Pump/x", 404, "is no FileRepository")]
    [InlineData("GET", "/Thingworx/FileRepositories/Nope/x", 404, "does not exist")]
    [InlineData("PUT", "/Thingworx/FileRepositories/Docs/a b/x.txt", 405, "read by GET")]
    [InlineData("GET", "/Thingworx/FileRepositoryDownloader", 400, "download-repository")]
    [InlineData("GET", "/Thingworx/FileRepositoryUploader", 405, "POST")]
    public async Task What_cannot_be_sent_is_told(string method, string path, int status, string reason)
    {
        var (answered, text, _) = await SendAsync(method, path);
        (answered, text.Contains(reason, StringComparison.Ordinal)).ShouldBe((status, true), text);
    }

    [Fact]
    public async Task Downloading_needs_the_right_to_LoadBinary_and_uploading_that_to_SaveBinary()
    {
        await _platform.MakeUserAsync("bob", "quay-side-8");
        const string path = "/Thingworx/FileRepositories/Docs/a b/x.txt";
        (await SendAsync("GET", path, user: "")).Status.ShouldBe(401);
        (await SendAsync("GET", path, user: "bob")).Status.ShouldBe(404);
        await _platform.CallAsync("Things/Docs", "AddVisibilityPermission", ("principal", "Everyone"), ("principalType", "Organization"));
        (await SendAsync("GET", path, user: "bob")).Status.ShouldBe(403);
        await _platform.CallAsync("Things/Docs", "AddRunTimePermission", ("type", "ServiceInvoke"), ("resource", "LoadBinary"), ("principal", "bob"), ("principalType", "User"), ("allow", true));
        (await SendAsync("GET", path, user: "bob")).Text.ShouldBe("0123456789");
        (await UploadAsync("bob", "Docs", "/", ("x.txt", "x"))).Status.ShouldBe(403);
        await _platform.CallAsync("Things/Docs", "DisableThing");
        (await SendAsync("GET", path)).Status.ShouldBe(503);
    }

    [Fact]
    public async Task Files_of_a_form_are_written_below_the_directory_that_it_names()
    {
        (await UploadAsync("Administrator", "Docs", "/up", ("one.txt", "1"), ("two.txt", "2"))).ShouldBe((200, ""));
        (await _platform.CallAsync("Things/Docs", "ListFiles", ("path", "up"))).Column("name").ShouldBe(["one.txt", "two.txt"]);
        (await _platform.CallAsync("Things/Docs", "LoadText", ("path", "up/two.txt"))).ToString().ShouldBe("2");
        (await UploadAsync("Administrator", "Docs", "/up", ("../../evil.txt", "2"))).Status.ShouldBe(400);
        (await UploadAsync("Administrator", "Docs", "/up")).Text.ShouldContain("holds no file");
        (await UploadAsync("Administrator", "", "/up", ("x", ""))).Text.ShouldContain("upload-repository");
    }

    private async Task<(int Status, string Text)> UploadAsync(string user, string repository, string path, params (string Name, string Content)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(repository), "upload-repository" }, { new StringContent(path), "upload-path" }, { new StringContent("Upload"), "upload-submit" } };
        foreach (var (name, content) in files)
            form.Add(new StringContent(content), "upload-files", name);
        var body = new MemoryStream(await form.ReadAsByteArrayAsync());
        var (status, text, _) = await SendAsync("POST", "/Thingworx/FileRepositoryUploader", user, http =>
        {
            http.Request.ContentType = form.Headers.ContentType!.ToString();
            http.Request.Body = body;
        });
        return (status, text);
    }

    private async Task<(int Status, string Text, HttpContext Http)> SendAsync(string method, string path, string user = "Administrator", Action<HttpContext>? edit = null)
    {
        var answer = new MemoryStream();
        var http = new DefaultHttpContext { RequestServices = _platform.Get<IServiceProvider>(), Response = { Body = answer } };
        http.Request.Method = method;
        http.Request.Path = path;
        if (user.Length > 0)
            http.Request.Headers.Authorization = "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{(user == "bob" ? "quay-side-8" : TestPlatform.Password)}"));
        http.Connection.RemoteIpAddress = IPAddress.Loopback;
        edit?.Invoke(http);
        await _platform.Get<ThingworxDoor>().ServeAsync(http);
        await http.Response.BodyWriter.FlushAsync();
        return (http.Response.StatusCode, Encoding.UTF8.GetString(answer.ToArray()), http);
    }
}
