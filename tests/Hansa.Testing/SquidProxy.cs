using System.Diagnostics;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace Hansa.Testing;

/// <summary>A real HTTP proxy (squid) that opens ways by CONNECT for one user, who signs in with Basic or Digest.</summary>
public sealed class SquidProxy : IAsyncDisposable
{
    /// <summary>Who may pass.</summary>
    public const string User = "link", Password = "open sesame";

    private const string Realm = "hansa";
    private readonly string _folder = Directory.CreateTempSubdirectory("hansa-squid-").FullName;
    private readonly Process _process;

    private SquidProxy(string address, string scheme)
    {
        (Address, Port) = (address, ServerUnderTest.FreePort());
        // It reads and writes as a user of its own.
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_folder, (UnixFileMode)0x1ff);
        var passwords = Path.Combine(_folder, "passwords");
        var helper = scheme == "Digest" ? "/usr/lib/squid/digest_file_auth -c" : "/usr/lib/squid/basic_ncsa_auth";
        File.WriteAllText(passwords, scheme == "Digest" ? $"{User}:{Realm}:{Md5($"{User}:{Realm}:{Password}")}\n" : $"{User}:{Crypt()}\n");
        File.WriteAllText(Path.Combine(_folder, "squid.conf"), $"""
            http_port {Address}:{Port}
            auth_param {scheme.ToLowerInvariant()} program {helper} {passwords}
            auth_param {scheme.ToLowerInvariant()} realm {Realm}
            auth_param {scheme.ToLowerInvariant()} children 2
            acl known proxy_auth REQUIRED
            http_access allow CONNECT known
            http_access deny all
            access_log stdio:{LogFile}
            cache_log {Path.Combine(_folder, "cache.log")}
            pid_filename {Path.Combine(_folder, "squid.pid")}
            cache deny all
            coredump_dir {_folder}
            shutdown_lifetime 1 second

            """);
        _process = Process.Start(new ProcessStartInfo("squid", ["-N", "-f", Path.Combine(_folder, "squid.conf")]) { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true })!;
    }

    /// <summary>Where it listens.</summary>
    public string Address { get; }

    /// <summary>Its port.</summary>
    public int Port { get; }

    /// <summary>What it has let pass and what not.</summary>
    public string Log => File.Exists(LogFile) ? File.ReadAllText(LogFile) : "";

    private string LogFile => Path.Combine(_folder, "access.log");

    /// <summary>Starts one.</summary>
    public static async Task<SquidProxy> StartAsync(string address, string scheme)
    {
        var proxy = new SquidProxy(address, scheme);
        await Tables.UntilAsync(proxy.IsListeningAsync, "squid to listen", 20);
        return proxy;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        _process.Kill(entireProcessTree: true);
        await _process.WaitForExitAsync();
        _process.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    private async Task<bool> IsListeningAsync()
    {
        try
        {
            using var socket = new TcpClient();
            await socket.ConnectAsync(Address, Port);
            return true;
        }
        catch (SocketException e)
        {
            return !_process.HasExited ? false : throw new InvalidOperationException($"squid ended: {await _process.StandardError.ReadToEndAsync()}", e);
        }
    }

    // Digest authentication is made of it; nothing here is meant to be secret.
    private static string Md5(string text) => Convert.ToHexStringLower(MD5.HashData(Encoding.UTF8.GetBytes(text)));

    private static string Crypt()
    {
        using var openssl = Process.Start(new ProcessStartInfo("openssl", ["passwd", "-apr1", Password]) { UseShellExecute = false, RedirectStandardOutput = true })!;
        return openssl.StandardOutput.ReadToEnd().Trim();
    }
}
