using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Drover.Client.Tests;

/// <summary>A server on loopback that answers what a test laid down and remembers what it was asked.</summary>
internal sealed class FakeApi : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentDictionary<string, Func<Asked, Answer>> _answers = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Func<WebSocket, Task>> _streams = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Guid, Channel<string?>> _subscribers = new();
    private readonly ConcurrentQueue<Asked> _asked = new();

    private FakeApi(WebApplication app) => _app = app;

    public sealed record Asked(string Method, string Path, string Query, JsonNode? Body, string? Authorization, string? Drover);

    public sealed record Answer(int Status, JsonNode? Body);

    public Uri Url => new(_app.Urls.First());

    public IReadOnlyList<Asked> Requests => [.. _asked];

    public int Subscribers => _subscribers.Count;

    /// <summary>False refuses to open streams of changes.</summary>
    public bool AllowsSubscriptions { get; set; } = true;

    public static async Task<FakeApi> StartAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        var fake = new FakeApi(app);
        app.UseWebSockets();
        app.Run(fake.AnswerAsync);
        await app.StartAsync(TestContext.Current.CancellationToken);
        return fake;
    }

    /// <summary>Answers a method and path, such as "GET /v2-beta/projects".</summary>
    public void On(string request, Func<Asked, Answer> answer) => _answers[request] = answer;

    public void On(string request, JsonNode body, int status = 200) => On(request, _ => new Answer(status, body.DeepClone()));

    /// <summary>Serves a WebSocket at a path, such as "/v1/logs/".</summary>
    public void OnStream(string path, Func<WebSocket, Task> serve) => _streams[path] = serve;

    /// <summary>What an action answers that gives a token for a stream at a path.</summary>
    public JsonObject Access(string path, string token) => new() { ["type"] = "hostAccess", ["url"] = $"ws://{Url.Authority}{path}", ["token"] = token };

    public static JsonObject List(params JsonNode[] items) => new() { ["type"] = "collection", ["data"] = new JsonArray(items), ["pagination"] = null };

    /// <summary>Tells every subscriber that an object changed.</summary>
    public void Publish(string type, string id, JsonObject resource) => Send(new JsonObject
    {
        ["name"] = "resource.change",
        ["resourceType"] = type,
        ["resourceId"] = id,
        ["data"] = new JsonObject { ["resource"] = resource },
    }.ToJsonString());

    public void Send(string? frame)
    {
        foreach (var subscriber in _subscribers.Values) subscriber.Writer.TryWrite(frame);
    }

    /// <summary>Closes every stream of changes.</summary>
    public void HangUp() => Send(null);

    public async ValueTask DisposeAsync()
    {
        HangUp();
        await _app.StopAsync(CancellationToken.None);
        await _app.DisposeAsync();
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var body = await new StreamReader(context.Request.Body).ReadToEndAsync(context.RequestAborted);
        var asked = new Asked(
            context.Request.Method, context.Request.Path, context.Request.QueryString.ToString(),
            body.Length == 0 ? null : JsonNode.Parse(body), context.Request.Headers.Authorization, context.Request.Headers["X-Drover"]);
        _asked.Enqueue(asked);
        if (context.WebSockets.IsWebSocketRequest && _streams.TryGetValue(asked.Path, out var serve))
        {
            using var stream = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols.FirstOrDefault());
            await serve(stream);
            return;
        }

        if (context.WebSockets.IsWebSocketRequest && AllowsSubscriptions)
        {
            await ServeAsync(await context.WebSockets.AcceptWebSocketAsync(), context.RequestAborted);
            return;
        }

        var answer = _answers.TryGetValue($"{asked.Method} {asked.Path}", out var given)
            ? given(asked)
            : new Answer(404, JsonNode.Parse("""{"type":"error","status":404,"code":"Not Found","message":"Not Found"}"""));
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = "application/json";
        await context.Response.WriteAsync(answer.Body?.ToJsonString() ?? "", context.RequestAborted);
    }

    private async Task ServeAsync(WebSocket socket, CancellationToken cancellation)
    {
        var me = Guid.NewGuid();
        var frames = Channel.CreateUnbounded<string?>();
        _subscribers[me] = frames;
        try
        {
            await foreach (var frame in frames.Reader.ReadAllAsync(cancellation))
            {
                if (frame is null) break;
                await socket.SendAsync(System.Text.Encoding.UTF8.GetBytes(frame), WebSocketMessageType.Text, true, cancellation);
            }

            _subscribers.TryRemove(me, out _);
            await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, cancellation);
        }
        catch (Exception gone) when (gone is OperationCanceledException or WebSocketException)
        {
            _subscribers.TryRemove(me, out _);
        }
    }
}
