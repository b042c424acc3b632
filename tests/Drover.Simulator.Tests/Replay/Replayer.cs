using System.Net.Http.Headers;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace Drover.Simulator.Tests.Replay;

/// <summary>Makes recorded requests of a running server, with the server's own ids in place of the recorder's.</summary>
/// <param name="http">A client of the server.</param>
/// <param name="origin">"http://127.0.0.1:port".</param>
/// <param name="credentials">Basic credentials; null where access control is off.</param>
internal sealed partial class Replayer(HttpClient http, string origin, string? credentials)
{
    private readonly Dictionary<string, string> _ids = new(StringComparer.Ordinal) { ["1a5"] = "1a5" };
    private readonly List<string> _unnamed = [];
    private readonly Queue<Uri> _streams = new();
    private string? _lastStack;

    /// <summary>Makes one request; returns the status and the body.</summary>
    public async Task<(int Status, JsonElement Body)> SendAsync(Step step, CancellationToken cancel)
    {
        using var request = new HttpRequestMessage(new HttpMethod(step.Method), origin + Named(step.Path).Replace("<nil>", "%3Cnil%3E", StringComparison.Ordinal));
        if (credentials is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
        if (step.Body is { } body) request.Content = new StringContent(Named(body.Replace("LAST", _lastStack, StringComparison.Ordinal)), Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, cancel);
        var text = await response.Content.ReadAsStringAsync(cancel);
        var answer = text.StartsWith('{') ? JsonDocument.Parse(text).RootElement : default;
        Learn(step, answer);
        return ((int)response.StatusCode, answer);
    }

    /// <summary>Opens a recorded WebSocket and reads what comes first.</summary>
    public async Task<string> OpenAsync(Step step, CancellationToken cancel)
    {
        using var socket = new ClientWebSocket();
        var stream = _streams.Count > 0 && !step.Path.Contains("subscribe", StringComparison.Ordinal) ? _streams.Dequeue() : null;
        if (stream is null && credentials is not null) socket.Options.SetRequestHeader("Authorization", "Basic " + credentials);
        await socket.ConnectAsync(stream ?? new Uri("ws" + origin[4..] + Named(step.Path)), cancel);
        if (stream is not null) return "";
        var buffer = new byte[4096];
        var read = await socket.ReceiveAsync(buffer.AsMemory(), cancel);
        return Encoding.UTF8.GetString(buffer, 0, read.Count);
    }

    /// <summary>Reads an object until it rests, as a waiting client does.</summary>
    public async Task SettleAsync(JsonElement resource, CancellationToken cancel)
    {
        var self = resource.GetProperty("links").GetProperty("self").GetString()!;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(60));
        while (true)
        {
            if (deadline.IsCancellationRequested) throw new TimeoutException($"does not settle: {resource}");
            using var request = new HttpRequestMessage(HttpMethod.Get, self);
            if (credentials is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Basic", credentials);
            using var response = await http.SendAsync(request, cancel);
            using var answer = JsonDocument.Parse(await response.Content.ReadAsStringAsync(cancel));
            if (!answer.RootElement.TryGetProperty("transitioning", out var transitioning) || transitioning.GetString() != "yes") return;
            await Task.Delay(150, cancel); // the interval of the recorded clients (clients.md section 2)
        }
    }

    /// <summary>The text with the server's ids; an id that was not seen before is that of the oldest object nobody has named yet.</summary>
    private string Named(string text) => RecordedId().Replace(text, match =>
    {
        if (_ids.TryGetValue(match.Value, out var known)) return known;
        var at = _unnamed.FindIndex(id => RecordedId().Match(id).Groups[1].Value == match.Groups[1].Value);
        if (at < 0) return match.Value;
        var mine = _ids[match.Value] = _unnamed[at];
        _unnamed.RemoveAt(at);
        return mine;
    });

    private void Learn(Step step, JsonElement answer)
    {
        if (answer.ValueKind != JsonValueKind.Object) return;
        if (step.Action is "logs" or "execute" && answer.TryGetProperty("token", out var token))
            _streams.Enqueue(new Uri(answer.GetProperty("url").GetString() + "?token=" + token.GetString()));
        IEnumerable<JsonElement> found = step.Method == "POST" && step.Action is null ? [answer]
            : step.Method == "GET" && answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Array ? data.EnumerateArray()
            : [];
        if (step.Method == "GET" && step.Path.EndsWith("/instances", StringComparison.Ordinal)) _unnamed.RemoveAll(id => id.StartsWith("1i", StringComparison.Ordinal)); // clients act on the containers that they listed last
        foreach (var resource in found)
        {
            if (!resource.TryGetProperty("id", out var value) || value.GetString() is not { } id || !RecordedId().IsMatch(id)) continue;
            if (id.StartsWith("1st", StringComparison.Ordinal) && step.Method == "POST") _lastStack = id;
            if (!_ids.ContainsValue(id) && !_unnamed.Contains(id)) _unnamed.Add(id);
        }
    }

    [GeneratedRegex(@"(?<![\w-])1(st|se|pt|s|i|h|v)\d+(?!\w)")]
    private static partial Regex RecordedId();
}
