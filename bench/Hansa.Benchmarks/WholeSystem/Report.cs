using System.Globalization;

namespace Hansa.Benchmarks.WholeSystem;

/// <summary>Prints medians with spread and the ratio of two things that were measured in turn.</summary>
internal sealed class Report
{
    /// <summary>Measures two things in turn, so many times each.</summary>
    public async Task CompareAsync(int runs, (string Name, Func<Task<double>> Measure) floor, (string Name, Func<Task<double>> Measure) other)
    {
        var (floors, others) = (new List<double>(), new List<double>());
        for (var i = 0; i < runs; i++)
        {
            floors.Add(await floor.Measure());
            others.Add(await other.Measure());
        }

        Print(floor.Name, floors, null);
        Print(other.Name, others, Median(others) / Median(floors));
    }

    /// <summary>How many rows a commit held, at least one.</summary>
    public static int RowsPerCommit((double Rows, double Commits) before, (double Rows, double Commits) after) =>
        (int)Math.Max(1, Math.Round((after.Rows - before.Rows) / Math.Max(1, after.Commits - before.Commits)));

    private static void Print(string name, List<double> values, double? ratio) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{name,-62} {Median(values),10:#,0.#} ± {(values.Max() - values.Min()) / 2:#,0.#}{(ratio is { } r ? $"   ratio {r:0.00}" : "")}"));

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
