using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Dialing;

/// <summary>An upgraded stream, and what the ends have agreed on.</summary>
/// <param name="Stream">The stream; whoever got the result closes it.</param>
/// <param name="IsHansa">Whether the server says that it is a Hansa server. It proves that only by the hello.</param>
/// <param name="Deflate">How messages may be deflated.</param>
/// <param name="Headers">All headers of the 101.</param>
public sealed record DialResult(Stream Stream, bool IsHansa, Deflate Deflate, IReadOnlyDictionary<string, string> Headers)
{
    /// <summary>
    /// The options of the client end of this connection, from others; <see cref="ConnectionOptions.Client"/> is a
    /// good start.
    /// </summary>
    public ConnectionOptions Apply(ConnectionOptions options)
    {
        options = options with { End = ConnectionEnd.Client, Deflate = Deflate };
        return IsHansa ? options.BetweenHansas() : options;
    }
}
