using System.Globalization;
using System.Threading.Channels;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Dialing;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;
using Hansa.Runtime;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>One WebSocket of a link, from dialling to its end and again: AUTH, BIND of what is published, answers to the subscriber's calls.</summary>
internal sealed partial class LinkPipe(SubscriberLink link, LinkParts parts, int number) : IConnectionHandler
{
    private static readonly TimeSpan FirstDelay = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan UnreachableDelay = TimeSpan.FromSeconds(1);

    private readonly Channel<bool> _look = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private volatile AlwaysOnConnection? _connection;
    private volatile bool _isUp;
    private volatile bool _isHansa;
    private volatile bool _isRefused;
    private volatile PeerFacts? _peer;
    private volatile string _reason = "";
    private long _lastUp;

    /// <summary>Whether it is open and has bound what is published.</summary>
    public bool IsUp => _isUp;

    /// <summary>The connection while it is up, else null.</summary>
    public AlwaysOnConnection? Connection => _isUp ? _connection : null;

    /// <summary>When it last came up, milliseconds since 1970; 0 for never.</summary>
    public long LastUp => Volatile.Read(ref _lastUp);

    /// <summary>Who is at the other end, as it has said; null where it has not.</summary>
    public PeerFacts? Peer => _peer;

    /// <summary>Whether it is the other end that does not want the link.</summary>
    public bool IsRefused => _isRefused;

    /// <summary>Why it is not up, "" where it is.</summary>
    public string Reason => _reason;

    private SubscriberRow Row => link.Row;

    /// <summary>What is published may have changed.</summary>
    public void Look() => _look.Writer.TryWrite(true);

    /// <summary>Keeps the pipe open until told to stop.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        var failures = 0;
        while (!stopping.IsCancellationRequested)
        {
            var sign = link.SignOfLife;
            var isUnreachable = false;
            try
            {
                if (await ServeAsync(stopping))
                    failures = 0;
            }
            catch (DialException e)
            {
                isUnreachable = e.Failure is DialFailure.Unreachable or DialFailure.Timeout;
                Say(e.Message);
            }
            catch (Exception e) when (e is PlatformException or IOException or TimeoutException)
            {
                _isRefused = e is PlatformException { Code: ErrorCode.Forbidden or ErrorCode.Unauthorized };
                Say(e.Message);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                // A fault of this program must not end the pipe for good.
                LogFault(parts.Logger, Row.Name, number, e);
                Say("an internal fault; see the log");
            }

            _isUp = false;
            failures++;
            await WaitAsync(failures, isUnreachable, sign, stopping);
        }
    }

    public ValueTask<AuthResult> AuthenticateAsync(AlwaysOnConnection connection, AuthMessage message, CancellationToken cancellationToken) =>
        new(AuthResult.Refuse("This end is the client."));

    public ValueTask<ResponseMessage> BindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) =>
        new(ResponseMessage.Failure(Status.BadRequest, "This end is the client."));

    public ValueTask AfterBindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) => default;

    public ValueTask<ResponseMessage> RequestAsync(AlwaysOnConnection connection, RequestMessage message, CancellationToken cancellationToken)
    {
        if (_isHansa && (LinkMessages.Is(message, LinkMessages.GetContracts) || LinkMessages.Is(message, LinkMessages.ShowContracts)))
            return new(Contracts(message.Parameters, isWanted: message.Target == LinkMessages.GetContracts));
        if (_peer is { } prober && LinkMessages.Is(message, LinkMessages.ProbeName))
            return parts.Monitor.AnswerAsync(prober, LinkRole.Subscriber, Row.Name, message, cancellationToken);
        if (message.Kind != EntityKind.Things || parts.Publication.Resolve(Row, message.Entity) is not { } thing)
            return new(ResponseMessage.Failure(Status.NotFound, $"{message.Kind.Singular()} [{message.Entity}] is not published to this server."));
        if (message is { Method: Method.Post, Characteristic: Characteristic.Services })
        {
            switch (message.Target)
            {
                case "NotifyPropertyUpdate":
                    link.Ask(message.Entity);
                    return new(ResponseMessage.Success);
                case "GetMetadata":
                    var metadata = MetadataJson.Of(thing, thing.Shape, service => !service.IsLocalOnly);
                    return new(ResponseMessage.Of(InfoTable.Result(Value.Text(metadata, BaseType.JSON), BaseType.JSON)));
            }

            if (thing.Shape.FindService(message.Target) is not { Definition.IsLocalOnly: false })
                return new(ResponseMessage.Failure(Status.NotFound, $"Service [{message.Target}] of Thing [{thing.Name}] is not offered to other servers."));
        }

        if (_peer is { } peer && LaneHeader.Parse(message.Header(LinkHeaders.Lane)) is { } place)
        {
            return place.Thing == thing.Definition.Id
                ? parts.Lanes.ServeAsync(peer.ServerId, place, token => AnswerAsync(thing, message, token), cancellationToken)
                : new(ResponseMessage.Failure(Status.Forbidden, $"Thing [{thing.Name}] was deleted and made anew; what was meant for the one before is not for this one."));
        }

        return AnswerAsync(thing, message, cancellationToken);
    }

    public void Faulted(AlwaysOnConnection connection, Exception exception) => LogFault(parts.Logger, Row.Name, number, exception);

    public void Closed(AlwaysOnConnection connection, Exception? reason)
    {
        _isUp = false;
        if (reason is not null)
            Say(reason.Message);
    }

    // Whoever asks waits no longer than its own deadline and the row's time-out.
    private async ValueTask<ResponseMessage> AnswerAsync(Thing thing, RequestMessage message, CancellationToken cancellationToken)
    {
        var task = parts.Dispatcher.AnswerAsync(new(Row.PublishAsUser, _isHansa), thing.Key, message, cancellationToken);
        if (task.IsCompleted)
            return await task;
        var limit = Row.RequestTimeout;
        if (_isHansa && long.TryParse(message.Header(LinkHeaders.Deadline), CultureInfo.InvariantCulture, out var left) && left > 0 && left < limit.TotalMilliseconds)
            limit = TimeSpan.FromMilliseconds(left);
        try
        {
            return await task.AsTask().WaitAsync(limit, parts.Time, cancellationToken);
        }
        catch (TimeoutException)
        {
            return ResponseMessage.Failure(Status.GatewayTimeout, $"[{message.Target}] is still running after {limit.TotalSeconds:0.#} s.");
        }
    }

    private ResponseMessage Contracts(InfoTable? parameters, bool isWanted)
    {
        var builder = new InfoTable.Builder(Contract.Columns);
        var names = parameters is { RowCount: > 0 } ? parameters[0, "names"].AsTable() : null;
        for (var i = 0; i < (names?.RowCount ?? 0); i++)
        {
            var name = names![i, 0].ToString();
            if (parts.Publication.Resolve(Row, name) is not { } thing)
                continue;
            if (isWanted)
                link.Note(thing.Name);
            parts.Publication.ContractOf(thing).Write(builder, name);
        }

        return ResponseMessage.Of(builder.Build());
    }

    private async Task<bool> ServeAsync(CancellationToken stopping)
    {
        if (parts.Directory.Find(new(EntityKind.Users, Row.PublishAsUser)) is null)
            throw new PlatformException(ErrorCode.BadRequest, $"Publish As User [{Row.PublishAsUser}] does not exist.");
        var key = parts.Secrets.Open(Row.StoredKey);
        var dialled = await AlwaysOnDialer.DialAsync(new(Row.ServerUri), parts.DialOptions(Row, key), stopping);
        _isHansa = dialled.IsHansa;
        var options = dialled.Apply(ConnectionOptions.Client) with { MaxQueuedMessages = 2048, MaxQueuedBytes = 32 << 20, MaxInFlight = 512 };
        await using var connection = new AlwaysOnConnection(dialled.Stream, options, this, parts.Time);
        _connection = connection;
        var running = connection.RunAsync(stopping);
        var wasUp = false;
        try
        {
            var answer = await connection.AuthenticateAsync(AuthMessage.ApplicationKey(key), parts.Options.LinkTimeout, stopping);
            if (!answer.IsSuccess)
                throw new PlatformException(ErrorCode.Unauthorized, $"AUTH was refused: {answer.FailureText ?? answer.Status.ToString()}");
            if (_isHansa)
                await MeetAsync(connection, stopping);
            wasUp = await KeepBoundAsync(connection, running, stopping);
        }
        finally
        {
            _isUp = false;
            await connection.CloseAsync(CloseCode.Normal, "");
            await running;
        }

        return wasUp;
    }

    // Both ends say who they are. From here on what only servers understand may travel.
    private async Task MeetAsync(AlwaysOnConnection connection, CancellationToken stopping)
    {
        connection.Peer = PeerProfile.Hansa;
        var own = PeerFacts.Own(parts.Identity, parts.Storage);
        var answer = await connection.SendAsync(LinkMessages.Request(LinkMessages.Hello, own.ToTable(parts.Time.GetUtcNow())), parts.Options.LinkTimeout, TrafficClass.Probe, stopping);
        if (!answer.IsSuccess)
            throw new PlatformException(ErrorCode.Forbidden, answer.FailureText ?? $"The hello was refused: {answer.Status}");
        _peer = PeerFacts.Read(answer.Content) ?? throw new PlatformException(ErrorCode.BadGateway, $"The server at {Row.ServerUri} does not say who it is.");
        if (PeerFacts.Refusal(own, _peer) is { } refusal)
            throw new PlatformException(ErrorCode.Forbidden, refusal);
        if (parts.Monitor.RunsTwice(Row.Name, _peer) is { } other)
            throw new PlatformException(ErrorCode.Forbidden, $"The server at {Row.ServerUri} has the id of [{other}] and was started at another time: a data folder was copied, and both run. Stop one of them.");
    }

    // Binds what is published, and what changes, until the connection ends.
    private async Task<bool> KeepBoundAsync(AlwaysOnConnection connection, Task running, CancellationToken stopping)
    {
        var bound = new Dictionary<string, string>(StringComparer.Ordinal);
        var gateway = new Gateway(parts.Identity.Name, "ThingworxServer");
        while (!running.IsCompleted)
        {
            var wanted = parts.Publication.For(Row)
                .SelectMany(thing => parts.Publication.NamesOf(thing, Row).Select(name => (Name: name, parts.Publication.ContractOf(thing).Fingerprint)))
                .ToDictionary(pair => pair.Name, pair => pair.Fingerprint, StringComparer.Ordinal);
            var gone = bound.Keys.Where(name => !wanted.ContainsKey(name)).ToList();
            if (gone.Count > 0)
                await TellAsync(connection, new([.. gone], gateway, IsUnbind: true), stopping);
            // A contract that has changed is bound again: BIND is the word for "look again".
            var due = wanted.Where(pair => bound.GetValueOrDefault(pair.Key) != pair.Value).Select(pair => pair.Key).ToList();
            if (due.Count > 0 || !_isUp)
                await TellAsync(connection, new([.. due], gateway), stopping);
            bound = wanted;
            if (!_isUp)
                ComeUp();
            await Task.WhenAny(running, _look.Reader.WaitToReadAsync(stopping).AsTask());
            _look.Reader.TryRead(out _);
        }

        return true;
    }

    private async Task TellAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken stopping)
    {
        var answer = message.IsUnbind
            ? await connection.UnbindAsync(message.Names, message.Gateway, parts.Options.LinkTimeout, stopping)
            : await connection.BindAsync(message.Names, message.Gateway, parts.Options.LinkTimeout, stopping);
        if (!answer.IsSuccess)
            throw new PlatformException(ErrorCode.BadGateway, $"BIND was refused: {answer.FailureText ?? answer.Status.ToString()}");
    }

    private void ComeUp()
    {
        Volatile.Write(ref _lastUp, parts.Time.GetUtcNow().ToUnixTimeMilliseconds());
        (_reason, _isRefused) = ("", false);
        _isUp = true;
        link.Lives();
        LogUp(parts.Logger, Row.Name, number);
    }

    private void Say(string reason)
    {
        if (_reason != reason)
            LogDown(parts.Logger, Row.Name, number, reason);
        _reason = reason;
    }

    // A server that does not answer at all is tried each second, by the first pipe only; a refusal is met with longer and longer waits.
    private async Task WaitAsync(int failures, bool isUnreachable, Task sign, CancellationToken stopping)
    {
        var longest = Row.ReconnectInterval;
        var backOff = TimeSpan.FromMilliseconds(Math.Min(longest.TotalMilliseconds, FirstDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures - 1, 20))));
        if (isUnreachable)
            backOff = number == 0 && UnreachableDelay < longest ? UnreachableDelay : longest;
        var jittered = backOff * (0.5 + Random.Shared.NextDouble() / 2);
        try
        {
            using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
            await Task.WhenAny(Task.Delay(jittered, parts.Time, enough.Token), sign);
            await enough.CancelAsync();
        }
        catch (OperationCanceledException)
        {
            // Stopping: the loop sees it.
        }
    }

    [LoggerMessage(2301, LogLevel.Information, "Link to {Subscriber}, pipe {Pipe}: up.")]
    private static partial void LogUp(ILogger logger, string subscriber, int pipe);

    [LoggerMessage(2302, LogLevel.Warning, "Link to {Subscriber}, pipe {Pipe}: {Reason}")]
    private static partial void LogDown(ILogger logger, string subscriber, int pipe, string reason);

    [LoggerMessage(2303, LogLevel.Error, "Link to {Subscriber}, pipe {Pipe}: a fault of this program.")]
    private static partial void LogFault(ILogger logger, string subscriber, int pipe, Exception exception);
}
