using Hansa.AlwaysOn.Multipart;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.Connections;

/// <summary>A message from the peer, or what was wrong with it.</summary>
/// <param name="Header">Its header.</param>
/// <param name="Message">A message record; null if there is a fault or the method is not known.</param>
/// <param name="Fault">What was wrong.</param>
internal readonly record struct Inbound(MessageHeader Header, object? Message, WireFormatException? Fault);

/// <summary>
/// Makes messages of what the socket gives: joins chunks and unmarked splits, reads bodies. Used by the reader only.
/// </summary>
internal sealed class InboundMessages(ConnectionOptions options, TimeProvider time) : IDisposable
{
    private readonly MessageAssembler _assembler =
        new(options.MaxMessageSize, options.MaxAssemblyBytes, options.MaxAssemblies, options.AssemblyLimit, time);

    private readonly UnmarkedSplits _splits = new(options.AssemblyLimit, time);

    /// <summary>Reads a socket message; null while the message is not whole.</summary>
    public Inbound? Read(MessageHeader header, ReadOnlySpan<byte> bytes, PeerProfile peer)
    {
        try
        {
            if (header.IsMultipart)
            {
                using var body = _assembler.Add(header, bytes);
                return body is null ? null : Decode(header, body.Span);
            }

            using var joined = _splits.Join(header, bytes[MessageHeader.Size..]);
            if (joined is not null)
                return Decode(header, joined.Span);
            var inbound = Decode(header, bytes[MessageHeader.Size..]);
            return inbound.Fault is { EndedEarly: true } && !peer.WritesWell && _splits.TryKeep(header, bytes[MessageHeader.Size..])
                ? null
                : inbound;
        }
        catch (WireFormatException e)
        {
            return new(header, null, e);
        }
    }

    /// <summary>Messages that were waited for too long.</summary>
    public IEnumerable<Inbound> TakeExpired()
    {
        if (_assembler.Open == 0 && _splits.Kept == 0)
            return [];
        return _assembler.TakeExpired().Concat(_splits.TakeExpired())
            .Select(header => new Inbound(header, null, new("The rest of a message did not come.")));
    }

    public void Dispose() => _assembler.Dispose();

    private static Inbound Decode(MessageHeader header, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        try
        {
            return new(header, Decode(header.Code, ref reader), null);
        }
        catch (WireFormatException e)
        {
            return new(header, null, e);
        }
    }

    private static object? Decode(byte code, ref WireReader reader) => (Method)code switch
    {
        Method.Get or Method.Put or Method.Post or Method.Delete => MessageCodec.ReadRequest(ref reader, (Method)code),
        Method.Bind => MessageCodec.ReadBind(ref reader, isUnbind: false),
        Method.Unbind => MessageCodec.ReadBind(ref reader, isUnbind: true),
        Method.Auth => MessageCodec.ReadAuth(ref reader),
        Method.KeepAlive => ResponseMessage.Success,
        _ => code >= 0x40 ? MessageCodec.ReadResponse(ref reader, (Status)code) : null,
    };
}
