using FsCheck;
using FsCheck.Fluent;
using Hansa.AlwaysOn.Multipart;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.Tests.Vectors;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Wire;

public class RoundTripTests
{
    private static readonly Config Config = Config.QuickThrowOnFailure.WithMaxTest(500).WithReplay(20240607, 1);

    [Fact]
    public void Every_value_comes_back() => Check(Arbitrary.Value, value => Wiring.ReadValue(Wiring.WriteValue(value)).ShouldBe(value));

    [Fact]
    public void Every_value_comes_back_out_of_a_variant() =>
        Check(Arbitrary.Value, value => Wiring.ReadValue(Wiring.WriteValue(value, BaseType.VARIANT)).ShouldBe(value));

    [Fact]
    public void Every_table_comes_back() => Check(Arbitrary.Table, table => Wiring.ReadTable(Wiring.WriteTable(table)).ShouldBe(table));

    [Fact]
    public void Every_request_comes_back() => CheckMessage(Arbitrary.Request, request => (byte)request.Method);

    [Fact]
    public void Every_response_comes_back() => CheckMessage(Arbitrary.Response, response => (byte)response.Status);

    [Fact]
    public void Every_bind_comes_back() => CheckMessage(Arbitrary.Bind, bind => (byte)(bind.IsUnbind ? Method.Unbind : Method.Bind));

    [Fact]
    public void Every_auth_comes_back() => CheckMessage(Arbitrary.Auth, _ => (byte)Method.Auth);

    [Fact]
    public void Bytes_behind_a_whole_message_change_nothing() => Check(Arbitrary.Request, request =>
        Wiring.ReadBody((byte)request.Method, [.. Wiring.WriteBody(request), 0, 0, 0xff]).ShouldSay(request));

    [Fact]
    public void A_message_cut_at_any_byte_is_known_to_have_ended_early_or_is_whole()
    {
        var messages = VectorFile.OfKind("message").Where(vector => vector.Bytes.Length < 1000).Select(vector => vector.Bytes);
        foreach (var bytes in messages)
        {
            var header = MessageHeader.Read(bytes);
            for (var length = MessageHeader.Size; length < bytes.Length; length++)
            {
                try
                {
                    Wiring.ReadBody(header.Code, bytes.AsSpan(MessageHeader.Size, length - MessageHeader.Size));
                }
                catch (WireFormatException e)
                {
                    e.EndedEarly.ShouldBeTrue(e.Message);
                }
            }
        }
    }

    [Theory]
    [InlineData(256)]
    [InlineData(300)]
    [InlineData(8192)]
    public void Every_request_survives_chunks_in_any_order(int chunkSize) => Check(
        from request in Arbitrary.Request.Where(request => System.Text.Encoding.UTF8.GetByteCount(request.Entity) < 100)
        from seed in Gen.Choose(0, int.MaxValue)
        select (request, seed),
        item =>
        {
            var header = new MessageHeader((byte)item.request.Method, 5, 0, 9);
            var message = Wiring.WriteMessage(header, item.request);
            if (message.Length <= chunkSize)
                return;
            var prefix = Hansa.AlwaysOn.Connections.MessageEncoder.PrefixOf(message);
            var count = MessageChunks.Count(message.Length, prefix, chunkSize);
            var order = Enumerable.Range(0, count).ToArray();
            new Random(item.seed).Shuffle(order);
            var assembler = new MessageAssembler(1 << 24, 1 << 24, 500, TimeSpan.FromSeconds(50), TimeProvider.System);
            PooledBuffer? body = null;
            foreach (var index in order)
            {
                body.ShouldBeNull();
                using var chunk = new PooledBuffer();
                MessageChunks.Write(chunk, message, prefix, chunkSize, index, count);
                chunk.Length.ShouldBeLessThanOrEqualTo(chunkSize);
                body = assembler.Add(MessageHeader.Read(chunk.Span), chunk.Span);
            }

            body.ShouldNotBeNull().Span.SequenceEqual(message.AsSpan(MessageHeader.Size)).ShouldBeTrue();
            (assembler.Open, assembler.Bytes).ShouldBe((0, 0L));
        });

    [Fact]
    public void A_device_is_never_sent_a_type_that_it_cannot_read() => Check(Arbitrary.Table, table =>
    {
        var read = Wiring.ReadTable(Wiring.WriteTable(table, PeerProfile.Device));
        read.RowCount.ShouldBe(table.RowCount);
        Types(read).ShouldAllBe(type => ReadableByDevices(type));
    });

    [Fact]
    public void Longs_become_integers_numbers_or_exact_text()
    {
        Map(Value.Long(5)).ShouldBe(Value.Integer(5));
        Map(Value.Long(int.MinValue)).ShouldBe(Value.Integer(int.MinValue));
        Map(Value.Long(1L << 40)).ShouldBe(Value.Number(1L << 40));
        Map(Value.Long((1L << 53) + 1)).ShouldBe(Value.String("9007199254740993"));
        Map(Value.TimeSpan(5)).ShouldBe(Value.Number(5));
        Map(Value.ThingCode(3, 4)).ShouldBe(Value.String("3:4"));
        Map(Value.Vector(new(1, 2.5, 0, 0), BaseType.VEC2)).ShouldBe(Value.String("1,2.5"));
        Map(Value.Text("p", BaseType.PROJECTNAME)).ShouldBe(Value.String("p"));

        static Value Map(Value value) => Wiring.ReadValue(Wiring.WriteValue(value, peer: PeerProfile.Device));
    }

    private static bool ReadableByDevices(BaseType type) => type is BaseType.NOTHING or (>= BaseType.STRING and <= BaseType.DASHBOARDNAME)
        && type is not (BaseType.TIMESPAN or BaseType.SCHEDULE or BaseType.LONG or BaseType.THINGGROUPNAME);

    private static IEnumerable<BaseType> Types(InfoTable table)
    {
        foreach (var field in table.Shape.Fields)
        {
            yield return field.BaseType;
            foreach (var type in field.Aspects.SelectMany(aspect => Types(aspect.Value)))
                yield return type;
        }

        for (var row = 0; row < table.RowCount; row++)
        {
            foreach (var type in table.Row(row).ToArray().SelectMany(Types))
                yield return type;
        }
    }

    private static IEnumerable<BaseType> Types(Value value) => value.AsTable() is { } table ? Types(table) : [value.BaseType];

    private static void CheckMessage<T>(Gen<T> gen, Func<T, byte> code)
        where T : class => Check(gen, message => Wiring.ReadBody(code(message), Wiring.WriteBody(message)).ShouldSay(message));

    private static void Check<T>(Gen<T> gen, Action<T> check) => Prop.ForAll(gen.ToArbitrary(), check).Check(Config);
}
