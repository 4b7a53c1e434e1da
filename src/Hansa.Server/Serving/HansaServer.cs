using System.Net;
using System.Net.Security;
using Hansa.Federation;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Runtime.Scripts;
using Hansa.Runtime.Scripts.Jurassic;
using Hansa.Storage;
using Hansa.Storage.Sqlite;
using Hansa.Web;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace Hansa.Server;

/// <summary>One server, from its data folder to its door.</summary>
internal static class HansaServer
{
    // A relayed answer is at most this large; so is what a client may send at once (design decisions 3).
    private const long MaxBody = 64L << 20;

    private static readonly TimeSpan ShutdownLimit = TimeSpan.FromSeconds(5);

    public static async Task RunAsync(ServeOptions options, CancellationToken cancellationToken)
    {
        var settings = new Settings(options.DataFolder);
        await using var storage = await SqliteStorage.OpenAsync(options.DataFolder, settings.Of<SqliteOptions>("Storage"), TimeProvider.System, cancellationToken);
        await using var app = Build(options, settings, storage);
        var runtime = app.Services.GetRequiredService<PlatformRuntime>();
        app.UseHansaWeb();
        var password = await runtime.StartAsync(options.AdministratorPassword, cancellationToken);
        if (options.ServerName is not null)
            await NameAsync(app.Services, options.ServerName, cancellationToken);
        await app.StartAsync(cancellationToken);
        Announce(app, options, settings, password);
        // Beside the first calls, which need not wait for it.
        var warming = app.Services.GetRequiredService<IScriptEngine>().WarmUpAsync(CancellationToken.None);
        try
        {
            await app.WaitForShutdownAsync(cancellationToken);
        }
        finally
        {
            await warming;
            using var limit = new CancellationTokenSource(ShutdownLimit);
            await runtime.StopAsync(limit.Token);
        }
    }

    private static WebApplication Build(ServeOptions options, Settings settings, IStorage storage)
    {
        var certificate = CertificateOf(options);
        var builder = WebApplication.CreateSlimBuilder();
        if (certificate is not null)
            builder.WebHost.UseKestrelHttpsConfiguration();
        builder.Logging.ClearProviders().AddSimpleConsole(console =>
        {
            console.SingleLine = true;
            console.TimestampFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z' ";
            console.UseUtcTimestamp = true;
        });
        builder.Logging.AddFilter("Microsoft", LogLevel.Warning).AddFilter("Hansa", LogLevel.Information);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBody;
            foreach (var url in options.Urls)
                Listen(kestrel, url, certificate);
        });
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = ShutdownLimit);
        builder.Services.AddSingleton(storage).AddSingleton(TimeProvider.System);
        builder.Services.AddSingleton<ISecretProtector>(new DataFolderSecrets(options.DataFolder));
        builder.Services.AddHansaRuntime().AddHansaFederation().AddHansaWeb();
        // Registered after the defaults, so that what was configured wins.
        builder.Services.AddSingleton(settings.Of<EventOptions>("Events")).AddSingleton(settings.Of<AlertOptions>("Alerts")).AddSingleton(settings.Of<FederationOptions>("Federation"))
            .AddSingleton(settings.Of<RetentionOptions>("Retention")).AddSingleton(settings.Of<LogOptions>("Logging")).AddSingleton(settings.Of<AuditOptions>("Audit")).AddSingleton(settings.Of<InfoTableOptions>("InfoTables"));
        var repositories = settings.Of<FileRepositoryOptions>("FileRepositories");
        repositories.Root = Path.GetFullPath(repositories.Root, options.DataFolder);
        builder.Services.AddSingleton(repositories);
        builder.Services.AddSingleton(settings.Of<ContentLoaderOptions>("ContentLoader")).AddSingleton(settings.Of<WebSessionOptions>("Sessions")).AddSingleton(settings.Of<LiveOptions>("Live"));
        var scripts = settings.Of<ScriptOptions>("Scripts");
        builder.Services.AddSingleton<IScriptEngine>(_ => new JurassicScriptEngine(scripts, TimeProvider.System, new ScriptCacheFolder(options.DataFolder)));
        return builder.Build();
    }

    private static ServerCertificate? CertificateOf(ServeOptions options)
    {
        if (options.Certificate is { } file)
            return ServerCertificate.Open(Path.GetFullPath(file), options.CertificateKey is { } key ? Path.GetFullPath(key) : null, TimeProvider.System, Console.Error.WriteLine);
        return options.Urls.FirstOrDefault(url => url.Scheme == Uri.UriSchemeHttps) is { } https
            ? throw new PlatformException(ErrorCode.BadRequest, $"{https.OriginalString} needs a certificate: --certificate FILE --certificate-key FILE, both PEM.")
            : null;
    }

    private static void Listen(KestrelServerOptions kestrel, Uri url, ServerCertificate? certificate)
    {
        var address = IPAddress.TryParse(url.Host.Trim('[', ']'), out var parsed) ? parsed
            : url.Host == "localhost" ? IPAddress.Loopback
            : throw new PlatformException(ErrorCode.BadRequest, $"'{url.Host}' is no address of this machine; write an IP address, localhost or *.");
        kestrel.Listen(address, url.Port, listen =>
        {
            if (url.Scheme == Uri.UriSchemeHttp)
            {
                listen.UsePlainPortGuard();
                return;
            }

            // Devices and pipes speak HTTP/1.1 and upgrade; so does every browser.
            listen.Protocols = HttpProtocols.Http1;
            listen.UseHttps(new TlsHandshakeCallbackOptions
            {
                OnConnection = _ => ValueTask.FromResult(new SslServerAuthenticationOptions { ServerCertificateContext = certificate!.Shown }),
            });
        });
    }

    private static async Task NameAsync(IServiceProvider services, string name, CancellationToken cancellationToken)
    {
        var invoker = services.GetRequiredService<ServiceInvoker>();
        var federation = new EntityKey(EntityKind.Subsystems, "FederationSubsystem");
        var present = await invoker.InvokeAsSystemAsync(federation, "GetServerName", TableArguments.None, cancellationToken);
        if (present.Value.ToString().Length > 0)
            return;
        var table = InfoTable.Single(("serverName", BaseType.STRING, Value.String(name)), ("serverDescription", BaseType.STRING, Value.String("")));
        await invoker.InvokeAsSystemAsync(federation, "SetConfigurationTable", TableArguments.Of(
            ("tableName", Value.String("ServerIdentification")), ("configurationTable", Value.Table(table)), ("persistent", Value.Boolean(true))), cancellationToken);
    }

    private static void Announce(WebApplication app, ServeOptions options, Settings settings, string? password)
    {
        var addresses = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses;
        Console.WriteLine($"Hansa serves {string.Join(", ", addresses)} from {options.DataFolder}");
        foreach (var taken in settings.Taken)
            Console.WriteLine($"Setting {taken}");
        if (password is not null)
            Console.WriteLine($"The first start made user Administrator with password {password} ; it is not shown again.");
    }
}
