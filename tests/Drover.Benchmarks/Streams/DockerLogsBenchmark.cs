using System.Diagnostics;
using Drover.Benchmarks.Hosts;
using Drover.Testing;

namespace Drover.Benchmarks.Streams;

/// <summary>Numbered lines that a container printed as fast as it can, through engine, agent and server to a client, against `docker logs` on the same host.</summary>
internal static class DockerLogsBenchmark
{
    private const int Lines = 200_000;

    public static async Task<IReadOnlyList<Figure>> RunAsync()
    {
        if (!DockerLab.IsPossible(out var reason)) throw new NotSupportedException(reason);
        await using var platform = await BenchPlatform.UpAsync();
        var made = await platform.PostAsync("containers", new { name = "writer", imageUuid = $"docker:{TestImages.Busybox}", command = new[] { "seq", "1", $"{Lines}" }, restartPolicy = new { name = "no" } });
        var path = $"containers/{BenchPlatform.Text(made, "id")}";
        await BenchPlatform.UntilAsync("it has printed all", async () => BenchPlatform.Text(made = await platform.GetAsync(path), "state") == "stopped");
        var id = BenchPlatform.Text(made, "externalId");
        await ThroughAsync(platform, path);
        await PlainAsync(platform, id);
        return [new($"{Lines:N0} lines from a container to a client", await ThroughAsync(platform, path), "1/s", "docker logs | wc -l", await PlainAsync(platform, id), "2,000 a second pass")];
    }

    private static async Task<double> ThroughAsync(BenchPlatform platform, string container)
    {
        var access = await platform.PostAsync($"{container}/?action=logs", new { follow = false, lines = Lines, timestamps = false });
        var watch = Stopwatch.StartNew();
        using var socket = await platform.OpenAsync(access);
        await NumberedLines.ReadAsync(socket, 1, Lines);
        return Lines / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> PlainAsync(BenchPlatform platform, string id)
    {
        var watch = Stopwatch.StartNew();
        var counted = await platform.Machine.ExecAsync("sh", "-c", $"docker logs {id} | wc -l");
        if (counted.Trim() != $"{Lines}") throw new InvalidOperationException($"the engine has {counted} lines");
        return Lines / watch.Elapsed.TotalSeconds;
    }
}
