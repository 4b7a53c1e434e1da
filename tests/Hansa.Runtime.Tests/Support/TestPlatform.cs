using Hansa.Model;
using Hansa.Runtime.Scripts;
using Hansa.Runtime.Scripts.Jurassic;
using Hansa.Storage;
using Hansa.Storage.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;

namespace Hansa.Runtime.Tests.Support;

/// <summary>A whole platform in this process, on a data folder of its own that is gone with it.</summary>
internal sealed class TestPlatform : IAsyncDisposable
{
    public const string Administrator = Principals.AdministratorName;
    public const string Password = "quay-side-7";

    // Engines are pooled and safe for many platforms; making one takes a second.
    private static readonly Lazy<JurassicScriptEngine> Engine = new(() => new(new() { Timeout = TimeSpan.FromSeconds(20) }, TimeProvider.System));

    private readonly TimeProvider _time;
    private readonly Func<IStorage, IStorage> _wrap;
    private readonly Action<IServiceCollection> _configure;
    private ServiceProvider _services = null!;
    private SqliteStorage _storage = null!;

    private TestPlatform(TimeProvider time, Func<IStorage, IStorage> wrap, Action<IServiceCollection> configure) =>
        (_time, _wrap, _configure) = (time, wrap, configure);

    public string Folder { get; } = Directory.CreateTempSubdirectory("hansa-runtime-test-").FullName;

    public FakeEndpoints Endpoints { get; } = new();

    public LogLines Log { get; } = new();

    public ServiceInvoker Invoker => Get<ServiceInvoker>();

    public EntityDirectory Entities => Get<EntityDirectory>();

    public static async Task<TestPlatform> StartAsync(
        TimeProvider? time = null, Func<IStorage, IStorage>? wrap = null, Action<IServiceCollection>? configure = null)
    {
        var platform = new TestPlatform(time ?? TimeProvider.System, wrap ?? (storage => storage), configure ?? (_ => { }));
        await platform.StartAsync();
        return platform;
    }

    public T Get<T>()
        where T : notnull => _services.GetRequiredService<T>();

    /// <summary>Stops the platform and starts it again on the same folder.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public Thing Thing(string name) => Entities.FindThing(name) ?? throw new InvalidOperationException($"There is no Thing {name}.");

    /// <summary>Calls a service: <c>InvokeAsync("bob", "Things/Pump", "Start", ("speed", 3))</c>.</summary>
    public async Task<Value> InvokeAsync(string user, string entity, string service, params (string Name, object? Value)[] arguments) =>
        (await Invoker.InvokeAsync(
            new(user, Key(entity), service, TableArguments.Of([.. arguments.Select(a => (a.Name, Values.Of(a.Value)))]), CallOrigin.Rest), CancellationToken.None)).Value;

    /// <summary>Calls a service as Administrator.</summary>
    public Task<Value> CallAsync(string entity, string service, params (string Name, object? Value)[] arguments) => InvokeAsync(Administrator, entity, service, arguments);

    /// <summary>The refusal that the call ends with.</summary>
    public async Task<PlatformException> RefusedAsync(string user, string entity, string service, params (string Name, object? Value)[] arguments) =>
        await Should.ThrowAsync<PlatformException>(() => InvokeAsync(user, entity, service, arguments));

    /// <summary>Makes a Thing that runs.</summary>
    public async Task MakeThingAsync(string name, string template = "GenericThing")
    {
        await CallAsync("Resources/EntityServices", "CreateThing", ("name", name), ("thingTemplateName", template));
        await CallAsync($"Things/{name}", "EnableThing");
    }

    /// <summary>Makes a user; without a password, as its hash takes its time.</summary>
    public Task MakeUserAsync(string name, string? password = null) =>
        CallAsync("Resources/EntityServices", "CreateUser", ("name", name), ("password", password));

    public Task MakeDataShapeAsync(string name, params (string Name, BaseType Type)[] fields) => CallAsync(
        "Resources/EntityServices", "CreateDataShape", ("name", name),
        ("fields", Tables.Of([("name", BaseType.STRING), ("baseType", BaseType.STRING)], [.. fields.Select(f => new object?[] { f.Name, f.Type.Name() })])));

    /// <summary>Makes a running Stream of a Data Shape of the same name.</summary>
    public async Task MakeStreamAsync(string name, params (string Name, BaseType Type)[] fields)
    {
        await MakeDataShapeAsync(name, fields);
        await MakeThingAsync(name, "Stream");
        await CallAsync($"Things/{name}", "SetDataShape", ("name", name));
    }

    /// <summary>Makes a running DataTable of a Data Shape of the same name with that primary key.</summary>
    public async Task MakeDataTableAsync(string name, string[] key, params (string Name, BaseType Type)[] fields)
    {
        await CallAsync("Resources/EntityServices", "CreateDataShape", ("name", name), ("fields", Tables.Of(
            [("name", BaseType.STRING), ("baseType", BaseType.STRING), ("isPrimaryKey", BaseType.BOOLEAN)],
            [.. fields.Select(f => new object?[] { f.Name, f.Type.Name(), key.Contains(f.Name) })])));
        await MakeThingAsync(name, "DataTable");
        await CallAsync($"Things/{name}", "SetDataShape", ("name", name));
    }

    public Task AddPropertyAsync(string thing, string name, BaseType type, params (string Name, object? Value)[] more) =>
        CallAsync($"Things/{thing}", "AddPropertyDefinition", [("name", name), ("type", type.Name()), .. more]);

    /// <summary>Adds a script service that gives a STRING.</summary>
    public Task AddServiceAsync(string thing, string name, string code, params (string Name, BaseType Type)[] parameters) => CallAsync(
        $"Things/{thing}", "AddScriptServiceDefinition", ("name", name), ("code", code),
        ("parameters", Tables.Of([("name", BaseType.STRING), ("baseType", BaseType.STRING)], [.. parameters.Select(p => new object?[] { p.Name, p.Type.Name() })])),
        ("resultType", Tables.Of([("name", BaseType.STRING), ("baseType", BaseType.STRING)], ["result", "STRING"])));

    /// <summary>Changes what no service changes: subscriptions, tags of old …</summary>
    public Task EditAsync(string thing, Func<ThingDefinition, ThingDefinition> edit) =>
        Entities.UpdateAsync(EntityKey.Thing(thing), definition => edit((ThingDefinition)definition), CancellationToken.None);

    public Task ShowAsync(string entity) => CallAsync(
        entity, "AddVisibilityPermission", ("principal", Principals.EveryoneName), ("principalType", "Organization"));

    public Task AllowAsync(string entity, string user, Permission permission, string resource = "*", bool allow = true) =>
        permission is Permission.Create or Permission.Read or Permission.Update or Permission.Delete
            ? CallAsync(entity, "AddDesignTimePermission", ("type", permission.ToString()), ("principal", user), ("principalType", "User"), ("allow", allow))
            : CallAsync(entity, "AddRunTimePermission", ("type", permission.ToString()), ("resource", resource), ("principal", user), ("principalType", "User"), ("allow", allow));

    public async Task<Value> ReadAsync(string thing, string property) => (await ReadVtqAsync(thing, property)).Value;

    public async Task<Vtq> ReadVtqAsync(string thing, string property, string user = Administrator) =>
        await Invoker.ReadPropertyAsync(user, EntityKey.Thing(thing), property, CallOrigin.Rest, CancellationToken.None);

    public Task WriteAsync(string thing, string property, object? value, string user = Administrator) =>
        Invoker.WritePropertyAsync(user, EntityKey.Thing(thing), property, Values.Of(value), CallOrigin.Rest, CancellationToken.None);

    public static EntityKey Key(string address)
    {
        var slash = address.IndexOf('/', StringComparison.Ordinal);
        return new(Enum.Parse<EntityKind>(address[..slash]), address[(slash + 1)..]);
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task StartAsync()
    {
        _storage = await SqliteStorage.OpenAsync(Folder, new SqliteOptions(), TimeProvider.System, CancellationToken.None);
        var services = new ServiceCollection();
        services.AddLogging(logging => logging.AddProvider(Log)).AddSingleton(_time).AddSingleton(_wrap(_storage));
        services.AddSingleton<ISecretProtector, MarkedSecrets>().AddSingleton<IRemoteEndpoints>(Endpoints).AddSingleton<IScriptEngine>(_ => new SharedEngine(Engine.Value));
        services.AddHansaRuntime().AddSingleton(new FileRepositoryOptions { Root = Path.Combine(Folder, "repositories") });
        _configure(services);
        _services = services.BuildServiceProvider();
        await Get<PlatformRuntime>().StartAsync(Password, CancellationToken.None);
    }

    private async Task StopAsync()
    {
        await Get<PlatformRuntime>().StopAsync(CancellationToken.None);
        await _services.DisposeAsync();
        await _storage.DisposeAsync();
    }

    /// <summary>Lets no platform dispose of the engine that all share.</summary>
    private sealed class SharedEngine(IScriptEngine engine) : IScriptEngine
    {
        public ValueTask<ScriptProgram> CompileAsync(string service, string source, IReadOnlyList<string> parameterNames, CancellationToken cancellationToken) =>
            engine.CompileAsync(service, source, parameterNames, cancellationToken);

        public ValueTask<Value> RunAsync(ScriptProgram program, ScriptFrame frame, CancellationToken cancellationToken) => engine.RunAsync(program, frame, cancellationToken);

        public ValueTask<Value> EvaluateAsync(
            string resource, string service, string source, IReadOnlyList<KeyValuePair<string, Value>> arguments, CancellationToken cancellationToken) =>
            engine.EvaluateAsync(resource, service, source, arguments, cancellationToken);

        public ValueTask WarmUpAsync(CancellationToken cancellationToken) => engine.WarmUpAsync(cancellationToken);
    }
}
