using System.Diagnostics;
using Hansa.AlwaysOn.Fuzz;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Wire;

/// <summary>Bytes made to hurt: each ends in a <see cref="WireFormatException"/>, soon and without much memory.</summary>
public class HostileInputTests
{
    public static TheoryData<string, byte[]> Bodies => new()
    {
        { "a string of 2 GB", [0x0a, 0xff, 0xff, 0xff, 0xff] },
        { "a BLOB of 4 GB", Table([1, 1, 0x61, 0, 21, 0, 0, 0, 1, 0, 1, 21, 0xff, 0xff, 0xff, 0xff]) },
        { "65,535 values in a row that has none", Table([1, 1, 0x61, 0, 0, 0, 0, 0, 1, 0xff, 0xff]) },
        { "65,535 aspects", Table([1, 1, 0x61, 0, 0, 0xff, 0xff, .. new byte[200_000]]) },
        { "tables in tables", Table([.. Enumerable.Range(0, 10_000).SelectMany(_ => new byte[] { 1, 1, 0x61, 0, 5, 0, 0, 0, 1, 0, 1, 5 })]) },
        { "variants in variants", Table([1, 1, 0x61, 0, 18, 0, 0, 0, 1, 0, 1, .. Enumerable.Repeat((byte)18, 100_000)]) },
        { "rows of nothing under many fields", Table(
        [
            .. Enumerable.Range(0, 5000).SelectMany(i => new byte[] { 1, 4, (byte)('0' + (i / 1000)), (byte)('0' + (i / 100 % 10)), (byte)('0' + (i / 10 % 10)), (byte)('0' + (i % 10)), 0, 0, 0, 0 }),
            0,
            .. Enumerable.Range(0, 100_000).SelectMany(_ => new byte[] { 1, 0, 0 }),
        ]) },
        { "two fields of one name", Table([1, 1, 0x61, 0, 0, 0, 0, 1, 1, 0x61, 0, 0, 0, 0, 0, 0]) },
        { "an unknown base type", Table([1, 1, 0x61, 0, 19, 0, 0, 0, 0]) },
        { "a name that is not UTF-8", [0x0a, 2, 0xc3, 0x28, 2, 1, 0x61, 0, 0xff] },
        { "a marker of 2", Table([2]) },
        { "more values than fields", Table([1, 1, 0x61, 0, 0, 0, 0, 0, 1, 0, 2, 0xff, 0xff, 0]) },
    };

    [Theory, MemberData(nameof(Bodies), DisableDiscoveryEnumeration = true)]
    public void A_hostile_body_is_refused_soon_and_cheaply(string what, byte[] body)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var watch = Stopwatch.StartNew();
        Should.Throw<WireFormatException>(() => Wiring.ReadBody((byte)Method.Post, body), what).Message.ShouldContain("byte");
        watch.ElapsedMilliseconds.ShouldBeLessThan(500);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(64 << 20);
    }

    [Fact]
    public void Sixty_four_tables_in_one_another_are_read_and_written()
    {
        var table = InfoTable.Result(Value.Number(1), BaseType.NUMBER);
        for (var i = 1; i < WireReader.MaxDepth; i++)
            table = InfoTable.Result(Value.Table(table), BaseType.INFOTABLE);
        Wiring.ReadTable(Wiring.WriteTable(table)).ShouldBe(table);
        var deeper = InfoTable.Result(Value.Table(table), BaseType.INFOTABLE);
        Should.Throw<PlatformException>(() => Wiring.WriteTable(deeper)).Message.ShouldContain("64");
    }

    [Fact]
    public void A_bad_letter_in_a_reading_costs_the_letter_and_no_more() =>
        Wiring.ReadValue([0, 3, 0x61, 0xe9, 0x62]).ShouldBe(Value.String("a\uFFFDb"));

    [Fact]
    public void End_markers_that_a_long_name_has_pushed_out_are_taken_as_present()
    {
        var request = new RequestMessage(Method.Post, EntityKind.Things, new string('N', 130), Characteristic.Services, "S", InfoTable.Empty);
        var body = Wiring.WriteBody(request);
        Wiring.ReadBody((byte)Method.Post, body.AsSpan(0, body.Length - 2)).ShouldSay(request);
        var bare = Wiring.WriteBody(request with { Parameters = null });
        Wiring.ReadBody((byte)Method.Post, bare.AsSpan(0, bare.Length - 2)).ShouldSay(request with { Parameters = null });
        var fine = Wiring.WriteBody(request with { Entity = "N" });
        Should.Throw<WireFormatException>(() => Wiring.ReadBody((byte)Method.Post, fine.AsSpan(0, fine.Length - 2)));
    }

    [Fact]
    public void A_known_shape_is_never_taken_for_a_longer_one()
    {
        var one = InfoTable.Single(("shared", BaseType.STRING, Value.String("1")));
        var two = InfoTable.Single(("shared", BaseType.STRING, Value.String("1")), ("more", BaseType.NUMBER, Value.Number(2)));
        var named = new RequestMessage(Method.Post, EntityKind.Things, new string('N', 130), Characteristic.Services, "S", InfoTable.Empty);
        var mended = Wiring.WriteBody(named with { Parameters = new InfoTable.Builder(one.Shape).Build() });
        for (var i = 0; i < 3; i++)
        {
            Wiring.ReadTable(Wiring.WriteTable(one)).ShouldBe(one);
            Wiring.ReadTable(Wiring.WriteTable(two)).ShouldBe(two);
            Wiring.ReadBody((byte)Method.Post, mended.AsSpan(0, mended.Length - 2));
        }

        ReferenceEquals(Wiring.ReadTable(Wiring.WriteTable(one)).Shape, Wiring.ReadTable(Wiring.WriteTable(one)).Shape).ShouldBeTrue();
    }

    [Fact]
    public async Task Two_hundred_thousand_mutated_inputs_crash_nothing()
    {
        var run = new FuzzRun(Seeds.Load(), seed: 20240607, TimeSpan.FromMilliseconds(500));
        await run.RunAsync(200_000);
        run.Crashes.ShouldBeEmpty();
        run.SlowDecodes.ShouldBe(0);
    }

    private static byte[] Table(byte[] table) => [0x0a, 1, 0x41, 2, 1, 0x42, 0, 5, .. table];
}
