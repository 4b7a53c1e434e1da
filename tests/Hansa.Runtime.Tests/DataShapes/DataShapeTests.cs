using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.DataShapes;

/// <summary>Data Shapes and the streams that work with them.</summary>
public sealed class DataShapeTests : IAsyncLifetime
{
    private TestPlatform _platform = null!;

    public async ValueTask InitializeAsync() => _platform = await TestPlatform.StartAsync();

    public ValueTask DisposeAsync() => _platform.DisposeAsync();

    [Fact]
    public async Task An_heir_has_the_fields_of_its_base_first_and_follows_their_changes()
    {
        await _platform.MakeDataShapeAsync("Base", ("a", BaseType.NUMBER), ("b", BaseType.STRING));
        await _platform.CallAsync("Resources/EntityServices", "CreateDataShape", ("name", "Heir"), ("baseDataShape", "Base"),
            ("fields", Tables.Of([("name", BaseType.STRING), ("baseType", BaseType.STRING)], ["c", "NUMBER"], ["b", "INTEGER"])));
        (await FieldsAsync("Heir")).ShouldBe(["a NUMBER", "c NUMBER", "b INTEGER"]);
        await _platform.CallAsync("DataShapes/Base", "AddFieldDefinition", ("name", "d"), ("type", "BOOLEAN"));
        (await FieldsAsync("Heir")).ShouldBe(["a NUMBER", "d BOOLEAN", "c NUMBER", "b INTEGER"]);
    }

    [Fact]
    public async Task A_base_that_is_not_there_is_refused() =>
        (await _platform.RefusedAsync("Administrator", "Resources/EntityServices", "CreateDataShape", ("name", "Heir"), ("baseDataShape", "Nope"))).Message.ShouldContain("[Nope]");

    [Fact]
    public async Task Changed_fields_act_on_streams_at_once()
    {
        await _platform.MakeStreamAsync("Log", ("a", BaseType.NUMBER));
        await AddAsync(("a", 1.0));
        await _platform.CallAsync("DataShapes/Log", "AddFieldDefinition", ("name", "b"), ("type", "STRING"));
        (await RowsAsync()).ShouldBe(["1 "]);
        (await _platform.CallAsync("Things/Log", "QueryStreamEntriesWithData", ("query", """{"filters":{"type":"EQ","fieldName":"b","value":"x"}}"""))).AsTable()!.RowCount.ShouldBe(0);
        await AddAsync(("a", 2.0), ("b", "x"));
        (await RowsAsync()).ShouldBe(["1 ", "2 x"]);
        await _platform.CallAsync("DataShapes/Log", "DeleteFieldDefinition", ("name", "a"));
        (await RowsAsync()).ShouldBe(["", "x"]);
        await _platform.CallAsync("DataShapes/Log", "AddFieldDefinition", ("name", "a"), ("type", "NUMBER"));
        (await RowsAsync()).ShouldBe([" 1", "x 2"]);
        await _platform.CallAsync("DataShapes/Log", "UpdateFieldDefinition", ("name", "a"), ("type", "STRING"));
        (await RowsAsync()).ShouldBe([" ", "x "]);
    }

    [Fact]
    public async Task A_stream_without_a_Data_Shape_or_with_an_unknown_one_says_so()
    {
        await _platform.MakeThingAsync("Log", "Stream");
        (await _platform.RefusedAsync("Administrator", "Things/Log", "GetStreamEntries")).Message.ShouldBe("Stream [Log] has no Data Shape; set one with SetDataShape.");
        (await _platform.RefusedAsync("Administrator", "Things/Log", "SetDataShape", ("name", "Nope"))).Code.ShouldBe(ErrorCode.NotFound);
        await _platform.MakeDataShapeAsync("Gone", ("a", BaseType.NUMBER));
        await _platform.CallAsync("Things/Log", "SetDataShape", ("name", "Gone"));
        await _platform.CallAsync("Resources/EntityServices", "DeleteDataShape", ("name", "Gone"));
        (await _platform.RefusedAsync("Administrator", "Things/Log", "AddStreamEntry", ("values", Tables.Row(("a", 1.0))))).Message.ShouldBe("The Data Shape [Gone] of Stream [Log] does not exist.");
        await _platform.RestartAsync();
        await _platform.MakeDataShapeAsync("Gone", ("a", BaseType.NUMBER));
        (await RowsAsync()).ShouldBeEmpty();
        await AddAsync(("a", 1.0));
        (await RowsAsync()).ShouldBe(["1"]);
    }

    [Theory]
    [InlineData("", "NUMBER")]
    [InlineData("x/y", "NUMBER")]
    [InlineData("a", "NUMBER")]
    [InlineData("b", "NOTHING")]
    [InlineData("b", "FLOAT")]
    public async Task A_field_that_makes_no_sense_is_refused(string name, string type)
    {
        await _platform.MakeDataShapeAsync("S", ("a", BaseType.NUMBER));
        (await _platform.RefusedAsync("Administrator", "DataShapes/S", "AddFieldDefinition", ("name", name), ("type", type))).Code.ShouldBeOneOf(ErrorCode.BadRequest, ErrorCode.Conflict);
        (await FieldsAsync("S")).ShouldBe(["a NUMBER"]);
        (await _platform.RefusedAsync("Administrator", "DataShapes/S", "UpdateFieldDefinition", ("name", "z"), ("type", "NUMBER"))).Code.ShouldBe(ErrorCode.NotFound);
    }

    [Fact]
    public async Task Two_fields_of_one_name_make_no_Data_Shape() =>
        (await Should.ThrowAsync<PlatformException>(() => _platform.MakeDataShapeAsync("S", ("a", BaseType.NUMBER), ("a", BaseType.STRING)))).Message.ShouldContain("'a' is defined twice");

    private async Task<IEnumerable<string>> FieldsAsync(string shape)
    {
        var rows = (await _platform.CallAsync($"DataShapes/{shape}", "GetFieldDefinitions")).AsTable()!;
        return rows.Column("name").Zip(rows.Column("baseType"), (name, type) => $"{name} {type}");
    }

    private Task AddAsync(params (string, object?)[] values) => _platform.CallAsync("Things/Log", "AddStreamEntry", ("values", Tables.Row(values)));

    private async Task<IEnumerable<string>> RowsAsync()
    {
        var table = (await _platform.CallAsync("Things/Log", "GetStreamData", ("oldestFirst", true))).AsTable()!;
        var own = table.Shape.Fields.Where(field => field.Name != "timestamp").Select(field => field.Name).ToList();
        return [.. Enumerable.Range(0, table.RowCount).Select(row => string.Join(' ', own.Select(field => table[row, field].ToString())))];
    }
}
