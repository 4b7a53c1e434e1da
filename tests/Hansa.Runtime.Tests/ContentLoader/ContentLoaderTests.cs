using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.ContentLoader;

/// <summary>What each service of ContentLoaderFunctions sends and gives, against a real web server.</summary>
public sealed class ContentLoaderTests : IAsyncLifetime
{
    private const string Resource = "Resources/ContentLoaderFunctions";
    private static readonly byte[] Bytes = [0, 1, 254, 255];

    private TestPlatform _platform = null!;
    private WebServer _web = null!;

    public async ValueTask InitializeAsync()
    {
        _web = await WebServer.StartAsync();
        _platform = await TestPlatform.StartAsync(configure: services => services.AddSingleton(new ContentLoaderOptions
        {
            Allow = ["127.0.0.1"], MaxAnswerBytes = 100_000, MaxContentBytes = 100_000, MaxRedirects = 3,
        }));
    }

    public async ValueTask DisposeAsync()
    {
        await _platform.DisposeAsync();
        await _web.DisposeAsync();
    }

    [Fact]
    public async Task JSON_comes_with_headers_and_status_beside_it()
    {
        _web.Answer("/pump", """{"speed": 3, "tags": ["a", {"b": null}]}""");
        foreach (var service in new[] { "GetJSON", "LoadJSON" })
        {
            var answer = await JsonAsync(service, ("url", _web.Url("/pump")));
            answer.GetProperty("speed").GetInt32().ShouldBe(3);
            answer.GetProperty("tags")[1].GetProperty("b").ValueKind.ShouldBe(JsonValueKind.Null);
            answer.GetProperty("headers").GetProperty("Content-Type").GetString().ShouldBe("application/json");
            answer.GetProperty("responseStatus").GetProperty("statusCode").GetInt32().ShouldBe(200);
            answer.GetProperty("responseStatus").GetProperty("reasonPhrase").GetString().ShouldBe("OK");
            answer.TryGetProperty("cookies", out _).ShouldBeFalse();
        }
    }

    [Fact]
    public async Task An_array_and_a_plain_value_have_a_member_of_the_result()
    {
        _web.Answer("/list", "[1, 2]");
        _web.Answer("/number", "4.5");
        _web.Answer("/nothing", "");
        (await JsonAsync("GetJSON", ("url", _web.Url("/list")))).GetProperty("array").GetArrayLength().ShouldBe(2);
        (await JsonAsync("GetJSON", ("url", _web.Url("/number")))).GetProperty("value").GetDouble().ShouldBe(4.5);
        (await JsonAsync("GetJSON", ("url", _web.Url("/nothing")))).EnumerateObject().Select(member => member.Name).ShouldBe(["headers", "responseStatus"]);
    }

    [Fact]
    public async Task Members_of_the_content_are_never_replaced()
    {
        _web.Answer("/own", """{"headers": 1, "responseStatus": 2, "cookies": 3}""");
        var answer = await JsonAsync("GetJSON", ("url", _web.Url("/own")), ("withCookies", true));
        answer.EnumerateObject().Select(member => $"{member.Name}={member.Value}").ShouldBe(["headers=1", "responseStatus=2", "cookies=3"]);
    }

    [Fact]
    public async Task A_failure_is_told_by_the_status_with_its_content()
    {
        _web.Answer("/json", """{"why": "no such pump"}""", status: 404);
        _web.Answer("/html", "<h1>down</h1>", "text/html", 503);
        var answer = await JsonAsync("GetJSON", ("url", _web.Url("/json")));
        answer.GetProperty("why").GetString().ShouldBe("no such pump");
        answer.GetProperty("responseStatus").GetProperty("statusCode").GetInt32().ShouldBe(404);
        answer = await JsonAsync("PostJSON", ("url", _web.Url("/html")), ("content", "{}"));
        answer.GetProperty("text").GetString().ShouldBe("<h1>down</h1>");
        answer.GetProperty("responseStatus").GetProperty("statusCode").GetInt32().ShouldBe(503);
    }

    [Fact]
    public async Task What_is_no_JSON_is_refused_with_what_it_is()
    {
        _web.Answer("/html", "<h1>Welcome</h1>", "text/html");
        _web.Answer("/deep", new string('[', 200) + new string(']', 200));
        var refusal = await RefusedAsync("GetJSON", ("url", _web.Url("/html?key=s3cret")));
        refusal.Code.ShouldBe(ErrorCode.BadGateway);
        refusal.Message.ShouldBe($"[http://127.0.0.1:{_web.Port}] answered 200 with text/html, 16 bytes, which is no JSON.");
        (await RefusedAsync("GetJSON", ("url", _web.Url("/deep")))).Code.ShouldBe(ErrorCode.BadGateway);
    }

    [Theory]
    [InlineData("PostJSON", "POST", """{"a":[1]}""", "application/json; charset=utf-8")]
    [InlineData("PutJSON", "PUT", """{"a":[1]}""", "application/json; charset=utf-8")]
    public async Task JSON_is_sent(string service, string method, string content, string type)
    {
        _web.Echo("/echo");
        var answer = await JsonAsync(service, ("url", _web.Url("/echo")), ("content", content));
        Told(answer).ShouldBe((method, content, type));
    }

    [Theory]
    [InlineData("PostText", "POST", null, "text/plain; charset=utf-8")]
    [InlineData("PutText", "PUT", "application/x-www-form-urlencoded", "application/x-www-form-urlencoded; charset=utf-8")]
    public async Task Text_is_sent_as_what_it_is(string service, string method, string? contentType, string type)
    {
        _web.Echo("/echo");
        var answer = JsonDocument.Parse((await CallAsync(service, ("url", _web.Url("/echo")), ("content", "größe=3"), ("contentType", contentType))).ToString()).RootElement;
        Told(answer).ShouldBe((method, "größe=3", type));
    }

    [Fact]
    public async Task A_header_of_the_callers_own_wins_and_one_of_a_body_needs_a_body()
    {
        _web.Echo("/echo");
        const string headers = """{"content-type": "application/vnd.pump+json", "accept": "application/vnd.pump+json", "X-Number": 7, "X-None": null}""";
        var answer = await JsonAsync("PostJSON", ("url", _web.Url("/echo")), ("content", "{}"), ("headers", headers));
        answer.GetProperty("type").GetString().ShouldBe("application/vnd.pump+json");
        Sent(answer, "accept").ShouldBe("application/vnd.pump+json");
        Sent(answer, "x-number").ShouldBe("7");
        Sent(answer, "x-none").ShouldBeNull();
        Sent(await JsonAsync("GetJSON", ("url", _web.Url("/echo")), ("headers", headers)), "content-type").ShouldBeNull();
    }

    [Fact]
    public async Task Text_comes_in_the_character_set_that_the_server_names()
    {
        _web.Paths["/latin"] = context => Write(context, "text/plain; charset=iso-8859-1", Encoding.Latin1.GetBytes("Größe"));
        _web.Paths["/windows"] = context => Write(context, "text/plain; charset=windows-1252", [0x80]);
        _web.Paths["/marked"] = context => Write(context, "text/plain", [0xFF, 0xFE, 0x41, 0]);
        _web.Paths["/plain"] = context => Write(context, "text/plain", "Größe"u8.ToArray());
        _web.Paths["/klingon"] = context => Write(context, "text/plain; charset=klingon", [0]);
        (await CallAsync("GetText", ("url", _web.Url("/latin")))).ToString().ShouldBe("Größe");
        (await CallAsync("LoadText", ("url", _web.Url("/windows")))).ToString().ShouldBe("€");
        (await CallAsync("GetText", ("url", _web.Url("/marked")))).ToString().ShouldBe("A");
        (await CallAsync("GetText", ("url", _web.Url("/plain")))).ToString().ShouldBe("Größe");
        (await RefusedAsync("GetText", ("url", _web.Url("/klingon")))).Message.ShouldContain("'klingon'");
        (await RefusedAsync("GetText", ("url", _web.Url("/nowhere")))).Message.ShouldBe($"[http://127.0.0.1:{_web.Port}] answered 404 Not Found.");
    }

    [Fact]
    public async Task XML_comes_as_text_and_must_be_XML()
    {
        const string xml = """<?xml version="1.0" encoding="iso-8859-1"?><!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a b="ö">1</a>""";
        _web.Paths["/xml"] = context => Write(context, "text/xml", Encoding.Latin1.GetBytes(xml));
        _web.Answer("/broken", "<a>", "text/xml");
        foreach (var service in new[] { "GetXML", "LoadXML", "PostXML", "PutXML" })
        {
            var value = await CallAsync(service, ("url", _web.Url("/xml")), ("content", service[0] == 'P' ? "<q/>" : null));
            value.BaseType.ShouldBe(BaseType.XML);
            value.ToString().ShouldBe(xml);
        }

        (await RefusedAsync("GetXML", ("url", _web.Url("/broken")))).Message.ShouldEndWith("which is no XML.");
    }

    [Fact]
    public async Task Bytes_and_images_come_as_they_are()
    {
        _web.Paths["/bytes"] = context => Write(context, "image/png", Bytes);
        _web.Paths["/back"] = async context =>
        {
            context.Response.ContentType = context.Request.ContentType;
            await context.Request.Body.CopyToAsync(context.Response.Body);
        };
        _web.Answer("/html", "<p>", "text/html");
        (await CallAsync("LoadBinary", ("url", _web.Url("/bytes")))).AsBytes().ShouldBe(Bytes);
        var image = await CallAsync("LoadImage", ("url", _web.Url("/bytes")));
        image.BaseType.ShouldBe(BaseType.IMAGE);
        image.AsBytes().ShouldBe(Bytes);
        (await RefusedAsync("LoadImage", ("url", _web.Url("/html")))).Message.ShouldEndWith("which is no image.");
        foreach (var service in new[] { "PostBinary", "PutBinary", "PostImage" })
            (await CallAsync(service, ("url", _web.Url("/back")), ("content", Convert.ToBase64String(Bytes)))).AsBytes().ShouldBe(Bytes, service);
        (await RefusedAsync("LoadMediaEntity", ("url", _web.Url("/bytes")))).Code.ShouldBe(ErrorCode.NotSupported);
    }

    [Fact]
    public async Task A_form_has_a_part_for_each_field()
    {
        _web.Paths["/form"] = async context =>
        {
            var form = await context.Request.ReadFormAsync();
            var file = form.Files.Single();
            using var content = new MemoryStream();
            await file.CopyToAsync(content);
            await context.Response.WriteAsJsonAsync(new { name = form["name"].ToString(), size = form["size"].ToString(), keys = form.Keys.Count, file = file.Name, bytes = content.ToArray() });
        };
        var parts = Tables.Row(("name", "Kräne"), ("size", 3), ("none", null), ("picture", Value.Bytes(Bytes, BaseType.IMAGE)));
        var answer = await JsonAsync("PostMultipart", ("url", _web.Url("/form")), ("partsToSend", parts));
        answer.GetProperty("name").GetString().ShouldBe("Kräne");
        answer.GetProperty("size").GetString().ShouldBe("3");
        answer.GetProperty("keys").GetInt32().ShouldBe(2);
        answer.GetProperty("file").GetString().ShouldBe("picture");
        answer.GetProperty("bytes").GetBytesFromBase64().ShouldBe(Bytes);
        (await RefusedAsync("PostMultipart", ("url", _web.Url("/form")), ("partsToSend", parts), ("repository", "Files"))).Code.ShouldBe(ErrorCode.NotSupported);
        (await RefusedAsync("PostMultipart", ("url", _web.Url("/form")), ("partsToSend", Tables.Of([("a", BaseType.STRING)], ["1"], ["2"])))).Code.ShouldBe(ErrorCode.BadRequest);
        (await RefusedAsync("PostMultipart", ("url", _web.Url("/form")))).Message.ShouldContain("partsToSend");
    }

    [Fact]
    public async Task Delete_asks_to_delete()
    {
        _web.Paths["/pump"] = context =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        };
        (await CallAsync("Delete", ("url", _web.Url("/pump")))).IsNull.ShouldBeTrue();
        _web.Asked.ShouldBe(["DELETE /pump"]);
        (await RefusedAsync("Delete", ("url", _web.Url("/other")))).Message.ShouldContain("404");
    }

    [Fact]
    public async Task Cookies_are_told_carried_along_redirects_and_forgotten_afterwards()
    {
        _web.Paths["/login"] = context =>
        {
            context.Response.Cookies.Append("session", "abc", new CookieOptions { Path = "/", HttpOnly = true, Expires = DateTimeOffset.MaxValue.AddDays(-400) });
            context.Response.Cookies.Append("lang", "de");
            context.Response.Redirect("/home");
            return Task.CompletedTask;
        };
        _web.Echo("/home");
        (await CallAsync("GetCookies", ("url", _web.Url("/login")))).ToString().ShouldBe("session=abc; lang=de");
        var answer = await JsonAsync("GetJSON", ("url", _web.Url("/login")), ("withCookies", true));
        Sent(answer, "cookie").ShouldBe("session=abc; lang=de");
        answer.GetProperty("cookies").GetString().ShouldBe("session=abc; lang=de");
        Sent(await JsonAsync("GetJSON", ("url", _web.Url("/home"))), "cookie").ShouldBeNull();
        foreach (var service in new[] { "GetText", "GetXML", "Delete", "PostText" })
            (await RefusedAsync(service, ("url", _web.Url("/home")), ("withCookies", true))).Message.ShouldContain("GetCookies");
    }

    [Fact]
    public async Task User_and_password_are_sent_as_Basic()
    {
        _web.Echo("/echo");
        var answer = await JsonAsync("GetJSON", ("url", _web.Url("/echo")), ("username", "ann"), ("password", "käse:1"));
        Sent(answer, "authorization").ShouldBe("Basic " + Convert.ToBase64String("ann:käse:1"u8));
        Sent(await JsonAsync("GetJSON", ("url", _web.Url("/echo"))), "authorization").ShouldBeNull();
        (await RefusedAsync("GetJSON", ("url", _web.Url("/echo")), ("username", "ann"), ("password", "********"))).Message.ShouldContain("'password' is the mask");
    }

    [Theory]
    [InlineData(301, "GET")]
    [InlineData(302, "GET")]
    [InlineData(303, "GET")]
    [InlineData(307, "POST")]
    [InlineData(308, "POST")]
    public async Task A_redirect_is_followed_as_its_status_says(int status, string method)
    {
        _web.Redirect("/old", "/new", status);
        _web.Echo("/new");
        var answer = await JsonAsync("PostJSON", ("url", _web.Url("/old")), ("content", """{"a":1}"""), ("username", "ann"), ("password", "pw"));
        answer.GetProperty("method").GetString().ShouldBe(method);
        answer.GetProperty("body").GetString().ShouldBe(method == "POST" ? """{"a":1}""" : "");
        Sent(answer, "authorization").ShouldNotBeNull();
    }

    [Fact]
    public async Task Another_server_that_is_redirected_to_gets_no_secret()
    {
        await using var other = await WebServer.StartAsync();
        other.Echo("/there");
        _web.Redirect("/here", other.Url("/there"));
        var answer = await JsonAsync("GetJSON", ("url", _web.Url("/here")), ("username", "ann"), ("password", "pw"), ("headers", """{"appKey": "k", "Cookie": "c=1"}"""));
        foreach (var name in new[] { "authorization", "appkey", "cookie" })
            Sent(answer, name).ShouldBeNull(name);
    }

    [Fact]
    public async Task Redirects_end_and_lead_to_the_web_only()
    {
        _web.Redirect("/loop", "/loop");
        _web.Redirect("/file", "file:///etc/passwd");
        _web.Redirect("/user", "http://ann:pw@127.0.0.1/");
        (await RefusedAsync("GetText", ("url", _web.Url("/loop")))).Message.ShouldContain("more than 3 times");
        _web.Asked.Count.ShouldBe(4);
        (await RefusedAsync("GetText", ("url", _web.Url("/file")))).Message.ShouldContain("no address of http");
        (await RefusedAsync("GetText", ("url", _web.Url("/user")))).Message.ShouldNotContain("pw");
    }

    [Fact]
    public async Task What_is_larger_than_the_limit_is_refused_also_packed_and_without_end()
    {
        _web.Answer("/large", new string('x', 100_001), "text/plain");
        _web.Answer("/fits", new string('x', 100_000), "text/plain");
        _web.Paths["/packed"] = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await using var zip = new GZipStream(context.Response.Body, CompressionLevel.Fastest);
            for (var i = 0; i < 1000; i++)
                await zip.WriteAsync(new byte[10_000]);
        };
        _web.Paths["/endless"] = async context =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(new byte[1000], context.RequestAborted);
        };
        foreach (var path in new[] { "/large", "/packed", "/endless" })
        {
            var refusal = await RefusedAsync("GetText", ("url", _web.Url(path)));
            refusal.Code.ShouldBe(ErrorCode.TooLarge, path);
            refusal.Message.ShouldContain("more than 100000 bytes");
        }

        (await CallAsync("GetText", ("url", _web.Url("/fits")))).ToString().Length.ShouldBe(100_000);
        (await RefusedAsync("PostText", ("url", _web.Url("/fits")), ("content", new string('x', 100_001)))).Code.ShouldBe(ErrorCode.TooLarge);
    }

    [Fact]
    public async Task A_packed_answer_is_unpacked()
    {
        _web.Paths["/packed"] = async context =>
        {
            context.Response.Headers.ContentEncoding = "br";
            await using var zip = new BrotliStream(context.Response.Body, CompressionLevel.Fastest);
            await zip.WriteAsync("""{"a": 1}"""u8.ToArray());
        };
        (await JsonAsync("GetJSON", ("url", _web.Url("/packed")))).GetProperty("a").GetInt32().ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_server_is_given_up_after_the_time_that_the_call_gives_it()
    {
        var aborted = new TaskCompletionSource();
        _web.Paths["/slow"] = async context =>
        {
            await using var _ = context.RequestAborted.Register(aborted.SetResult);
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        var refusal = await RefusedAsync("GetText", ("url", _web.Url("/slow?key=s3cret")), ("timeout", 0.2));
        refusal.Code.ShouldBe(ErrorCode.Timeout);
        refusal.Message.ShouldBe($"[http://127.0.0.1:{_web.Port}] did not answer within 0.2 s.");
        await aborted.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task What_breaks_off_or_is_packed_wrongly_or_holds_half_a_character_is_the_servers_failure()
    {
        _web.Paths["/short"] = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.Body.WriteAsync(Bytes);
            await context.Response.Body.FlushAsync();
            context.Abort();
        };
        _web.Paths["/garbage"] = async context =>
        {
            context.Response.Headers.ContentEncoding = "gzip";
            await context.Response.Body.WriteAsync("no gzip at all"u8.ToArray());
        };
        foreach (var path in new[] { "/short", "/garbage" })
        {
            var refusal = await RefusedAsync("LoadBinary", ("url", _web.Url(path)));
            refusal.Code.ShouldBe(ErrorCode.BadGateway, path);
            refusal.Message.ShouldBe($"[http://127.0.0.1:{_web.Port}] broke off, or does not speak HTTP as it should.");
        }

        _web.Answer("/half", """{"a": {"b": "\ud800"}}""");
        _web.Answer("/halfname", """{"\ud800": 1}""", status: 500);
        (await RefusedAsync("GetJSON", ("url", _web.Url("/half")))).Message.ShouldEndWith("which is no JSON.");
        (await JsonAsync("GetJSON", ("url", _web.Url("/halfname")))).GetProperty("text").GetString().ShouldNotBeNull();
    }

    [Theory]
    [InlineData("url", "ftp://127.0.0.1/x")]
    [InlineData("url", "file:///etc/passwd")]
    [InlineData("url", "/relative")]
    [InlineData("url", "http://ann:s3cret@127.0.0.1/")]
    [InlineData("headers", "[]")]
    [InlineData("headers", """{"Host": "s3cret"}""")]
    [InlineData("headers", """{"Content-Length": "3"}""")]
    [InlineData("headers", """{"X": "s3cret\r\nHost: b"}""")]
    [InlineData("headers", """{"X": "s3cret ö"}""")]
    [InlineData("headers", """{"X": {"a": "s3cret"}}""")]
    [InlineData("headers", """{"a b": "s3cret"}""")]
    [InlineData("timeout", "0")]
    [InlineData("timeout", "-3")]
    [InlineData("timeout", "NaN")]
    [InlineData("username", "a:b")]
    public async Task A_wrong_parameter_is_named_and_nothing_secret_is(string name, string value)
    {
        var arguments = new Dictionary<string, object?> { ["url"] = _web.Url("/x"), [name] = value };
        var refusal = await RefusedAsync("GetText", [.. arguments.Select(argument => (argument.Key, argument.Value))]);
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldContain($"'{name}'");
        refusal.ToString().ShouldNotContain("s3cret");
        _web.Asked.ShouldBeEmpty();
    }

    [Fact]
    public async Task NTLM_and_headers_in_a_text_are_refused_by_name()
    {
        (await RefusedAsync("GetText", ("url", _web.Url("/x")), ("useNTLM", true))).Message.ShouldContain("'useNTLM'");
        (await RefusedAsync("GetText", ("url", _web.Url("/x")), ("appendHeader", true))).Message.ShouldContain("'appendHeader'");
        (await RefusedAsync("GetText")).Message.ShouldContain("'url'");
    }

    [Fact]
    public async Task A_certificate_that_nobody_trusts_is_taken_only_where_the_call_says_so()
    {
        await using var secure = await WebServer.StartAsync(withTls: true);
        secure.Answer("/a", "safe", "text/plain");
        var url = secure.Url("/a", scheme: "https");
        var refusal = await RefusedAsync("GetText", ("url", url));
        refusal.Code.ShouldBe(ErrorCode.BadGateway);
        refusal.Message.ShouldContain("no certificate that is trusted");
        (await CallAsync("GetText", ("url", url), ("ignoreSSLErrors", true))).ToString().ShouldBe("safe");
        (await RefusedAsync("GetText", ("url", url))).Message.ShouldContain("no certificate that is trusted");
        secure.Redirect("/down", _web.Url("/x"));
        (await RefusedAsync("GetText", ("url", secure.Url("/down", scheme: "https")), ("ignoreSSLErrors", true))).Message.ShouldContain("from https to http");
    }

    [Fact]
    public async Task A_proxy_is_asked_in_place_of_the_server()
    {
        _web.Answer("/behind", "by way of the proxy", "text/plain");
        (await CallAsync("GetText", ("url", "http://nowhere.example/behind"), ("useProxy", true), ("proxyHost", "127.0.0.1"), ("proxyPort", _web.Port))).ToString()
            .ShouldBe("by way of the proxy");
        (await RefusedAsync("GetText", ("url", "http://nowhere.example/"), ("useProxy", true), ("proxyHost", "127.0.0.2"), ("proxyPort", _web.Port))).Code.ShouldBe(ErrorCode.Forbidden);
        (await RefusedAsync("GetText", ("url", _web.Url("/behind")), ("useProxy", true))).Message.ShouldContain("'proxyHost'");
        (await RefusedAsync("GetText", ("url", _web.Url("/behind")), ("useProxy", true), ("proxyHost", "127.0.0.1"), ("proxyScheme", "socks5"))).Message.ShouldContain("'proxyScheme'");
        (await RefusedAsync("GetText", ("url", _web.Url("/behind")), ("useProxy", true), ("proxyHost", "127.0.0.1"), ("proxyPort", 0))).Message.ShouldContain("'proxyPort'");
    }

    [Fact]
    public async Task A_server_that_is_not_there_is_told_of_without_the_rest_of_the_address()
    {
        int port;
        await using (var gone = await WebServer.StartAsync())
            port = gone.Port;
        var refusal = await RefusedAsync("GetText", ("url", string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/a?key=s3cret")));
        refusal.Code.ShouldBe(ErrorCode.BadGateway);
        refusal.Message.ShouldBe($"[http://127.0.0.1:{port}] could not be reached: Connection refused.");
    }

    [Fact]
    public async Task Users_need_the_right_and_no_secret_is_logged()
    {
        _web.Answer("/a", "x", "text/plain");
        await _platform.MakeUserAsync("ann");
        (await _platform.RefusedAsync("ann", Resource, "GetText", ("url", _web.Url("/a")))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.ShowAsync(Resource);
        (await _platform.RefusedAsync("ann", Resource, "GetText", ("url", _web.Url("/a")))).Code.ShouldBe(ErrorCode.Forbidden);
        await _platform.AllowAsync(Resource, "ann", Permission.ServiceInvoke, "GetText");
        await _platform.InvokeAsync("ann", Resource, "GetText", ("url", _web.Url("/a?k=s3cret")), ("username", "u"), ("password", "s3cret"), ("headers", """{"k": "s3cret"}"""));
        _platform.Log.Lines.ShouldAllBe(line => !line.Contains("s3cret", StringComparison.Ordinal));
    }

    [Fact]
    public async Task With_the_right_of_System_users_ask_by_way_of_scripts_only()
    {
        _web.Answer("/a", """{"n": 1}""");
        await _platform.MakeUserAsync("ann");
        await _platform.MakeThingAsync("Pump");
        await _platform.AddServiceAsync("Pump", "Ask", """result = Resources["ContentLoaderFunctions"].GetJSON({url: url}).n;""", ("url", BaseType.STRING));
        await _platform.ShowAsync("Things/Pump");
        await _platform.AllowAsync("Things/Pump", "ann", Permission.ServiceInvoke);
        await _platform.ShowAsync(Resource);
        await _platform.AllowAsync(Resource, "System", Permission.ServiceInvoke, "GetJSON");
        (await _platform.InvokeAsync("ann", "Things/Pump", "Ask", ("url", _web.Url("/a")))).ToString().ShouldBe("1");
        (await _platform.RefusedAsync("ann", Resource, "GetJSON", ("url", _web.Url("/a")))).Code.ShouldBe(ErrorCode.Forbidden);
    }

    private static Task Write(HttpContext context, string type, byte[] bytes)
    {
        context.Response.ContentType = type;
        return context.Response.Body.WriteAsync(bytes).AsTask();
    }

    private static (string, string, string) Told(JsonElement answer) =>
        (answer.GetProperty("method").GetString()!, answer.GetProperty("body").GetString()!, answer.GetProperty("type").GetString()!);

    private static string? Sent(JsonElement answer, string header) => answer.GetProperty("sent").TryGetProperty(header, out var value) ? value.GetString() : null;

    private Task<Value> CallAsync(string service, params (string Name, object? Value)[] arguments) => _platform.CallAsync(Resource, service, arguments);

    private Task<PlatformException> RefusedAsync(string service, params (string Name, object? Value)[] arguments) =>
        _platform.RefusedAsync(TestPlatform.Administrator, Resource, service, arguments);

    private async Task<JsonElement> JsonAsync(string service, params (string Name, object? Value)[] arguments) =>
        JsonDocument.Parse((await CallAsync(service, arguments)).ToString()).RootElement;
}
