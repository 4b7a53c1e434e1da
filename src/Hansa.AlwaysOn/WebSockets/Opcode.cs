namespace Hansa.AlwaysOn.WebSockets;

/// <summary>What a WebSocket frame carries (RFC 6455, 5.2).</summary>
public enum Opcode : byte
{
    /// <summary>The next piece of a message that is under way.</summary>
    Continuation = 0,

    /// <summary>Text; AlwaysOn uses it on tunnel sockets only (spec alwayson 5.8).</summary>
    Text = 1,

    /// <summary>An AlwaysOn message or one chunk of it.</summary>
    Binary = 2,

    /// <summary>The peer closes; the payload is a code and a text.</summary>
    Close = 8,

    /// <summary>A sign of life that wants a <see cref="Pong"/> with the same payload.</summary>
    Ping = 9,

    /// <summary>The answer to a <see cref="Ping"/>.</summary>
    Pong = 10,
}
