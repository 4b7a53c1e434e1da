using System.Net;
using Hansa.Web.Tests.Support;
using Microsoft.Extensions.DependencyInjection;
using Shouldly;
using Xunit;

namespace Hansa.Web.Tests.Composer;

/// <summary>Composer's files on a real socket.</summary>
public sealed class ComposerFilesTests : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hansa-composer-").FullName;
    private ServedPlatform _server = null!;
    private HttpClient _browser = null!;

    public async ValueTask InitializeAsync()
    {
        Directory.CreateDirectory(Path.Combine(_folder, "site", "assets"));
        await File.WriteAllTextAsync(Path.Combine(_folder, "secret.txt"), "secret");
        await File.WriteAllTextAsync(Path.Combine(_folder, "site", "index.html"), "<html>the page</html>");
        await File.WriteAllTextAsync(Path.Combine(_folder, "site", "assets", "app-1234.js"), "plain");
        await File.WriteAllTextAsync(Path.Combine(_folder, "site", "assets", "app-1234.js.br"), "packed");
        _server = await ServedPlatform.StartAsync(services => services.AddSingleton(new ComposerFiles(Path.Combine(_folder, "site"))));
        _browser = _server.Browser(new());
    }

    public async ValueTask DisposeAsync()
    {
        _browser.Dispose();
        await _server.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Theory]
    [InlineData("Composer/", "<html>the page</html>")]
    [InlineData("Composer/Things/Pump/services", "<html>the page</html>")]
    [InlineData("Composer/browse/Streams?q=x", "<html>the page</html>")]
    [InlineData("Composer/Things/Pump.1/general", "<html>the page</html>")]
    [InlineData("Composer/..%2Fsecret.txt", "<html>the page</html>")]
    [InlineData("Composer/assets/app-1234.js", "plain")]
    public async Task An_address_of_Composer_is_its_page_and_a_file_is_itself(string path, string text) => (await _browser.GetStringAsync(path)).ShouldBe(text);

    [Fact]
    public async Task A_file_is_sent_packed_to_who_can_unpack_it_and_kept_for_a_year()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "Composer/assets/app-1234.js");
        request.Headers.Add("Accept-Encoding", "gzip, br");
        var answer = await _browser.SendAsync(request);
        (await answer.Content.ReadAsStringAsync()).ShouldBe("packed");
        answer.Content.Headers.ContentEncoding.ShouldBe(["br"]);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("text/javascript");
        answer.Headers.CacheControl!.ToString().ShouldContain("immutable");
        (await _browser.GetAsync("Composer/")).Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'self'");
    }

    [Fact]
    public async Task What_is_not_there_is_not_the_page()
    {
        (await _browser.GetAsync("Composer/assets/app-9999.js")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await _browser.PostAsync("Composer/", null)).StatusCode.ShouldBe(HttpStatusCode.MethodNotAllowed);
    }

    [Theory]
    [InlineData("/", "/Thingworx/Composer/")]
    [InlineData("/Thingworx", "/Thingworx/Composer/")]
    [InlineData("/Composer", "/Thingworx/Composer/")]
    [InlineData("/Thingworx/Things", "/Thingworx/Composer/browse/Things")]
    [InlineData("/Thingworx/Things/Pump%201", "/Thingworx/Composer/Things/Pump%201")]
    public async Task Who_asks_for_a_page_is_led_into_Composer(string path, string to)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_server.Address, path));
        request.Headers.Add("Accept", "text/html,application/xhtml+xml,*/*;q=0.8");
        var answer = await _browser.SendAsync(request);
        answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
        answer.Headers.Location!.OriginalString.ShouldBe(to);
    }
}
