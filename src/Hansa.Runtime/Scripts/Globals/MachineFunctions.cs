using System.Net.NetworkInformation;
using System.Net.Sockets;
using Hansa.Model;

namespace Hansa.Runtime.Scripts.Globals;

/// <summary>Functions on the server and on the call itself.</summary>
internal static class MachineFunctions
{
    private static readonly TimeSpan LongestPause = TimeSpan.FromDays(1);

    public static IReadOnlyList<GlobalFunction> All { get; } =
    [
        new("pause", Pause),
        new("getHostIPAddress", _ => Value.String(Adapters().Where(adapter => adapter.NetworkInterfaceType != NetworkInterfaceType.Loopback)
            .Select(adapter => AddressOf(adapter, AddressFamily.InterNetwork)).FirstOrDefault(address => address is not null) ?? "127.0.0.1")),
        new("getAdapterIPAddress", AdapterAddress),
        // Traces of the original's own engine, which there is none of here: scripts that ask for them run on.
        new("enableDiagnosticTrace", _ => default),
        new("disableDiagnosticTrace", _ => default),
    ];

    private static Value Pause(GlobalCall call)
    {
        var milliseconds = call.Number(0, "milliseconds");
        call.Pause(milliseconds >= LongestPause.TotalMilliseconds ? LongestPause : TimeSpan.FromMilliseconds(Math.Max(0, milliseconds)));
        return default;
    }

    private static Value AdapterAddress(GlobalCall call)
    {
        var name = call.Text(0, "adapterName");
        var family = call.Optional(1, "ipv6", BaseType.BOOLEAN) is { IsNull: false } six && six.AsBoolean() ? AddressFamily.InterNetworkV6 : AddressFamily.InterNetwork;
        var adapter = Adapters().FirstOrDefault(adapter => adapter.Name == name)
            ?? throw call.Refuse($"finds no adapter '{name}'; there are {string.Join(", ", Adapters().Select(adapter => adapter.Name))}");
        return Value.String(AddressOf(adapter, family));
    }

    private static IEnumerable<NetworkInterface> Adapters() =>
        NetworkInterface.GetAllNetworkInterfaces().Where(adapter => adapter.OperationalStatus is OperationalStatus.Up or OperationalStatus.Unknown);

    private static string? AddressOf(NetworkInterface adapter, AddressFamily family) =>
        adapter.GetIPProperties().UnicastAddresses.FirstOrDefault(unicast => unicast.Address.AddressFamily == family)?.Address.ToString();
}
