using System.Diagnostics;
using Hansa.AlwaysOn.Connections;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn;

/// <content>What the peer sends: control frames, answers, requests.</content>
public sealed partial class AlwaysOnConnection
{
    private readonly SemaphoreSlim _slots;
    private readonly InboundMessages _inbound;
    private long _messagesReceived;

    private async Task ReadAllAsync()
    {
        try
        {
            while (await _socket.ReceiveAsync(_aborted.Token) is { } message)
            {
                if (message.Opcode == Opcode.Close)
                {
                    TakeClose(message);
                    return;
                }

                await TakeAsync(message);
            }

            if (!_isClosing)
                _reason ??= new IOException("The peer ended the connection without a Close.");
        }
        catch (WireFormatException e)
        {
            _reason ??= e;
            _writer.SendClose(e.CloseCode, e.Message, afterQueue: false);
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException)
        {
            if (!_isClosing)
                _reason ??= e;
        }
        catch (Exception e)
        {
            // A fault of ours; the connection is lost, the process is not.
            _reason ??= e;
            _writer.SendClose(CloseCode.Unexpected, "", afterQueue: false);
        }
    }

    private void TakeClose(SocketMessage close)
    {
        var (code, reason) = (close.CloseCode, close.CloseReason);
        if (code is not (CloseCode.Normal or CloseCode.GoingAway or CloseCode.None) && !_isClosing)
            _reason ??= new IOException($"The peer closed with {(int)code}: {reason}");
        _writer.SendClose(code == CloseCode.None ? CloseCode.Normal : code, "", afterQueue: false);
    }

    private async ValueTask TakeAsync(SocketMessage message)
    {
        foreach (var expired in _inbound.TakeExpired())
            await TakeAsync(expired);
        switch (message.Opcode)
        {
            case Opcode.Ping:
                _writer.SendPong(message.Payload.Span);
                break;
            case Opcode.Binary when Read(message.Payload.Span) is { } inbound:
                Volatile.Write(ref _messagesReceived, _messagesReceived + 1);
                await TakeAsync(inbound);
                break;
            case Opcode.Text:
                throw new WireFormatException("Text has no meaning on an AlwaysOn connection.", CloseCode.Unsupported);
        }
    }

    private Inbound? Read(ReadOnlySpan<byte> bytes)
    {
        // Empty frames come from some clients and say nothing.
        if (bytes.IsEmpty)
            return null;
        var header = MessageHeader.Read(bytes);
        // Before AUTH a body is not even looked at.
        return IsOpenTo(header) ? _inbound.Read(header, bytes, _peer) : new(header, null, null);
    }

    private bool IsOpenTo(MessageHeader header) => _isAuthenticated || End == ConnectionEnd.Client || header.Code == (byte)Method.Auth;

    private ValueTask TakeAsync(in Inbound inbound)
    {
        if (inbound.Header.IsResponse)
        {
            if (IsOpenTo(inbound.Header))
                TakeResponse(inbound);
            return default;
        }

        return IsOpenTo(inbound.Header)
            ? TakeRequestAsync(inbound)
            : RespondAsync(inbound.Header, new(Status.Unauthorized, "AUTH comes first."));
    }

    private void TakeResponse(in Inbound inbound)
    {
        if (inbound.Fault is not null)
            Report(inbound.Fault);
        if (_calls.Find(inbound.Header.RequestId) is not { } call)
            return;
        if (inbound.Message is not ResponseMessage response)
        {
            call.Fail(inbound.Fault ?? new WireFormatException("The answer cannot be read."));
            return;
        }

        if (call.IsAuth && End == ConnectionEnd.Client)
            SetSession(response.IsSuccess ? inbound.Header.SessionId : 0);
        call.Answer(response);
    }

    private ValueTask TakeRequestAsync(Inbound inbound)
    {
        var header = inbound.Header;
        if (inbound.Fault is { } fault)
        {
            Report(fault);
            return RespondAsync(header, fault.CloseCode == CloseCode.TooBig
                ? ResponseMessage.Failure(Status.EntityTooLarge, fault.Message)
                : ResponseMessage.Failure(Status.BadRequest, fault.Message));
        }

        return inbound.Message switch
        {
            RequestMessage request => StartAsync(header, request),
            BindMessage bind when End == ConnectionEnd.Server => StartAsync(header, bind),
            AuthMessage auth when End == ConnectionEnd.Server => AuthenticateAsync(header, auth),
            BindMessage or AuthMessage => RespondAsync(header, ResponseMessage.Failure(Status.BadRequest, "This end is the client.")),
            ResponseMessage alive => RespondAsync(header, alive),
            _ => RespondAsync(header, ResponseMessage.Failure(Status.MethodNotAllowed, $"Method {header.Code:x2} is not known.")),
        };
    }

    // Reading goes on only when this is answered: what follows an AUTH may rely on it.
    private async ValueTask AuthenticateAsync(MessageHeader header, AuthMessage message)
    {
        ResponseMessage response;
        try
        {
            var result = await _handler.AuthenticateAsync(this, message, _aborted.Token);
            SetSession(result.SessionId);
            response = result.IsAccepted ? ResponseMessage.Success : ResponseMessage.Failure(Status.Unauthorized, result.Refusal ?? "");
        }
        catch (Exception e)
        {
            SetSession(0);
            response = FailureOf(e);
        }

        await RespondAsync(header, response);
    }

    private void SetSession(uint sessionId)
    {
        var isAccepted = sessionId is not (0 or MessageHeader.NoSession);
        Volatile.Write(ref _sessionId, isAccepted ? sessionId : MessageHeader.NoSession);
        _peer = _options.Peer;
        _socket.MaxMessageSize = isAccepted || End == ConnectionEnd.Client ? _options.MaxSocketMessage : _options.MaxSocketMessageBeforeAuth;
        _writer.Compress = isAccepted;
        _isAuthenticated = isAccepted;
    }

    private async ValueTask StartAsync(MessageHeader header, object message)
    {
        if (_isClosing)
        {
            await RespondAsync(header, ResponseMessage.Failure(Status.ServiceUnavailable, "The connection is closing; nothing was taken."));
            return;
        }

        // Nothing more is read while this waits.
        await _slots.WaitAsync(_aborted.Token);
        var answer = Ask(message);
        // For an answer that is there nothing is awaited and no task made.
        if (answer.IsCompletedSuccessfully && message is not BindMessage)
            _queue.Add(AnswerTo(header, await answer, _slots));
        else
            _ = FinishAsync(header, message, answer);
    }

    private ValueTask<ResponseMessage> Ask(object message)
    {
        try
        {
            return message is BindMessage bind
                ? _handler.BindAsync(this, bind, _aborted.Token)
                : _handler.RequestAsync(this, (RequestMessage)message, _aborted.Token);
        }
        catch (Exception e)
        {
            return ValueTask.FromException<ResponseMessage>(e);
        }
    }

    private async Task FinishAsync(MessageHeader header, object message, ValueTask<ResponseMessage> answer)
    {
        ResponseMessage response;
        try
        {
            response = await answer;
        }
        catch (Exception e)
        {
            response = FailureOf(e);
        }

        var outgoing = AnswerTo(header, response, _slots);
        if (message is BindMessage bind && response.IsSuccess)
            await FinishBindAsync(outgoing, bind);
        else
            _queue.Add(outgoing);
    }

    private async Task FinishBindAsync(OutgoingMessage answer, BindMessage bind)
    {
        var written = answer.Written;
        _queue.Add(answer);
        await written;
        if (_aborted.IsCancellationRequested)
            return;
        try
        {
            await _handler.AfterBindAsync(this, bind, _aborted.Token);
        }
        catch (Exception e)
        {
            FailureOf(e);
        }
    }

    /// <summary>Answers what was not started. Nothing more is read until it is written.</summary>
    private async ValueTask RespondAsync(MessageHeader header, ResponseMessage response)
    {
        var answer = AnswerTo(header, response, slot: null);
        var written = answer.Written;
        _queue.Add(answer);
        await written;
    }

    private OutgoingMessage AnswerTo(MessageHeader request, ResponseMessage response, SemaphoreSlim? slot)
    {
        // A code below 40 would be a request.
        var code = (byte)response.Status < (byte)Status.Success ? (byte)Status.InternalServerError : (byte)response.Status;
        return new(new(code, request.RequestId, request.EndpointId, SessionId), response, response.Traffic, slot: slot);
    }

    private ResponseMessage FailureOf(Exception exception)
    {
        if (exception is PlatformException told)
            return ResponseMessage.Failure(told);
        if (!_aborted.IsCancellationRequested)
            Report(exception);
        return new(Status.InternalServerError);
    }

    private void Report(Exception exception)
    {
        try
        {
            _handler.Faulted(this, exception);
        }
        catch (Exception e)
        {
            // A log that fails must not end a connection.
            Debug.WriteLine(e);
        }
    }
}
