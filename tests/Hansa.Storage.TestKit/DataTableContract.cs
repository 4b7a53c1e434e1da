using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Storage.TestKit;

/// <summary>What every store of data tables must do: keys, whole writes, indexes, search, and queries as memory answers them.</summary>
public abstract class DataTableContract : StorageContract
{
    private static readonly DataShape Shape = new([Key("id", BaseType.STRING), new("n", BaseType.NUMBER, Ordinal: 1), new("text", BaseType.TEXT, Ordinal: 2)], "Shape");

    [Fact]
    public async Task A_row_is_read_as_it_was_written_and_found_by_its_key()
    {
        var table = await NewTableAsync();
        var entry = new TableEntry("p1", 123, "Pump", "Thing", "Plant:North", new(13.4, 52.5, 34), new[] { Value.String("p1"), Value.Number(1.5), Value.Text("é", BaseType.TEXT) });
        (await DataTables.WriteAsync(table, Shape, [entry], TableWrite.Add, Token)).ShouldBe([new("p1", true)]);
        var rows = await DataTables.QueryAsync(table, new(Shape, 1) { Key = "p1" }, Token);
        rows.Shape.Fields.Select(field => field.Name).ShouldBe(["key", "timestamp", "source", "sourceType", "location", "tags", "id", "n", "text"]);
        rows.Row(0).ToArray().ShouldBe([
            Value.String("p1"), Value.DateTime(123), Value.String("Pump"), Value.String("Thing"), Value.Location(new(13.4, 52.5, 34)), Value.Text("Plant:North", BaseType.TAGS),
            Value.String("p1"), Value.Number(1.5), Value.Text("é", BaseType.TEXT)]);
        (await DataTables.QueryAsync(table, new(Shape, 1) { Key = "P1" }, Token)).RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task A_write_is_whole_or_not_at_all()
    {
        var table = await NewTableAsync();
        await AddAsync(table, TableWrite.Add, ("a", 1), ("b", 2));
        (await Should.ThrowAsync<PlatformException>(AddAsync(table, TableWrite.Add, ("c", 3), ("a", 9)))).Code.ShouldBe(ErrorCode.Conflict);
        (await Should.ThrowAsync<PlatformException>(AddAsync(table, TableWrite.Update, ("a", 9), ("x", 9)))).Code.ShouldBe(ErrorCode.NotFound);
        (await AllAsync(table)).ShouldBe([("a", 1), ("b", 2)]);
        (await AddAsync(table, TableWrite.AddOrUpdate, ("b", 20), ("c", 30))).ShouldBe([new("b", false), new("c", true)]);
        (await AllAsync(table)).ShouldBe([("a", 1), ("b", 20), ("c", 30)]);
        await AddAsync(table, TableWrite.Assign, ("z", 1), ("y", 2));
        (await AllAsync(table)).ShouldBe([("z", 1), ("y", 2)]);
        await AddAsync(table, TableWrite.Assign);
        (await DataTables.CountAsync(table, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task An_update_keeps_what_it_does_not_name_and_a_replacement_does_not()
    {
        var table = await NewTableAsync();
        await DataTables.WriteAsync(table, Shape, [new("a", 1, "s", "Thing", "V:T", new(1, 2, 3), new[] { Value.String("a"), Value.Number(1), Value.Text("x", BaseType.TEXT) })], TableWrite.Add, Token);
        var named = new DataShape([Shape.Fields[0], Shape.Fields[1]]);
        await DataTables.WriteAsync(table, named, [new("a", 2, "", "", null, null, new[] { Value.String("a"), Value.Null })], TableWrite.Update, Token);
        var row = await DataTables.QueryAsync(table, new(Shape, 1), Token);
        (row[0, "n"].IsNull, row[0, "text"].ToString(), row[0, "source"].ToString(), row[0, "tags"].ToString(), row[0, "timestamp"]).ShouldBe((true, "x", "s", "V:T", Value.DateTime(2)));
        await DataTables.WriteAsync(table, Shape, [new("a", 3, "", "", null, null, new[] { Value.String("a"), Value.Number(5), Value.Null })], TableWrite.AddOrUpdate, Token);
        row = await DataTables.QueryAsync(table, new(Shape, 1), Token);
        (row[0, "n"], row[0, "text"].IsNull, row[0, "source"].ToString(), row[0, "tags"].IsNull, row[0, "location"].IsNull).ShouldBe((Value.Number(5), true, "", true, true));
    }

    [Fact]
    public async Task Rows_that_a_query_finds_are_changed_and_deleted_together()
    {
        var table = await NewTableAsync();
        await AddAsync(table, TableWrite.Add, [.. Enumerable.Range(0, 20).Select(i => ($"k{i}", (double)i))]);
        var large = new TableQuery(Shape, int.MaxValue) { Query = Query.Parse("""{"filters":{"type":"GE","fieldName":"n","value":15}}""") };
        (await DataTables.UpdateAsync(table, large, new(new([Shape.Fields[2]]), new[] { Value.Text("large", BaseType.TEXT) }, 9, null, null, null, null), Token)).Count.ShouldBe(5);
        (await DataTables.QueryAsync(table, new(Shape, 100) { Equal = [("text", Value.Text("large", BaseType.TEXT))] }, Token)).RowCount.ShouldBe(5);
        (await DataTables.DeleteAsync(table, large with { MaxItems = 3 }, Token)).ShouldBe(["k15", "k16", "k17"]);
        (await DataTables.DeleteAsync(table, new(Shape, int.MaxValue) { Query = Query.Parse("""{"filters":{"type":"MATCHES","fieldName":"id","expression":"^k1"}}""") }, Token)).Count.ShouldBe(8);
        (await DataTables.CountAsync(table, Token)).ShouldBe(9);
        (await DataTables.PurgeAsync(table, Token)).ShouldBe(9);
    }

    [Fact]
    public async Task Words_are_found_in_whatever_text_stands_there_now()
    {
        var table = await NewTableAsync();
        await TextAsync(table, TableWrite.Add, ("a", "The quick brown fox"), ("b", "Lazy dogs, été"), ("c", "quick \"dog\" AND (fox"));
        (await FoundAsync(table, "QUICK fox")).ShouldBe(["a", "c"]);
        (await FoundAsync(table, "\"quick brown\"")).ShouldBe(["a"]);
        (await FoundAsync(table, "do*")).ShouldBe(["b", "c"]);
        (await FoundAsync(table, "ete")).ShouldBe(["b"]);
        foreach (var odd in new[] { "AND", "NEAR(fox", "fox)", "\"", "'", "id:fox", "^fox", "-fox", "*", "a OR", "\0" })
            await FoundAsync(table, odd);
        (await FoundAsync(table, " ")).Count.ShouldBe(3, "no words ask for nothing");
        await TextAsync(table, TableWrite.AddOrUpdate, ("a", "now a cat"));
        await TextAsync(table, TableWrite.Update, ("b", "and a cat"));
        await DataTables.DeleteAsync(table, new(Shape, 1) { Key = "c" }, Token);
        (await FoundAsync(table, "quick")).ShouldBeEmpty();
        (await FoundAsync(table, "cat")).ShouldBe(["a", "b"]);
        await RestartAsync();
        (await FoundAsync(table, "cat")).ShouldBe(["a", "b"]);
        await TextAsync(table, TableWrite.Assign, ("z", "zebra"));
        (await FoundAsync(table, "cat")).ShouldBeEmpty();
        (await FoundAsync(table, "zeb*")).ShouldBe(["z"]);
    }

    [Fact]
    public async Task A_shape_that_grows_keeps_rows_and_one_that_shrinks_hides_what_they_had()
    {
        var table = await NewTableAsync();
        await TextAsync(table, TableWrite.Add, ("a", "hello"));
        var grown = new DataShape([.. Shape.Fields, new("more", BaseType.STRING, Ordinal: 3)], "Shape");
        await DataTables.EnsureAsync(table, "Data", grown, Token);
        await DataTables.WriteAsync(table, grown, [new("b", 1, "", "", null, null, new[] { Value.String("b"), Value.Null, Value.Null, Value.String("there") })], TableWrite.Add, Token);
        (await Keys(table, grown, "there")).ShouldBe(["b"]);
        (await Keys(table, grown, "hello")).ShouldBe(["a"]);
        var shrunk = new DataShape([Shape.Fields[0], Shape.Fields[1]], "Shape");
        await DataTables.EnsureAsync(table, "Data", shrunk, Token);
        (await DataTables.QueryAsync(table, new(shrunk, 9), Token)).Shape.IndexOf("text").ShouldBe(-1);
        (await Keys(table, shrunk, "hello")).ShouldBeEmpty("what is hidden is not found");
        await DataTables.EnsureAsync(table, "Data", grown, Token);
        (await Keys(table, grown, "hello")).ShouldBe(["a"], "and it is there again");
    }

    [Fact]
    public async Task A_new_primary_key_gives_rows_new_keys_or_is_refused_where_it_cannot()
    {
        var table = await NewTableAsync();
        await AddAsync(table, TableWrite.Add, ("a;x", 1), ("b", 1), ("c", 2));
        var twice = new DataShape([new("id", BaseType.STRING), Key("n", BaseType.NUMBER), Shape.Fields[2]], "Shape");
        var refusal = await Should.ThrowAsync<PlatformException>(DataTables.EnsureAsync(table, "Data", twice, Token));
        (refusal.Code, refusal.Message.Contains("'1'", StringComparison.Ordinal)).ShouldBe((ErrorCode.Conflict, true));
        (await AllAsync(table)).ShouldBe([("a;x", 1), ("b", 1), ("c", 2)]);
        var both = new DataShape([Key("id", BaseType.STRING), Key("n", BaseType.NUMBER), Shape.Fields[2]], "Shape");
        await DataTables.EnsureAsync(table, "Data", both, Token);
        var keys = await DataTables.QueryAsync(table, new(both, 9), Token);
        Enumerable.Range(0, 3).Select(row => keys[row, "key"].ToString()).ShouldBe(["a\\;x;1", "b;1", "c;2"]);
    }

    [Fact]
    public async Task Indexes_are_those_that_were_named()
    {
        var table = await NewTableAsync();
        await AddAsync(table, TableWrite.Add, ("a", 1), ("b", 2));
        await DataTables.ReindexAsync(table, Shape, [new("ByN", ["n"]), new("Both", ["text", "n"])], Token);
        await DataTables.ReindexAsync(table, Shape, [new("ByN", ["n", "id"])], Token);
        (await DataTables.QueryAsync(table, new(Shape, 9) { Equal = [("n", Value.Number(2))] }, Token)).RowCount.ShouldBe(1);
        (await Should.ThrowAsync<PlatformException>(DataTables.ReindexAsync(table, Shape, [new("Odd", ["nix"])], Token))).Message.ShouldContain("'nix'");
        await DataTables.ReindexAsync(table, Shape, [], Token);
    }

    [Fact]
    public async Task Rows_whose_keys_were_made_before_the_primary_key_changed_are_refused()
    {
        var table = await NewTableAsync();
        await AddAsync(table, TableWrite.Add, ("a", 1), ("b", 2));
        var byNumber = new DataShape(Shape.Fields.Select(field => field with { Aspects = field.Aspects.With("isPrimaryKey", field.Name == "n" ? Value.Boolean(true) : Value.Null) }), "Shape");
        await DataTables.EnsureAsync(table, "Data", byNumber, Token);
        (await Should.ThrowAsync<PlatformException>(AddAsync(table, TableWrite.Add, ("c", 3)))).Code.ShouldBe(ErrorCode.Conflict);
        (await DataTables.CountAsync(table, Token)).ShouldBe(2);
        await DataTables.EnsureAsync(table, "Data", Shape, Token);
        await AddAsync(table, TableWrite.Add, ("c", 3));
        (await AllAsync(table)).ShouldBe([("a", 1), ("b", 2), ("c", 3)]);
    }

    [Fact]
    public async Task Old_rows_go_by_age_and_by_number()
    {
        var table = await NewTableAsync();
        await DataTables.WriteAsync(table, Shape, [.. Enumerable.Range(0, 2500).Select(i => new TableEntry($"k{i}", i, "", "", null, null, new[] { Value.String($"k{i}"), Value.Number(i), Value.Null }))], TableWrite.Add, Token);
        (await DataTables.RetainAsync(table, 500, null, Token)).ShouldBe(500);
        (await DataTables.RetainAsync(table, null, 100, Token)).ShouldBe(1900);
        (await AllAsync(table))[0].ShouldBe(("k2400", 2400));
        (await DataTables.RetainAsync(table, 0, 100, Token)).ShouldBe(0);
    }

    [Fact]
    public async Task A_dropped_table_is_gone_and_one_of_the_same_Thing_begins_empty()
    {
        var table = await NewTableAsync();
        await TextAsync(table, TableWrite.Add, ("a", "hello"));
        await DataTables.DropAsync(table, Token);
        (await Should.ThrowAsync<PlatformException>(DataTables.CountAsync(table, Token))).Code.ShouldBe(ErrorCode.NotFound);
        await DataTables.EnsureAsync(table, "Data", Shape, Token);
        (await DataTables.CountAsync(table, Token)).ShouldBe(0);
        await RestartAsync();
        await TextAsync(table, TableWrite.Add, ("a", "hello"));
        (await FoundAsync(table, "hello")).ShouldBe(["a"]);
    }

    [Fact]
    public async Task Generated_queries_have_the_result_that_memory_has_also_page_by_page()
    {
        for (var seed = 0; seed < 60; seed++)
        {
            var random = new Generator(seed);
            var shape = random.Shape();
            var table = Guid.NewGuid();
            await DataTables.EnsureAsync(table, "Data", shape, Token);
            await DataTables.WriteAsync(table, shape, [.. random.Entries(shape, 40).Select((entry, i) =>
                new TableEntry($"{i}", entry.Timestamp, entry.Source, entry.SourceType, entry.Tags, entry.Location, entry.Values))], TableWrite.Add, Token);
            for (var i = 0; i < 60; i++)
                await CompareAsync(table, new(shape, random.Next(4) == 0 ? random.Next(10) : int.MaxValue) { Query = random.Query(DataTableEntryShape.For(shape)) }, $"seed {seed}, query {i}");
        }
    }

    private async Task CompareAsync(Guid table, TableQuery query, string which)
    {
        BoundQuery bound;
        try
        {
            bound = query.Query.Bind(DataTableEntryShape.For(query.Shape));
        }
        catch (PlatformException e)
        {
            (await Should.ThrowAsync<PlatformException>(DataTables.QueryAsync(table, query, Token), which)).Message.ShouldBe(e.Message);
            return;
        }

        var expected = bound.Run(await DataTables.QueryAsync(table, new(query.Shape, int.MaxValue), Token), query.MaxItems);
        (await DataTables.QueryAsync(table, query, Token)).ShouldBe(expected, $"{which}: {query.Query.Filter} {string.Join(' ', query.Query.Sorts)}");
        var paged = new InfoTable.Builder(expected.Shape);
        string? cursor = null;
        do
        {
            var page = await DataTables.QueryPageAsync(table, query with { MaxItems = 7 }, cursor, Token);
            for (var row = 0; row < page.Rows.RowCount && paged.RowCount < expected.RowCount; row++)
                paged.Add(page.Rows.Row(row));
            cursor = page.Next;
        }
        while (cursor is not null && paged.RowCount < expected.RowCount);
        paged.Build().ShouldBe(expected, $"{which}, by pages: {query.Query.Filter} {string.Join(' ', query.Query.Sorts)}");
    }

    private async Task<Guid> NewTableAsync()
    {
        var table = Guid.NewGuid();
        await DataTables.EnsureAsync(table, "Data", Shape, Token);
        return table;
    }

    private Task<IReadOnlyList<WrittenRow>> AddAsync(Guid table, TableWrite mode, params (string Key, double Number)[] rows) => DataTables.WriteAsync(
        table, Shape, [.. rows.Select(row => new TableEntry(row.Key, 1, "", "", null, null, new[] { Value.String(row.Key), Value.Number(row.Number), Value.Null }))], mode, Token);

    private Task TextAsync(Guid table, TableWrite mode, params (string Key, string Text)[] rows) => DataTables.WriteAsync(
        table, Shape, [.. rows.Select(row => new TableEntry(row.Key, 1, "", "", null, null, new[] { Value.String(row.Key), Value.Null, Value.Text(row.Text, BaseType.TEXT) }))], mode, Token);

    private async Task<IReadOnlyList<(string, double)>> AllAsync(Guid table)
    {
        var rows = await DataTables.QueryAsync(table, new(Shape, int.MaxValue), Token);
        return [.. Enumerable.Range(0, rows.RowCount).Select(row => (rows[row, "key"].ToString(), rows[row, "n"].AsNumber()))];
    }

    private Task<IReadOnlyList<string>> FoundAsync(Guid table, string words) => Keys(table, Shape, words);

    private async Task<IReadOnlyList<string>> Keys(Guid table, DataShape shape, string words)
    {
        var rows = await DataTables.QueryAsync(table, new(shape, 100) { Search = words }, Token);
        return [.. Enumerable.Range(0, rows.RowCount).Select(row => rows[row, "key"].ToString())];
    }

    private static FieldDefinition Key(string name, BaseType type) => new(name, type) { Aspects = Aspects.Of(("isPrimaryKey", Value.Boolean(true))) };
}
