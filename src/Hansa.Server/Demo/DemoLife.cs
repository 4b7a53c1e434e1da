using System.Globalization;
using System.Text.Json.Nodes;
using Hansa.Model;
using Spectre.Console;

namespace Hansa.Server.Demo;

/// <summary>Feeds the MachineThing each second and shows what arrives on B.</summary>
internal sealed class DemoLife(RestClient a, RestClient b, FederationStory story, MachineReadings readings, IReadOnlyList<ServerProcess> servers, bool plain)
{
    private const int ShownRows = 8;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(1);
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly HashSet<string> _seen = new(StringComparer.Ordinal);

    public async Task RunAsync(TimeSpan? duration, CancellationToken cancellationToken)
    {
        using var limit = duration is { } length ? new CancellationTokenSource(length) : new CancellationTokenSource();
        using var either = CancellationTokenSource.CreateLinkedTokenSource(limit.Token, cancellationToken);
        try
        {
            if (plain)
                await PlainAsync(either.Token);
            else
                await LiveAsync(either.Token);
        }
        catch (OperationCanceledException) when (either.IsCancellationRequested)
        {
            // The time is over, or Ctrl-C.
        }

        if (!plain)
            return;
        await PrintNewAsync(CancellationToken.None);
        Console.WriteLine($"entries on B: {await CountAsync(CancellationToken.None)}");
    }

    private async Task PlainAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            await FeedAsync(cancellationToken);
            await PrintNewAsync(cancellationToken);
            await Task.Delay(Step, _time, cancellationToken);
        }
    }

    private async Task PrintNewAsync(CancellationToken cancellationToken)
    {
        foreach (var row in (await LastAsync(cancellationToken)).Reverse().Where(row => _seen.Add(row!["id"]!.GetValue<string>())))
        {
            var values = string.Join("  ", MachineReadings.Fields.Select(field => $"{field.Name}={row![field.Name]?.ToString() ?? "null"}"));
            Console.WriteLine($"{Time(row!)}  {values}");
        }
    }

    private Task LiveAsync(CancellationToken cancellationToken) => AnsiConsole.Live(new Text("…")).AutoClear(false).StartAsync(async screen =>
    {
        while (true)
        {
            await FeedAsync(cancellationToken);
            screen.UpdateTarget(await DrawAsync(cancellationToken));
            await Task.Delay(Step, _time, cancellationToken);
        }
    });

    private async Task FeedAsync(CancellationToken cancellationToken)
    {
        if (servers.Select(server => server.Obituary()).FirstOrDefault(text => text is not null) is { } obituary)
            throw new PlatformException(ErrorCode.Unavailable, obituary);
        await a.WriteAsync(FederationStory.Machine, DemoCommand.Json(readings.Take()), cancellationToken);
    }

    private async Task<Table> DrawAsync(CancellationToken cancellationToken)
    {
        // The round trip is that of a real call: the count, asked on A's proxy, answered by B.
        var started = _time.GetTimestamp();
        await a.CallAsync($"Things/{FederationStory.Remote}", "GetStreamEntryCount", null, cancellationToken);
        var roundTrip = _time.GetElapsedTime(started);
        var (isConnected, reason) = await story.LinkAsync(cancellationToken);

        var table = new Table().Border(TableBorder.Rounded).Title($"[bold]{FederationStory.Machine}[/] on A → [bold]{FederationStory.Stream}[/] on B");
        table.AddColumn("saved at");
        foreach (var (name, _, _) in MachineReadings.Fields)
            table.AddColumn(new TableColumn(name) { Alignment = Justify.Right });
        foreach (var row in await LastAsync(cancellationToken))
            table.AddRow([Time(row!), .. MachineReadings.Fields.Select(field => Markup.Escape(row![field.Name]?.ToString() ?? ""))]);
        var state = isConnected ? "[green]connected[/]" : $"[red]{Markup.Escape(reason)}[/]";
        var entries = await CountAsync(cancellationToken);
        table.Caption(string.Create(CultureInfo.InvariantCulture,
            $"entries on B: {entries} · link B → A: {state} · round trip A → B → A: {roundTrip.TotalMilliseconds:0.0} ms · A {servers[0].Address} · B {servers[1].Address} · Ctrl-C ends"));
        return table;
    }

    private async Task<JsonArray> LastAsync(CancellationToken cancellationToken) => (JsonArray)(await b.CallAsync(
        $"Things/{FederationStory.Stream}", "QueryStreamEntriesWithData", new() { ["maxItems"] = ShownRows, ["oldestFirst"] = false }, cancellationToken))!;

    private async Task<long> CountAsync(CancellationToken cancellationToken) =>
        (long)(await b.CallAsync($"Things/{FederationStory.Stream}", "GetStreamEntryCount", null, cancellationToken))!.GetValue<double>();

    private static string Time(JsonNode row) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row["timestamp"]!.GetValue<long>()).ToLocalTime().ToString("HH:mm:ss.fff", CultureInfo.InvariantCulture);
}
