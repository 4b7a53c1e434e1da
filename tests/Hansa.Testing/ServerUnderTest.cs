using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Hansa.Testing;

/// <summary>A real server: the built program as a process of its own, on a data folder that lives as long as this object.</summary>
public sealed class ServerUnderTest : IAsyncDisposable
{
    /// <summary>The Administrator's password of every server under test.</summary>
    public const string Password = "Administrator-1";

    private readonly string? _temporary;
    private readonly StringBuilder _output = new();
    private Process? _process;

    private ServerUnderTest(string name, string? folder, int? port, ServerPlace place)
    {
        (Name, Place) = (name, place);
        if (folder is null)
            folder = _temporary = Directory.CreateTempSubdirectory("hansa-test-").FullName;
        Folder = folder;
        Address = new($"{(place.Certificate is null ? "http" : "https")}://{place.Namespace?.Inside ?? "127.0.0.1"}:{port ?? FreePort()}");
    }

    /// <summary>My Server Name.</summary>
    public string Name { get; }

    /// <summary>Where and how it listens.</summary>
    public ServerPlace Place { get; }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    /// <summary>Where it listens, also after a restart.</summary>
    public Uri Address { get; }

    /// <summary>Its Server URI, as a subscriber row names it.</summary>
    public string ServerUri => $"{(Address.Scheme == Uri.UriSchemeHttps ? "wss" : "ws")}://{Address.Authority}/Thingworx/WS";

    /// <summary>What it printed.</summary>
    public string Output
    {
        get
        {
            lock (_output)
                return _output.ToString();
        }
    }

    /// <summary>The process.</summary>
    public Process Process => _process ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>Variables of its environment, beside those of this process.</summary>
    public Dictionary<string, string> Environment { get; } = new(StringComparer.Ordinal);

    /// <summary>Starts a server and waits until it serves; on a free port where none is given.</summary>
    public static async Task<ServerUnderTest> StartAsync(string name, string? folder = null, IReadOnlyDictionary<string, string>? environment = null, int? port = null, ServerPlace? place = null)
    {
        var server = new ServerUnderTest(name, folder, port, place ?? new());
        foreach (var (key, value) in environment ?? new Dictionary<string, string>())
            server.Environment[key] = value;
        await server.StartAsync();
        return server;
    }

    /// <summary>Starts it again on the same folder and address.</summary>
    public async Task StartAsync()
    {
        List<string> command = [.. Place.Namespace?.Prefix ?? [], Program, "serve", "--data", Folder, "--urls", Address.OriginalString, "--server-name", Name];
        if (Place.Certificate is { } certificate)
            command.AddRange(["--certificate", certificate.CertificateFile, "--certificate-key", certificate.KeyFile]);
        var start = new ProcessStartInfo(command[0], command.Skip(1))
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["HANSA_ADMINISTRATOR_PASSWORD"] = Password;
        foreach (var (key, value) in Environment)
            start.Environment[key] = value;
        _process = Process.Start(start)!;
        _process.OutputDataReceived += (_, line) => Keep(line.Data);
        _process.ErrorDataReceived += (_, line) => Keep(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        using var http = new HttpClient(RestClient.Handler(Place.Certificate?.Authority)) { BaseAddress = Address };
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed < TimeSpan.FromSeconds(60))
        {
            if (_process.HasExited)
                throw new InvalidOperationException($"Server {Name} ended with {_process.ExitCode}:\n{Output}");
            try
            {
                using var answer = await http.GetAsync(new Uri("/Thingworx/ready", UriKind.Relative));
                if (answer.IsSuccessStatusCode)
                    return;
            }
            catch (HttpRequestException)
            {
                // Not listening yet.
            }

            await Task.Delay(20);
        }

        throw new TimeoutException($"Server {Name} was not ready within 60 s:\n{Output}");
    }

    /// <summary>Ends it in good order, as SIGTERM does.</summary>
    public async Task StopAsync()
    {
        if (_process is { HasExited: false })
        {
            using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
            await _process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(20));
        }

        _process?.Dispose();
        _process = null;
    }

    /// <summary>Ends it as a power cut does: at once.</summary>
    public async Task KillAsync()
    {
        Process.Kill();
        await Process.WaitForExitAsync();
        _process!.Dispose();
        _process = null;
    }

    /// <summary>A client with the Administrator's rights.</summary>
    public RestClient Client() => RestClient.Basic(Address, "Administrator", Password, Place.Certificate?.Authority);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is { HasExited: false })
            await KillAsync();
        _process?.Dispose();
        if (_temporary is not null)
            Directory.Delete(_temporary, recursive: true);
    }

    /// <summary>The built program, of the configuration that these tests are built in.</summary>
    public static string Program { get; } = FindProgram();

    private static string FindProgram()
    {
        var configuration = AppContext.BaseDirectory.Contains("/Release/", StringComparison.Ordinal) ? "Release" : "Debug";
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hansa.slnx")))
                return Path.Combine(folder.FullName, "src/Hansa.Server/bin", configuration, "net10.0/hansa");
        }

        throw new DirectoryNotFoundException("Hansa.slnx is in no folder above the tests.");
    }

    /// <summary>A port that nothing listens at now.</summary>
    public static int FreePort()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        lock (_output)
            _output.AppendLine(line);
    }
}

/// <summary>Where and how a server listens: on this machine in plain, where nothing else is said.</summary>
/// <param name="Certificate">What it shows on https; null for plain http.</param>
/// <param name="Namespace">The network that it runs in; null for this machine's.</param>
public sealed record ServerPlace(TestCertificate? Certificate = null, NetworkNamespace? Namespace = null);
