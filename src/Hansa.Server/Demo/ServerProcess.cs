using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hansa.Server.Demo;

/// <summary>A server as a process of its own, started from this very program.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ServerProcess(Process process, Uri address, string password)
    {
        (_process, Address, Password) = (process, address, password);
        process.OutputDataReceived += (_, line) => Keep(line.Data);
        process.ErrorDataReceived += (_, line) => Keep(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Where it listens.</summary>
    public Uri Address { get; }

    /// <summary>The Administrator's password.</summary>
    public string Password { get; }

    /// <summary>Its process id.</summary>
    public int Id => _process.Id;

    /// <summary>Starts a server on a free port of this machine.</summary>
    public static ServerProcess Start(string dataFolder, string name, string password)
    {
        var address = new Uri($"http://127.0.0.1:{FreePort()}");
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["serve", "--data", dataFolder, "--urls", address.OriginalString, "--server-name", name])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["HANSA_ADMINISTRATOR_PASSWORD"] = password },
        };
        return new(Process.Start(start)!, address, password);
    }

    /// <summary>What it printed, where it has ended; null while it runs.</summary>
    public string? Obituary()
    {
        if (!_process.HasExited)
            return null;
        lock (_output)
            return $"The server at {Address} ended with code {_process.ExitCode}:\n{_output}";
    }

    /// <summary>Asks it to end, and makes sure that it has.</summary>
    public async ValueTask DisposeAsync()
    {
        try
        {
            if (!_process.HasExited)
            {
                using (Process.Start("kill", ["-TERM", $"{_process.Id}"]))
                    await _process.WaitForExitAsync(CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(8));
            }
        }
        catch (TimeoutException)
        {
            _process.Kill(entireProcessTree: true);
        }
        finally
        {
            _process.Dispose();
        }
    }

    private static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void Keep(string? line)
    {
        const int limit = 20_000;
        if (line is null)
            return;
        lock (_output)
        {
            if (_output.Length < limit)
                _output.AppendLine(line);
        }
    }
}
