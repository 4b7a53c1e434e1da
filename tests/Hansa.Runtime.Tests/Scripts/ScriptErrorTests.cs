using Hansa.Model;
using Hansa.Runtime.Scripts;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

public sealed class ScriptErrorTests(ScriptRunner scripts) : IClassFixture<ScriptRunner>
{
    [Theory]
    [InlineData("var a;\nvar b;\nthrow new Error('boom');", 3, "boom")]
    [InlineData("\n\nthrow 'text';", 3, "text")]
    [InlineData("\nvar x;\nx.y;", 3, "TypeError")]
    [InlineData("\nnothing();", 2, "ReferenceError")]
    [InlineData("\nfunction f() {\n  throw new RangeError('in f');\n}\n\nf();", 3, "RangeError: in f")]
    [InlineData("\n[1].forEach(function (x) {\n  x.y.z;\n});", 3, "TypeError")]
    [InlineData("\n[1].reduce(5);", 2, "TypeError: number is not a function.")]
    [InlineData("\n\nJSON.parse('{');", 3, "SyntaxError")]
    [InlineData("\nfor (var i = 0; i < 3; i++) {\n  if (i === 2)\n    throw new Error('i');\n}", 4, "i")]
    [InlineData("var f = x =>\n  x.a.b;\nf(\n1);", 2, "TypeError")]
    [InlineData("var s = 'a' +\n  'b' +\n  'c';\nthrow s;", 4, "abc")]
    [InlineData("try {\n  throw new Error('first');\n} catch (e) {\n  throw e;\n}", 4, "first")]
    public async Task An_error_names_the_authors_line(string source, int line, string reason)
    {
        var failure = await scripts.FailAsync(source);
        failure.Code.ShouldBe(ErrorCode.ScriptFailed);
        failure.Message.ShouldStartWith($"Service [Pump.Test] failed at line {line}: ");
        failure.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("var a = 1;\nvar = 2;", 2, "Unexpected token")]
    [InlineData("if (x {", 1, "Unexpected token")]
    [InlineData("\nasync function f() {}", 2, "'async' is not carried")]
    [InlineData("\nfunction* f() {}", 2, "generators are not carried")]
    [InlineData("\nvar x = 10n;", 2, "BigInt")]
    [InlineData("\nclass A { x = 1; }", 2, "class fields")]
    [InlineData("\nvar r = /a/y;", 2, "flags")]
    [InlineData("\nvar s = 'a", 2, "Unterminated")]
    [InlineData("\nimport x from 'y';", 2, "import")]
    [InlineData("\nvar f = async () => 1;", 2, "'async' is not carried")]
    [InlineData("\nvar o = {async f() {}};", 2, "'async' is not carried")]
    [InlineData("\nvar x = await foo();", 2, "'await' is not carried")]
    [InlineData("\nvar x = <a>b</a>;", 2, "E4X")]
    [InlineData("\nvar y = x.@id;", 2, "E4X")]
    [InlineData("const x = 1;\nx = 2;", 2, "'x' is a constant")]
    [InlineData("const x = 1;\n\nx++;", 3, "'x' is a constant")]
    [InlineData("\nfor (let i = 0; i < 3; i++) { i++; f = () => i; }", 2, "'i' is changed within a loop")]
    [InlineData("class A extends B {\n  constructor(...a) { super(...a); }\n}", 2, "spread in super")]
    [InlineData("class A extends B {\n  m() { return () => super.m(); }\n}", 2, "'super' in an arrow function")]
    [InlineData("class A {\n  [Symbol.iterator]() {}\n}", 2, "named by a symbol")]
    [InlineData("\nvar r = /(?<year>[0-9]+)/;", 2, "named groups")]
    [InlineData("\nvar s = tag`x`;", 2, "tagged templates")]
    [InlineData("\nfor each (var x of [1]) ;", 2, "for each")]
    public async Task What_cannot_run_is_refused_when_saved_with_line_and_reason(string source, int line, string reason)
    {
        var refusal = await scripts.FailAsync(source);
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldStartWith($"Service [Pump.Test] at line {line}: ");
        refusal.Message.ShouldContain(reason);
    }

    [Fact]
    public async Task A_service_within_keeps_its_own_service_and_line()
    {
        var host = new FakeHost();
        scripts.AddService(host, "Tank", "Drain", "\n\nthrow new Error('empty');");
        var failure = await scripts.FailAsync("\nThings['Tank'].Drain();", host);
        failure.Message.ShouldBe("Service [Tank.Drain] failed at line 3: empty; called by [Pump.Test] at line 2");
        (await scripts.RunAsync("try { Things['Tank'].Drain(); } catch (e) { result = e.message; }", host))
            .ShouldBe(Value.String("Service [Tank.Drain] failed at line 3: empty"));
    }

    [Fact]
    public async Task One_source_in_two_services_names_each()
    {
        var token = TestContext.Current.CancellationToken;
        const string source = "\nthrow new Error('same');";
        var one = await scripts.Engine.CompileAsync("A.S", source, [], token);
        var two = await scripts.Engine.CompileAsync("B.S", source, [], token);
        two.ShouldBeSameAs(one);
        var frame = new ScriptFrame(EntityKind.Things, "B", "S", [], new FakeHost());
        var failure = await Should.ThrowAsync<PlatformException>(() => scripts.Engine.RunAsync(two, frame, token).AsTask());
        failure.Message.ShouldBe("Service [B.S] failed at line 2: same");
    }
}
