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
        if (!answer.IsCompletedSuccessfully || message is BindMessage || !_queue.TryTakePlace())
        {
            _ = FinishAsync(header, message, answer);
            return;
        }

        // Nothing is awaited in fact: no task, no closure for an answer that is there.
        Answer(header, await answer);
        _slots.Release();
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
        try
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

            if (!await _queue.TakePlaceAsync(_aborted.Token))
                return;
            var outgoing = EncodeResponse(header, response);
            var written = outgoing.Written;
            _queue.Add(outgoing);
            if (message is not BindMessage bind || !response.IsSuccess)
                return;
            await written;
            if (!_aborted.IsCancellationRequested)
                await _handler.AfterBindAsync(this, bind, _aborted.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ConnectionLostException && _aborted.IsCancellationRequested)
        {
            // Nobody is left to be answered.
        }
        catch (Exception e)
        {
            Report(e);
        }
        finally
        {
            _slots.Release();
        }
    }

    private async ValueTask RespondAsync(MessageHeader header, ResponseMessage response)
    {
        if (_queue.TryTakePlace() || await _queue.TakePlaceAsync(_aborted.Token))
            Answer(header, response);
    }

    private void Answer(MessageHeader header, ResponseMessage response) => _queue.Add(EncodeResponse(header, response));

    private OutgoingMessage EncodeResponse(MessageHeader request, ResponseMessage response)
    {
        try
        {
            return Encode(HeaderOf(response), response, MessageCodec.WriteResponse, response.Traffic);
        }
        catch (Exception e)
        {
            response = FailureOf(e);
            return Encode(HeaderOf(response), response, MessageCodec.WriteResponse, response.Traffic);
        }

        MessageHeader HeaderOf(ResponseMessage answer) => new((byte)answer.Status, request.RequestId, request.EndpointId, SessionId);
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
