using System.Net;
using System.Net.Sockets;

namespace Hansa.Runtime;

/// <summary>Which hosts and addresses are reached: public ones, and what the operator lists.</summary>
/// <remarks>
/// Addresses are asked for when a connection is made, of what the name leads to then: a name that was looked at earlier may lead
/// elsewhere by now, and a redirect is a connection like any other.
/// </remarks>
internal sealed class AddressRules(ContentLoaderOptions options)
{
    // What is not the public internet (IANA's registries of special addresses); 168.63.129.16 is a cloud's own inner service.
    private static readonly IPNetwork[] Special =
    [
        .. "0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 "
            .Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(IPNetwork.Parse),
        .. "198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/4 240.0.0.0/4 168.63.129.16/32 2001::/23 2001:db8::/32 2002::/16 3fff::/20"
            .Split(' ').Select(IPNetwork.Parse),
    ];

    // Of IPv6 everything public lies in here: neither loopback nor link-local, unique-local or multicast addresses do.
    private static readonly IPNetwork Global = IPNetwork.Parse("2000::/3");

    private static readonly IPNetwork Nat64 = IPNetwork.Parse("64:ff9b::/96");

    private readonly List<Entry> _entries = [.. options.Allow.Select(entry => Parse(entry) ?? throw Errors.Bad($"'{entry}' allows no host, address or network."))];

    /// <summary>Whether the operator lists the host by its name.</summary>
    public bool AllowsHost(string host, int port) =>
        _entries.Exists(entry => entry.Host is not null && entry.IsFor(port) && string.Equals(entry.Host, host.TrimEnd('.'), StringComparison.OrdinalIgnoreCase));

    /// <summary>Whether an address may be connected to.</summary>
    public bool Allows(IPAddress address, int port)
    {
        var plain = Plain(address);
        return (options.AllowPublic && IsPublic(plain)) || _entries.Exists(entry => entry.IsFor(port) && entry.Network is { } network && network.Contains(plain));
    }

    /// <summary>An entry of the list, null where it is none.</summary>
    public static Entry? Parse(string entry)
    {
        var text = entry.Trim();
        if (text.Contains('/', StringComparison.Ordinal))
            return IPNetwork.TryParse(text, out var network) ? new(null, network, 0) : null;
        // 127.1 and a lone number would be read as addresses as well; ::1:80 is one as a whole, [::1]:80 is one and a port.
        if (!text.StartsWith('[') && IPAddress.TryParse(text, out var address) && (address.AddressFamily == AddressFamily.InterNetworkV6 || address.ToString() == text))
            return new(null, One(address), 0);
        if (IPEndPoint.TryParse(text, out var end) && end.Port > 0 && (end.AddressFamily == AddressFamily.InterNetworkV6 || end.ToString() == text))
            return new(null, One(end.Address), end.Port);
        var parts = text.Split(':');
        var port = 0;
        if (parts.Length > 2 || (parts.Length == 2 && !(int.TryParse(parts[1], out port) && port is > 0 and <= ushort.MaxValue)))
            return null;
        return Uri.CheckHostName(parts[0]) == UriHostNameType.Dns ? new(new Uri($"http://{parts[0]}").IdnHost.TrimEnd('.'), null, port) : null;
    }

    private static IPNetwork One(IPAddress address) => new(Plain(address), Plain(address).AddressFamily == AddressFamily.InterNetwork ? 32 : 128);

    private static bool IsPublic(IPAddress address) =>
        (address.AddressFamily == AddressFamily.InterNetwork || Global.Contains(address)) && !Array.Exists(Special, network => network.Contains(address));

    // The IPv4 address within one of IPv6, where it stands for one.
    private static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4()
        : address.AddressFamily == AddressFamily.InterNetworkV6 && Nat64.Contains(address) ? new(address.GetAddressBytes().AsSpan(12)) : address;

    /// <summary>What the operator lists: a host or a network, at one port or at all.</summary>
    /// <param name="Host">The name as it is written on the wire; null for a network.</param>
    /// <param name="Network">The addresses; null for a host.</param>
    /// <param name="Port">The port, 0 for all.</param>
    internal sealed record Entry(string? Host, IPNetwork? Network, int Port)
    {
        public bool IsFor(int port) => Port == 0 || Port == port;
    }
}
