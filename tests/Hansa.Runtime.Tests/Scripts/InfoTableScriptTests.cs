using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

public sealed class InfoTableScriptTests(ScriptRunner scripts) : IClassFixture<ScriptRunner>
{
    private static readonly DataShape Shape = DataShape.Of(("name", BaseType.STRING), ("flow", BaseType.NUMBER), ("at", BaseType.DATETIME));

    private readonly InfoTable _table = new InfoTable.Builder(Shape)
        .Add(Value.String("b"), Value.Number(2), Value.DateTime(2000))
        .Add(Value.String("a"), Value.Number(3), Value.DateTime(1000))
        .Add(Value.String("c"), Value.Number(1))
        .Build();

    [Theory]
    [InlineData("t.length", "3")]
    [InlineData("t.getLength()", "3")]
    [InlineData("t.RowCount()", "3")]
    [InlineData("t.getRowCount()", "3")]
    [InlineData("t.isEmpty()", "false")]
    [InlineData("t.getFieldCount()", "3")]
    [InlineData("t.hasField('flow') + ',' + t.hasField('x')", "true,false")]
    [InlineData("t.getDataShape().fieldDefinitions.flow.baseType", "NUMBER")]
    [InlineData("Object.keys(t.dataShape.fieldDefinitions).join()", "name,flow,at")]
    [InlineData("Object.keys(t.dataShape.fields).join()", "name,flow,at")]
    [InlineData("JSON.stringify(Object.keys(t.dataShape))", """["fieldDefinitions"]""")]
    [InlineData("t.rows.length", "3")]
    [InlineData("t.rows[1].name", "a")]
    [InlineData("t.rows[0].at.getTime()", "2000")]
    [InlineData("t.rows[2].at === null", "true")]
    [InlineData("typeof t.rows[3]", "undefined")]
    [InlineData("t.name", "b")]
    [InlineData("t.flow + 1", "3")]
    [InlineData("typeof t.nothing", "undefined")]
    [InlineData("t.getRow(2).name", "c")]
    [InlineData("t.getFirstRow().name", "b")]
    [InlineData("t.getLastRow().name", "c")]
    [InlineData("t.Find({flow: 3}).name", "a")]
    [InlineData("t.Find({flow: '3', name: 'a'}).name", "a")]
    [InlineData("t.Find({flow: 4}) === null", "true")]
    [InlineData("t.CopyValues(1).name", "a")]
    [InlineData("var s = ''; t.rows.forEach(function (row) { s += row.name; }); s", "bac")]
    [InlineData("t.rows.map(row => row.flow).join()", "2,3,1")]
    [InlineData("t.rows.filter(row => row.flow > 1).length", "2")]
    [InlineData("t.rows.toArray().length", "3")]
    [InlineData("var s = ''; for (var row of t.rows) s += row.name; s", "bac")]
    [InlineData("var s = ''; for (var i in t.rows) s += i; s", "012")]
    [InlineData("Object.keys(t.rows[0]).join()", "name,flow,at")]
    [InlineData("t.Sort({name: 'flow', ascending: true}); t.rows.map(r => r.name).join()", "c,b,a")]
    [InlineData("t.Sort({name: 'name', ascending: false}); t.rows.map(r => r.name).join()", "c,b,a")]
    [InlineData("t.Filter({name: 'a'}); t.rows.map(r => r.name).join()", "a")]
    [InlineData("t.Delete({name: 'a'}) + t.rows.map(r => r.name).join()", "1b,c")]
    [InlineData("t.RemoveRow(0); t.rows.map(r => r.name).join()", "a,c")]
    [InlineData("t.RemoveAllRows(); t.isEmpty()", "true")]
    [InlineData("t.topN(2); t.length", "2")]
    [InlineData("t.topNToNewTable(1).length + ',' + t.length", "1,3")]
    [InlineData("t.AddField({name: 'more', baseType: 'STRING'}); t.rows[0].more = 'x'; t.getFieldCount() + t.rows[0].more + t.rows[1].more", "4xnull")]
    [InlineData("t.RemoveField('flow'); t.getFieldCount() + t.rows[0].name + t.hasField('flow')", "2bfalse")]
    [InlineData("t.AddRow({name: 'd', flow: '4', other: 1}); t.length + t.getLastRow().name + t.getLastRow().flow", "4d4")]
    [InlineData("t.AddRow(t.rows[0]); t.getLastRow().name", "b")]
    [InlineData("t.rows.push({name: 'd'}); t.getLastRow().name", "d")]
    [InlineData("t.rows[0].name = 'z'; t.name", "z")]
    [InlineData("t.name = 'z'; t.rows[0].name", "z")]
    [InlineData("var r = t.rows[0]; t.RemoveRow(0); r.name", "b")]
    [InlineData("var r = t.rows[0]; t.Sort({name: 'flow'}); r.name = 'z'; t.rows.map(r => r.name).join()", "c,z,a")]
    [InlineData("var c = t.clone(); c.rows[0].name = 'z'; t.name + c.name", "bz")]
    [InlineData("t.ToJSON().rows[1].name", "a")]
    [InlineData("JSON.parse(JSON.stringify(t)).rows.length", "3")]
    [InlineData("JSON.stringify(t.rows[1])", """{"name":"a","flow":3,"at":"1970-01-01T00:00:01.000Z"}""")]
    [InlineData("var e = t.topNToNewTable(0); e.name = 'first'; e.length + e.rows[0].name", "1first")]
    public async Task Every_member_does_what_it_says(string expression, string expected)
    {
        var split = expression.LastIndexOf(';') + 1;
        var source = $"{expression[..split]} result = '' + ({expression[split..]});";
        (await scripts.RunAsync(source, null, ("t", Value.Table(_table)))).ShouldBe(Value.String(expected));
    }

    [Fact]
    public async Task A_scripts_change_never_changes_the_table_behind_it()
    {
        var host = new FakeHost { Properties = { [("Pump", "t")] = Value.Table(_table) } };
        await scripts.RunAsync("var t = me.t; t.rows[0].name = 'z'; t.AddRow({name: 'd'}); t.Sort({name: 'flow'}); t.RemoveField('at');", host);
        host.Properties[("Pump", "t")].AsTable().ShouldBeSameAs(_table);
        _table[0, "name"].ShouldBe(Value.String("b"));
        _table.RowCount.ShouldBe(3);
    }

    [Fact]
    public async Task An_unchanged_table_is_given_back_without_a_copy() =>
        (await scripts.RunAsync("var n = t.rows[1].name; result = t;", null, ("t", Value.Table(_table)))).AsTable().ShouldBeSameAs(_table);

    [Fact]
    public async Task A_changed_table_is_given_back_changed()
    {
        var table = (await scripts.RunAsync("t.rows[0].flow = '7'; t.AddRow({name: 'd'}); result = t;", null, ("t", Value.Table(_table)))).AsTable()!;
        table.RowCount.ShouldBe(4);
        table[0, "flow"].ShouldBe(Value.Number(7));
        table[1, "name"].ShouldBe(Value.String("a"));
        table[3, "flow"].IsNull.ShouldBeTrue();
    }

    [Fact]
    public async Task A_hand_made_object_becomes_an_InfoTable()
    {
        const string source = """
            var result = {
                dataShape: { fieldDefinitions: { name: { name: 'name', baseType: 'STRING' }, at: { name: 'at', baseType: 'DATETIME' } } },
                rows: []
            };
            result.rows.push({ name: 'a', at: new Date(5), other: 1 });
            """;
        var table = (await scripts.RunAsync(source)).AsTable()!;
        table.Shape.Fields.Select(field => field.Name).ShouldBe(["name", "at"]);
        table[0, "name"].ShouldBe(Value.String("a"));
        table[0, "at"].ShouldBe(Value.DateTime(5));
    }

    [Theory]
    [InlineData("t.rows[0].nothing = 1;", "no field 'nothing'")]
    [InlineData("t.rows[0].flow = 'much';", "Field 'flow': the STRING 'much' is not a NUMBER")]
    [InlineData("t.AddRow({flow: 'much'});", "Field 'flow'")]
    [InlineData("t.RemoveRow(3);", "There is no row 3; the InfoTable has 3.")]
    [InlineData("t.Find({nothing: 1});", "no field 'nothing'")]
    [InlineData("t.Sort({name: 'nothing'});", "no field 'nothing'")]
    [InlineData("t.AddRow(5);", "AddRow takes an object")]
    [InlineData("t.AddField({name: 'flow', baseType: 'NUMBER'});", "'flow'")]
    [InlineData("t.AddField({name: 'x', baseType: 'NUMMER'});", "'NUMMER' is not a base type")]
    [InlineData("delete t.rows[0].flow;", "cannot be deleted")]
    public async Task What_does_not_fit_is_refused_with_line_and_field(string source, string reason)
    {
        var failure = await scripts.FailAsync("\n" + source, null, ("t", Value.Table(_table)));
        failure.Message.ShouldStartWith("Service [Pump.Test] failed at line 2: ");
        failure.Message.ShouldContain(reason);
        (await scripts.RunAsync($"try {{ {source} }} catch (e) {{ result = t.length; }}", null, ("t", Value.Table(_table)))).ShouldBe(Value.Number(3));
    }

    [Fact]
    public async Task Tables_within_tables_are_tables()
    {
        var outer = InfoTable.Single(("inner", BaseType.INFOTABLE, Value.Table(_table)));
        (await scripts.RunAsync("result = t.rows[0].inner.rows[2].name;", null, ("t", Value.Table(outer)))).ShouldBe(Value.String("c"));
    }
}
