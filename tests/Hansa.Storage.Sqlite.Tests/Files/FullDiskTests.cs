using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

public sealed class FullDiskTests
{
    private static readonly DataShape Shape = DataShape.Of(("text", BaseType.STRING));

    [Fact]
    public async Task A_full_file_refuses_clearly_keeps_what_was_acknowledged_and_goes_on_when_there_is_room()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync(new SqliteOptions { MaxFileBytes = 1 << 20 });
        var stream = Guid.NewGuid();
        await storage.Streams.EnsureAsync(stream, "Full", Shape, CancellationToken.None);
        var acknowledged = 0;
        var refused = 0;
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async caller =>
        {
            for (var i = 0; i < 100; i++)
            {
                try
                {
                    await storage.Streams.AppendAsync(stream, Shape, [Entry(i, caller)], CancellationToken.None);
                    Interlocked.Increment(ref acknowledged);
                }
                catch (PlatformException e)
                {
                    e.Code.ShouldBe(ErrorCode.Unavailable);
                    e.Message.ShouldContain("no room left for hansa.db");
                    Interlocked.Increment(ref refused);
                }
            }
        }));

        refused.ShouldBeGreaterThan(0);
        (await storage.Streams.CountAsync(stream, CancellationToken.None)).ShouldBe(acknowledged);
        await storage.Streams.PurgeAsync(stream, null, null, CancellationToken.None);
        await storage.Streams.AppendAsync(stream, Shape, [Entry(1, 1)], CancellationToken.None);
    }

    private static StreamEntry Entry(long time, int caller) => new(time, false, $"c{caller}", "", null, null, new[] { Value.String(new string('x', 4000)) });
}
