using Drover.Agent;
using Drover.Client.Resources;
using Drover.Model.Credentials;
using Drover.Model.Hosts;
using Drover.Server;
using Drover.Simulator.Hosts;
using Drover.Simulator.Load;

namespace Drover.Client.Tests;

/// <summary>A server in memory with a client of it, and hosts that need no engine.</summary>
internal sealed class RealServer : IAsyncDisposable
{
    public static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];

    private RealServer(DroverServer server)
    {
        Server = server;
        Client = new DroverClient(new ClientOptions { Url = server.Url });
    }

    public DroverServer Server { get; }

    public Uri Url => Server.Url;

    public DroverClient Client { get; }

    /// <summary>The Default environment.</summary>
    public EnvironmentClient Environment => Client.Environment("1a5");

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static async Task<RealServer> StartAsync() => new(await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0" }, Token));

    /// <summary>Lets a host join and waits until it takes containers.</summary>
    public async Task<ApiResource<Host>> JoinHostAsync()
    {
        var made = await Environment.RegistrationTokens.CreateAsync(new RegistrationToken(), Token);
        var token = await Environment.RegistrationTokens.WaitUntilAsync(made.Id, each => each.Text("token") is not null, Limit, Token);
        var hosts = new SimulatedHosts(
            new SimulateOptions { Url = Url, Token = token.Text("token")!, Hosts = 1, Behaviour = new FakeBehaviour { Default = new ImageBehaviour { PullTime = TimeSpan.Zero }, CreateTime = TimeSpan.Zero, StartTime = TimeSpan.Zero, StopTime = TimeSpan.Zero } },
            new AgentSurroundings { Time = TimeProvider.System, Jitter = new Random(1), NewUuid = () => Guid.NewGuid().ToString(), Timings = new AgentTimings { Batch = TimeSpan.FromMilliseconds(5), FirstWord = TimeSpan.FromMilliseconds(200) } });
        _running.Add(Task.Run(() => hosts.RunAsync(_stop.Token), Token));
        await using var signal = Environment.Listen();
        while (true)
        {
            await foreach (var host in Environment.Hosts.ListAsync([("state", "active")], Token)) return host;
            await signal.NextAsync(Limit, Token);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Client.Dispose();
        await Server.DisposeAsync();
        _stop.Dispose();
    }
}
