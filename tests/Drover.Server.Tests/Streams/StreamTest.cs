using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Drover.Server.Tests.Api;
using Drover.Simulator.Load;

namespace Drover.Server.Tests.Streams;

/// <summary>A server, a simulated host that runs one container, and clients of its streams.</summary>
public abstract class StreamTest : IAsyncLifetime
{
    private readonly List<ClientWebSocket> _sockets = [];

    protected ApiServer Api { get; } = new();

    private protected SimulatedHosts Hosts { get; private set; } = null!;

    private protected SimulatedHost Host { get; private set; } = null!;

    /// <summary>The container's self link.</summary>
    protected string Container { get; private set; } = "";

    /// <summary>Marks a request as one that came through a proxy from elsewhere.</summary>
    protected static (string Name, string Value) Far { get; } = ("X-Forwarded-For", "10.0.0.1");

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        await Api.StartAsync();
        Hosts = new SimulatedHosts(Api);
        Host = await Hosts.JoinAsync("one");
        Container = await RunAsync("web");
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        foreach (var socket in _sockets) socket.Dispose();
        await Hosts.DisposeAsync();
        await Api.DisposeAsync();
        await DisposeMoreAsync();
    }

    /// <summary>Lets go of what a test adds.</summary>
    protected virtual ValueTask DisposeMoreAsync() => ValueTask.CompletedTask;

    /// <summary>Takes the host off the network.</summary>
    protected async Task LoseHostAsync()
    {
        await Hosts.DisposeAsync();
        Hosts = new SimulatedHosts(Api);
    }

    /// <summary>Creates a container and waits until it runs.</summary>
    protected async Task<string> RunAsync(string name, object? more = null)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["name"] = name;
        body["imageUuid"] = "docker:busybox";
        var made = await Api.PostAsync(Api.Project + "/containers", body.ToJsonString());
        made.Status.ShouldBe(201, made.Text);
        await Api.UntilAsync(made.Self, answer => answer.GetProperty("state").GetString() == "running" && answer.GetProperty("externalId").ValueKind == JsonValueKind.String);
        return made.Self;
    }

    /// <summary>The key of a user of its own with a role in the environment.</summary>
    protected async Task<(string Name, string Value)> MemberAsync(string role)
    {
        var account = (await Api.CreateAsync("/accounts", new { name = role, kind = "user" }, "active")).GetProperty("id").GetString();
        var members = new[] { new { externalId = "1a1", externalIdType = "rancher_id", role = "owner" }, new { externalId = account!, externalIdType = "rancher_id", role } };
        var set = await Api.PostAsync("/projects/1a5/?action=setmembers", new { members });
        set.Status.ShouldBe(200, set.Text);
        var key = (await Api.PostAsync("/apikeys", new { accountId = account })).Json;
        await Api.UntilAsync(key.GetProperty("links").GetProperty("self").GetString()!, "active");
        return ApiServer.Basic(key.GetProperty("publicValue").GetString()!, key.GetProperty("secretValue").GetString()!);
    }

    /// <summary>Asks for a stream and returns its address with the token.</summary>
    protected async Task<string> AskAsync(string action, object? input = null, params (string Name, string Value)[] headers)
    {
        var reply = await Api.PostAsync($"{Container}/?action={action}", input, headers);
        reply.Status.ShouldBe(200, reply.Text);
        return AddressOf(reply.Json);
    }

    protected static string AddressOf(JsonElement access) => $"{access.GetProperty("url").GetString()}?token={access.GetProperty("token").GetString()}";

    protected async Task<ClientWebSocket> OpenAsync(string address, string? protocol = null)
    {
        var socket = new ClientWebSocket();
        _sockets.Add(socket);
        socket.Options.CollectHttpResponseDetails = true;
        if (protocol is not null) socket.Options.AddSubProtocol(protocol);
        using var deadline = Deadline();
        await socket.ConnectAsync(new Uri(address), deadline.Token);
        return socket;
    }

    /// <summary>The status of a refusal.</summary>
    protected static async Task<int> RefusedAsync(string address)
    {
        using var socket = new ClientWebSocket();
        socket.Options.CollectHttpResponseDetails = true;
        try
        {
            using var deadline = Deadline();
            await socket.ConnectAsync(new Uri(address), deadline.Token);
            return 101;
        }
        catch (WebSocketException)
        {
            return (int)socket.HttpStatusCode;
        }
    }

    /// <summary>The next frame's text; null at the close.</summary>
    protected static async Task<string?> ReadAsync(WebSocket socket)
    {
        using var deadline = Deadline();
        using var frame = new MemoryStream();
        var buffer = new byte[4096];
        while (true)
        {
            var got = await socket.ReceiveAsync(buffer.AsMemory(), deadline.Token);
            if (got.MessageType == WebSocketMessageType.Close) return null;
            frame.Write(buffer, 0, got.Count);
            if (got.EndOfMessage) return Encoding.UTF8.GetString(frame.ToArray());
        }
    }

    protected static async Task SendAsync(WebSocket socket, string text, WebSocketMessageType type = WebSocketMessageType.Text)
        => await socket.SendAsync(Encoding.UTF8.GetBytes(text).AsMemory(), type, true, Cancel);

    protected static string Base64(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text));

    protected static string Plain(string? base64) => Encoding.UTF8.GetString(Convert.FromBase64String(base64!));

    protected static CancellationTokenSource Deadline()
    {
        var deadline = CancellationTokenSource.CreateLinkedTokenSource(Cancel);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        return deadline;
    }
}
