namespace Hansa.Model;

/// <summary>A failure that the caller may be shown. Anything else that is thrown is a fault or an outage.</summary>
public sealed class PlatformException(ErrorCode code, string message, Exception? inner = null) : Exception(message, inner)
{
    /// <summary>What kind of failure.</summary>
    public ErrorCode Code { get; } = code;
}
