using Hansa.Model;

namespace Hansa.Runtime.Tests.Support;

/// <summary>Values of what C# has.</summary>
internal static class Values
{
    public static Value Of(object? value) => value switch
    {
        null => Value.Null,
        Value given => given,
        string text => Value.String(text),
        bool flag => Value.Boolean(flag),
        int number => Value.Integer(number),
        long number => Value.Long(number),
        double number => Value.Number(number),
        DateTimeOffset time => Value.DateTime(time),
        InfoTable table => Value.Table(table),
        _ => throw new NotSupportedException($"{value.GetType()} is no value."),
    };
}

/// <summary>Tables in a line.</summary>
internal static class Tables
{
    public static InfoTable Of((string Name, BaseType Type)[] fields, params object?[][] rows)
    {
        var builder = new InfoTable.Builder(DataShape.Of(fields));
        foreach (var row in rows)
            builder.Add([.. row.Select(Values.Of)]);
        return builder.Build();
    }

    /// <summary>One row, each field of its value's own type.</summary>
    public static InfoTable Row(params (string Name, object? Value)[] cells) =>
        InfoTable.Single([.. cells.Select(cell => (cell.Name, Values.Of(cell.Value).BaseType, Values.Of(cell.Value)))]);

    public static IEnumerable<string> Column(this Value table, string field) => table.AsTable()!.Column(field);

    public static IEnumerable<string> Column(this InfoTable table, string field) => Enumerable.Range(0, table.RowCount).Select(row => table[row, field].ToString());
}

/// <summary>Waits for what must come about by itself.</summary>
internal static class Until
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task TrueAsync(Func<bool> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!condition())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"Waited {Limit.TotalSeconds} s in vain for: {what}.");
            await Task.Delay(5);
        }
    }

    public static async Task TrueAsync(Func<Task<bool>> condition, string what)
    {
        using var limit = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            if (limit.IsCancellationRequested)
                throw new TimeoutException($"Waited {Limit.TotalSeconds} s in vain for: {what}.");
            await Task.Delay(5);
        }
    }
}
