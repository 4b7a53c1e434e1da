using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

public sealed class SweepTests
{
    private const string Left = "SELECT (SELECT count(*) FROM data_table) + (SELECT count(*) FROM data_field) + (SELECT count(*) FROM sqlite_master WHERE name LIKE 'stream_1%')";
    private static readonly DataShape Shape = DataShape.Of(("text", BaseType.STRING));

    [Fact]
    public async Task The_rows_of_a_dropped_stream_are_freed_also_after_a_restart_in_the_middle()
    {
        await using var folder = new TempFolder();
        await using (var storage = await folder.OpenAsync())
        {
            var stream = Guid.NewGuid();
            await storage.Streams.EnsureAsync(stream, "Dropped", Shape, CancellationToken.None);
            await storage.Streams.AppendAsync(stream, Shape, [.. Enumerable.Range(0, 20_000).Select(Entry)], CancellationToken.None);
            await storage.Streams.DropAsync(stream, CancellationToken.None);
        }

        Count(folder, "SELECT count(*) FROM stream_1_Dropped").ShouldBeGreaterThan(0, "the sweep was in the middle");
        await using (await folder.OpenAsync())
            await SweptAsync(folder);
        Count(folder, "PRAGMA freelist_count").ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task Writers_go_on_while_a_stream_is_swept()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync();
        var (dropped, kept) = (Guid.NewGuid(), Guid.NewGuid());
        await storage.Streams.EnsureAsync(dropped, "Dropped", Shape, CancellationToken.None);
        await storage.Streams.EnsureAsync(kept, "Kept", Shape, CancellationToken.None);
        await storage.Streams.AppendAsync(dropped, Shape, [.. Enumerable.Range(0, 20_000).Select(Entry)], CancellationToken.None);

        await storage.Streams.DropAsync(dropped, CancellationToken.None);
        await storage.Streams.AppendAsync(kept, Shape, [Entry(1)], CancellationToken.None);

        Count(folder, "SELECT count(*) FROM data_table WHERE is_dropped").ShouldBe(1, "the write did not wait for the sweep");
        (await storage.Streams.CountAsync(kept, CancellationToken.None)).ShouldBe(1);
    }

    private static async Task SweptAsync(TempFolder folder)
    {
        for (var tries = 0; Count(folder, Left) > 0; tries++)
        {
            tries.ShouldBeLessThan(600, "the sweep ends within 30 s");
            await Task.Delay(50);
        }
    }

    private static long Count(TempFolder folder, string sql)
    {
        using var database = Database.Open(folder.Database, isReadOnly: true, TimeSpan.FromSeconds(5));
        return database.Scalar(sql);
    }

    private static StreamEntry Entry(int time) => new(time, false, "s", "", null, null, new[] { Value.String(new string('x', 100)) });
}
