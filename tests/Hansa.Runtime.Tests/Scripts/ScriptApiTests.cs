using Hansa.Model;
using Hansa.Runtime.Scripts;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

public sealed class ScriptApiTests(ScriptRunner scripts) : IClassFixture<ScriptRunner>
{
    [Fact]
    public async Task A_script_gives_what_it_left_in_result() =>
        (await scripts.RunAsync("var result = 6 * 7;")).ShouldBe(Value.Number(42));

    [Theory]
    [InlineData("result = 'a';")]
    [InlineData("let result = 'a';")]
    [InlineData("const result = 'a';")]
    [InlineData("if (true) { var result = 'a'; }")]
    [InlineData("result = 'a'; return;")]
    [InlineData("return 'a';")]
    [InlineData("'use strict'; var result = 'a';")]
    public async Task However_result_is_given_it_counts(string source) => (await scripts.RunAsync(source)).ShouldBe(Value.String("a"));

    [Fact]
    public async Task A_script_that_gives_nothing_gives_null() => (await scripts.RunAsync("var x = 1;")).IsNull.ShouldBeTrue();

    [Fact]
    public async Task Parameters_are_variables() => (await scripts.RunAsync(
        "var a = a * 2; result = a + b;", null, ("a", Value.Integer(20)), ("b", Value.Number(2)))).ShouldBe(Value.Number(42));

    [Fact]
    public async Task A_parameter_that_is_not_given_is_undefined()
    {
        var token = TestContext.Current.CancellationToken;
        var program = await scripts.Engine.CompileAsync("Pump.Test", "result = typeof a;", ["a"], token);
        (await scripts.Engine.RunAsync(program, ScriptRunner.Frame(new()), token)).ShouldBe(Value.String("undefined"));
    }

    [Fact]
    public async Task Properties_of_me_are_read_and_written()
    {
        var host = new FakeHost { Properties = { [("Pump", "flow")] = Value.Number(2), [("Pump", "two words")] = Value.Number(5) } };
        (await scripts.RunAsync("me.flow = me.flow * 10; me['two words'] += 1; result = me.name;", host)).ShouldBe(Value.String("Pump"));
        host.Properties[("Pump", "flow")].ShouldBe(Value.Number(20));
        host.Properties[("Pump", "two words")].ShouldBe(Value.Number(6));
    }

    [Fact]
    public async Task A_property_that_is_not_there_is_undefined_and_cannot_be_written()
    {
        (await scripts.RunAsync("result = typeof me.flow;")).ShouldBe(Value.String("undefined"));
        (await scripts.FailAsync("\nme.flow = 1;")).Message.ShouldBe("Service [Pump.Test] failed at line 2: Thing 'Pump' has no property 'flow'.");
    }

    [Fact]
    public async Task Services_take_one_object_of_parameters()
    {
        IReadOnlyList<KeyValuePair<string, Value>> given = [];
        var host = new FakeHost { Services = { [("Tank", "Fill")] = arguments => { given = arguments; return Value.Number(7); } } };
        (await scripts.RunAsync("result = Things['Tank'].Fill({level: 3, why: 'test', not: undefined});", host)).ShouldBe(Value.Number(7));
        given.ShouldBe([KeyValuePair.Create("level", Value.Number(3)), KeyValuePair.Create("why", Value.String("test"))]);
        (await scripts.FailAsync("Things['Tank'].Fill(3);", host)).Message.ShouldContain("one object");
    }

    [Fact]
    public async Task An_entity_that_is_not_there_or_not_seen_is_null() => (await scripts.RunAsync(
        "result = [Things['x'], Users.bob === null, ThingTemplates['T'] === null].join();", new() { Others = { (EntityKind.ThingTemplates, "T") } }))
        .ShouldBe(Value.String(",true,false"));

    [Theory]
    [InlineData("Things")]
    [InlineData("ThingTemplates")]
    [InlineData("ThingShapes")]
    [InlineData("DataShapes")]
    [InlineData("Users")]
    [InlineData("Groups")]
    [InlineData("Organizations")]
    [InlineData("ApplicationKeys")]
    [InlineData("Networks")]
    [InlineData("Projects")]
    [InlineData("Resources")]
    [InlineData("Subsystems")]
    [InlineData("Mashups")]
    [InlineData("MediaEntities")]
    [InlineData("ModelTags")]
    [InlineData("DataTags")]
    [InlineData("PersistenceProviders")]
    [InlineData("StateDefinitions")]
    [InlineData("StyleDefinitions")]
    [InlineData("Logs")]
    public async Task Every_collection_is_there(string collection) => (await scripts.RunAsync(
        $"result = {collection}['a.b'].name;", new() { Others = { (Enum.Parse<EntityKind>(collection), "a.b") } })).ShouldBe(Value.String("a.b"));

    [Fact]
    public async Task The_logger_writes_at_its_level()
    {
        var host = new FakeHost();
        await scripts.RunAsync("logger.trace('a'); logger.debug('b'); logger.info('c'); logger.warn('d'); logger.error(5);", host);
        host.Messages.ShouldBe(
        [
            (ScriptLogLevel.Trace, "a"), (ScriptLogLevel.Debug, "b"), (ScriptLogLevel.Info, "c"), (ScriptLogLevel.Warn, "d"), (ScriptLogLevel.Error, "5"),
        ]);
    }

    [Fact]
    public async Task Principal_is_the_callers_name() => (await scripts.RunAsync("result = principal;")).ShouldBe(Value.String("alice"));

    [Fact]
    public async Task A_refusal_can_be_caught() => (await scripts.RunAsync(
        "try { result = me.secret; } catch (err) { result = err.message; }", new() { Properties = { [("Pump", "secret")] = default } }))
        .ShouldBe(Value.String("Property 'secret' of 'Pump' is not for alice."));

    [Fact]
    public async Task A_refusal_that_is_not_caught_keeps_its_code_and_names_service_and_line()
    {
        var refusal = await scripts.FailAsync("var a = 1;\n\nme.secret = 2;", new() { Properties = { [("Pump", "secret")] = default } });
        refusal.Code.ShouldBe(ErrorCode.Forbidden);
        refusal.Message.ShouldBe("Service [Pump.Test] failed at line 3: Property 'secret' of 'Pump' is not for alice.");
    }

    [Fact]
    public async Task Sloppy_scripts_run_as_they_are_written() => (await scripts.RunAsync(
        "for (i = 0, n = 0; i < 5; i++) n += i; function f() { return this.Math.abs(-n); } result = f();")).ShouldBe(Value.Number(10));

    [Theory]
    [InlineData("result = [1, 2, 3].map(x => x * 2).join();", "2,4,6")]
    [InlineData("result = [1, 2].map((x, i) => { return x + i; }).join();", "1,3")]
    [InlineData("function A() { this.k = 2; this.f = xs => xs.map(x => x * this.k); } result = new A().f([1, 2]).join();", "2,4")]
    [InlineData("result = [3].map(x => ({v: x}))[0].v + '';", "3")]
    [InlineData("result = `a${1 + 1}b`;", "a2b")]
    [InlineData("result = ['x'].map(x => `<${x}>`).concat(`y`).join();", "<x>,y")]
    [InlineData("class A { constructor(x) { this.x = x; } get y() { return this.x + 1; } } class B extends A {} result = '' + new B(1).y;", "2")]
    [InlineData("let s = ''; for (const x of ['a', 'b']) { s += x; } result = s;", "ab")]
    [InlineData("result = (function (a = 'd') { return a; })();", "d")]
    [InlineData("result = '' + 2 ** 3;", "8")]
    [InlineData("result = '' + [1, [2, [3]]].flat(9);", "1,2,3")]
    [InlineData("var o = {a: 1}; result = Object.entries(o)[0].join(':') + Object.values(o);", "a:11")]
    [InlineData("var a = 1, b = 2, c = 3; result = '' + ((a + b) + (c + a)) + (a + (b));", "73")]
    [InlineData("var x = 'a'\nvar y = new Date(0)\nresult = x + y.getTime()", "a0")]
    [InlineData("do result = 'x'; while (false)", "x")]
    [InlineData("a: for (var i = 0; i < 3; i++) { for (;;) { continue a; } } result = '' + i", "3")]
    [InlineData("try { throw 1 } catch { result = 'c' }", "c")]
    public async Task The_language_is_carried(string source, string expected) => (await scripts.RunAsync(source)).ShouldBe(Value.String(expected));
}
