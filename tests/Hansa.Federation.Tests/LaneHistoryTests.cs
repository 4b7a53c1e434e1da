using System.Collections.Concurrent;
using Hansa.AlwaysOn;
using Hansa.Federation.Tests.Support;
using Hansa.Model;
using Hansa.Runtime;
using Hansa.Storage;
using Hansa.Storage.Sqlite;
using Shouldly;
using Xunit;

namespace Hansa.Federation.Tests;

/// <summary>
/// Histories of writes over a link that cuts, delays, loses answers and refuses, made from seeds: what was answered stands once and in its caller's order,
/// what was refused does not, what was left open stands at most once (design federation 14: I7, I8, I9).
/// </summary>
public sealed class LaneHistoryTests(ITestOutputHelper output)
{
    private const int Callers = 3;
    private const int WritesPerCaller = 12;
    private const int AtOnce = 25;

    /// <summary>How many histories: 500, or as HANSA_SEEDS says; the first is HANSA_FIRST_SEED.</summary>
    private static int Seeds => int.TryParse(Environment.GetEnvironmentVariable("HANSA_SEEDS"), out var seeds) && seeds > 0 ? seeds : 500;

    private static int FirstSeed => int.TryParse(Environment.GetEnvironmentVariable("HANSA_FIRST_SEED"), out var seed) ? seed : 1;

    [Fact]
    [Trait("Category", "Slow")]
    public async Task No_history_loses_doubles_or_reorders_a_write()
    {
        var options = new FederationOptions
        {
            DeferAfter = TimeSpan.FromMilliseconds(60), ResendAfter = TimeSpan.FromMilliseconds(150), RequestTimeout = TimeSpan.FromMilliseconds(400), DrainWindow = 4,
        };
        var sums = new ConcurrentBag<(int Acknowledged, int Refused, int Unknown, int Deferred)>();
        await using var a = await ServerA.StartAsync(options);
        var folder = System.IO.Directory.CreateTempSubdirectory("hansa-test-").FullName;
        await using (var b = await SqliteStorage.OpenAsync(folder, new(), TimeProvider.System, CancellationToken.None))
        {
            await a.MakeRemoteStreamAsync("First", "First@Nobody");
            foreach (var seeds in Enumerable.Range(FirstSeed, Seeds).Chunk(AtOnce))
                await Task.WhenAll(seeds.Select(async seed => sums.Add(await new History(a, b, seed).RunAsync())));
        }

        System.IO.Directory.Delete(folder, recursive: true);
        output.WriteLine($"{sums.Count} histories of {Callers * WritesPerCaller} writes: {sums.Sum(s => s.Acknowledged)} answered ({sums.Sum(s => s.Deferred)} deferred), "
            + $"{sums.Sum(s => s.Refused)} refused, {sums.Sum(s => s.Unknown)} unknown");
        sums.Sum(s => s.Deferred).ShouldBeGreaterThan(0);
        sums.Sum(s => s.Unknown).ShouldBeGreaterThan(0);
    }

    private sealed class History(ServerA a, SqliteStorage b, int seed)
    {
        private readonly Guid _stream = Guid.NewGuid();
        private readonly string _name = $"S{seed}";
        private readonly LaneServer _lanes = new(b);
        private readonly Random _faults = new(seed);
        private readonly Lock _lock = new();
        private readonly List<PublisherPipe> _pipes = [];
        private readonly ConcurrentDictionary<long, string> _outcomes = new();
        private volatile bool _isCalm;

        public async Task<(int Acknowledged, int Refused, int Unknown, int Deferred)> RunAsync()
        {
            await b.Streams.EnsureAsync(_stream, _name, PublisherPipe.Shape, CancellationToken.None);
            var thing = await a.MakeRemoteStreamAsync($"Remote{_name}", $"{_name}@B{seed}");
            // Some histories are of writes that may not wait.
            if (seed % 3 == 0)
                await a.CallAsync(thing.Name, "SetConfigurationTable", ("tableName", Value.String("Delivery")), ("persistent", Value.Boolean(true)),
                    ("configurationTable", Value.Table(InfoTable.Single(("whenLinkIsDown", BaseType.STRING, Value.String("Fail"))))));
            for (var i = 0; i < 2; i++)
                _pipes.Add(await ConnectAsync());
            await Until.TrueAsync(() => thing.Properties.Read("isConnected").Value.AsBoolean(), $"seed {seed}: the stream to be bound");

            using var stopping = new CancellationTokenSource();
            var breaking = Task.Run(() => BreakAsync(stopping.Token));
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(() => WriteAsync(thing.Name, caller))));
            await stopping.CancelAsync();
            await breaking;

            _isCalm = true;
            await ReplaceAsync(0);
            await Until.TrueAsync(() => a.Waiting(thing) == 0, $"seed {seed}: what waits to be delivered");
            var stands = await b.Streams.QueryAsync(_stream, new(PublisherPipe.Shape, StreamColumns.EntriesWithData, int.MaxValue), CancellationToken.None);
            Judge([.. Enumerable.Range(0, stands.RowCount).Select(i => (Id: long.Parse(stands[i, "id"].ToString()), N: stands[i, "n"].AsLong())).OrderBy(row => row.Id).Select(row => row.N)], await a.ParkedAsync(thing));
            foreach (var pipe in _pipes)
                await pipe.DisposeAsync();
            return (Count("ok") + Count("deferred"), Count("refused"), Count("unknown"), Count("deferred"));
        }

        private int Count(string outcome) => _outcomes.Values.Count(one => one == outcome);

        private void Judge(IReadOnlyList<long> stands, IReadOnlySet<long> parked)
        {
            var times = stands.CountBy(n => n).ToDictionary();
            foreach (var (n, outcome) in _outcomes)
            {
                var count = times.GetValueOrDefault(n);
                var isRight = outcome switch
                {
                    "deferred" when parked.Contains(n) => count == 0,
                    "ok" or "deferred" => count == 1,
                    "refused" => count == 0,
                    _ => count <= 1,
                };
                isRight.ShouldBeTrue($"seed {seed}: write {n} was {outcome} and stands {count} times");
            }

            foreach (var caller in stands.GroupBy(n => n / 1000))
                caller.ToList().ShouldBe(caller.Order().ToList(), $"seed {seed}: of one caller, in its order");
        }

        private async Task WriteAsync(string proxy, int caller)
        {
            var random = new Random((seed * 10) + caller);
            for (var i = 0; i < WritesPerCaller; i++)
            {
                var n = (caller * 1000) + i;
                var note = new DeliveryNote();
                var values = InfoTable.Single(("n", BaseType.LONG, Value.Long(n)), ("text", BaseType.STRING, Value.String(new string('x', random.Next(300)))));
                try
                {
                    await a.CallAsync(note, proxy, "AddStreamEntry", ("values", Value.Table(values)), ("source", Value.String($"c{caller}")));
                    _outcomes[n] = note.IsDeferred ? "deferred" : "ok";
                }
                catch (PlatformException e)
                {
                    _outcomes[n] = e.Code is ErrorCode.Timeout or ErrorCode.BadGateway ? "unknown" : "refused";
                }

                await Task.Delay(random.Next(15));
            }
        }

        private async Task BreakAsync(CancellationToken stopping)
        {
            while (!stopping.IsCancellationRequested)
            {
                await Task.Delay(Roll(20, 120), CancellationToken.None);
                await ReplaceAsync(Roll(0, 4) == 0 ? Roll(80, 200) : Roll(0, 10));
            }
        }

        // The pipes go in the middle of whatever they do, and others come.
        private async Task ReplaceAsync(int pause)
        {
            var gone = _pipes.Count == 0 || _isCalm || Roll(0, 2) == 0 ? _pipes.ToList() : [_pipes[0]];
            foreach (var pipe in gone)
            {
                _pipes.Remove(pipe);
                await pipe.DisposeAsync();
            }

            await Task.Delay(pause);
            while (_pipes.Count < 2)
                _pipes.Add(await ConnectAsync());
        }

        private Task<PublisherPipe> ConnectAsync() => PublisherPipe.ConnectAsync(
            a, isHansa: true, [$"*{_name}@B{seed}"], AnswerAsync, new PeerFacts($"b{seed}", $"B{seed}", "1.0.0", 1, PeerFacts.CurrentRevision), _stream);

        private async ValueTask<ResponseMessage> AnswerAsync(RequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Target != "AddStreamEntry")
                return ResponseMessage.Success;
            var place = LaneHeader.Parse(request.Header(LinkHeaders.Lane)) ?? throw new InvalidOperationException("A write without a place in its lane.");
            var roll = _isCalm ? 99 : Roll(0, 100);
            if (roll < 6)
                return ResponseMessage.Failure(Status.ServiceUnavailable, "The disk is full.");
            if (roll < 12)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            var answer = await _lanes.ServeAsync("a", place, token => AppendAsync(request, roll, token), cancellationToken);
            if (roll is >= 40 and < 55)
                await Task.Delay(Timeout.Infinite, cancellationToken);
            return answer;
        }

        private async ValueTask<ResponseMessage> AppendAsync(RequestMessage request, int roll, CancellationToken cancellationToken)
        {
            var values = request.Parameters![0, "values"].AsTable()!;
            if (roll < 20)
                await Task.Delay(Roll(0, 100), CancellationToken.None);
            if (roll is >= 20 and < 23)
                throw new PlatformException(ErrorCode.BadRequest, "It does not fit.");
            await b.Streams.AppendAsync(
                _stream, PublisherPipe.Shape, [new(values[0, "n"].AsLong(), IsAssigned: true, "s", "Thing", null, null, new[] { values[0, "n"], values[0, "text"] })], CancellationToken.None);
            return ResponseMessage.Success;
        }

        private int Roll(int from, int to)
        {
            lock (_lock)
                return _faults.Next(from, to);
        }
    }
}
