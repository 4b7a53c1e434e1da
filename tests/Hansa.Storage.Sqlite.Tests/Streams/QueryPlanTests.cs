using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

/// <summary>Reads by time go through the one index that a stream has.</summary>
public sealed class QueryPlanTests
{
    private static readonly DataShape Shape = DataShape.Of(("a", BaseType.NUMBER));

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Newest_or_oldest_first_reads_the_index_and_sorts_only_ties(bool oldestFirst)
    {
        var plan = await PlanAsync(new(Shape, StreamColumns.EntriesWithData, 500) { OldestFirst = oldestFirst });

        plan.ShouldContain("USING INDEX sqlite_autoindex");
        plan.ShouldContain("USE TEMP B-TREE FOR LAST TERM OF ORDER BY");
    }

    [Fact]
    public async Task A_span_of_time_is_sought_in_the_index()
    {
        var plan = await PlanAsync(new(Shape, StreamColumns.Data, 500) { Start = 5, End = 9, Query = Query.Parse("""{"filters":{"type":"GT","fieldName":"a","value":1}}""") });

        plan.ShouldContain("(_timestamp>? AND _timestamp<?)");
    }

    [Fact]
    public async Task A_filter_on_the_timestamp_is_sought_in_the_index()
    {
        var query = Query.Parse("""{"filters":{"type":"AND","filters":[{"type":"BETWEEN","fieldName":"timestamp","from":5,"to":9},{"type":"GT","fieldName":"a","value":1}]}}""");

        (await PlanAsync(new(Shape, StreamColumns.Data, 500) { Query = query })).ShouldContain("(_timestamp>? AND _timestamp<?)");
    }

    [Fact]
    public async Task One_entry_is_sought_by_its_id() =>
        (await PlanAsync(new(Shape, StreamColumns.Data, 1) { EntryId = 5 })).ShouldContain("USING INTEGER PRIMARY KEY");

    private static async Task<string> PlanAsync(StreamQuery query)
    {
        await using var folder = new TempFolder();
        var file = DatabaseFile.Data(folder.Path, new());
        using var writer = file.OpenWriter();
        var table = new TableCatalogue(StreamLayout.Instance).Ensure(writer, StreamLayout.Instance, Guid.NewGuid(), "Plan", Shape);
        using var reader = new SqliteReader(file.OpenReader());
        var sql = StreamRead.Make(reader, table, query).ToSql(query.MaxItems);
        var lines = new List<string>();
        var rows = writer.Prepare($"EXPLAIN QUERY PLAN {sql}");
        while (rows.Step())
            lines.Add(rows.Text(3));
        return string.Join('\n', lines);
    }
}
