using System.Globalization;

namespace Drover.Testing;

/// <summary>One host of a <see cref="DockerLab"/>: its own network, mounts, processes and Docker Engine.</summary>
public sealed class DockerHost
{
    private readonly DockerLab _lab;
    private readonly string _number;

    internal DockerHost(DockerLab lab, int number)
    {
        _lab = lab;
        _number = number.ToString(CultureInfo.InvariantCulture);
        Number = number;
        Folder = Path.Combine(lab.Folder, $"h{_number}");
    }

    /// <summary>The number within the lab, from 1.</summary>
    public int Number { get; }

    /// <summary>The host name.</summary>
    public string Name => $"{Path.GetFileName(_lab.Folder)}-h{_number}";

    /// <summary>The address on the switch.</summary>
    public string Address => $"10.201.0.{10 + Number}";

    /// <summary>The host's disks and logs, as seen from outside.</summary>
    public string Folder { get; }

    /// <summary>The engine's unix socket, as seen from outside; inside it is <c>/var/run/docker.sock</c>.</summary>
    public string SocketPath => Path.Combine(Folder, "run/docker.sock");

    /// <summary>Powers the host on and waits for its engine.</summary>
    public Task StartAsync(CancellationToken cancellation = default) => _lab.Script.RunAsync(["up", _number], cancellation);

    /// <summary>Shuts the host down in order: the engine stops its containers first.</summary>
    public Task StopAsync(CancellationToken cancellation = default) => _lab.Script.RunAsync(["stop", _number], cancellation);

    /// <summary>A power failure: every process of the host is gone at once, its disks stay.</summary>
    public Task KillAsync(CancellationToken cancellation = default) => _lab.Script.RunAsync(["kill", _number], cancellation);

    /// <summary>Starts the daemon alone and waits for it.</summary>
    public Task StartEngineAsync(CancellationToken cancellation = default) => EngineAsync("start", cancellation);

    /// <summary>Stops the daemon alone, in order; the host stays up.</summary>
    public Task StopEngineAsync(CancellationToken cancellation = default) => EngineAsync("stop", cancellation);

    /// <summary>Stops and starts the daemon, about two seconds.</summary>
    public Task RestartEngineAsync(CancellationToken cancellation = default) => EngineAsync("restart", cancellation);

    /// <summary>Kills the daemon with SIGKILL; containers' processes live on until it is started again.</summary>
    public Task KillEngineAsync(CancellationToken cancellation = default) => EngineAsync("kill", cancellation);

    /// <summary>Pulls the network cable; a reboot plugs it in again.</summary>
    public Task CutAsync(CancellationToken cancellation = default) => _lab.Script.RunAsync(["cut", _number], cancellation);

    /// <summary>Plugs the network cable in.</summary>
    public Task HealAsync(CancellationToken cancellation = default) => _lab.Script.RunAsync(["heal", _number], cancellation);

    /// <summary>Runs a command inside the host and returns its standard output; throws <see cref="LabException"/> when it fails.</summary>
    public Task<string> ExecAsync(params string[] command) =>
        _lab.Script.RunAsync(["exec", _number, .. command], CancellationToken.None);

    /// <summary>Runs a command inside the host and returns how it ended, whatever that is.</summary>
    public Task<LabOutput> TryExecAsync(IReadOnlyList<string> command, CancellationToken cancellation = default) =>
        _lab.Script.TryRunAsync(["exec", _number, .. command], cancellation);

    /// <summary>Starts a program inside the host, its output appended to <paramref name="log"/> (a path outside).</summary>
    public LabProcess Start(
        string path, IReadOnlyList<string> arguments, string log, IReadOnlyDictionary<string, string>? environment = null) =>
        LabProcess.Start(_lab.Script, ["exec", _number], [path, .. arguments], log, environment, forks: true);

    /// <summary>Runs an action on a thread of this process that is inside the host's network, and waits for its end.</summary>
    public void InNetwork(Action action) => NetworkNamespace.Run(Path.Combine("/run/netns", Name), action);

    /// <summary>Loads an image tar, such as one of <see cref="TestImages"/>.</summary>
    public async Task LoadAsync(string tar, CancellationToken cancellation = default)
    {
        using var engine = UnixHttp.Client(SocketPath);
        await using var file = File.OpenRead(tar);
        using var body = new StreamContent(file);
        body.Headers.ContentType = new("application/x-tar");
        using var answer = await engine.PostAsync(new Uri("/images/load?quiet=1", UriKind.Relative), body, cancellation);
        var text = await answer.Content.ReadAsStringAsync(cancellation);
        if (!answer.IsSuccessStatusCode || text.Contains("\"error\"", StringComparison.Ordinal))
            throw new LabException($"{Name} did not load {tar}: {text}");
    }

    private Task<string> EngineAsync(string verb, CancellationToken cancellation) =>
        _lab.Script.RunAsync(["engine", _number, verb], cancellation);
}
