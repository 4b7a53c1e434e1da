using Hansa.Model;
using Hansa.Storage.TestKit;
using Shouldly;
using Xunit;

namespace Hansa.Storage.Sqlite.Tests;

public sealed class ValueEncodingTests
{
    public static TheoryData<BaseType> Types => [.. BaseTypes.All];

    [Theory, MemberData(nameof(Types))]
    public void A_value_of_any_type_reads_back(BaseType type)
    {
        var random = new Generator((int)type);
        for (var i = 0; i < 300; i++)
        {
            var value = type == BaseType.NOTHING ? default : random.Value(type);
            ValueEncoding.Read(ValueEncoding.ToBytes(value)).ShouldBe(value);
        }
    }

    [Fact]
    public void A_table_keeps_its_shape_name_ordinals_aspects_and_mistyped_cells()
    {
        var aspects = Aspects.Of(("isPrimaryKey", Value.Boolean(true)), ("defaultValue", Value.Long(long.MaxValue)), ("own", Value.Table(InfoTable.Result(Value.Null, BaseType.NOTHING))));
        var shape = new DataShape([new("a", BaseType.NUMBER, "with text", 7) { Aspects = aspects }, new("", BaseType.VARIANT, Ordinal: -1)], "Named");
        var table = new InfoTable.Builder(shape).Add(Value.String("no number"), Value.Number(-0.0)).Add().Build();

        var read = ValueEncoding.Read(ValueEncoding.ToBytes(Value.Table(table))).AsTable()!;

        read.ShouldBe(table);
        read.Shape.Name.ShouldBe("Named");
        double.IsNegative(read[0, 1].AsNumber()).ShouldBeTrue();
    }

    [Fact]
    public void A_table_without_fields_keeps_its_rows() =>
        ValueEncoding.Read(ValueEncoding.ToBytes(Value.Table(new InfoTable.Builder(DataShape.Empty).Add().Add().Build()))).AsTable()!.RowCount.ShouldBe(2);

    [Fact]
    public void A_lone_surrogate_becomes_the_replacement_character() =>
        ValueEncoding.Read(ValueEncoding.ToBytes(Value.String("a\ud800b"))).AsText().ShouldBe("a\ufffdb");

    [Fact]
    public void Layout_stays_as_it_is()
    {
        Convert.ToHexString(ValueEncoding.ToBytes(Value.Number(1.5))).ShouldBe("0101000000000000F83F");
        Convert.ToHexString(ValueEncoding.ToBytes(Value.Integer(-2))).ShouldBe("011603");
        Convert.ToHexString(ValueEncoding.ToBytes(Value.String("ä"))).ShouldBe("010002C3A4");
        Convert.ToHexString(ValueEncoding.ToBytes(Value.Table(InfoTable.Result(Value.Boolean(true), BaseType.BOOLEAN)))).ShouldBe("0105000106726573756C740200000001" + "0201");
    }

    [Fact]
    public void Bytes_that_end_early_or_go_on_are_refused()
    {
        var random = new Generator(3);
        for (var i = 0; i < 200; i++)
        {
            var bytes = ValueEncoding.ToBytes(random.Value(BaseType.INFOTABLE));
            for (var length = 0; length < bytes.Length; length++)
                Should.Throw<InvalidDataException>(() => ValueEncoding.Read(bytes.AsSpan(0, length)));
            Should.Throw<InvalidDataException>(() => ValueEncoding.Read([.. bytes, 0]));
        }
    }

    [Fact]
    public void Damaged_bytes_give_a_value_or_a_clear_refusal_and_nothing_else()
    {
        var random = new Generator(4);
        for (var i = 0; i < 20_000; i++)
        {
            var bytes = ValueEncoding.ToBytes(random.Value(BaseType.VARIANT));
            for (var hits = random.Next(4); hits >= 0; hits--)
                bytes[random.Next(bytes.Length)] = (byte)random.Next(256);
            try
            {
                ValueEncoding.Read(bytes);
            }
            catch (InvalidDataException e)
            {
                e.Message.ShouldStartWith("The stored value is ");
            }
        }
    }

    [Fact]
    public void Nesting_is_bounded_both_ways()
    {
        var value = Value.Null;
        for (var i = 0; i < 64; i++)
            value = Value.Table(InfoTable.Result(value, BaseType.VARIANT));
        ValueEncoding.Read(ValueEncoding.ToBytes(value)).ShouldBe(value);

        Should.Throw<PlatformException>(() => ValueEncoding.ToBytes(Value.Table(InfoTable.Result(value, BaseType.VARIANT)))).Code.ShouldBe(ErrorCode.BadRequest);
        byte[] level = [5, 0, 1, 1, (byte)'a', 18, 0, 0, 0, 1];
        var bomb = Enumerable.Repeat(level, 100_000).SelectMany(bytes => bytes).Prepend((byte)1).ToArray();
        Should.Throw<InvalidDataException>(() => ValueEncoding.Read(bomb)).Message.ShouldContain("nested");
    }

    [Fact]
    public void Sort_keys_have_the_order_of_values()
    {
        var random = new Generator(5);
        for (var i = 0; i < 50_000; i++)
        {
            var (left, right, isCaseSensitive) = (random.ValueOrNull(BaseType.VARIANT), random.ValueOrNull(BaseType.VARIANT), random.Next(2) == 0);
            var keys = SortKey.Of(left, isCaseSensitive).AsSpan().SequenceCompareTo(SortKey.Of(right, isCaseSensitive));
            Math.Sign(keys).ShouldBe(Math.Sign(ValueOrder.Compare(left, right, isCaseSensitive)), $"{left.BaseType} {left} and {right.BaseType} {right}");
        }
    }
}
