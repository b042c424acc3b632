using System.Net.WebSockets;

namespace Drover.Integration.Serving;

/// <summary>A server that is asked to end, as by `docker stop` or systemd.</summary>
public sealed class StopTests
{
    /// <summary>Less than the half minute after which the framework cuts off whoever is still connected.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task It_does_not_wait_for_those_who_listen_to_changes()
    {
        var cancel = TestContext.Current.CancellationToken;
        await using var server = await RealServer.StartAsync(null, cancel);
        using var page = new ClientWebSocket();
        await page.ConnectAsync(new Uri($"ws://{server.Url.Authority}/v2-beta/projects/1a5/subscribe?eventNames=resource.change"), cancel);
        (await page.ReceiveAsync(new byte[1000], cancel)).MessageType.ShouldBe(WebSocketMessageType.Text);

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Patience);
        await server.TerminateAsync(limit.Token);
    }
}
