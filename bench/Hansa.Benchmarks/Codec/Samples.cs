using Hansa.Model;

namespace Hansa.Benchmarks.Codec;

internal static class Samples
{
    /// <summary>Rows of ten readings.</summary>
    public static InfoTable Readings(int rows)
    {
        var shape = DataShape.Of(
            ("cpu", BaseType.NUMBER), ("memory", BaseType.NUMBER), ("load", BaseType.NUMBER), ("diskRead", BaseType.NUMBER), ("diskWrite", BaseType.NUMBER),
            ("netIn", BaseType.NUMBER), ("netOut", BaseType.NUMBER), ("processes", BaseType.INTEGER), ("running", BaseType.BOOLEAN), ("host", BaseType.STRING));
        var builder = new InfoTable.Builder(shape);
        for (var i = 0; i < rows; i++)
        {
            var row = builder.AddRow();
            for (var column = 0; column < 7; column++)
                row[column] = Value.Number(i * 1.25 + column);
            row[7] = Value.Integer(i);
            row[8] = Value.Boolean(i % 2 == 0);
            row[9] = Value.String("a machine of the plant");
        }

        return builder.Build();
    }
}
