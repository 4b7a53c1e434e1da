using FsCheck;
using FsCheck.Fluent;
using Shouldly;
using Xunit;

namespace Hansa.Model.Tests;

public sealed class ValueOrderTests
{
    private static readonly Gen<Value> Any = FsCheck.Fluent.Gen.Frequency(
        (1, FsCheck.Fluent.Gen.Constant(default(Value))), (9, Gen.Type.Where(type => type != BaseType.INFOTABLE).SelectMany(type => Gen.Value(type))));

    [Fact]
    public void The_order_is_the_same_from_both_sides() => Prop.ForAll(Any.Two().ToArbitrary(), pair =>
        Math.Sign(ValueOrder.Compare(pair.Item1, pair.Item2)) == -Math.Sign(ValueOrder.Compare(pair.Item2, pair.Item1))
        && ValueOrder.Compare(pair.Item1, pair.Item1) == 0).QuickCheckThrowOnFailure();

    [Fact]
    public void The_order_has_no_circles() => Prop.ForAll(Any.Three().ToArbitrary(), three =>
    {
        Value[] values = [three.Item1, three.Item2, three.Item3];
        Array.Sort(values, (a, b) => ValueOrder.Compare(a, b));
        return ValueOrder.Compare(values[0], values[1]) <= 0 && ValueOrder.Compare(values[1], values[2]) <= 0 && ValueOrder.Compare(values[0], values[2]) <= 0;
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Texts_have_the_order_of_their_code_points()
    {
        ValueOrder.CompareTexts("\uffff", "😀", isCaseSensitive: true).ShouldBeLessThan(0);
        ValueOrder.CompareTexts("a", "B", isCaseSensitive: true).ShouldBeGreaterThan(0);
        ValueOrder.CompareTexts("a", "B", isCaseSensitive: false).ShouldBeLessThan(0);
        ValueOrder.CompareTexts("a", "ab", isCaseSensitive: true).ShouldBeLessThan(0);
    }

    [Fact]
    public void Longs_and_numbers_compare_exactly()
    {
        ValueOrder.Compare(Value.Long((1L << 53) + 1), Value.Number(1L << 53)).ShouldBeGreaterThan(0);
        ValueOrder.Compare(Value.Long(long.MaxValue), Value.Number(9.3e18)).ShouldBeLessThan(0);
        ValueOrder.Compare(Value.Integer(1), Value.Boolean(true)).ShouldBe(0);
        ValueOrder.Compare(Value.Number(double.NaN), Value.Long(long.MaxValue)).ShouldBeGreaterThan(0);
    }
}
