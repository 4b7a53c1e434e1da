using System.Net;

namespace Hansa.Runtime;

/// <summary>Takes the WebSockets of edge devices and federated servers that the web server has upgraded. Implemented by the federation.</summary>
public interface ISocketGateway
{
    /// <summary>Looks at an upgrade request.</summary>
    /// <param name="header">Gives a request header by name in any case, null where it is absent.</param>
    /// <param name="from">The peer's address.</param>
    SocketOffer Offer(Func<string, string?> header, IPAddress? from);
}

/// <summary>What the gateway says to an upgrade request.</summary>
/// <param name="Refusal">Why it is no upgrade; null where it is one.</param>
/// <param name="Headers">To be sent with status 101.</param>
/// <param name="ServeAsync">Serves the upgraded stream until the connection ends.</param>
public sealed record SocketOffer(
    string? Refusal, IReadOnlyList<KeyValuePair<string, string>> Headers, Func<Stream, CancellationToken, Task> ServeAsync);
