using System.Net;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>The HTTP proxy of a subscriber row.</summary>
internal static class LinkProxy
{
    public static IWebProxy? Of(SubscriberRow row, ConfigurationSecrets secrets) => row.ProxyHost.Length == 0 ? null
        : new WebProxy(new UriBuilder("http", row.ProxyHost, row.ProxyPort).Uri)
        {
            Credentials = row.ProxyUserName.Length == 0 ? null : new NetworkCredential(row.ProxyUserName, secrets.Open(row.StoredProxyPassword)),
        };
}
