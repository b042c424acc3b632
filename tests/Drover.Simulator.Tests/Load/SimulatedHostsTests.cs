using Drover.Agent;
using Drover.Client;
using Drover.Client.Resources;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Hosts;
using Drover.Model.Services;
using Drover.Model.Stacks;
using Drover.Protocol;
using Drover.Server;
using Drover.Simulator.Load;

namespace Drover.Simulator.Tests.Load;

/// <summary>A real server, real agents over real WebSockets, hosts that are not there.</summary>
public sealed class SimulatedHostsTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private readonly CancellationTokenSource _stop = new();
    private DroverServer? _server;
    private DroverClient? _client;
    private EnvironmentClient? _environment;
    private Task<int>? _running;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        _server = await DroverServer.StartAsync(new ServerOptions { Listen = "http://127.0.0.1:0", Open = true }, Cancel);
        _client = new DroverClient(new ClientOptions { Url = _server.Url });
        _environment = await _client.EnterAsync(cancellation: Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null) (await _running).ShouldBe(AgentExit.Stopped);
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public async Task They_join_run_a_service_and_let_it_go()
    {
        var hosts = await SimulateAsync(5);
        var stack = await _environment!.Stacks.CreateAsync(new Stack { Name = "shop" }, Cancel);
        var service = await _environment.Services.CreateAsync(
            new Service { Name = "web", StackId = Number(stack.Id), Scale = 20, StartOnCreate = true, LaunchConfig = new LaunchConfig { Spec = new ContainerSpec { ImageUuid = "docker:nginx:1" } } }, Cancel);

        await _environment.Services.WaitUntilAsync(service.Id, "active", Limit, Cancel);
        hosts.All.Sum(Running).ShouldBe(20);
        hosts.All.ShouldAllBe(host => Running(host) > 0);

        await _environment.Services.DeleteAsync(service.Id, Cancel);
        await GoneAsync(hosts);
    }

    [Fact]
    public async Task A_container_is_stopped_and_started_through_the_api()
    {
        var hosts = await SimulateAsync(1);
        var container = await _environment!.Containers.CreateAsync(new Container { Name = "box", Spec = new ContainerSpec { ImageUuid = "docker:busybox" } }, Cancel);
        await StateAsync(container.Id, "running");

        await _environment.Containers.ActAsync(container.Id, "stop", cancellation: Cancel);
        await StateAsync(container.Id, "stopped");
        Running(hosts.All[0]).ShouldBe(0);
        await _environment.Containers.ActAsync(container.Id, "start", cancellation: Cancel);
        await StateAsync(container.Id, "running");

        Running(hosts.All[0]).ShouldBe(1);
    }

    [Fact]
    public async Task A_wrong_token_ends_them_with_a_sentence()
        => (await new SimulatedHosts(Options("wrong:1:token", 2), Around()).RunAsync(Cancel)).ShouldBe(AgentExit.Refused);

    private async Task<SimulatedHosts> SimulateAsync(int count)
    {
        var created = await _environment!.RegistrationTokens.CreateAsync(new RegistrationToken(), Cancel);
        var token = await _environment.RegistrationTokens.WaitUntilAsync(created.Id, "active", Limit, Cancel);
        var hosts = new SimulatedHosts(Options(token.Text("token")!, count), Around());
        _running = hosts.RunAsync(_stop.Token);
        await using var signal = _environment.Listen();
        while (await CountAsync(_environment.Hosts.ListAsync([("state", "active")], Cancel)) < count) await signal.NextAsync(Limit, Cancel);
        return hosts;
    }

    private SimulateOptions Options(string token, int count) => new() { Url = _server!.Url, Token = token, Hosts = count };

    private static AgentSurroundings Around() => new() { Time = TimeProvider.System, Jitter = new Random(1), NewUuid = () => Guid.NewGuid().ToString() };

    private Task<ApiResource<Container>> StateAsync(string id, string state) => _environment!.Containers.WaitUntilAsync(id, state, Limit, Cancel);

    private async Task GoneAsync(SimulatedHosts hosts)
    {
        await using var signal = _environment!.Listen();
        while (hosts.All.Any(host => host.Runtime.Containers.Length > 0)) await signal.NextAsync(Limit, Cancel);
    }

    private static int Running(SimulatedHost host) => host.Runtime.Containers.Count(container => container.State == SeenState.Running);

    private static long Number(string id) => long.Parse(id[(id.LastIndexOfAny(['s', 't', 'e']) + 1)..], System.Globalization.CultureInfo.InvariantCulture);

    private static async Task<int> CountAsync(IAsyncEnumerable<ApiResource<Host>> all)
    {
        var count = 0;
        await foreach (var _ in all) count++;
        return count;
    }
}
