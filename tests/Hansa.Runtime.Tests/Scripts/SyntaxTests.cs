using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

/// <summary>Newer syntax is lowered to what the engine runs: it gives what the standard says, and errors keep their lines.</summary>
public sealed class SyntaxTests(ScriptRunner scripts) : IClassFixture<ScriptRunner>
{
    public static TheoryData<string, string> Snippets { get; } = [.. SyntaxTable.Rows.Select(row => new TheoryDataRow<string, string>(row.Source, row.Expected))];

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task A_snippet_gives_what_the_standard_says(string source, string expected) =>
        (await scripts.RunAsync(source)).ShouldBe(Value.String(expected));

    [Theory]
    [MemberData(nameof(Snippets))]
    public async Task A_line_after_a_snippet_keeps_its_number(string source, string expected)
    {
        var failure = await scripts.FailAsync($"{source}\n;throw new Error('after ' + result);");
        failure.Message.ShouldBe($"Service [Pump.Test] failed at line {source.Count(c => c == '\n') + 2}: after {expected}");
    }

    [Fact]
    public async Task Rows_of_a_table_are_gone_over_and_taken_apart()
    {
        var rows = new InfoTable.Builder(new([new("name", BaseType.STRING), new("value", BaseType.NUMBER)]));
        rows.Add(Value.String("a"), Value.Number(1));
        rows.Add(Value.String("b"), Value.Number(2));
        var table = ("t", Value.Table(rows.Build()));
        (await scripts.RunAsync("var s = ''; for each (var row in t.rows) s += row.name + row.value; result = s;", null, table)).ShouldBe(Value.String("a1b2"));
        (await scripts.RunAsync("var s = ''; for (const {name, value} of t.rows) s += name + value; result = s;", null, table)).ShouldBe(Value.String("a1b2"));
        (await scripts.RunAsync("const [first, ...others] = t.rows; result = first.name + others.length;", null, table)).ShouldBe(Value.String("a1"));
        (await scripts.RunAsync("result = [...t.rows].map(({value}) => value).join();", null, table)).ShouldBe(Value.String("1,2"));
        (await scripts.RunAsync("result = JSON.stringify({...t.rows[1], more: true});", null, table)).ShouldBe(Value.String("""{"name":"b","value":2,"more":true}"""));
    }

    [Fact]
    public async Task Properties_and_services_are_reached_through_newer_syntax()
    {
        var host = new FakeHost
        {
            Properties = { [("Pump", "flow")] = Value.Number(2) },
            Services = { [("Tank", "Fill")] = given => Value.Number(given.Single().Value.AsNumber() + 1) },
        };
        (await scripts.RunAsync("const {flow} = me; result = flow + (Things['Gone']?.flow ?? 5);", host)).ShouldBe(Value.Number(7));
        (await scripts.RunAsync("result = Things['Tank']?.Fill({...{level: 3}});", host)).ShouldBe(Value.Number(4));
        (await scripts.RunAsync("me.flow ??= 9; [me.flow] = [me.flow + 1]; result = me.flow;", host)).ShouldBe(Value.Number(3));
    }

    [Theory]
    [InlineData("var {a} = null;", 1, "null has no members")]
    [InlineData("\nvar a = [...5];", 2, "A number cannot be gone over")]
    [InlineData("\nvar f = (...a) => {\n  throw new Error('b');\n};\nf(...[1]);", 3, "b")]
    [InlineData("\nvar o = {};\no.f(...[1]);", 3, "'f' is not a function")]
    [InlineData("\nvar m = null;\nm.x(...[]);", 3, "null has no member 'x'")]
    [InlineData("\nvar n = 1;\nnew n(...[]);", 3, "no constructor")]
    [InlineData("const {\n  a,\n  b: { c },\n} = { a: 1,\n  b: {} };\nc.d.e;", 6, "TypeError")]
    [InlineData("var f = ({a}) =>\n  a.b;\n[{}].map(\n  f);", 2, "TypeError")]
    public async Task An_error_in_newer_syntax_names_the_authors_line(string source, int line, string reason)
    {
        var failure = await scripts.FailAsync(source);
        failure.Message.ShouldStartWith($"Service [Pump.Test] failed at line {line}: ");
        failure.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task Of_an_endless_iterator_only_what_is_asked_for_is_taken() => (await scripts.RunAsync(
        "var n = 0, it = {[Symbol.iterator]: () => ({next: () => ({done: false, value: n++})})}; const [a, , b] = it; result = a + ',' + b + ',' + n;"))
        .ShouldBe(Value.String("0,2,3"));
}
