using System.Globalization;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests.ValueStreams;

/// <summary>The numbers that stand for names in a value stream's table.</summary>
public sealed class ValueNamesTests
{
    [Fact]
    public async Task What_is_remembered_of_names_has_an_end_and_numbers_stay()
    {
        await using var folder = new TempFolder();
        using var database = DatabaseFile.Data(folder.Path, new()).OpenWriter();
        var table = new RowTable(ValueStreamLayout.Instance, 1, "values_1_Log", [], new());
        database.Execute("BEGIN IMMEDIATE");
        database.Execute(ValueStreamLayout.Instance.CreateTable(table.Table, []));
        var names = ValueNames.Of(table);
        var first = 0L;

        for (var i = 0; i < 5; i++)
        {
            var lookup = names.Begin(database, table);
            first = lookup["first"];
            for (var n = 0; n < 30_000; n++)
                _ = lookup[string.Create(CultureInfo.InvariantCulture, $"{i} {n}")];
            names.Remember(lookup);
            names.Count.ShouldBeLessThanOrEqualTo(100_000);
        }

        names.Begin(database, table)["first"].ShouldBe(first);
        names.Begin(database, table)["0 0"].ShouldBe(first + 1);
    }
}
