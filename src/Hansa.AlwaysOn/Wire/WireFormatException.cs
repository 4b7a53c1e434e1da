using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Wire;

/// <summary>What the peer sent breaks the protocol; the text says what and where.</summary>
/// <remarks>
/// Thrown for frames (RFC 6455 and spec alwayson 1) as for messages (spec 2 to 4). A broken frame ends the connection with
/// <see cref="CloseCode"/>; a broken message is answered 80 and the connection goes on.
/// </remarks>
public sealed class WireFormatException(string message, CloseCode closeCode = CloseCode.ProtocolError, Exception? inner = null)
    : Exception(message, inner)
{
    /// <summary>How to close if the fault is one of frames.</summary>
    public CloseCode CloseCode { get; } = closeCode;

    /// <summary>
    /// Whether nothing was wrong but the end: with more bytes the message might be whole. A device's unmarked split
    /// (Q4) looks so.
    /// </summary>
    public bool EndedEarly { get; init; }
}
