using System.Net;
using System.Net.Http.Headers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Drover.Agent.Docker.Engine;

/// <summary>
/// HTTP over the engine's unix socket: agrees on a version once per daemon, sends, and turns every failure into an
/// <see cref="EngineException"/>. Never retries; whoever asks knows whether asking twice is safe.
/// </summary>
internal sealed class EngineConnection : IDisposable
{
    private readonly HttpClient _http;
    private readonly string _socketPath;
    private readonly TimeProvider _time;
    private EngineVersion? _agreed;

    public EngineConnection(string socketPath, TimeProvider time)
    {
        _time = time;
        _socketPath = socketPath;
        _http = new HttpClient(EngineSocket.Handler(socketPath)) { Timeout = Timeout.InfiniteTimeSpan };
    }

    public void Dispose() => _http.Dispose();

    /// <summary>Asks for the engine's answer to <c>/_ping</c>, and agrees on the version that later requests speak.</summary>
    public async Task<PingResponse> PingAsync(CancellationToken cancellation)
    {
        var request = EngineRequest.Get(new EngineUri("/_ping")) with { Patience = TimeSpan.FromSeconds(20) };
        using var deadline = new EngineDeadline(request.Patience, _time, cancellation);
        using var answer = await SendAsync(request, "", deadline);
        var offered = answer.Headers.TryGetValues("Api-Version", out var values) ? values.First() : null;
        if (!EngineVersion.TryParse(offered, out var version))
            throw new EngineException(EngineFault.Failed, $"No Docker Engine answers here: its API version is \"{offered}\"");
        _agreed = EngineVersion.Agree(version);
        return new PingResponse(version, _agreed.Value, answer.Headers.TryGetValues("OSType", out var os) ? os.First() : "linux");
    }

    /// <summary>Sends and forgets the answer's body; tells whether anything changed (304 means it was so already).</summary>
    public async Task<bool> DoAsync(EngineRequest request, CancellationToken cancellation)
    {
        using var deadline = new EngineDeadline(request.Patience, _time, cancellation);
        using var answer = await SendAsync(request, await PrefixAsync(cancellation), deadline);
        return answer.StatusCode != HttpStatusCode.NotModified;
    }

    /// <summary>Sends and reads the answer as one JSON value.</summary>
    public async Task<T> AskAsync<T>(EngineRequest request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using var deadline = new EngineDeadline(request.Patience, _time, cancellation);
        using var answer = await SendAsync(request, await PrefixAsync(cancellation), deadline);
        try
        {
            await using var body = await answer.Content.ReadAsStreamAsync(deadline.Token);
            return await JsonSerializer.DeserializeAsync(body, type, deadline.Token) ?? throw NotTheApi(request, null);
        }
        catch (Exception e) when (Translate(e, request, deadline) is { } known)
        {
            throw known;
        }
    }

    /// <summary>Sends and yields the answer's JSON values as they arrive, until the engine or the caller ends the stream.</summary>
    public async IAsyncEnumerable<T> StreamAsync<T>(
        EngineRequest request, JsonTypeInfo<T> type, [EnumeratorCancellation] CancellationToken cancellation)
        where T : class
    {
        using var deadline = new EngineDeadline(request.Patience, _time, cancellation);
        using var answer = await SendAsync(request, await PrefixAsync(cancellation), deadline);
        await using var body = await answer.Content.ReadAsStreamAsync(deadline.Token);
        await using var values = JsonSerializer
            .DeserializeAsyncEnumerable(body, type, topLevelValues: true, deadline.Token)
            .GetAsyncEnumerator(deadline.Token);
        while (true)
        {
            try
            {
                if (!await values.MoveNextAsync()) yield break;
            }
            catch (Exception e) when (Translate(e, request, deadline) is { } known)
            {
                throw known;
            }
            if (values.Current is { } value) yield return value;
        }
    }

    /// <summary>Sends and hands out the answer's bytes as they come; reading slower than the engine writes holds the engine up.</summary>
    public async Task<EngineBytes> OpenAsync(EngineRequest request, CancellationToken cancellation)
    {
        using var deadline = new EngineDeadline(Timeout.InfiniteTimeSpan, _time, cancellation);
        var answer = await SendAsync(request, await PrefixAsync(cancellation), deadline);
        return new EngineBytes(answer, await answer.Content.ReadAsStreamAsync(cancellation));
    }

    /// <summary>Asks for an upgrade and hands out the connection itself; its bytes go both ways from then on.</summary>
    public async Task<HijackedConnection> HijackAsync(EngineRequest request, CancellationToken cancellation)
    {
        using var deadline = new EngineDeadline(request.Patience, _time, cancellation);
        try
        {
            return await HijackedConnection.OpenAsync(_socketPath, request, await PrefixAsync(cancellation), deadline.Token);
        }
        catch (Exception e) when (Translate(e, request, deadline) is { } known)
        {
            throw known;
        }
        catch (System.Net.Sockets.SocketException e)
        {
            throw new EngineException(EngineFault.Unreachable, $"The Docker Engine cannot be reached: {e.Message}", inner: e);
        }
    }

    private async ValueTask<string> PrefixAsync(CancellationToken cancellation)
    {
        if (_agreed is null) await PingAsync(cancellation);
        return $"/v{_agreed ?? EngineVersion.Oldest}";
    }

    private async Task<HttpResponseMessage> SendAsync(EngineRequest request, string prefix, EngineDeadline deadline)
    {
        using var message = new HttpRequestMessage(request.Method, $"http://engine{prefix}{request.Uri}") { Content = request.Body };
        AddCredentials(message.Headers, request);
        HttpResponseMessage? answer = null;
        try
        {
            answer = await _http.SendAsync(message, HttpCompletionOption.ResponseHeadersRead, deadline.Token);
            if (answer.IsSuccessStatusCode || answer.StatusCode == HttpStatusCode.NotModified) return answer;
            var refusal = EngineException.FromAnswer(answer.StatusCode, await ReasonAsync(answer, deadline.Token));
            answer.Dispose();
            throw refusal;
        }
        catch (Exception e) when (Translate(e, request, deadline) is { } known)
        {
            answer?.Dispose();
            throw known;
        }
    }

    private static void AddCredentials(HttpRequestHeaders headers, EngineRequest request)
    {
        if (request.Auth is { } auth) headers.TryAddWithoutValidation("X-Registry-Auth", auth.ToHeader());
        if (request.AuthByRegistry is { } all) headers.TryAddWithoutValidation("X-Registry-Config", RegistryAuth.ToHeader(all));
    }

    private static async Task<string> ReasonAsync(HttpResponseMessage answer, CancellationToken cancellation) =>
        ReasonOf(await answer.Content.ReadAsStringAsync(cancellation), answer.StatusCode);

    /// <summary>The engine's own words out of the body of a refusal.</summary>
    internal static string ReasonOf(string body, HttpStatusCode status)
    {
        try
        {
            return JsonSerializer.Deserialize(body, EngineJson.Default.ErrorResponse)?.Message ?? body;
        }
        catch (JsonException)
        {
            return body.Length == 0 ? $"HTTP {(int)status}" : body.Trim();
        }
    }

    /// <summary>The failure in our words; null for what is not the engine's doing, cancellation by the caller above all.</summary>
    private EngineException? Translate(Exception e, EngineRequest request, EngineDeadline deadline)
    {
        var translated = e switch
        {
            HttpRequestException { HttpRequestError: HttpRequestError.ConnectionError } =>
                new EngineException(EngineFault.Unreachable, $"The Docker Engine cannot be reached: {e.InnerException?.Message ?? e.Message}", inner: e),
            OperationCanceledException when deadline.HasPassed =>
                new EngineException(EngineFault.Interrupted, $"The Docker Engine gave no answer to {request.Method} {request.Uri.Path} in {request.Patience.TotalSeconds:0} s", inner: e),
            HttpRequestException or IOException or ObjectDisposedException =>
                new EngineException(EngineFault.Interrupted, $"The connection to the Docker Engine broke: {e.Message}", inner: e),
            JsonException => NotTheApi(request, e),
            _ => null,
        };
        if (translated is { IsConnectionLost: true }) _agreed = null; // the next daemon at this socket may be another version
        return translated;
    }

    private static EngineException NotTheApi(EngineRequest request, Exception? inner) =>
        new(EngineFault.Failed, $"The answer to {request.Method} {request.Uri.Path} is not the Engine API's", inner: inner);
}
