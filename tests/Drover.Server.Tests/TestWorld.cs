using Drover.Model.Kernel;
using Drover.Server.Agents;
using Drover.Server.Hosts;
using Drover.Store;
using Microsoft.Extensions.Logging.Abstractions;

namespace Drover.Server.Tests;

/// <summary>A server without its web face: store, orchestrator, and puppets for hosts.</summary>
internal sealed class TestWorld : IAsyncDisposable
{
    /// <summary>The Default environment.</summary>
    public const long Environment = 5;

    /// <summary>How long a test waits for something to come true.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly CancellationTokenSource _stop = new();
    private readonly List<Task> _running = [];

    private TestWorld(ServerParts parts)
    {
        Parts = parts;
        Orchestrator = new Orchestrator(parts);
    }

    public ServerParts Parts { get; }

    public Orchestrator Orchestrator { get; }

    public ResourceStore Store => Parts.Store;

    public static async Task<TestWorld> StartAsync()
    {
        var options = new ServerOptions();
        var store = new ResourceStore(Catalog.All, options.Time, options.Ids.NewUuid);
        await FirstStart.SeedAsync(store, TestContext.Current.CancellationToken);
        var world = new TestWorld(new ServerParts { Options = options, Store = store, Logs = NullLoggerFactory.Instance });
        world._running.Add(Task.Run(() => world.Orchestrator.Intake.RunAsync(world._stop.Token)));
        world._running.Add(Task.Run(() => world.Orchestrator.RunAsync(world._stop.Token)));
        return world;
    }

    /// <summary>Registers a host and opens its session.</summary>
    public async Task<PuppetHost> AddHostAsync(string name, long environment = Environment)
    {
        var puppet = new PuppetHost(name);
        var registered = await new AgentRegistration(Store, Parts.Ids).RegisterAsync(environment, puppet.Description, TestContext.Current.CancellationToken);
        ResourceId.TryParse(registered.HostId, out var id).ShouldBeTrue();
        puppet.Id = id;
        Connect(puppet);
        await puppet.Welcomed.WaitAsync(Deadline, TestContext.Current.CancellationToken);
        await UntilAsync(view => view.Find<Model.Hosts.Host>(id) is { State: "active", Seen: Model.Hosts.HostSeen { AgentState: "active" } });
        return puppet;
    }

    /// <summary>Opens a session for a puppet; the one before ends.</summary>
    public void Connect(PuppetHost puppet)
    {
        var channel = puppet.Open(_stop.Token);
        _running.Add(Task.Run(() => new AgentConversation(Orchestrator.Session, puppet.Id, channel, "http://drover.test").RunAsync(_stop.Token)));
    }

    public Task<T> WriteAsync<T>(Func<WriteTx, T> body) => Store.WriteAsync(body, TestContext.Current.CancellationToken);

    public Task WriteAsync(Action<WriteTx> body) => Store.WriteAsync(body, TestContext.Current.CancellationToken);

    /// <summary>Waits until the state is as described, looking at every commit; fails with what it saw last.</summary>
    public async Task<Snapshot> UntilAsync(Func<Snapshot, bool> holds, Func<Snapshot, string>? describe = null)
    {
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var (_, watch) = Store.Watch(_ =>
        {
            if (holds(Store.Current)) reached.TrySetResult();
        });
        using (watch)
        {
            if (holds(Store.Current)) return Store.Current;
            try
            {
                await reached.Task.WaitAsync(Deadline, TestContext.Current.CancellationToken);
            }
            catch (TimeoutException)
            {
                throw new TimeoutException($"It did not come true in time. {describe?.Invoke(Store.Current)}");
            }

            return Store.Current;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _stop.Dispose();
    }
}
