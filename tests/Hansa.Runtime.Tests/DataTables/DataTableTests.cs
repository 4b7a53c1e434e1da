using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.DataTables;

/// <summary>What a data table's services do with what they are given (spec platform 2.6).</summary>
public sealed class DataTableTests : IAsyncLifetime
{
    private const string Table = "Things/Parts";
    private readonly ManualTimeProvider _time = new();
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync()
    {
        _platform = await TestPlatform.StartAsync(_time);
        await _platform.MakeDataTableAsync("Parts", ["id"], ("id", BaseType.STRING), ("text", BaseType.STRING), ("n", BaseType.NUMBER));
    }

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_entry_is_stamped_and_its_source_told()
    {
        await _platform.MakeThingAsync("Pump");
        (await AddAsync("a", "one", 1, ("source", "Pump"))).ToString().ShouldBe("a");
        await AddAsync("b", "two", 2, ("source", "Nobody"));
        await AddAsync("c", "three", 3);

        var rows = await _platform.CallAsync(Table, "GetDataTableEntries");
        rows.Column("source").Zip(rows.Column("sourceType")).ShouldBe([("Pump", "Thing"), ("Nobody", ""), ("", "")]);
        rows.AsTable()![0, "timestamp"].ShouldBe(Value.DateTime(_time.GetUtcNow()));
    }

    [Fact]
    public async Task An_update_keeps_fields_that_values_lack_and_null_clears()
    {
        await AddAsync("a", "one", 1, ("source", "Pump"));
        _time.Advance(TimeSpan.FromSeconds(1));
        await _platform.CallAsync(Table, "UpdateDataTableEntry", ("values", Tables.Of([("id", BaseType.STRING), ("n", BaseType.NUMBER)], ["a", null])));

        var row = (await _platform.CallAsync(Table, "GetDataTableEntryByKey", ("key", "a"))).AsTable()!;
        row[0, "text"].ToString().ShouldBe("one");
        row[0, "n"].IsNull.ShouldBeTrue();
        row[0, "source"].ToString().ShouldBe("Pump");
        row[0, "timestamp"].ShouldBe(Value.DateTime(_time.GetUtcNow()));
    }

    [Fact]
    public async Task A_key_that_is_there_or_not_there_is_named()
    {
        await AddAsync("a", "one", 1);
        await Refused(ErrorCode.Conflict, "'a'", "AddDataTableEntry", ("values", Row("a", "x", 1)));
        await Refused(ErrorCode.NotFound, "'b'", "UpdateDataTableEntry", ("values", Row("b", "x", 1)));
        await Refused(ErrorCode.NotFound, "'b'", "DeleteDataTableEntry", ("values", Row("b", "x", 1)));
        await Refused(ErrorCode.NotFound, "'b'", "DeleteDataTableEntryByKey", ("key", "b"));
        await Refused(ErrorCode.BadRequest, "'id'", "AddDataTableEntry", ("values", Tables.Row(("text", "x"))));
        await Refused(ErrorCode.BadRequest, "'n'", "AddDataTableEntry", ("values", Tables.Row(("id", "q"), ("n", "many"))));
        (await _platform.CallAsync(Table, "GetDataTableEntry", ("values", Row("b", null, null)))).AsTable()!.RowCount.ShouldBe(0);
    }

    [Fact]
    public async Task Many_rows_where_one_is_asked_for_are_refused_and_many_entries_are_all_or_none()
    {
        var two = Rows(("a", "x", 1), ("b", "x", 2));
        foreach (var service in new[] { "AddDataTableEntry", "AddOrUpdateDataTableEntry", "UpdateDataTableEntry", "DeleteDataTableEntry", "DeleteDataTableEntries", "DeleteDataTableEntriesWithQuery", "GetDataTableEntry" })
            await Refused(ErrorCode.BadRequest, "one row, not 2", service, ("values", two));
        await Refused(ErrorCode.BadRequest, "'updateValues'", "UpdateDataTableEntriesWithQuery", ("updateValues", two), ("query", "{}"));
        await AddAsync("b", "old", 1);
        await Refused(ErrorCode.Conflict, "'b'", "AddDataTableEntries", ("values", two));
        (await KeysAsync()).ShouldBe(["b"]);
        await _platform.CallAsync(Table, "AddOrUpdateDataTableEntries", ("values", two));
        (await KeysAsync()).ShouldBe(["b", "a"]);
    }

    [Fact]
    public async Task A_choice_that_says_nothing_changes_nothing_and_an_empty_query_means_all()
    {
        await AddAsync("a", "one", 1);
        foreach (var values in new[] { null, Row(null, null, null) })
        {
            await Refused(ErrorCode.BadRequest, "which rows", "UpdateDataTableEntriesWithQuery", ("values", values), ("updateValues", Tables.Row(("n", 5.0))));
            await Refused(ErrorCode.BadRequest, "which rows", "DeleteDataTableEntriesWithQuery", ("values", values));
        }

        await Refused(ErrorCode.BadRequest, "which rows", "DeleteDataTableEntries", ("values", Row(null, null, null)));
        await _platform.CallAsync(Table, "UpdateDataTableEntriesWithQuery", ("updateValues", Tables.Row(("n", 5.0))), ("query", "{}"));
        (await _platform.CallAsync(Table, "GetDataTableEntries")).Column("n").ShouldBe(["5"]);
        await _platform.CallAsync(Table, "DeleteDataTableEntriesWithQuery", ("query", "{}"));
        (await KeysAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_query_cannot_change_the_primary_key()
    {
        await AddAsync("a", "one", 1);
        await Refused(ErrorCode.BadRequest, "'id'", "UpdateDataTableEntriesWithQuery", ("updateValues", Row("z", "x", 1)), ("query", "{}"));
        await _platform.CallAsync(Table, "UpdateDataTableEntriesWithQuery", ("updateValues", Row(null, "x", null)), ("values", Row("a", null, null)));
        var rows = await _platform.CallAsync(Table, "GetDataTableEntries");
        rows.Column("text").ShouldBe(["x"]);
        rows.Column("id").ShouldBe(["a"]);
    }

    [Fact]
    public async Task Values_are_filters_of_equality_beside_the_query()
    {
        await _platform.CallAsync(Table, "AddDataTableEntries", ("values", Rows(("a", "x", 1), ("b", "x", 2), ("c", "y", 2), ("d", "x", 3))), ("tags", Value.Text("V:T", BaseType.TAGS)));
        await AddAsync("e", "x", 2);
        (await FoundAsync("FindDataTableEntries", ("values", Row(null, "x", 2)))).ShouldBe(["b", "e"]);
        (await FoundAsync("FindDataTableEntries", ("values", Row(null, "x", null)), ("maxItems", 2))).ShouldBe(["a", "b"]);
        (await FoundAsync("QueryDataTableEntries", ("values", Row(null, "x", null)), ("tags", Value.Text("V:T", BaseType.TAGS)),
            ("query", """{"filters":{"type":"GT","fieldName":"n","value":1},"sorts":[{"fieldName":"n","isAscending":false}]}"""))).ShouldBe(["d", "b"]);
        await _platform.CallAsync(Table, "DeleteDataTableEntries", ("values", Row(null, "x", null)), ("maxItems", 1));
        (await KeysAsync()).ShouldBe(["b", "c", "d", "e"]);
        await _platform.CallAsync(Table, "DeleteDataTableEntriesWithQuery", ("values", Row(null, "x", null)), ("query", """{"filters":{"type":"EQ","fieldName":"n","value":2}}"""));
        (await KeysAsync()).ShouldBe(["c", "d"]);
    }

    [Fact]
    public async Task A_delete_by_query_spares_entries_of_other_sources_places_and_tags()
    {
        var place = Value.Location(new(13, 52, 0));
        await AddAsync("a", "x", 1, ("source", "S"), ("sourceType", "T"), ("tags", Value.Text("V:T;V:U", BaseType.TAGS)), ("location", place));
        foreach (var (name, other) in new (string, object)[] { ("source", "Z"), ("sourceType", "Z"), ("tags", Value.Text("V:Z", BaseType.TAGS)), ("location", Value.Location(new(1, 1, 0))) })
        {
            await _platform.CallAsync(Table, "DeleteDataTableEntriesWithQuery", ("query", "{}"), (name, other));
            (await KeysAsync()).ShouldBe(["a"], name);
        }

        await AddAsync("b", "x", 1);
        await _platform.CallAsync(Table, "DeleteDataTableEntriesWithQuery", ("source", "S"), ("sourceType", "T"), ("tags", Value.Text("V:U", BaseType.TAGS)), ("location", place));
        (await KeysAsync()).ShouldBe(["b"]);
    }

    [Fact]
    public async Task Without_a_primary_key_each_entry_has_a_key_of_its_own()
    {
        await _platform.MakeDataTableAsync("Free", [], ("text", BaseType.STRING));
        var key = (await _platform.CallAsync("Things/Free", "AddDataTableEntry", ("values", Tables.Row(("text", "one"))))).ToString();
        Guid.TryParse(key, out _).ShouldBeTrue();
        await _platform.CallAsync("Things/Free", "AddOrUpdateDataTableEntry", ("values", Tables.Row(("text", "one"))));
        (await _platform.CallAsync("Things/Free", "GetDataTableEntryCount")).AsLong().ShouldBe(2);
        (await _platform.RefusedAsync("Administrator", "Things/Free", "UpdateDataTableEntry", ("values", Tables.Row(("text", "two"))))).Message.ShouldContain("no primary key");
        await _platform.CallAsync("Things/Free", "UpdateDataTableEntry", ("values", Tables.Row(("key", key), ("text", "two"))));
        (await _platform.CallAsync("Things/Free", "GetDataTableEntries")).Column("text").ShouldBe(["two", "one"]);
    }

    [Fact]
    public async Task Keys_of_several_fields_do_not_run_into_each_other()
    {
        await _platform.MakeDataTableAsync("Pairs", ["a", "b"], ("a", BaseType.STRING), ("b", BaseType.STRING));
        foreach (var (a, b) in new[] { ("x|y", "z"), ("x", "y|z"), ("x\\", "|y|z"), ("", "x|y|z") })
            await _platform.CallAsync("Things/Pairs", "AddDataTableEntry", ("values", Tables.Row(("a", a), ("b", b))));
        await _platform.CallAsync("Things/Pairs", "UpdateDataTableEntry", ("values", Tables.Row(("b", "z"), ("a", "x|y"))));
        (await _platform.CallAsync("Things/Pairs", "GetDataTableEntries")).Column("key").ShouldBe(["x|y;z", "x;y|z", "x\\\\;|y|z", ";x|y|z"]);
    }

    [Fact]
    public async Task A_field_that_goes_is_hidden_and_comes_back_also_after_a_restart()
    {
        await AddAsync("a", "one", 1);
        await _platform.CallAsync("DataShapes/Parts", "DeleteFieldDefinition", ("name", "text"));
        await _platform.CallAsync(Table, "AddDataTableEntry", ("values", Tables.Row(("id", "b"), ("n", 2.0), ("text", "passed over"))));
        (await _platform.CallAsync(Table, "GetDataTableEntries")).AsTable()!.Shape.Find("text").ShouldBeNull();

        await _platform.RestartAsync();
        await _platform.CallAsync("DataShapes/Parts", "AddFieldDefinition", ("name", "text"), ("type", "STRING"));

        (await _platform.CallAsync(Table, "GetDataTableEntries")).Column("text").ShouldBe(["one", ""]);
        (await FoundAsync("SearchDataTableEntries", ("searchExpression", "one"))).ShouldBe(["a"]);
    }

    [Fact]
    public async Task A_primary_key_that_entries_cannot_have_stops_the_table_until_it_is_taken_back()
    {
        await _platform.CallAsync(Table, "AddDataTableEntries", ("values", Rows(("a", "x", 1), ("b", "x", 2))));
        await _platform.CallAsync("DataShapes/Parts", "UpdateFieldDefinition", ("name", "id"), ("type", "STRING"), ("primaryKey", false));
        await _platform.CallAsync("DataShapes/Parts", "UpdateFieldDefinition", ("name", "text"), ("type", "STRING"), ("primaryKey", true));
        await Refused(ErrorCode.Conflict, "'x'", "GetDataTableEntries");
        await Refused(ErrorCode.Conflict, "'x'", "AddDataTableEntry", ("values", Row("c", "y", 3)));

        await _platform.CallAsync("DataShapes/Parts", "UpdateFieldDefinition", ("name", "text"), ("type", "STRING"), ("primaryKey", false));
        await _platform.CallAsync("DataShapes/Parts", "UpdateFieldDefinition", ("name", "n"), ("type", "NUMBER"), ("primaryKey", true));

        (await KeysAsync()).ShouldBe(["1", "2"]);
    }

    [Fact]
    public async Task Indexes_name_fields_that_are_there()
    {
        await _platform.CallAsync(Table, "SetConfigurationTable", ("tableName", "Indexes"), ("configurationTable", Tables.Row(("name", "ByText"), ("fieldNames", "text, n"))));
        await _platform.CallAsync(Table, "Reindex");
        await AddAsync("a", "one", 1);
        (await FoundAsync("FindDataTableEntries", ("values", Row(null, "one", null)))).ShouldBe(["a"]);

        await _platform.CallAsync(Table, "SetConfigurationTable", ("tableName", "Indexes"), ("configurationTable", Tables.Row(("name", "Wrong"), ("fieldNames", "text,nix"))));
        await Refused(ErrorCode.BadRequest, "'nix'", "Reindex");
    }

    [Fact]
    public async Task Two_indexes_whose_names_differ_by_case_only_are_refused_by_name()
    {
        await _platform.CallAsync(Table, "SetConfigurationTable", ("tableName", "Indexes"), ("configurationTable", Tables.Of(
            [("name", BaseType.STRING), ("fieldNames", BaseType.STRING)], ["ByText", "text"], ["bytext", "n"])));
        await Refused(ErrorCode.BadRequest, "'bytext'", "Reindex");
    }

    [Fact]
    public async Task Pages_give_all_entries_once_and_their_size_has_a_limit()
    {
        await _platform.CallAsync(Table, "AddDataTableEntries", ("values", Rows([.. Enumerable.Range(0, 25).Select(i => ($"k{i:00}", "word", (double)i))])));
        foreach (var (service, argument) in new[] { ("QueryDataTableEntriesPage", ("values", (object?)Row(null, "word", null))), ("SearchDataTableEntriesPage", ("searchExpression", "word")) })
        {
            var keys = new List<string>();
            string? cursor = null;
            do
            {
                var page = (await _platform.CallAsync(Table, service, argument, ("cursor", cursor), ("pageSize", 10))).AsTable()!;
                keys.AddRange(page[0, "rows"].AsTable()!.Column("key"));
                cursor = page[0, "cursor"].AsText();
            }
            while (cursor is not null);
            keys.ShouldBe(Enumerable.Range(0, 25).Select(i => $"k{i:00}"));
            foreach (var size in new[] { 0, -1, 10_001, double.NaN })
                await Refused(ErrorCode.BadRequest, "1 to 10000", service, ("pageSize", size));
            await Refused(ErrorCode.BadRequest, "'cursor'", service, ("cursor", "x"));
        }
    }

    [Fact]
    public async Task Whoever_may_not_invoke_them_changes_nothing_by_query()
    {
        await AddAsync("a", "one", 1);
        await _platform.MakeUserAsync("bob");
        await _platform.ShowAsync(Table);
        await _platform.AllowAsync(Table, "bob", Permission.ServiceInvoke, "QueryDataTableEntries");
        (await _platform.InvokeAsync("bob", Table, "QueryDataTableEntries")).AsTable()!.RowCount.ShouldBe(1);
        foreach (var service in new[] { "UpdateDataTableEntriesWithQuery", "DeleteDataTableEntriesWithQuery", "PurgeDataTableEntries", "AssignDataTableEntries" })
            (await _platform.RefusedAsync("bob", Table, service, ("query", "{}"), ("updateValues", Tables.Row(("n", 9.0))), ("values", Rows()))).Code.ShouldBe(ErrorCode.Forbidden, service);
        await _platform.AllowAsync(Table, "bob", Permission.ServiceInvoke, "DeleteDataTableEntriesWithQuery");
        await _platform.InvokeAsync("bob", Table, "DeleteDataTableEntriesWithQuery", ("query", "{}"));
        (await KeysAsync()).ShouldBeEmpty();
    }

    private static InfoTable Rows(params (string? Id, string? Text, double? Number)[] rows) => Tables.Of(
        [("id", BaseType.STRING), ("text", BaseType.STRING), ("n", BaseType.NUMBER)], [.. rows.Select(row => new object?[] { row.Id, row.Text, row.Number })]);

    private static InfoTable Row(string? id, string? text, double? number) => Rows((id, text, number));

    private Task<Value> AddAsync(string id, string text, double number, params (string Name, object? Value)[] more) =>
        _platform.CallAsync(Table, "AddDataTableEntry", [("values", Row(id, text, number)), .. more]);

    private async Task<IEnumerable<string>> KeysAsync() => await FoundAsync("GetDataTableEntries");

    private async Task<IEnumerable<string>> FoundAsync(string service, params (string Name, object? Value)[] arguments) =>
        (await _platform.CallAsync(Table, service, arguments)).Column("key");

    private async Task Refused(ErrorCode code, string named, string service, params (string Name, object? Value)[] arguments)
    {
        var refusal = await _platform.RefusedAsync("Administrator", Table, service, arguments);
        refusal.Code.ShouldBe(code, refusal.Message);
        refusal.Message.ShouldContain(named);
    }
}
