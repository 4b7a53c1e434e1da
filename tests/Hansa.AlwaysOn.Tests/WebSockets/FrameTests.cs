using System.Buffers;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.Wire;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Tests.WebSockets;

public class FrameTests
{
    private static readonly FrameSocketOptions Server = new();
    private static readonly FrameSocketOptions Client = new() { IsClient = true };

    [Theory]
    [InlineData(Deflate.Off)]
    [InlineData(Deflate.WithTakeover)]
    [InlineData(Deflate.WithoutTakeover)]
    public void Messages_of_every_size_come_through_both_ways(Deflate deflate)
    {
        var random = new Random(7);
        var (server, client) = (Server with { Deflate = deflate, MaxFrameSize = 500 }, Client with { Deflate = deflate, MaxFrameSize = 500 });
        foreach (var (sender, receiver) in new[] { (server, client), (client, server) })
        {
            using var encoder = new FrameEncoder(sender);
            using var decoder = new FrameDecoder(receiver);
            foreach (var size in new[] { 1, 2, 63, 64, 65, 125, 126, 127, 499, 500, 501, 1000, 1001, 65535, 65536, 300_000 })
            {
                var message = new byte[size];
                if (size % 2 == 0)
                    random.NextBytes(message);
                RoundTrip(encoder, decoder, message).ShouldBe(message);
            }
        }
    }

    [Fact]
    public void No_frame_is_empty_too_long_or_of_64_bit_length()
    {
        foreach (var deflate in Enum.GetValues<Deflate>())
        {
            using var encoder = new FrameEncoder(Server with { MaxFrameSize = 100_000, Deflate = deflate });
            foreach (var size in new[] { 1, 65535, 65536, 131070, 131071 })
            {
                var message = new byte[size];
                new Random(size).NextBytes(message);
                foreach (var frame in Frames(Write(encoder, message)))
                    frame.Length.ShouldBeInRange(1ul, 65535ul);
            }
        }
    }

    [Fact]
    public void Rsv1_stands_on_the_first_frame_only()
    {
        using var encoder = new FrameEncoder(Server with { MaxFrameSize = 256, Deflate = Deflate.WithTakeover });
        var message = new byte[2000];
        new Random(1).NextBytes(message);
        var frames = Frames(Write(encoder, message));
        frames.Count.ShouldBeGreaterThan(5);
        frames.Select(frame => frame.Rsv1).ShouldBe([true, .. frames.Skip(1).Select(_ => false)]);
    }

    [Fact]
    public void Rsv1_on_continuations_is_accepted_and_control_frames_may_stand_between()
    {
        using var encoder = new FrameEncoder(Client with { Deflate = Deflate.WithTakeover, MaxFrameSize = 7 });
        using var decoder = new FrameDecoder(Server with { Deflate = Deflate.WithTakeover });
        for (var round = 1; round < 4; round++)
        {
            var message = Enumerable.Range(0, 200).Select(i => (byte)(i * round)).ToArray();
            var bytes = Write(encoder, message);
            var output = new List<byte>();
            foreach (var (at, frame) in Positions(bytes))
            {
                var piece = bytes.AsSpan(at, frame.Size + (int)frame.Length).ToArray();
                piece[0] |= 0x40;
                output.AddRange(piece);
                if (!frame.Final)
                    output.AddRange([0x89, 0x82, 0, 0, 0, 0, 0x68, 0x69]);
            }

            var input = new ReadOnlySequence<byte>(output.ToArray());
            var pings = 0;
            SocketMessage read;
            while (decoder.TryRead(ref input, out read) && read.Opcode == Opcode.Ping)
            {
                read.Payload.ToArray().ShouldBe("hi"u8.ToArray());
                pings++;
            }

            pings.ShouldBeGreaterThan(0);
            read.Payload.ToArray().ShouldBe(message);
        }
    }

    [Fact]
    public void Masks_differ_and_hide_the_payload()
    {
        using var encoder = new FrameEncoder(Client);
        var message = new byte[40];
        var keys = Enumerable.Range(0, 200).Select(_ => Frames(Write(encoder, message))[0].MaskKey).ToList();
        keys.Distinct().Count().ShouldBeGreaterThan(190);
    }

    [Fact]
    public void An_empty_message_cannot_be_written()
    {
        using var encoder = new FrameEncoder(Server);
        Should.Throw<ArgumentException>(() => encoder.WriteMessage(new ArrayBufferWriter<byte>(), Opcode.Binary, [], compress: false));
    }

    [Fact]
    public void A_close_always_carries_its_code_and_its_reason_is_cut_at_a_character()
    {
        using var encoder = new FrameEncoder(Server);
        using var decoder = new FrameDecoder(Client);
        foreach (var reason in new[] { "", "bye", new string('é', 200), string.Concat(Enumerable.Repeat("🔥", 80)) })
        {
            var output = new ArrayBufferWriter<byte>();
            encoder.WriteClose(output, CloseCode.GoingAway, reason);
            var input = new ReadOnlySequence<byte>(output.WrittenMemory);
            decoder.TryRead(ref input, out var close).ShouldBeTrue();
            close.CloseCode.ShouldBe(CloseCode.GoingAway);
            reason.ShouldStartWith(close.CloseReason);
            close.Payload.Length.ShouldBeInRange(2, 110);
        }
    }

    [Fact]
    public void The_64_bit_length_is_read()
    {
        using var decoder = new FrameDecoder(Client);
        byte[] bytes = [0x82, 127, 0, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3];
        var input = new ReadOnlySequence<byte>(bytes);
        decoder.TryRead(ref input, out var message).ShouldBeTrue();
        message.Payload.ToArray().ShouldBe([1, 2, 3]);
    }

    [Theory]
    [InlineData("8201ff", CloseCode.ProtocolError)] // not masked
    [InlineData("c281000000004f", CloseCode.ProtocolError)] // RSV1 without deflate
    [InlineData("a281000000004f", CloseCode.ProtocolError)] // RSV2
    [InlineData("8081000000004f", CloseCode.ProtocolError)] // continues nothing
    [InlineData("8381000000004f", CloseCode.ProtocolError)] // opcode 3
    [InlineData("8b81000000004f", CloseCode.ProtocolError)] // opcode 11
    [InlineData("0981000000004f", CloseCode.ProtocolError)] // fragmented ping
    [InlineData("89fe007e00000000", CloseCode.ProtocolError)] // ping of 126 bytes
    [InlineData("0281000000004f8281000000004f", CloseCode.ProtocolError)] // begins anew
    [InlineData("82ff7fffffffffffffff00000000", CloseCode.TooBig)] // 2^63 bytes
    [InlineData("82ff000000000010000100000000", CloseCode.TooBig)] // limit and one
    public void A_broken_frame_is_refused_with_its_code(string hex, CloseCode code)
    {
        foreach (var pieces in ByteCutter.Cuts(Convert.FromHexString(hex)))
        {
            using var decoder = new FrameDecoder(Server);
            Should.Throw<WireFormatException>(() =>
            {
                var input = ByteCutter.Join(pieces);
                decoder.TryRead(ref input, out _);
            }).CloseCode.ShouldBe(code);
        }
    }

    [Theory]
    [InlineData(Deflate.WithTakeover)]
    [InlineData(Deflate.WithoutTakeover)]
    public void A_deflate_bomb_is_refused_soon_after_the_limit(Deflate deflate)
    {
        // One megabyte that inflates to about a gigabyte.
        using var encoder = new FrameEncoder(Client with { Deflate = deflate, MaxFrameSize = 65535 });
        var bomb = Write(encoder, new byte[300 << 20]);
        bomb.Length.ShouldBeLessThan(3 << 20);
        using var decoder = new FrameDecoder(Server with { Deflate = deflate, MaxMessageSize = 4 << 20 });
        var before = GC.GetAllocatedBytesForCurrentThread();
        Should.Throw<WireFormatException>(() =>
        {
            var input = new ReadOnlySequence<byte>(bomb);
            decoder.TryRead(ref input, out _);
        }).CloseCode.ShouldBe(CloseCode.TooBig);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBeLessThan(32 << 20);
    }

    [Theory]
    [InlineData("ffff0102", "no deflate at all")]
    [InlineData("4b4c0400", "a stream that ends, then more")]
    public void What_is_no_deflate_stream_is_bad_data(string payload, string why)
    {
        using var decoder = new FrameDecoder(Server with { Deflate = Deflate.WithTakeover });
        var body = Convert.FromHexString(payload);
        byte[] frame = [0xc2, (byte)(0x80 | body.Length), 0, 0, 0, 0, .. body];
        Should.Throw<WireFormatException>(
            () =>
            {
                for (var i = 0; i < 2; i++)
                {
                    var input = new ReadOnlySequence<byte>(frame);
                    decoder.TryRead(ref input, out _);
                }
            },
            why).CloseCode.ShouldBe(CloseCode.BadData);
    }

    private static byte[] RoundTrip(FrameEncoder encoder, FrameDecoder decoder, byte[] message)
    {
        var input = new ReadOnlySequence<byte>(Write(encoder, message));
        decoder.TryRead(ref input, out var read).ShouldBeTrue();
        input.IsEmpty.ShouldBeTrue();
        return read.Payload.ToArray();
    }

    private static byte[] Write(FrameEncoder encoder, byte[] message)
    {
        var output = new ArrayBufferWriter<byte>();
        encoder.WriteMessage(output, Opcode.Binary, message, compress: true);
        return output.WrittenSpan.ToArray();
    }

    private static List<FrameHeader> Frames(byte[] bytes) => [.. Positions(bytes).Select(position => position.Header)];

    private static IEnumerable<(int At, FrameHeader Header)> Positions(byte[] bytes)
    {
        for (var at = 0; at < bytes.Length;)
        {
            FrameHeader.TryRead(new(bytes.AsMemory(at)), out var header).ShouldBeTrue();
            yield return (at, header);
            at += header.Size + (int)header.Length;
        }
    }
}
