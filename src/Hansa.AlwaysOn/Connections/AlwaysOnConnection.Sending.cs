using Hansa.AlwaysOn.Connections;
using Hansa.AlwaysOn.Multipart;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn;

/// <content>Requests of this end, and how messages become bytes.</content>
public sealed partial class AlwaysOnConnection
{
    private delegate void BodyWriter<in T>(ref WireWriter writer, T body);

    private async ValueTask<ResponseMessage> CallAsync<T>(
        byte code, T body, BodyWriter<T> write, TrafficClass traffic, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var start = _time.GetTimestamp();
        if (_isClosing)
            throw new ConnectionLostException("The connection is closing.", sent: false, _reason);
        if (!_queue.TryTakePlace())
            await WaitForPlaceAsync(timeout, cancellationToken);

        PendingCall? call = null;
        try
        {
            call = _calls.Begin(isAuth: code == (byte)Method.Auth);
            var session = call.IsAuth ? MessageHeader.NoSession : SessionId;
            _queue.Add(Encode(new(code, call.RequestId, 0, session), body, write, traffic, call));
        }
        catch
        {
            _queue.LeavePlace();
            if (call is not null)
                _calls.End(call);
            throw;
        }

        try
        {
            return await call.WaitAsync(timeout, timeout - _time.GetElapsedTime(start), _time, cancellationToken);
        }
        finally
        {
            _calls.End(call);
        }
    }

    private async ValueTask WaitForPlaceAsync(TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(timeout, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (!await _queue.TakePlaceAsync(either.Token))
                throw new ConnectionLostException("The connection ended before the request was sent.", sent: false, _reason);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            throw new RequestTimeoutException(timeout, sent: false);
        }
    }

    private async ValueTask<ResponseMessage> BindAllAsync(BindMessage bind, TimeSpan timeout, CancellationToken cancellationToken)
    {
        var code = (byte)(bind.IsUnbind ? Method.Unbind : Method.Bind);
        var rest = bind.Names;
        while (true)
        {
            // The count on the wire has 16 bits.
            var now = rest.Length <= ushort.MaxValue ? rest : rest[..ushort.MaxValue];
            rest = rest[now.Length..];
            var answer = await CallAsync(
                code, bind with { Names = now }, MessageCodec.WriteBind, TrafficClass.Call, timeout, cancellationToken);
            if (rest.IsEmpty || !answer.IsSuccess)
                return answer;
        }
    }

    private OutgoingMessage Encode<T>(MessageHeader header, T body, BodyWriter<T> write, TrafficClass traffic, PendingCall? call = null)
    {
        var bytes = new PooledBuffer(_options.MaxMessageSize);
        try
        {
            header.Write(bytes.GetSpan(MessageHeader.Size));
            bytes.Advance(MessageHeader.Size);
            var writer = new WireWriter(bytes, _peer);
            write(ref writer, body);
            writer.Flush();
            var prefix = bytes.Length > _writer.ChunkSize && header.Code <= (byte)Method.Delete ? OutgoingMessage.PrefixOf(bytes.Span) : 0;
            if (prefix > _writer.ChunkSize / 2)
                throw new PlatformException(ErrorCode.BadRequest, $"An entity's name of {prefix} bytes cannot travel in chunks.");
            if (MessageChunks.Count(bytes.Length, prefix, _writer.ChunkSize) > ushort.MaxValue)
                throw TooLarge();
            return new(bytes, prefix, traffic, call, (body as RequestMessage)?.Lane);
        }
        catch (WireFormatException)
        {
            bytes.Dispose();
            throw TooLarge();
        }
        catch
        {
            bytes.Dispose();
            throw;
        }
    }

    private PlatformException TooLarge() =>
        new(ErrorCode.TooLarge, $"A message is larger than the limit of {_options.MaxMessageSize} bytes; ask for it in pages.");
}
