using System.Net.NetworkInformation;
using System.Net.Sockets;
using System.Text;

namespace Drover.Server.Tests.Api.Subscribe;

/// <summary>A client that opens the stream and reads nothing of it.</summary>
public sealed class StuckReaderTests : ApiTest
{
    public override ValueTask InitializeAsync()
    {
        Api.Options = Api.Options with { Time = new HurriedTime(TimeSpan.FromSeconds(10)) };
        return base.InitializeAsync();
    }

    [Fact]
    public async Task Who_does_not_read_loses_the_connection()
    {
        var made = await Api.CreateAsync(Api.Project + "/stacks", new { name = "app" }, "active");
        var (stack, id) = (made.GetProperty("links").GetProperty("self").GetString()!, made.GetProperty("id").GetString());
        for (var i = 0; i < 60; i++) await Api.CreateAsync(Api.Project + "/services", new { name = $"web{i}", stackId = id, launchConfig = new { imageUuid = "docker:x" } });
        using var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4096 };
        await socket.ConnectAsync(Api.Server.Url.Host, Api.Server.Url.Port, TestContext.Current.CancellationToken);
        var port = ((System.Net.IPEndPoint)socket.LocalEndPoint!).Port;
        await socket.SendAsync(Encoding.ASCII.GetBytes($"GET /v2-beta/projects/1a5/subscribe?eventNames=resource.change&include=services HTTP/1.1\r\nHost: {Api.Server.Url.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n\r\n"), TestContext.Current.CancellationToken);

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(TimeSpan.FromSeconds(30));
        for (var i = 0; IsOpen(port); i++)
        {
            deadline.Token.ThrowIfCancellationRequested();
            (await Api.PutAsync(stack, new { description = $"{i}" })).Status.ShouldBe(200);
        }
    }

    /// <summary>True while the server's side of a connection stands.</summary>
    private bool IsOpen(int port)
        => IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpConnections()
            .Any(tcp => tcp.State == TcpState.Established && tcp.LocalEndPoint.Port == Api.Server.Url.Port && tcp.RemoteEndPoint.Port == port);
}
