using System.Net;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Runtime.Scripts;
using Hansa.Storage;
using Hansa.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hansa.Federation.Tests.Support;

/// <summary>A server without a door: the platform, the federation and a data folder; sockets are streams in memory.</summary>
internal sealed class ServerA : IAsyncDisposable
{
    private readonly string _folder = System.IO.Directory.CreateTempSubdirectory("hansa-test-").FullName;
    private readonly CancellationTokenSource _stopping = new();
    private readonly List<Task> _serving = [];
    private readonly FederationOptions _options;
    private SqliteStorage _storage = null!;
    private ServiceProvider _services = null!;

    private ServerA(FederationOptions options) => _options = options;

    public EntityDirectory Directory => _services.GetRequiredService<EntityDirectory>();

    public ServiceInvoker Invoker => _services.GetRequiredService<ServiceInvoker>();

    public static async Task<ServerA> StartAsync(FederationOptions? options = null)
    {
        var server = new ServerA(options ?? new());
        server._storage = await SqliteStorage.OpenAsync(server._folder, new(), TimeProvider.System, CancellationToken.None);
        server._services = new ServiceCollection()
            .AddLogging().AddSingleton<IStorage>(server._storage).AddSingleton(TimeProvider.System).AddSingleton<ISecretProtector, NoSecrets>()
            .AddHansaRuntime().AddHansaFederation().AddSingleton(server._options)
            .AddSingleton<IScriptEngine, NoScripts>()
            .BuildServiceProvider();
        await server._services.GetRequiredService<PlatformRuntime>().StartAsync("Administrator-1", CancellationToken.None);
        return server;
    }

    /// <summary>Makes a Thing that runs.</summary>
    public async Task<Thing> MakeAsync(ThingDefinition definition) => (Thing)await Directory.CreateAsync(definition with { IsEnabled = true }, CancellationToken.None);

    /// <summary>Makes a RemoteStream of a Data Shape with fields n and text.</summary>
    public async Task<Thing> MakeRemoteStreamAsync(string name, string identifier)
    {
        if (Directory.Find(new(EntityKind.DataShapes, "Shape")) is null)
            await Directory.CreateAsync(new DataShapeDefinition("Shape") { Fields = [.. PublisherPipe.Shape.Fields] }, CancellationToken.None);
        var thing = await MakeAsync(new(name, "RemoteStream") { Identifier = identifier });
        await CallAsync(name, "SetDataShape", ("name", Value.String("Shape")));
        return thing;
    }

    /// <summary>Runs a service with all rights.</summary>
    public ValueTask<ServiceResult> CallAsync(string thing, string service, params (string Name, Value Value)[] arguments) =>
        Invoker.InvokeAsSystemAsync(EntityKey.Thing(thing), service, TableArguments.Of(arguments), CancellationToken.None);

    /// <summary>The same, and takes down whether a write waits.</summary>
    public ValueTask<ServiceResult> CallAsync(DeliveryNote note, string thing, string service, params (string Name, Value Value)[] arguments) => Invoker.InvokeAsync(
        new(Principals.SystemName, EntityKey.Thing(thing), service, TableArguments.Of(arguments), CallOrigin.Platform) { Delivery = note }, CancellationToken.None);

    /// <summary>The numbers n of rows that were refused and are parked.</summary>
    public async Task<IReadOnlySet<long>> ParkedAsync(Thing proxy) => (await _services.GetRequiredService<LaneBook>().ReadParkedAsync(proxy, int.MaxValue, CancellationToken.None))
        .Select(parked => OutboxCall.Read(proxy, parked.Entry.Call.Span).Parameters![0, "values"].AsTable()![0, "n"].AsLong()).ToHashSet();

    /// <summary>How many writes to a proxy wait.</summary>
    public long Waiting(Thing proxy) => _services.GetRequiredService<LaneBook>().FindPinned(proxy)?.Waiting ?? 0;

    /// <summary>The other end of a new socket.</summary>
    public Stream Dial(bool isHansa)
    {
        var (here, there) = DuplexStream.Pair();
        var offer = _services.GetRequiredService<ISocketGateway>().Offer(name => name switch
        {
            "Upgrade" => "websocket",
            "Connection" => "Upgrade",
            "Sec-WebSocket-Version" => "13",
            "Sec-WebSocket-Key" => "l2BurSitcZLcMLcbFp4Lxw==",
            "Hansa-Link" => isHansa ? "1" : null,
            "Max-Frame-Size" => "65535",
            _ => null,
        }, IPAddress.Loopback);
        lock (_serving)
            _serving.Add(offer.ServeAsync(here, _stopping.Token));
        return there;
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await Task.WhenAll(_serving);
        await _services.GetRequiredService<PlatformRuntime>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
        _stopping.Dispose();
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private sealed class NoSecrets : ISecretProtector
    {
        public string Protect(string secret) => secret;

        public string Unprotect(string cipherText) => cipherText;
    }

    private sealed class NoScripts : IScriptEngine
    {
        public ValueTask<ScriptProgram> CompileAsync(string service, string source, IReadOnlyList<string> parameterNames, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask<Value> RunAsync(ScriptProgram program, ScriptFrame frame, CancellationToken cancellationToken) => throw new NotSupportedException();

        public ValueTask<Value> EvaluateAsync(
            string resource, string service, string source, IReadOnlyList<KeyValuePair<string, Value>> arguments, CancellationToken cancellationToken) =>
            throw new NotSupportedException();

        public ValueTask WarmUpAsync(CancellationToken cancellationToken) => default;
    }
}
