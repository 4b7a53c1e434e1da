using BenchmarkDotNet.Running;
using Hansa.Benchmarks.WholeSystem;

// system: the whole system with real processes (./hansa bench …); anything else goes to BenchmarkDotNet.
switch (args)
{
    case ["system", "properties", ..]:
        return await PropertyBench.RunAsync(args[2..]);
    case ["system", "outage", ..]:
        return await OutageBench.RunAsync(args[2..]);
    case ["system", "push", ..]:
        return await PushBench.RunAsync(args[2..]);
    case ["system", "things", ..]:
        return await ThingsBench.RunAsync(args[2..]);
    case ["system", "alerts", ..]:
        return await AlertBench.RunAsync(args[2..]);
    case ["system", "scripts", ..]:
        return await ScriptBench.RunAsync(args[2..]);
    case ["system", "scale", ..]:
        return await ScaleBench.RunAsync(args[2..]);
    case ["system", ..]:
        return await SystemBench.RunAsync(args[1..]);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
