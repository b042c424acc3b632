using System.Diagnostics;
using Drover.Model.Containers;

namespace Drover.Benchmarks.Simulated;

/// <summary>A service brought up on 30 simulated hosts, server and agents in one process: 5,000 containers against 1,000. The same time for each means that cost follows the change.</summary>
internal static class SimulatedHostsBenchmark
{
    private const int Hosts = 30;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        await UpAsync(200);
        var (few, fewCpu) = await UpAsync(1_000);
        var (many, manyCpu) = await UpAsync(5_000);
        return
        [
            new($"a container of 5,000 on {Hosts} hosts brought up", many, "ms", "of 1,000", few, "aim: 1"),
            new($"a container of 5,000 on {Hosts} hosts brought up, processor time", manyCpu, "ms", "of 1,000", fewCpu, "aim: 1"),
        ];
    }

    /// <summary>Milliseconds of the clock and of the processor for each container, from the request to all running.</summary>
    private static async Task<(double Clock, double Cpu)> UpAsync(int containers)
    {
        await using var site = await SimulatedSite.StartAsync(Hosts);
        var stack = await site.CreateAsync("stacks", new { name = "load" });
        using var process = Process.GetCurrentProcess();
        var (watch, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await site.CreateAsync("services", new { name = "web", stackId = stack, scale = containers, startOnCreate = true, launchConfig = new { imageUuid = "docker:busybox" } });
        while (site.Server.Store.Current.All<Container>().Count(c => c.State == "running") < containers) await Task.Delay(50);
        process.Refresh();
        return (watch.Elapsed.TotalMilliseconds / containers, (process.TotalProcessorTime - cpu).TotalMilliseconds / containers);
    }
}
