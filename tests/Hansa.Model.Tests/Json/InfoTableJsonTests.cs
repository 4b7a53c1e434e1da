using System.IO.Pipelines;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Hansa.Model.Tests;

public sealed class InfoTableJsonTests
{
    [Fact]
    public void Any_table_reads_back_from_its_json() => Prop.ForAll(Gen.Table().ToArbitrary(), table =>
    {
        var json = InfoTableJson.ToText(table);
        return Parse(json).Equals(table).Label(json);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Any_value_reads_back_as_its_type() => Prop.ForAll(Gen.Type.SelectMany(type => Gen.Value(type).Select(value => (type, value))).ToArbitrary(), pair =>
    {
        var json = System.Text.Json.JsonDocument.Parse(ValueJson.ToText(pair.value)).RootElement;
        return ValueJson.Read(json, pair.type, "f").Equals(pair.value);
    }).QuickCheckThrowOnFailure();

    [Fact]
    public async Task Streaming_writes_the_same_bytes()
    {
        var builder = new InfoTable.Builder(DataShape.Of(("text", BaseType.STRING), ("n", BaseType.INTEGER)));
        for (var i = 0; i < 5_000; i++)
            builder.Add(Value.String(new string('ä', i % 100)), Value.Integer(i));
        var table = builder.Build();
        var pipe = new Pipe();
        var writing = Task.Run(async () =>
        {
            await InfoTableJson.WriteAsync(pipe.Writer, table, CancellationToken.None);
            await pipe.Writer.CompleteAsync();
        });
        var received = new MemoryStream();
        await pipe.Reader.CopyToAsync(received);
        await writing;

        Encoding.UTF8.GetString(received.ToArray()).ShouldBe(InfoTableJson.ToText(table));
    }

    [Fact]
    public void The_form_is_that_of_the_platform()
    {
        var table = InfoTable.Single(("a", BaseType.NUMBER, Value.Number(1)), ("b", BaseType.LOCATION, Value.Location(new(2, 1, 0))), ("c", BaseType.STRING, Value.Null));

        InfoTableJson.ToText(table).ShouldBe("""
            {"dataShape":{"fieldDefinitions":{"a":{"name":"a","description":"","baseType":"NUMBER","ordinal":0,"aspects":{}},
            "b":{"name":"b","description":"","baseType":"LOCATION","ordinal":1,"aspects":{}},"c":{"name":"c","description":"","baseType":"STRING","ordinal":2,"aspects":{}}}},
            "rows":[{"a":1,"b":{"latitude":1,"longitude":2,"elevation":0,"units":"WGS84"}}]}
            """.ReplaceLineEndings(""));
    }

    [Fact]
    public void Rows_may_stand_before_their_shape()
    {
        var table = Parse("""{"rows":[{"a":"7"},{"b":true}],"other":[{}],"dataShape":{"fieldDefinitions":{"a":{"name":"a","baseType":"integer","aspects":{}}}}}""");

        table.RowCount.ShouldBe(2);
        table[0, "a"].ShouldBe(Value.Integer(7));
        table[1, "a"].IsNull.ShouldBeTrue();
        table.Shape.Fields.Length.ShouldBe(1, "a field that the shape does not have is passed over");
    }

    [Fact]
    public void Without_a_shape_one_is_made_up_from_all_rows()
    {
        var table = Parse("""{"rows":[{"a":null,"b":1,"c":{"x":1}},{"a":true,"b":"text","d":[1]}]}""");

        table.Shape.Fields.Select(f => (f.Name, f.BaseType)).ShouldBe(
            [("a", BaseType.BOOLEAN), ("b", BaseType.VARIANT), ("c", BaseType.VARIANT), ("d", BaseType.VARIANT)]);
        table[0, "b"].ShouldBe(Value.Number(1));
        table[1, "b"].ShouldBe(Value.String("text"));
        table[0, "c"].ShouldBe(Value.Text("""{"x":1}""", BaseType.JSON));
    }

    [Fact]
    public void A_given_shape_serves_where_the_table_has_none()
    {
        var shape = DataShape.Of(("when", BaseType.DATETIME));

        InfoTableJson.Parse("""{"rows":[{"when":"2023-11-14T22:13:20Z"}]}"""u8, shape)[0, 0].ShouldBe(Value.DateTime(1_700_000_000_000));
        InfoTableJson.Parse("""{"dataShape":{"fieldDefinitions":{}},"rows":[]}"""u8, shape).Shape.ShouldBe(shape);
    }

    [Fact]
    public void Ordinals_give_the_order_and_ties_stay_as_written()
    {
        var table = Parse("""{"dataShape":{"name":"S","fieldDefinitions":{"c":{"baseType":"STRING","ordinal":2},"a":{"baseType":"STRING","ordinal":1},"b":{"baseType":"STRING","ordinal":1}}},"rows":[]}""");

        table.Shape.Fields.Select(f => f.Name).ShouldBe(["a", "b", "c"]);
        table.Shape.Name.ShouldBe("S");
    }

    [Theory]
    [InlineData("", "not JSON")]
    [InlineData("[]", "JSON object with dataShape and rows")]
    [InlineData("""{"rows":{}}""", "rows must be an array")]
    [InlineData("""{"rows":[1]}""", "row 0 is not an object")]
    [InlineData("""{"rows":[]} x""", "not JSON")]
    [InlineData("""{"rows":[{"a":1}""", "not JSON")]
    [InlineData("""{"rows":[{"a":"\ud800"}]}""", "no valid Unicode")]
    [InlineData("""{"rows":[{"\ud800":1}]}""", "no valid Unicode")]
    [InlineData("""{"dataShape":{"fieldDefinitions":{"\udc00":{"baseType":"STRING"}}},"rows":[]}""", "no valid Unicode")]
    [InlineData("""{"dataShape":{"fieldDefinitions":[]},"rows":[]}""", "fieldDefinitions must be an object")]
    [InlineData("""{"dataShape":{"fieldDefinitions":{"a":{"baseType":"NUMER"}}},"rows":[]}""", "Field 'a': 'NUMER' is not a base type")]
    [InlineData("""{"dataShape":{"fieldDefinitions":{"a":7}},"rows":[]}""", "Field 'a'")]
    [InlineData("""{"dataShape":{"fieldDefinitions":{"temp":{"baseType":"NUMBER"}}},"rows":[{"temp":"warm"}]}""", "Field 'temp': the STRING 'warm' is not a NUMBER.")]
    [InlineData("""{"dataShape":{"fieldDefinitions":{"temp":{"baseType":"NUMBER"}}},"rows":[{"temp":{}}]}""", "Field 'temp': a JSON object is not a NUMBER.")]
    [InlineData("""{"dataShape":{"fieldDefinitions":{"n":{"baseType":"INTEGER"}}},"rows":[{"n":3000000000}]}""", "Field 'n': the LONG '3000000000' is not an INTEGER.")]
    public void What_is_wrong_is_said(string json, string expected)
    {
        var error = Should.Throw<PlatformException>(() => Parse(json));

        error.Code.ShouldBe(ErrorCode.BadRequest);
        error.Message.ShouldContain(expected);
    }

    [Fact]
    public void Deep_nesting_is_refused()
    {
        var json = string.Concat(Enumerable.Repeat("""{"rows":[{"a":""", 30)) + "1" + string.Concat(Enumerable.Repeat("}]}", 30));

        Should.Throw<PlatformException>(() => Parse(json)).Message.ShouldContain("64");
    }

    [Fact]
    public void Whole_numbers_in_a_variant_are_exact()
    {
        var shape = DataShape.Of(("v", BaseType.VARIANT));

        InfoTableJson.Parse("""{"rows":[{"v":9007199254740993},{"v":5}]}"""u8, shape)[0, 0].ShouldBe(Value.Long(9007199254740993));
        InfoTableJson.Parse("""{"rows":[{"v":5}]}"""u8, shape)[0, 0].ShouldBe(Value.Number(5));
    }

    [Fact]
    public void Broken_json_in_a_cell_does_not_break_the_table() =>
        InfoTableJson.ToText(InfoTable.Result(Value.Text("{broken", BaseType.JSON), BaseType.JSON)).ShouldContain("""{"result":"{broken"}""");

    private static InfoTable Parse(string json) => InfoTableJson.Parse(Encoding.UTF8.GetBytes(json));
}
