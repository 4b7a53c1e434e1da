using System.Buffers;
using System.Text.Json;
using Hansa.AlwaysOn.Tests.Support;
using Hansa.AlwaysOn.Tests.Vectors;
using Hansa.AlwaysOn.WebSockets;

namespace Hansa.AlwaysOn.Tests.WebSockets;

/// <summary>All frames of two real connections of the C SDK, one plain and one deflated.</summary>
public class FrameFileTests
{
    public static TheoryData<string> Connections => [.. VectorFile.Frames.EnumerateArray().Select(item => item.Text("name")!)];

    [Theory, MemberData(nameof(Connections))]
    public void Each_frame_gives_its_message_however_the_bytes_arrive(string name)
    {
        var (frames, options) = Connection(name);
        var all = frames.SelectMany(frame => Convert.FromHexString(frame.Text("hex")!)).ToArray();
        foreach (var pieces in ByteCutter.Cuts(all))
            Check(frames, Read(options, pieces));
    }

    [Theory, MemberData(nameof(Connections))]
    public void Each_frame_reads_the_same_in_many_segments(string name)
    {
        var (frames, options) = Connection(name);
        using var decoder = new FrameDecoder(options);
        var all = frames.SelectMany(frame => Convert.FromHexString(frame.Text("hex")!)).Select(b => new[] { b }).ToList();
        var input = ByteCutter.Join(all);
        var read = new List<(Opcode, byte[])>();
        while (decoder.TryRead(ref input, out var message))
            read.Add((message.Opcode, message.Payload.ToArray()));
        Check(frames, read);
        input.IsEmpty.ShouldBeTrue();
    }

    [Theory, MemberData(nameof(Connections))]
    public void Written_again_by_our_server_each_message_comes_back(string name)
    {
        var (frames, options) = Connection(name);
        using var encoder = new FrameEncoder(options);
        using var decoder = new FrameDecoder(options with { IsClient = true });
        foreach (var frame in frames.Where(frame => frame.Text("message") is not null))
        {
            var message = Convert.FromHexString(frame.Text("message")!);
            var output = new ArrayBufferWriter<byte>();
            encoder.WriteMessage(output, Opcode.Binary, message, compress: true);
            var input = new ReadOnlySequence<byte>(output.WrittenMemory);
            decoder.TryRead(ref input, out var read).ShouldBeTrue();
            read.Payload.ToArray().ShouldBe(message);
        }
    }

    [Fact]
    public void A_message_without_compression_has_the_bytes_of_the_device_but_for_its_mask()
    {
        var (frames, options) = Connection("nocomp_calls");
        using var encoder = new FrameEncoder(options);
        foreach (var frame in frames.Where(frame => frame.Text("message") is not null))
        {
            var bytes = Convert.FromHexString(frame.Text("hex")!);
            bytes[1] &= 0x7f;
            var head = bytes[1] == 126 ? 4 : 2;
            var output = new ArrayBufferWriter<byte>();
            encoder.WriteMessage(output, Opcode.Binary, Convert.FromHexString(frame.Text("message")!), compress: false);
            output.WrittenSpan.ToArray().ShouldBe([.. bytes[..head], .. bytes[(head + 4)..]]);
        }
    }

    private static (List<JsonElement> Frames, FrameSocketOptions Options) Connection(string name)
    {
        var connection = VectorFile.Frames.EnumerateArray().Single(item => item.Text("name") == name);
        var deflate = name.StartsWith("comp", StringComparison.Ordinal) ? Deflate.WithTakeover : Deflate.Off;
        return ([.. connection.GetProperty("frames").EnumerateArray()], new() { Deflate = deflate });
    }

    private static List<(Opcode, byte[])> Read(FrameSocketOptions options, byte[][] pieces)
    {
        using var decoder = new FrameDecoder(options);
        var read = new List<(Opcode, byte[])>();
        byte[] rest = [];
        foreach (var piece in pieces)
        {
            rest = [.. rest, .. piece];
            var input = new ReadOnlySequence<byte>(rest);
            while (decoder.TryRead(ref input, out var message))
                read.Add((message.Opcode, message.Payload.ToArray()));
            rest = input.ToArray();
        }

        rest.ShouldBeEmpty();
        return read;
    }

    private static void Check(List<JsonElement> frames, List<(Opcode Opcode, byte[] Payload)> read)
    {
        read.Count.ShouldBe(frames.Count);
        for (var i = 0; i < frames.Count; i++)
        {
            ((int)read[i].Opcode).ShouldBe(frames[i].GetProperty("opcode").GetInt32());
            Convert.ToHexStringLower(read[i].Payload).ShouldBe(frames[i].Text("message") ?? frames[i].Text("payload"));
        }
    }
}
