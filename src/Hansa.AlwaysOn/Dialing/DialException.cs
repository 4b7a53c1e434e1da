namespace Hansa.AlwaysOn.Dialing;

/// <summary>Why a dial failed.</summary>
public enum DialFailure
{
    /// <summary>No such host, nobody listens, or the network does not lead there.</summary>
    Unreachable,

    /// <summary>No answer in time.</summary>
    Timeout,

    /// <summary>TLS failed: the certificate is not trusted, or the port speaks no TLS.</summary>
    Tls,

    /// <summary>The proxy refused; with 407 it wants other credentials.</summary>
    Proxy,

    /// <summary>The server answered with another status than 101.</summary>
    Refused,

    /// <summary>The server's 101 is not that of a WebSocket, or agrees to what was not offered.</summary>
    NotWebSocket,
}

/// <summary>A dial failed; the text says what a person can do about it.</summary>
public sealed class DialException(DialFailure failure, string message, int? status = null, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Why.</summary>
    public DialFailure Failure { get; } = failure;

    /// <summary>The HTTP status of server or proxy, where there was one.</summary>
    public int? Status { get; } = status;
}
