using Hansa.AlwaysOn.Dialing;
using Hansa.AlwaysOn.WebSockets;
using Hansa.Runtime;
using Hansa.Storage;
using Microsoft.Extensions.Logging;

namespace Hansa.Federation;

/// <summary>What links are made of.</summary>
internal sealed record LinkParts(
    Publication Publication, WireDispatcher Dispatcher, ServerIdentity Identity, ConfigurationSecrets Secrets, Principals Principals, Gate Gate, EntityDirectory Directory,
    IStorage Storage, LaneServer Lanes, FederationOptions Options, TimeProvider Time, ILogger Logger)
{
    /// <summary>The program's version.</summary>
    public static string Version { get; } = typeof(LinkParts).Assembly.GetName().Version!.ToString(3);

    /// <summary>How to dial a subscriber; without a key, "", only to see who answers.</summary>
    public DialOptions DialOptions(SubscriberRow row, string key) => new()
    {
        UserAgent = $"Hansa/{Version}",
        ApplicationKey = key.Length == 0 ? null : key,
        IsHansa = true,
        Deflate = Deflate.Off,
        MaxFrameSize = ushort.MaxValue,
        Proxy = LinkProxy.Of(row, Secrets),
        Trusted = row.TrustedCertificate.Length == 0 ? null : TrustedCertificate.Parse(row.TrustedCertificate),
        Limit = Options.LinkTimeout,
        Time = Time,
    };
}
