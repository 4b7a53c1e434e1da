using System.Collections.Concurrent;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Hansa.Testing;

namespace Hansa.Faults.Tests.Load;

/// <summary>
/// Callers that add entries to a stream as fast as they are answered and never retry. Each row carries a number of its own; every
/// other row comes without a time, the rest with one of its own. The last two callers send batches.
/// </summary>
internal sealed class StreamLoad : IAsyncDisposable
{
    /// <summary>The fields of the stream.</summary>
    public static readonly (string Name, string Type)[] Fields = [("n", "LONG"), ("text", "STRING")];

    /// <summary>The time of rows that bring one counts up from here, for each caller.</summary>
    public const long FirstTime = 1_000_000_000_000;

    /// <summary>Numbers of one caller end before those of the next begin.</summary>
    public const long NumbersPerCaller = 1_000_000_000;

    private const int BatchRows = 50;
    private static readonly TimeSpan PauseAfterFailure = TimeSpan.FromMilliseconds(25);

    private readonly ConcurrentQueue<Call> _calls = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Task _running;
    private readonly Uri _address;
    private long _succeeded;

    private StreamLoad(Uri server, string thing, int callers, int first)
    {
        _address = new(server, $"/Thingworx/Things/{thing}/Services/");
        _running = Task.WhenAll(Enumerable.Range(first, callers - first).Select(caller => Task.Run(() => CallAsync(caller, isBatch: caller >= callers - 2))));
    }

    /// <summary>What has ended so far.</summary>
    public IReadOnlyCollection<Call> Calls => _calls;

    /// <summary>Calls that have succeeded so far.</summary>
    public long Succeeded => Interlocked.Read(ref _succeeded);

    /// <summary>Begins to call a Thing.</summary>
    public static StreamLoad Start(Uri server, string thing, int callers = 8, int first = 0) => new(server, thing, callers, first);

    /// <summary>Waits until so many more calls have succeeded.</summary>
    public Task UntilSucceededAsync(int more, double seconds = 60)
    {
        var goal = Succeeded + more;
        return Tables.UntilAsync(() => Task.FromResult(Succeeded >= goal), $"{more} more calls that succeed; the last ones: {Last()}", seconds);
    }

    /// <summary>Lets each caller end its call, and no more begin.</summary>
    public async Task StopAsync()
    {
        await _stopping.CancelAsync();
        await _running;
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        _stopping.Dispose();
    }

    private string Last() => string.Join("; ", _calls.TakeLast(3).Select(call => $"{call.Outcome} {call.Text}"));

    private async Task CallAsync(int caller, bool isBatch)
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false }) { BaseAddress = _address, Timeout = TimeSpan.FromSeconds(90) };
        http.DefaultRequestHeaders.Authorization = new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"Administrator:{ServerUnderTest.Password}")));
        http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        var number = caller * NumbersPerCaller;
        while (!_stopping.IsCancellationRequested)
        {
            var rows = isBatch ? BatchRows : 1;
            var (outcome, text, isDeferred) = await TryAsync(http, isBatch ? "AddStreamEntries" : "AddStreamEntry", isBatch ? Batch(caller, number) : Single(caller, number));
            _calls.Enqueue(new(number, rows, outcome, text) { IsDeferred = isDeferred });
            number += rows;
            if (outcome == Outcome.Succeeded)
                Interlocked.Increment(ref _succeeded);
            else
                await Task.Delay(PauseAfterFailure);
        }
    }

    private static async Task<(Outcome Outcome, string Text, bool IsDeferred)> TryAsync(HttpClient http, string service, JsonObject body)
    {
        try
        {
            using var content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
            using var answer = await http.PostAsync(new Uri(service, UriKind.Relative), content);
            return answer.StatusCode switch
            {
                HttpStatusCode.OK => (Outcome.Succeeded, "", answer.Headers.Contains("Hansa-Delivery")),
                // An answer that leaves it open says so; a fault of a server says nothing.
                HttpStatusCode.GatewayTimeout or HttpStatusCode.BadGateway or HttpStatusCode.InternalServerError =>
                    (Outcome.Unknown, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}", false),
                var status => (Outcome.Refused, $"{(int)status}: {await answer.Content.ReadAsStringAsync()}", false),
            };
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return (Outcome.Refused, e.Message, false);
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return (Outcome.Unknown, e.Message, false);
        }
    }

    private static JsonObject Single(int caller, long number)
    {
        var body = new JsonObject { ["source"] = Source(caller), ["values"] = Values(number) };
        if (HasTime(number))
            body["timestamp"] = FirstTime + (number % NumbersPerCaller);
        return body;
    }

    private static JsonObject Batch(int caller, long number)
    {
        var rows = Enumerable.Range(0, BatchRows).Select(i =>
        {
            var row = new JsonObject { ["source"] = Source(caller), ["values"] = Values(number + i) };
            if (HasTime(number + i))
                row["timestamp"] = FirstTime + ((number + i) % NumbersPerCaller);
            return row;
        });
        return new() { ["values"] = Tables.Of([("timestamp", "DATETIME"), ("source", "STRING"), ("values", "INFOTABLE")], [.. rows]) };
    }

    private static JsonObject Values(long number) => Tables.Of(Fields, new JsonObject { ["n"] = number, ["text"] = $"entry {number}" });

    private static bool HasTime(long number) => number % 2 == 1;

    private static string Source(int caller) => $"caller{caller}";
}
