namespace Drover.Integration.Harness;

/// <summary>`drover server` on this machine's side of the lab's switch, with its data in the lab's folder.</summary>
internal sealed class ServerProcess(DockerLab lab) : IAsyncDisposable
{
    private LabProcess? _process;

    /// <summary>Where every host reaches it.</summary>
    public Uri Url { get; } = new($"http://{DockerLab.Address}:8080");

    /// <summary>What all its lives said.</summary>
    public string LogPath { get; } = Path.Combine(lab.Folder, "server.log");

    /// <summary>The process of its present life.</summary>
    public int Id => _process!.Id;

    public bool HasExited => _process!.HasExited;

    /// <summary>Starts it and waits for its first answer.</summary>
    public async Task StartAsync()
    {
        _process = lab.Start(
            RealServer.Program, ["server", "--data", Path.Combine(lab.Folder, "data"), "--listen", Url.ToString().TrimEnd('/')], LogPath);
        using var http = new HttpClient(lab.CreateHttpHandler()) { BaseAddress = Url };
        await Until.SoAsync($"the server answers (its log: {LogPath})", async () =>
        {
            if (_process.HasExited) Assert.Fail($"the server ended with {_process.ExitCode}: {await File.ReadAllTextAsync(LogPath)}");
            try
            {
                using var answer = await http.GetAsync(new Uri("/v2-beta", UriKind.Relative));
                return answer.IsSuccessStatusCode;
            }
            catch (HttpRequestException)
            {
                return false;
            }
        });
    }

    /// <summary>kill -9.</summary>
    public Task KillAsync() => _process!.KillAsync();

    /// <summary>kill -9, and a new life.</summary>
    public async Task KillAndStartAsync()
    {
        await KillAsync();
        await StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null) await _process.DisposeAsync();
    }
}
