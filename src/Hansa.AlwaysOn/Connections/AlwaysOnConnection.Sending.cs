using Hansa.AlwaysOn.Connections;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn;

/// <content>Requests of this end.</content>
public sealed partial class AlwaysOnConnection
{
    private async ValueTask<ResponseMessage> CallAsync(
        byte code, object message, TrafficClass traffic, TimeSpan timeout, CancellationToken cancellationToken)
    {
        if (_isClosing)
            throw new ConnectionLostException("The connection is closing.", sent: false, _reason);
        var call = _calls.Begin(isAuth: code == (byte)Method.Auth);
        var header = new MessageHeader(code, call.RequestId, 0, call.IsAuth ? MessageHeader.NoSession : SessionId);
        var outgoing = new OutgoingMessage(header, message, traffic, call);
        try
        {
            _queue.Add(outgoing);
            return await call.WaitAsync(timeout, _time, cancellationToken);
        }
        finally
        {
            _calls.End(call);
            _queue.EndCall(outgoing);
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
            var answer = await CallAsync(code, bind with { Names = now }, TrafficClass.Call, timeout, cancellationToken);
            if (rest.IsEmpty || !answer.IsSuccess)
                return answer;
        }
    }
}
