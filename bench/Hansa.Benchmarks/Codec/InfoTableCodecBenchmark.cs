using BenchmarkDotNet.Attributes;
using Hansa.AlwaysOn.WebSockets;
using Hansa.AlwaysOn.Wire;
using Hansa.Model;

namespace Hansa.Benchmarks.Codec;

/// <summary>The wire's codec on a table of 1,000 rows of ten readings, both ways.</summary>
[MemoryDiagnoser]
public class InfoTableCodecBenchmark
{
    private readonly PooledBuffer _buffer = new(64 << 20);
    private readonly InfoTable _table = Samples.Readings(1000);
    private byte[] _bytes = [];

    /// <summary>Length of the encoded table, for MB/s.</summary>
    public int Length => _bytes.Length;

    [GlobalSetup]
    public void Setup()
    {
        Encode();
        _bytes = _buffer.Span.ToArray();
    }

    [Benchmark]
    public int Encode()
    {
        _buffer.Clear();
        var writer = new WireWriter(_buffer, PeerProfile.Hansa);
        InfoTableCodec.Write(ref writer, _table);
        writer.Flush();
        return _buffer.Length;
    }

    [Benchmark]
    public InfoTable Decode()
    {
        var reader = new WireReader(_bytes);
        return InfoTableCodec.Read(ref reader);
    }
}
