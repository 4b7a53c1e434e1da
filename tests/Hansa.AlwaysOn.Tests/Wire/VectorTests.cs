using Hansa.AlwaysOn.Multipart;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.Tests.Vectors;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.AlwaysOn.Tests.Wire;

public class VectorTests
{
    public static TheoryData<WireVector> Primitives => [.. VectorFile.OfKind("primitive")];

    public static TheoryData<WireVector> Tables => [.. VectorFile.OfKind("infotable")];

    public static TheoryData<WireVector> Messages => [.. VectorFile.OfKind("message")];

    public static TheoryData<string> Multiparts => [.. VectorFile.Multiparts.Select(group => group.Key)];

    [Fact]
    public void The_file_holds_all_231() => VectorFile.All.Count.ShouldBe(231);

    [Theory, MemberData(nameof(Primitives), DisableDiscoveryEnumeration = true)]
    public void A_primitive_means_what_it_says_and_is_written_the_same(WireVector vector)
    {
        if (vector.Meaning.TryGetProperty("rawString", out var raw))
        {
            var reader = new WireReader(vector.Bytes);
            var text = reader.ReadText("text");
            text.ShouldBe(raw.GetString() ?? "");
            reader.Remaining.ShouldBe(0);
            Wiring.Write((ref WireWriter writer) => writer.WriteText(text)).ShouldBe(vector.Bytes);
            return;
        }

        var value = Wiring.ReadValue(vector.Bytes);
        value.ShouldBe(ModelOf.Value(vector.Meaning));
        var declared = (BaseType)vector.Meaning.GetProperty("code").GetInt32();
        Wiring.WriteValue(value, declared).ShouldBe(vector.Bytes);
    }

    [Theory, MemberData(nameof(Tables), DisableDiscoveryEnumeration = true)]
    public void A_table_means_what_it_says_and_is_written_the_same(WireVector vector)
    {
        var table = Wiring.ReadTable(vector.Bytes);
        table.ShouldBe(ModelOf.Table(vector.Meaning));
        // A writer of ours fills short rows with nulls.
        if (!vector.IsQuirk && vector.Name != "infotable-row-shorter-than-shape")
            Wiring.WriteTable(table).ShouldBe(vector.Bytes);
    }

    [Theory, MemberData(nameof(Messages), DisableDiscoveryEnumeration = true)]
    public void A_message_means_what_it_says_and_is_written_the_same(WireVector vector)
    {
        var decoded = vector.Meaning.GetProperty("decoded");
        var header = MessageHeader.Read(vector.Bytes);
        header.Code.ShouldBe(decoded.GetProperty("header").GetProperty("code").GetByte());
        header.RequestId.ShouldBe(decoded.GetProperty("header").GetProperty("requestId").GetUInt32());
        header.EndpointId.ShouldBe(decoded.GetProperty("header").GetProperty("endpointId").GetUInt32());
        header.SessionId.ShouldBe(decoded.GetProperty("header").GetProperty("sessionId").GetUInt32());

        var body = vector.Bytes.AsSpan(MessageHeader.Size);
        if (decoded.TryGetProperty("truncated", out _))
        {
            // Q2 has cut a name or a key itself: that cannot be mended.
            var cut = body.ToArray();
            Should.Throw<WireFormatException>(() => Wiring.ReadBody(header.Code, cut)).EndedEarly.ShouldBeTrue();
            return;
        }

        var message = Wiring.ReadBody(header.Code, body);
        message.ShouldSay(ModelOf.Message(decoded.GetProperty("body"), header.Code));
        var trailing = decoded.GetProperty("trailingBytes").GetInt32();
        Wiring.WriteMessage(header, message).ShouldBe(vector.Bytes[..^trailing]);
    }

    [Theory, MemberData(nameof(Multiparts))]
    public void A_long_message_means_what_it_says_and_is_cut_the_same(string name)
    {
        var parts = VectorFile.Multiparts.Single(group => group.Key == name).ToList();
        var header = MessageHeader.Read(parts[0].Bytes);
        var expected = ModelOf.Message(parts[0].Meaning.GetProperty("decoded").GetProperty("reassembledBody"), header.Code);

        var assembler = new MessageAssembler(1 << 20, 1 << 20, 500, TimeSpan.FromSeconds(50), TimeProvider.System);
        var splits = new UnmarkedSplits(TimeSpan.FromSeconds(50), TimeProvider.System);
        PooledBuffer? body = null;
        foreach (var part in parts)
        {
            body.ShouldBeNull();
            var partHeader = MessageHeader.Read(part.Bytes);
            if (partHeader.IsMultipart)
                body = assembler.Add(partHeader, part.Bytes);
            else if ((body = splits.Join(partHeader, part.Bytes.AsSpan(MessageHeader.Size))) is null)
                splits.TryKeep(partHeader, part.Bytes.AsSpan(MessageHeader.Size)).ShouldBeTrue();
        }

        body.ShouldNotBeNull();
        var message = Wiring.ReadBody(header.Code, body.Span);
        message.ShouldSay(expected);
        if (name.StartsWith("quirk-", StringComparison.Ordinal))
            return;

        var whole = Wiring.WriteMessage(header with { IsMultipart = false }, message);
        var prefix = header.Code <= 4 ? Hansa.AlwaysOn.Connections.MessageEncoder.PrefixOf(whole) : 0;
        var chunkSize = ChunkHeader.Read(parts[0].Bytes.AsSpan(MessageHeader.Size)).ChunkSize;
        var count = MessageChunks.Count(whole.Length, prefix, chunkSize);
        count.ShouldBe(parts.Count);
        for (var i = 0; i < count; i++)
        {
            using var chunk = new PooledBuffer();
            MessageChunks.Write(chunk, whole, prefix, chunkSize, i, count);
            chunk.Span.ToArray().ShouldBe(parts[i].Bytes);
        }
    }
}
