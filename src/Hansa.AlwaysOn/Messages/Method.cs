namespace Hansa.AlwaysOn;

/// <summary>What a message asks for (spec alwayson 2).</summary>
public enum Method : byte
{
    /// <summary>Reads a property.</summary>
    Get = 0x01,

    /// <summary>Writes a property.</summary>
    Put = 0x02,

    /// <summary>Calls a service or fires an event.</summary>
    Post = 0x03,

    /// <summary>Deletes; no known peer uses it.</summary>
    Delete = 0x04,

    /// <summary>Says which Things are behind this connection.</summary>
    Bind = 0x0a,

    /// <summary>Takes a binding back.</summary>
    Unbind = 0x0b,

    /// <summary>Proves who the peer is.</summary>
    Auth = 0x14,

    /// <summary>Defined and never sent; answered with success.</summary>
    KeepAlive = 0x1f,
}
