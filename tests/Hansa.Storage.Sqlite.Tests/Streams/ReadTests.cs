using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

public sealed class ReadTests
{
    private static readonly DataShape Shape = DataShape.Of(("text", BaseType.STRING), ("n", BaseType.INTEGER));
    private static readonly Guid Stream = Guid.NewGuid();

    // One row keeps the expression of Slow busy for some 10 ms, 2,000 of them for far longer than any test waits.
    private const int SlowLength = 20;

    [Fact]
    public async Task A_read_over_its_time_limit_is_ended_and_the_connection_works_on()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync(new SqliteOptions { ReadTimeout = TimeSpan.FromMilliseconds(500), Readers = 1 });
        await FillAsync(storage, 2_000, SlowLength);

        var error = await Should.ThrowAsync<PlatformException>(storage.Streams.QueryAsync(Stream, Slow(), CancellationToken.None));

        error.Code.ShouldBe(ErrorCode.Timeout);
        (await storage.Streams.QueryAsync(Stream, new(Shape, StreamColumns.Data, 1), CancellationToken.None)).RowCount.ShouldBe(1);
    }

    [Fact]
    public async Task A_read_stops_when_its_caller_does()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync(new SqliteOptions { Readers = 1 });
        await FillAsync(storage, 2_000, SlowLength);
        using var stop = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));

        await Should.ThrowAsync<OperationCanceledException>(storage.Streams.QueryAsync(Stream, Slow(), stop.Token));

        (await storage.Streams.CountAsync(Stream, CancellationToken.None)).ShouldBe(2_000);
    }

    [Fact]
    public async Task A_filter_that_fails_on_a_row_says_why()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync();
        await FillAsync(storage, 10, 60);
        var query = new Query(new FieldFilter("text", FilterOperator.Matches, false, [Value.String("^(x+)+$")]), []);

        var error = await Should.ThrowAsync<PlatformException>(
            storage.Streams.QueryAsync(Stream, new(Shape, StreamColumns.Data, 1) { Query = query }, CancellationToken.None));

        error.Code.ShouldBe(ErrorCode.BadRequest);
        error.Message.ShouldContain("takes more than 1 s");
    }

    [Fact]
    public async Task Readers_that_overlap_for_ever_do_not_let_the_log_grow_for_ever()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync(new SqliteOptions { CheckpointBytes = 1 << 20, MaxLogBytes = 4 << 20 });
        await FillAsync(storage, 2_000, 60);
        using var stop = new CancellationTokenSource();
        var reading = Task.WhenAll(Enumerable.Range(0, 2).Select(async _ =>
        {
            while (!stop.IsCancellationRequested)
                await storage.Streams.QueryAsync(Stream, new(Shape, StreamColumns.EntriesWithData, 2_000), CancellationToken.None);
        }));

        var longest = 0L;
        for (var i = 0; i < 200; i++)
        {
            await storage.Streams.AppendAsync(Stream, Shape, [.. Enumerable.Range(0, 200).Select(n => Entry((i * 200) + n, new string('y', 1000)))], CancellationToken.None);
            longest = Math.Max(longest, new FileInfo(folder.Database + "-wal").Length);
        }

        await stop.CancelAsync();
        await reading;
        longest.ShouldBeLessThan(16 << 20, "of more than 40 MiB that were written");
    }

    [Fact]
    public async Task Many_writers_and_readers_side_by_side_see_whole_entries_only()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync();
        await storage.Streams.EnsureAsync(Stream, "Busy", Shape, CancellationToken.None);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        var written = 0;
        var writers = Enumerable.Range(0, 32).Select(writer => Task.Run(async () =>
        {
            for (var i = 0; !stop.IsCancellationRequested; i++)
            {
                await storage.Streams.AppendAsync(Stream, Shape,
                    [new(i, true, $"w{writer}", "", null, null, new[] { Value.String($"{i}"), Value.Integer(i) })], CancellationToken.None);
                Interlocked.Increment(ref written);
            }
        }));
        var readers = Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            for (var seen = 0L; !stop.IsCancellationRequested;)
            {
                var table = await storage.Streams.QueryAsync(Stream, new(Shape, StreamColumns.Data, 200), CancellationToken.None);
                for (var i = 0; i < table.RowCount; i++)
                    table[i, "text"].ShouldBe(Value.String(table[i, "n"].ToString()));
                var count = await storage.Streams.CountAsync(Stream, CancellationToken.None);
                count.ShouldBeGreaterThanOrEqualTo(seen);
                seen = count;
            }
        }));
        await Task.WhenAll(writers.Concat(readers));

        (await storage.Streams.CountAsync(Stream, CancellationToken.None)).ShouldBe(written);
        storage.Metrics.Rows.ShouldBe(written + 1);
        storage.Metrics.Commits.ShouldBeLessThan(written, "commits are shared");
    }

    private static StreamQuery Slow() => new(Shape, StreamColumns.Data, int.MaxValue)
    {
        Query = new(new FieldFilter("text", FilterOperator.Matches, false, [Value.String("^(x+)+$")]), []),
    };

    private static async Task FillAsync(IStorage storage, int rows, int length)
    {
        await storage.Streams.EnsureAsync(Stream, "Read", Shape, CancellationToken.None);
        await storage.Streams.AppendAsync(Stream, Shape, [.. Enumerable.Range(0, rows).Select(i => Entry(i, new string('x', length) + "!"))], CancellationToken.None);
    }

    private static StreamEntry Entry(int time, string text) => new(time, false, "s", "", null, null, new[] { Value.String(text), Value.Integer(time) });
}
