using Hansa.Model;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.Scripts;

/// <summary>The built-ins that are written anew do what the standard says.</summary>
public sealed class BuiltInTests(ScriptRunner scripts) : IClassFixture<ScriptRunner>
{
    [Theory]
    [InlineData("[3, 1, 2].sort()", "1,2,3")]
    [InlineData("[3, 1, 10, 2].sort()", "1,10,2,3")]
    [InlineData("[3, 1, 10, 2].sort(function (a, b) { return b - a; })", "10,3,2,1")]
    [InlineData("[3, undefined, 1].sort()", "1,3,")]
    [InlineData("[1, 2, 3].concat(4, [5, [6]])", "1,2,3,4,5,6")]
    [InlineData("[1, 2, 3, 4].slice(1, -1)", "2,3")]
    [InlineData("var a = [1, 2, 3, 4]; a.splice(1, 2, 'x') + '|' + a", "2,3|1,x,4")]
    [InlineData("var o = {length: 3, 0: 'a', 1: 'b', 2: 'c'}; Array.prototype.splice.call(o, 1, 1) + '|' + o.length + o[1]", "b|2c")]
    [InlineData("var a = [1, 2]; a.unshift(0) + '|' + a.shift() + '|' + a", "3|0|1,2")]
    [InlineData("[1, 2, 3].reverse()", "3,2,1")]
    [InlineData("[1, 2, 3].indexOf(2) + ',' + [1].indexOf(9) + ',' + [1, 2, 1].lastIndexOf(1)", "1,-1,2")]
    [InlineData("[1, NaN].includes(NaN)", "true")]
    [InlineData("[1, 2, 3].reduce(function (a, b) { return a + b; })", "6")]
    [InlineData("[1, 2, 3].reduceRight(function (a, b) { return a + '' + b; }, '')", "321")]
    [InlineData("[1, 2, 3].some(function (x) { return x > 2; }) + ',' + [1, 2].every(function (x) { return x > 1; })", "true,false")]
    [InlineData("[1, 2, 3].find(function (x) { return x > 1; }) + ',' + [1].findIndex(function (x) { return x > 1; })", "2,-1")]
    [InlineData("[1, 2, 3].fill(0, 1)", "1,0,0")]
    [InlineData("[1, 2, 3, 4, 5].copyWithin(0, 3)", "4,5,3,4,5")]
    [InlineData("[[1], [2, [3]]].flat()", "1,2,3")]
    [InlineData("[1, 2].flatMap(function (x) { return [x, x]; })", "1,1,2,2")]
    [InlineData("[1, , 3].map(function (x) { return x * 2; })", "2,,6")]
    [InlineData("[1, null, undefined, 'a'].join('-')", "1---a")]
    [InlineData("var a = [1]; a.push(a); a.join()", "1,")]
    [InlineData("Array.from('abc').join('-')", "a-b-c")]
    [InlineData("Array.from({length: 3}, function (v, i) { return i; })", "0,1,2")]
    [InlineData("Array.from(new Set([1, 1, 2]))", "1,2")]
    [InlineData("'ab'.repeat(3) + 'x'.repeat(0)", "ababab")]
    [InlineData("'5'.padStart(3, '0') + '5'.padEnd(3)", "0055  ")]
    [InlineData("'a,b,,c'.split(',').length", "4")]
    [InlineData("'abc'.split('').join('-')", "a-b-c")]
    [InlineData("'a1b22c'.split(/[0-9]+/)", "a,b,c")]
    [InlineData("'a1b'.split(/([0-9])/)", "a,1,b")]
    [InlineData("'abc'.split(/(?:)/)", "a,b,c")]
    [InlineData("'a,b,c'.split(',', 2)", "a,b")]
    [InlineData("'aXbX'.replace('X', '-')", "a-bX")]
    [InlineData("'aXbX'.replace(/X/g, '-')", "a-b-")]
    [InlineData("'aXbX'.replaceAll('X', '-')", "a-b-")]
    [InlineData("'john smith'.replace(/(\\w+) (\\w+)/, '$2 $1 $& $$')", "smith john john smith $")]
    [InlineData("'aXb'.replace('X', \"[$`|$']\")", "a[a|b]b")]
    [InlineData("'a1b2'.replace(/[0-9]/g, function (d, at) { return d * 2 + '@' + at; })", "a2@1b4@3")]
    [InlineData("'abc'.replace(/(?:)/g, '-')", "-a-b-c-")]
    [InlineData("'a1b2'.match(/[0-9]/g)", "1,2")]
    [InlineData("'a1b2'.match(/([a-z])([0-9])/)[2] + 'x'.match(/y/g)", "1null")]
    [InlineData("'abc'.search(/c/) + ',' + 'abc'.search('x')", "2,-1")]
    [InlineData("/b/.test('abc') + '' + /(b)/.exec('abc')[1]", "trueb")]
    [InlineData("Object.keys(Object.freeze({a: 1, b: 2}))", "a,b")]
    [InlineData("var o = Object.freeze({a: 1}); o.a = 2; o.b = 3; o.a + '' + o.b", "1undefined")]
    [InlineData("Object.isFrozen(Object.freeze({a: 1}))", "true")]
    [InlineData("Object.create({a: 1}, {b: {value: 2}}).a", "1")]
    [InlineData("Object.assign({}, {a: 1}).a", "1")]
    [InlineData("(function () { return this.x; }).bind({x: 5})()", "5")]
    [InlineData("function F(a) { this.a = a; } var G = F.bind(null, 7); new G().a", "7")]
    [InlineData("Math.max.apply(null, [1, 3, 2])", "3")]
    [InlineData("(/a/ instanceof RegExp) + '' + (function () {} instanceof Function) + RegExp('b').source", "truetrueb")]
    [InlineData("Number('12') + Number.MAX_SAFE_INTEGER * 0 + parseInt('7px', 10) + parseFloat('0.5')", "19.5")]
    [InlineData("new Date(2020, 0, 1).getFullYear() + Date.UTC(1970, 0, 1)", "2020")]
    [InlineData("var o = {n: 1, m: '4'}; var a = o.n++; var b = ++o.n; o.m *= 3; o.m -= '2'; o.m <<= 1; o['n']--; [a, b, o.m, o.n]", "1,3,20,2")]
    [InlineData("var x = '5'; x++; x -= '1'; var y = x++ + ++x; [x, y, -'3', +'4' * '2', '10' > '9', '10' > 9]", "7,12,-3,8,false,true")]
    [InlineData("var i = 0, a = []; a[i++] = i; a[i++] = i; a.concat(i)", "1,2,2")]
    [InlineData("[new Date(5) - new Date(3), new Date(5) > new Date(3), '5' == 5, null == undefined, ({}) == '[object Object]', [1] == 1]", "2,true,true,true,true,true")]
    [InlineData("var f = function (x) { return x, x + 1; }, g = x => (x, x * 2); f(1) + ',' + g(3)", "2,6")]
    [InlineData("encodeURIComponent('a b&') + decodeURIComponent('%20')", "a%20b%26 ")]
    [InlineData("'ABC'.toLowerCase() + 'abc'.substring(1, 2) + 'abc'.charAt(0) + ' x '.trim()", "abcbax")]
    public async Task A_built_in_gives_what_it_should(string expression, string expected)
    {
        var split = expression.LastIndexOf("; ", StringComparison.Ordinal) + 1;
        if (split == 1 || expression[split..].Count(c => c == '}') != expression[split..].Count(c => c == '{'))
            split = 0;
        (await scripts.RunAsync($"{expression[..split]} result = '' + ({expression[split..]});")).ShouldBe(Value.String(expected));
    }
}
