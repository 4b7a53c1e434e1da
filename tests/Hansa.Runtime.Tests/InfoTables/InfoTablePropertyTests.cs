using FsCheck;
using FsCheck.Fluent;
using Hansa.Model;
using Hansa.Runtime.Tests.Support;
using Shouldly;
using Xunit;

namespace Hansa.Runtime.Tests.InfoTables;

/// <summary>Functions against what a few lines of LINQ give, which look at each pair of rows.</summary>
public sealed class InfoTablePropertyTests(InfoTablePlatform platform) : IClassFixture<InfoTablePlatform>
{
    // Few values, so that many are equal; among them those whose equality is not that of their bits.
    private static readonly Gen<Value> Key = Gen.Elements(
        Value.Null, Value.Number(0), Value.Number(-0.0), Value.Number(double.NaN), Value.Integer(1), Value.Number(1), Value.Long((1L << 53) + 1),
        Value.Number(1L << 53), Value.Boolean(true), Value.String(""), Value.String("1"), Value.Text("1", BaseType.THINGNAME), Value.Location(new(0.0, -0.0, 0)), Value.Location(new(-0.0, 0, 0)));

    private static readonly Gen<InfoTable> Table =
        from rows in (from key in Key from number in Gen.Choose(-3, 3) select new object?[] { key, number == 3 ? null : (double)number }).ListOf().Resize(30)
        select Tables.Of([("k", BaseType.VARIANT), ("v", BaseType.NUMBER)], [.. rows]);

    [Fact]
    public void Distinct_gives_each_value_that_no_row_before_has() => Holds(async table =>
        Cells(await platform.CallAsync("Distinct", ("t", table), ("columns", "k"))).ShouldBe(
            Cells(table).Where((row, i) => !Cells(table).Take(i).Any(before => Same(before[0], row[0]))).Select(row => new[] { row[0] })));

    [Fact]
    public void Aggregates_are_those_of_the_rows_with_the_same_key() => Holds(async table =>
    {
        var expected = Cells(table).Where((row, i) => !Cells(table).Take(i).Any(before => Same(before[0], row[0]))).Select(row =>
        {
            var values = Cells(table).Where(other => Same(other[0], row[0]) && !other[1].IsNull).Select(other => other[1].AsNumber()).ToList();
            return new[]
            {
                row[0], Value.Integer(values.Count), Number(values, values.Sum), Number(values, values.Min), Number(values, values.Max), Number(values, values.Average),
            };
        });
        Cells(await platform.CallAsync("Aggregate", ("t", table), ("columns", "v,v,v,v,v"), ("aggregates", "COUNT,SUM,MIN,MAX,AVERAGE"), ("groupByColumns", "k"))).ShouldBe(expected);
    });

    [Fact]
    public void Union_gives_one_table_behind_the_other() => Holds(async (left, right) =>
        Cells(await platform.CallAsync("Union", ("t1", left), ("t2", right))).ShouldBe(Cells(left).Concat(Cells(right))));

    [Fact]
    public void Intersect_gives_each_pair_of_rows_with_the_same_key() => Holds(async (left, right) =>
    {
        foreach (var (type, keepsLeft, keepsRight) in new[] { ("INNER", false, false), ("LEFT", true, false), ("RIGHT", false, true), ("FULL", true, true) })
        {
            var expected = Cells(left).SelectMany(row => Cells(right).Where(other => Joins(row[0], other[0])).Select(other => new[] { row[0], row[1], other[1] })
                    .DefaultIfEmpty([row[0], row[1], Value.Null]).Where(joined => keepsLeft || Cells(right).Any(other => Joins(joined[0], other[0]))))
                .Concat(Cells(right).Where(other => keepsRight && !Cells(left).Any(row => Joins(row[0], other[0]))).Select(other => new[] { other[0], Value.Null, other[1] }));
            Cells(await platform.CallAsync("Intersect", ("t1", left), ("t2", (await platform.CallAsync("RenameField", ("t", right), ("from", "v"), ("to", "w")))),
                ("joinColumns1", "k"), ("joinColumns2", "k"), ("joinType", type))).ShouldBe(expected);
        }
    });

    [Fact]
    public void Sort_is_stable() => Holds(async table =>
    {
        var numbered = Tables.Of([("k", BaseType.VARIANT), ("i", BaseType.INTEGER)], [.. Cells(table).Select((row, i) => new object?[] { row[0], i })]);
        Cells(await platform.CallAsync("Sort", ("t", numbered), ("sortColumn", "k"))).ShouldBe(
            Cells(numbered).OrderBy(row => row[0], Comparer<Value>.Create((a, b) => ValueOrder.Compare(a, b))));
        Cells(await platform.CallAsync("Sort", ("t", numbered), ("sortColumn", "k"), ("ascending", false))).ShouldBe(
            Cells(numbered).OrderByDescending(row => row[0], Comparer<Value>.Create((a, b) => ValueOrder.Compare(a, b))));
    });

    [Fact]
    public void Equal_values_have_equal_hashes() => Check.One(Config.QuickThrowOnFailure, Prop.ForAll(Key.Two().ToArbitrary(), pair =>
    {
        ValueEquality.Instance.Equals(pair.Item1, pair.Item2).ShouldBe(Same(pair.Item1, pair.Item2));
        if (Same(pair.Item1, pair.Item2))
            ValueEquality.Instance.GetHashCode(pair.Item1).ShouldBe(ValueEquality.Instance.GetHashCode(pair.Item2));
    }));

    private static void Holds(Func<InfoTable, Task> property) => Check.One(
        Config.QuickThrowOnFailure, Prop.ForAll(Table.ToArbitrary(), table => property(table).GetAwaiter().GetResult()));

    private static void Holds(Func<InfoTable, InfoTable, Task> property) => Check.One(
        Config.QuickThrowOnFailure, Prop.ForAll(Table.Two().ToArbitrary(), pair => property(pair.Item1, pair.Item2).GetAwaiter().GetResult()));

    private static bool Same(Value left, Value right) => ValueOrder.Compare(left, right) == 0;

    private static bool Joins(Value left, Value right) => !left.IsNull && Same(left, right);

    private static Value Number(List<double> values, Func<double> make) => values.Count == 0 ? Value.Null : Value.Number(make());

    private static List<Value[]> Cells(InfoTable table) => [.. Enumerable.Range(0, table.RowCount).Select(row => table.Row(row).ToArray())];
}
