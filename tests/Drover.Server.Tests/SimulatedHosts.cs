using Drover.Agent;
using Drover.Agent.Sessions;
using Drover.Protocol;
using Drover.Server.Tests.Api;
using Drover.Simulator.Hosts;
using Drover.Simulator.Load;

namespace Drover.Server.Tests;

/// <summary>Real agents on fake engines that join a real server over its network face.</summary>
internal sealed class SimulatedHosts(ApiServer api) : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];
    private readonly HttpClient _http = new();
    private readonly HttpMessageInvoker _sockets = new(new SocketsHttpHandler());

    /// <summary>An engine that needs no time.</summary>
    public static FakeBehaviour Quick { get; } = new()
    {
        Default = new ImageBehaviour { PullTime = TimeSpan.Zero },
        CreateTime = TimeSpan.Zero,
        StartTime = TimeSpan.Zero,
        StopTime = TimeSpan.Zero,
    };

    /// <summary>A token of the environment, as the host page shows it.</summary>
    public async Task<string> NewTokenAsync(string project)
        => (await api.CreateAsync(project + "/registrationtokens", new { }, "active")).GetProperty("token").GetString()!;

    public async Task<Registered> RegisterAsync(SimulatedHost host, string token)
    {
        using var http = new HttpClient { BaseAddress = api.Server.Url };
        return await Registration.JoinAsync(http, token, host.Describe(null), TestContext.Current.CancellationToken);
    }

    /// <summary>Registers a host, runs its agent, and waits until the server shows it active.</summary>
    public async Task<SimulatedHost> JoinAsync(string name, FakeBehaviour? behaviour = null)
    {
        var host = New(name, behaviour);
        var keys = await RegisterAsync(host, await NewTokenAsync(api.Project));
        Run(host, keys);
        await api.UntilAsync($"{api.Project}/hosts/{keys.HostId}", "active");
        return host;
    }

    public static SimulatedHost New(string name, FakeBehaviour? behaviour = null) => new(name, behaviour ?? Quick, new AgentSurroundings
    {
        Time = TimeProvider.System,
        Jitter = new Random(1),
        NewUuid = () => Guid.NewGuid().ToString(),
        Timings = new AgentTimings { Batch = TimeSpan.FromMilliseconds(5), FirstWord = TimeSpan.FromMilliseconds(200) },
    });

    public void Run(SimulatedHost host, Registered keys)
        => _running.Add(Task.Run(() => host.RunAsync(new WebSocketTransport(api.Server.Url, keys, _sockets), _stop.Token)));

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _http.Dispose();
        _sockets.Dispose();
        _stop.Dispose();
    }
}
