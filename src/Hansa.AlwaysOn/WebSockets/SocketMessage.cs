using System.Buffers.Binary;
using System.Text;

namespace Hansa.AlwaysOn.WebSockets;

/// <summary>A whole WebSocket message, inflated and unmasked, or a control frame.</summary>
/// <param name="Opcode">Text, Binary, Close, Ping or Pong; never Continuation.</param>
/// <param name="Payload">The bytes. They are the reader's: valid until the next message is asked for.</param>
public readonly record struct SocketMessage(Opcode Opcode, ReadOnlyMemory<byte> Payload)
{
    /// <summary>The code of a Close; <see cref="CloseCode.None"/> where the peer gave none.</summary>
    public CloseCode CloseCode => Payload.Length >= 2 ? (CloseCode)BinaryPrimitives.ReadUInt16BigEndian(Payload.Span) : CloseCode.None;

    /// <summary>The text of a Close; empty where the peer gave none.</summary>
    public string CloseReason => Payload.Length > 2 ? Encoding.UTF8.GetString(Payload.Span[2..]) : "";
}
