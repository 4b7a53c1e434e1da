namespace Hansa.AlwaysOn;

/// <summary>The connection ended before the answer came.</summary>
public sealed class ConnectionLostException(string message, bool sent, Exception? inner = null) : IOException(message, inner)
{
    /// <summary>Whether the peer may have got the whole request. If not, it has surely not acted on it.</summary>
    public bool Sent { get; } = sent;
}

/// <summary>No answer came in time. What was asked may still happen if it was <see cref="Sent"/>.</summary>
public sealed class RequestTimeoutException(TimeSpan limit, bool sent)
    : TimeoutException($"No answer came within {limit.TotalSeconds:0.###} s{(sent ? "" : "; the request was still waiting to be sent")}.")
{
    /// <summary>Whether the peer may have got the whole request. If not, it has surely not acted on it.</summary>
    public bool Sent { get; } = sent;
}
