using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hansa.Model;

namespace Hansa.Server.Demo;

/// <summary><c>hansa demo</c>: the main job, on two processes and this machine's own readings.</summary>
internal static class DemoCommand
{
    public static Command Make()
    {
        var duration = new Option<string?>("--for") { Description = "Ends by itself after this long from the first bound RemoteStream, such as 30s or 5m" };
        var plain = new Option<bool>("--plain") { Description = "Prints a line for each saved entry; needs no terminal" };
        var data = new Option<string?>("--data") { Description = "A folder for the two data folders, kept afterwards; a temporary one otherwise" };
        var command = new Command("demo", "Runs two federated servers with a MachineThing that is this machine.") { duration, plain, data };
        command.SetAction(async (parsed, cancellationToken) =>
        {
            try
            {
                await RunAsync(ParseDuration(parsed.GetValue(duration)), parsed.GetValue(plain) || Console.IsOutputRedirected, parsed.GetValue(data), cancellationToken);
                return 0;
            }
            catch (PlatformException e)
            {
                await Console.Error.WriteLineAsync($"hansa demo: {e.Message}");
                return 1;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                return 0;
            }
        });
        return command;
    }

    private static async Task RunAsync(TimeSpan? duration, bool plain, string? data, CancellationToken cancellationToken)
    {
        var folder = data ?? Directory.CreateTempSubdirectory("hansa-demo-").FullName;
        var password = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        try
        {
            await using var serverA = ServerProcess.Start(Path.Combine(folder, "a"), "ServerA", password);
            await using var serverB = ServerProcess.Start(Path.Combine(folder, "b"), "ServerB", password);
            using var a = new RestClient(serverA.Address, "Administrator", password);
            using var b = new RestClient(serverB.Address, "Administrator", password);
            await ReadyAsync(serverA, a, cancellationToken);
            await ReadyAsync(serverB, b, cancellationToken);
            Console.WriteLine($"Composer: A {serverA.Address}Thingworx/Composer/   B {serverB.Address}Thingworx/Composer/   user Administrator, password {password}");

            var readings = new MachineReadings(TimeProvider.System);
            var first = readings.Take();
            var story = new FederationStory(a, b, serverA.Address, Console.WriteLine, TimeProvider.System);
            await story.WalkAsync(Json(first), cancellationToken);

            var life = new DemoLife(a, b, story, readings, [serverA, serverB], plain);
            await life.RunAsync(duration, cancellationToken);
        }
        finally
        {
            if (data is null)
                Directory.Delete(folder, recursive: true);
        }
    }

    internal static JsonObject Json(Dictionary<string, object> reading)
    {
        var json = new JsonObject();
        foreach (var (name, value) in reading)
            json[name] = value switch { int number => number, string text => text, var number => Convert.ToDouble(number, CultureInfo.InvariantCulture) };
        return json;
    }

    private static async Task ReadyAsync(ServerProcess server, RestClient client, CancellationToken cancellationToken)
    {
        for (var i = 0; i < 600; i++)
        {
            if (server.Obituary() is { } obituary)
                throw new PlatformException(ErrorCode.Unavailable, obituary);
            if (await client.IsReadyAsync(cancellationToken))
                return;
            await Task.Delay(TimeSpan.FromMilliseconds(50), TimeProvider.System, cancellationToken);
        }

        throw new PlatformException(ErrorCode.Timeout, $"The server at {server.Address} was not ready within 30 s.");
    }

    private static TimeSpan? ParseDuration(string? text)
    {
        if (text is null)
            return null;
        var unit = text.Length > 0 ? text[^1] : ' ';
        return double.TryParse(char.IsAsciiDigit(unit) ? text : text[..^1], NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number > 0
            ? unit switch
            {
                'm' => TimeSpan.FromMinutes(number),
                'h' => TimeSpan.FromHours(number),
                's' or (>= '0' and <= '9') => TimeSpan.FromSeconds(number),
                _ => throw Wrong(text),
            }
            : throw Wrong(text);
    }

    private static PlatformException Wrong(string text) => new(ErrorCode.BadRequest, $"'{text}' is no duration; write 30s, 5m or 1h.");
}
