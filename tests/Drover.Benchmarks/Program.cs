using Drover.Benchmarks;
using Drover.Benchmarks.Api;
using Drover.Benchmarks.Hosts;
using Drover.Benchmarks.Processes;
using Drover.Benchmarks.Simulated;
using Drover.Benchmarks.Store;
using Drover.Benchmarks.Streams;

// Usage: dotnet run -c Release --project tests/Drover.Benchmarks -- [WORD...]
// Runs the benchmarks whose names contain one of the words, all without any.
(string Name, Func<Task<IReadOnlyList<Figure>>> Run)[] benchmarks =
[
    ("store acknowledgements", AckBenchmark.RunAsync),
    ("store batches", BatchBenchmark.RunAsync),
    ("store reads", ReadBenchmark.RunAsync),
    ("store recovery", RecoveryBenchmark.RunAsync),
    ("api start", StartBenchmark.RunAsync),
    ("api reads", ApiReadBenchmark.RunAsync),
    ("api writes", ApiWriteBenchmark.RunAsync),
    ("api subscribe", SubscribeBenchmark.RunAsync),
    ("processes", LedgerBenchmark.RunAsync),
    ("streams logs", LogsBenchmark.RunAsync),
    ("docker streams logs", DockerLogsBenchmark.RunAsync),
    ("simulated hosts", SimulatedHostsBenchmark.RunAsync),
    ("docker stack", StackBenchmark.RunAsync),
    ("docker agent memory", AgentMemoryBenchmark.RunAsync),
];

foreach (var (name, run) in benchmarks.Where(b => args.Length == 0 || args.Any(word => b.Name.Contains(word, StringComparison.OrdinalIgnoreCase))))
{
    Console.WriteLine(name);
    foreach (var figure in await run()) Console.WriteLine($"  {figure}");
}
