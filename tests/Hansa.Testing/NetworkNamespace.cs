using System.Diagnostics;
using System.Globalization;

namespace Hansa.Testing;

/// <summary>A network of its own for a process: from it nothing of this machine can be reached but what listens at <see cref="Outside"/>.</summary>
public sealed class NetworkNamespace : IDisposable
{
    private static int _made;
    private readonly string _name;

    private NetworkNamespace()
    {
        var number = Interlocked.Increment(ref _made);
        _name = string.Create(CultureInfo.InvariantCulture, $"hansa{System.Environment.ProcessId % 100_000}{number}");
        var net = string.Create(CultureInfo.InvariantCulture, $"10.{100 + (System.Environment.ProcessId % 100)}.{number % 250}");
        (Outside, Inside) = ($"{net}.1", $"{net}.2");
    }

    /// <summary>This machine's address as it is seen from inside.</summary>
    public string Outside { get; }

    /// <summary>The address of what runs inside.</summary>
    public string Inside { get; }

    /// <summary>How a command is begun inside.</summary>
    public IReadOnlyList<string> Prefix => ["ip", "netns", "exec", _name];

    /// <summary>Makes one; null where this process may not, as it is not root or in a container without the right.</summary>
    public static NetworkNamespace? TryMake()
    {
        var made = new NetworkNamespace();
        var (outer, inner) = ($"o{made._name}"[..Math.Min(15, made._name.Length + 1)], $"i{made._name}"[..Math.Min(15, made._name.Length + 1)]);
        if (!TryRun("netns", "add", made._name))
            return null;
        var isMade = TryRun("link", "add", outer, "type", "veth", "peer", "name", inner)
            && TryRun("link", "set", inner, "netns", made._name)
            && TryRun("addr", "add", $"{made.Outside}/30", "dev", outer) && TryRun("link", "set", outer, "up")
            && TryRun("-n", made._name, "addr", "add", $"{made.Inside}/30", "dev", inner) && TryRun("-n", made._name, "link", "set", inner, "up")
            && TryRun("-n", made._name, "link", "set", "lo", "up");
        if (isMade)
            return made;
        made.Dispose();
        return null;
    }

    /// <inheritdoc/>
    public void Dispose() => TryRun("netns", "del", _name);

    private static bool TryRun(params string[] arguments)
    {
        try
        {
            using var ip = Process.Start(new ProcessStartInfo("ip", arguments) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
            ip.WaitForExit();
            return ip.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }
}
