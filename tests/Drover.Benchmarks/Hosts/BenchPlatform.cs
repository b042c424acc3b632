using System.Diagnostics;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text.Json;
using Drover.Testing;

namespace Drover.Benchmarks.Hosts;

/// <summary>A lab host with a real engine, the server and an agent as processes of this build.</summary>
internal sealed class BenchPlatform : IAsyncDisposable
{
    private const string Environment = "v2-beta/projects/1a5";
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "drover");
    private static readonly Uri Url = new($"http://{DockerLab.Address}:8080/");
    private readonly DockerLab _lab;
    private readonly LabProcess _server;
    private readonly HttpClient _http;
    private LabProcess? _agent;

    private BenchPlatform(DockerLab lab)
    {
        _lab = lab;
        _server = lab.Start(Program, ["server", "--data", Path.Combine(lab.Folder, "data"), "--listen", Url.ToString().TrimEnd('/')], Path.Combine(lab.Folder, "server.log"));
        _http = new HttpClient(lab.CreateHttpHandler()) { BaseAddress = Url };
    }

    public DockerHost Machine => _lab.Hosts[0];

    /// <summary>Brings all of it up and returns once the host is active. Needs what the lab needs.</summary>
    public static async Task<BenchPlatform> UpAsync()
    {
        var platform = new BenchPlatform(await DockerLab.UpAsync());
        try
        {
            await platform.Machine.LoadAsync(await TestImages.BusyboxAsync());
            await UntilAsync("the server answers", platform.AnswersAsync);
            var token = await platform.PostAsync("registrationTokens", new { });
            await UntilAsync("the token is there", async () => (token = await platform.GetAsync($"registrationTokens/{Text(token, "id")}")).TryGetProperty("token", out var text) && text.ValueKind == JsonValueKind.String);
            platform._agent = platform.Machine.Start(
                Program, ["agent", "--url", Url.ToString()], Path.Combine(platform.Machine.Folder, "log/agent.log"),
                new Dictionary<string, string> { ["DROVER_TOKEN"] = Text(token, "token") });
            await UntilAsync("the host is active", async () => (await platform.ListAsync("hosts")).Any(host => Text(host, "state") == "active"));
            return platform;
        }
        catch
        {
            await platform.DisposeAsync();
            throw;
        }
    }

    /// <summary>The agent's resident memory in MB, read from the kernel.</summary>
    public double AgentMegabytes()
    {
        using var agent = Process.GetProcessById(_agent!.Id);
        return agent.WorkingSet64 / 1024.0 / 1024.0;
    }

    public async Task<JsonElement> PostAsync(string collection, object body)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri($"{Environment}/{collection}", UriKind.Relative), body);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode ? JsonElement.Parse(text) : throw new InvalidOperationException(text);
    }

    /// <summary>Opens the stream that an action's answer names.</summary>
    public async Task<ClientWebSocket> OpenAsync(JsonElement access)
    {
        var socket = new ClientWebSocket();
        using var invoker = new HttpMessageInvoker(_lab.CreateHttpHandler());
        await socket.ConnectAsync(new Uri($"{Text(access, "url")}?token={Text(access, "token")}"), invoker, CancellationToken.None);
        return socket;
    }

    public Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(new Uri($"{Environment}/{path}", UriKind.Relative));

    public async Task<IReadOnlyList<JsonElement>> ListAsync(string path) => [.. (await GetAsync(path)).GetProperty("data").EnumerateArray()];

    public async Task DeleteAsync(string path)
    {
        using var answer = await _http.DeleteAsync(new Uri($"{Environment}/{path}", UriKind.Relative));
        answer.EnsureSuccessStatusCode();
    }

    public static string Text(JsonElement resource, string field) => resource.GetProperty(field).GetString() ?? "";

    /// <summary>Looks every 20 ms until it is so, a minute at most.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> look)
    {
        for (var watch = Stopwatch.StartNew(); !await look(); await Task.Delay(20))
            if (watch.Elapsed > TimeSpan.FromMinutes(1)) throw new TimeoutException($"{what}: not within a minute");
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_agent is not null) await _agent.DisposeAsync();
        await _server.DisposeAsync();
        await _lab.DisposeAsync();
    }

    private async Task<bool> AnswersAsync()
    {
        try
        {
            using var answer = await _http.GetAsync(new Uri("v2-beta", UriKind.Relative));
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
