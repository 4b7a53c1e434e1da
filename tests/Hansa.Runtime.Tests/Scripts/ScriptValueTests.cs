using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

public sealed class ScriptValueTests(ScriptRunner scripts) : IClassFixture<ScriptRunner>
{
    public static TheoryData<BaseType, string, string> Seen { get; } = new()
    {
        { BaseType.NUMBER, "2.5", "typeof v + v" },
        { BaseType.INTEGER, "7", "typeof v + v" },
        { BaseType.LONG, "9007199254740991", "typeof v + v" },
        { BaseType.BOOLEAN, "true", "typeof v + v" },
        { BaseType.STRING, "text", "typeof v + v" },
        { BaseType.THINGNAME, "Pump", "typeof v + v" },
        { BaseType.DATETIME, "1000", "(v instanceof Date) + '' + v.getTime()" },
        { BaseType.TIMESPAN, "1000", "typeof v + v" },
        { BaseType.LOCATION, "51.5:10.25:3", "[v.latitude, v.longitude, v.elevation, v.units].join()" },
        { BaseType.TAGS, "Plant:A;Plant:B", "v.length + v[1].vocabulary + v[1].vocabularyTerm" },
        { BaseType.JSON, """{"a":[1,{"b":null}]}""", "typeof v + v.a[0] + v.a[1].b" },
        { BaseType.QUERY, """{"filters":{"type":"EQ"}}""", "v.filters.type" },
        { BaseType.BLOB, "AQID", "typeof v + v.length + v" },
        { BaseType.VEC2, "1,2", "typeof v + v" },
        { BaseType.THINGCODE, "3:4", "typeof v + v" },
    };

    private static readonly Dictionary<BaseType, string> Expected = new()
    {
        [BaseType.NUMBER] = "number2.5", [BaseType.INTEGER] = "number7", [BaseType.LONG] = "number9007199254740991",
        [BaseType.BOOLEAN] = "booleantrue", [BaseType.STRING] = "stringtext", [BaseType.THINGNAME] = "stringPump",
        [BaseType.DATETIME] = "true1000", [BaseType.TIMESPAN] = "number1000", [BaseType.LOCATION] = "51.5,10.25,3,WGS84",
        [BaseType.TAGS] = "2PlantB", [BaseType.JSON] = "object1null", [BaseType.QUERY] = "EQ", [BaseType.BLOB] = "object3AQID",
        [BaseType.VEC2] = "string1,2", [BaseType.THINGCODE] = "string3:4",
    };

    [Theory]
    [MemberData(nameof(Seen))]
    public async Task A_script_sees_each_base_type_in_its_form(BaseType type, string text, string expression)
    {
        var value = Coercion.To(Value.String(text), type, "v");
        (await scripts.RunAsync($"result = {expression};", null, ("v", value))).ShouldBe(Value.String(Expected[type]));
    }

    [Theory]
    [MemberData(nameof(Seen))]
    public async Task A_value_that_goes_through_a_script_comes_back_the_same(BaseType type, string text, string expression)
    {
        _ = expression;
        var value = Coercion.To(Value.String(text), type, "v");
        Coercion.To(await scripts.RunAsync("result = v;", null, ("v", value)), type, "v").ShouldBe(value);
    }

    [Fact]
    public async Task Null_is_null_both_ways() => (await scripts.RunAsync("if (v === null) result = v;", null, ("v", default))).IsNull.ShouldBeTrue();

    [Fact]
    public async Task What_a_script_makes_becomes_a_value()
    {
        (await scripts.RunAsync("result = undefined;")).IsNull.ShouldBeTrue();
        (await scripts.RunAsync("result = 5;")).ShouldBe(Value.Number(5));
        (await scripts.RunAsync("result = 'a' + 'b';")).ShouldBe(Value.String("ab"));
        (await scripts.RunAsync("result = new String('a');")).ShouldBe(Value.String("a"));
        (await scripts.RunAsync("result = 1 > 0;")).ShouldBe(Value.Boolean(true));
        (await scripts.RunAsync("result = new Date(12);")).ShouldBe(Value.DateTime(12));
        (await scripts.RunAsync("result = new Date(NaN);")).IsNull.ShouldBeTrue();
        (await scripts.RunAsync("result = {a: [1, 'x', null, true], d: new Date(0), u: undefined};"))
            .ShouldBe(Value.Text("""{"a":[1,"x",null,true],"d":"1970-01-01T00:00:00.000Z"}""", BaseType.JSON));
        (await scripts.RunAsync("result = [1, 2];")).ShouldBe(Value.Text("[1,2]", BaseType.JSON));
        (await scripts.RunAsync("result = me;")).ShouldBe(Value.String("Pump"));
    }

    [Fact]
    public async Task A_function_is_no_value() =>
        (await scripts.FailAsync("result = function () {};")).Message.ShouldContain("A function is no value");

    [Theory]
    [InlineData("JSON.stringify({a: 1, b: [1, 2], c: 'ü\"'})", """{"a":1,"b":[1,2],"c":"ü\""}""")]
    [InlineData("JSON.stringify([undefined, function () {}, NaN])", "[null,null,null]")]
    [InlineData("JSON.stringify({a: 1, b: 2}, ['b'])", """{"b":2}""")]
    [InlineData("JSON.stringify({a: 1, b: 2}, function (k, v) { return v === 1 ? undefined : v; })", """{"b":2}""")]
    [InlineData("JSON.stringify({a: [1]}, null, 2)", "{\n  \"a\": [\n    1\n  ]\n}")]
    [InlineData("JSON.stringify({}, null, 2)", "{}")]
    [InlineData("JSON.stringify({toJSON: function () { return 5; }})", "5")]
    [InlineData("JSON.stringify('a')", "\"a\"")]
    [InlineData("'' + JSON.stringify(undefined)", "undefined")]
    [InlineData("JSON.parse('{\"a\":[1,2,{\"b\":\"x\"}]}').a[2].b", "x")]
    [InlineData("JSON.parse('[1,2]', function (k, v) { return k === '0' ? 9 : v; }).join()", "9,2")]
    [InlineData("(function () { try { JSON.parse('{a:1}'); } catch (e) { return e.name; } })()", "SyntaxError")]
    public async Task JSON_is_as_the_standard_wants_it(string expression, string expected) =>
        (await scripts.RunAsync($"result = {expression};")).ShouldBe(Value.String(expected));
}
