using Drover.Testing;

namespace Drover.Benchmarks.Hosts;

/// <summary>The resident memory of an agent that has joined and has nothing to do.</summary>
internal static class AgentMemoryBenchmark
{
    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        if (!DockerLab.IsPossible(out var reason)) throw new NotSupportedException(reason);
        await using var platform = await BenchPlatform.UpAsync();
        await Task.Delay(TimeSpan.FromSeconds(5));
        return [new("agent memory, idle", platform.AgentMegabytes(), "MB", "aim", 80, "under 80 MB")];
    }
}
