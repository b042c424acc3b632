namespace Drover.Integration.Harness;

/// <summary>A lab host with a `drover agent` process on it.</summary>
internal sealed class AgentHost(DockerHost machine, Uri server) : IAsyncDisposable
{
    private LabProcess? _process;

    public DockerHost Machine { get; } = machine;

    /// <summary>What all lives of the agent said.</summary>
    public string LogPath { get; } = Path.Combine(machine.Folder, "log/agent.log");

    /// <summary>The host's wire id, once it joined.</summary>
    public string Id { get; private set; } = "";

    public bool HasExited => _process!.HasExited;

    /// <summary>Starts the agent; the token is needed at its first start only.</summary>
    public void Start(string? token = null) => _process = Launch(token, LogPath);

    /// <summary>An agent process of this host with a data folder of its own choice.</summary>
    public LabProcess Launch(string? token, string log, params string[] arguments) =>
        Machine.Start(
            RealServer.Program,
            ["agent", "--url", server.ToString(), .. arguments],
            log,
            token is null ? null : new Dictionary<string, string> { ["DROVER_TOKEN"] = token });

    /// <summary>Waits until the server shows this host as active.</summary>
    public async Task JoinedAsync(Api api)
    {
        var seen = await Until.SeenAsync(
            $"{Machine.Name} is active (its agent's log: {LogPath})",
            async () =>
            {
                if (HasExited) Assert.Fail($"the agent ended with {_process!.ExitCode}: {await File.ReadAllTextAsync(LogPath)}");
                return await api.FindAsync("hosts", ("hostname", Machine.Name));
            },
            host => host?.State == "active");
        Id = seen!.Id;
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>Runs the docker command of the host and returns what it printed, without the last line's end.</summary>
    public async Task<string> DockerAsync(params string[] arguments) => (await Machine.ExecAsync(["docker", .. arguments])).TrimEnd('\n');

    /// <summary>Runs a command in a container and returns what it printed; null where it failed.</summary>
    public async Task<string?> TryInContainerAsync(string engineId, params string[] command)
    {
        var ended = await Machine.TryExecAsync(["docker", "exec", engineId, .. command], TestContext.Current.CancellationToken);
        return ended.ExitCode == 0 ? ended.Output.TrimEnd('\n') : null;
    }

    /// <summary>The engine's names of all containers, running or not, in order.</summary>
    public async Task<string[]> ContainerNamesAsync() =>
        [.. (await DockerAsync("ps", "-a", "--format", "{{.Names}}")).Split('\n', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal)];

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }
}
