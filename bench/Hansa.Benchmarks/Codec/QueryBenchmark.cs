using BenchmarkDotNet.Attributes;
using Hansa.Model;

namespace Hansa.Benchmarks.Codec;

/// <summary>A query of two filters over 1,000 rows in memory.</summary>
[MemoryDiagnoser]
public class QueryBenchmark
{
    private readonly InfoTable _table = Samples.Readings(1000);
    private readonly BoundQuery _query = Query.Parse(
        """{"filters":{"type":"AND","filters":[{"type":"GT","fieldName":"cpu","value":600},{"type":"EQ","fieldName":"running","value":true}]}}""")
        .Bind(Samples.Readings(0).Shape);

    [Benchmark]
    public int Matches()
    {
        var count = 0;
        for (var i = 0; i < _table.RowCount; i++)
        {
            if (_query.Matches(_table.Row(i)))
                count++;
        }

        return count;
    }
}
