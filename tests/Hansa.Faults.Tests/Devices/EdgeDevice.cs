using System.Collections.Concurrent;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Dialing;
using Hansa.AlwaysOn.WebSockets;
using Hansa.Model;
using Hansa.Testing;

namespace Hansa.Faults.Tests.Devices;

/// <summary>A device as the vendor's C SDK is one: its name in the upgrade, its limits, its order of messages.</summary>
internal sealed class EdgeDevice : IConnectionHandler, IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<RequestMessage> _received = new();
    private Task _running = Task.CompletedTask;

    private EdgeDevice()
    {
    }

    public AlwaysOnConnection Connection { get; private set; } = null!;

    /// <summary>What the server has asked for, in order.</summary>
    public IReadOnlyCollection<RequestMessage> Received => _received;

    /// <summary>How the device answers; it knows nothing (84) of its own accord but NotifyPropertyUpdate.</summary>
    public Func<RequestMessage, CancellationToken, ValueTask<ResponseMessage>> Answer { get; set; } = (_, _) => new(new ResponseMessage(Status.NotFound));

    /// <summary>Dials without AUTH.</summary>
    public static async Task<EdgeDevice> DialAsync(ServerUnderTest server, string? key = null, Deflate deflate = Deflate.WithTakeover)
    {
        var device = new EdgeDevice();
        var dialled = await AlwaysOnDialer.DialAsync(
            new(server.ServerUri), new() { UserAgent = "ThingWorx C SDK", ApplicationKey = key, Deflate = deflate }, CancellationToken.None);
        device.Connection = new(dialled.Stream, dialled.Apply(ConnectionOptions.Client), device, TimeProvider.System);
        device._running = device.Connection.RunAsync(CancellationToken.None);
        return device;
    }

    /// <summary>Dials, proves itself, binds.</summary>
    public static async Task<EdgeDevice> ConnectAsync(ServerUnderTest server, string key, params string[] names)
    {
        var device = await DialAsync(server, key);
        await device.SignInAsync(key);
        if (names.Length > 0)
            await device.BindAsync(names);
        return device;
    }

    public async Task SignInAsync(string key)
    {
        if (await TrySignInAsync(key) is var status and not Status.Success)
            throw new InvalidOperationException($"AUTH was answered {status}.");
    }

    public async Task<Status> TrySignInAsync(string key) =>
        (await Connection.AuthenticateAsync(AuthMessage.ApplicationKey(key), Limit, CancellationToken.None)).Status;

    public async Task BindAsync(params string[] names)
    {
        if (await Connection.BindAsync([.. names], null, Limit, CancellationToken.None) is { IsSuccess: false } answer)
            throw new InvalidOperationException($"BIND was answered {answer.Status}.");
    }

    public Task<ResponseMessage> GetAsync(string thing, string property) => SendAsync(new(Method.Get, EntityKind.Things, thing, Characteristic.Properties, property));

    public Task<ResponseMessage> PutAsync(string thing, string property, InfoTable? row) =>
        SendAsync(new(Method.Put, EntityKind.Things, thing, Characteristic.Properties, property, row));

    public Task<ResponseMessage> CallAsync(string thing, string service, InfoTable? parameters = null) =>
        SendAsync(new(Method.Post, EntityKind.Things, thing, Characteristic.Services, service, parameters));

    public Task<ResponseMessage> FireAsync(string thing, string name, InfoTable? data = null) =>
        SendAsync(new(Method.Post, EntityKind.Things, thing, Characteristic.Events, name, data));

    public async Task<ResponseMessage> SendAsync(RequestMessage request) => await Connection.SendAsync(request, Limit, CancellationToken.None);

    /// <summary>How often the server has asked for that service of a Thing.</summary>
    public int Count(string thing, string service) => _received.Count(request => request.Entity == thing && request.Target == service);

    /// <summary>Waits until the server has asked so often.</summary>
    public Task UntilAskedAsync(string thing, string service, int times = 1) =>
        Tables.UntilAsync(() => Task.FromResult(Count(thing, service) >= times), $"{service} of {thing}, {times} times");

    /// <summary>Ends as a device does whose power is cut: no UNBIND, no Close.</summary>
    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _running;
    }

    public ValueTask<AuthResult> AuthenticateAsync(AlwaysOnConnection connection, AuthMessage message, CancellationToken cancellationToken) =>
        new(AuthResult.Refuse("This end is the device."));

    public ValueTask<ResponseMessage> BindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) =>
        new(new ResponseMessage(Status.BadRequest));

    public ValueTask AfterBindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) => default;

    public ValueTask<ResponseMessage> RequestAsync(AlwaysOnConnection connection, RequestMessage message, CancellationToken cancellationToken)
    {
        _received.Enqueue(message);
        return message.Target == "NotifyPropertyUpdate" ? new(ResponseMessage.Success) : Answer(message, cancellationToken);
    }

    public void Faulted(AlwaysOnConnection connection, Exception exception)
    {
        // Shows as the answer that the test does not expect.
    }

    public void Closed(AlwaysOnConnection connection, Exception? reason)
    {
        // The connection's state says it.
    }
}
