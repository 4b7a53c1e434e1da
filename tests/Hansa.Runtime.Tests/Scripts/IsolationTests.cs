using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

/// <summary>Nothing that one script does to built-ins or globals is seen by the next, though both run in one engine.</summary>
public sealed class IsolationTests(ScriptRunner scripts) : IClassFixture<ScriptRunner>
{
    // One call at a time: the next script gets the engine of the last, where that is still fit.
    private readonly ScriptRunner _scripts = scripts;

    [Theory]
    [InlineData("Array.prototype.x = 1;", "typeof [].x", "undefined")]
    [InlineData("Object.prototype.x = 1;", "typeof ({}).x", "undefined")]
    [InlineData("Math.floor = function () { return 99; };", "Math.floor(1.5)", "1")]
    [InlineData("Math = {floor: 1};", "Math.floor(1.5)", "1")]
    [InlineData("this.Math = null;", "Math.floor(1.5)", "1")]
    [InlineData("delete this.Math; delete Math.floor;", "Math.floor(1.5)", "1")]
    [InlineData("JSON.parse = 5; JSON.x = 5;", "typeof JSON.parse + typeof JSON.x", "functionundefined")]
    [InlineData("String.prototype.trim = function () { return 'stolen'; };", "' a '.trim()", "a")]
    [InlineData("Array.prototype.push = function () { };", "var a = []; a.push(1); a.length", "1")]
    [InlineData("[].__proto__.x = 1; ({}).__proto__ = {x: 1};", "typeof [].x", "undefined")]
    [InlineData("Object.getPrototypeOf([]).x = 1;", "typeof [].x", "undefined")]
    [InlineData("[].constructor.prototype.x = 1; [].constructor.x = 1;", "typeof [].x + typeof Array.x", "undefinedundefined")]
    [InlineData("Object.defineProperty(Array.prototype, 'x', {value: 1});", "typeof [].x", "undefined")]
    [InlineData("Object.defineProperty(Array.prototype, 'push', {value: 1});", "typeof [].push", "function")]
    [InlineData("Object.defineProperty(this, 'x', {value: 1});", "typeof x", "undefined")]
    [InlineData("Object.setPrototypeOf(Array.prototype, {x: 1});", "typeof [].x", "undefined")]
    [InlineData("Object.setPrototypeOf(Object.prototype, {x: 1});", "typeof [].x", "undefined")]
    [InlineData("Object.setPrototypeOf(this, {x: 1});", "typeof x", "undefined")]
    [InlineData("Object.setPrototypeOf(Things, {x: 1});", "typeof Things.x", "object")]
    [InlineData("Object.setPrototypeOf(logger, {x: 1}); logger.info = 1;", "typeof logger.x + typeof logger.info", "undefinedfunction")]
    [InlineData("Object.freeze(this);", "(function () { y = 1; return y; })()", "1")]
    [InlineData("Object.preventExtensions(this); Object.freeze(Object);", "(function () { this.y = 1; return this.y; })()", "1")]
    [InlineData("(function () {}).constructor.prototype.x = 1;", "typeof (function () {}).x", "undefined")]
    [InlineData("new Map()[Symbol.iterator]().__proto__ = 1; Object.getPrototypeOf(new Map()[Symbol.iterator]()).x = 1;", "typeof new Map()[Symbol.iterator]().x", "undefined")]
    [InlineData("Object.getPrototypeOf([][Symbol.iterator]()).next = null;", "var n = 0; for (var x of [1, 2]) n += x; n", "3")]
    [InlineData("Error.prototype.name = 'x'; TypeError.prototype.message = 'x';", "new Error('a') + '' + new TypeError()", "Error: aTypeError")]
    [InlineData("Date.prototype.getTime = null; Date.now = null;", "new Date(5).getTime() + typeof Date.now", "5function")]
    [InlineData("me = 1; principal = 'root';", "typeof me + principal", "objectalice")]
    [InlineData("this.me = 1;", "typeof me", "object")]
    [InlineData("undeclared = 1;", "typeof undeclared", "undefined")]
    [InlineData("(function () { undeclared = 1; })();", "typeof undeclared", "undefined")]
    [InlineData("(function () { this.x = 1; })();", "typeof x", "undefined")]
    [InlineData("this.x = 1;", "typeof x", "undefined")]
    [InlineData("function f() { var x; } x = 5; f();", "typeof x", "undefined")]
    [InlineData("/(secret)/.exec('my secret');", "typeof RegExp.$1 + typeof RegExp.lastMatch + typeof /x/.constructor.$1", "undefinedundefinedundefined")]
    [InlineData("Symbol.x = 1; Symbol.iterator.x = 1;", "typeof Symbol.x + typeof Symbol.iterator.x", "undefinedundefined")]
    [InlineData("[].map.x = 1; [].push.call.x = 1;", "typeof [].map.x + typeof [].push.call.x", "undefinedundefined")]
    [InlineData("[].map.prototype && ([].map.prototype.x = 1);", "[].map.prototype ? typeof [].map.prototype.x : 'undefined'", "undefined")]
    [InlineData("arguments.callee.x = 1; arguments[0] = 5;", "typeof arguments.callee.x", "undefined")]
    public async Task What_one_script_changes_the_next_does_not_see(string change, string look, string expected)
    {
        try
        {
            await _scripts.RunAsync(change);
        }
        catch (PlatformException)
        {
            // Refused is as good as forgotten.
        }

        var split = look.LastIndexOf("; ", StringComparison.Ordinal) + 1;
        if (split == 1 || look[split..].Contains('}'))
            split = 0;
        (await _scripts.RunAsync($"{look[..split]} result = '' + ({look[split..]});")).ShouldBe(Value.String(expected));
    }

    [Fact]
    public async Task An_engine_is_used_again_after_a_clean_script_and_thrown_away_after_an_untidy_one()
    {
        await _scripts.RunAsync("undeclared = 1; var a = [1]; result = a;");
        _scripts.Engine.PooledEngines.ShouldBe(1);
        await _scripts.RunAsync("this.x = 1;");
        _scripts.Engine.PooledEngines.ShouldBe(0);
        await _scripts.RunAsync("result = 1;");
        _scripts.Engine.PooledEngines.ShouldBe(1);
    }

    [Fact]
    public async Task A_script_that_throws_leaves_its_engine_fit_a_limit_does_not()
    {
        await _scripts.RunAsync("result = 1;");
        await _scripts.FailAsync("throw new Error('x');");
        _scripts.Engine.PooledEngines.ShouldBe(1);
        await _scripts.FailAsync("function f() { f(); } f();");
        _scripts.Engine.PooledEngines.ShouldBe(0);
    }

    [Fact]
    public async Task An_error_object_of_a_call_does_not_outlive_it()
    {
        var host = new FakeHost { Properties = { [("Pump", "secret")] = default } };
        (await _scripts.FailAsync("me.secret;", host)).Code.ShouldBe(ErrorCode.Forbidden);
        (await _scripts.FailAsync("throw new Error('other');", host)).Code.ShouldBe(ErrorCode.ScriptFailed);
    }
}
