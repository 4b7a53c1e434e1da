using System.Diagnostics;
using Hansa.Testing;

namespace Hansa.Faults.Tests.PowerLoss;

/// <summary>Puts the disk of <c>powerloss.c</c> under a server: a kill can be made a power cut.</summary>
internal sealed class PowerLossShim : IDisposable
{
    private const string LiesVariable = "HANSA_POWERLOSS_LIES";
    private readonly string _folder = Directory.CreateTempSubdirectory("powerloss-").FullName;

    private PowerLossShim()
    {
    }

    /// <summary>The environment of a server on this disk.</summary>
    public Dictionary<string, string> Environment => new(StringComparer.Ordinal)
    {
        ["LD_PRELOAD"] = Path.Combine(_folder, "powerloss.so"),
        ["HANSA_POWERLOSS_PREFIX"] = Path.Combine(Path.GetTempPath(), "hansa-test-"),
        ["HANSA_POWERLOSS_JOURNAL"] = Journal,
    };

    private string Journal => Path.Combine(_folder, "journal");

    /// <summary>Compiles it.</summary>
    public static async Task<PowerLossShim> MakeAsync()
    {
        var shim = new PowerLossShim();
        using var gcc = Process.Start(new ProcessStartInfo(
            "gcc", ["-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-O2", "-o", Path.Combine(shim._folder, "powerloss.so"), Path.Combine(AppContext.BaseDirectory, "PowerLoss/powerloss.c"), "-ldl"])
        {
            RedirectStandardError = true,
            UseShellExecute = false,
        })!;
        var said = await gcc.StandardError.ReadToEndAsync();
        await gcc.WaitForExitAsync();
        return gcc.ExitCode == 0 ? shim : throw new InvalidOperationException(said);
    }

    /// <summary>From the next start on the disk of that server answers syncs and does not do them.</summary>
    public static void LetItLie(ServerUnderTest server) => server.Environment[LiesVariable] = "1";

    /// <summary>Kills a server on this disk and takes back what no sync had covered.</summary>
    /// <returns>How many writes were lost.</returns>
    public async Task<int> CutPowerAsync(ServerUnderTest server, Random? survivors)
    {
        await server.KillAsync();
        var lost = PowerLossJournal.CutPower(Journal, survivors);
        // A memory map of the process that is no more.
        File.Delete(Path.Combine(server.Folder, "hansa.db-shm"));
        return lost;
    }

    /// <summary>What is on the disk now is what the next cut goes back to at most.</summary>
    public void Forget() => File.Delete(Journal);

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
