using System.Collections.Concurrent;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Support;

/// <summary>A handler whose answers a test sets; by default it takes every key and echoes parameters.</summary>
internal sealed class TestHandler : IConnectionHandler
{
    private readonly TaskCompletionSource<Exception?> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _closes;

    public Func<AuthMessage, ValueTask<AuthResult>> Authenticate { get; set; } = _ => new(AuthResult.Accept(0x11223344));

    public Func<BindMessage, ValueTask<ResponseMessage>> Bind { get; set; } = _ => new(ResponseMessage.Success);

    public Func<AlwaysOnConnection, BindMessage, ValueTask> AfterBind { get; set; } = (_, _) => default;

    public Func<RequestMessage, CancellationToken, ValueTask<ResponseMessage>> Request { get; set; } =
        (request, _) => new(ResponseMessage.Of(request.Parameters));

    public ConcurrentQueue<Exception> Faults { get; } = new();

    /// <summary>Why the connection ended.</summary>
    public Task<Exception?> Closing => _closed.Task;

    public int Closes => Volatile.Read(ref _closes);

    public ValueTask<AuthResult> AuthenticateAsync(AlwaysOnConnection connection, AuthMessage message, CancellationToken cancellationToken) =>
        Authenticate(message);

    public ValueTask<ResponseMessage> BindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) =>
        Bind(message);

    public ValueTask AfterBindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) =>
        AfterBind(connection, message);

    public ValueTask<ResponseMessage> RequestAsync(AlwaysOnConnection connection, RequestMessage message, CancellationToken cancellationToken) =>
        Request(message, cancellationToken);

    public void Faulted(AlwaysOnConnection connection, Exception exception) => Faults.Enqueue(exception);

    public void Closed(AlwaysOnConnection connection, Exception? reason)
    {
        Interlocked.Increment(ref _closes);
        _closed.TrySetResult(reason);
    }
}

/// <summary>Requests as tests make them.</summary>
internal static class Requests
{
    public static RequestMessage Echo(string text, string service = "Echo") =>
        new(Method.Post, EntityKind.Things, "Pump", Characteristic.Services, service, InfoTable.Result(Value.String(text), BaseType.STRING));

    public static RequestMessage Echo(int length) => Echo(new string('x', length));

    public static string? Text(this ResponseMessage response) => response.Content?[0, "result"].AsText();
}
