using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using Drover.Agent.Streams;
using Drover.Protocol;
using Drover.Server.Tests.SignIn;
using Microsoft.AspNetCore.Http;

namespace Drover.Server.Tests.Streams.Proxy;

/// <summary>A service whose one container is a real web server on loopback, behind a simulated host.</summary>
public abstract class ProxyTest : StreamTest
{
    private StubServer? _web;

    /// <summary>What the container's web server answers.</summary>
    protected RequestDelegate Page { get; set; } = http => http.Response.WriteAsync("hello from the container", http.RequestAborted);

    /// <summary>Connections that were asked for.</summary>
    private protected ConcurrentQueue<ConnectOrder> Dialled { get; } = [];

    /// <summary>"http://127.0.0.1:port/r/projects/1a5/web".</summary>
    protected string Service => $"{Api.Server.Url}r/projects/1a5/web";

    /// <summary>Starts the container's web server and the service, stack "shop", service "web".</summary>
    protected async Task ServeAsync(object? launchConfig = null)
    {
        _web = await StubServer.StartAsync(http => Page(http));
        var port = new Uri(_web.Url).Port;
        Host.Streams.OnConnect = (order, link, cancel) => ConnectAsync(order, port, link, cancel);
        var stack = await Api.CreateAsync(Api.Project + "/stacks", new { name = "shop" });
        var config = JsonSerializer.SerializeToNode(launchConfig ?? new { })!.AsObject();
        config["imageUuid"] = "docker:busybox";
        var service = await Api.CreateAsync(Api.Project + "/services", new { name = "web", stackId = stack.GetProperty("id").GetString(), scale = 1, startOnCreate = true, launchConfig = config });
        await Api.UntilAsync(service.GetProperty("links").GetProperty("self").GetString()!, "active");
    }

    /// <summary>Sends a request line as it stands, so that nothing makes its path pretty, and reads to the end.</summary>
    protected async Task<string> RawAsync(string request)
    {
        using var socket = new TcpClient();
        await socket.ConnectAsync(Api.Server.Url.Host, Api.Server.Url.Port, Cancel);
        await socket.GetStream().WriteAsync(Encoding.Latin1.GetBytes(request), Cancel);
        using var reader = new StreamReader(socket.GetStream(), Encoding.Latin1);
        return await reader.ReadToEndAsync(Cancel);
    }

    protected override async ValueTask DisposeMoreAsync()
    {
        if (_web is not null) await _web.DisposeAsync();
    }

    private async Task ConnectAsync(ConnectOrder order, int port, IStreamLink link, CancellationToken cancel)
    {
        Dialled.Enqueue(order);
        using var socket = new TcpClient();
        await socket.ConnectAsync("127.0.0.1", port, cancel);
        await link.OpenedAsync(cancel);
        var stream = socket.GetStream();
        _ = link.Input.CopyToAsync(stream, cancel);
        var buffer = new byte[16 * 1024];
        while (await stream.ReadAsync(buffer, cancel) is > 0 and var count) await link.WriteAsync(buffer.AsMemory(0, count), cancel);
        link.Input.CancelPendingRead();
    }
}
