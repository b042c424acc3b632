using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Drover.Store;

namespace Drover.Server.Tests.Api;

/// <summary>A server of its own on a free port, in memory, and a client of it.</summary>
public sealed class ApiServer : IAsyncDisposable
{
    private DroverServer _server = null!;

    public HttpClient Http { get; } = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>How it is started.</summary>
    public ServerOptions Options { get; set; } = new() { Listen = "http://127.0.0.1:0" };

    public DroverServer Server => _server;

    public ResourceStore Store => _server.Store;

    /// <summary>"http://127.0.0.1:port/v2-beta".</summary>
    public string Root => _server.Url.ToString().TrimEnd('/') + "/v2-beta";

    /// <summary>The Default environment's scope.</summary>
    public string Project => Root + "/projects/1a5";

    public async ValueTask StartAsync() => _server = await DroverServer.StartAsync(Options);

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        if (_server is not null) await _server.DisposeAsync();
    }

    public Task<Reply> GetAsync(string url, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Get, url, null, headers);

    public Task<Reply> PostAsync(string url, object? body = null, params (string Name, string Value)[] headers) => SendAsync(HttpMethod.Post, url, body, headers);

    public Task<Reply> PutAsync(string url, object body) => SendAsync(HttpMethod.Put, url, body, []);

    public Task<Reply> DeleteAsync(string url) => SendAsync(HttpMethod.Delete, url, null, []);

    public async Task<Reply> SendAsync(HttpMethod method, string url, object? body, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, url.StartsWith('/') ? Root + url : url);
        request.Content = body switch
        {
            null => null,
            string text => new StringContent(text, Encoding.UTF8, "application/json"),
            byte[] bytes => new ByteArrayContent(bytes),
            _ => JsonContent.Create(body),
        };
        foreach (var (name, value) in headers) request.Headers.TryAddWithoutValidation(name, value);
        using var response = await Http.SendAsync(request, TestContext.Current.CancellationToken);
        var text2 = await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        return new Reply((int)response.StatusCode, text2, response.Headers);
    }

    /// <summary>Reads an object again and again until it is in a state; fails after half a minute.</summary>
    public Task<JsonElement> UntilAsync(string url, string state)
        => UntilAsync(url, answer => answer.GetProperty("state").GetString() == state);

    /// <summary>Reads until the answer is as hoped; the deadline is 30 seconds.</summary>
    public async Task<JsonElement> UntilAsync(string url, Func<JsonElement, bool> holds)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        while (true)
        {
            var reply = await GetAsync(url);
            if (holds(reply.Json)) return reply.Json;
            await Task.Delay(5, deadline.Token);
        }
    }

    /// <summary>Creates something and returns its self link once it is in a state.</summary>
    public async Task<JsonElement> CreateAsync(string collection, object body, string? state = null)
    {
        var reply = await PostAsync(collection, body);
        reply.Status.ShouldBe(201, reply.Text);
        return state is null ? reply.Json : await UntilAsync(reply.Self, state);
    }

    public static (string Name, string Value) Basic(string user, string password)
        => ("Authorization", "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));
}

/// <summary>An answer of the API.</summary>
public sealed record Reply(int Status, string Text, HttpResponseHeaders Headers)
{
    public JsonElement Json { get; } = Text.StartsWith('{') ? JsonDocument.Parse(Text).RootElement.Clone() : default;

    public string Self => Json.GetProperty("links").GetProperty("self").GetString()!;

    public string? Code => Json.GetProperty("code").GetString();

    public string? Field => Json.TryGetProperty("fieldName", out var name) ? name.GetString() : null;

    public IReadOnlyList<JsonElement> Data => [.. Json.GetProperty("data").EnumerateArray()];

    public string? Header(string name) => Headers.TryGetValues(name, out var values) ? string.Join(',', values) : null;
}
