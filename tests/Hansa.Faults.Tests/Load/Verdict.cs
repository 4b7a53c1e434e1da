using System.Globalization;
using Hansa.Testing;
using Shouldly;

namespace Hansa.Faults.Tests.Load;

/// <summary>Holds what callers saw against what stands in the stream.</summary>
internal sealed record Verdict(int Calls, int Succeeded, int Refused, int Unknown, int UnknownButDone, int Deferred, int Entries)
{
    /// <summary>Reads the stream at its owner and judges; fails the test with everything that is wrong.</summary>
    public static async Task<Verdict> OfAsync(IReadOnlyCollection<Call> calls, RestClient owner, string stream)
    {
        var rows = (await owner.CallAsync($"Things/{stream}", "GetStreamEntriesWithData", new() { ["maxItems"] = int.MaxValue, ["oldestFirst"] = true }))!.AsArray();
        var times = rows.Select(row => row!["n"]!.GetValue<long>()).GroupBy(number => number).ToDictionary(group => group.Key, group => group.Count());
        var faults = new List<string>();
        var done = 0;
        foreach (var call in calls)
        {
            var standing = Enumerable.Range(0, call.Rows).Count(i => times.ContainsKey(call.First + i));
            if (standing > 0 && call.Outcome == Outcome.Unknown)
                done++;
            if (call.Outcome == Outcome.Succeeded && standing < call.Rows)
                faults.Add($"{call.First}: succeeded with {call.Rows} rows, and {standing} stand");
            if (call.Outcome == Outcome.Refused && standing > 0)
                faults.Add($"{call.First}: refused ({call.Text}), and {standing} of its {call.Rows} rows stand");
            if (call.Outcome == Outcome.Unknown && standing > 0 && standing < call.Rows)
                faults.Add($"{call.First}: ended as unknown ({call.Text}), and only {standing} of its {call.Rows} rows stand");
        }

        faults.AddRange(times.Where(pair => pair.Value > 1).Select(pair => $"{pair.Key}: stands {pair.Value} times"));
        // By their ids, in the order in which the owner took them: of one caller, who waits for each answer, in the order of its calls.
        foreach (var caller in rows.OrderBy(row => long.Parse(row!["id"]!.ToString(), CultureInfo.InvariantCulture)).Select(row => row!["n"]!.GetValue<long>()).GroupBy(number => number / StreamLoad.NumbersPerCaller))
        {
            var before = long.MinValue;
            foreach (var number in caller)
            {
                if (number < before)
                    faults.Add($"{number}: stands behind {before} of the same caller");
                before = number;
            }
        }

        var asked = calls.SelectMany(call => Enumerable.Range(0, call.Rows).Select(i => call.First + i)).ToHashSet();
        faults.AddRange(times.Keys.Where(number => !asked.Contains(number)).Select(number => $"{number}: stands, and nobody wrote it"));
        if (faults.Count > 0)
            throw new ShouldAssertException($"{faults.Count} faults among {calls.Count} calls:\n{string.Join('\n', faults.Take(50))}");
        return new(calls.Count, Count(Outcome.Succeeded), Count(Outcome.Refused), Count(Outcome.Unknown), done, calls.Count(call => call.IsDeferred), rows.Count);

        int Count(Outcome outcome) => calls.Count(call => call.Outcome == outcome);
    }

    public override string ToString() =>
        $"{Calls} calls: {Succeeded} succeeded ({Deferred} of them deferred), {Refused} refused, {Unknown} unknown (of these {UnknownButDone} done); {Entries} entries on the owner, each once and in order";
}
