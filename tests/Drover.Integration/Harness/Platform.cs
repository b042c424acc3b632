namespace Drover.Integration.Harness;

/// <summary>A whole installation: a lab, a server process, hosts with agent processes, all ended together.</summary>
public class Platform : IAsyncLifetime
{
    /// <summary>The Default environment of a fresh server.</summary>
    protected internal const string Default = "1a5";

    private readonly List<AgentHost> _hosts = [];
    private string? _impossible;
    private DockerLab? _lab;
    private ServerProcess? _server;
    private HttpClient? _http;

    /// <summary>The lab; asking for it skips the test where no lab is possible.</summary>
    internal DockerLab Lab
    {
        get
        {
            Assert.SkipWhen(_impossible is not null, _impossible ?? "");
            return _lab!;
        }
    }

    internal ServerProcess Server => Lab is null ? throw new InvalidOperationException() : _server!;

    /// <summary>False where no lab is possible.</summary>
    protected bool IsUp => _lab is not null;

    /// <summary>The first host.</summary>
    internal AgentHost Host => Lab is null ? throw new InvalidOperationException() : _hosts[0];

    /// <summary>The API in the Default environment.</summary>
    internal Api Api => Everywhere.In(Default);

    /// <summary>The API outside of any environment.</summary>
    internal Api Everywhere => Lab is null ? throw new InvalidOperationException() : new Api(_http!, "/v2-beta");

    public virtual async ValueTask InitializeAsync()
    {
        if (!DockerLab.IsPossible(out _impossible)) return;
        _lab = await DockerLab.UpAsync(cancellation: TestContext.Current.CancellationToken);
        try
        {
            await BringUpAsync(_lab);
        }
        catch
        {
            await DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        _http?.Dispose();
        if (_lab is null) return;
        foreach (var host in _hosts) await host.DisposeAsync();
        if (_server is not null) await _server.DisposeAsync();
        KeepLogs(_lab);
        await _lab.DisposeAsync();
    }

    /// <summary>Adds a machine with busybox on it; its agent is not started.</summary>
    internal async Task<AgentHost> AddMachineAsync()
    {
        var machine = await Lab.AddHostAsync(TestContext.Current.CancellationToken);
        return await TakeAsync(machine, Server);
    }

    /// <summary>Runs a verb of the CLI on the server's machine and returns what it printed; fails where the verb does.</summary>
    internal async Task<string> DroverAsync(params string[] arguments)
    {
        var log = Path.Combine(Lab.Folder, $"cli-{Guid.NewGuid():n}.log");
        await using var cli = Lab.Start(RealServer.Program, arguments, log, new Dictionary<string, string> { ["DROVER_URL"] = Server.Url.ToString(), ["HOME"] = Lab.Folder });
        await cli.WaitForExitAsync(TestContext.Current.CancellationToken);
        var said = await File.ReadAllTextAsync(log, TestContext.Current.CancellationToken);
        Assert.True(cli.ExitCode == 0, $"drover {string.Join(' ', arguments)} ended with {cli.ExitCode}: {said}");
        return said;
    }

    /// <summary>A registration token of an environment, once it is active.</summary>
    internal static async Task<Resource> NewTokenAsync(Api environment)
    {
        var made = await environment.CreateAsync("registrationTokens", new { });
        return await environment.InStateAsync(made, "active");
    }

    private async Task BringUpAsync(DockerLab lab)
    {
        _server = new ServerProcess(lab);
        _http = new HttpClient(lab.CreateHttpHandler()) { BaseAddress = _server.Url, Timeout = TimeSpan.FromMinutes(2) };
        var starting = _server.StartAsync();
        var host = await TakeAsync(lab.Hosts[0], _server);
        await starting;
        host.Start((await NewTokenAsync(Api))["token"]);
        await host.JoinedAsync(Api);
    }

    private async Task<AgentHost> TakeAsync(DockerHost machine, ServerProcess server)
    {
        await machine.LoadAsync(await TestImages.BusyboxAsync(), TestContext.Current.CancellationToken);
        var host = new AgentHost(machine, server.Url);
        _hosts.Add(host);
        return host;
    }

    /// <summary>Leaves the logs where DROVER_LAB_LOGS says, for whoever looks into a failure.</summary>
    private void KeepLogs(DockerLab lab)
    {
        if (Environment.GetEnvironmentVariable("DROVER_LAB_LOGS") is not { Length: > 0 } kept) return;
        var folder = Directory.CreateDirectory(Path.Combine(kept, Path.GetFileName(lab.Folder))).FullName;
        foreach (var log in _hosts.Select(host => host.LogPath).Append(_server?.LogPath ?? "").Where(File.Exists))
            File.Copy(log, Path.Combine(folder, $"{Path.GetFileName(Path.GetDirectoryName(Path.GetDirectoryName(log)))}-{Path.GetFileName(log)}"), overwrite: true);
    }
}
