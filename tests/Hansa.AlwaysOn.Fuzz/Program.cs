using System.Diagnostics;
using System.Globalization;
using Hansa.AlwaysOn.Fuzz;

// Runs mutated vectors through the codec, the frame layer and a connection, and says what was the worst.
//   dotnet run -c Release --project tests/Hansa.AlwaysOn.Fuzz -- [inputs=10000000] [seed=1]
var inputs = args.Length > 0 ? long.Parse(args[0], CultureInfo.InvariantCulture) : 10_000_000;
var seed = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 1;
var limit = TimeSpan.FromMilliseconds(50);

var seeds = Seeds.Load();
var run = new FuzzRun(seeds, seed, limit);
await run.RunAsync(5_000);
GC.Collect();
var start = Memory.Resident();
Memory.ResetPeak();
var watch = Stopwatch.StartNew();
run = new FuzzRun(seeds, seed, limit);
await run.RunAsync(inputs);
var growth = Memory.PeakResident() - start;

Console.WriteLine($"{inputs:n0} inputs, seed {seed}, {watch.Elapsed.TotalSeconds:n0} s; times are processor time of all threads");
Console.WriteLine($"codec and frames: slowest input {run.SlowestDecode.TotalMilliseconds:n1} ms ({run.SlowDecodes} above {limit.TotalMilliseconds:n0} ms when run again)");
Console.WriteLine($"connection: slowest input {run.SlowestDispatch.TotalMilliseconds:n1} ms ({run.SlowDispatches} above {limit.TotalMilliseconds:n0} ms), {run.Connections:n0} connections");
Console.WriteLine($"memory: {start >> 20} MiB at the start, at most {growth >> 20} MiB more");
Console.WriteLine($"crashes: {run.Crashes.Count}");
foreach (var crash in run.Crashes.Take(10))
    Console.WriteLine(crash);
return run.Crashes.Count == 0 && run.SlowDecodes == 0 && run.SlowDispatches == 0 && growth < 64 << 20 ? 0 : 1;
