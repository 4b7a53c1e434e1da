using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests.Tables;

/// <summary>What the catalogue makes inside a commit that nobody sees yet.</summary>
public sealed class TableCatalogueTests
{
    [Fact]
    public async Task A_table_that_two_callers_make_in_one_commit_counts_its_ids_once()
    {
        await using var folder = new TempFolder();
        using var database = DatabaseFile.Data(folder.Path, new()).OpenWriter();
        var catalogue = new TableCatalogue(ValueStreamLayout.Instance);
        var stream = Guid.NewGuid();
        database.Execute("BEGIN IMMEDIATE");
        var first = catalogue.Ensure(database, ValueStreamLayout.Instance, stream, "Log", DataShape.Empty);
        var second = catalogue.Ensure(database, ValueStreamLayout.Instance, stream, "Log", DataShape.Empty);
        database.Execute("COMMIT");
        catalogue.Publish(stream, first);
        catalogue.Publish(stream, second);

        // Either caller may still hold its own while the other writes.
        RowIds.Advance(first, RowIds.Next(database, first) + 1);
        RowIds.Advance(second, RowIds.Next(database, second) + 1);

        (RowIds.Next(database, first), RowIds.Next(database, catalogue[stream, ValueStreamLayout.Instance])).ShouldBe((3, 3));
    }
}
