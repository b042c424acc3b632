using System.Net.Http.Json;
using System.Text.Json;
using Drover.Agent;
using Drover.Server;
using Drover.Simulator.Hosts;
using Drover.Simulator.Load;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Benchmarks.Simulated;

/// <summary>A server in memory with simulated hosts whose engines need no time: what is left is ours.</summary>
internal sealed class SimulatedSite : IAsyncDisposable
{
    private static readonly FakeBehaviour Quick = new()
    {
        Default = new ImageBehaviour { PullTime = TimeSpan.Zero },
        CreateTime = TimeSpan.Zero,
        StartTime = TimeSpan.Zero,
        StopTime = TimeSpan.Zero,
    };

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http;
    private Task<int>? _running;

    private SimulatedSite(DroverServer server)
    {
        Server = server;
        _http = new HttpClient { BaseAddress = new Uri(server.Url, "v2-beta/projects/1a5/") };
    }

    public DroverServer Server { get; }

    public IReadOnlyList<SimulatedHost> Hosts { get; private set; } = [];

    /// <summary>Starts it and returns once the hosts have joined.</summary>
    public static async Task<SimulatedSite> StartAsync(int hosts)
    {
        var site = new SimulatedSite(await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0" }));
        var token = await site.UntilAsync("registrationtokens/" + await site.CreateAsync("registrationtokens", new { }), made => made.GetProperty("token").ValueKind == JsonValueKind.String);
        var simulated = new SimulatedHosts(
            new SimulateOptions { Url = site.Server.Url, Token = token.GetProperty("token").GetString()!, Hosts = hosts, Behaviour = Quick },
            new AgentSurroundings { Time = TimeProvider.System, Jitter = new Random(1), NewUuid = () => Guid.NewGuid().ToString(), Loggers = NullLoggerFactory.Instance });
        site.Hosts = simulated.All;
        site._running = simulated.RunAsync(site._stop.Token);
        while (simulated.Joined < hosts) await Task.Delay(20);
        return site;
    }

    /// <summary>Posts a body and answers with what came back.</summary>
    public async Task<JsonElement> PostAsync(string path, object body)
    {
        using var reply = await _http.PostAsJsonAsync(path, body);
        reply.EnsureSuccessStatusCode();
        return await reply.Content.ReadFromJsonAsync<JsonElement>();
    }

    /// <summary>Creates an object and answers with its id.</summary>
    public async Task<string> CreateAsync(string collection, object body) => (await PostAsync(collection, body)).GetProperty("id").GetString()!;

    /// <summary>Reads an object every 20 ms until it is so.</summary>
    public async Task<JsonElement> UntilAsync(string path, Func<JsonElement, bool> holds)
    {
        while (true)
        {
            var made = await _http.GetFromJsonAsync<JsonElement>(path);
            if (holds(made)) return made;
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null) await _running;
        _http.Dispose();
        _stop.Dispose();
        await Server.DisposeAsync();
    }
}
