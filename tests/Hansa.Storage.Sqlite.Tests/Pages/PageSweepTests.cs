using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests.Pages;

public sealed class PageSweepTests
{
    private const string Left = """
        SELECT (SELECT count(*) FROM page_site WHERE is_dropped) + (SELECT count(*) FROM page) + (SELECT count(*) FROM page_rating)
            + (SELECT count(*) FROM page_history) + (SELECT count(*) FROM page_text WHERE page_text MATCH 'word*')
        """;

    [Fact]
    public async Task All_rows_of_a_dropped_wiki_are_freed_also_after_a_restart_in_the_middle()
    {
        await using var folder = new TempFolder();
        var options = new SqliteOptions { Queue = new() { MaxCommitRows = 10 } };
        await using (var storage = await folder.OpenAsync(options))
        {
            var site = Guid.NewGuid();
            await storage.Pages.EnsureAsync(site, CancellationToken.None);
            var ids = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => storage.Pages.AddAsync(
                site, new(PageKind.WikiPage, i) { Title = $"word{i}", Content = "word" }, CancellationToken.None)));
            await Task.WhenAll(ids.Select(id => storage.Pages.RateAsync(site, id, "ann", 3, CancellationToken.None)));
            await storage.Pages.AddAsync(site, new(PageKind.Comment, 1) { Entry = ids[0], Content = "c" }, CancellationToken.None);
            await storage.Pages.DropAsync(site, CancellationToken.None);
        }

        await using (await folder.OpenAsync(options))
        {
            for (var tries = 0; Count(folder) > 0; tries++)
            {
                tries.ShouldBeLessThan(600, "the sweep ends within 30 s");
                await Task.Delay(50);
            }
        }
    }

    private static long Count(TempFolder folder)
    {
        using var database = Database.Open(folder.Database, isReadOnly: true, TimeSpan.FromSeconds(5));
        return database.Scalar(Left);
    }
}
