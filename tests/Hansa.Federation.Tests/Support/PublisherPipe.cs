using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.Federation.Tests.Support;

/// <summary>One pipe of a server that publishes streams, as far as a subscriber can see.</summary>
internal sealed class PublisherPipe : IConnectionHandler, IAsyncDisposable
{
    public static readonly DataShape Shape = DataShape.Of(("n", BaseType.LONG), ("text", BaseType.STRING));

    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly Guid AnyThing = Guid.NewGuid();

    private readonly Func<RequestMessage, CancellationToken, ValueTask<ResponseMessage>> _answer;
    private readonly bool _isHansa;
    private Task _running = Task.CompletedTask;

    private readonly Contract _contract;

    private PublisherPipe(bool isHansa, Guid thing, Func<RequestMessage, CancellationToken, ValueTask<ResponseMessage>> answer) => (_isHansa, _contract, _answer) = (isHansa, new(thing, "Stream", Shape), answer);

    public AlwaysOnConnection Connection { get; private set; } = null!;

    /// <summary>Who the server is, where it was asked.</summary>
    public PeerFacts? Subscriber { get; private set; }

    /// <summary>Dials, signs in as the Administrator, binds.</summary>
    public static async Task<PublisherPipe> ConnectAsync(
        ServerA server, bool isHansa, IEnumerable<string> names, Func<RequestMessage, CancellationToken, ValueTask<ResponseMessage>> answer, PeerFacts? facts = null, Guid? thing = null)
    {
        var pipe = new PublisherPipe(isHansa, thing ?? AnyThing, answer);
        var options = isHansa ? ConnectionOptions.Client.BetweenHansas() with { MaxInFlight = 512 } : ConnectionOptions.Client;
        pipe.Connection = new(server.Dial(isHansa), options, pipe, TimeProvider.System);
        pipe._running = pipe.Connection.RunAsync(CancellationToken.None);
        var auth = new AuthMessage([new("username", "Administrator"), new("password", "Administrator-1")]);
        if (await pipe.Connection.AuthenticateAsync(auth, Limit, CancellationToken.None) is { IsSuccess: false } refused)
            throw new InvalidOperationException($"AUTH was answered {refused.Status}: {refused.FailureText}");
        if (isHansa)
            pipe.Connection.Peer = PeerProfile.Hansa;
        if (facts is not null)
            pipe.Subscriber = PeerFacts.Read((await pipe.Connection.SendAsync(LinkMessages.Request(LinkMessages.Hello, facts.ToTable(TimeProvider.System.GetUtcNow())), Limit, CancellationToken.None)).Content);
        await pipe.BindAsync(names);
        return pipe;
    }

    public async Task BindAsync(IEnumerable<string> names)
    {
        if (await Connection.BindAsync([.. names], new Gateway("ServerB", "ThingworxServer"), Limit, CancellationToken.None) is { IsSuccess: false } refused)
            throw new InvalidOperationException($"BIND was answered {refused.Status}.");
    }

    public ValueTask<ResponseMessage> RequestAsync(AlwaysOnConnection connection, RequestMessage message, CancellationToken cancellationToken)
    {
        if (_isHansa && message.Target == LinkMessages.GetContracts)
        {
            var builder = new InfoTable.Builder(Hansa.Federation.Contract.Columns);
            var names = message.Parameters![0, "names"].AsTable()!;
            for (var i = 0; i < names.RowCount; i++)
                _contract.Write(builder, names[i, 0].ToString());
            return new(ResponseMessage.Of(builder.Build()));
        }

        return message.Target is "NotifyPropertyUpdate" or LinkMessages.ProbeName ? new(ResponseMessage.Success) : _answer(message, cancellationToken);
    }

    public ValueTask<AuthResult> AuthenticateAsync(AlwaysOnConnection connection, AuthMessage message, CancellationToken cancellationToken) => new(AuthResult.Refuse(""));

    public ValueTask<ResponseMessage> BindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) => new(new ResponseMessage(Status.BadRequest));

    public ValueTask AfterBindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) => default;

    public void Faulted(AlwaysOnConnection connection, Exception exception)
    {
        // The caller sees it as a failure.
    }

    public void Closed(AlwaysOnConnection connection, Exception? reason)
    {
        // The server's end says it.
    }

    public async ValueTask DisposeAsync()
    {
        await Connection.DisposeAsync();
        await _running;
    }
}
