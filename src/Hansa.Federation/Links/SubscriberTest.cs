using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using Hansa.AlwaysOn;
using Hansa.AlwaysOn.Dialing;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;
using Hansa.Runtime;

namespace Hansa.Federation;

/// <summary>
/// Goes the way to a subscriber once, step by step, and lets go: nothing is bound, nothing is changed on either side. What comes after a
/// step that failed is skipped.
/// </summary>
/// <param name="row">The subscriber.</param>
/// <param name="key">Its application key; "" to end before the sign-in.</param>
/// <param name="parts">What links are made of.</param>
internal sealed class SubscriberTest(SubscriberRow row, string key, LinkParts parts)
{
    private static readonly TimeSpan GreatestDrift = TimeSpan.FromSeconds(5);
    private static readonly string[] Steps = ["name", "port", "certificate", "server", "clock", "signIn", "publication"];

    private readonly Dictionary<string, (Result Result, double Duration, string Text)> _results = new(StringComparer.Ordinal);
    private long _began = parts.Time.GetTimestamp();

    /// <summary>Gives a row for every step.</summary>
    public async Task<InfoTable> RunAsync(CancellationToken cancellationToken)
    {
        await TryAsync(cancellationToken);
        var builder = new InfoTable.Builder(PlatformShapes.SubscriberTest);
        foreach (var step in Steps)
        {
            var (result, duration, text) = _results.GetValueOrDefault(step, (Result.Skipped, 0, ""));
            builder.Add(Value.String(step), Value.String(result.ToString().ToLowerInvariant()), Value.Number(duration), Value.String(text));
        }

        return builder.Build();
    }

    private async Task TryAsync(CancellationToken cancellationToken)
    {
        if (!Uri.TryCreate(row.ServerUri, UriKind.Absolute, out var address) || address.Scheme is not ("ws" or "wss"))
        {
            Say("name", Result.Failed, $"'{row.ServerUri}' is not ws(s)://host:port{Upgrade.Path}.");
            return;
        }

        // Behind a proxy name, port and certificate are the proxy's to see; the hello shows what comes of it.
        if (row.ProxyHost.Length == 0 && !await LookAsync(address, cancellationToken))
            return;
        if (await DialAsync(address, cancellationToken) is not { } dialled)
            return;
        var options = dialled.Apply(ConnectionOptions.Client);
        await using var connection = new AlwaysOnConnection(dialled.Stream, options, Listener.Instance, parts.Time);
        var running = connection.RunAsync(cancellationToken);
        try
        {
            if (await SignInAsync(connection, dialled.IsHansa, cancellationToken))
                Publish();
        }
        finally
        {
            await connection.CloseAsync(CloseCode.Normal, "");
            await running;
        }
    }

    private async Task<bool> LookAsync(Uri address, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(parts.Options.LinkTimeout, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            var found = await Dns.GetHostAddressesAsync(address.DnsSafeHost, either.Token);
            Say("name", Result.Passed, string.Join(", ", found.Select(one => one.ToString()).Distinct(StringComparer.Ordinal).Take(3)));
        }
        catch (Exception e) when (e is SocketException || IsLate(e, cancellationToken))
        {
            Say("name", Result.Failed, $"No server is called {address.Host}; ask who runs it for its name, or use its IP address.");
            return false;
        }

        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(new DnsEndPoint(address.DnsSafeHost, address.Port), either.Token);
            Say("port", Result.Passed, $"{address.Port} is open");
        }
        catch (Exception e) when (e is SocketException || IsLate(e, cancellationToken))
        {
            Say("port", Result.Failed, $"Nothing answers on port {address.Port} of {address.Host}: {(e is SocketException ? e.Message : $"not within {parts.Options.LinkTimeout.TotalSeconds:0.#} s")}.");
            return false;
        }

        if (address.Scheme == "ws")
        {
            Say("certificate", Result.Warned, "None: ws: sends keys and rows as plain text. Use wss: where others share the network.");
            return true;
        }

        return await LookAtCertificateAsync(address, socket, cancellationToken);
    }

    [SuppressMessage("Security", "CA5359", Justification = "The certificate is only looked at: nothing is sent, and the connection ends.")]
    private async Task<bool> LookAtCertificateAsync(Uri address, Socket socket, CancellationToken cancellationToken)
    {
        using var limit = new CancellationTokenSource(parts.Options.LinkTimeout, parts.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        var trusted = row.TrustedCertificate.Length == 0 ? null : TrustedCertificate.Parse(row.TrustedCertificate);
        var (isTrusted, until, fault) = (false, default(DateTime), SslPolicyErrors.None);
        try
        {
            await using var tls = new SslStream(new NetworkStream(socket), leaveInnerStreamOpen: false);
            await tls.AuthenticateAsClientAsync(new SslClientAuthenticationOptions
            {
                TargetHost = address.DnsSafeHost,
                RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
                {
                    if (certificate is X509Certificate2 own)
                        (isTrusted, until, fault) = (trusted?.Trusts(own, chain, errors) ?? errors == SslPolicyErrors.None, own.NotAfter.ToUniversalTime(), errors);
                    return true;
                },
            }, either.Token);
        }
        catch (Exception e) when (e is IOException or AuthenticationException || IsLate(e, cancellationToken))
        {
            Say("certificate", Result.Failed, $"Port {address.Port} of {address.Host} speaks no TLS: {e.Message} Use ws: if it is meant to.");
            return false;
        }

        var valid = $"valid until {until.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}";
        if (isTrusted)
        {
            Say("certificate", Result.Passed, $"Trusted, {valid}");
            return true;
        }

        var why = until < parts.Time.GetUtcNow().UtcDateTime ? $"it ended on {until.ToString("d MMM yyyy", CultureInfo.InvariantCulture)}"
            : fault.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch) ? $"it is not made for {address.Host}"
            : "nobody known here has signed it; enter it as Trusted Certificate if it is the right one";
        Say("certificate", Result.Failed, $"Not trusted: {why}.");
        return false;
    }

    private async Task<DialResult?> DialAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var dialled = await AlwaysOnDialer.DialAsync(address, parts.DialOptions(row, key), cancellationToken);
            Say("server", Result.Passed, dialled.IsHansa ? "A Hansa server answers" : "A ThingWorx server answers");
            // To the second: that is all that HTTP tells. The hello tells it better.
            if (dialled.Headers.TryGetValue("Date", out var date) && DateTimeOffset.TryParse(date, CultureInfo.InvariantCulture, out var theirs) && (key.Length == 0 || !dialled.IsHansa))
                SayClock(theirs, TimeSpan.FromSeconds(1));
            return dialled;
        }
        catch (DialException e)
        {
            Say("server", Result.Failed, e.Message);
            return null;
        }
    }

    private async Task<bool> SignInAsync(AlwaysOnConnection connection, bool isHansa, CancellationToken cancellationToken)
    {
        if (key.Length == 0)
            return false;
        try
        {
            var answer = await connection.AuthenticateAsync(AuthMessage.ApplicationKey(key), parts.Options.LinkTimeout, cancellationToken);
            if (!answer.IsSuccess)
            {
                Say("signIn", Result.Failed, $"The application key is refused: {answer.FailureText ?? answer.Status.ToString()}");
                return false;
            }

            if (!isHansa)
            {
                Say("signIn", Result.Passed, "The application key is accepted");
                return true;
            }

            connection.Peer = PeerProfile.Hansa;
            var hello = await connection.SendAsync(LinkMessages.Request(LinkMessages.Hello), parts.Options.LinkTimeout, TrafficClass.Probe, cancellationToken);
            if (hello is not { IsSuccess: true, Content: { RowCount: > 0 } who })
            {
                Say("signIn", Result.Warned, "The application key is accepted, but the server does not say who it is: it is older than this one");
                return true;
            }

            SayWho(who[0, "serverName"].ToString(), who[0, "version"].ToString());
            if (who[0, "time"].AsDateTime() is { } theirs)
                SayClock(theirs, TimeSpan.Zero);
            return true;
        }
        catch (Exception e) when (e is IOException or TimeoutException or WireFormatException)
        {
            Say("signIn", Result.Failed, $"The server broke off: {e.Message}");
            return false;
        }
    }

    private void SayWho(string name, string version)
    {
        var isOther = name.Length > 0 && row.Name.Length > 0 && name != row.Name;
        Say("signIn", isOther ? Result.Warned : Result.Passed, isOther
            ? $"The application key is accepted, but the server calls itself {name}, not {row.Name}"
            : $"The application key is accepted by {(name.Length > 0 ? name : "a server without a name")}, Hansa {version}");
    }

    private void SayClock(DateTimeOffset theirs, TimeSpan grain)
    {
        var ahead = theirs - parts.Time.GetUtcNow();
        var drift = ahead.Duration();
        Say("clock", drift > GreatestDrift ? Result.Warned : Result.Passed, drift <= (grain > TimeSpan.Zero ? grain + TimeSpan.FromSeconds(1) : TimeSpan.FromMilliseconds(500))
            ? "Theirs is as ours"
            : $"Theirs is {drift.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture)} s {(ahead > TimeSpan.Zero ? "ahead" : "behind")}");
    }

    private void Publish()
    {
        if (row.PublishAsUser.Length == 0)
            return;
        if (parts.Directory.Find(new(EntityKind.Users, row.PublishAsUser)) is null)
        {
            Say("publication", Result.Failed, $"There is no user {row.PublishAsUser} to publish as.");
            return;
        }

        var count = parts.Publication.For(row).Count();
        Say("publication", count == 0 ? Result.Warned : Result.Passed, count switch
        {
            0 => $"Nothing is published that {row.PublishAsUser} can see",
            1 => "1 Thing will be offered",
            _ => $"{count.ToString(CultureInfo.InvariantCulture)} Things will be offered",
        });
    }

    private void Say(string step, Result result, string text)
    {
        var now = parts.Time.GetTimestamp();
        _results[step] = (result, Math.Round(parts.Time.GetElapsedTime(_began, now).TotalMilliseconds, 1), text);
        _began = now;
    }

    private static bool IsLate(Exception e, CancellationToken cancellationToken) => e is OperationCanceledException && !cancellationToken.IsCancellationRequested;

    private enum Result
    {
        Passed,
        Warned,
        Failed,
        Skipped,
    }

    // It offers nothing to whoever asks.
    private sealed class Listener : IConnectionHandler
    {
        public static Listener Instance { get; } = new();

        public ValueTask<AuthResult> AuthenticateAsync(AlwaysOnConnection connection, AuthMessage message, CancellationToken cancellationToken) =>
            new(AuthResult.Refuse("This end is the client."));

        public ValueTask<ResponseMessage> BindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) =>
            new(ResponseMessage.Failure(Status.BadRequest, "This end is the client."));

        public ValueTask AfterBindAsync(AlwaysOnConnection connection, BindMessage message, CancellationToken cancellationToken) => default;

        public ValueTask<ResponseMessage> RequestAsync(AlwaysOnConnection connection, RequestMessage message, CancellationToken cancellationToken) =>
            new(ResponseMessage.Failure(Status.NotFound, "This connection is a test and offers nothing."));

        public void Faulted(AlwaysOnConnection connection, Exception exception)
        {
            // The step that waits for the answer says it.
        }

        public void Closed(AlwaysOnConnection connection, Exception? reason)
        {
            // The step that waits for an answer says it.
        }
    }
}
