using System.Buffers;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;

namespace Hansa.AlwaysOn.Fuzz;

/// <summary>
/// The codec and the frame layer, without a connection. Anything but a <see cref="WireFormatException"/> is a crash.
/// </summary>
internal static class DecoderTarget
{
    private static readonly FrameSocketOptions Deflated = new() { Deflate = Deflate.WithTakeover };

    public static void ReadMessage(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var header = MessageHeader.Read(bytes);
            var reader = new WireReader(bytes[MessageHeader.Size..]);
            switch ((Method)header.Code)
            {
                case Method.Auth:
                    MessageCodec.ReadAuth(ref reader);
                    break;
                case Method.Bind or Method.Unbind:
                    MessageCodec.ReadBind(ref reader, isUnbind: false);
                    break;
                case Method.Get or Method.Put or Method.Post or Method.Delete:
                    MessageCodec.ReadRequest(ref reader, (Method)header.Code);
                    break;
                default:
                    MessageCodec.ReadResponse(ref reader, (Status)header.Code);
                    break;
            }
        }
        catch (WireFormatException)
        {
            // Refused, as it should be.
        }
    }

    public static void ReadFrames(ReadOnlySpan<byte> bytes)
    {
        using var decoder = new FrameDecoder(Deflated);
        try
        {
            var input = new ReadOnlySequence<byte>(bytes.ToArray());
            while (decoder.TryRead(ref input, out _))
            {
            }
        }
        catch (WireFormatException)
        {
            // Refused, as it should be.
        }
    }
}
