using System.Buffers;
using System.Text.Json;
using BenchmarkDotNet.Attributes;
using Hansa.Model;

namespace Hansa.Benchmarks.Codec;

/// <summary>The JSON form of a table of 1,000 rows of ten readings, both ways.</summary>
[MemoryDiagnoser]
public class JsonBenchmark
{
    private readonly ArrayBufferWriter<byte> _buffer = new(1 << 20);
    private readonly InfoTable _table = Samples.Readings(1000);
    private byte[] _bytes = [];

    [GlobalSetup]
    public void Setup()
    {
        Write();
        _bytes = _buffer.WrittenSpan.ToArray();
    }

    [Benchmark]
    public int Write()
    {
        _buffer.ResetWrittenCount();
        using var writer = new Utf8JsonWriter(_buffer, ValueJson.WriterOptions);
        InfoTableJson.Write(writer, _table);
        writer.Flush();
        return _buffer.WrittenCount;
    }

    [Benchmark]
    public InfoTable Read() => InfoTableJson.Parse(_bytes);
}
