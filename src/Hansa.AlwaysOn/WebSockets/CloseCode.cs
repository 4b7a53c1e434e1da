namespace Hansa.AlwaysOn.WebSockets;

/// <summary>Why a WebSocket is closed: the codes that device SDKs know (spec alwayson 1.7).</summary>
public enum CloseCode : ushort
{
    /// <summary>The end was wanted.</summary>
    Normal = 1000,

    /// <summary>This end shuts down or sleeps.</summary>
    GoingAway = 1001,

    /// <summary>The peer broke the protocol.</summary>
    ProtocolError = 1002,

    /// <summary>A kind of data that this end does not take.</summary>
    Unsupported = 1003,

    /// <summary>The peer closed without a code. Never sent.</summary>
    None = 1005,

    /// <summary>Data that cannot be what it says, such as a broken deflate stream.</summary>
    BadData = 1007,

    /// <summary>Against the rules of this end: no AUTH in time, too long silent.</summary>
    PolicyViolation = 1008,

    /// <summary>A message above the limit.</summary>
    TooBig = 1009,

    /// <summary>An extension is missing.</summary>
    ExtensionMissing = 1010,

    /// <summary>A fault of this end.</summary>
    Unexpected = 1011,
}
