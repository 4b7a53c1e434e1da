using System.Diagnostics;
using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

/// <summary>Scripts that want to stop the server, fill its memory or outstay their time; and that the next one runs as ever.</summary>
[Trait("Category", "Slow")]
public sealed class HostileScriptTests(HostileScriptTests.Tight tight) : IClassFixture<HostileScriptTests.Tight>
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private readonly ScriptRunner _scripts = tight.Runner;

    /// <summary>Limits small enough to be reached soon.</summary>
    public sealed class Tight : IDisposable
    {
        internal ScriptRunner Runner { get; } = new(new() { Timeout = Timeout, MaxMemory = 64 << 20, MaxTextLength = 1 << 21 });

        /// <summary>The same with time enough to build what is deep, so that its depth is what ends it.</summary>
        internal ScriptRunner Patient { get; } = new(new() { Timeout = TimeSpan.FromSeconds(20), MaxMemory = 256 << 20, MaxTextLength = 1 << 21 });

        public void Dispose()
        {
            Runner.Dispose();
            Patient.Dispose();
        }
    }

    [Theory]
    [InlineData("for (;;) ;", "ran longer than 1 s")]
    [InlineData("while (true) { try { for (;;) {} } catch (e) {} finally { } }", "ran longer than 1 s")]
    [InlineData("function f() { try { throw 1; } catch (e) { for (;;) {} } finally { return 1; } } for (;;) f();", "ran longer than 1 s")]
    [InlineData("do ; while (true);", "ran longer than 1 s")]
    [InlineData("var o = {}; for (var k in {a: 1}) for (;;) o[k] = 1;", "ran longer than 1 s")]
    [InlineData("var m = new Map([[1, 1]]); m.forEach(function (v, k) { m['delete'](k); m.set(k + 1, 1); });", "ran longer than 1 s")]
    [InlineData("function f(n) { return n > 0 ? f(n - 1) + f(n - 1) : 0; } f(200);", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).indexOf(1);", "ran longer than 1 s")]
    [InlineData("Array.prototype.indexOf.call({length: 9e15}, 1);", "ran longer than 1 s")]
    [InlineData("new Array(3e8).join('');", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).forEach(function () {});", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).reverse();", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).sort();", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).map(function (x) { return x; });", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).filter(function (x) { return x; });", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).reduce(function (x) { return x; }, 0);", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).every(function (x) { return x; });", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).find(function (x) { return x; });", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).slice(1);", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).shift();", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).unshift(1);", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).splice(1, 1);", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).lastIndexOf(1);", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).includes(1);", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).copyWithin(1, 0);", "ran longer than 1 s")]
    [InlineData("new Array(4294967295).flat();", "ran longer than 1 s")]
    [InlineData("Object.fromEntries(new Array(4294967295).keys ? {length: 1, [Symbol.iterator]: function () { return {next: function () { return {value: [1, 1]}; }}; }} : 0);", "ran longer than 1 s")]
    [InlineData("var s = 'a'.repeat(1e6); for (;;) s.indexOf('b');", "ran longer than 1 s")]
    [InlineData("var s = 'a'.repeat(1e6); for (var i = 0; i < 1e9; i++) s.split('b');", "ran longer than 1 s")]
    [InlineData("/(a+)+$/.test('a'.repeat(60) + '!');", "regular expression ran longer than 1 s")]
    [InlineData("'x'.replace(/x/, function () { for (;;) ; });", "ran longer than 1 s")]
    [InlineData("var f = (...a) => { for (;;) ; }; f(...[1]);", "ran longer than 1 s")]
    [InlineData("for (const {a} of {[Symbol.iterator]: () => ({next: () => ({done: false, value: 1})})}) ;", "ran longer than 1 s")]
    [InlineData("for each (var x in {length: 9e15}) ;", "ran longer than 1 s")]
    [InlineData("var f = n => n > 0 ? f(n - 1) + f(n - 1) : 0; f(200);", "ran longer than 1 s")]
    [InlineData("var o = null; for (;;) o?.a ?? o?.[1];", "ran longer than 1 s")]
    [InlineData("var {a = (() => { for (;;) ; })()} = {};", "ran longer than 1 s")]
    [InlineData("/(a+)+$/.test([...'a'.repeat(60), '!'].join(''));", "regular expression ran longer than 1 s")]
    public Task What_does_not_end_is_ended_in_time(string source, string reason) => EndsAsync(source, reason, Timeout + TimeSpan.FromSeconds(3));

    [Theory]
    [InlineData("var a = []; for (;;) a.push({});")]
    [InlineData("var a = [1]; for (var x of a) a.push(x);")]
    [InlineData("var a = []; for (;;) a.push(new Array(1000).join('x'));")]
    [InlineData("var o = {}; for (var i = 0; ; i++) { o = {o: o, i: i}; }")]
    [InlineData("var m = new Map(); for (var i = 0; ; i++) m.set(i, [i]);")]
    [InlineData("var a = []; for (;;) a.push('y'.repeat(1e5));")]
    [InlineData("new Array(4294967295).fill(1);")]
    [InlineData("Array.from({length: 1e9});")]
    [InlineData("Array.from({length: 1e9}, function () { return {}; });")]
    [InlineData("var a = [1]; for (;;) a = a.concat(a);")]
    [InlineData("var a = [1]; for (;;) a = a.concat(a, a).slice();")]
    [InlineData("var a = []; for (;;) a.push('x'.repeat(1e6).split(''));")]
    [InlineData("var a = []; for (;;) a.push('x'.repeat(1e6).match(/x/g));")]
    [InlineData("var f = function () {}; for (;;) f = f.bind(null, f);")]
    [InlineData("var [...a] = {[Symbol.iterator]: () => ({next: () => ({done: false, value: 1})})};")]
    [InlineData("var a = [...{[Symbol.iterator]: () => ({next: () => ({done: false, value: 1})})}];")]
    [InlineData("Math.max(...{[Symbol.iterator]: () => ({next: () => ({done: false, value: 1})})});")]
    [InlineData("[...new Array(4294967295)];")]
    [InlineData("var a = [1]; for (;;) a = [...a, ...a];")]
    [InlineData("var o = {}; for (var i = 0; ; i++) o = {...o, o, ['k' + i]: i};")]
    [InlineData("var a = []; for (;;) a.push((...r) => r.concat(a));")]
    [InlineData("var a = []; for (;;) a.push([...'x'.repeat(1e6)]);")]
    public async Task What_holds_ever_more_memory_is_ended(string source)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = new MemoryPeak();
        await EndsAsync(source, "held more than 64 MB", Timeout + TimeSpan.FromSeconds(3), orTime: true);
        (watch.Stop() - before).ShouldBeLessThan(400L << 20);
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(50L << 20);
    }

    [Theory]
    [InlineData("'x'.repeat(5e8);")]
    [InlineData("new Array(3e8).join('xxxxxxxxxxxxxxxxxxxxx');")]
    [InlineData("var s = 'x'; for (var i = 0; i < 40; i++) s += s;")]
    [InlineData("var s = 'x'; for (var i = 0; i < 40; i++) s = s + s;")]
    [InlineData("var s = 'x'; for (var i = 0; i < 40; i++) s = `${s}${s}`;")]
    [InlineData("var s = 'x'; for (var i = 0; i < 40; i++) s = `${s}${s}${s}${s}${s}${s}`;")]
    [InlineData("var s = 'x'; for (var i = 0; i < 40; i++) s = s.concat(s, s);")]
    [InlineData("var s = 'x'; for (var i = 0; i < 40; i++) s = [s, s].join('');")]
    [InlineData("var s = 'x'; for (var i = 0; i < 40; i++) s = '' + [s, s];")]
    [InlineData("'x'.padStart(5e8);")]
    [InlineData("'x'.padEnd(5e8, 'ab');")]
    [InlineData("var s = 'x'.repeat(1e4); s.replace(/x/g, s);")]
    [InlineData("var s = 'x'.repeat(1e6); s.replace(/x/g, '$`');")]
    [InlineData("var s = 'x'.repeat(1e6); s.replace(/x/g, function () { return s; });")]
    [InlineData("var s = 'x'.repeat(1e4); s.replaceAll('x', s);")]
    [InlineData("encodeURIComponent('€'.repeat(5e5));")]
    [InlineData("escape('€'.repeat(5e5));")]
    [InlineData("'\\uFDFA'.repeat(5e5).normalize('NFKD');")]
    [InlineData("JSON.stringify(['x'.repeat(2e6), 'x'.repeat(2e6)]);")]
    [InlineData("JSON.stringify(new Array(4294967295));")]
    [InlineData("new RegExp('x'.repeat(1e6));")]
    [InlineData("'9'.repeat(1e6) * 1;")]
    [InlineData("+'9'.repeat(1e6);")]
    [InlineData("-(' 9' + '9'.repeat(1e6));")]
    [InlineData("var s = '9'.repeat(1e6); s > 1;")]
    [InlineData("var s = '9'.repeat(1e6); 1 == s;")]
    [InlineData("var s = '9'.repeat(1e6); s++;")]
    [InlineData("var s = '9'.repeat(1e6); s -= 1;")]
    [InlineData("var o = {s: '9'.repeat(1e6)}; o.s++;")]
    [InlineData("var o = {s: '9'.repeat(1e6)}; o['s'] *= 2;")]
    [InlineData("var s = '9'.repeat(1e6); s | 0;")]
    [InlineData("Number('9'.repeat(1e6));")]
    [InlineData("new Number('9'.repeat(1e6));")]
    [InlineData("(1).constructor('9'.repeat(1e6));")]
    [InlineData("new Date(0).constructor(2020, '9'.repeat(1e6)); new Date(2020, '9'.repeat(1e6));")]
    [InlineData("parseInt('9'.repeat(1e6));")]
    [InlineData("parseInt('z'.repeat(1e6), 36);")]
    [InlineData("parseFloat('0.' + '9'.repeat(1e6));")]
    [InlineData("isNaN('9'.repeat(1e6));")]
    [InlineData("Math.abs('9'.repeat(1e6));")]
    [InlineData("Math.abs(new String('9'.repeat(1e6)));")]
    [InlineData("Math.abs({valueOf: function () { return '9'.repeat(1e6); }});")]
    [InlineData("Math.abs({valueOf: () => '9'.repeat(1e6)});")]
    [InlineData("new String('9'.repeat(1e6)) * 1;")]
    [InlineData("['9'.repeat(1e6)] * 1;")]
    [InlineData("'abc'.charAt('9'.repeat(1e6));")]
    [InlineData("[].length = '9'.repeat(1e6);")]
    [InlineData("[]['length'] = '9'.repeat(1e6);")]
    [InlineData("Object.assign([], {length: '9'.repeat(1e6)});")]
    [InlineData("Array.prototype.push.call({length: '9'.repeat(1e6)}, 1);")]
    [InlineData("Array.prototype.indexOf.call({length: '9'.repeat(1e6)}, 1);")]
    [InlineData("[1].slice('9'.repeat(1e6));")]
    [InlineData("Math.max.apply(null, {length: '9'.repeat(1e6)});")]
    [InlineData("var r = /a/g; r.lastIndex = '9'.repeat(1e6); r.test('a');")]
    [InlineData("Math.max.apply(null, {length: 1e9});")]
    [InlineData("Array.apply(null, {length: 1e9});")]
    [InlineData("String.fromCharCode.apply(null, new Array(1e9));")]
    [InlineData("Math.max(...new Array(1e5));")]
    [InlineData("new Array(...new Array(1e5));")]
    [InlineData("[].push(...'x'.repeat(1e5));")]
    [InlineData("var o = {f() {}}; o?.f(...new Array(1e5));")]
    [InlineData("var [a] = ['9'.repeat(1e6)]; a * 1;")]
    [InlineData("var s = null; s ??= '9'.repeat(1e6); s++;")]
    [InlineData("((...a) => a[0] * 1)('9'.repeat(1e6));")]
    public async Task What_asks_for_too_much_at_once_is_refused_and_can_be_caught(string source)
    {
        var failure = await EndsAsync("\n" + source, "at most", TimeSpan.FromSeconds(3));
        failure.Message.ShouldStartWith("Service [Pump.Test] failed at line 2: RangeError: ");
        (await _scripts.RunAsync($"try {{ {source} }} catch (e) {{ result = e.name; }}")).ShouldBe(Value.String("RangeError"));
    }

    [Theory]
    [InlineData("function f() {\n  for (;;) {}\n}\nf();", 2, "ran longer")]
    [InlineData("function f() {\n  g();\n}\nfunction g() { while (true) 1; }\nf();", 4, "ran longer")]
    [InlineData("var f = function (s) {\n  for (;;)\n    s += s;\n};\nf('x');", 3, "characters")]
    [InlineData("var f = (s) => {\n  var n = 1;\n  return s * n;\n};\nvar t = '9';\nwhile (t.length < 1e6) t += t;\nf(t);", 3, "digits")]
    [InlineData("function f(s) {\n  return 1 + `${s}${s}`;\n}\nvar t = 'x';\nfor (;;)\n  t = f(t);", 2, "characters")]
    public async Task What_ends_within_a_function_is_told_with_the_line_there(string source, int line, string reason)
    {
        var failure = await EndsAsync(source, reason, TimeSpan.FromSeconds(5));
        failure.Message.ShouldStartWith($"Service [Pump.Test] failed at line {line}: ");
    }

    [Theory]
    [InlineData("function f() { f(); } f();")]
    [InlineData("function f() { [1].forEach(f); } f();")]
    [InlineData("function f() { 'x'.replace('x', f); } f();")]
    [InlineData("function f() { [2, 1].sort(f); return 1; } f();")]
    [InlineData("function f() { f.call(null); } f();")]
    [InlineData("function f() { f.apply(null, []); } f();")]
    [InlineData("var f = function () { g(); }, g = f.bind(null); f();")]
    [InlineData("var o = {get x() { return this.x; }}; o.x;")]
    [InlineData("var o = {set x(v) { this.x = v; }}; o.x = 1;")]
    [InlineData("var o = {toString: function () { return '' + this; }}; '' + o;")]
    [InlineData("var o = {valueOf: function () { return +this; }}; o > 1;")]
    [InlineData("var o = {}; Object.defineProperty(o, 'name', {get: Error.prototype.toString}); o.name;")]
    [InlineData("var o = {}; Object.defineProperty(o, 'toString', {get: Object.prototype.toLocaleString}); o + '';")]
    [InlineData("var o = {toJSON: function () { return JSON.stringify(this); }}; JSON.stringify(o);")]
    [InlineData("var a = []; for (var i = 0; i < 1e5; i++) a = [a]; String(a);")]
    [InlineData("var a = []; for (var i = 0; i < 1e5; i++) a = [a]; a + '';")]
    [InlineData("var a = []; for (var i = 0; i < 1e5; i++) a = [a]; a.toLocaleString();")]
    [InlineData("var a = []; for (var i = 0; i < 1e5; i++) a = [a]; a.flat(1e9);")]
    [InlineData("var e = new Error('x'); for (var i = 0; i < 1e5; i++) { var n = new Error(); n.message = e; e = n; } '' + e;")]
    [InlineData("var f = function () {}; for (var i = 0; i < 2e5; i++) f = f.bind(); f();")]
    [InlineData("class A { constructor() { new A(); } } new A();")]
    [InlineData("var f = (x) => f(x); f(1);")]
    [InlineData("var f = (...a) => f(...a); f(1);")]
    [InlineData("var f = ({a}) => f({a}); f({a: 1});")]
    [InlineData("var o = {get x() { const {x} = this; return x; }}; o.x;")]
    [InlineData("var o = {get x() { return {...this}; }}; o.x;")]
    [InlineData("var o = {f: () => o?.f?.()}; o.f();")]
    [InlineData("var o = {f(...a) { return this.f(...a); }}; o.f();")]
    [InlineData("var it = {[Symbol.iterator]: () => { const [a] = it; }}; [...it];")]
    [InlineData("function F(...a) { new F(...a); } new F();")]
    [InlineData("var f = (a = f()) => a; f();")]
    public async Task Endless_recursion_ends_the_script_only(string source)
    {
        var failure = await EndsAsync("\n\n" + source, " deep", TimeSpan.FromSeconds(20), runner: tight.Patient);
        failure.Message.ShouldStartWith("Service [Pump.Test] failed at line 3: ");
    }

    [Theory]
    [InlineData("var o = {}; for (;;) o = Object.create(o);")]
    [InlineData("function F() {} for (;;) { F.prototype = new F(); }")]
    [InlineData("var c = class {}; for (;;) c = class extends c {};")]
    [InlineData("var o = {}; for (;;) { var n = {}; Object.setPrototypeOf(n, o); o = n; }")]
    public Task A_long_chain_of_prototypes_is_refused(string source) => EndsAsync(source, "chain of prototypes", TimeSpan.FromSeconds(3));

    // Ends for its text's length or, where the machine is slow, for its time.
    [Fact]
    public Task A_join_of_300_million_holes_is_ended() => EndsAsync("new Array(3e8).join();", "at most", TimeSpan.FromSeconds(4), orTime: true);

    [Theory]
    [InlineData("[", "JSON")]
    [InlineData("{\"a\":", "JSON")]
    public Task Deep_JSON_is_refused(string level, string reason) =>
        EndsAsync($"JSON.parse('{level}'.repeat(200000));", reason, TimeSpan.FromSeconds(3));

    [Fact]
    public Task An_object_that_holds_itself_has_no_JSON() => EndsAsync("var o = {}; o.o = o; JSON.stringify(o);", "at most 64 levels", TimeSpan.FromSeconds(3));

    [Theory]
    [InlineData("var ", "[", "]", " = 1;")]
    [InlineData("var ", "{a: ", "b", "}", " = 1;")]
    [InlineData("var f = ", "x => ", "1", "", ";")]
    [InlineData("result = ", "[...", "[]", "]", ";")]
    [InlineData("result = ", "({...", "{}", "})", ";")]
    [InlineData("result = ", "a ?? (", "1", ")", ";")]
    [InlineData("result = ", "a?.[", "1", "]", ";")]
    [InlineData("result = a", "?.b", "", "", ";")]
    [InlineData("result = a", " ?? a", "", "", ";")]
    [InlineData("a = ", "a ??= ", "1", "", ";")]
    [InlineData("result = ", "`${", "1", "}`", ";")]
    [InlineData("", "for (const x of a) ", "1", "", ";")]
    public async Task Newer_syntax_that_is_nested_very_deep_is_refused_when_saved(string start, string open, string middle, string close, string? end = null)
    {
        // With four pieces the first of them is the innermost, too.
        (middle, close, end) = end is null ? ("", middle, close) : (middle, close, end);
        var source = start + string.Concat(Enumerable.Repeat(open, 20_000)) + middle + string.Concat(Enumerable.Repeat(close, 20_000)) + end;
        var watch = Stopwatch.StartNew();
        var refusal = await _scripts.FailAsync(source);
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(5));
        (await _scripts.RunAsync("result = 1;")).ShouldBe(Value.Number(1));
    }

    [Theory]
    [InlineData("eval('1');", "'eval' is not carried")]
    [InlineData("var e = eval;", "'eval' is not carried")]
    [InlineData("with (Math) abs(1);", "'with' is not carried")]
    [InlineData("$$c = 1e9;", "reserved")]
    [InlineData("var $$t = 1;", "reserved")]
    [InlineData("const {$$h} = {};", "reserved")]
    [InlineData("(($$_1) => $$_1)();", "reserved")]
    [InlineData("`${$$h.call}`;", "reserved")]
    [InlineData("[...eval];", "'eval' is not carried")]
    public async Task What_would_pass_the_guards_is_refused_when_saved(string source, string reason)
    {
        var refusal = await _scripts.FailAsync("var a;\n" + source);
        refusal.Code.ShouldBe(ErrorCode.BadRequest);
        refusal.Message.ShouldStartWith("Service [Pump.Test] at line 2: ");
        refusal.Message.ShouldContain(reason);
    }

    [Theory]
    [InlineData("Function('return 1')();")]
    [InlineData("new Function('return 1')();")]
    [InlineData("(function () {}).constructor('return 1')();")]
    [InlineData("Object.getPrototypeOf(function () {}).constructor('return 1')();")]
    [InlineData("[].map.constructor('return 1')();")]
    [InlineData("logger.info.constructor('return 1')();")]
    [InlineData("(class {}).constructor('return 1')();")]
    [InlineData("this['ev' + 'al']('1');")]
    public async Task Text_never_becomes_code(string source) =>
        (await _scripts.FailAsync(source)).Message.ShouldStartWith("Service [Pump.Test] failed at line 1: TypeError");

    [Theory]
    [InlineData("(", ")")]
    [InlineData("[", "]")]
    [InlineData("!", "")]
    [InlineData("-", "")]
    [InlineData("typeof ", "")]
    [InlineData("1+(", ")")]
    [InlineData("a?a:", "")]
    [InlineData("a=", "")]
    [InlineData("f(", ")")]
    [InlineData("function(){", "}")]
    [InlineData("'' in ", "")]
    [InlineData("new ", "")]
    [InlineData("x=>", "")]
    [InlineData("`${", "}`")]
    [InlineData("/'/,(", ")")]
    public async Task Source_that_is_nested_50_000_deep_is_refused(string open, string close)
    {
        var source = "var x = " + string.Concat(Enumerable.Repeat(open, 50_000)) + "1" + string.Concat(Enumerable.Repeat(close, 50_000));
        (await _scripts.FailAsync(source)).Code.ShouldBe(ErrorCode.BadRequest);
        await NextRunsAsync();
    }

    [Theory]
    [InlineData("{", "}")]
    [InlineData("if(a)", "")]
    [InlineData("if(a);else ", "")]
    [InlineData("for(;;)", "")]
    [InlineData("a:", "")]
    [InlineData("try{", "}finally{}")]
    [InlineData("function f(){", "}")]
    public async Task Statements_nested_50_000_deep_are_refused(string open, string close)
    {
        var source = string.Concat(Enumerable.Repeat(open, 50_000)) + ";" + string.Concat(Enumerable.Repeat(close, 50_000));
        (await _scripts.FailAsync(source)).Code.ShouldBe(ErrorCode.BadRequest);
        await NextRunsAsync();
    }

    [Theory]
    [InlineData("x", ".a")]
    [InlineData("x", "[0]")]
    [InlineData("x", "()")]
    [InlineData("1", "+a")]
    [InlineData("1", "*a")]
    [InlineData("1", "&&a")]
    [InlineData("1", ",a")]
    [InlineData("x", "`a`")]
    public async Task Long_chains_run_or_are_refused_but_do_not_end_the_process(string head, string link)
    {
        try
        {
            await _scripts.RunAsync("var x, a = 1; x = " + head + string.Concat(Enumerable.Repeat(link, 50_000)) + ";");
        }
        catch (PlatformException)
        {
        }

        await NextRunsAsync();
    }

    [Fact]
    public async Task Two_Things_that_call_each_other_end_at_the_depth_limit()
    {
        var host = new FakeHost();
        _scripts.AddService(host, "A", "Ping", "\nThings['B'].Pong();");
        _scripts.AddService(host, "B", "Pong", "try { Things['A'].Ping(); } catch (e) { }");
        var clock = Stopwatch.StartNew();
        var failure = await _scripts.FailAsync("Things['A'].Ping();", host);
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(10));
        failure.Message.ShouldContain("services call each other more than 32 deep");
        failure.Message.ShouldContain("called by [A.Ping] at line 2");
        failure.Message.Length.ShouldBeLessThan(400);
        await NextRunsAsync();
    }

    private async Task<PlatformException> EndsAsync(string source, string reason, TimeSpan within, bool orTime = false, ScriptRunner? runner = null)
    {
        var clock = Stopwatch.StartNew();
        var failure = await (runner ?? _scripts).FailAsync(source);
        clock.Stop();
        failure.Message.ShouldStartWith("Service [Pump.Test] failed at line ");
        if (!orTime || !failure.Message.Contains("ran longer", StringComparison.Ordinal))
            failure.Message.ShouldContain(reason);
        clock.Elapsed.ShouldBeLessThan(within);
        await NextRunsAsync();
        return failure;
    }

    // The highest heap of the process, looked at every few milliseconds.
    private sealed class MemoryPeak
    {
        private readonly CancellationTokenSource _stopping = new();
        private readonly Task<long> _watching;

        public MemoryPeak() => _watching = Task.Run(async () =>
        {
            long peak = 0;
            while (!_stopping.IsCancellationRequested)
            {
                peak = Math.Max(peak, GC.GetTotalMemory(forceFullCollection: false));
                await Task.Delay(5);
            }

            return peak;
        });

        public long Stop()
        {
            _stopping.Cancel();
            return _watching.GetAwaiter().GetResult();
        }
    }

    private async Task NextRunsAsync() => (await _scripts.RunAsync("result = [1, 2, 3].join();")).ShouldBe(Value.String("1,2,3"));
}
