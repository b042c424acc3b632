using Drover.Client;
using Drover.Client.Resources;
using Drover.Model.Containers;
using Drover.Model.Credentials;
using Drover.Model.Environments;
using Drover.Model.Hosts;
using Drover.Server;

namespace Drover.Agent.Tests.Harness;

/// <summary>A real server on loopback, and the API to look at it.</summary>
internal sealed class JoinedServer(string? folder = null) : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);
    private DroverServer? _server;
    private DroverClient? _client;

    public Uri Url { get; private set; } = new("http://127.0.0.1:0");

    public EnvironmentClient Environment { get; private set; } = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    /// <summary>Starts it, again on the same port.</summary>
    public async Task<JoinedServer> StartAsync()
    {
        _server = await DroverServer.StartAsync(new ServerOptions { DataFolder = folder, Listen = Url.ToString(), Open = true }, Cancel);
        Url = _server.Url;
        _client = new DroverClient(new ClientOptions { Url = Url });
        Environment = await _client.EnterAsync("Default", Cancel);
        return this;
    }

    public async Task StopAsync()
    {
        _client?.Dispose();
        if (_server is not null) await _server.DisposeAsync();
        _server = null;
    }

    /// <summary>A token of the Default environment, or of another one that is made for it.</summary>
    public async Task<string> TokenAsync(string? environment = null)
    {
        var within = Environment;
        if (environment is not null)
        {
            var project = await _client!.Environments.CreateAsync(new Project { Name = environment }, Cancel);
            within = await _client.EnterAsync(project.Id, Cancel);
        }

        var created = await within.RegistrationTokens.CreateAsync(new RegistrationToken(), Cancel);
        return (await within.RegistrationTokens.WaitUntilAsync(created.Id, token => token.State == "active", Limit, Cancel)).Text("token")!;
    }

    public Task<ApiResource<Host>> HostAsync(string id, string state) => Environment.Hosts.WaitUntilAsync(id, state, Limit, Cancel);

    /// <summary>Waits for the first active host; returns its id.</summary>
    public async Task<string> HostAsync()
    {
        await using var signal = Environment.Listen();
        while (true)
        {
            await foreach (var host in Environment.Hosts.ListAsync([("state", "active")], Cancel)) return host.Id;
            await signal.NextAsync(Limit, Cancel);
        }
    }

    public async Task<string> RunAsync(string name)
    {
        var created = await Environment.Containers.CreateAsync(new Container { Name = name, Spec = new ContainerSpec { ImageUuid = "docker:nginx:1" } }, Cancel);
        await StateAsync(created.Id, "running");
        return created.Id;
    }

    public Task StateAsync(string id, string state) => Environment.Containers.WaitUntilAsync(id, state, Limit, Cancel);

    public async ValueTask DisposeAsync() => await StopAsync();
}
