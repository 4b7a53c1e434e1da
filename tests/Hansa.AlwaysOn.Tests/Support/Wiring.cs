using System.Buffers;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Support;

/// <summary>Short ways through the codec.</summary>
internal static class Wiring
{
    public delegate void Writing(ref WireWriter writer);

    public static byte[] Write(Writing write, PeerProfile? peer = null)
    {
        var output = new ArrayBufferWriter<byte>();
        var writer = new WireWriter(output, peer ?? PeerProfile.Hansa);
        write(ref writer);
        writer.Flush();
        return output.WrittenSpan.ToArray();
    }

    public static byte[] WriteTable(InfoTable table, PeerProfile? peer = null) =>
        Write((ref WireWriter writer) => InfoTableCodec.Write(ref writer, table), peer);

    public static byte[] WriteValue(Value value, BaseType declared = BaseType.NOTHING, PeerProfile? peer = null) =>
        Write((ref WireWriter writer) => ValueCodec.Write(ref writer, value, declared), peer);

    public static byte[] WriteBody(object message, PeerProfile? peer = null) => Write(
        (ref WireWriter writer) =>
        {
            switch (message)
            {
                case AuthMessage auth:
                    MessageCodec.WriteAuth(ref writer, auth);
                    break;
                case BindMessage bind:
                    MessageCodec.WriteBind(ref writer, bind);
                    break;
                case ResponseMessage response:
                    MessageCodec.WriteResponse(ref writer, response);
                    break;
                case RequestMessage request:
                    MessageCodec.WriteRequest(ref writer, request);
                    break;
            }
        },
        peer);

    /// <summary>Header and body in single form.</summary>
    public static byte[] WriteMessage(MessageHeader header, object message, PeerProfile? peer = null)
    {
        var bytes = new byte[MessageHeader.Size];
        header.Write(bytes);
        return [.. bytes, .. WriteBody(message, peer)];
    }

    public static InfoTable ReadTable(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return InfoTableCodec.Read(ref reader);
    }

    public static Value ReadValue(ReadOnlySpan<byte> bytes)
    {
        var reader = new WireReader(bytes);
        return ValueCodec.Read(ref reader);
    }

    public static object ReadBody(byte code, ReadOnlySpan<byte> body)
    {
        var reader = new WireReader(body);
        return (Method)code switch
        {
            Method.Auth => MessageCodec.ReadAuth(ref reader),
            Method.Bind => MessageCodec.ReadBind(ref reader, isUnbind: false),
            Method.Unbind => MessageCodec.ReadBind(ref reader, isUnbind: true),
            _ when code >= 0x40 => MessageCodec.ReadResponse(ref reader, (Status)code),
            _ => MessageCodec.ReadRequest(ref reader, (Method)code),
        };
    }

    /// <summary>Records compare their arrays by reference; these two compare by content.</summary>
    public static void ShouldSay(this object actual, object expected)
    {
        actual.GetType().ShouldBe(expected.GetType());
        switch (actual, expected)
        {
            case (AuthMessage a, AuthMessage b):
                a.Claims.ShouldBe(b.Claims);
                break;
            case (BindMessage a, BindMessage b):
                a.Names.ShouldBe(b.Names);
                (a.Gateway, a.IsUnbind).ShouldBe((b.Gateway, b.IsUnbind));
                break;
            case (RequestMessage a, RequestMessage b):
                a.Headers.ShouldBe(b.Headers);
                (a with { Headers = [] }).ShouldBe(b with { Headers = [] });
                break;
            default:
                actual.ShouldBe(expected);
                break;
        }
    }
}
