using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>A stream's query in the store has the result that the model has in memory: generated tables and queries of every kind.</summary>
public abstract class StreamQueryContract : StorageContract
{
    private const int Tables = 60;
    private const int QueriesPerTable = 60;
    private const int RowsPerTable = 40;

    [Fact]
    public async Task Every_value_of_every_type_is_read_as_it_was_written()
    {
        foreach (var type in Generator.FieldTypes)
        {
            var random = new Generator((int)type);
            var shape = DataShape.Of(("value", type));
            var stream = await NewStreamAsync(shape);
            var values = Enumerable.Range(0, 100).Select(_ => random.ValueOrNull(type)).ToList();
            await Streams.AppendAsync(stream, shape, [.. values.Select((value, i) => Given(i, "", value))], Token);

            var table = await Streams.QueryAsync(stream, new(shape, StreamColumns.Data, int.MaxValue) { OldestFirst = true }, Token);

            for (var i = 0; i < values.Count; i++)
                table[i, 0].ShouldBe(AsKept(values[i], type), $"{type} {i}");
        }
    }

    [Fact]
    public async Task Generated_queries_have_the_result_that_memory_has()
    {
        for (var seed = 0; seed < Tables; seed++)
        {
            var random = new Generator(seed);
            var shape = random.Shape();
            var stream = await NewStreamAsync(shape);
            await Streams.AppendAsync(stream, shape, random.Entries(shape, RowsPerTable), Token);
            for (var i = 0; i < QueriesPerTable; i++)
                await CompareAsync(stream, Read(random, shape), $"seed {seed}, query {i}");
        }
    }

    [Fact]
    public async Task Every_operator_on_every_type_has_the_result_that_memory_has()
    {
        foreach (var type in Generator.FieldTypes)
        {
            var random = new Generator(1000 + (int)type);
            var shape = DataShape.Of(("value", type));
            var stream = await NewStreamAsync(shape);
            await Streams.AppendAsync(stream, shape, random.Entries(shape, RowsPerTable), Token);
            for (var i = 0; i < QueriesPerTable; i++)
                await CompareAsync(stream, new(shape, StreamColumns.Data, 1000) { Query = random.Query(shape) }, $"{type}, query {i}");
        }
    }

    [Fact]
    public async Task Wide_and_long_filters_work()
    {
        var shape = DataShape.Of(("n", BaseType.INTEGER));
        var stream = await NewStreamAsync(shape);
        await Streams.AppendAsync(stream, shape, [.. Enumerable.Range(0, 100).Select(i => Given(i, "", Value.Integer(i)))], Token);
        var many = Enumerable.Range(50, 40_000).Select(Value.Integer);
        var wide = new GroupFilter(IsAnd: false, [.. Enumerable.Range(0, 3000).Select(i => (Filter)new FieldFilter("n", FilterOperator.Equal, false, [Value.Integer(i * 2)]))]);

        await CompareAsync(stream, new(shape, StreamColumns.Data, 1000) { Query = new(new FieldFilter("n", FilterOperator.In, false, [.. many]), []) }, "in");
        await CompareAsync(stream, new(shape, StreamColumns.Data, 1000) { Query = new(wide, []) }, "or");
    }

    [Fact]
    public async Task A_field_that_was_never_ensured_is_null_everywhere()
    {
        var shape = DataShape.Of(("a", BaseType.NUMBER));
        var stream = await NewStreamAsync(shape);
        await Streams.AppendAsync(stream, shape, [Given(1, "", Value.Number(1))], Token);
        var grown = DataShape.Of(("a", BaseType.NUMBER), ("b", BaseType.STRING), ("c", BaseType.LOCATION));

        foreach (var op in new[] { FilterOperator.Missing, FilterOperator.Like, FilterOperator.Equal })
        {
            var query = new Query(new FieldFilter("b", op, IsNegated: false, [Value.String("x")]), [new("b", true, false), new("c", true, true)]);
            await CompareAsync(stream, new(grown, StreamColumns.EntriesWithData, 10) { Query = query }, op.ToString());
        }
    }

    [Fact]
    public async Task An_unknown_field_is_refused_by_name()
    {
        var shape = DataShape.Of(("a", BaseType.NUMBER));
        var stream = await NewStreamAsync(shape);

        var query = Query.Parse("""{"filters":{"type":"EQ","fieldName":"nix","value":1}}""");
        var error = await Should.ThrowAsync<PlatformException>(Streams.QueryAsync(stream, new(shape, StreamColumns.Data, 1) { Query = query }, Token));

        error.Message.ShouldContain("'nix'");
    }

    [Fact]
    public async Task A_page_goes_on_behind_the_row_before_it_whatever_comes_and_goes_meanwhile()
    {
        var shape = DataShape.Of(("n", BaseType.NUMBER));
        var stream = await NewStreamAsync(shape);
        await Streams.AppendAsync(stream, shape, [.. Enumerable.Range(10, 20).Select(i => Given(i, "", Value.Number(i)))], Token);
        var query = new StreamQuery(shape, StreamColumns.Data, 5) { OldestFirst = true };
        var first = await Streams.QueryPageAsync(stream, query, null, Token);
        await Streams.PurgeAsync(stream, 12, 15, Token);
        await Streams.AppendAsync(stream, shape, [Given(1, "", Value.Number(1))], Token);

        var second = await Streams.QueryPageAsync(stream, query, first.Next, Token);

        Enumerable.Range(0, 5).Select(i => second.Rows[i, "n"].AsNumber()).ShouldBe([16, 17, 18, 19, 20]);
    }

    [Fact]
    public async Task A_cursor_of_another_query_is_refused()
    {
        var shape = DataShape.Of(("n", BaseType.NUMBER));
        var stream = await NewStreamAsync(shape);
        await Streams.AppendAsync(stream, shape, [.. Enumerable.Range(0, 9).Select(i => Given(i, "", Value.Number(i)))], Token);
        var query = new StreamQuery(shape, StreamColumns.Data, 5);
        var cursor = (await Streams.QueryPageAsync(stream, query, null, Token)).Next;

        foreach (var wrong in new[] { "x", "AAAA", cursor![..^4] })
            (await Should.ThrowAsync<PlatformException>(Streams.QueryPageAsync(stream, query, wrong, Token))).Message.ShouldContain("'cursor'");
        (await Should.ThrowAsync<PlatformException>(Streams.QueryPageAsync(stream, query with { OldestFirst = true }, cursor, Token))).Code.ShouldBe(ErrorCode.BadRequest);
    }

    /// <summary>What a store may lose of a NUMBER: the sign of zero.</summary>
    private static Value AsKept(Value value, BaseType type) => type == BaseType.NUMBER && value.AsNumber() == 0 && !value.IsNull ? Value.Number(0) : value;

    private static StreamQuery Read(Generator random, DataShape shape)
    {
        var columns = random.Pick(Enum.GetValues<StreamColumns>());
        return new(shape, columns, random.Next(4) == 0 ? random.Next(10) : int.MaxValue)
        {
            OldestFirst = random.Next(2) == 0,
            EntryId = random.Next(20) == 0 ? random.Next(RowsPerTable) : null,
            Sources = random.Next(6) == 0 ? ["a", "A", ""] : null,
            Tags = random.Next(6) == 0 ? "Plant:North" : null,
            Start = random.Next(4) == 0 ? random.Next(20) : null,
            End = random.Next(4) == 0 ? random.Next(20) : null,
            Query = random.Query(StreamEntryShape.For(shape, StreamColumns.EntriesWithData)),
        };
    }

    private async Task CompareAsync(Guid stream, StreamQuery query, string which)
    {
        BoundQuery bound;
        try
        {
            bound = query.Query.Bind(StreamEntryShape.For(query.Shape, StreamColumns.EntriesWithData));
        }
        catch (PlatformException e)
        {
            (await Should.ThrowAsync<PlatformException>(Streams.QueryAsync(stream, query, Token), which)).Message.ShouldBe(e.Message);
            return;
        }

        var all = await Streams.QueryAsync(stream, new(query.Shape, StreamColumns.EntriesWithData, int.MaxValue) { OldestFirst = query.OldestFirst }, Token);
        var expected = Project(bound.Run(Narrow(all, query), query.MaxItems), query);
        var actual = await Streams.QueryAsync(stream, query, Token);

        actual.RowCount.ShouldBe(expected.RowCount, $"{which}: {query.Query.Filter}");
        actual.ShouldBe(expected, $"{which}: {query.Query.Filter} {string.Join(' ', query.Query.Sorts)}");
        (await PagesAsync(stream, query with { MaxItems = 7 }, expected.RowCount)).ShouldBe(expected, $"{which}, by pages: {query.Query.Filter} {string.Join(' ', query.Query.Sorts)}");
    }

    // The first so many rows, page by page.
    private async Task<InfoTable> PagesAsync(Guid stream, StreamQuery query, int rows)
    {
        var all = new InfoTable.Builder(StreamEntryShape.For(query.Shape, query.Columns));
        string? cursor = null;
        do
        {
            var page = await Streams.QueryPageAsync(stream, query, cursor, Token);
            page.Rows.RowCount.ShouldBeLessThanOrEqualTo(query.MaxItems);
            for (var i = 0; i < page.Rows.RowCount && all.RowCount < rows; i++)
                all.Add(page.Rows.Row(i));
            cursor = page.Next;
        }
        while (cursor is not null && all.RowCount < rows);
        return all.Build();
    }

    private static InfoTable Narrow(InfoTable all, StreamQuery query)
    {
        var narrowed = new InfoTable.Builder(all.Shape);
        for (var i = 0; i < all.RowCount; i++)
        {
            var time = all[i, "timestamp"].AsLong();
            if ((query.EntryId is null || all[i, "id"].ToString() == query.EntryId.ToString())
                && (query.Sources?.Contains(all[i, "source"].ToString()) ?? true)
                && (query.Tags is null || (!all[i, "tags"].IsNull && TagText.ContainsAll(all[i, "tags"].AsText(), query.Tags)))
                && time >= (query.Start ?? time) && time <= (query.End ?? time))
                narrowed.Add(all.Row(i));
        }

        return narrowed.Build();
    }

    private static InfoTable Project(InfoTable table, StreamQuery query)
    {
        var shape = StreamEntryShape.For(query.Shape, query.Columns);
        var projected = new InfoTable.Builder(shape);
        for (var i = 0; i < table.RowCount; i++)
        {
            var row = projected.AddRow();
            for (var column = 0; column < row.Length; column++)
                row[column] = table[i, shape.Fields[column].Name];
        }

        return projected.Build();
    }
}
