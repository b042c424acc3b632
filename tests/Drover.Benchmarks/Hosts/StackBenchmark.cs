using System.Diagnostics;
using Drover.Testing;

namespace Drover.Benchmarks.Hosts;

/// <summary>A stack of 20 containers from the API call until all run, against 20 plain `docker run -d` one after another on the same engine.</summary>
internal static class StackBenchmark
{
    private const int Rounds = 3, Services = 4, Scale = 5, Containers = Services * Scale;

    private static readonly string Service = $"""
          image: {TestImages.Busybox}
          command: [sleep, 1d]
          stop_signal: SIGKILL
        """;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        if (!DockerLab.IsPossible(out var reason)) throw new NotSupportedException(reason);
        await using var platform = await BenchPlatform.UpAsync();
        var (stacks, plain) = (new List<double>(), new List<double>());
        for (var round = 0; round <= Rounds; round++) // the first warms both up
        {
            var (stack, runs) = (await StackSecondsAsync(platform, $"bench{round}"), await PlainSecondsAsync(platform));
            if (round == 0) continue;
            stacks.Add(stack);
            plain.Add(runs);
        }

        var busy = platform.AgentMegabytes();
        await Task.Delay(TimeSpan.FromSeconds(75)); // the agent looks twice whether it rests
        return
        [
            new($"a stack of {Containers} containers, API call to all running, median of {Rounds}", Median(stacks), "s", $"{Containers} x docker run -d in sequence", Median(plain), "at most 1.0"),
            new($"agent memory at rest after that, {(int)busy} MB right after it", platform.AgentMegabytes(), "MB", "aim of one that did nothing yet", 80),
        ];
    }

    private static async Task<double> StackSecondsAsync(BenchPlatform platform, string name)
    {
        var services = Enumerable.Range(1, Services).Select(number => $"s{number}").ToArray();
        var docker = string.Concat(services.Select(service => $"{service}:\n{Service}\n"));
        var rancher = string.Concat(services.Select(service => $"{service}:\n  scale: {Scale}\n"));
        var watch = Stopwatch.StartNew();
        var stack = await platform.PostAsync("stacks", new { name, dockerCompose = docker, rancherCompose = rancher, startOnCreate = true });
        var path = $"stacks/{BenchPlatform.Text(stack, "id")}";
        await BenchPlatform.UntilAsync("all containers run", async () =>
            (await platform.ListAsync($"{path}/services")) is { Count: Services } all && all.All(service => BenchPlatform.Text(service, "state") == "active" && service.GetProperty("currentScale").GetInt32() == Scale));
        var seconds = watch.Elapsed.TotalSeconds;
        var running = (await platform.Machine.ExecAsync("docker", "ps", "-q")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Length;
        if (running != Containers) throw new InvalidOperationException($"{running} containers run, not {Containers}");
        await platform.DeleteAsync(path);
        await BenchPlatform.UntilAsync("nothing is left", async () => (await platform.Machine.ExecAsync("docker", "ps", "-aq")).Length == 0);
        return seconds;
    }

    private static async Task<double> PlainSecondsAsync(BenchPlatform platform)
    {
        var watch = Stopwatch.StartNew();
        await platform.Machine.ExecAsync("sh", "-c", $"for i in $(seq {Containers}); do docker run -d {TestImages.Busybox} sleep 1d >/dev/null || exit 1; done");
        var seconds = watch.Elapsed.TotalSeconds;
        await platform.Machine.ExecAsync("sh", "-c", "docker rm -f $(docker ps -aq) >/dev/null");
        await BenchPlatform.UntilAsync("the agent has seen them go", async () => (await platform.ListAsync("containers")).All(container => BenchPlatform.Text(container, "state") is "removed" or "purged"));
        return seconds;
    }

    private static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
