using System.Runtime.CompilerServices;
using Shouldly;
using Xunit;

namespace Hansa.Model.Tests;

public sealed class ValueTests
{
    [Fact]
    public void A_value_takes_16_bytes() => Unsafe.SizeOf<Value>().ShouldBe(16);

    [Fact]
    public void The_default_is_null()
    {
        default(Value).IsNull.ShouldBeTrue();
        Value.Null.BaseType.ShouldBe(BaseType.NOTHING);
        Value.String(null).ShouldBe(Value.Null);
        Value.Null.ToString().ShouldBe("");
    }

    [Fact]
    public void Equality_is_of_type_and_content()
    {
        Value.Integer(1).ShouldNotBe(Value.Long(1));
        Value.String("a").ShouldNotBe(Value.Text("a", BaseType.GUID));
        Value.Bytes([1, 2]).ShouldBe(Value.Bytes([1, 2]));
        Value.Bytes([1, 2]).GetHashCode().ShouldBe(Value.Bytes([1, 2]).GetHashCode());
        Value.Bytes([1]).ShouldNotBe(Value.Bytes([1], BaseType.IMAGE));
        Value.Location(new(1, 2, 3)).ShouldBe(Value.Location(new(1, 2, 3)));
        Value.Number(double.NaN).ShouldBe(Value.Number(BitConverter.UInt64BitsToDouble(0x7ff8_0000_0000_0001)));
        Value.Boolean(false).ShouldNotBe(Value.Null);
    }

    [Fact]
    public void Text_forms_are_those_of_the_platform()
    {
        Value.Boolean(true).ToString().ShouldBe("true");
        Value.Number(1.5).ToString().ShouldBe("1.5");
        Value.DateTime(1_700_000_000_123).ToString().ShouldBe("2023-11-14T22:13:20.123Z");
        Value.ThingCode(-3, 7).ToString().ShouldBe("-3:7");
        Value.Vector(new(1, 2.5, 3, 0), BaseType.VEC3).ToString().ShouldBe("1,2.5,3");
        Value.Location(new(Longitude: 13.4, Latitude: 52.5, Elevation: 34)).ToString().ShouldBe("52.5:13.4:34");
        Value.Bytes([1, 2, 3]).ToString().ShouldBe("AQID");
    }

    [Fact]
    public void Of_10000_rows_of_12_numbers_no_cell_is_an_object()
    {
        var shape = DataShape.Of([.. Enumerable.Range(0, 12).Select(i => ($"f{i}", BaseType.NUMBER))]);
        Fill(shape, 10);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var table = Fill(shape, 10_000);

        var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
        table.RowCount.ShouldBe(10_000);
        // 16 bytes a cell, and a page that is not full.
        bytes.ShouldBeLessThan((10_000 * 12 * 16) + 120_000);
    }

    [Fact]
    public void A_cell_is_found_by_row_and_field()
    {
        var table = Fill(DataShape.Of(("a", BaseType.NUMBER), ("b", BaseType.NUMBER)), 5_000);

        table[4_999, "b"].ShouldBe(Value.Number(4_999));
        table[0, "nix"].IsNull.ShouldBeTrue();
        Should.Throw<ArgumentOutOfRangeException>(() => table[5_000, 0]);
    }

    private static InfoTable Fill(DataShape shape, int rows)
    {
        var builder = new InfoTable.Builder(shape);
        for (var i = 0; i < rows; i++)
            builder.AddRow().Fill(Value.Number(i));
        return builder.Build();
    }
}
