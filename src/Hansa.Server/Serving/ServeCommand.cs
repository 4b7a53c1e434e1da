using System.CommandLine;
using Hansa.Model;

namespace Hansa.Server;

/// <summary><c>hansa serve</c>.</summary>
internal static class ServeCommand
{
    public static Command Make()
    {
        var data = new Option<string>("--data") { Description = "The data folder (HANSA_DATA)", DefaultValueFactory = _ => ServeOptions.Environment("DATA") ?? ServeOptions.DefaultDataFolder };
        var urls = new Option<string>("--urls") { Description = "Where to listen, with semicolons between (HANSA_URLS); port 0 takes a free one", DefaultValueFactory = _ => ServeOptions.Environment("URLS") ?? ServeOptions.DefaultUrl };
        var name = new Option<string?>("--server-name") { Description = "My Server Name, for a server that has none yet (HANSA_SERVER_NAME)", DefaultValueFactory = _ => ServeOptions.Environment("SERVER_NAME") };
        var certificate = new Option<string?>("--certificate") { Description = "The certificate of https addresses, PEM with its chain (HANSA_CERTIFICATE)", DefaultValueFactory = _ => ServeOptions.Environment("CERTIFICATE") };
        var key = new Option<string?>("--certificate-key") { Description = "Its private key, PEM; left out where it stands in the same file (HANSA_CERTIFICATE_KEY)", DefaultValueFactory = _ => ServeOptions.Environment("CERTIFICATE_KEY") };
        var command = new Command("serve", "Runs a server.") { data, urls, name, certificate, key };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                var options = new ServeOptions(
                    Path.GetFullPath(parsed.GetValue(data)!), [.. Parse(parsed.GetValue(urls)!)], parsed.GetValue(name), ServeOptions.Environment("ADMINISTRATOR_PASSWORD"))
                {
                    Certificate = parsed.GetValue(certificate), CertificateKey = parsed.GetValue(key),
                };
                await HansaServer.RunAsync(options, cancellationToken);
                return 0;
            }
            catch (Exception e) when (e is PlatformException or IOException or UnauthorizedAccessException)
            {
                await Console.Error.WriteLineAsync($"hansa: {e.Message}");
                return 1;
            }
        });
        return command;
    }

    private static IEnumerable<Uri> Parse(string urls)
    {
        foreach (var text in urls.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            // '*' and '+' are how users of other servers write "every address".
            yield return Uri.TryCreate(text.Replace("://*", "://0.0.0.0", StringComparison.Ordinal).Replace("://+", "://0.0.0.0", StringComparison.Ordinal), UriKind.Absolute, out var uri)
                && uri.Scheme is "http" or "https"
                ? uri
                : throw new PlatformException(ErrorCode.BadRequest, $"'{text}' is not an address to listen at; write http://127.0.0.1:8080 or https://*:8443.");
        }
    }
}
