using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

/// <summary>A write that chooses its entries by a query holds other writers up only as long as a read may take.</summary>
public sealed class DataTableChoiceTests
{
    private static readonly DataShape Shape = DataShape.Of(("text", BaseType.STRING));

    [Fact]
    public async Task A_choice_that_takes_too_long_is_ended_with_nothing_written_and_writers_go_on()
    {
        await using var folder = new TempFolder();
        await using var storage = await folder.OpenAsync(new SqliteOptions { ReadTimeout = TimeSpan.FromMilliseconds(200) });
        var table = Guid.NewGuid();
        await storage.DataTables.EnsureAsync(table, "Slow", Shape, CancellationToken.None);
        await storage.DataTables.WriteAsync(table, Shape, [.. Enumerable.Range(0, 2_000).Select(i => Entry($"{i}", new string('x', 20) + "!"))], TableWrite.Add, CancellationToken.None);
        var slow = new TableQuery(Shape, int.MaxValue) { Query = new(new FieldFilter("text", FilterOperator.Matches, true, [Value.String("^(x+)+$")]), []) };

        var deleting = storage.DataTables.DeleteAsync(table, slow, CancellationToken.None);
        var adding = storage.DataTables.WriteAsync(table, Shape, [Entry("after", "y")], TableWrite.Add, CancellationToken.None);

        (await Should.ThrowAsync<PlatformException>(deleting)).Code.ShouldBe(ErrorCode.Timeout);
        (await adding).Count.ShouldBe(1);
        (await storage.DataTables.CountAsync(table, CancellationToken.None)).ShouldBe(2_001);
        (await storage.DataTables.DeleteAsync(table, new(Shape, 1) { Key = "after" }, CancellationToken.None)).Count.ShouldBe(1);
    }

    private static TableEntry Entry(string key, string text) => new(key, 1, "", "", null, null, new[] { Value.String(text) });
}
