using System.Globalization;

namespace Hansa.Server.Demo;

/// <summary>What this machine does right now, read off <c>/proc</c>; rates are per second since the reading before.</summary>
internal sealed class MachineReadings(TimeProvider time)
{
    private Counters? _before;

    /// <summary>Names, base types and meaning of the ten readings.</summary>
    public static IReadOnlyList<(string Name, string BaseType, string Meaning)> Fields { get; } =
    [
        ("cpu", "NUMBER", "percent of all cores"),
        ("memory", "NUMBER", "percent in use"),
        ("load", "NUMBER", "processes that want to run, one minute's mean"),
        ("diskFree", "NUMBER", "GB free where the demo runs"),
        ("diskRead", "NUMBER", "kB/s"),
        ("diskWrite", "NUMBER", "kB/s"),
        ("netIn", "NUMBER", "kB/s"),
        ("netOut", "NUMBER", "kB/s"),
        ("processes", "INTEGER", "that exist"),
        ("host", "STRING", "name of the machine"),
    ];

    /// <summary>Takes a reading. The first gives rates since the machine's start.</summary>
    public Dictionary<string, object> Take()
    {
        var now = Counters.Read(time);
        var before = _before ?? new(0, 0, 0, 0, 0, 0, now.Seconds - Math.Max(1, Uptime()));
        _before = now;
        var seconds = Math.Max(0.001, now.Seconds - before.Seconds);
        double Rate(double a, double b) => Math.Round(Math.Max(0, b - a) / 1024 / seconds, 1);
        return new(StringComparer.Ordinal)
        {
            ["cpu"] = Math.Round(100 * Math.Clamp((now.Busy - before.Busy) / Math.Max(1, now.Total - before.Total), 0, 1), 1),
            ["memory"] = Memory(),
            ["load"] = Number(File.ReadAllText("/proc/loadavg").Split(' ')[0]),
            ["diskFree"] = Math.Round(new DriveInfo(Path.GetTempPath()).AvailableFreeSpace / 1e9, 2),
            ["diskRead"] = Rate(before.DiskRead, now.DiskRead),
            ["diskWrite"] = Rate(before.DiskWrite, now.DiskWrite),
            ["netIn"] = Rate(before.NetIn, now.NetIn),
            ["netOut"] = Rate(before.NetOut, now.NetOut),
            ["processes"] = Directory.EnumerateDirectories("/proc").Count(folder => char.IsAsciiDigit(Path.GetFileName(folder)[0])),
            ["host"] = Environment.MachineName,
        };
    }

    private static double Memory()
    {
        var lines = File.ReadLines("/proc/meminfo").Take(3).Select(line => Number(line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1])).ToList();
        return Math.Round(100 * (1 - lines[2] / lines[0]), 1);
    }

    private static double Uptime() => Number(File.ReadAllText("/proc/uptime").Split(' ')[0]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private sealed record Counters(double Busy, double Total, double DiskRead, double DiskWrite, double NetIn, double NetOut, double Seconds)
    {
        public static Counters Read(TimeProvider time)
        {
            // cpu  user nice system idle iowait irq softirq steal …
            var cpu = Words(File.ReadLines("/proc/stat").First()).Skip(1).Take(8).Select(Number).ToList();
            const int sector = 512;
            var disks = File.ReadLines("/proc/diskstats").Select(Words).Where(words => words.Length > 9 && !words[2].StartsWith("loop", StringComparison.Ordinal)).ToList();
            var nets = File.ReadLines("/proc/net/dev").Skip(2).Select(line => Words(line.Replace(':', ' '))).ToList();
            return new(
                cpu.Sum() - cpu[3] - cpu[4], cpu.Sum(), sector * disks.Sum(words => Number(words[5])), sector * disks.Sum(words => Number(words[9])),
                nets.Sum(words => Number(words[1])), nets.Sum(words => Number(words[9])), time.GetTimestamp() / (double)time.TimestampFrequency);
        }

        private static string[] Words(string line) => line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
    }
}
