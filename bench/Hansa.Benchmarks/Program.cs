using BenchmarkDotNet.Running;
using Hansa.Benchmarks.WholeSystem;

// system: the whole system with real processes (./hansa bench); anything else goes to BenchmarkDotNet.
if (args is ["system", ..])
    return await SystemBench.RunAsync(args[1..]);
BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
return 0;
