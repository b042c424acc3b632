using System.Net;
using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Drover.Client.Connection;

/// <summary>Sends requests: signs in, asks for Drover's own additions, turns error bodies into exceptions.</summary>
internal sealed class ApiConnection : IDisposable
{
    private readonly HttpMessageInvoker _sockets;
    private readonly HttpClient _http;
    private readonly ClientOptions _options;

    public ApiConnection(ClientOptions options, HttpMessageHandler? handler)
    {
        _options = options;
        handler ??= new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) };
        _sockets = new HttpMessageInvoker(handler, disposeHandler: false);
        _http = new HttpClient(handler) { Timeout = options.Timeout };
        _http.DefaultRequestHeaders.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        _http.DefaultRequestHeaders.Add("X-Drover", "1");
        _http.DefaultRequestHeaders.Authorization = Credentials;
    }

    public TimeProvider Time => _options.Time;

    private AuthenticationHeaderValue? Credentials => _options switch
    {
        { SessionKey: { } session } => new AuthenticationHeaderValue("Bearer", session),
        { AccessKey: { } access } => new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{access}:{_options.SecretKey}"))),
        _ => null,
    };

    /// <summary>The answer's JSON. Throws <see cref="ApiException"/> when refused, <see cref="HttpRequestException"/> when the server is not reached.</summary>
    public async Task<JsonElement> SendAsync(HttpMethod method, string url, JsonNode? body, CancellationToken cancellation)
    {
        using var request = new HttpRequestMessage(method, url);
        if (body is not null) request.Content = new StringContent(body.ToJsonString(), Encoding.UTF8, "application/json");
        using var response = await _http.SendAsync(request, cancellation).ConfigureAwait(false);
        var text = await response.Content.ReadAsStringAsync(cancellation).ConfigureAwait(false);
        if (!response.IsSuccessStatusCode) throw ErrorBody.Read(response.StatusCode, text);
        if (response.StatusCode == HttpStatusCode.NoContent) return default;
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            throw new ApiException(response.StatusCode, "InvalidAnswer", message: $"{url} did not answer in JSON; is this the address of a Drover server?");
        }
    }

    /// <summary>Sends until the server no longer answers that somebody else was faster; three tries in all.</summary>
    public async Task<JsonElement> SendPatientlyAsync(
        HttpMethod method, string url, Func<CancellationToken, Task<JsonNode?>> body, CancellationToken cancellation)
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return await SendAsync(method, url, await body(cancellation).ConfigureAwait(false), cancellation).ConfigureAwait(false);
            }
            catch (ApiException refused) when (refused.Status == HttpStatusCode.Conflict && tries < 3)
            {
                await Task.Delay(TimeSpan.FromMilliseconds(50 << tries), Time, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Opens a WebSocket at an http or https address.</summary>
    public async Task<WebSocket> OpenSocketAsync(string url, CancellationToken cancellation)
    {
        var socket = new ClientWebSocket();
        try
        {
            if (Credentials is { } credentials) socket.Options.SetRequestHeader("Authorization", credentials.ToString());
            socket.Options.SetRequestHeader("X-Drover", "1");
            socket.Options.KeepAliveInterval = TimeSpan.FromSeconds(15);
            var address = new UriBuilder(url) { Scheme = url.StartsWith("https:", StringComparison.Ordinal) ? "wss" : "ws" };
            await socket.ConnectAsync(address.Uri, _sockets, cancellation).ConfigureAwait(false);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    public void Dispose()
    {
        _http.Dispose();
        _sockets.Dispose();
    }
}
