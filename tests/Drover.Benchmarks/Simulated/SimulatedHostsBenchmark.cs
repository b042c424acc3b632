using System.Diagnostics;
using System.Net.Http.Json;
using System.Text.Json;
using Drover.Agent;
using Drover.Model.Containers;
using Drover.Server;
using Drover.Simulator.Hosts;
using Drover.Simulator.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Benchmarks.Simulated;

/// <summary>A service brought up on 30 simulated hosts, server and agents in one process: 5,000 containers against 1,000. The same time for each means that cost follows the change.</summary>
internal static class SimulatedHostsBenchmark
{
    private const int Hosts = 30;

    /// <summary>Engines that need no time: what is left is ours.</summary>
    private static readonly FakeBehaviour Quick = new()
    {
        Default = new ImageBehaviour { PullTime = TimeSpan.Zero },
        CreateTime = TimeSpan.Zero,
        StartTime = TimeSpan.Zero,
        StopTime = TimeSpan.Zero,
    };

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
        await using var server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0" });
        using var http = new HttpClient { BaseAddress = new Uri(server.Url, "v2-beta/projects/1a5/") };
        using var stop = new CancellationTokenSource();
        var hosts = new SimulatedHosts(new SimulateOptions { Url = server.Url, Token = await TokenAsync(http), Hosts = Hosts, Behaviour = Quick }, new AgentSurroundings
        {
            Time = TimeProvider.System,
            Jitter = new Random(1),
            NewUuid = () => Guid.NewGuid().ToString(),
            Loggers = NullLoggerFactory.Instance,
        });
        var running = hosts.RunAsync(stop.Token);
        while (hosts.Joined < Hosts) await Task.Delay(20);
        var stack = await CreatedAsync(http, "stacks", new { name = "load" });
        using var process = Process.GetCurrentProcess();
        var (watch, cpu) = (Stopwatch.StartNew(), process.TotalProcessorTime);
        await CreatedAsync(http, "services", new { name = "web", stackId = stack, scale = containers, startOnCreate = true, launchConfig = new { imageUuid = "docker:busybox" } });
        while (server.Store.Current.All<Container>().Count(c => c.State == "running") < containers) await Task.Delay(50);
        process.Refresh();
        var figures = (watch.Elapsed.TotalMilliseconds / containers, (process.TotalProcessorTime - cpu).TotalMilliseconds / containers);
        await stop.CancelAsync();
        await running;
        return figures;
    }

    private static async Task<string> TokenAsync(HttpClient http)
    {
        var id = await CreatedAsync(http, "registrationtokens", new { });
        while (true)
        {
            if ((await http.GetFromJsonAsync<JsonElement>("registrationtokens/" + id)).GetProperty("token").GetString() is { Length: > 0 } token) return token;
            await Task.Delay(20);
        }
    }

    private static async Task<string> CreatedAsync(HttpClient http, string collection, object body)
    {
        using var reply = await http.PostAsJsonAsync(collection, body);
        reply.EnsureSuccessStatusCode();
        return (await reply.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("id").GetString()!;
    }
}
