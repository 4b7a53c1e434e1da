using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Hansa.Runtime.Tests.ContentLoader;

/// <summary>A real web server on this machine that answers what a test says, and remembers what it was asked.</summary>
internal sealed class WebServer : IAsyncDisposable
{
    private readonly WebApplication _app;

    private WebServer(WebApplication app) => _app = app;

    /// <summary>Answers by path.</summary>
    public ConcurrentDictionary<string, RequestDelegate> Paths { get; } = new(StringComparer.Ordinal);

    /// <summary>What was asked, as <c>GET /path</c>.</summary>
    public ConcurrentQueue<string> Asked { get; } = new();

    public int Port { get; private set; }

    public string Url(string path, string host = "127.0.0.1", string scheme = "http") => $"{scheme}://{host}:{Port}{path}";

    public static async Task<WebServer> StartAsync(IPAddress? address = null, bool withTls = false)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Listen(address ?? IPAddress.Loopback, 0, listen =>
        {
            if (withTls)
                listen.UseHttps(Certificate());
        }));
        builder.WebHost.UseKestrelHttpsConfiguration();
        var app = builder.Build();
        var server = new WebServer(app);
        app.Run(async context =>
        {
            server.Asked.Enqueue($"{context.Request.Method} {context.Request.Path}");
            if (server.Paths.TryGetValue(context.Request.Path, out var answer))
                await answer(context);
            else
                context.Response.StatusCode = 404;
        });
        await app.StartAsync();
        server.Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single()).Port;
        return server;
    }

    /// <summary>Answers a path with a text.</summary>
    public void Answer(string path, string text, string type = "application/json", int status = 200) => Paths[path] = context =>
    {
        (context.Response.StatusCode, context.Response.ContentType) = (status, type);
        return context.Response.WriteAsync(text);
    };

    /// <summary>Answers a path with a JSON object of what came.</summary>
    public void Echo(string path) => Paths[path] = async context =>
    {
        using var reader = new StreamReader(context.Request.Body);
        var body = await reader.ReadToEndAsync();
        await context.Response.WriteAsJsonAsync(new
        {
            method = context.Request.Method,
            body,
            type = context.Request.ContentType ?? "",
            sent = context.Request.Headers.ToDictionary(header => header.Key.ToLowerInvariant(), header => header.Value.ToString()),
        });
    };

    public void Redirect(string path, string to, int status = 302) => Paths[path] = context =>
    {
        context.Response.StatusCode = status;
        context.Response.Headers.Location = to;
        return Task.CompletedTask;
    };

    public async ValueTask DisposeAsync()
    {
        using var now = new CancellationTokenSource();
        await now.CancelAsync();
        await _app.StopAsync(now.Token);
        await _app.DisposeAsync();
    }

    private static X509Certificate2 Certificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=quay.example", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var made = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
        return X509CertificateLoader.LoadPkcs12(made.Export(X509ContentType.Pfx), null);
    }
}
