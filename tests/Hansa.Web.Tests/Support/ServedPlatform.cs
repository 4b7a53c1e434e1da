using System.Net;
using Hansa.Runtime;
using Hansa.Runtime.Tests.Support;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hansa.Web.Tests.Support;

/// <summary>A platform whose door stands open on a real socket.</summary>
internal sealed class ServedPlatform : IAsyncDisposable
{
    private readonly WebApplication _app;

    private ServedPlatform(TestPlatform platform, WebApplication app) => (Platform, _app) = (platform, app);

    public TestPlatform Platform { get; }

    public Uri Address { get; private set; } = null!;

    public static async Task<ServedPlatform> StartAsync(Action<IServiceCollection>? configure = null, TimeProvider? time = null)
    {
        var platform = await TestPlatform.StartAsync(time, configure: services =>
        {
            services.AddHansaWeb().AddSingleton<ISocketGateway, NoSockets>().AddSingleton<IHostApplicationLifetime, NoLifetime>();
            configure?.Invoke(services);
        });
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.UseWebSockets();
        app.Run(platform.Get<ThingworxDoor>().ServeAsync);
        await app.StartAsync();
        var address = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First();
        return new(platform, app) { Address = new(address) };
    }

    /// <summary>A browser of its own: it keeps cookies and sends the guard that Composer sends.</summary>
    public HttpClient Browser(CookieContainer cookies, bool isGuarded = true)
    {
        var http = new HttpClient(new SocketsHttpHandler { CookieContainer = cookies, UseProxy = false, AllowAutoRedirect = false }) { BaseAddress = new(Address, "/Thingworx/") };
        if (isGuarded)
            http.DefaultRequestHeaders.Add("X-XSRF-TOKEN", "TWX-XSRF-TOKEN-VALUE");
        return http;
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        await Platform.DisposeAsync();
    }
}
