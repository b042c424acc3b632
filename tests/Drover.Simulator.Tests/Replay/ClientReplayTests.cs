using System.Text;
using System.Text.Json;
using Drover.Agent;
using Drover.Agent.Sessions;
using Drover.Client;
using Drover.Model.Credentials;
using Drover.Protocol;
using Drover.Server;
using Drover.Simulator.Load;

namespace Drover.Simulator.Tests.Replay;

/// <summary>The requests of the last released Rancher CLI and rancher-compose, made again of a real server with simulated hosts.</summary>
public sealed class ClientReplayTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(120);

    /// <summary>Stood in front of the server and asked as the user.</summary>
    private const string Proxy = "websocket-proxy";

    /// <summary>Services of 1.6 that take part in the server's own work as external handlers; Drover does that work itself.</summary>
    private static readonly string[] Handlers = ["rancher-compose-executor", "go-machine-service"];

    private readonly CancellationTokenSource _stop = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(10) }; // the clients' own limit for every request (clients.md section 2)
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
        var created = await _environment.RegistrationTokens.CreateAsync(new RegistrationToken(), Cancel);
        var token = await _environment.RegistrationTokens.WaitUntilAsync(created.Id, "active", Limit, Cancel);
        var hosts = new SimulatedHosts(
            new SimulateOptions { Url = _server.Url, Token = token.Text("token")!, Hosts = 4 },
            new AgentSurroundings { Time = TimeProvider.System, Jitter = new Random(1), NewUuid = () => Guid.NewGuid().ToString() });
        _running = hosts.RunAsync(_stop.Token);
        await using var signal = _environment.Listen();
        while (await ActiveHostsAsync() < 4) await signal.NextAsync(Limit, Cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        if (_running is not null) await _running;
        _client?.Dispose();
        _http.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _stop.Dispose();
    }

    [Fact]
    public Task The_rancher_command_line_works_unchanged() => ReplayAsync("cli-seq.txt", null);

    [Fact]
    public async Task Rancher_compose_works_unchanged_with_the_key_of_an_environment()
    {
        var key = await _environment!.Set<ApiKey>().CreateAsync(new ApiKey(), Cancel);
        await ReplayAsync("compose-seq.txt", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{key.Text("publicValue")}:{key.Text("secretValue")}")));
    }

    [Fact]
    public async Task What_services_of_1_6_on_a_host_ask_at_start_is_answered_to_an_agents_key()
    {
        var token = await _environment!.RegistrationTokens.CreateAsync(new RegistrationToken(), Cancel);
        token = await _environment.RegistrationTokens.WaitUntilAsync(token.Id, "active", Limit, Cancel);
        using var http = new HttpClient { BaseAddress = _server!.Url };
        var keys = await Registration.JoinAsync(http, token.Text("token")!, new HostDescription { Uuid = Guid.NewGuid().ToString(), Hostname = "five" }, Cancel);
        await ReplayAsync("services-startup-seq.txt", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{keys.AccessKey}:{keys.SecretKey}")), step => step.Command != Proxy && !Handlers.Contains(step.Command));
        await ReplayAsync("services-startup-seq.txt", null, step => step.Command == Proxy);
    }

    private async Task ReplayAsync(string recording, string? credentials, Func<Step, bool>? isMeant = null)
    {
        if (Environment.GetEnvironmentVariable("DROVER_REFERENCE") is not { Length: > 0 } reference)
        {
            Assert.Skip("No reference folder: set DROVER_REFERENCE");
            return;
        }

        var replayer = new Replayer(_http, _server!.Url.ToString().TrimEnd('/'), credentials);
        var wrong = new List<string>();
        foreach (var step in Trace.Read(Path.Combine(reference, "traces", recording)))
        {
            if (step.Path.StartsWith("/v1-catalog", StringComparison.Ordinal) || isMeant?.Invoke(step) == false) continue; // the catalog is a service of its own
            if (step.Method == "WS")
            {
                (await replayer.OpenAsync(step, Cancel)).ShouldNotBeNull();
                continue;
            }

            var (status, answer) = await replayer.SendAsync(step, Cancel);
            if (status != Expected(step)) wrong.Add($"{step} -> {status}, expected {Expected(step)}: {answer}");
            else if (status < 300) wrong.AddRange(NeededFields.Missing(answer).Select(field => $"{step}: {field}"));
            if (status < 300 && step.Method is "POST" or "PUT" or "DELETE" && answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty("transitioning", out _) && answer.TryGetProperty("links", out _))
                await replayer.SettleAsync(answer, Cancel);
        }

        wrong.ShouldBeEmpty();
    }

    /// <summary>The status of api-semantics.md section 7, where the recorder's own differs.</summary>
    private static int Expected(Step step) => step switch
    {
        { Action: "deactivate", Path: var path } when path.Contains("/1s12/", StringComparison.Ordinal) => 422, // it moved to web2 and rests in `upgraded`, which offers no such action; clients read that
        { Action: "setservicelinks" } => 200, // no process: answered by the action itself
        { Method: "GET", Path: var path } when path.EndsWith("s/1h1", StringComparison.Ordinal) => 200, // the letters of an id are not looked at
        _ => step.Status,
    };

    private async Task<int> ActiveHostsAsync()
    {
        var count = 0;
        await foreach (var _ in _environment!.Hosts.ListAsync([("state", "active")], Cancel)) count++;
        return count;
    }
}
